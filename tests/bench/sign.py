"""Milliseconds per signature of a PDF by kind of key, of timestamps and of verifying, against a bare signature.

``python -m tests.bench.sign [rounds]``. All kinds take turns in one run, on the same two pages, after one round of
warming up. Bare is pyHanko's own ``SimpleSigner``, invisible, as its manual shows it; the timestamp authority is
``openssl ts`` on loopback, so that the network costs nothing.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from crf_desktop.capture.time_authority import TimeAuthority
from crf_desktop.report.pdf_check import check_pdf
from crf_desktop.report.pdf_signature import KeyFile, SigningSource, Stamp, countersign_pdf, sign_pdf
from crf_desktop.report.pdf_timestamp import Level, upgrade_pdf
from tests.bench.visit_pdf import bare_signature, unchecked_signature
from tests.report.hospital import MODULE, PASSPHRASE, file_of, issued, token_of
from tests.report.people import ca_pem, material
from tests.report.plain import FIRST, SECOND, WHEN, document, seal
from tests.report.test_pdf_timestamp import crl
from tests.report.time_authority import time_authority

STAMP = Stamp(-1, FIRST, seal("Li Wei"), SECOND)


def signed(source: SigningSource, stamp: Stamp | None = None, second: bool = False) -> bytes:
    """By one source."""
    return sign_pdf(document(), source, "Li Wei", "Reviewed", WHEN, stamp, second)


def kinds(url: str, root: bytes, token: SigningSource | None) -> dict[str, Callable[[], Any]]:
    """What is measured, by its name."""
    study, file, asked = material("Li Wei"), KeyFile(file_of(issued()), PASSPHRASE), TimeAuthority(url, (root,))
    first = signed(study, STAMP, True)
    two = countersign_pdf(first, material("Zhang"), "Zhang", "", WHEN, seal("Zhang"))
    one = signed(study, STAMP)
    stamped = upgrade_pdf(one, asked, [], Level.B_T).pdf
    last = upgrade_pdf(one, asked, [crl()]).pdf
    found: dict[str, Callable[[], Any]] = {
        "bare pyHanko, RSA-3072, invisible": partial(bare_signature, document()),
        "the same without the key's self-check": partial(unchecked_signature, document()),
        "study key, RSA-3072, invisible": partial(signed, study),
        "study key, RSA-3072, visible": partial(signed, study, STAMP),
        "the same, a second one foreseen": partial(signed, study, STAMP, True),
        "second signature, visible": partial(countersign_pdf, first, study, "Zhang", "", WHEN, seal("Zhang")),
        "PKCS #12, RSA-2048, opened and visible": partial(signed, file, STAMP),
    }
    if token is not None:
        found["PKCS #11 soft token, RSA-2048, opened and visible"] = partial(signed, token, STAMP)
    return found | {
        "B-B to B-T": partial(upgrade_pdf, one, asked, [], Level.B_T),
        "B-T to B-LTA": partial(upgrade_pdf, stamped, asked, [crl()]),
        "one signature verified": partial(check_pdf, one, None, ca_pem()),
        "two signatures verified": partial(check_pdf, two, None, ca_pem()),
        "one signature at B-LTA verified": partial(check_pdf, last, None, ca_pem(), None, (root,)),
    }


def measured(call: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    patch = pytest.MonkeyPatch()
    with TemporaryDirectory() as folder, time_authority() as server:
        there = MODULE.exists() and os.name == "posix"
        token = token_of(Path(folder), patch, ("Li Wei", issued())) if there else None
        found = kinds(server.url, server.root, token)
        times: dict[str, list[float]] = {name: [] for name in found}
        for i in range(rounds + 1):
            for name, call in found.items():
                times[name].extend([measured(call)] if i else [])
    patch.undo()
    bare = statistics.median(next(iter(times.values())))
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:52} {middle:7.1f} ms   {middle / bare:5.2f} of bare   (longest {max(taken):.0f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
