"""Enter and Tab on a page of fields: a refusal keeps the hand in place, the last field leads to the primary action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crf_desktop.ui.controls.item_field import ItemField


def field_of(page: Any, oid: str) -> ItemField:
    """The field of an item on the page."""
    field: ItemField = page.body.block_of(oid).fields[oid]
    return field


def test_that_enter_on_a_refused_value_stays_in_the_field_and_typing_the_stored_value_clears_the_mark(
    form: Callable[..., Any], hand: Any
) -> None:
    page = form("F.DEMO")
    dates = [f for f in page.body.findChildren(ItemField) if f.item.data_type == "date"]
    last = dates[-1]
    hand.answer(last.item.oid, "March 2018")
    stored = last.entry.text()
    hand.click(last.entry)
    last.entry.selectAll()
    hand.type("mars")
    hand.key(Qt.Key.Key_Return)
    hand.rest()
    assert QApplication.focusWidget() is last.entry and last.message.state == "error"
    last.entry.selectAll()
    hand.type(stored)
    assert last.message.state == "" and not last.entry.typing.marked
    page.binding.save_drafts()
    assert page.entry.drafts() == {}


def test_that_tab_leads_from_the_last_field_to_the_foot_and_back(form: Callable[..., Any], hand: Any) -> None:
    for oid in ("F.DEMO", "F.LAB1", "F.BCELL", "F.ESSPRI", "F.SALIVA", "F.DEMO"):
        page = form(oid)
        page.primary.setEnabled(False)
        page.back.setFocus()
        hand.key(Qt.Key.Key_Backtab)
        assert page.body.isAncestorOf(QApplication.focusWidget()), oid
        hand.key(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() in (page.primary, page.back), oid
        hand.key(Qt.Key.Key_Backtab)
        assert page.body.isAncestorOf(QApplication.focusWidget()), oid


def test_that_the_basis_of_pulmonary_0_is_asked_in_its_panel_and_moves_nothing(
    form: Callable[..., Any], hand: Any
) -> None:
    page = form("F.ESSDAI")
    table, aside = page.body.blocks
    table.focus_item("I.ESSDAI.PULMONARY")
    before = [target.rect for target in table.panel.targets]
    assert not aside.isVisible()
    hand.type("0")
    hand.rest()
    assert aside.isVisible() and [target.rect for target in table.panel.targets] == before
    assert page.body.verticalScrollBar().maximum() == 0
    hand.key(Qt.Key.Key_Tab)
    hand.type("2")
    hand.rest()
    assert page.entry.datum("I.ESSDAI.LUNG_BASIS").value == "TESTED"
    hand.key(Qt.Key.Key_Tab)
    assert table.current_item == "I.ESSDAI.RENAL" and not aside.isVisible()
    assert QApplication.focusWidget() is table.list


def test_that_today_says_where_something_was_half_typed(window: Any, form: Callable[..., Any], hand: Any) -> None:
    from crf_desktop.ui.places import Where

    page = form("F.LAB1")
    hand.click(field_of(page, "I.LAB.ESR").entry)
    hand.type("3")
    page.keep_typed()
    window.places.form.entry = None
    window.places.go(Where("today"))
    lines = window.places.today._draft_lines()
    assert len(lines) == 1 and lines[0].key.endswith("/F.LAB1")
    window.places.today._follow(lines[0].key)
    assert window.places.where.form == "F.LAB1" and page.strip.isVisible()


def test_that_the_first_form_has_the_keyboard_after_the_visit_date_was_given(
    window: Any, enter: Callable[..., Any], hand: Any
) -> None:
    from crf_desktop.ui.places import Where
    from crf_desktop.ui.visit_sheet import VisitSheet

    study = enter()
    second = study.subjects()[1]
    window.places.go(Where("participant", second))
    hand.click(window.places.participant.go)
    sheet = window.places.participant.findChild(VisitSheet)
    hand.click(sheet.now)
    hand.key(Qt.Key.Key_Return)
    assert window.places.where.form and window.places.form.body.isAncestorOf(QApplication.focusWidget())


def test_that_a_monitor_is_not_offered_to_start_a_visit(window: Any, enter: Callable[..., Any]) -> None:
    from crf_desktop.ui.places import Where

    study = enter("mon")
    window.places.go(Where("participant", study.subjects()[1]))
    assert not window.places.participant.go.isVisible()


def test_that_the_foot_shows_the_keys_of_what_has_the_keyboard(form: Callable[..., Any], hand: Any) -> None:
    def keys(oid: str, item: str) -> list[str]:
        page = form(oid)
        page.body.focus_item(item)
        hand.rest()
        return [key for key, _ in page.foot.keys._hints]

    letters = ["M", "Q", "H"]
    assert keys("F.RECONFIRM", "I.RECONFIRM.VACCINE") == ["Y N", "↑ ↓", *letters]
    assert keys("F.RECONFIRM", "I.RECONFIRM.BY") == ["Tab", "Ctrl M", "Ctrl Shift Q", "Ctrl H"]
    assert keys("F.EXAM", "I.EXAM.JOINT_R_ELBOW") == ["0–3", "↑ ↓", *letters]
    assert keys("F.EXAM", "I.EXAM.SKIN") == ["1–2", "Tab", *letters]
    assert keys("F.HX", "I.HX.ALLERGY") == ["1 0", "Tab", *letters]
    assert keys("F.PRIOR", "I.PRIOR.DOSE#1")[-1] == "Ctrl Shift Del"
    assert keys("F.PRIOR", "I.PRIOR.DRUG#1") == ["1–9", "Tab", *letters]
    assert keys("F.LAB1", "I.LAB1.URINE_PROTEIN")[0] == "1–4"
    assert keys("F.PGA", "I.PGA.ACTIVITY") == ["0–9", *letters]
    assert keys("F.ESSDAI", "I.ESSDAI.RENAL") == ["0–3", "↑ ↓", *letters]


def test_that_the_keys_of_a_page_one_may_only_read_answer_nothing(form: Callable[..., Any], hand: Any) -> None:
    page = form("F.RECONFIRM", "mon")
    page.body.focus_item("I.RECONFIRM.VACCINE")
    hand.rest()
    assert [key for key, _ in page.foot.keys._hints] == ["↑ ↓", "Q", "H"]
