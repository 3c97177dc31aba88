"""Signing forms, and what is said about a signature later."""

from __future__ import annotations

import base64
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.recording import visit_record
from crf_desktop.capture.signature import form_digest, judge
from crf_desktop.capture.signing import file_pdf, filed_pdfs, mark_seen, sign_visit, unsigned
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.data import FormState, Kind
from tests.screened import screened

from .conftest import PASSWORD, WEEK_0
from .test_entry import fill_esspri


@pytest.fixture
def entry(study: Study, subject: str) -> FormEntry:
    entry = study.form(subject, WEEK_0, "F.ESSPRI")
    fill_esspri(entry)
    entry.complete()
    mark_seen(study, entry)
    return entry


def sign(study: Study, entry: FormEntry, user: str = "inv", password: str = PASSWORD):
    meaning = study.definition.signature_meanings[0]
    return sign_visit(study, entry.path.subject, WEEK_0, ["F.ESSPRI"], meaning, user, password)


@pytest.mark.requirement("REQ-21", "REQ-22")
def test_that_a_signature_is_intact_current_and_valid(study: Study, entry: FormEntry) -> None:
    signed = sign(study, entry)
    entry.reload()
    verdict = judge(study.store, signed.rows[0], form_digest(entry))
    assert (verdict.intact, verdict.current, verdict.valid, verdict.trust) == (True, True, True, "certified")
    assert entry.state is FormState.SIGNED
    record = visit_record(study, entry.path.subject, WEEK_0).signatures[0]
    assert (record.person.user_name, record.role, record.form) == ("inv", "investigator", "F.ESSPRI")
    assert record.when.endswith("+08:00")


@pytest.mark.requirement("REQ-25")
def test_that_a_change_after_signing_makes_it_not_current_and_asks_again(study: Study, entry: FormEntry) -> None:
    signed = sign(study, entry)
    entry.reload()
    entry.set("I.ESSPRI.PAIN", "9", reason="Misheard")
    verdict = judge(study.store, signed.rows[0], form_digest(entry))
    assert (verdict.intact, verdict.current, verdict.valid) == (True, False, True)
    assert entry.state is FormState.CHANGED
    assert entry.view().was["I.ESSPRI.PAIN"].value == "3"
    mark_seen(study, entry)
    (task,) = unsigned(study)
    assert task.changed == ("F.ESSPRI",)
    sign(study, entry)
    entry.reload()
    assert entry.state is FormState.SIGNED


@pytest.mark.requirement("REQ-23", "REQ-24")
@pytest.mark.parametrize(
    ("user", "password", "code"), [("inv", "wrong" * 5, "keys.wrong_password"), ("crc", PASSWORD, "sign.other_user")]
)
def test_that_both_components_are_asked_and_must_be_the_signers(
    study: Study, entry: FormEntry, user: str, password: str, code: str
) -> None:
    with pytest.raises(Refused) as no:
        sign(study, entry, user, password)
    assert no.value.code == code
    assert study.store.signatures(entry.path) == []


@pytest.mark.requirement("REQ-28")
def test_that_only_what_was_seen_in_its_current_version_can_be_signed(study: Study, entry: FormEntry) -> None:
    entry.set("I.ESSPRI.PAIN", "8", reason="Misheard")
    with pytest.raises(Refused) as no:
        sign(study, entry)
    assert no.value.code == "sign.not_seen"


@pytest.mark.requirement("REQ-22")
def test_that_a_signature_copied_to_another_form_is_not_current_there(study: Study, entry: FormEntry) -> None:
    signed = sign(study, entry)
    other_subject = screened(study, "2027-05-06")
    study.start_event(other_subject, WEEK_0, "2027-05-06")
    other = study.form(other_subject, WEEK_0, "F.ESSPRI")
    fill_esspri(other)
    assert not judge(study.store, signed.rows[0], form_digest(other)).current


@pytest.mark.requirement("REQ-22")
def test_that_openssl_agrees_with_the_signature(study: Study, entry: FormEntry, tmp_path: Path) -> None:
    payload = json.loads(sign(study, entry).rows[0].payload or "")
    (tmp_path / "cms").write_bytes(base64.b64decode(payload["cms"]))
    (tmp_path / "ca").write_bytes(study.store.ca_certificate)
    digest = bytes.fromhex(payload["digest"].removeprefix("sha256:"))
    for content, expected in ((digest, 0), (digest[:-1] + bytes([digest[-1] ^ 1]), 4)):
        (tmp_path / "content").write_bytes(content)
        command = [
            "openssl",
            "cms",
            "-verify",
            "-inform",
            "DER",
            "-in",
            "cms",
            "-content",
            "content",
            "-binary",
            "-CAfile",
            "ca",
            "-purpose",
            "any",
            "-out",
            "out",
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == expected, done.stderr


@pytest.mark.requirement("REQ-41")
def test_that_the_record_shows_what_changed_and_who_signed(study: Study, entry: FormEntry) -> None:
    sign(study, entry)
    entry.reload()
    entry.set("I.ESSPRI.PAIN", "9", reason="Misheard")
    record = visit_record(study, entry.path.subject, WEEK_0)
    form = next(f for f in record.forms if f.form.oid == "F.ESSPRI")
    pain = form.items["I.ESSPRI.PAIN"]
    assert pain.changed and [(c.old.value, c.new.value, c.reason) for c in pain.history] == [("3", "9", "Misheard")]
    assert [s.current for s in record.signatures] == [False]


def test_that_a_filed_pdf_is_named_by_a_row_and_lists_shrink(study: Study, entry: FormEntry) -> None:
    assert [t.forms for t in unsigned(study)] == [("F.ESSPRI",)]
    signed = sign(study, entry)
    digest = file_pdf(study, signed, b"%PDF-1.7 not a real one, the store does not care")
    rows = filed_pdfs(study, entry.path.subject, WEEK_0)
    assert [r.datum.value for r in rows] == [digest] and rows[0].kind is Kind.SIGNATURE
    assert unsigned(study) == []
    heads = study.store.form_heads(entry.path.subject)
    assert {h.path.form for h in heads if h.path.event == WEEK_0} == {"F.ESSPRI"}


def test_that_a_visit_moves_the_study_day(study: Study, subject: str, clock) -> None:
    clock.set(clock.now() + timedelta(days=3))
    assert study.banner(subject, WEEK_0).study_day == 0


def test_that_the_record_of_a_visit_carries_everything_recorded_of_the_participant(
    study: Study, entry: FormEntry
) -> None:
    sign(study, entry)
    record = visit_record(study, entry.path.subject, WEEK_0)
    whole = record.whole
    assert whole is not None and whole.subject == entry.path.subject
    held = whole.answers[WEEK_0, "F.ESSPRI"][""]
    form = next(f for f in record.forms if f.form.oid == "F.ESSPRI")
    assert held and held == {oid: item.datum for oid, item in form.items.items()}
    assert whole.dates[WEEK_0] == record.visit_date
    assert [h.signed for h in whole.heads if h.path.form == "F.ESSPRI"] == [True]
