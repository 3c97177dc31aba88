"""Authorised persons in the window: read by everybody, changed by an administrator, who says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Kind
from tests.ui.results import wait

Enter = Callable[..., Study]
THEIRS = "seven grey herons over the estuary"


def open_page(window: Any, hand: Any) -> Any:
    hand.click(window.bar.places["study"])
    window.places.about.people_asked.emit()
    hand.rest()
    return window.places.people


@pytest.fixture
def page(window: Any, hand: Any, enter: Enter) -> Any:
    """The list as an administrator has it."""
    enter("adm")
    return open_page(window, hand)


def names(page: Any) -> list[str]:
    return [entry.cells[0].text for entry in page.table.results.entries]


def act(page: Any, hand: Any, user: str, words: str) -> Any:
    """Opens a person's card and presses one of its buttons."""
    one = next(o for o in page.people() if o.person.user_name == user)
    page.acts.show_person(one)
    button = next(b for b in page.sheet.buttons if b.words() == words)
    hand.click(button)
    return page.sheet


def done(page: Any, hand: Any, sheet: Any) -> None:
    """Presses the primary button and waits until the work is over."""
    assert sheet.buttons[-1].isEnabled(), "something is still asked"
    hand.click(sheet.buttons[-1])
    wait(hand, lambda: page.sheet is not sheet)


@pytest.mark.requirement("REQ-09")
@pytest.mark.parametrize("user", ["inv", "crc", "mon"])
def test_that_everybody_reads_the_list_and_only_an_administrator_is_offered_to_change_it(
    window: Any, hand: Any, enter: Enter, user: str
) -> None:
    enter(user)
    page = open_page(window, hand)
    assert names(page) == ["Investigator One", "Coordinator One", "Monitor One", "Administrator One"]
    assert not page.add.isVisible() and page.head.rule.text().startswith("Read from the log. Read-only")
    hand.key(Qt.Key.Key_Return)
    assert page.sheet is not None and [b.words() for b in page.sheet.buttons] == ["Go back", "Enrolment sheet"]


@pytest.mark.requirement("REQ-01", "REQ-05", "REQ-26")
def test_that_a_person_is_added_by_keyboard_with_a_password_of_their_own(
    window: Any, page: Any, hand: Any, folder: Path
) -> None:
    hand.click(page.add)
    sheet = page.sheet
    assert QApplication.focusWidget() is sheet.full_name and not sheet.buttons[-1].isEnabled()
    hand.type("Zhang Wei")
    hand.key(Qt.Key.Key_Tab)
    hand.type("zhang.wei")
    hand.key(Qt.Key.Key_Tab)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down)
    assert sheet.role.value == "monitor"
    sheet.password.setFocus()
    hand.type(THEIRS)
    hand.key(Qt.Key.Key_Tab)
    sheet.again_field.setFocus()
    hand.type(THEIRS)
    assert not sheet.buttons[-1].isEnabled(), "who it is was not said yet"
    sheet.identity.setFocus()
    hand.type("Staff card seen")
    hand.key(Qt.Key.Key_Return)
    wait(hand, lambda: page.sheet is None)
    assert names(page)[-1] == "Zhang Wei" and window.bar.saved.text().startswith("Saved ")
    assert page.people()[-1].identity == "Staff card seen"
    window.lock()
    study = Study.open(folder, "zhang.wei", THEIRS)
    assert study.session.person.role == "monitor" and study.session.trust == "certified"
    study.close()


@pytest.mark.requirement("REQ-01", "REQ-02")
def test_that_a_name_that_names_nobody_is_warned_about(page: Any, hand: Any) -> None:
    hand.click(page.add)
    sheet = page.sheet
    for user, role, warned in (
        ("nurse", "coordinator", True), ("site-01", "investigator", True), ("admin", "monitor", True),
        ("admin", "administrator", False), ("zhang.wei", "coordinator", False), ("nurse.ratched", "coordinator", False),
    ):  # fmt: skip
        sheet.user.setText(user)
        sheet.role.pick(role)
        assert sheet.shared.isVisibleTo(sheet) is warned, user


@pytest.mark.requirement("REQ-01", "REQ-07")
def test_that_what_is_refused_leaves_what_was_typed(page: Any, hand: Any) -> None:
    hand.click(page.add)
    sheet = page.sheet
    sheet.full_name.setText("Another Coordinator")
    sheet.user.setText("CRC")
    sheet.role.pick("coordinator")
    sheet.identity.setText("Known in person")
    sheet.password.setText("another coordinator")
    sheet.again_field.setText("another coordinator")
    assert not sheet.buttons[-1].isEnabled() and sheet.told.text()
    sheet.password.setText(THEIRS)
    sheet.again_field.setText(THEIRS)
    before = page.study.store.head()
    done(page, hand, sheet)
    told = page.sheet
    assert told.problem.code == "people.name_taken" and page.study.store.head() == before
    hand.click(told.first_button())
    assert page.sheet is sheet and sheet.user.text() == "CRC" and sheet.buttons[-1].isEnabled()
    sheet.close_sheet()


@pytest.mark.requirement("REQ-03", "REQ-05")
def test_that_another_role_is_given_with_its_reason(page: Any, hand: Any) -> None:
    sheet = act(page, hand, "crc", "Change role")
    assert "administrator" not in {value for value, _ in sheet.role._options}
    sheet.role.pick("data_manager")
    assert not sheet.buttons[-1].isEnabled(), "the reason is still to be said"
    sheet.why.setText("Changed post")
    done(page, hand, sheet)
    row = page.study.store.rows(Kind.USER)[-1]
    assert json.loads(row.payload or "")["role"] == "data_manager" and row.reason_for_change == "Changed post"
    one = next(o for o in page.people() if o.person.user_name == "crc")
    assert [p.role for p in one.periods] == ["coordinator", "data_manager"]


@pytest.mark.requirement("REQ-10", "REQ-24")
def test_that_a_lost_password_is_replaced_by_one_the_person_types_and_the_list_says_so(
    window: Any, page: Any, hand: Any, folder: Path
) -> None:
    sheet = act(page, hand, "inv", "New password and keys")
    sheet.password.setText(THEIRS)
    sheet.again_field.setText(THEIRS[:-1])
    sheet.why.setText("Password lost")
    sheet.identity.setText("Known in person")
    assert not sheet.buttons[-1].isEnabled() and "differ" in sheet.told.text()
    sheet.again_field.setText(THEIRS)
    done(page, hand, sheet)
    one = next(o for o in page.people() if o.person.user_name == "inv")
    assert [key.revoked for key in one.keys] == [True, False]
    window.lock()
    study = Study.open(folder, "inv", THEIRS)
    assert study.session.certificate_serial == one.keys[-1].serial
    study.close()


@pytest.mark.requirement("REQ-10")
def test_that_an_account_is_closed_with_its_reason_and_opens_nothing_any_more(
    window: Any, page: Any, hand: Any, folder: Path
) -> None:
    sheet = act(page, hand, "mon", "Close account")
    sheet.why.setText("Left the hospital")
    done(page, hand, sheet)
    one = page.people()[-1]
    assert (one.person.user_name, one.state, one.reason) == ("mon", "closed", "Left the hospital")
    page.acts.show_person(one)
    assert [b.words() for b in page.sheet.buttons] == ["Go back"]
    page.sheet.close_sheet()
    window.lock()
    with pytest.raises(EnvironmentProblem) as no:
        Study.open(folder, "mon", THEIRS)
    assert no.value.code == "keys.no_such_user"


def test_that_nobody_is_offered_to_close_their_own_account(page: Any) -> None:
    page.acts.show_person(next(o for o in page.people() if o.person.user_name == "adm"))
    assert [b.words() for b in page.sheet.buttons] == ["Go back"]
    page.sheet.close_sheet()


@pytest.mark.requirement("REQ-09")
def test_that_a_past_day_shows_who_was_authorised_then(page: Any, hand: Any) -> None:
    today = page.study.clock.now().date()
    page.day.setText((today - timedelta(days=1)).isoformat())
    hand.click(page.show_day)
    assert names(page) == [] and page.fault.isVisible() and not page.add.isVisible()
    page.day.setText("last week")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert "no date" in page.fault.words.text()
    page.day.setText(today.isoformat())
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert len(names(page)) == 4 and not page.fault.isVisible()
    hand.click(page.show_now)
    assert page.on is None and page.add.isVisible()


@pytest.mark.requirement("REQ-09", "REQ-16")
def test_that_the_list_is_saved_as_a_pdf_by_a_row_of_its_own(page: Any, hand: Any, tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    page.acts.make_list(target)
    wait(hand, lambda: page.sheet is not None)
    assert target.read_bytes().startswith(b"%PDF-")
    payload = json.loads(page.study.store.rows(Kind.SYSTEM)[-1].payload or "")
    assert (payload["act"], payload["format"]) == ("export", "authorised_persons")
    page.sheet.close_sheet()


def test_that_an_open_card_follows_the_language_and_keeps_what_was_typed(window: Any, page: Any, hand: Any) -> None:
    hand.click(page.add)
    page.sheet.full_name.setText("Zhang Wei")
    page.sheet.role.pick("monitor")
    window.look.set_language("zh")
    hand.rest()
    assert page.sheet.full_name.text() == "Zhang Wei" and page.sheet.role.value == "monitor"
    assert page.sheet.buttons[-1].words() == "建立账户" and page.head.title.text() == "授权人员"
    page.sheet.close_sheet()


@pytest.mark.requirement("REQ-04")
def test_that_an_administrator_is_shown_data_and_offered_nothing_that_writes_it(
    window: Any, hand: Any, form: Callable[..., Any]
) -> None:
    from crf_desktop.ui.places import Where

    page = form("F.PGA", "adm")
    assert page.read_only() and "your role" in page.head.rule.text() and not page.primary.isVisibleTo(page)
    window.places.go(Where("today"))
    assert not window.places.today.enrol.isVisible()
    window.places.go(Where("participant", window.study.subjects()[1]))
    assert not window.places.participant.go.isVisible() and not window.places.participant.sign.isVisible()
    window.places.go(Where("signing"))
    signing = window.places.signing
    assert not signing.foot.isVisible() and signing.head.rule.text() == "Read-only: only an investigator signs"


@pytest.mark.requirement("REQ-07")
def test_that_a_new_password_is_judged_while_it_is_typed_before_any_reason_is(page: Any, hand: Any) -> None:
    sheet = act(page, hand, "crc", "New password and keys")
    sheet.password.setFocus()
    hand.type("coordinator one", sheet.password)
    assert sheet.told.text() and not sheet.buttons[-1].isEnabled()
    sheet.password.selectAll()
    hand.type(THEIRS, sheet.password)
    sheet.again_field.setFocus()
    hand.type(THEIRS, sheet.again_field)
    assert sheet.told.text() == "Hard to guess."


@pytest.mark.requirement("REQ-09")
def test_that_a_list_of_a_past_day_tells_nothing_of_today(
    page: Any, hand: Any, window: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.store import accounts

    monkeypatch.setattr(accounts, "has_slot", lambda *_: False)
    page.refresh()
    told = lambda: [entry.cells[2].second for entry in page.table.results.entries]  # noqa: E731
    assert set(told()) == {"has no password on this file"}
    page.day.setFocus()
    hand.type(window.study.clock.now().date().isoformat(), page.day)
    hand.key(Qt.Key.Key_Return)
    assert set(told()) == {""}
