"""How a person became a signer, as the log tells."""

from __future__ import annotations

import pytest

from crf_desktop.capture.enrolment import enrolment, has_number, identify
from crf_desktop.capture.roster import roster
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused

from .conftest import PASSWORD


def oid(study: Study, user: str) -> str:
    return next(p.user_oid for p in study.store.people() if p.user_name == user)


@pytest.fixture
def office(folder, clock) -> Study:
    opened = Study.open(folder, "adm", PASSWORD, clock=clock)
    yield opened
    opened.close()


@pytest.mark.requirement("REQ-26")
def test_that_an_identity_check_is_a_row_with_its_author_and_the_list_shows_it(office: Study) -> None:
    person = oid(office, "inv")
    assert enrolment(office, person).identity == ""
    identify(office, person, "Staff card, known in person", "Not written down when the account was made")
    found = enrolment(office, person)
    assert (found.identity, found.identified_by) == ("Staff card, known in person", "Administrator One (adm)")
    assert found.signs and found.certificates[0].certified and found.certificates[0].accepted == ""
    listed = roster(office.store, found.made)
    assert next(one.identity for one in listed.people if one.person.user_oid == person) == found.identity


def test_that_the_number_of_a_document_is_refused(office: Study) -> None:
    for words, refused in (("Passport 12 345-678", True), ("Staff card, seen on 22 Nov", False)):
        assert has_number(words) is refused
    with pytest.raises(Refused) as no:
        identify(office, oid(office, "inv"), "Passport C12345678", "Reason")
    assert no.value.code == "people.no_number"


@pytest.mark.requirement("REQ-04")
def test_that_only_an_administrator_says_it(study: Study) -> None:
    with pytest.raises(Refused) as no:
        identify(study, oid(study, "crc"), "Staff card", "Reason")
    assert no.value.code == "access.no_right"
