"""A form page at work: typing, refusals, reasons, drafts, failures of the disk."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crf_desktop.capture.study import Study
from crf_desktop.model.data import FormState
from tests.screened import screen
from tests.ui.conftest import PASSWORD, WEEK_0, visit_with

BIRTH, FIRST_SYMPTOM, PGA = "I.DEMO.BIRTH_DATE", "I.DEMO.FIRST_SYMPTOM_DATE", "I.PGA.ACTIVITY"
ESSPRI = ("I.ESSPRI.DRYNESS", "I.ESSPRI.FATIGUE", "I.ESSPRI.PAIN")
Form = Callable[..., Any]


def stored(window: Any, form_oid: str, item: str) -> Any:
    """What the store holds, read anew."""
    study: Study = window.study
    return study.form(study.subjects()[0], visit_with(study, form_oid), form_oid).datum(item)


def field(page: Any, item: str) -> Any:
    return page.body.block_of(item).fields[item].entry


def complete_pga(window: Any, form: Form, hand: Any) -> Any:
    page = form("F.PGA")
    hand.answer(PGA, "62")
    hand.answer("I.PGA.BEFORE_ESSDAI", "true")
    hand.click(page.primary)
    assert page.entry.state is FormState.COMPLETE
    return page


def test_that_a_typed_value_is_stored_when_the_field_is_left_and_the_bar_says_when(
    window: Any, form: Form, hand: Any
) -> None:
    page = form("F.DEMO")
    entry = field(page, BIRTH)
    hand.click(entry)
    QTest.keyClicks(entry, "6 May 2014")
    assert stored(window, "F.DEMO", BIRTH).value is None
    QTest.keyClick(entry, Qt.Key.Key_Tab)
    hand.rest()
    assert stored(window, "F.DEMO", BIRTH).value == "2014-05-06"
    assert window.bar.saved.text().startswith("Saved ")


def test_that_the_banner_follows_sex_and_date_of_birth(window: Any, form: Form, hand: Any) -> None:
    form("F.DEMO")
    assert dict(window.banner.pairs())["Age"] == "not known"
    hand.answer("I.DEMO.SEX", "F")
    hand.answer(BIRTH, "2014-05-06")
    assert dict(window.banner.pairs())["Sex"] == "Female"
    assert dict(window.banner.pairs())["Age"].endswith(" y")


@pytest.mark.requirement("REQ-30")
def test_that_a_refused_value_is_not_stored_and_stays_visible(window: Any, form: Form, hand: Any) -> None:
    page = form("F.PGA")
    entry = field(page, PGA)
    hand.click(entry)
    QTest.keyClicks(entry, "140")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    hand.rest()
    assert stored(window, "F.PGA", PGA).value is None
    assert entry.text() == "140"
    assert page.body.block_of(PGA).fields[PGA].message.state == "error"
    assert not page.primary.isEnabled()


def test_that_letters_where_a_number_belongs_are_refused_in_words(window: Any, form: Form, hand: Any) -> None:
    page = form("F.PGA")
    entry = field(page, PGA)
    hand.click(entry)
    QTest.keyClicks(entry, "much")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    hand.rest()
    assert stored(window, "F.PGA", PGA).value is None
    assert "number" in page.body.block_of(PGA).fields[PGA].message.happened


def test_that_the_score_is_not_final_until_every_scale_is_answered(window: Any, form: Form, hand: Any) -> None:
    page = form("F.ESSPRI")
    for item, digit in zip(ESSPRI[:2], "67", strict=True):
        hand.answer(item, digit)
    assert page.scores[0].words.value == "—"
    assert page.scores[0].words.note == "2 of 3 answered"
    hand.answer(ESSPRI[2], "8")
    assert page.scores[0].words.value == "7.00"


@pytest.mark.requirement("REQ-33")
def test_that_m_stores_a_missing_reason_with_its_remark(window: Any, form: Form, hand: Any) -> None:
    page = form("F.ESSDAI")
    hand.miss("I.ESSDAI.BIOLOGICAL", "ND", "tube haemolysed")
    datum = stored(window, "F.ESSDAI", "I.ESSDAI.BIOLOGICAL")
    assert datum.value is None and datum.null_flavor == "ND"
    assert page.view.remarks["I.ESSDAI.BIOLOGICAL"] == "tube haemolysed"


def test_that_a_form_is_completed_by_its_primary_button_and_then_leads_on(window: Any, form: Form, hand: Any) -> None:
    page = complete_pga(window, form, hand)
    assert page.head.pill.text() == "Complete"
    assert page.primary.words().startswith("Go on")
    hand.click(page.primary)
    assert window.places.where.form != "F.PGA"


@pytest.mark.requirement("REQ-13")
def test_that_a_completed_form_asks_why_an_answer_changes(window: Any, form: Form, hand: Any) -> None:
    page = complete_pga(window, form, hand)
    entry = field(page, PGA)
    hand.click(entry)
    entry.selectAll()
    QTest.keyClicks(entry, "44")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    hand.rest()
    sheet = page.dialogue.sheet
    assert stored(window, "F.PGA", PGA).value == "62"
    assert sheet.picked == "" and not sheet.buttons[-1].isEnabled()
    hand.click(sheet.chips, dict(sheet.chips.places())["transcription"].center())
    hand.click(sheet.buttons[-1])
    assert stored(window, "F.PGA", PGA).value == "44"
    assert page.entry.history(PGA)[-1].reason_for_change == "Typing or transcription error"


def test_that_giving_no_reason_keeps_the_former_answer(window: Any, form: Form, hand: Any) -> None:
    page = complete_pga(window, form, hand)
    entry = field(page, PGA)
    hand.click(entry)
    entry.selectAll()
    QTest.keyClicks(entry, "44")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    hand.rest()
    QTest.keyClick(page.dialogue.sheet, Qt.Key.Key_Escape)
    hand.rest()
    assert stored(window, "F.PGA", PGA).value == "62"
    assert page.dialogue.sheet is None


@pytest.mark.requirement("REQ-30")
def test_that_an_unusual_answer_is_kept_only_with_a_reason(window: Any, form: Form, hand: Any) -> None:
    page = form("F.DEMO")
    hand.answer(BIRTH, "2014-05-06")
    page = form("F.ESSPRI")
    chips = page.body.block_of("I.ESSPRI.RESPONDENT").chips
    hand.click(chips, dict(chips.places())["PARENT"].center())
    sheet = page.dialogue.sheet
    assert stored(window, "F.ESSPRI", "I.ESSPRI.RESPONDENT").value is None
    assert not sheet.buttons[-1].isEnabled()
    assert not window.places.may_move()
    QTest.keyClicks(sheet.words, "Reads for the child")
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    hand.rest()
    assert stored(window, "F.ESSPRI", "I.ESSPRI.RESPONDENT").value == "PARENT"


@pytest.mark.requirement("REQ-15")
def test_that_h_shows_who_when_and_from_what_to_what(window: Any, form: Form, hand: Any) -> None:
    from crf_desktop.ui.label import Label

    page = form("F.ESSPRI")
    hand.answer(ESSPRI[0], "6")
    hand.answer(ESSPRI[0], "7")
    page.body.focus_item(ESSPRI[0])
    QTest.keyClick(hand.keyboard(), Qt.Key.Key_H)
    hand.rest()
    words = [label.text() for label in page.dialogue.sheet.findChildren(Label)]
    assert "Investigator One (inv)" in words and words.count("6") == 2 and "7" in words


@pytest.mark.requirement("REQ-08")
def test_that_half_typed_text_survives_the_lock_and_stands_in_its_field_again(
    window: Any, form: Form, hand: Any, enter: Callable[..., Study]
) -> None:
    page = form("F.PGA")
    entry = field(page, PGA)
    hand.click(entry)
    QTest.keyClicks(entry, "6")
    window.lock()
    assert "half-typed" in window.unlock.lock_note.words.text()
    enter()
    page = window.places.form
    assert stored(window, "F.PGA", PGA).value is None
    assert field(page, PGA).text() == "6" and field(page, PGA).hasFocus() and not page.strip.isVisible()
    QTest.keyClicks(field(page, PGA), "2")
    QTest.keyClick(field(page, PGA), Qt.Key.Key_Return)
    hand.rest()
    assert stored(window, "F.PGA", PGA).value == "62"
    assert window.study.store.drafts() == {}


def test_that_a_draft_can_be_discarded(window: Any, form: Form, hand: Any) -> None:
    page = form("F.PGA")
    page.entry.save_draft(PGA, "6")
    page = form("F.PGA")
    hand.click(page.strip.buttons[PGA][1])
    assert window.study.store.drafts() == {}
    assert not page.strip.isVisible()


def test_that_a_page_once_built_is_shown_again_for_another_participant(
    window: Any, form: Form, hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.ui import form_page
    from crf_desktop.ui.places import Where

    monkeypatch.setattr(form_page, "KEPT", 4)

    page = form("F.ESSPRI")
    body = page.body
    hand.answer(ESSPRI[0], "6")
    second = window.study.subjects()[1]
    screen(window.study, second, (date.fromisoformat(window.study.today()) - timedelta(days=8)).isoformat())
    window.study.start_event(second, WEEK_0, window.study.today())
    window.places.go(Where("form", second, WEEK_0, "F.ESSPRI"))
    assert page.body is body
    assert page.view.items[ESSPRI[0]].value is None
    assert body.blocks[1].rows[ESSPRI[0]].chosen is None
    for oid in window.study.definition.event[WEEK_0].forms:
        form(oid)
    assert len(page._bodies) == 4


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_reads_and_cannot_change(window: Any, form: Form, hand: Any) -> None:
    page = form("F.PGA", "mon")
    assert page.read_only()
    assert field(page, PGA).isReadOnly()
    assert "your role" in page.head.rule.text()
    assert not page.primary.isVisibleTo(page)


def test_that_a_disk_that_takes_nothing_keeps_the_value_on_the_page_until_it_is_saved(
    window: Any, form: Form, hand: Any, folder: Path
) -> None:
    page = form("F.PGA")
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
        entry = field(page, PGA)
        hand.click(entry)
        QTest.keyClicks(entry, "62")
        QTest.keyClick(entry, Qt.Key.Key_Return)
        hand.rest()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    sheet = page.dialogue.sheet
    assert sheet.problem.code in ("store.disk_full", "store.io")
    assert window.bar.saved.token == "bad"
    assert entry.text() == "62"
    assert not window.places.may_move()
    hand.click(sheet.first_button())
    assert stored(window, "F.PGA", PGA).value == "62"
    assert window.bar.saved.token != "bad"
    assert page.dialogue.sheet is None


def test_that_a_running_timer_is_told_on_every_page(window: Any, form: Form, hand: Any) -> None:
    from crf_desktop.ui.places import Where

    page = form("F.SCHIRMER")
    card = page.body.blocks[0].cards[0]
    hand.click(card.start)
    assert window.bar.timer.isVisible() and window.bar.timer.text() in ("5:00", "4:59")
    window.places.go(Where("today"))
    assert window.bar.timer.isVisible()
    hand.click(window.bar.timer)
    assert window.places.where.form == "F.SCHIRMER"
    hand.answer("I.SCHIRMER.RIGHT", "4")
    assert not window.bar.timer.isVisible()


def test_that_the_wheel_scrolls_the_page_and_answers_nothing(window: Any, form: Form, hand: Any) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    page = form("F.LAB1")
    chips = field(page, "I.LAB.ESR_ULN_SOURCE")
    chips.setFocus()
    page.body.verticalScrollBar().setValue(0)
    where = QPointF(chips.rect().center())
    wheel = QWheelEvent(
        where, QPointF(chips.mapToGlobal(where.toPoint())), QPoint(0, -240), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chips, wheel)
    assert not wheel.isAccepted()
    QApplication.sendEvent(page.body.viewport(), wheel)
    assert page.body.verticalScrollBar().value() > 0
    assert page.entry.datum("I.LAB.ESR_ULN_SOURCE").value is None


def test_that_the_same_study_opens_again_with_everything_that_was_typed(
    window: Any, form: Form, hand: Any, folder: Path
) -> None:
    form("F.ESSPRI")
    hand.answer(ESSPRI[0], "6")
    window.close()
    again = Study.open(folder, "crc", PASSWORD)
    try:
        assert again.form(again.subjects()[0], WEEK_0, "F.ESSPRI").datum(ESSPRI[0]).value == "6"
    finally:
        again.close()


def test_that_a_question_about_a_grade_names_the_gland(form: Callable[..., Any]) -> None:
    from crf_desktop.ui.form_view import label_of

    entry = form("F.HOCEVAR").entry
    assert label_of(entry, "I.HOCEVAR.PAROTID_R.BORDERS", "en") == "Right parotid: clearness of borders"
    assert label_of(entry, "I.HOCEVAR.CLIPS_STORED", "en") == "Clips stored"


def test_that_a_field_with_a_moment_says_that_a_time_alone_is_enough_at_a_visit(form: Callable[..., Any]) -> None:
    body = form("F.LAB1").body
    field = body.block_of("I.LAB1.SAMPLE_TIME").fields["I.LAB1.SAMPLE_TIME"]
    assert "A time alone is taken on the visit date" in field.message.hint
