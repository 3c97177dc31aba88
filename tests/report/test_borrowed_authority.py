"""A certificate that names the study's authority as its issuer, and was signed by somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from crf_desktop.report.pdf_check import check_pdf
from crf_desktop.report.pdf_signature import SigningMaterial
from crf_desktop.report.signed_summary import signed_visit_summary
from tests.report.builder import INVESTIGATOR, definition, visit
from tests.report.conftest import SIGNED_AT
from tests.report.people import START, authority, ca_pem, material


@pytest.mark.requirement("REQ-22", "REQ-24")
def test_that_the_authoritys_name_on_a_strangers_certificate_is_not_enough() -> None:
    key, stranger = (rsa.generate_private_key(65537, 3072) for _ in range(2))
    genuine = x509.load_pem_x509_certificate(material("Li Wei").certificate)
    made = x509.CertificateBuilder().subject_name(genuine.subject).issuer_name(authority()[1].subject)
    made = made.public_key(key.public_key()).serial_number(genuine.serial_number)
    made = made.not_valid_before(START).not_valid_after(START + timedelta(days=1095))
    for extension in genuine.extensions:
        if not isinstance(extension.value, x509.SubjectKeyIdentifier):
            made = made.add_extension(extension.value, extension.critical)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    forged = made.sign(stranger, hashes.SHA256()).public_bytes(Encoding.PEM)
    meaning = definition().signature_meanings[0]
    pdf = signed_visit_summary(
        visit(), SigningMaterial(pem, forged, (ca_pem(),)), "en", person=INVESTIGATOR, meaning=meaning, when=SIGNED_AT
    )
    verdict = check_pdf(pdf, trusted_ca=ca_pem())
    assert not verdict.verified and verdict.valid is not True
    assert "chain_wrong" in [f.code for f in verdict.findings]


@pytest.mark.requirement("REQ-24")
@pytest.mark.parametrize("when", [START - timedelta(days=2), START + timedelta(days=1096)])
def test_that_a_signature_outside_the_certificates_time_is_not_valid(when: datetime) -> None:
    meaning = definition().signature_meanings[0]
    pdf = signed_visit_summary(
        visit(), material("Li Wei"), "en", person=INVESTIGATOR, meaning=meaning, when=when.astimezone(SIGNED_AT.tzinfo)
    )
    verdict = check_pdf(pdf, trusted_ca=ca_pem())
    assert verdict.valid is False and "certificate_expired" in [f.code for f in verdict.findings]
