"""The Hočevar grid: filling by digits, walking by arrows, sums, missing glands, options above."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.model.data import Datum
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.grade_grid import GradeGridBlock, joined
from crf_desktop.ui.controls.option_strip import by_digit
from tests.ui.controls import small
from tests.ui.controls.stage import Stage
from tests.ui.controls.window import Window

FIRST = "I.HOCEVAR.PAROTID_R.ECHOGENICITY"
SECOND = "I.HOCEVAR.PAROTID_R.HOMOGENEITY"
LAST_OF_FIRST = "I.HOCEVAR.PAROTID_R.BORDERS"
NEXT_COLUMN = "I.HOCEVAR.PAROTID_L.ECHOGENICITY"
Open = Callable[..., Window]
OSS_FIRST = small.OSS.rows[0].items[0]
TISSUE, CLIPS = "I.HOCEVAR.REFERENCE", "I.HOCEVAR.CLIPS_STORED"


@pytest.fixture
def stage(qt_application: object) -> Iterator[Stage]:
    stage = Stage("F.HOCEVAR", GradeGridBlock)
    yield stage
    stage.close()


def block(stage: Stage) -> GradeGridBlock:
    assert isinstance(stage.block, GradeGridBlock)
    return stage.block


def current(stage: Stage) -> str:
    return block(stage).table.oid(block(stage).table.current)


def test_that_digits_fill_the_grid_down_and_across(stage: Stage) -> None:
    grid = block(stage)
    grid.focus_item(FIRST)
    for _ in range(20):
        QTest.keyClick(grid.table, Qt.Key.Key_1)
    order = [words[1] for words in stage.answers_said()]
    assert order == [oid for oid in grid.item_oids() if oid not in grid.layout_block.options]
    assert order[4:6] == [LAST_OF_FIRST, NEXT_COLUMN]
    assert stage.view().derived["M.HOCEVAR.TOTAL"].text == "20"


def test_that_arrow_keys_walk_cells_without_answering(stage: Stage) -> None:
    grid = block(stage)
    grid.focus_item(FIRST)
    for press in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(grid.table, press)
    assert current(stage) == FIRST
    QTest.keyClick(grid.table, Qt.Key.Key_Right)
    assert current(stage) == NEXT_COLUMN
    assert not stage.said


@pytest.mark.parametrize(
    ("oid", "digit"),
    [(FIRST, Qt.Key.Key_2), ("I.HOCEVAR.SUBMAND_L.HYPERECHOGENIC", Qt.Key.Key_2), (SECOND, Qt.Key.Key_4)],
)
def test_that_a_grade_which_does_not_exist_is_never_emitted_and_the_cell_stays(
    stage: Stage, oid: str, digit: Qt.Key
) -> None:
    grid = block(stage)
    grid.focus_item(oid)
    QTest.keyClick(grid.table, digit)
    assert not stage.said and current(stage) == oid
    assert grid.table.refused is not None and "Not saved." in grid.table.refused[1]
    QTest.keyClick(grid.table, Qt.Key.Key_1)
    assert grid.table.refused is None and stage.value(oid) == "1"


def test_that_the_wheel_never_answers_and_is_left_to_the_page(stage: Stage) -> None:
    grid = block(stage)
    grid.focus_item(FIRST)
    for part in (grid.table.viewport(), grid.options.viewport(), grid.bar):
        assert not stage.wheel(part)
    assert not stage.said


def test_that_repainting_and_another_look_never_emit(stage: Stage) -> None:
    stage.answers |= {FIRST: Datum("1"), TISSUE: Datum("THYROID")}
    stage.show()
    stage.look.set_dark(True)
    stage.look.set_language("zh")
    QApplication.processEvents()
    assert not stage.said


def test_that_a_press_answers_on_release_inside_only(stage: Stage) -> None:
    grid = block(stage)
    inside, view = stage.place(grid.table, "box", 0, 1, "2"), grid.table.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside + QPoint(0, 80))
    assert not stage.said
    stage.press(grid.table, "box", 0, 1, "2")
    stage.press(grid.table, "box", 0, 1, "2")
    assert stage.said == [("answered", SECOND, "2")]


def test_that_a_sum_that_is_not_final_says_so(stage: Stage) -> None:
    grid = block(stage)
    stage.answers |= {FIRST: Datum("1"), SECOND: Datum("2")}
    stage.show()
    assert grid.table.sum_words(0) == ("≥\u00a03", "/13")
    assert grid.table.sum_words(1) == ("—", "/13")
    assert grid.table.sum_words(2) == ("—", "/11")
    assert grid.bar.accessibleName() == "Total so far: ≥ 3 of 48"


def test_that_a_missing_cell_shows_its_reason_and_names_its_gland(stage: Stage) -> None:
    grid = block(stage)
    stage.miss(FIRST, "not scanned")
    grid.focus_item(FIRST)
    assert "Not done: not scanned" in grid.table.accessibleName()
    stage.press(grid.table, "pill", 0, 0)
    QTest.keyClick(grid.table, Qt.Key.Key_M)
    assert stage.said == [("missing_asked", FIRST)] * 2
    assert len(grid.together(FIRST)) == 5 and all("PAROTID_R" in oid for oid in grid.together(FIRST))
    assert grid.together(TISSUE) == (TISSUE,)


def test_that_delete_clears_and_q_and_h_ask(stage: Stage) -> None:
    grid = block(stage)
    stage.answers[FIRST] = Datum("1")
    stage.show()
    grid.focus_item(FIRST)
    for press in (Qt.Key.Key_Q, Qt.Key.Key_H, Qt.Key.Key_Delete, Qt.Key.Key_Delete):
        QTest.keyClick(grid.table, press)
    assert stage.said == [("query_asked", FIRST), ("history_asked", FIRST), ("cleared", FIRST)]


def test_that_tab_runs_through_options_and_grid_and_on(stage: Stage) -> None:
    grid = block(stage)
    seen: list[str] = []
    grid.focused.connect(seen.append)
    grid.focus_item(grid.item_oids()[0])
    for _ in range(24):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert list(dict.fromkeys(seen)) == list(grid.item_oids())
    assert stage.after.hasFocus()


def test_that_yes_no_and_no_answer_are_three_different_pictures(stage: Stage) -> None:
    pictures = []
    for answer in (None, "true", "false"):
        stage.answers.pop(CLIPS, None)
        if answer:
            stage.answers[CLIPS] = Datum(answer)
        stage.show()
        pictures.append(block(stage).options.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_that_options_are_answered_by_digit_space_and_mouse(stage: Stage) -> None:
    grid = block(stage)
    grid.focus_item(TISSUE)
    QTest.keyClick(grid.options, Qt.Key.Key_2)
    QTest.keyClick(grid.options, Qt.Key.Key_Down)
    QTest.keyClick(grid.options, Qt.Key.Key_0)
    QTest.keyClick(grid.options, Qt.Key.Key_Left)
    QTest.keyClick(grid.options, Qt.Key.Key_Space)
    stage.press(grid.options, "option", 3, "true")
    assert [words[1:] for words in stage.said] == [
        (TISSUE, "SOFT_TISSUE"),
        ("I.HOCEVAR.THYROID_DISEASE", "false"),
        ("I.HOCEVAR.THYROID_DISEASE", "true"),
        (CLIPS, "true"),
    ]


def test_that_a_read_only_grid_answers_nothing(stage: Stage) -> None:
    grid = block(stage)
    stage.read_only = True
    stage.show()
    grid.focus_item(FIRST)
    for press in (Qt.Key.Key_1, Qt.Key.Key_Delete, Qt.Key.Key_M):
        QTest.keyClick(grid.table, press)
    assert not [t for t in grid.table.targets if t.kind == "box"]
    assert not [t for t in grid.options.targets if t.kind == "option"]
    assert not stage.said


def test_that_the_grid_fits_a_window_of_1280_by_800(stage: Stage) -> None:
    grid = block(stage)
    for language in ("en", "zh"):
        stage.look.set_language(language)  # type: ignore[arg-type]
        QApplication.processEvents()
        assert grid.minimumSizeHint().height() <= 555


def test_that_a_number_and_its_first_word_are_not_parted() -> None:
    assert joined("0 none · 3 numerous") == "0\u00a0none · 3\u00a0numerous"


def test_that_a_digit_means_the_code_yes_or_no_or_a_place_in_the_list() -> None:
    assert by_digit(("0", "1"), "1") == "1"
    assert by_digit(("true", "false"), "0") == "false"
    assert by_digit(("THYROID", "SOFT_TISSUE"), "2") == "SOFT_TISSUE"
    assert by_digit(("THYROID", "SOFT_TISSUE"), "3") == ""
    assert by_digit(("0", "1"), "2") == ""


def test_that_a_grid_without_a_total_has_a_title_and_no_bar(window: Open) -> None:
    opened = window(small.OSS)
    opened.show({"I.T.STAINED": Datum("true")})
    grid = opened.block
    assert isinstance(grid, GradeGridBlock)
    assert grid.bar is None and grid.title.text() == "Ocular staining score" and not grid.closed.text()
    opened.focus(OSS_FIRST)
    opened.type("2")
    assert opened.changes() == [("answered", OSS_FIRST, "2", "")]


def test_that_a_grid_that_is_not_asked_says_why_and_is_passed_by(window: Open) -> None:
    opened = window(small.OSS)
    closed = {oid: ItemView(Datum(), relevant=False) for oid in opened.block.item_oids()}
    opened.show({"I.T.STAINED": Datum("false"), **closed})
    grid = opened.block
    assert isinstance(grid, GradeGridBlock)
    assert grid.closed.text() == "Not asked here (Ocular staining done: No)."
    assert grid.table.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not [t for t in grid.table.targets if t.kind == "box"]
    asked = opened.picture()
    opened.show({"I.T.STAINED": Datum("true")})
    assert opened.picture() != asked and grid.table.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_that_cells_which_are_not_asked_take_no_grade(window: Open) -> None:
    opened = window(small.OSS)
    opened.show({oid: ItemView(Datum(), relevant=oid != OSS_FIRST) for oid in opened.block.item_oids()})
    grid = opened.block
    assert isinstance(grid, GradeGridBlock)
    grid.table.setFocus()
    grid._go((0, 0))
    opened.heard.clear()
    for key in (Qt.Key.Key_1, Qt.Key.Key_M):
        opened.key(key)
    assert opened.changes() == [] and ("missing_asked", OSS_FIRST) not in opened.heard


def test_that_what_was_refused_about_an_option_stands_beside_the_title_and_leaves_no_strip(window: Open) -> None:
    opened = window(small.OSS)
    closed = {oid: ItemView(Datum(), relevant=False) for oid in opened.block.item_oids()}
    opened.show({"I.T.STAINED": Datum("false"), **closed})
    grid = opened.block
    assert isinstance(grid, GradeGridBlock)
    height = grid.height()
    assert height - grid.table.geometry().bottom() <= 1
    grid.show_refused("I.T.STAINED", "The test lies after the visit.", "Not saved.")
    assert grid.told.isVisible() and not grid.closed.isVisible() and grid.told.geometry().bottom() < grid.options.y()
    assert grid.height() == height
    opened.show({"I.T.STAINED": Datum("true")})
    assert grid.told.happened
