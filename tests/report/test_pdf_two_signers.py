"""Two people sign one file: the first certifies, the second locks; and whatever is done to it afterwards is named."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from crf_desktop.capture.expected import ExpectedSigner
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.report.pdf_check import PdfVerdict, check_pdf
from crf_desktop.report.pdf_signature import Stamp, countersign_pdf, second_place, sign_pdf
from tests.report.hospital import PASSPHRASE, file_of, issued
from tests.report.people import ca_pem, material
from tests.report.plain import FIRST, SECOND, WHEN, document, seal

FIRST_MEANING, SECOND_MEANING = "I am the author of these data.", "I have reviewed these data."
LATER = WHEN + timedelta(days=1)


@cache
def first(second: bool = True) -> bytes:
    stamp = Stamp(-1, FIRST, seal("Li Wei"), SECOND)
    return sign_pdf(document(), material("Li Wei"), "Li Wei", FIRST_MEANING, WHEN, stamp, second_foreseen=second)


@cache
def both(name: str = "Zhang Min") -> bytes:
    return countersign_pdf(first(), material(name), name, SECOND_MEANING, LATER, seal(name))


def expected(*names: str) -> tuple[ExpectedSigner, ...]:
    """The signers as the log would name them."""
    digests = [check_pdf(sign_pdf(document(), material(n), n, "", WHEN)).signatures[0].fingerprint for n in names]
    return tuple(
        ExpectedSigner(f"U.01.{at}", name, digest, False, True, True)
        for at, (name, digest) in enumerate(zip(names, digests, strict=True), 1)
    )


def codes(verdict: PdfVerdict) -> set[str]:
    return {f.code for f in verdict.findings}


def bad(verdict: PdfVerdict) -> set[str]:
    return {f.code for f in verdict.findings if f.weight == "bad"}


def pdfsig(pdf: bytes, place: Path) -> str:
    (place / "file.pdf").write_bytes(pdf)
    command = ["pdfsig", str(place / "file.pdf")]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


needs_pdfsig = pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")


@pytest.mark.requirement("REQ-22", "REQ-25")
def test_that_two_signatures_are_told_with_who_when_and_why() -> None:
    verdict = check_pdf(both(), trusted_ca=ca_pem(), expected=expected("Li Wei", "Zhang Min"))
    assert verdict.verified and verdict.valid and verdict.level == "B-B"
    seen = [(one.signer, one.when, one.meaning) for one in verdict.signatures]
    assert seen == [("Li Wei", WHEN, FIRST_MEANING), ("Zhang Min", LATER, SECOND_MEANING)]
    assert "whole_file_two" in codes(verdict) and "second_open" not in codes(verdict)


def test_that_the_first_certifies_and_the_second_locks_everything() -> None:
    assert re.search(rb"/P 2\b", first()) and re.search(rb"/P 1\b", first(False))
    assert b"/FieldMDP" in both()[len(first()) :] and b"/All" in both()[len(first()) :]
    assert both().startswith(first()) and first().startswith(document())


def test_that_the_same_two_give_the_same_bytes() -> None:
    again = countersign_pdf(first(), material("Zhang Min"), "Zhang Min", SECOND_MEANING, LATER, seal("Zhang Min"))
    assert again == both()


def test_that_a_second_signature_is_awaited_and_said_so() -> None:
    verdict = check_pdf(first(), trusted_ca=ca_pem())
    assert verdict.verified and {"second_open", "whole_file_open"} <= codes(verdict)
    assert second_place(first()) == SECOND


def test_that_nobody_signs_where_no_second_signature_is_foreseen() -> None:
    for pdf in (first(False), both()):
        with pytest.raises(Refused) as refused:
            countersign_pdf(pdf, material("Third"), "Third", "", LATER)
        assert refused.value.code == "report.no_second"
    with pytest.raises(EnvironmentProblem):
        countersign_pdf(b"no PDF", material("Third"), "Third", "", LATER)


def test_that_both_seals_stand_on_the_page() -> None:
    page = PdfFileReader(BytesIO(both())).root["/Pages"]["/Kids"][-1].get_object()
    boxes = {tuple(float(n) for n in a.get_object()["/Rect"]) for a in page["/Annots"]}
    shown = [a.get_object()["/AP"]["/N"]["/Resources"]["/XObject"] for a in page["/Annots"]]
    assert boxes == {FIRST, SECOND} and all(shown)


def test_that_an_invisible_second_signature_is_possible_too() -> None:
    one = sign_pdf(document(), material("Li Wei"), "Li Wei", "", WHEN, second_foreseen=True)
    verdict = check_pdf(countersign_pdf(one, material("Zhang Min"), "Zhang Min", "", LATER), trusted_ca=ca_pem())
    assert verdict.verified and len(verdict.signatures) == 2


def test_that_a_key_countersigned_after_the_signature_counts() -> None:
    who = material("Li Wei", certified=False)
    pdf = sign_pdf(document(), who, "Li Wei", "", WHEN)
    before = check_pdf(pdf, trusted_ca=ca_pem())
    assert before.verified and before.valid is None and "trust_pending" in codes(before)
    ours = ExpectedSigner("U.01.1", "Li Wei", before.signatures[0].fingerprint, False, True, True, certified=True)
    verdict = check_pdf(pdf, trusted_ca=ca_pem(), expected=(ours,))
    assert verdict.verified and verdict.valid and "countersigned_since" in codes(verdict)


# --- what is done to it


@pytest.mark.requirement("REQ-25")
def test_that_the_last_signature_cut_off_is_named_from_the_log() -> None:
    cut = both()[: len(first())]
    assert check_pdf(cut).verified  # the file alone is whole; that a second place is empty is said
    verdict = check_pdf(cut, trusted_ca=ca_pem(), expected=expected("Li Wei", "Zhang Min"))
    assert not verdict.verified and verdict.valid is False
    told = [f.sentence("en") for f in verdict.findings if f.code == "signature_missing"]
    assert told and "Zhang Min" in told[0]


def test_that_a_signer_the_log_does_not_expect_is_named() -> None:
    verdict = check_pdf(both("Somebody"), trusted_ca=ca_pem(), expected=expected("Li Wei", "Zhang Min"))
    assert bad(verdict) == {"signer_unexpected"} and "Somebody" in " ".join(verdict.sentences("en"))
    more = check_pdf(both(), trusted_ca=ca_pem(), expected=expected("Li Wei"))
    assert bad(more) == {"signer_unexpected"}


def test_that_a_revoked_key_and_a_missing_right_are_named() -> None:
    ours = expected("Li Wei", "Zhang Min")
    revoked = (ours[0], evolve(ours[1], in_force=False))
    assert bad(check_pdf(both(), trusted_ca=ca_pem(), expected=revoked)) == {"certificate_revoked"}
    powerless = (ours[0], evolve(ours[1], may_sign=False))
    assert bad(check_pdf(both(), trusted_ca=ca_pem(), expected=powerless)) == {"signer_no_right"}


@pytest.mark.requirement("REQ-24")
def test_that_the_hospitals_certificate_counts_when_the_log_names_it_and_never_otherwise() -> None:
    source = file_of(issued("Zhang Min"))
    from crf_desktop.report.pdf_signature import KeyFile

    pdf = countersign_pdf(first(), KeyFile(source, PASSPHRASE), "Zhang Min", SECOND_MEANING, LATER)
    without = check_pdf(pdf, trusted_ca=ca_pem())
    assert bad(without) == {"other_ca"} and without.valid is False
    fingerprint = without.signatures[1].fingerprint
    named = (*expected("Li Wei"), ExpectedSigner("U.01.9", "Zhang Min", fingerprint, True, True, True))
    verdict = check_pdf(pdf, trusted_ca=ca_pem(), expected=named)
    assert verdict.verified and verdict.valid and "own_certificate" in codes(verdict)
    assert check_pdf(pdf).signatures[1].authority == "Hospital root"


def replaced(pdf: bytes) -> bytes:
    """The last page shows something else, by an incremental update."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][-1].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@needs_pdfsig
@pytest.mark.requirement("REQ-25")
@pytest.mark.parametrize("signers", [1, 2])
def test_that_pdfsig_calls_a_page_replaced_by_an_update_valid_and_this_program_refuses_it(
    signers: int, tmp_path: Path
) -> None:
    forged = replaced(first(False) if signers == 1 else both())
    assert pdfsig(forged, tmp_path).count("Signature is Valid.") == signers
    verdict = check_pdf(forged, trusted_ca=ca_pem())
    assert not verdict.verified and not verdict.intact and "later_revision" in codes(verdict)


@needs_pdfsig
def test_that_pdfsig_finds_both_signatures_of_the_untouched_file_valid(tmp_path: Path) -> None:
    said = pdfsig(both(), tmp_path)
    assert said.count("Signature is Valid.") == 2
    assert said.count("Total document signed") == 1 and said.count("Not total document signed") == 1


def test_that_a_page_replaced_between_the_two_signatures_is_refused() -> None:
    forged = countersign_pdf(replaced(first()), material("Zhang Min"), "Zhang Min", "", LATER)
    assert codes(check_pdf(forged)) >= {"later_revision"}


def test_that_a_second_approval_behind_a_closed_file_is_refused() -> None:
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    writer = IncrementalPdfFileWriter(BytesIO(first(False)))
    append_signature_field(writer, SigFieldSpec("Signature2"))
    out = BytesIO()
    writer.write(out)
    forged = countersign_pdf(out.getvalue(), material("Mallory"), "Mallory", "", LATER)
    assert not check_pdf(forged, trusted_ca=ca_pem()).verified


@pytest.mark.parametrize("more", [b"\n", b"junk", b"%%EOF\n", b"startxref\n0\n%%EOF\n"])
def test_that_bytes_behind_the_second_signature_are_found(more: bytes) -> None:
    assert not check_pdf(both() + more).verified


@pytest.mark.requirement("REQ-25")
def test_that_a_flipped_bit_anywhere_in_a_file_of_two_signatures_is_found() -> None:
    pdf, chance = both(), random.Random(11)
    gaps = [(int(m[1]), int(m[2])) for m in re.finditer(rb"/ByteRange\s*\[0 (\d+) (\d+) \d+\]", pdf)]
    assert len(gaps) == 2
    places = [chance.randrange(len(pdf)) for _ in range(80)]
    places += [at for begin, end in gaps for at in (begin, begin + 1, end - 2, *range(begin + 2, end, 331))]
    assert [at for at in places if check_pdf(flipped(pdf, at, at % 8)).verified] == []


@pytest.mark.full
@pytest.mark.requirement("REQ-25")
def test_that_a_flipped_bit_at_every_third_place_of_both_signatures_is_found() -> None:
    pdf = both()
    gaps = [(int(m[1]), int(m[2])) for m in re.finditer(rb"/ByteRange\s*\[0 (\d+) (\d+) \d+\]", pdf)]
    places = [at for begin, end in gaps for at in range(begin, end, 3)]
    assert [at for at in places if check_pdf(flipped(pdf, at, at % 8)).verified] == []


def flipped(pdf: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(pdf)
    changed[at] ^= 1 << bit
    return bytes(changed)
