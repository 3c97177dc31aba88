"""``backup`` and ``restore`` at a terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.cli import run
from crf_desktop.store import create, recovery, unlock
from tests.store.builders import ADMINISTRATOR, PASSWORD, PEOPLE, StepClock


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the trial's own forms, as the commands open it."""
    from crf_desktop.forms import definition
    from crf_desktop.model import serial
    from crf_desktop.store import NewStudy

    folder = tmp_path_factory.mktemp("backup") / "trial.crf"
    metadata = definition()
    create(folder, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), PEOPLE), StepClock())
    return folder


@pytest.fixture
def trial(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    monkeypatch.setenv("CRF_USER", "investigator")
    return Path(shutil.copytree(made, tmp_path / "trial.crf"))


@pytest.mark.requirement("REQ-44")
def test_that_a_backup_is_written_proved_and_restored(
    trial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, again = tmp_path / "stick.crfbackup", tmp_path / "again.crf"
    assert run(["backup", str(trial), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["proved"] is True and told["size"] == out.stat().st_size
    assert run(["restore", str(out), str(again), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pending"] is True and len(told["sentences"]) == 4
    assert run(["verify", str(again)]) == 0
    assert run(["backup", str(trial), "--out", str(out)]) == 1
    assert "already there" in capsys.readouterr().err


def test_that_nothing_is_written_into_a_study_folder(trial: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", str(trial), "--out", str(trial / "log.db")]) == 1
    assert run(["backup", str(trial), "--out", str(trial / "x.crfbackup")]) == 1
    assert run(["verify", str(trial)]) == 0


def test_that_what_cannot_be_restored_says_why(
    trial: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "stick.crfbackup"
    run(["backup", str(trial), "--out", str(out)])
    data = bytearray(out.read_bytes())
    data[9_000] ^= 1
    out.write_bytes(data)
    assert run(["restore", str(out), str(tmp_path / "again.crf")]) == 1
    assert "damaged" in capsys.readouterr().err
    assert run(["restore", str(tmp_path / "none"), str(tmp_path / "again.crf")]) == 1
    assert not (tmp_path / "again.crf").exists()
    assert code_of_usage(lambda: run(["restore", str(out)])) == 2


def code_of_usage(act: Callable[[], object]) -> object:
    with pytest.raises(SystemExit) as raised:
        act()
    return raised.value.code


def test_that_the_code_in_a_file_restores_with_a_new_password(trial: Path, tmp_path: Path) -> None:
    with unlock(trial, ADMINISTRATOR, PASSWORD) as store:
        code = recovery.make(store)
        recovery.drill(store, [code.code])
    out, again = tmp_path / "stick.crfbackup", tmp_path / "again.crf"
    assert run(["backup", str(trial), "--out", str(out)]) == 0
    (tmp_path / "code").write_text(code.code + "\n")
    (tmp_path / "new").write_text("a wholly different sentence, twice\n")
    arguments = ["restore", str(out), str(again), "--user", ADMINISTRATOR, "--code-file", str(tmp_path / "code")]
    assert run([*arguments, "--new-password-file", str(tmp_path / "new")]) == 0
    unlock(again, ADMINISTRATOR, "a wholly different sentence, twice").close()
