"""``verify STUDY`` in two depths, and what export and merge ask of the log before anything leaves or comes in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crf_desktop.cli import run
from crf_desktop.demo.maker import PASSWORD
from crf_desktop.store import engine, keyring, schema, unlock, verified
from crf_desktop.store.keyring import open_slot
from crf_desktop.store.stretch import derive


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "d"
    assert run(["demo", str(folder), "--participants", "1", "--no-window"]) == 0
    with unlock(folder / "demo.crf", "investigator", PASSWORD) as store:
        assert store.verify("full")[-1].code == "verify.ok_full"
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "d")) / "demo.crf"


@pytest.fixture(autouse=True)
def investigator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRF_USER", "investigator")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)


def rewrite(folder: Path, statement: str) -> None:
    keys = keyring.read(folder).best
    key = open_slot(keys, keys.slot_of("investigator"), PASSWORD).data_key
    connection = engine.connect_raw(folder / engine.NAME, derive(key, "database"), keys.db_salt)
    connection.execute("DROP TRIGGER change_no_update")
    connection.execute(statement)
    connection.execute(schema.OBJECTS["change_no_update"])
    connection.close()


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = run([*arguments, "--json"])
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return code, answer


def codes(answer: dict[str, object]) -> set[str]:
    return {finding["code"] for finding in answer["findings"]}  # type: ignore[index,attr-defined]


def test_that_verify_says_which_depth_it_was_and_that_full_reads_every_entry(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, usual = told(capsys, "verify", str(study))
    assert code == 0 and codes(usual) == {"verify.ok_quick"}
    assert any("--full reads them all (the last time was 20" in str(line) for line in usual["sentences"])  # type: ignore[attr-defined]
    code, full = told(capsys, "verify", str(study), "--full")
    assert code == 0 and codes(full) == {"verify.ok_full"}


@pytest.mark.requirement("REQ-46")
def test_that_what_only_every_entry_tells_is_found_by_full(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(study, "UPDATE change SET row_signature = zeroblob(64) WHERE seq = 40")
    assert told(capsys, "verify", str(study))[0] == 0
    code, full = told(capsys, "verify", str(study), "--full")
    assert code == 1 and codes(full) == {"verify.author_signature", "verify.intact"}
    sentences = " ".join(full["sentences"])  # type: ignore[arg-type]
    assert "Entries 1 to 39 of" in sentences and "NOT VERIFIED." in sentences


@pytest.mark.requirement("REQ-46")
@pytest.mark.parametrize("format_", ["bundle", "csv"])
def test_that_nothing_is_exported_from_a_log_that_is_not_whole(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    rewrite(study, "UPDATE change SET row_signature = zeroblob(64) WHERE seq = 40")
    code, answer = told(capsys, "export", str(study), "--format", format_, "--out", str(tmp_path / "out"))
    assert code == 1 and answer["error"] == "store.unsound" and not (tmp_path / "out").exists()


def test_that_an_export_verifies_everything_and_remembers_it(study: Path, tmp_path: Path) -> None:
    with unlock(study, "investigator", PASSWORD) as store:
        store.set_setting(verified.FULL, "{}")
    assert run(["export", str(study), "--format", "csv", "--out", str(tmp_path / "out")]) == 0
    with unlock(study, "investigator", PASSWORD, read_only=True) as store:
        assert verified.last_full(store) is not None


@pytest.mark.requirement("REQ-46")
def test_that_nothing_is_merged_into_a_log_whose_new_entries_are_not_whole(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with unlock(study, "investigator", PASSWORD) as store:
        store.set_setting(verified.HEADS, "{}")
        before = store.heads()
    rewrite(study, "UPDATE change SET row_signature = zeroblob(64) WHERE seq = 40")
    code, answer = told(capsys, "merge", str(study), str(next(study.parent.glob("*.crfbundle"), study)))
    assert code == 1 and answer["error"] == "store.unsound"
    with unlock(study, "investigator", PASSWORD, read_only=True) as store:
        assert store.heads().keys() == before.keys()
