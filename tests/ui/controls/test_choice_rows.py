"""Whole questions with their answers at the right: by key, by press, wrapped, told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.layout import ChoiceRows
from crf_desktop.ui.controls.choice_rows import ChoiceRowsBlock
from crf_desktop.ui.controls.contract import ItemView
from crf_desktop.ui.controls.ink import Face, text_width
from crf_desktop.ui.controls.question_rows import QuestionRows
from crf_desktop.ui.look import Look
from tests.ui.controls import small
from tests.ui.controls.window import DEFINITION, Window

Open = Callable[..., Window]
FIRST, SECOND, THIRD = small.CHOICES.items[:3]
CHECKED, THREE = small.CHOICES.items[3], small.CHOICES.items[5]


def rows(opened: Window) -> QuestionRows:
    assert isinstance(opened.block, ChoiceRowsBlock)
    return opened.block.rows


def press(opened: Window, kind: str, *key: object) -> None:
    target = next(t for t in rows(opened).targets if t.name == (kind, key))
    QTest.mouseClick(rows(opened).viewport(), Qt.MouseButton.LeftButton, pos=target.rect.center().toPoint())
    opened.settle()


@pytest.mark.parametrize(("typed", "code"), [("1", "true"), ("0", "false"), ("y", "true"), ("n", "false")])
def test_that_digits_and_letters_answer_yes_and_no_and_stay(window: Open, typed: str, code: str) -> None:
    opened = window(small.CHOICES)
    opened.show()
    opened.focus(SECOND)
    opened.type(typed)
    assert opened.changes() == [("answered", SECOND, code, "")]
    assert rows(opened).current == 1


def test_that_digits_count_the_answers_of_a_list_and_letters_find_yes_and_no(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show()
    opened.focus(THREE)
    opened.type("3")
    opened.show()
    opened.type("n")
    assert opened.changes() == [("answered", THREE, "NO", "")]


def test_that_a_held_key_answers_once_and_the_chosen_answer_again_changes_nothing(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show()
    opened.focus(FIRST)
    opened.type("1")
    opened.show({FIRST: Datum("true")})
    opened.type("1")
    press(opened, "option", 0, "true")
    assert opened.changes() == []


def test_that_arrows_walk_and_choose_without_answering_and_space_answers(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show()
    opened.focus(FIRST)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right):
        opened.key(key)
    assert opened.changes() == []
    opened.key(Qt.Key.Key_Space)
    assert opened.changes() == [("answered", SECOND, "false", "")]


def test_that_an_answer_counts_on_release_inside_and_not_outside(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show()
    yes = next(t for t in rows(opened).targets if t.name == ("option", (0, "true"))).rect.center().toPoint()
    QTest.mousePress(rows(opened).viewport(), Qt.MouseButton.LeftButton, pos=yes)
    assert opened.changes() == []
    QTest.mouseRelease(rows(opened).viewport(), Qt.MouseButton.LeftButton, pos=yes + QPoint(0, 60))
    assert opened.changes() == []


def test_that_every_row_offers_the_missing_reason_and_the_current_one_history_and_query(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show()
    opened.focus(SECOND)
    offered = [t.name for t in rows(opened).targets if t.kind in ("missing", "history", "query")]
    assert offered.count(("history", (1,))) == offered.count(("query", (1,))) == 1
    assert len([n for n in offered if n[0] == "missing"]) == len(small.CHOICES.items)
    assert len(offered) == len(small.CHOICES.items) + 2
    for kind, signal in (("missing", "missing_asked"), ("history", "history_asked"), ("query", "query_asked")):
        press(opened, kind, 1)
        assert (signal, SECOND) in opened.heard
    assert opened.changes() == []


def test_that_the_link_takes_a_reason_away_again(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show({FIRST: ItemView(Datum(null_flavor=NullFlavor.NOT_DONE), "record lost")})
    press(opened, "missing", 0)
    assert opened.changes() == [("cleared", FIRST)]
    press(opened, "pill", 0)
    assert ("missing_asked", FIRST) in opened.heard


def test_that_an_open_query_shows_its_flag_in_any_row(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show({THIRD: ItemView(Datum("true"), n_open_query=1)})
    press(opened, "query", 2)
    assert ("query_asked", THIRD) in opened.heard


def test_that_a_row_that_is_not_asked_takes_no_answer_and_says_so(window: Open) -> None:
    opened = window(small.CHOICES)
    opened.show({SECOND: ItemView(Datum(), relevant=False)})
    opened.focus(SECOND)
    for key in (Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_M, Qt.Key.Key_Delete):
        opened.key(key)
    assert not [h for h in opened.heard if h[0] != "focused"]
    assert "not asked" in rows(opened).accessibleName()


def test_that_a_question_is_shown_whole_whatever_the_width(window: Open, look: Look) -> None:
    for width, scale in ((1280, 1.0), (1280, 1.5), (1280, 2.0), (853, 1.0)):
        look.set_scale(scale)
        opened = window(small.CHOICES, width)
        opened.show()
        shown = rows(opened)
        room = shown.columns(shown.width()).question
        for question, place in zip(shown.questions, shown.places(shown.width()), strict=True):
            assert " ".join(place.lines) == question.words
            assert all(text_width(look, line, Face(15)) <= room + 1 for line in place.lines)
            assert place.row.height() >= len(place.lines) * 20 * scale


def test_that_answers_stand_in_one_column_and_under_the_question_where_it_is_narrow(window: Open, look: Look) -> None:
    opened = window(small.CHOICES)
    places = rows(opened).places(rows(opened).width())
    assert len({p.options[0].left() for p in places}) == 1
    assert all(p.options[0].left() > rows(opened).width() / 2 for p in places)
    narrow = window(small.CHOICES, 760)
    places = rows(narrow).places(rows(narrow).width())
    assert all(p.options[0].left() < 100 for p in places)
    assert all(o.right() <= rows(narrow).width() for p in places for o in p.options)


def test_that_no_place_lies_over_another_and_touch_makes_all_44(window: Open, look: Look) -> None:
    look.touch = True
    look.changed.emit()
    for width in (1280, 853):
        opened = window(small.CHOICES, width)
        opened.show({FIRST: ItemView(Datum("true"), n_open_query=1)})
        hot = [t.rect for t in rows(opened).targets if t.hot and t.kind != "row"]
        assert min(min(r.width(), r.height()) for r in hot) >= 44
        assert not [(a, b) for i, a in enumerate(hot) for b in hot[i + 1 :] if a.intersects(b)]


def test_that_a_message_of_a_check_is_wrapped_in_room_that_was_kept_for_it(window: Open) -> None:
    opened = window(small.CHOICES, 853)
    opened.show()
    before = rows(opened).height()
    message = small.CHECKS[0].message.en
    opened.block.show_warned(CHECKED, message)
    opened.settle()
    assert rows(opened).height() == before
    opened.focus(CHECKED)
    assert message in rows(opened).accessibleDescription()
    opened.block.show_warned(CHECKED, "")
    assert message not in rows(opened).accessibleDescription()


def test_that_a_longer_message_than_expected_gets_its_room(window: Open) -> None:
    opened = window(small.CHOICES, 853)
    opened.show()
    before = rows(opened).height()
    opened.block.show_refused(FIRST, "Nothing may be entered here before the consent is complete. " * 5, "Not saved.")
    opened.settle()
    assert rows(opened).height() > before
    opened.show()
    assert rows(opened).height() == before


def test_that_a_question_of_another_visit_says_so(window: Open) -> None:
    block = next(b for b in DEFINITION.form["F.REVIEW"].layout.blocks if isinstance(b, ChoiceRows))
    opened = window(block)
    opened.show({block.items[0]: ItemView(Datum(), relevant=False)})
    assert rows(opened)._said(0)[0] == ("Not asked at this visit.",)
