"""``key`` on the command line: what the window does about keys, in a terminal and for scripts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from crf_desktop.cli import run
from crf_desktop.store import attempts, bech32, unlock
from crf_desktop.store.recovery import state

OLD = "four words make a password"
NEW = "seven quiet herons over the reed"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "study.crf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRF_PASSWORD", OLD)
        assert run(["new", str(folder), "--user", "adm", "--role", "administrator"]) == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRF_USER", "adm")
    monkeypatch.setenv("CRF_PASSWORD", OLD)
    return Path(shutil.copytree(made, tmp_path / "study.crf"))


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    capsys.readouterr()
    code = run(["key", *map(str, arguments), "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == int("error" in told), told
    return told


def file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.requirement("REQ-07")
def test_that_a_code_is_made_printed_typed_back_and_used(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "sheet.pdf"
    told = answer(capsys, "recovery", folder, "--out", sheet)
    assert told["drilled"] is False and "--typed-back" in told["sentences"][-1]
    assert sheet.read_bytes().startswith(b"%PDF")
    code = str(told["code"])
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert answer(capsys, "recovery", folder, "--typed-back", file(tmp_path / "a", slip))["error"] == "recovery.group"
    typed = file(tmp_path / "b", code.lower())
    assert answer(capsys, "recovery", folder, "--typed-back", typed)["drilled"] is True
    with unlock(folder, "adm", OLD) as store:
        assert state(store).kind == "code"
    fresh = file(tmp_path / "new", NEW)
    told = answer(capsys, "recover", folder, "--code-file", typed, "--new-password-file", fresh)
    assert told["trust"] == "certified"
    assert answer(capsys, "rotate", folder)["error"] == "keys.wrong_password"
    attempts.taken_over(folder, 2)
    attempts.taken_over(folder, 3)
    monkeypatch.setenv("CRF_PASSWORD", NEW)
    assert answer(capsys, "rotate", folder)["epoch"] == 3
    assert run(["verify", str(folder)]) == 0


def test_that_two_of_three_shares_are_typed_back_and_used(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = answer(capsys, "recovery", folder, "--shares", "2of3", "--out", tmp_path / "s.pdf", "--lang", "zh")
    first, _, third = told["shares"]
    typed = file(tmp_path / "two", third, first)
    assert answer(capsys, "recovery", folder, "--typed-back", typed)["drilled"] is True
    fresh = file(tmp_path / "new", NEW)
    assert answer(capsys, "recover", folder, "--code-file", typed, "--new-password-file", fresh)["user"] == "adm"


@pytest.mark.requirement("REQ-05")
def test_that_ones_own_password_is_changed_and_a_poor_one_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poor = file(tmp_path / "poor", "adm adm adm adm adm")
    assert str(answer(capsys, "password", folder, "--new-password-file", poor)["error"]).startswith("password.")
    fresh = file(tmp_path / "new", NEW)
    assert answer(capsys, "password", folder, "--new-password-file", fresh)["user"] == "adm"
    unlock(folder, "adm", NEW).close()


@pytest.mark.parametrize("form", ["age", "pem", "own"])
def test_that_the_sponsors_key_is_taken_in_three_forms_and_opens_the_study(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    private = X25519PrivateKey.generate()
    public, secret, other = tmp_path / "public", tmp_path / "secret", shutil.copytree(folder, tmp_path / "sponsor.crf")
    if form == "age":
        public.write_text(f"# sponsor\n{bech32.encode('age', private.public_key().public_bytes_raw())}\n")
        secret.write_text(bech32.encode("age-secret-key-", private.private_bytes_raw()).upper() + "\n")
    elif form == "pem":
        public.write_bytes(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        secret.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    else:
        assert "error" not in answer(capsys, "public", other, "--out", public)
    label = answer(capsys, "escrow", folder, "--to", public)["escrow"]
    assert str(label).startswith("age1")
    how: list[object] = ["--identity", secret]
    if form == "own":  # the sponsor's key lies in a study of its own
        how = ["--identity", other, "--identity-user", "adm", "--identity-password-file", file(tmp_path / "pw", OLD)]
    fresh = file(tmp_path / "new", NEW)
    told = answer(capsys, "recover", folder, *how, "--new-password-file", fresh)
    assert told["trust"] == "pending"
    assert answer(capsys, "escrow", folder, "--to", file(tmp_path / "x", "no key"))["error"] in (
        "escrow.no_key", "keys.wrong_password",
    )  # fmt: skip


@pytest.mark.requirement("REQ-10")
def test_that_an_administrator_lifts_a_block(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(10):
        attempts.note(folder, "2026-11-25T08:00:00.000Z", 7)
    assert answer(capsys, "unblock", folder, "nobody")["error"] == "keys.no_such_user"
    assert answer(capsys, "unblock", folder, "adm")["user"] == "adm"


def test_that_the_code_is_asked_back_at_a_terminal_and_the_escrow_taken_away(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    def typed(_: str) -> str:
        return next(line for line in capsys.readouterr().out.splitlines() if line.count("-") == 7).lower()

    monkeypatch.setattr("builtins.input", typed)
    assert run(["key", "recovery", str(folder)]) == 0
    assert "It counts from now on" in capsys.readouterr().out
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    answer(capsys, "escrow", folder, "--to", file(tmp_path / "public", bech32.encode("age", public)))
    assert answer(capsys, "escrow", folder, "--remove")["escrow"] == ""
