"""Signed PDFs lifted to B-T, B-LT and B-LTA by an authority on loopback; what is missing costs the level alone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from crf_desktop.capture.time_authority import TimeAuthority
from crf_desktop.errors import LANGUAGES, EnvironmentProblem, Refused
from crf_desktop.report.pdf_check import check_pdf
from crf_desktop.report.pdf_signature import KeyFile, Stamp, sign_pdf
from crf_desktop.report.pdf_timestamp import Level, level_of, upgrade_pdf
from tests.report.hospital import PASSPHRASE, file_of, issued, lists
from tests.report.people import authority, ca_pem, material
from tests.report.plain import FIRST, WHEN, document, seal
from tests.report.test_pdf_two_signers import both, flipped, replaced
from tests.report.time_authority import TimeServer, time_authority

CA = "CRF study CA 01"
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


@pytest.fixture(scope="module")
def server() -> Iterator[TimeServer]:
    with time_authority() as told:
        yield told


@pytest.fixture
def asked(server: TimeServer) -> TimeAuthority:
    server.mode = "good"
    return TimeAuthority(server.url, (server.root,))


def signed() -> bytes:
    stamp = Stamp(-1, FIRST, seal("Li Wei"))
    return sign_pdf(document(), material("Li Wei"), "Li Wei", "I have reviewed these data.", WHEN, stamp)


def crl(*revoked: tuple[bytes, datetime], ca: str = CA, days: int = 30, end: datetime | None = None) -> bytes:
    """The study's list, DER; revoked: certificate (PEM) and since when."""
    key, issuer = authority(ca)
    now = datetime.now(UTC)
    draft = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject).last_update(now - timedelta(days=40))
    draft = draft.next_update(end or now + timedelta(days=days))
    for pem, since in revoked:
        number = x509.load_pem_x509_certificate(pem).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(since).build()
        draft = draft.add_revoked_certificate(entry)
    return draft.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def codes(pdf: bytes, roots: tuple[bytes, ...] = ()) -> set[str]:
    return {f.code for f in check_pdf(pdf, trusted_ca=ca_pem(), time_roots=roots).findings}


@pytest.mark.requirement("REQ-22")
@pytest.mark.parametrize("level", [Level.B_T, Level.B_LT, Level.B_LTA])
def test_that_a_signed_file_is_lifted_to_the_level_that_is_wanted(asked: TimeAuthority, level: Level) -> None:
    made = upgrade_pdf(signed(), asked, [crl()], level)
    assert made.problem is None and made.level is level is level_of(made.pdf)
    assert made.pdf.startswith(signed())
    verdict = check_pdf(made.pdf, trusted_ca=ca_pem(), time_roots=asked.roots)
    assert verdict.verified and verdict.valid and verdict.level == level
    assert len(verdict.timestamps) == (2 if level is Level.B_LTA else 1)
    assert abs(verdict.timestamps[0] - datetime.now(UTC)) < timedelta(minutes=5)


def test_that_two_signatures_are_lifted_together_and_step_by_step(asked: TimeAuthority) -> None:
    pdf = both()
    for level in (Level.B_T, Level.B_LT, Level.B_LTA):
        made = upgrade_pdf(pdf, asked, [crl()], level)
        assert made.level is level and made.pdf.startswith(pdf)
        pdf = made.pdf
    assert check_pdf(pdf, trusted_ca=ca_pem(), time_roots=asked.roots).verified
    assert upgrade_pdf(pdf, asked, [crl()]).pdf == pdf  # there is nothing above it


def test_that_what_is_not_lifted_says_that_its_timestamp_is_pending() -> None:
    verdict = check_pdf(signed())
    assert verdict.level == "B-B" and "timestamp pending" in " ".join(verdict.sentences("en"))
    assert any("时间戳待定" in s for s in verdict.sentences("zh"))


@pytest.mark.parametrize(
    ("mode", "why"), [("error", "timestamp.refused"), ("page", "timestamp.refused"), ("garbage", "timestamp.refused")]
)
def test_that_an_answer_that_is_none_costs_the_level_and_not_the_signature(
    server: TimeServer, asked: TimeAuthority, mode: str, why: str
) -> None:
    server.mode = mode
    made = upgrade_pdf(signed(), asked, [crl()])
    assert made.pdf == signed() and made.level is Level.B_B
    assert made.problem is not None and made.problem.code == why
    for language in LANGUAGES:
        assert "signature holds" in made.problem.sentences("en")[1] and all(made.problem.sentences(language))


@pytest.mark.requirement("REQ-22")
def test_that_an_authority_that_is_down_costs_the_level_and_not_the_signature(asked: TimeAuthority) -> None:
    made = upgrade_pdf(signed(), TimeAuthority("http://127.0.0.1:9/", asked.roots), [crl()])
    assert made.pdf == signed() and made.level is Level.B_B
    assert isinstance(made.problem, EnvironmentProblem) and made.problem.code == "timestamp.down"


def test_that_another_authority_than_the_one_set_is_refused(asked: TimeAuthority) -> None:
    with time_authority("Another TSA") as other:
        made = upgrade_pdf(signed(), TimeAuthority(asked.url, (other.root,)), [crl()])
        assert made.pdf == signed() and made.problem is not None and made.problem.code == "timestamp.root"
        stamped = upgrade_pdf(signed(), asked, [], Level.B_T).pdf
        assert "timestamp_other" in codes(stamped, (other.root,))
        assert not check_pdf(stamped, time_roots=(other.root,)).verified
    assert "timestamp_unknown" in codes(stamped)


@pytest.mark.parametrize("lists", ["none", "another authority's", "out of force"])
def test_that_without_a_list_in_force_the_level_stays_at_the_timestamp(asked: TimeAuthority, lists: str) -> None:
    found = {"none": [], "another authority's": [crl(ca="Another CA")], "out of force": [crl(days=-1)]}[lists]
    made = upgrade_pdf(signed(), asked, found)
    assert made.level is Level.B_T and made.problem is not None and made.problem.code == "timestamp.no_list"
    assert check_pdf(made.pdf, trusted_ca=ca_pem(), time_roots=asked.roots).verified


@pytest.mark.requirement("REQ-24")
def test_that_a_certificate_revoked_before_the_signature_is_found_by_the_list_in_the_file(
    asked: TimeAuthority,
) -> None:
    for since, counts in ((WHEN - timedelta(days=1), False), (WHEN + timedelta(days=1), True)):
        pdf = upgrade_pdf(signed(), asked, [crl((material("Li Wei").certificate, since))]).pdf
        assert check_pdf(pdf, trusted_ca=ca_pem()).verified is counts
        assert ("certificate_revoked" in codes(pdf)) is not counts


def test_that_a_hospitals_certificate_needs_the_list_of_everybody_above_it(asked: TimeAuthority) -> None:
    pdf = sign_pdf(document(), KeyFile(file_of(issued(days=2000)), PASSPHRASE), "Li Wei", "", WHEN)
    root, office = lists()
    for some in ([], [office], [root]):
        assert upgrade_pdf(pdf, asked, some).level is Level.B_T
    made = upgrade_pdf(pdf, asked, [root, office])
    assert made.level is Level.B_LTA and check_pdf(made.pdf, time_roots=asked.roots).verified
    revoked = upgrade_pdf(pdf, asked, lists(issued(days=2000))).pdf
    assert "certificate_revoked" in codes(revoked) and not check_pdf(revoked).verified


def test_that_a_file_that_does_not_hold_gets_no_timestamp(asked: TimeAuthority) -> None:
    for pdf in (replaced(signed()), flipped(signed(), signed().index(b"/Reason") + 12, 0)):
        with pytest.raises(Refused) as refused:
            upgrade_pdf(pdf, asked, [crl()])
        assert refused.value.code == "timestamp.signature_broken"
    with pytest.raises(EnvironmentProblem):
        upgrade_pdf(document(), asked, [crl()])


@pytest.mark.requirement("REQ-25")
def test_that_what_was_changed_behind_a_timestamp_is_found(asked: TimeAuthority) -> None:
    lifted = upgrade_pdf(signed(), asked, [crl()]).pdf
    digest = check_pdf(lifted).sha256
    for forged in (replaced(lifted), lifted + b"\n", lifted + b"junk\n%%EOF\n", lifted[:-3]):
        assert not check_pdf(forged, trusted_ca=ca_pem()).verified
        assert not check_pdf(forged, digest, ca_pem()).verified
    covered = range(len(signed()), len(lifted), 397)
    missed = [at for at in covered if check_pdf(flipped(lifted, at, at % 8), digest, ca_pem()).verified]
    assert missed == []  # what a timestamp does not cover, the whole file's SHA-256 does


def test_that_a_file_without_its_last_timestamp_is_not_the_one_the_log_names(asked: TimeAuthority) -> None:
    lifted = upgrade_pdf(signed(), asked, [crl()]).pdf
    assert check_pdf(signed(), check_pdf(lifted).sha256).findings[0].code == "other_digest"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
def test_that_other_programs_read_a_lifted_file(asked: TimeAuthority, tmp_path: Path) -> None:
    path = tmp_path / "lifted.pdf"
    path.write_bytes(upgrade_pdf(both(), asked, [crl()]).pdf)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, timeout=60, check=False).stdout
    assert said.count("Signature is Valid.") == 2
    if shutil.which("qpdf"):
        command = ["qpdf", "--check", str(path)]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
        assert "No syntax or stream encoding errors found" in said


def test_that_a_lifted_file_is_still_fit_for_archives(asked: TimeAuthority) -> None:
    import pikepdf
    import pikepdf.pdfa

    for pdf in (signed(), both(), upgrade_pdf(both(), asked, [crl()]).pdf):
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert list(pikepdf.pdfa.check(opened, "3b").violations) == []
