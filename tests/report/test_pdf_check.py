"""A PDF is verified byte by byte: whatever was changed, wherever, the verdict says not."""

from __future__ import annotations

import random
import re
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from crf_desktop.report.pdf_check import PdfVerdict, check_pdf
from crf_desktop.wording.pdf_finding import FINDINGS
from tests.report.builder import visit
from tests.report.conftest import SIGNED_AT, signed_pdf
from tests.report.people import ca_pem


def contents(pdf: bytes) -> tuple[int, int]:
    """Where the hex of the signature begins and ends."""
    found = re.search(rb"/ByteRange\s*\[0 (\d+) (\d+) \d+\]", pdf)
    assert found
    return int(found[1]) + 1, int(found[2]) - 1


def flipped(pdf: bytes, at: int, bit: int = 0) -> bytes:
    changed = bytearray(pdf)
    changed[at] ^= 1 << bit
    return bytes(changed)


def codes(verdict: PdfVerdict) -> set[str]:
    return {f.code for f in verdict.findings}


@pytest.mark.requirement("REQ-25")
def test_that_an_untouched_file_is_intact_and_valid(signed: bytes) -> None:
    verdict = check_pdf(signed, trusted_ca=ca_pem())
    assert (verdict.intact, verdict.valid, verdict.current, verdict.verified) == (True, True, None, True)
    assert verdict.signer == "Li Wei"
    assert verdict.signed_at == SIGNED_AT


def test_that_what_cannot_be_known_is_said(signed: bytes) -> None:
    alone = check_pdf(signed)
    assert alone.verified and alone.valid is None
    assert {"digest_unknown", "ca_unknown", "current_unknown"} <= codes(alone)
    known = check_pdf(signed, expected_sha256=alone.sha256, trusted_ca=ca_pem())
    assert {"same_digest", "trusted", "current_unknown"} <= codes(known)


def test_that_another_file_than_the_log_names_is_not_intact(signed: bytes) -> None:
    verdict = check_pdf(signed, expected_sha256="sha256:" + "0" * 64, trusted_ca=ca_pem())
    assert not verdict.intact and not verdict.verified
    assert "other_digest" in codes(verdict)


@pytest.mark.requirement("REQ-25")
def test_that_a_flipped_bit_at_any_of_420_random_places_is_found(signed: bytes) -> None:
    chance = random.Random(20260506)
    places = [(chance.randrange(len(signed)), chance.randrange(8)) for _ in range(420)]
    assert [p for p in places if check_pdf(flipped(signed, *p)).verified] == []


def test_that_a_flipped_bit_anywhere_in_and_around_the_signature_is_found(signed: bytes) -> None:
    first, last = contents(signed)
    chance = random.Random(7)
    used = first + len(signed[first:last].rstrip(b"0"))
    places = {
        "cms": range(first, used, 29),
        "padding": [used, used + 1, last - 1, *chance.sample(range(used, last), 40)],
        "delimiters": [first - 1, last, first - 2, last + 1],
        "end": range(len(signed) - 40, len(signed)),
        "head": range(40),
    }
    missed = {
        (name, at, bit)
        for name, where in places.items()
        for at in where
        for bit in (at % 8, 5)
        if check_pdf(flipped(signed, at, bit)).verified
    }
    assert missed == set()


@pytest.mark.full
def test_that_a_flipped_bit_at_every_place_of_the_cms_is_found(signed: bytes) -> None:
    first, last = contents(signed)
    used = first + len(signed[first:last].rstrip(b"0"))
    places = [(at, bit) for at in range(first, used) for bit in (0, 5)]
    assert [p for p in places if check_pdf(flipped(signed, *p)).verified] == []


def test_that_the_case_of_the_hex_counts(signed: bytes) -> None:
    first, last = contents(signed)
    letters = [i for i in range(first, last) if signed[i : i + 1] in b"ABCDEF"]
    assert letters
    for at in letters[:: max(1, len(letters) // 60)]:
        assert not check_pdf(flipped(signed, at, 5)).verified


@pytest.mark.parametrize("cut", [1, 2, 6, 100, 2_000, 20_000])
def test_that_a_file_cut_short_is_not_intact(signed: bytes, cut: int) -> None:
    verdict = check_pdf(signed[:-cut])
    assert not verdict.intact and not verdict.verified


@pytest.mark.parametrize("more", [b"\n", b" ", b"\0", b"%%EOF\n", b"junk" * 100])
def test_that_bytes_after_the_end_are_found(signed: bytes, more: bytes) -> None:
    assert codes(check_pdf(signed + more)) >= {"bytes_after_end"}


@pytest.mark.requirement("REQ-25")
def test_that_a_later_revision_that_other_readers_accept_is_refused(signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    verdict = check_pdf(out.getvalue())
    assert not verdict.intact and not verdict.verified


def test_that_the_document_without_its_signature_is_not_intact(signed: bytes) -> None:
    unsigned = signed[: signed.index(b"%%EOF") + 6]
    assert codes(check_pdf(unsigned)) >= {"no_signature"}


def test_that_a_certificate_of_another_ca_is_not_valid(signed: bytes) -> None:
    verdict = check_pdf(signed, trusted_ca=ca_pem("Another CA"))
    assert verdict.intact and verdict.valid is False and not verdict.verified
    assert "other_ca" in codes(verdict)


def test_that_a_certificate_not_yet_countersigned_leaves_trust_pending() -> None:
    verdict = check_pdf(signed_pdf(visit(), certified=False), trusted_ca=ca_pem())
    assert verdict.intact and verdict.valid is None and verdict.verified
    assert "trust_pending" in codes(verdict)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"x",
        b"%PDF-",
        b"\0" * 5_000,
        b"%PDF-1.7\n/ByteRange [0 1 2 3]",
        b"%PDF-1.7 /ByteRange [0 20 40 9]" + b"<" * 90,
    ],
)
def test_that_garbage_has_a_verdict(garbage: bytes) -> None:
    verdict = check_pdf(garbage, expected_sha256="nonsense", trusted_ca=b"nonsense")
    assert not verdict.intact and not verdict.verified
    assert all(verdict.sentences("en")) and all(verdict.sentences("zh"))


def test_that_random_garbage_has_a_verdict(signed: bytes) -> None:
    chance = random.Random(3)
    first, last = contents(signed)
    for _ in range(60):
        noise = bytes(chance.randrange(256) for _ in range((last - first) // 2)).hex().upper().encode()
        noise = (b"3082" + noise)[: last - first]
        assert not check_pdf(signed[:first] + noise + signed[last:]).verified
        assert not check_pdf(chance.randbytes(300)).verified


def test_that_every_finding_is_said_in_both_languages() -> None:
    for english, chinese in FINDINGS.values():
        assert english.endswith(".") and chinese.endswith("。")
