"""The study page: read by everybody, its profile set by few, with a reason, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.capture.profile import configure, profile_history
from crf_desktop.capture.study import Study
from tests.ui.conftest import PASSWORD
from tests.ui.small_study import open_small, show

Enter = Callable[..., Study]


@pytest.fixture
def page(window: Any, hand: Any, enter: Enter) -> Any:
    """The study page of an administrator."""
    enter("adm")
    hand.click(window.bar.places["study"])
    return window.places.about


def oid(page: Any, name: str) -> str:
    found: str = page.study.definition.item_by_name[name].oid
    return found


def store(page: Any, hand: Any, words: str) -> None:
    hand.click(page.save)
    sheet = page.sheet
    assert sheet is not None and not sheet.buttons[-1].isEnabled()
    QTest.keyClicks(sheet.words, words)
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    hand.rest()


def test_that_the_bar_leads_there_and_marks_the_place(window: Any, page: Any) -> None:
    assert window.places.page() is page and window.bar.places["study"].isChecked()
    assert page.head.title.text() == "Study"
    assert QApplication.focusWidget() is page.parameters.fields["sae_clock_hours"]


def test_that_nothing_is_to_store_until_something_differs(page: Any, hand: Any) -> None:
    assert not page.save.isEnabled() and page.status.text() == ""
    picker = page.profile.units[oid(page, "igg")]
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Down)
    assert page.save.isEnabled() and page.status.text() == "1 change not stored yet"
    QTest.keyClick(picker, Qt.Key.Key_Up)
    assert not page.save.isEnabled()


def test_that_a_unit_chosen_is_stored_with_its_reason_and_is_the_unit_of_empty_fields(
    window: Any, page: Any, hand: Any
) -> None:
    item = page.study.definition.item_by_name["igg"]
    picker = page.profile.units[item.oid]
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Down)
    store(page, hand, "as its certificate says")
    assert page.study.profile().unit(item) == item.units[1]
    assert profile_history(page.study.store)[-1].reason_for_change == "as its certificate says"
    assert "as its certificate says" in page.profile.last.text()
    assert not page.save.isEnabled() and window.bar.saved.text().startswith("Saved ")


def test_that_a_number_of_the_protocol_is_stored(page: Any, hand: Any) -> None:
    field = page.parameters.fields["sae_clock_hours"]
    field.selectAll()
    QTest.keyClicks(field, "48")
    store(page, hand, "asked by the ethics committee")
    assert page.study.profile().parameters == {"sae_clock_hours": "48"}
    assert page.parameters.fields["sae_clock_hours"].text() == "48"


def test_that_a_wrong_number_is_refused_in_words_and_stays_in_its_field(page: Any, hand: Any) -> None:
    field = page.parameters.fields["sae_clock_hours"]
    field.selectAll()
    QTest.keyClicks(field, "two days")
    before = page.study.store.head()
    store(page, hand, "asked by the ethics committee")
    assert page.sheet is not None and page.study.store.head() == before
    hand.click(page.sheet.first_button())
    assert page.sheet is None and field.text() == "two days" and page.save.isEnabled()


def test_that_changes_can_be_discarded(page: Any, hand: Any) -> None:
    field = page.profile.limits[oid(page, "esr_uln")]
    field.setFocus()
    QTest.keyClicks(field, "20")
    assert page.n_changed() == 1
    hand.click(page.discard)
    assert field.text() == "" and page.n_changed() == 0


def test_that_changes_outlive_another_language(window: Any, page: Any, hand: Any) -> None:
    field = page.profile.limits[oid(page, "esr_uln")]
    field.setFocus()
    QTest.keyClicks(field, "20")
    window.look.set_language("zh")
    hand.rest()
    assert page.profile.limits[oid(page, "esr_uln")].text() == "20"
    assert page.n_changed() == 1


@pytest.mark.requirement("REQ-03")
@pytest.mark.parametrize("user", ["inv", "crc", "mon"])
def test_that_other_roles_read_and_cannot_set(window: Any, hand: Any, enter: Enter, user: str) -> None:
    enter(user)
    hand.click(window.bar.places["study"])
    page = window.places.about
    assert page.profile.units == {} and page.profile.limits == {} and page.parameters.fields == {}
    assert not page.foot.isVisible() and page.head.rule.text().startswith("Read-only")


def test_that_the_profile_reaches_an_empty_field_and_its_limit_is_only_shown(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = open_small(window, tmp_path, user="adm")
    item = study.definition.item["I.IGG"]
    configure(study, ({item.oid: item.units[1]}, {}), {}, "as reported")
    window.lock()
    window._opened(Study.open(window.folder, "inv", PASSWORD))
    page = show(window, hand, "form", subject, "SE.W0", "F.DOSE")
    field = page.body.block_of("I.IGG").fields["I.IGG"]
    assert field.unit_oid == item.units[1] and page.entry.datum("I.IGG").value is None
    hand.answer("I.IGG", "1430")
    assert page.entry.datum("I.IGG").unit_oid == item.units[1]
    assert field.message.told == "=\u00a014.3\u00a0g/L"


def test_that_locking_empties_the_page(window: Any, page: Any) -> None:
    window.lock()
    assert page.profile is None and page.study is None
