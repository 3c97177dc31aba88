"""On a joined laptop a known person is let in, and entries of a closed account are taken, by keys and mouse."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crf_desktop.capture.people import close_account
from crf_desktop.capture.study import Study
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.invitation import read_invitation, write_invitation
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.public_key import own_public_key
from crf_desktop.model.data import Kind
from crf_desktop.store import NewPerson, join
from tests.ui.conftest import PASSWORD
from tests.ui.test_people_page import act, done, open_page

THEIRS = "seven grey herons over the estuary"


def sent(one: Study, other: Study, place: Path) -> Path:
    export_bundle(one.store, place, [own_public_key(other.store)])
    return place


@pytest.fixture(scope="module")
def made(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The centre, and the ward's laptop that its investigator joined and the centre countersigned."""
    place = tmp_path_factory.mktemp("laptops")
    shutil.copytree(pristine, place / "centre.crf")
    centre = Study.open(place / "centre.crf", "adm", PASSWORD)
    write_invitation(centre.store, place / "invitation")
    join(place / "ward.crf", read_invitation(place / "invitation"),
         NewPerson("inv", "Investigator One", "investigator", PASSWORD))  # fmt: skip
    ward = Study.open(place / "ward.crf", "inv", PASSWORD)
    merge_bundle(centre.store, sent(ward, centre, place / "one"))
    merge_bundle(ward.store, sent(centre, ward, place / "two"))
    centre.close()
    ward.close()
    return place


@pytest.fixture
def at(window: Any, hand: Any, made: Path, tmp_path: Path) -> Callable[[str, str], Any]:
    """The list of authorised persons on one of the two."""

    def show(name: str, user: str) -> Any:
        window.folder = Path(shutil.copytree(made / name, tmp_path / name))
        window._opened(Study.open(window.folder, user, PASSWORD))
        hand.rest()
        return open_page(window, hand)

    return show


@pytest.mark.requirement("REQ-01", "REQ-10")
def test_that_an_investigator_lets_a_known_person_in_by_keyboard(
    window: Any, hand: Any, at: Callable[[str, str], Any]
) -> None:
    page = at("ward.crf", "inv")
    assert not page.add.isVisible() and "let in" in page.head.rule.text()
    sheet = act(page, hand, "crc", "Let in on this laptop")
    for field in (sheet.password, sheet.again_field):
        field.setFocus()
        hand.type(THEIRS, field)
        hand.key(Qt.Key.Key_Tab)
    sheet.identity.setFocus()
    hand.type("staff card", sheet.identity)
    assert not sheet.buttons[-1].isEnabled(), "the reason is still asked"
    sheet.why.setFocus()
    hand.type("Second rater on the ward", sheet.why)
    done(page, hand, sheet)
    [one] = [o for o in page.people() if o.person.user_name == "crc"]
    assert one.opens_here
    folder = window.folder
    QTest.keyClick(window, Qt.Key.Key_F12)
    hand.rest()
    nurse = Study.open(folder, "crc", THEIRS)
    assert (nurse.session.trust, nurse.session.person.role) == ("pending", "coordinator")
    [row] = [r for r in nurse.store.rows(Kind.USER) if '"let_in"' in (r.payload or "")]
    assert row.reason_for_change == "Second rater on the ward" and "staff card" in (row.payload or "")
    nurse.close()


def test_that_nobody_is_offered_to_be_let_in_where_the_authority_is_or_without_the_right(
    window: Any, hand: Any, at: Callable[[str, str], Any]
) -> None:
    page = at("centre.crf", "inv")
    page.acts.show_person(next(o for o in page.people() if o.person.user_name == "crc"))
    assert [b.words() for b in page.sheet.buttons] == ["Go back"]


@pytest.mark.requirement("REQ-10")
def test_that_an_administrator_takes_entries_of_a_closed_account_from_another_laptop(
    window: Any, hand: Any, made: Path, tmp_path: Path, at: Callable[[str, str], Any]
) -> None:
    page = at("centre.crf", "adm")
    close_account(window.study, "U.01.1", "Left the hospital")
    page.refresh()
    sheet = act(page, hand, "inv", "Take entries from another laptop")
    ward = sheet.file.value
    assert ward and ward != window.study.store.origin and not sheet.buttons[-1].isEnabled()
    sheet.upto.setFocus()
    hand.type("all", sheet.upto)
    sheet.why.setFocus()
    hand.type("Entered before the news had come", sheet.why)
    assert not sheet.buttons[-1].isEnabled(), "a number is wanted"
    sheet.upto.selectAll()
    hand.type("40", sheet.upto)
    done(page, hand, sheet)
    assert window.study.store.who.admitted == {("U.01.1", ward): 40}
