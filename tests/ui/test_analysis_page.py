"""The analysis page: results that arrive, figures, options to look at, and what it says when there is nothing yet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crf_desktop.analysis.option import VALUES
from crf_desktop.capture.study import Study
from crf_desktop.forms import definition
from crf_desktop.model import serial
from crf_desktop.store import NewStudy, create
from crf_desktop.ui.analysis_page import SECTIONS
from crf_desktop.ui.figure_view import FIGURES
from tests.ui.conftest import PASSWORD, PEOPLE
from tests.ui.results import arrived, drawn, open_page, process, wait
from tests.ui.test_translation import english_words, shown

ROOT = Path(__file__).resolve().parent.parent.parent
ALONE = """
import sys
from pathlib import Path

if __name__ == "__main__":
    from PySide6.QtWidgets import QApplication

    from crf_desktop.ui.application import make_window
    from crf_desktop.ui.behind import read_rest
    from crf_desktop.ui.hand import Hand
    from crf_desktop.ui.look import Look
    from tests.ui.results import arrived, drawn, open_page, wait

    app = QApplication([])
    read_rest()
    window = make_window(app, Look())
    window.show()
    hand = Hand(window)
    page = open_page(window, hand, Path(sys.argv[1]))
    wait(hand, lambda: arrived(page))
    page.choose("figures")
    wait(hand, lambda: drawn(page))
    page.export._report()
    wait(hand, lambda: page.export.paper is not None)
    assert page.export.paper.pdf.startswith(b"%PDF")
    window.close()
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def words(page: Any) -> str:
    """Every label that can be seen."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


# ---- results


def test_that_the_page_stands_before_its_contents_and_says_what_goes_on(analysis: Any) -> None:
    assert analysis.isVisible() and analysis.desk.overview is None
    assert analysis.progress.isVisible() and "Reading" in analysis.progress.words.text()
    assert not analysis.report.isEnabled() and not analysis.note.isVisible()


def test_that_the_numbers_asked_first_arrive(results: Any) -> None:
    assert not results.progress.isVisible()
    tiles = [tile.words for tile in results.overview.tiles.tiles]
    assert [tile.value for tile in tiles[:2]] == ["2", "2"] and tiles[0].behind == "of 15 planned"
    assert tiles[2].value.endswith("\u00a0%") and "of 2" in tiles[2].behind and "interval" in tiles[2].note
    assert results.head.rule.text().startswith("As of ")
    assert results.overview.rates.table.results.rowCount() == 4
    assert results.overview.changes.table.results.rowCount() == 10


def test_that_enter_opens_the_response_of_a_participant(window: Any, results: Any, hand: Any) -> None:
    hand.click(results.chips["participants"])
    table = results.listing
    assert [e.key for e in table.results.entries] == ["01-001", "01-002"]
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    hand.rest()
    assert (window.places.where.page, window.places.where.subject) == ("response", "01-002")


def test_that_the_list_is_sorted_by_a_press_on_its_head(results: Any, hand: Any) -> None:
    hand.click(results.chips["participants"])
    results.listing.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [e.key for e in results.listing.results.entries] == ["01-002", "01-001"]


# ---- figures


@pytest.mark.parametrize("name", FIGURES)
def test_that_a_figure_is_drawn_for_the_screen_it_stands_on(results: Any, hand: Any, name: str) -> None:
    hand.click(results.chips["figures"])
    hand.click(results.figures.chips[name])
    wait(hand, lambda: drawn(results))
    paper = results.figures.paper
    assert paper.image is not None
    assert abs(paper.image.width() - (paper.width() - 32) * paper.devicePixelRatioF()) <= 1
    assert results.figures.caption.text() and results.figures.caption.text() in paper.accessibleName()


def test_that_arrows_lead_from_one_course_to_the_next(results: Any, hand: Any) -> None:
    hand.click(results.chips["figures"])
    hand.click(results.figures.chips["course"])
    wait(hand, lambda: drawn(results))
    first = results.figures.paper.image
    QTest.keyClick(results.figures.chips["course"], Qt.Key.Key_Right)
    assert results.figures.subject == "01-002"
    wait(hand, lambda: drawn(results))
    assert results.figures.paper.image != first and not results.figures.on.isEnabled()
    QTest.keyClick(results.figures.chips["course"], Qt.Key.Key_Left)
    assert results.figures.subject == "01-001"
    assert drawn(results) and results.figures.paper.image == first, "drawn before: it is there at once"


def test_that_paper_is_white_in_the_dark(window: Any, results: Any, hand: Any) -> None:
    window.look.set_dark(True)
    hand.click(results.chips["figures"])
    wait(hand, lambda: drawn(results))
    pixel = results.figures.paper.grab().toImage().pixelColor(8, results.figures.paper.height() // 2)
    assert pixel.name() == "#ffffff"


# ---- options


def test_that_another_option_is_looked_at_and_never_stored(window: Any, results: Any, hand: Any) -> None:
    hand.click(results.chips["options"])
    head, before = window.study.store.head(), results.desk.overview.summary.primary
    picker = results.options.panel.pickers["response_at_least"]
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Down)
    wait(hand, lambda: arrived(results) and results.desk.overview.summary.options.response_at_least == "3")
    assert "Not as registered: A1" in results.note.words.text() and "for looking only" in results.head.rule.text()
    assert results.desk.overview.summary.primary.key == before.key
    assert results.overview.tiles.tiles[2].words.name == "Response: at least 3 of 5 items"
    hand.click(results.note.button)
    wait(hand, lambda: arrived(results) and not results.desk.overview.summary.options.changed())
    assert not results.note.isVisible() and window.study.store.head() == head


def test_that_the_sensitivity_table_names_every_alternative(results: Any) -> None:
    table = results.options.card.table.results
    assert table.rowCount() == 1 + sum(len(values) - 1 for values in VALUES.values())


def test_that_options_changed_in_haste_end_with_the_last(results: Any, hand: Any) -> None:
    panel = results.options.panel
    for name in ("response_at_least", "b_cell_markers", "igg_baseline"):
        panel.pickers[name].pick(VALUES[name][1])
    wait(hand, lambda: arrived(results))
    assert len(results.desk.overview.summary.options.changed()) == 3


# ---- one state of the trial


def test_that_results_of_an_earlier_moment_say_so_and_are_read_again(window: Any, hand: Any, trial: Path) -> None:
    page = open_page(window, hand, trial, "coordinator")
    wait(hand, lambda: arrived(page))
    window.study.form("01-002", "SE.LOG", "F.AE#9").set("I.AE.TERM", "headache")
    window.places._written("01-002", "")
    assert page.note.words.text().startswith("The study has changed since ")
    hand.click(page.note.button)
    wait(hand, lambda: arrived(page))
    assert not page.note.isVisible() and not page.desk.stale
    assert page.desk.gathered.trial.heads[window.study.store.origin][0] == window.study.store.head()[1]


def test_that_reading_can_be_stopped_and_begun_again(analysis: Any, hand: Any) -> None:
    hand.click(analysis.progress.button)
    assert not analysis.desk.busy and not analysis.progress.isVisible()
    assert analysis.note.words.text() == "Stopped. Nothing was changed."
    hand.click(analysis.note.button)
    wait(hand, lambda: arrived(analysis))
    assert not analysis.note.isVisible()


# ---- the process


def test_that_a_process_that_died_while_idle_is_replaced_without_a_word(results: Any, hand: Any) -> None:
    hand.click(results.chips["figures"])
    wait(hand, lambda: drawn(results))
    wait(hand, lambda: not any(job.running for job in results.desk._jobs))
    os.kill(process(results), signal.SIGTERM)
    wait(hand, lambda: not results.desk.workshop.running)
    hand.click(results.figures.chips["swimmer"])
    wait(hand, lambda: drawn(results))
    assert not results.note.isVisible()


def test_that_a_process_that_dies_at_work_gives_a_sentence(analysis: Any, hand: Any) -> None:
    wait(hand, lambda: analysis.desk.stage[0] == "work" and analysis.desk.workshop.running)
    os.kill(process(analysis), signal.SIGTERM)
    wait(hand, lambda: analysis.note.isVisible())
    assert analysis.note.words.text() == (
        "The process that works out the results ended unexpectedly. The study is untouched."
    )
    hand.click(analysis.note.button)
    wait(hand, lambda: arrived(analysis))
    assert not analysis.note.isVisible()


def test_that_locking_ends_the_process_and_empties_the_page(window: Any, results: Any, hand: Any) -> None:
    pid = process(results)
    hand.key(Qt.Key.Key_F12)
    assert not results.desk.workshop.running and results.desk.overview is None and results.desk.gathered is None
    assert results.listing.results.entries == () and results.desk.gathering._kept == {}
    wait(hand, lambda: not alive(pid))


def test_that_an_idle_process_goes_and_comes_back_when_it_is_needed(results: Any, hand: Any) -> None:
    wait(hand, lambda: results.desk._idle.isActive())
    results.desk._idle.timeout.emit()
    assert not results.desk.workshop.running
    hand.click(results.chips["figures"])
    wait(hand, lambda: drawn(results))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_that_the_window_never_reads_what_belongs_to_the_process(trial: Path, tmp_path: Path) -> None:
    script = tmp_path / "alone.py"
    script.write_text(ALONE, encoding="utf-8")
    environment = dict(
        os.environ, QT_QPA_PLATFORM="offscreen", CRF_DATA_HOME=str(tmp_path / "home"), PYTHONPATH=str(ROOT)
    )
    told = subprocess.run(
        [sys.executable, str(script), str(trial)], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    heavy = {"pandas", "numpy", "matplotlib", "pyarrow", "scipy", "pypdf", "reportlab"}
    assert heavy.intersection(told.stdout.split()) == set()


# ---- where it stands


def test_that_who_reads_results_has_them_in_the_bar_and_others_on_the_study_page(
    window: Any, hand: Any, folder: Path
) -> None:
    window.folder = folder
    window._opened(Study.open(folder, "mon", PASSWORD))
    hand.rest()
    hand.click(window.bar.places["analysis"])
    assert window.places.where.page == "analysis" and window.bar.places["analysis"].isChecked()
    window.lock()
    window._opened(Study.open(folder, "inv", PASSWORD))
    hand.rest()
    assert not window.bar.places["analysis"].isVisible()
    hand.click(window.bar.places["study"])
    hand.click(window.places.about.analysis)
    assert window.places.where.page == "analysis" and window.bar.places["study"].isChecked()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_the_bar_has_room_for_it(window: Any, hand: Any, folder: Path, language: str) -> None:
    window.look.set_language(language)
    window.folder = folder
    window._opened(Study.open(folder, "mon", PASSWORD))
    window.bar.show_counts(0, 24)
    hand.rest()
    assert window.bar.places["analysis"].isVisible() and window.bar._needed() <= window.width()


# ---- nothing yet


def test_that_a_study_without_participants_says_what_to_do(window: Any, hand: Any, tmp_path: Path) -> None:
    metadata, folder = definition(), tmp_path / "empty.crf"
    create(folder, NewStudy(metadata.study_oid, "01", serial.to_bytes(metadata), PEOPLE))
    page = open_page(window, hand, folder, "inv", PASSWORD)
    wait(hand, lambda: arrived(page))
    assert page.stack.currentWidget() is page.empty and page.empty.title.text() == "Nobody is enrolled yet"
    hand.click(page.empty.button)
    assert window.places.where.page == "participants"


def test_that_nobody_treated_is_said_with_the_next_step(window: Any, hand: Any, folder: Path) -> None:
    page = open_page(window, hand, folder, "inv", PASSWORD)
    wait(hand, lambda: arrived(page))
    assert page.overview.notice.words.text().startswith("Nobody has had rituximab yet.")
    assert [tile.words.value for tile in page.overview.tiles.tiles] == ["0", "0", "—", "—", "—"]
    hand.click(page.chips["figures"])
    for name in FIGURES[:4]:
        hand.click(page.figures.chips[name])
        wait(hand, lambda: drawn(page))
        assert page.figures.caption.text()


# ---- language, size, keyboard


def test_that_no_part_keeps_an_english_word(
    window: Any, results: Any, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    draw = QPainter.drawText
    monkeypatch.setattr(
        QPainter, "drawText",
        lambda painter, *a: painted.extend(x for x in a if isinstance(x, str)) or draw(painter, *a),
    )  # fmt: skip
    english = english_words()
    window.look.set_language("zh")
    for section in SECTIONS:
        hand.click(results.chips[section])
        if section == "figures":
            wait(hand, lambda: drawn(results))
        assert not shown(window, painted) & english, section


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_no_column_is_too_narrow_for_its_words(
    window: Any, results: Any, hand: Any, language: str, scale: float
) -> None:
    window.look.set_language(language)
    if scale != 1.0:
        window.look.set_scale(scale)
        hand.rest()
        page = window.places.analysis
        wait(hand, lambda: arrived(page))
    else:
        page = results
    for table in (page.overview.rates.table, page.overview.changes.table, page.options.card.table, page.listing):
        cells, columns = table.cells, table.results.columns
        for at, column in enumerate(columns):
            if table.isColumnHidden(at):
                continue
            for entry in table.results.entries:
                first, second, left = cells._laid(entry.cells[at], table.columnWidth(at))
                room = table.columnWidth(at) - left
                assert first.natural <= room + 1 and (second is None or second.natural <= room + 1), column.title


def test_that_tab_reaches_every_part_and_shows_where_it_is(window: Any, results: Any, hand: Any) -> None:
    seen = []
    results.chips["overview"].setFocus()
    for _ in range(12):
        seen.append(QApplication.focusWidget())
        hand.key(Qt.Key.Key_Tab)
    assert set(results.chips.values()) <= set(seen)
    assert all(chip.accessibleName() for chip in results.chips.values())


