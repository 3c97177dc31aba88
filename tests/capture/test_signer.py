"""What an answer about a signature says of its signer: role, revocation, dates; and who cannot sign any more."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.capture.acceptance import STATEMENT, to_accept
from crf_desktop.capture.people import add_person, change_role, close_account, looks_shared, reset_person
from crf_desktop.capture.recording import signature_records
from crf_desktop.capture.roster import roster
from crf_desktop.capture.signature import form_digest, judge
from crf_desktop.capture.signing import mark_seen, sign_visit
from crf_desktop.capture.study import Study
from crf_desktop.demo.clock import SITE_ZONE, DemoClock
from crf_desktop.errors import Refused
from crf_desktop.model.data import Change, Kind
from crf_desktop.store import NewPerson, certificate
from crf_desktop.wording.signature import REASONS, SINCE

from .conftest import PASSWORD, WEEK_0
from .test_entry import fill_esspri

THEIRS = "seven grey herons over the estuary"
FORM = "F.ESSPRI"


def sign(study: Study, subject: str) -> Change:
    entry = study.form(subject, WEEK_0, FORM)
    mark_seen(study, entry)
    meaning = study.definition.signature_meanings[0]
    return sign_visit(study, subject, WEEK_0, [FORM], meaning, "inv", study_password(study)).rows[0]


def study_password(study: Study) -> str:
    return THEIRS if study.store.parts.keys.slot_of("inv").slot > 4 else PASSWORD


def verdict(study: Study, row: Change) -> tuple[bool, bool, tuple[str, ...], str]:
    subject = row.path.subject
    found = judge(study.store, row, form_digest(study.form(subject, WEEK_0, FORM)))
    assert set(found.reasons) <= REASONS.keys() and found.since in ("", *SINCE)
    return found.current, found.valid, found.reasons, found.since


@pytest.fixture
def signed(study: Study, subject: str) -> Change:
    entry = study.form(subject, WEEK_0, FORM)
    fill_esspri(entry)
    entry.complete()
    return sign(study, subject)


def as_administrator(study: Study, folder: Path, when: datetime = datetime(2027, 5, 6, 12, tzinfo=SITE_ZONE)) -> Study:
    study.close()
    return Study.open(folder, "adm", PASSWORD, clock=DemoClock(when))


@pytest.mark.requirement("REQ-24", "REQ-25")
def test_that_what_was_signed_before_a_reset_stays_valid_and_the_answer_tells(
    study: Study, folder: Path, signed: Change
) -> None:
    assert verdict(study, signed) == (True, True, (), "")
    administrator = as_administrator(study, folder)
    assert reset_person(administrator, signed.user_oid, THEIRS, "Password lost") is None
    assert verdict(administrator, signed) == (True, True, (), "revoked")
    subject = signed.path.subject
    people = {p.user_oid: p for p in administrator.store.people()}
    [record] = signature_records(administrator, administrator.form(subject, WEEK_0, FORM), people)
    assert record.valid and record.since == "revoked"
    administrator.close()
    clock = DemoClock(datetime(2027, 5, 7, 9, tzinfo=SITE_ZONE))
    with Study.open(folder, "inv", THEIRS, clock=clock).store as store:
        study = Study(store, clock)
        study.form(subject, WEEK_0, FORM).set("I.ESSPRI.PAIN", "9", reason="Misheard")
        again = sign(study, subject)
        assert verdict(study, again) == (True, True, (), "")
        assert verdict(study, signed) == (False, True, ("changed",), "revoked")


@pytest.mark.requirement("REQ-26")
def test_that_the_first_signature_with_a_key_accepts_what_it_means_and_no_later_one_again(
    study: Study, subject: str, folder: Path
) -> None:
    assert to_accept(study) == STATEMENT
    entry = study.form(subject, WEEK_0, FORM)
    fill_esspri(entry)
    entry.complete()
    row = sign(study, subject)
    [accepted] = [r for r in study.store.rows(Kind.USER) if json.loads(r.payload or "")["act"] == "accept"]
    said = json.loads(accepted.payload or "")
    assert (said["statement"]["en"], said["serial"]) == (STATEMENT.en, study.session.certificate_serial)
    assert (accepted.seq, accepted.user_oid, accepted.key_id) == (row.seq - 1, row.user_oid, row.key_id)
    assert to_accept(study) is None
    study.form(subject, WEEK_0, FORM).set("I.ESSPRI.PAIN", "9", reason="Misheard")
    sign(study, subject)
    assert sum(json.loads(r.payload or "")["act"] == "accept" for r in study.store.rows(Kind.USER)) == 1
    [one] = [p for p in roster(study.store, "").people if p.person.user_name == "inv"]
    assert one.keys[0].accepted[:10] == "2027-05-06" and study.store.verify("full")[-1].code == "verify.ok_full"
    administrator = as_administrator(study, folder)
    assert to_accept(administrator) is None, "who does not sign accepts nothing"
    reset_person(administrator, row.user_oid, THEIRS, "Password lost", "Staff card seen")
    administrator.close()
    clock = DemoClock(datetime(2027, 5, 7, 9, tzinfo=SITE_ZONE))
    again = Study.open(folder, "inv", THEIRS, clock=clock)
    assert to_accept(again) == STATEMENT, "new keys, asked anew"
    [one] = [p for p in roster(again.store, "").people if p.person.user_name == "inv"]
    assert one.identity == "Staff card seen"
    again.close()


@pytest.mark.requirement("REQ-10", "REQ-25")
def test_that_a_row_that_claims_to_be_later_than_the_revocation_is_not_valid(
    study: Study, folder: Path, signed: Change
) -> None:
    administrator = as_administrator(study, folder)
    close_account(administrator, signed.user_oid, "Left")
    later = evolve(signed, lamport=administrator.store.head()[1] + 1000)
    assert verdict(administrator, later)[1:3] == (False, ("revoked",))
    assert verdict(administrator, signed) == (True, True, (), "revoked")
    administrator.close()


@pytest.mark.requirement("REQ-25")
def test_that_dates_and_role_of_the_signer_are_part_of_the_answer(study: Study, signed: Change) -> None:
    late, early = evolve(signed, recorded_at="2039-01-01T00:00:00.000Z"), "2020-01-01T00:00:00.000Z"
    assert verdict(study, late)[1:3] == (False, ("expired",))
    assert verdict(study, evolve(signed, recorded_at=early))[1:3] == (False, ("not_yet",))
    assert verdict(study, evolve(signed, role="coordinator"))[1:3] == (False, ("role",))
    other = next(at for at, key in study.store.who.keys.items() if key.user_oid != signed.user_oid)
    assert "other_key" in verdict(study, evolve(signed, key_id=other[1]))[2]


@pytest.mark.requirement("REQ-24")
def test_that_an_expired_certificate_signs_no_more_and_says_until_when_it_held(
    study: Study, folder: Path, signed: Change
) -> None:
    subject = signed.path.subject
    study.close()
    clock = DemoClock(datetime(2027, 5, 6, 9, tzinfo=SITE_ZONE) + timedelta(days=6 * 365))
    old = Study.open(folder, "inv", PASSWORD, clock=clock)
    assert verdict(old, signed) == (True, True, (), "expired")
    old.form(subject, WEEK_0, FORM).set("I.ESSPRI.PAIN", "9", reason="Misheard")
    with pytest.raises(Refused) as no:
        sign(old, subject)
    key = old.store.who.keys[old.store.origin, old.session.key_id]
    ended = certificate.dates(key.signing_certificate)[1].date().isoformat()
    assert no.value.code == "sign.expired" and ended in no.value.sentences("en")[0]
    old.close()


@pytest.mark.requirement("REQ-03", "REQ-24")
def test_that_an_investigator_who_lost_the_role_cannot_sign_and_what_was_signed_stays(
    study: Study, folder: Path, signed: Change
) -> None:
    administrator = as_administrator(study, folder)
    change_role(administrator, signed.user_oid, "coordinator", "Changed post")
    assert verdict(administrator, signed) == (True, True, (), "")
    administrator.close()
    clock = DemoClock(datetime(2027, 5, 7, 9, tzinfo=SITE_ZONE))
    former = Study.open(folder, "inv", PASSWORD, clock=clock)
    with pytest.raises(Refused) as no:
        sign(former, signed.path.subject)
    assert no.value.code == "access.no_right"
    former.close()


@pytest.mark.requirement("REQ-03", "REQ-05")
@pytest.mark.parametrize("user", ["inv", "crc", "mon"])
def test_that_every_act_about_people_asks_the_right_and_a_reason(pristine: Path, tmp_path: Path, user: str) -> None:
    folder = Path(shutil.copytree(pristine, tmp_path / "copy.crf"))
    new = NewPerson("zhang", "Zhang Wei", "monitor", THEIRS)
    study = Study.open(folder, user, PASSWORD)
    for doing in (
        lambda: add_person(study, new, "x"), lambda: close_account(study, "U.01.2", "x"),
        lambda: change_role(study, "U.01.2", "monitor", "x"), lambda: reset_person(study, "U.01.2", THEIRS, "x"),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            doing()
        assert no.value.code == "access.no_right"
    study.close()


@pytest.mark.requirement("REQ-05")
def test_that_nothing_about_people_is_done_without_a_reason(folder: Path, study: Study) -> None:
    administrator = as_administrator(study, folder)
    before = administrator.store.head()
    for reason in ("", "  \n"):
        with pytest.raises(Refused) as no:
            close_account(administrator, "U.01.2", reason)
        assert no.value.code == "people.reason_needed"
    assert administrator.store.head() == before
    administrator.close()


@pytest.mark.requirement("REQ-01", "REQ-02")
@pytest.mark.parametrize(
    ("name", "shared"),
    [("nurse", True), ("Nurses", True), ("site 02", True), ("data-manager", True), ("ward3", True), ("shared", True),
     ("li.mei", False), ("nurse.ratched", False), ("admins-li", False)],
)  # fmt: skip
def test_that_a_name_that_names_no_person_is_noticed(name: str, shared: bool) -> None:
    assert looks_shared(name, "coordinator") is shared
