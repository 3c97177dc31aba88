"""What is said about a signature that is genuine and yet not the one of this form, this person, this study."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms
from attrs import evolve
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from crf_desktop.capture.entry import FormEntry
from crf_desktop.capture.signature import certificate_trust, form_digest, judge
from crf_desktop.capture.signing import export_pdf, mark_seen, sign_visit
from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Change, Kind
from crf_desktop.store import certificate

from .conftest import PASSWORD, WEEK_0
from .test_entry import fill_esspri


@pytest.fixture
def entry(study: Study, subject: str) -> FormEntry:
    entry = study.form(subject, WEEK_0, "F.ESSPRI")
    fill_esspri(entry)
    entry.complete()
    mark_seen(study, entry)
    return entry


@pytest.fixture
def signed(study: Study, entry: FormEntry) -> Change:
    meaning = study.definition.signature_meanings[0]
    row = sign_visit(study, entry.path.subject, WEEK_0, ["F.ESSPRI"], meaning, "inv", PASSWORD).rows[0]
    entry.reload()
    return row


@pytest.mark.requirement("REQ-22")
def test_that_a_genuine_signature_under_another_digest_is_not_intact(
    study: Study, entry: FormEntry, signed: Change
) -> None:
    entry.set("I.ESSPRI.PAIN", "9", reason="Misheard")
    now = form_digest(entry)
    payload = json.loads(signed.payload or "") | {"digest": "sha256:" + now.hex()}
    verdict = judge(study.store, evolve(signed, payload=json.dumps(payload)), now)
    assert (verdict.intact, verdict.current, verdict.valid) == (False, False, False)


@pytest.mark.requirement("REQ-22")
def test_that_a_signature_of_another_key_beside_the_genuine_certificate_is_not_intact(
    study: Study, entry: FormEntry, signed: Change
) -> None:
    payload = json.loads(signed.payload or "")
    message = cms.ContentInfo.load(base64.b64decode(payload["cms"]))
    info = message["content"]["signer_infos"][0]
    stranger = certificate.new_rsa()
    forged = stranger.sign(info["signed_attrs"].untag().dump(), padding.PKCS1v15(), hashes.SHA256())
    info["signature"] = forged
    payload["cms"] = base64.b64encode(message.dump(force=True)).decode()
    row = evolve(signed, payload=json.dumps(payload))
    assert judge(study.store, signed, form_digest(entry)).intact
    assert not judge(study.store, row, form_digest(entry)).intact


@pytest.mark.requirement("REQ-22", "REQ-24")
def test_that_only_the_studys_authority_certifies_and_only_its_person(study: Study) -> None:
    store, now = study.store, datetime.now(UTC)
    own = store.signing_key("inv", PASSWORD)
    oid, name = own.person.user_oid, certificate.name("Anybody", store.study_oid, subject_oid=own.person.user_oid)
    stranger = certificate.new_rsa()
    authority = certificate.authority(store.study_oid, stranger, now)
    issued = certificate.certify(authority, stranger, name, own.private_key.public_key(), now)
    alone = certificate.self_signed(name, stranger, now)
    genuine = certificate.load(own.certificate)
    told = [certificate_trust(store, found, oid) for found in (genuine, alone, issued)]
    assert told == ["certified", "pending", "refused"]
    assert certificate_trust(store, genuine, "U.01.9") == "refused"


@pytest.mark.requirement("REQ-13", "REQ-25")
def test_that_a_signed_form_asks_why_even_while_it_is_open_again(entry: FormEntry, signed: Change) -> None:
    entry.reopen("Asked again")
    assert not entry.completed and entry.needs_reason("I.ESSPRI.PAIN")
    for reason in (None, "", "  \n"):
        with pytest.raises(Refused) as no:
            entry.set("I.ESSPRI.PAIN", "9", reason=reason)
        assert no.value.code == "entry.reason_needed"


@pytest.mark.requirement("REQ-16")
def test_that_a_pdf_leaves_the_file_by_a_row_of_its_own(study: Study, folder: Path) -> None:
    digest = study.store.put_document("application/pdf", b"%PDF of a test")
    before = study.store.head()[1]
    assert export_pdf(study, digest) == b"%PDF of a test"
    origin, after, _ = study.store.head()
    row = study.store.change(origin, after)
    assert after == before + 1 and row is not None
    assert json.loads(row.payload or "") == {"act": "export", "format": "pdf", "document": digest}
    study.close()
    quiet = Study.open(folder, "inv", PASSWORD, read_only=True)
    with pytest.raises(EnvironmentProblem) as no:
        export_pdf(quiet, digest)
    assert no.value.code == "store.read_only"
    quiet.close()


@pytest.mark.requirement("REQ-28")
def test_that_a_form_that_is_not_complete_cannot_be_signed(study: Study, entry: FormEntry) -> None:
    entry.reopen("Asked again")
    mark_seen(study, entry)
    with pytest.raises(Refused) as no:
        sign_visit(
            study, entry.path.subject, WEEK_0, ["F.ESSPRI"], study.definition.signature_meanings[0], "inv", PASSWORD
        )
    assert no.value.code == "sign.not_complete" and study.store.signatures(entry.path) == []


@pytest.mark.requirement("REQ-05", "REQ-23")
def test_that_a_wrong_password_at_a_signature_is_a_row(study: Study, entry: FormEntry) -> None:
    meaning = study.definition.signature_meanings[0]
    with pytest.raises(Refused):
        sign_visit(study, entry.path.subject, WEEK_0, ["F.ESSPRI"], meaning, "inv", "not the pass phrase")
    told = json.loads(study.store.rows(Kind.USER)[-1].payload or "")
    assert told == {"act": "failed_log_in", "user_oid": study.session.person.user_oid, "purpose": "sign"}
