"""``user`` on the command line: an administrator's accounts, and everybody's list."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.cli import run
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.store import NewPerson, NewStudy, create

PASSWORD = "a sentence that opens the study of the command line"
THEIRS = "seven grey herons over the estuary"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("user") / "s.crf"
    people = tuple(NewPerson(n, n.title(), r, PASSWORD) for n, r in (("inv", "investigator"), ("adm", "administrator")))
    create(folder, NewStudy(definition().study_oid, "01", serial.to_bytes(definition()), people))
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRF_USER", "adm")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    (tmp_path / "new.txt").write_text(f"{THEIRS}\n", "utf-8")
    return Path(shutil.copytree(made, tmp_path / "s.crf"))


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run([*map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.requirement("REQ-01", "REQ-05", "REQ-09", "REQ-10", "REQ-24")
def test_that_an_account_lives_from_its_making_to_its_end(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = study.parent / "new.txt"
    add = ("user", "add", study, "zhang.wei", "--full-name", "Zhang Wei", "--role", "monitor")
    code, told = answered(capsys, *add, "--new-password-file", new)
    assert (code, told["user_oid"], told["shared_name"]) == (0, "U.01.3", False)
    code, told = answered(capsys, "user", "role", study, "zhang.wei", "data_manager", "--reason", "Changed post")
    assert (code, told["before"]) == (0, "monitor")
    new.write_text("a barrel of plums beside the green door\n", "utf-8")
    reset = ("user", "reset", study, "Zhang.Wei", "--reason", "Password lost", "--new-password-file", new)
    code, told = answered(capsys, *reset)
    assert code == 0 and told["data_key_changed"] is True
    code, told = answered(capsys, "user", "revoke", study, "zhang.wei", "--reason", "Left")
    assert code == 0 and told["closed"] is True
    code, told = answered(capsys, *add, "--new-password-file", new)
    assert (code, told["error"]) == (1, "people.name_taken")
    code, told = answered(capsys, "user", "list", study)
    [one] = [p for p in told["people"] if p["person"]["user_name"] == "zhang.wei"]
    assert (one["state"], one["reason"]) == ("closed", "Left") and [k["revoked"] for k in one["keys"]] == [True, True]
    assert [p["role"] for p in one["periods"]] == ["monitor", "data_manager"]
    assert answered(capsys, "verify", study)[0] == 0


@pytest.mark.requirement("REQ-09", "REQ-16")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_the_list_is_written_as_a_pdf_for_any_day(
    study: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    out = study.parent / "list.pdf"
    code, told = answered(capsys, "user", "list", study, "--pdf", out, "--lang", language)
    assert code == 0 and len(told["people"]) == 2
    code, told = answered(capsys, "user", "list", study, "--on", "2020-01-01")
    assert code == 0 and told["people"] == [] and told["on"] == "2020-01-01"
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
        assert "Study CA, SHA-256" in text or "研究CA，SHA-256" in text
        assert "U.01.1" in text and ("List of authorised persons" if language == "en" else "授权人员名单") in text


@pytest.mark.requirement("REQ-21", "REQ-24")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_how_a_signer_was_identified_is_recorded_and_printed(
    study: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    out = study.parent / "enrolment.pdf"
    identify = ("user", "identify", study, "inv", "--reason", "Enrolment", "--identity")
    assert answered(capsys, *identify, "passport 1234567")[1]["error"] == "people.no_number"
    assert answered(capsys, *identify, "staff card 工作证")[0] == 0
    own = ("user", "identify", study, "adm", "--reason", "Enrolment", "--identity", "staff card")
    assert answered(capsys, *own)[1]["error"] == "people.yourself"
    assert answered(capsys, "user", "enrolment", study, "inv", "--out", out, "--lang", language)[0] == 0
    assert answered(capsys, "user", "enrolment", study, "inv", "--out", out)[1]["error"] == "export.exists"
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
        assert "staff card 工作证" in text and "Adm" in text
    assert answered(capsys, "verify", study)[0] == 0


@pytest.mark.requirement("REQ-02", "REQ-03")
def test_that_an_investigator_makes_no_accounts_and_reads_the_list(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRF_USER", "inv")
    new = study.parent / "new.txt"
    for act in (
        ("add", study, "x", "--full-name", "X", "--role", "monitor", "--new-password-file", new),
        ("revoke", study, "adm", "--reason", "x"), ("role", study, "adm", "monitor", "--reason", "x"),
        ("reset", study, "adm", "--reason", "x", "--new-password-file", new),
        ("admit", study, "adm", "--origin", "x", "--upto", "1", "--reason", "x"),
    ):  # fmt: skip
        code, told = answered(capsys, "user", *act)
        assert (code, told["error"]) == (1, "access.no_right"), act
    assert answered(capsys, "user", "list", study)[0] == 0


def test_that_the_persons_password_is_never_the_administrators(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["user", "add", str(study), "zhang", "--full-name", "Zhang Wei", "--role", "monitor"]) == 2
    assert "--new-password-file" in capsys.readouterr().err


@pytest.mark.requirement("REQ-01")
def test_that_a_shared_name_is_made_with_a_warning(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = study.parent / "new.txt"
    add = ("user", "add", study, "nurse", "--full-name", "Wu Lan", "--role", "coordinator", "--new-password-file", new)
    code, told = answered(capsys, *add)
    assert code == 0 and told["shared_name"] is True and any("names no person" in line for line in told["sentences"])
