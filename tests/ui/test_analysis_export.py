"""Report, figures and tables leave the study whole, recorded, and only when somebody saves them."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from crf_desktop.model.data import Kind
from crf_desktop.ui.analysis_work import Picture
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Label
from crf_desktop.ui.problem_panel import ProblemSheet
from tests.ui.results import arrived, drawn, open_page, process, wait


def exports(study: Any) -> list[dict[str, Any]]:
    """What the log says has left the study."""
    payloads = [row.payload for row in study.store.rows(Kind.SYSTEM) if row.payload]
    found = [json.loads(p) if isinstance(p, str) else p for p in payloads]
    return [p for p in found if p.get("act") == "export"]


def press(hand: Any, making: Any, words: str) -> None:
    """Presses a button of the card that stands."""
    button = next(b for b in making.sheet.card.findChildren(Button) if b.words() == words)
    hand.click(button)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What the dialogues of the system answer."""
    target = tmp_path / "out"
    target.mkdir()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _p, _t, offered, _f: (str(target / Path(offered).name), "")
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    return target


def test_that_a_report_is_made_in_the_chosen_language_recorded_and_saved(
    window: Any, results: Any, hand: Any, chosen: Path
) -> None:
    before = len(exports(window.study))
    hand.click(results.report)
    press(hand, results.export, "中文")
    press(hand, results.export, "Make report")
    told: list[int] = []
    results.export._job.progressed.connect(lambda done, _of: told.append(done))
    assert results.export.busy
    wait(hand, lambda: results.export.paper is not None)
    assert told and list(chosen.iterdir()) == [] and len(exports(window.study)) == before
    press(hand, results.export, "Save")
    (saved,) = chosen.iterdir()
    assert saved.name.startswith("statistical-report-") and saved.name.endswith("-zh.pdf")
    pdf = saved.read_bytes()
    assert pdf.startswith(b"%PDF") and len(exports(window.study)) == before + 1
    row = exports(window.study)[-1]
    assert (row["format"], row["sha256"]) == ("statistical_report", hashlib.sha256(pdf).hexdigest())
    assert results.export.paper is None and not results.desk.stale
    press(hand, results.export, "Back to the results")
    assert results.export.sheet is None


def test_that_a_report_that_is_stopped_leaves_nothing_and_the_page_goes_on(
    window: Any, results: Any, hand: Any
) -> None:
    before = len(exports(window.study))
    hand.click(results.report)
    press(hand, results.export, "Make report")
    wait(hand, lambda: results.export._so_far[0] > 0)
    press(hand, results.export, "Stop")
    assert results.export.sheet is None and not results.export.busy and results.export.paper is None
    assert len(exports(window.study)) == before
    hand.click(results.chips["figures"])
    wait(hand, lambda: drawn(results))


def test_that_a_process_that_dies_under_a_report_gives_a_sentence_and_it_can_be_made_again(
    results: Any, hand: Any
) -> None:
    hand.click(results.report)
    press(hand, results.export, "Make report")
    wait(hand, lambda: results.export._so_far[0] > 0)
    os.kill(process(results), signal.SIGTERM)
    wait(hand, lambda: isinstance(results.export.sheet, ProblemSheet))
    assert "no file was written" in results.export.sheet.problem.kept
    press(hand, results.export, "Make it again")
    wait(hand, lambda: results.export._so_far[0] > 0)
    press(hand, results.export, "Stop")
    assert results.export.sheet is None


def test_that_locking_in_the_middle_of_a_report_ends_it(window: Any, results: Any, hand: Any) -> None:
    hand.click(results.report)
    press(hand, results.export, "Make report")
    wait(hand, lambda: results.export._so_far[0] > 0)
    window.lock()
    hand.rest()
    assert not results.desk.workshop.running and results.export.sheet is None and not results.export.busy


def test_that_a_study_that_can_only_be_read_says_why_there_is_no_report(
    window: Any, hand: Any, trial: Path
) -> None:
    page = open_page(window, hand, trial, read_only=True)
    wait(hand, lambda: arrived(page))
    hand.click(page.report)
    (sheet,) = page.findChildren(ProblemSheet)
    assert sheet.problem.code == "store.read_only" and page.export.sheet is None


def test_that_the_log_says_that_other_options_hold(window: Any, results: Any, hand: Any, chosen: Path) -> None:
    results.options.panel.pickers["response_at_least"].pick("3")
    wait(hand, lambda: arrived(results) and bool(results.desk.overview.summary.options.changed()))
    hand.click(results.report)
    assert any("not as registered" in label.text() for label in results.export.sheet.findChildren(Label))
    press(hand, results.export, "Go back")
    results.figures.save_asked.emit(Picture("waterfall", "", False))
    wait(hand, lambda: results.export.paper is not None)
    press(hand, results.export, "Discard it")
    assert results.export.paper is None and "options" not in exports(window.study)[-1]
    results.figures.save_asked.emit(Picture("waterfall", "", False))
    wait(hand, lambda: results.export.paper is not None)
    press(hand, results.export, "Save")
    assert exports(window.study)[-1]["options"] == {"response_at_least": "3"}


def test_that_a_figure_is_saved_without_a_participant_in_its_name(
    window: Any, results: Any, hand: Any, chosen: Path
) -> None:
    hand.click(results.chips["figures"])
    hand.click(results.figures.chips["course"])
    wait(hand, lambda: drawn(results))
    hand.click(results.figures.save)
    wait(hand, lambda: results.export.paper is not None)
    press(hand, results.export, "Save")
    (saved,) = chosen.iterdir()
    assert saved.name == "figure-course.pdf" and saved.read_bytes().startswith(b"%PDF")
    assert exports(window.study)[-1]["format"] == "figure"


def test_that_a_place_inside_the_study_is_refused_and_the_pdf_is_kept(
    results: Any, hand: Any, trial: Path, chosen: Path
) -> None:
    hand.click(results.chips["figures"])
    wait(hand, lambda: drawn(results))
    hand.click(results.figures.save)
    wait(hand, lambda: results.export.paper is not None)
    results.export.save(trial / "figure.pdf")
    assert isinstance(results.export.sheet, ProblemSheet) and not (trial / "figure.pdf").exists()
    press(hand, results.export, "Choose another place")
    assert [p.name for p in chosen.iterdir()] == ["figure-spaghetti.pdf"]


def test_that_tables_appear_as_one_folder_that_the_log_names(
    window: Any, results: Any, hand: Any, chosen: Path
) -> None:
    hand.click(results.tables)
    press(hand, results.table_export, "Choose the folder")
    wait(hand, lambda: not results.table_export.busy)
    (folder,) = chosen.iterdir()
    assert folder.name == f"analysis-{results.desk.overview.summary.today}"
    manifest = (folder / "manifest.json").read_bytes()
    row = exports(window.study)[-1]
    assert (row["format"], row["sha256"]) == ("analysis", hashlib.sha256(manifest).hexdigest())
    for file in json.loads(manifest)["files"]:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_that_tables_that_are_stopped_leave_no_file(window: Any, results: Any, hand: Any, chosen: Path) -> None:
    before = len(exports(window.study))
    hand.click(results.tables)
    press(hand, results.table_export, "Choose the folder")
    wait(hand, lambda: any(chosen.iterdir()))
    press(hand, results.table_export, "Stop")
    assert list(chosen.iterdir()) == [] and len(exports(window.study)) == before
