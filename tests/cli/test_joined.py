"""A joined laptop at a terminal: a second person, more participant numbers, and what is told after unlocking."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crf_desktop import cli
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.store import NewPerson, NewStudy, attempts, create

PASSWORD = "a sentence that opens the two laptops"
THEIRS = "seven grey herons over the estuary"
PEOPLE = tuple(
    NewPerson(name, name.title(), role, PASSWORD)
    for name, role in (("inv", "investigator"), ("crc", "coordinator"), ("adm", "administrator"))
)
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre") / "centre.crf"
    metadata = definition()
    create(folder, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), PEOPLE))
    return folder


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as somebody; its answer as JSON."""
    monkeypatch.setenv("CRF_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "theirs").write_text(THEIRS)

    def ask(user: str, *words: object, password: str = PASSWORD, code: int = 0) -> Any:
        (tmp_path / "password").write_text(password)
        told = [*map(str, words), "--user", user, "--password-file", str(tmp_path / "password"), "--json"]
        assert cli.run(told) == code
        return json.loads(capsys.readouterr().out)

    return ask


@pytest.mark.requirement("REQ-01", "REQ-10")
def test_that_two_laptops_let_a_second_person_in_and_give_more_numbers(
    centre: Path, run: Run, tmp_path: Path
) -> None:
    a, b = Path(shutil.copytree(centre, tmp_path / "a.crf")), tmp_path / "b.crf"
    run("inv", "invite", a, "--out", tmp_path / "invitation")
    run("inv", "new", b, "--join", tmp_path / "invitation", "--new-password-file", tmp_path / "password")
    let_in = ("user", "let-in", b, "crc", "--reason", "Second rater", "--new-password-file", tmp_path / "theirs")
    assert run("inv", *let_in, code=1)["error"] == "people.not_countersigned"
    run("inv", "export", b, "--format", "bundle", "--out", tmp_path / "1")
    run("adm", "merge", a, tmp_path / "1")
    run("inv", "key", "public", b, "--out", tmp_path / "key")
    origin = run("inv", "numbers", b)["origin"]
    more = run("adm", "numbers", a, "--for", origin)
    assert run("inv", "numbers", b, "--for", origin, code=1)["error"] == "store.invite_elsewhere"
    run("adm", "export", a, "--format", "bundle", "--out", tmp_path / "2", "--to", tmp_path / "key")
    run("inv", "merge", b, tmp_path / "2")
    assert run("inv", *let_in)["role"] == "coordinator"
    told = run("crc", "numbers", b, password=THEIRS)
    assert told["left"] == 400 and told["spans"][1] == [more["first"], more["last"]]
    people = {one["person"]["user_name"]: one for one in run("crc", "user", "list", b, password=THEIRS)["people"]}
    assert people["crc"]["opens_here"] and people["crc"]["keys"][-1]["certified"] is False


@pytest.mark.requirement("REQ-06", "REQ-10")
def test_that_failed_log_ins_are_told_on_the_error_stream_at_the_next_good_one(
    centre: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRF_DATA_HOME", str(tmp_path / "home"))
    folder = Path(shutil.copytree(centre, tmp_path / "a.crf"))
    (tmp_path / "password").write_text(PASSWORD)
    for slot in (1, 1, 2):
        attempts.note(folder, "2026-01-02T08:00:00.000Z", slot)
    ask = ["user", "list", str(folder), "--user", "inv", "--password-file", str(tmp_path / "password")]
    assert cli.run(ask) == 0
    first = capsys.readouterr()
    assert "Log-ins with your name that failed: 2" in first.err and "other names that failed: 1" in first.err
    assert "failed" not in first.out
    assert cli.run(ask) == 0 and capsys.readouterr().err == ""
