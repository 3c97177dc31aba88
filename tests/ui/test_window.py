"""The window as a whole: places, lock, languages, themes, sizes, finding."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from crf_desktop.capture.study import Study
from tests.screened import SCREENING
from tests.ui.conftest import WEEK_0

ROOT = Path(__file__).resolve().parent.parent.parent


def words_on(window: Any) -> set[str]:
    """Everything that can be read now."""
    from crf_desktop.ui.bar_item import BarItem
    from crf_desktop.ui.button import Button
    from crf_desktop.ui.label import Label, Pill

    shown = [w for w in window.findChildren(QWidget) if w.isVisibleTo(window)]
    found = {w.text().replace("&&", "&") for w in shown if isinstance(w, Label | Pill | Button | BarItem)}
    return {w for w in found if w}


def english_words() -> set[str]:
    """Chrome words that read otherwise in Chinese."""
    root = ElementTree.parse(ROOT / "resources" / "translations" / "crf_desktop_zh.ts").getroot()
    pairs = [(m.findtext("source") or "", m.findtext("translation") or "") for m in root.iter("message")]
    return {english for english, chinese in pairs if english != chinese and "{" not in english}


def places_to_see(window: Any, study: Study) -> list[Any]:
    from crf_desktop.ui.places import Where

    first = study.subjects()[0]
    forms = [Where("form", first, WEEK_0, f) for f in study.definition.event[WEEK_0].forms]
    return [Where("today"), Where("participants"), Where("participant", first), Where("signing"), *forms]


def test_that_switching_the_language_leaves_no_english_word_on_any_page(
    window: Any, enter: Callable[..., Study], hand: Any
) -> None:
    study, english = enter(), english_words()
    for where in places_to_see(window, study):
        window.places.go(where)
        hand.rest()
        before = words_on(window)
        assert before & english, where.page
        hand.click(window.bar.language)
        assert words_on(window) & english == set(), where
        hand.click(window.bar.language)
        assert words_on(window) == before, where


def test_that_the_two_languages_give_two_pictures_of_the_same_size(
    window: Any, enter: Callable[..., Study], hand: Any
) -> None:
    enter()
    english = window.grab().toImage()
    hand.click(window.bar.language)
    chinese = window.grab().toImage()
    assert english != chinese
    assert english.size() == chinese.size()


def test_that_theme_and_text_size_change_at_once_and_keep_the_place(
    window: Any, form: Callable[..., Any], hand: Any
) -> None:
    form("F.ESSPRI")
    light = window.grab().toImage()
    window.look.set_dark(True)
    hand.rest()
    assert window.grab().toImage() != light
    window.look.set_scale(1.5)
    hand.rest(0.02)
    assert window.places.where.form == "F.ESSPRI"
    assert window.bar.compact()
    assert window.bar.menu_item.isVisible() and not window.bar.places["today"].isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_that_the_banner_is_never_wider_than_the_window(
    window: Any, form: Callable[..., Any], hand: Any, scale: float
) -> None:
    window.look.set_scale(scale)
    hand.rest(0.02)
    form("F.DEMO")
    for language in ("en", "zh"):
        window.look.set_language(language)
        assert window.banner.minimumSizeHint().width() <= 1280


@pytest.mark.requirement("REQ-08")
def test_that_f12_hides_and_locks_and_the_same_person_comes_back_to_the_same_page(
    window: Any, form: Callable[..., Any], hand: Any, folder: Path, enter: Callable[..., Study]
) -> None:
    form("F.PGA")
    QTest.keyClick(hand.keyboard(), Qt.Key.Key_F12)
    assert window.study is None
    assert window.stack.currentWidget() is window.unlock
    assert not window.banner.isVisible()
    enter()
    assert (window.places.where.page, window.places.where.form) == ("form", "F.PGA")


def test_that_another_person_does_not_come_to_the_page_that_was_left(
    window: Any, form: Callable[..., Any], enter: Callable[..., Study]
) -> None:
    form("F.PGA")
    window.lock()
    enter("crc")
    assert window.places.where.page == "today"


def test_that_ctrl_k_finds_a_form_of_the_participant_on_the_screen(
    window: Any, form: Callable[..., Any], hand: Any
) -> None:
    from crf_desktop.ui.find_panel import FindSheet

    page = form("F.DEMO")
    QTest.keyClick(hand.keyboard(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    sheet = page.findChild(FindSheet)
    QTest.keyClicks(sheet.words, "saliva")
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    hand.rest()
    assert window.places.where.form == "F.SALIVA"


@pytest.mark.parametrize(
    ("words", "page", "form"), [("w1 dose", "form", "F.DOSE"), ("week 1 f.dose", "form", "F.DOSE"),
    ("deviation", "records", "F.DEV")]
)  # fmt: skip
def test_that_ctrl_k_finds_a_form_by_its_visit_and_the_records_of_the_participant(
    window: Any, hand: Any, tmp_path: Path, words: str, page: str, form: str
) -> None:
    from crf_desktop.ui.find_panel import FindSheet
    from tests.ui.dosing import open_dosing, participant

    study, subject = open_dosing(window, tmp_path, "2027-05-14")
    study.start_event(subject, "SE.D2", "2027-05-14")
    shown = participant(window, hand, subject)
    window.open_find()
    sheet = shown.findChild(FindSheet)
    QTest.keyClicks(sheet.words, words)
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    hand.rest()
    assert (window.places.where.page, window.places.where.form) == (page, form)


def test_that_ctrl_k_finds_a_participant_by_number(window: Any, enter: Callable[..., Study], hand: Any) -> None:
    from crf_desktop.ui.find_panel import FindSheet

    study = enter()
    QTest.keyClick(hand.keyboard(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    sheet = window.places.today.findChild(FindSheet)
    QTest.keyClicks(sheet.words, study.subjects()[1][-3:])
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    assert window.places.where.subject == study.subjects()[1]


def test_that_a_fault_in_a_slot_freezes_to_read_only_and_says_no_value(
    window: Any, form: Callable[..., Any], hand: Any
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    page = form("F.PGA")
    try:
        raise KeyError("01-001 weighs 38.6")
    except KeyError as error:
        window.fault(error)
    sheet = page.findChild(ProblemSheet)
    assert sheet.problem.code == "program.fault"
    told = " ".join((sheet.problem.during, sheet.problem.happened, sheet.problem.kept, sheet.problem.todo))
    assert "38.6" not in told and "01-001" not in told and "KeyError" in told
    assert page.read_only()
    hand.click(sheet.first_button())
    assert window.study is None


def test_that_a_new_participant_is_enrolled_opened_and_asked_the_visit_date(
    window: Any, enter: Callable[..., Study], hand: Any
) -> None:
    from crf_desktop.ui.visit_sheet import VisitSheet

    study = enter()
    hand.click(window.places.today.enrol)
    where = window.places.where
    assert where.page == "participant" and where.subject == study.subjects()[-1]
    hand.key(Qt.Key.Key_Return)
    sheet = window.places.participant.findChild(VisitSheet)
    assert sheet.date.text() == "" and not sheet.buttons[-1].isEnabled()
    hand.type("May 2026", sheet.date)
    QTest.keyClick(sheet.date, Qt.Key.Key_Return)
    assert sheet.fault.text() != ""
    assert study.visit_date(where.subject, SCREENING) is None
    hand.click(sheet.now)
    hand.click(sheet.buttons[-1])
    assert study.visit_date(where.subject, SCREENING) == study.today()
    assert window.places.where.form == "F.CONSENT"


def test_that_what_was_chosen_last_is_kept_in_the_users_folder(
    qt_application: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.preference import Preference

    monkeypatch.setenv("CRF_DATA_HOME", str(tmp_path))
    look = Look("zh", dark=True)
    look.scale = 1.25
    Preference().keep(look)
    again = Look()
    Preference().apply(again)
    assert (again.language, again.dark, again.scale) == ("zh", True, 1.25)
