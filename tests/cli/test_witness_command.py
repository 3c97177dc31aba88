"""``witness``: the way out of a study whose witness file is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crf_desktop.cli import run
from crf_desktop.model import serial
from crf_desktop.store import NewStudy, create, unlock
from tests.small_trial import small_trial
from tests.store.builders import PASSWORD, PEOPLE


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "study.crf"
    definition = small_trial()
    create(folder, NewStudy(definition.study_oid, "01", serial.to_bytes(definition), PEOPLE))
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)
    return folder


@pytest.mark.requirement("REQ-16")
def test_that_a_lost_witness_is_told_and_an_administrator_goes_on(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["witness", str(study), "--reason", "Deleted by mistake; compared with the paper list.", "--json", "--user"]
    assert run([*asked, "administrator"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "store.witness_there"
    (study / "witness").unlink()
    assert run(["verify", str(study), "--json", "--user", "investigator"]) == 1
    assert "verify.witness_missing" in {f["code"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert run([*asked, "investigator"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "store.no_right"
    assert run([*asked, "administrator"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] > 0
    with unlock(study, "investigator", PASSWORD) as store:
        assert not store.read_only and store.findings == ()
    assert run(["verify", str(study), "--full", "--user", "investigator"]) == 0
