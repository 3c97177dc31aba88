"""Queries and verification by hand: keys, presses, and what then stands in the log."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crf_desktop.capture import query as asking
from crf_desktop.capture import verification
from crf_desktop.capture.study import Study
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.query import QueryState
from tests.capture.asking import DOSE, PASSWORD, WEIGHT, make, room

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
At = tuple[str, str, str]
CONFLICT = "CONFLICT.0000"
HERE: At = ("01-001", "SE.W0", "F.DOSE")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A query on the weight, one on the form, and one that is closed."""
    folder = make(tmp_path_factory.mktemp("asked") / "study.crf")
    with room(folder) as at:
        asking.raise_query(at.as_("mon"), WEIGHT, "30.0 or 13.0?")
        asking.raise_query(at.as_("dat"), WEIGHT.form_path, "When was this filled in?")
        asking.close(at.as_("mon"), asking.raise_query(at.as_("mon"), DOSE, "All of it?"))
    return folder


@pytest.fixture
def sit(window: Any, asked: Path, tmp_path: Path, hand: Any) -> Callable[..., Study]:
    """Somebody sits down at the window; the study is copied once."""
    folder = tmp_path / "study.crf"

    def down(user: str, at: At | None = HERE) -> Study:
        from crf_desktop.ui.places import Where

        if not folder.exists():
            shutil.copytree(asked, folder)
        if window.study is not None:
            window.lock()
        window.folder = folder
        window._opened(Study.open(folder, user, PASSWORD))
        hand.rest()
        if at is not None:
            window.places.go(Where("form", *at))
            hand.rest()
        study: Study = window.study
        return study

    return down


def sheet(window: Any) -> Any:
    return window.places.desk.sheet


def states(study: Study, path: Any = WEIGHT) -> list[QueryState]:
    return [q.state for q in asking.queries(study, path)]


def field(window: Any, item: str) -> Any:
    from crf_desktop.ui.controls.item_field import ItemField

    return next(f for f in window.places.form.body.findChildren(ItemField) if f.item.oid == item)


@pytest.mark.requirement("REQ-35")
def test_that_a_monitor_raises_a_query_by_keyboard_alone(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    study = sit("mon")
    window.places.form.body.focus_item("I.IGG")
    hand.key(Qt.Key.Key_Q, CTRL | SHIFT)
    shown = sheet(window)
    assert shown is not None and shown.query is None and hand.keyboard() is shown.words
    hand.key(Qt.Key.Key_Return, CTRL)
    assert sheet(window) is shown, "nothing is sent without words"
    hand.type("Not measured?")
    hand.key(Qt.Key.Key_Return)
    hand.type("Or not entered?")
    hand.key(Qt.Key.Key_Return, CTRL)
    assert sheet(window) is None
    [query] = asking.queries(study, WEIGHT.at("IG.DOSE", "I.IGG"))
    assert query.told[0].text == "Not measured?\nOr not entered?"
    assert field(window, "I.IGG").flag.isVisibleTo(window) and window.bar.places["queries"].count == 3


@pytest.mark.requirement("REQ-35")
def test_that_the_flag_opens_the_query_and_each_role_moves_it_on(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("inv")
    hand.click(field(window, "I.WEIGHT").flag)
    assert [b.words() for b in sheet(window).buttons.values()] == ["Send answer"]
    assert not sheet(window).buttons["answer"].isEnabled()
    hand.type("30.0, as the sheet says.")
    hand.click(sheet(window).buttons["answer"])
    assert states(window.study) == [QueryState.ANSWERED] and sheet(window) is None
    study = sit("mon")
    hand.click(field(window, "I.WEIGHT").flag)
    assert {a.value for a in sheet(window).buttons} == {"close", "reopen", "cancel"}
    hand.click(sheet(window).buttons["close"])
    assert states(study) == [QueryState.CLOSED]
    assert field(window, "I.WEIGHT").flag.text() == "Query", "whoever may ask can ask again"
    sit("inv")
    assert not field(window, "I.WEIGHT").flag.isVisibleTo(window)


def test_that_who_may_ask_finds_the_way_beside_every_field(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    sit("dat")
    hand.click(field(window, "I.IGG").flag)
    assert sheet(window).query is None and hand.keyboard() is sheet(window).words


def test_that_a_query_on_the_form_is_reached_from_its_head(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    study = sit("crc")
    whole = window.places.form.asking.whole
    assert whole.words() == "1 query on the form"
    hand.click(whole)
    hand.type("Yesterday.")
    hand.key(Qt.Key.Key_Return, CTRL)
    found = [q for q in asking.queries(study, WEIGHT.form_path) if not q.path.item]
    assert [q.state for q in found] == [QueryState.ANSWERED]


def test_that_who_may_not_raise_is_told_who_does(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    sit("inv")
    window.places.desk.open("I.IGG")
    shown = sheet(window)
    assert shown.words is None and not shown.buttons and hand.keyboard() is shown.leave
    hand.key(Qt.Key.Key_Escape)
    assert sheet(window) is None and not window.places.form.asking.verify.isVisibleTo(window)


def test_that_a_closed_query_is_read_and_can_be_opened_again(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    study = sit("dat")
    window.places.desk.open("I.DOSE")
    assert [a.value for a in sheet(window).buttons] == ["reopen"]
    hand.type("And the rest of the bag?")
    hand.key(Qt.Key.Key_Return, CTRL)
    assert states(study, DOSE) == [QueryState.OPEN]


def test_that_what_was_typed_is_there_again_after_leaving_and_after_locking(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("inv")
    window.places.desk.open("I.WEIGHT")
    hand.type("30.0, as")
    hand.key(Qt.Key.Key_Escape)
    assert sheet(window) is None and states(window.study) == [QueryState.OPEN]
    window.places.desk.open("I.WEIGHT")
    assert sheet(window).words.text() == "30.0, as"
    hand.type(" the sheet")
    sit("crc")
    window.places.desk.open("I.WEIGHT")
    assert sheet(window).words.text() == "", "it is nobody else's"
    sit("inv")
    window.places.desk.open("I.WEIGHT")
    assert "the sheet" in sheet(window).words.text()
    hand.click(sheet(window).buttons["answer"])
    window.places.desk.open("I.WEIGHT")
    assert sheet(window).words.text() == ""


def test_that_the_language_may_change_while_a_query_is_written(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("inv")
    window.places.desk.open("I.WEIGHT")
    hand.type("30.0, as")
    window.look.set_language("zh")
    hand.rest()
    assert sheet(window).words.text() == "30.0, as"
    assert sheet(window).buttons["answer"].words() == "提交答复"
    window.look.set_language("en")


def test_that_a_query_does_not_hold_the_page(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    sit("inv")
    window.places.desk.open("I.WEIGHT")
    hand.type("half")
    hand.click(window.bar.places["today"])
    assert window.places.where.page == "today" and sheet(window) is None


# ---- the list


def test_that_the_list_filters_searches_and_opens_the_form_with_the_query(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("inv", None)
    hand.click(window.bar.places["queries"])
    page = window.places.queries
    assert window.bar.places["queries"].count == 2 and page.list.queries.rowCount() == 3
    hand.click(page.chips["closed"])
    assert [page.list.queries.line(0).place()[2], page.list.queries.rowCount()] == ["dose", 1]
    hand.click(page.chips["waiting"])
    assert page.list.queries.rowCount() == 2
    hand.type("13.0", page.search)
    assert page.list.queries.rowCount() == 1
    page.list.setFocus()
    page.list.selectRow(0)
    assert page.preview.text() == "30.0 or 13.0?"
    hand.key(Qt.Key.Key_Return)
    assert window.places.where.page == "form" and sheet(window).query.path == WEIGHT
    assert hand.keyboard() is sheet(window).words


def test_that_an_empty_list_says_what_it_is_for_and_where_to_go(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("inv", None)
    hand.click(window.bar.places["queries"])
    page = window.places.queries
    hand.click(page.chips["answered"])
    assert page.empty.isVisibleTo(window) and not page.list.isVisibleTo(window)
    hand.click(page.closed)
    assert page.list.queries.rowCount() == 1
    hand.click(page.chips["answered"])
    hand.click(page.empty.button)
    assert window.places.where.page == "participants"


def test_that_today_says_how_many_wait_and_leads_to_them(window: Any, sit: Callable[..., Study], hand: Any) -> None:
    from crf_desktop.ui.list_card import ListLine

    sit("inv", None)
    lines = [line for line in window.places.today.waiting.findChildren(ListLine) if line.words.key == "queries"]
    assert [line.words.first for line in lines] == ["2 queries for you"]
    hand.click(lines[0])
    assert window.places.where.page == "queries"


# ---- verification


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_ticks_by_keyboard_and_sees_what_changed_since(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("mon")
    hand.click(window.places.form.asking.verify)
    page = window.places.verification
    assert window.places.where.page == "verify" and [a.tick.value for a in page.list.answers.answers] == ["open"] * 2
    hand.key(Qt.Key.Key_Space)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Space)
    assert [a.tick.value for a in page.list.answers.answers] == ["verified"] * 2
    assert page.primary.words() == "Back to the form"
    hand.key(Qt.Key.Key_Space)
    assert [a.tick.value for a in page.list.answers.answers] == ["verified", "open"]
    study = sit("inv", None)
    held = study.store.at(WEIGHT)
    assert held is not None
    changed = Entry(Kind.ITEM, WEIGHT, "Update", Datum("31.0", "", "MU.KG"), based_on=(held.origin, held.seq))
    study.store.append([changed])
    study = sit("mon")
    hand.click(window.places.form.asking.verify)
    told = page.list.answers.answers[0]
    assert (told.tick.value, told.old.startswith("30.0"), told.value.startswith("31.0")) == ("changed", True, True)
    assert page.head.pill.text() == "1 changed since"
    hand.click(page.primary)
    entry = study.form(*HERE)
    assert verification.progress(entry).done and entry.datum("I.WEIGHT").value == "31.0"


def test_that_a_press_on_the_box_ticks_and_elsewhere_does_not(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("mon")
    hand.click(window.places.form.asking.verify)
    answers = window.places.verification.list
    row = answers.visualRect(answers.answers.index(1))
    hand.click(answers.viewport(), row.center())
    assert [a.tick.value for a in answers.answers.answers] == ["open", "open"]
    hand.click(answers.viewport(), answers.box_of(1))
    assert [a.tick.value for a in answers.answers.answers] == ["open", "verified"]


def test_that_the_form_opens_at_the_answer_and_q_asks_about_it(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    sit("mon")
    hand.click(window.places.form.asking.verify)
    hand.key(Qt.Key.Key_Q)
    assert window.places.where.page == "form" and sheet(window).query.path == WEIGHT
    hand.key(Qt.Key.Key_Escape)
    hand.click(window.places.form.asking.verify)
    hand.key(Qt.Key.Key_Return)
    assert window.places.where.page == "form" and sheet(window) is None


# ---- two laptops, two values


def test_that_a_person_decides_between_two_values_by_keyboard(
    window: Any, sit: Callable[..., Study], hand: Any
) -> None:
    from crf_desktop.ui.places import Where

    study = sit("inv", None)
    first, second = contradict(study)
    window.places.go(Where("form", *HERE))
    window.places.desk.open("I.WEIGHT", CONFLICT)
    table, decide = sheet(window).table, sheet(window).buttons["resolve"]
    assert [v.words[0].split("\u00a0")[0] for v in table.buttons] == ["30.0", "31.0"] and table.choice() is None
    hand.type("The sheet of the ward.")
    assert not decide.isEnabled(), "nothing is preselected"
    table.buttons[0].setFocus()
    hand.key(Qt.Key.Key_Space)
    assert decide.isEnabled() and table.choice() == first
    sheet(window).words.setFocus()
    hand.key(Qt.Key.Key_Return, CTRL)
    held = study.store.at(WEIGHT)
    assert held is not None and held.datum.value == "30.0" and second.datum.value == "31.0"
    assert [q.state.value for q in asking.queries(study, WEIGHT) if q.name == CONFLICT] == ["Resolved"]


def contradict(study: Study) -> list[Any]:
    """Another answer on top of the first, and the query that a merge raises about two versions."""
    before = study.store.history(WEIGHT)[0]
    after = Datum("31.0", "", "MU.KG")
    [later] = study.store.append([Entry(Kind.ITEM, WEIGHT, "Update", after, based_on=(before.origin, before.seq))])
    rows = [[r.origin, r.seq] for r in (before, later)]
    payload = {"type": "query", "query": CONFLICT, "state": "Open", "source": "conflict", "rows": rows}
    study.store.append([Entry(Kind.ANNOTATION, WEIGHT, "Insert", payload=payload)])
    return [before, later]
