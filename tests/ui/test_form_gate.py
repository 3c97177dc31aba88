"""A form that waits for something else, that is not asked, or that is better filled in later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import MetaDataVersion, Reason
from tests.ui.small_study import open_small, show


def changed(study: Any, form: str, **more: Any) -> None:
    """The study's definition with one form declared otherwise."""
    definition: MetaDataVersion = study.definition
    study.definition = evolve(
        definition, forms=tuple(evolve(f, **more) if f.oid == form else f for f in definition.forms)
    )
    study._course = study._matrix = None


def test_that_a_closed_form_says_why_takes_nothing_and_leads_to_what_opens_it(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = open_small(window, tmp_path, sex="")
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert [n.words for n in page.notice.notices] == ["Sex first"]
    assert page.notice.isVisible() and page.read_only() and not page.primary.isVisible()
    before = study.store.head()
    field = page.body.block_of("I.WEIGHT").fields["I.WEIGHT"].entry
    hand.click(field)
    QTest.keyClicks(field, "40")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hand.rest()
    assert study.store.head() == before
    hand.click(page.notice.button("form:F.DEMO"))
    assert (window.places.where.event, window.places.where.form) == ("SE.SCR", "F.DEMO")


def test_that_a_closed_form_gives_the_keyboard_to_the_way_out(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_small(window, tmp_path, sex="")
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert QApplication.focusWidget() is page.notice.button("form:F.DEMO")
    hand.key(Qt.Key.Key_Space)
    assert window.places.where.form == "F.DEMO"


def test_that_a_form_opens_once_what_it_waited_for_is_answered(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_small(window, tmp_path, sex="")
    page = show(window, hand, "form", subject, "SE.SCR", "F.DEMO")
    hand.answer("I.SEX", "F")
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert not page.notice.isVisible() and not page.read_only() and page.primary.isVisible()


def test_that_a_form_that_is_not_asked_says_why(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_small(window, tmp_path)
    changed(study, "F.DOSE", not_needed=(Reason("sex_known or True", text("Not for her", "不适用")),))
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert [n.words for n in page.notice.notices] == ["Not for her"]
    assert page.read_only() and page.head.rule.text() == "Not asked at this visit"


def test_that_answers_given_before_keep_a_form_open_that_is_no_longer_asked(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = open_small(window, tmp_path)
    study.form(subject, "SE.W0", "F.DOSE").set("I.WEIGHT", "40", "MU.KG")
    changed(study, "F.DOSE", not_needed=(Reason("sex_known or True", text("Not for her", "不适用")),))
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert not page.read_only() and not page.notice.isVisible()


def test_that_the_better_order_is_a_hint_that_moves_nothing_while_answers_are_given(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = open_small(window, tmp_path)
    definition = study.definition
    events = tuple(
        evolve(e, forms=("F.DEMO", "F.DOSE")) if e.oid == "SE.W0" else e for e in definition.events
    )
    study.definition = evolve(definition, events=events)
    changed(study, "F.DOSE", after=("F.DEMO",))
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert page.notice.button("form:F.DEMO").isVisible() and not page.read_only()
    height = page.notice.height()
    hand.answer("I.WEIGHT", "40")
    assert page.notice.isVisible() and page.notice.height() == height
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert not page.notice.isVisible()


@pytest.mark.requirement("REQ-03")
def test_that_a_monitor_is_not_told_to_open_anything(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_small(window, tmp_path, user="mon")
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert page.read_only() and not page.checks.isVisible() and not page.void.isVisible()


def test_that_a_rule_broken_from_elsewhere_is_listed_and_leads_to_its_item(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = open_small(window, tmp_path)
    study.form(subject, "SE.W0", "F.DOSE").set("I.WEIGHT", "40", "MU.KG")
    check = next(c for c in study.definition.edit_checks if c.items == ("I.WEIGHT",))
    study.definition.checks_of_form["F.DOSE"] = (
        evolve(check, expression="weight > 100", reads=(), message=text("Weigh again.", "请重新称重。")),
    )
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert page.checks.isVisible() and page.checks.words() == "To check: weight"
    hand.click(page.checks)
    assert QApplication.focusWidget() is page.body.block_of("I.WEIGHT").fields["I.WEIGHT"].entry


def test_that_several_rules_stand_in_a_list_with_the_way_to_each(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_small(window, tmp_path)
    study.form(subject, "SE.W0", "F.DOSE").set("I.WEIGHT", "40", "MU.KG")
    check = next(c for c in study.definition.edit_checks if c.items == ("I.WEIGHT",))
    soft = evolve(check, expression="weight > 100", reads=(), message=text("Weigh again.", "请重新称重。"))
    hard = evolve(soft, oid="EC.WEIGHT.009", soft_hard="Hard", message=text("Too light.", "过轻。"))
    study.definition.checks_of_form["F.DOSE"] = (soft, hard)
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    assert page.checks.words() == "2 to check"
    hand.click(page.checks)
    sheet = page.dialogue.sheet
    assert sheet is not None and len(sheet.ways) == 2
    hand.click(sheet.ways[0])
    assert page.dialogue.sheet is None
    assert QApplication.focusWidget() is page.body.block_of("I.WEIGHT").fields["I.WEIGHT"].entry
