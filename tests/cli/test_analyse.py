"""``crf-desktop analyse`` at a terminal: what it writes, what it refuses, and that it can be stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crf_desktop.cli import run
from crf_desktop.store import create, unlock
from tests.exchange.site import DEFINITION, PASSWORD, SITE_STUDY, StepClock, answer, begin

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A participant at week 0."""
    folder = tmp_path_factory.mktemp("analyse") / "a.crf"
    create(folder, SITE_STUDY, StepClock())
    with unlock(folder, "inv", PASSWORD, clock=StepClock()) as store:
        begin(store)
        store.append([answer(DEFINITION.item_by_name["pga"].oid, "62")])
    return folder


@pytest.fixture(autouse=True)
def data_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRF_USER", "dat")
    monkeypatch.setenv("CRF_PASSWORD", PASSWORD)


def analysed(study: Path, out: Path, *more: str) -> int:
    return run(["analyse", str(study), "--out", str(out), *more])


def test_that_it_writes_report_frames_and_traces(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--today", "2027-06-01", "--option", "star_at_least=6", "--lang", "zh")
    assert analysed(study, tmp_path / "out", *chosen) == 0
    told = capsys.readouterr()
    assert "statistical_report.pdf" in told.out and "star_at_least=6" in told.out and told.err == ""
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {
        "tables", "parquet", "codebook.csv", "manifest.json", "traces.json", "traces_en.txt", "traces_zh.txt",
        "statistical_report.pdf",
    }  # fmt: skip
    assert (tmp_path / "out" / "statistical_report.pdf").read_bytes().startswith(b"%PDF")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["options"]["star_at_least"] == "6" and manifest["language"] == "zh"


def test_that_the_answer_for_machines_names_the_files(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert analysed(study, tmp_path / "out", "--no-report", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert all((tmp_path / "out" / name).is_file() for name in told["files"])
    assert "statistical_report.pdf" not in told["files"] and told["options"]["missing"] == "non_responder"


@pytest.mark.parametrize(
    ("option", "words"),
    [("responce=3", "response_at_least, star_at_least"), ("response_at_least=2", "4, 3"), ("missing", "excluded")],
)
def test_that_an_option_that_does_not_exist_is_a_sentence_that_lists_those_that_do(
    option: str, words: str, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert analysed(study, tmp_path / "out", "--option", option) == 1
    assert words in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_that_a_folder_that_is_there_is_left_alone(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    assert analysed(study, tmp_path / "out", "--no-report") == 1
    assert "already there" in capsys.readouterr().err and list((tmp_path / "out").iterdir()) == []


def test_that_without_out_it_is_a_usage_error(study: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["analyse", str(study)])
    assert ended.value.code == 2


@pytest.mark.skipif(os.name == "nt", reason="terminals and signals as on Unix")
def test_that_a_terminal_sees_how_far_it_is(study: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "crf_desktop", "analyse", str(study), "--out", str(tmp_path / "o"), "--no-report"]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True, check=False)
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert told.returncode == 0, seen
    assert seen.startswith("\rChecking the log 0 %") and "\rAnalysis 0 %" in seen
    assert seen.rstrip().endswith("Analysis 100 %")


def interrupted(study: Path, folder: Path) -> tuple[int, str]:
    """Exit and words of an analysis that was told to stop as soon as its first file lay there."""
    command = [sys.executable, "-m", "crf_desktop", "analyse", str(study), "--out", str(folder / "out")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not list(folder.glob(".out.*.part")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    return process.returncode, told


@pytest.mark.skipif(os.name == "nt", reason="terminals and signals as on Unix")
def test_that_ctrl_c_leaves_nothing_behind(study: Path, tmp_path: Path) -> None:
    for attempt in range(5):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        code, told = interrupted(study, folder)
        if code != 0:
            break
        assert list(folder.iterdir()) == [folder / "out"]  # all was written before the signal came: once more
    assert code == 1 and "interrupted" in told.lower() and "Traceback" not in told
    assert list(folder.iterdir()) == []


def test_that_the_tables_of_an_export_have_the_traces_too(study: Path, tmp_path: Path) -> None:
    assert run(["export", str(study), "--format", "csv", "--out", str(tmp_path / "csv")]) == 0
    text = (tmp_path / "csv" / "response.csv").read_text("utf-8-sig")
    assert '"01-001","five","a_pga","pga","62","","mm","not_evaluable",' in text
    book = (tmp_path / "csv" / "codebook.csv").read_text("utf-8-sig")
    head = text.splitlines()[0].replace('"', "").split(",")
    assert all(f'"response.csv","{name}","column"' in book for name in head)
