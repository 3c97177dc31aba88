"""A visit PDF against its least cost: bare reportlab drawing as much, and for the signed one a bare pyHanko signature.

``python -m tests.bench.visit_pdf [rounds]``. Both sides run interleaved in one process after two rounds of warming up.
Bare draws the very same runs, rules, boxes and paths, already laid out, with reportlab's canvas and the same fonts, and
signs invisibly with pyHanko's own ``SimpleSigner``. That one has its RSA key checked anew at every signature, which
costs most of its time and which this program spares itself; so the ratio without that check is told too.
The unsigned summary is laid out, drawn and given its attachments, against the drawing alone. ODM and audit trail of the
visit are made anew each time; what the definition alone says in ODM is kept from one document to the next, as it is in
the program.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from asn1crypto import keys, pem, x509
from attrs import evolve
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.report import visit_summary as summary
from crf_desktop.report.attachment import attachments_of_all
from crf_desktop.report.typeface import register
from tests.report.builder import visit, with_rows
from tests.report.conftest import signed_pdf
from tests.report.people import material

GOAL, UNSIGNED_GOAL = 2.0, 1.5
Call = tuple[str, tuple[Any, ...], dict[str, Any]]
_PATH = ("moveTo", "lineTo", "curveTo", "close", "rect")


class Recorder:
    """Takes what is drawn and passes it on, so that the same can be drawn bare."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.calls: list[Call] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append((name, arguments, named))
            return getattr(self.canvas, name)(*arguments, **named)

        return call


def recorded(language: Language) -> list[Call]:
    """Every call the summary makes on its canvas."""
    made: list[Recorder] = []
    original = summary.archive.canvas

    def canvas(*arguments: Any, **named: Any) -> Any:
        made.append(Recorder(original(*arguments, **named)))
        return made[-1]

    summary.archive.canvas = canvas  # type: ignore[assignment]
    try:
        summary.visit_summary(visit(), language)
    finally:
        summary.archive.canvas = original
    return made[0].calls


def bare_drawing(calls: list[Call]) -> bytes:
    """The same marks by reportlab alone."""
    register()
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for name, arguments, named in calls:
        if name == "beginPath":
            continue
        if name == "drawPath":
            path = canvas.beginPath()
            path._code = list(arguments[0]._code)
            arguments = (path,)
        getattr(canvas, name)(*arguments, **named)
    return out.getvalue()


def bare_signature(pdf: bytes) -> bytes:
    """One signature as pyHanko's manual shows it."""
    who = material("Li Wei")
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(who.certificate)[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(who.private_key_pem)[2]),
        cert_registry=SimpleCertificateStore.from_certs([x509.Certificate.load(pem.unarmor(c)[2]) for c in who.chain]),
    )
    meta = signers.PdfSignatureMetadata(field_name="Signature", md_algorithm="sha256")
    out = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer)
    return bytes(out.getvalue())


def unchecked_signature(pdf: bytes) -> bytes:
    """The same without the self-check of the RSA key."""
    checked = serialization.load_der_private_key
    serialization.load_der_private_key = partial(checked, unsafe_skip_rsa_key_validation=True)
    try:
        return bare_signature(pdf)
    finally:
        serialization.load_der_private_key = checked


def measured(call: Callable[[], object]) -> float:
    """Milliseconds of the processor: nothing here waits for anything, and others may be at work."""
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


def unsigned(language: Language, rounds: int) -> float:
    """The ratio of the unsigned summary with its attachments to bare drawing."""
    calls, record = recorded(language), with_rows(visit())
    ours: list[float] = []
    drawing: list[float] = []
    attaching: list[float] = []
    for i in range(rounds + 2):
        anew = evolve(record)
        sample = (
            measured(partial(summary.visit_summary, anew, language)),
            measured(partial(bare_drawing, calls)),
            measured(partial(attachments_of_all, [record])),
        )
        for times, one in zip((ours, drawing, attaching), sample, strict=True):
            times.extend([one] if i >= 2 else [])
    us, draw, attach = (statistics.median(times) for times in (ours, drawing, attaching))
    told = f"unsigned {us:.0f} ms, of that data to attach {attach:.0f}; bare drawing {draw:.0f} ms"
    print(f"{language}: {told}; ratio {us / draw:.2f}")
    return us / draw


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    plain = max(unsigned(language, rounds) for language in LANGUAGES)
    met = plain <= UNSIGNED_GOAL
    print(f"goal <= {UNSIGNED_GOAL}: {'met' if met else 'MISSED'} (worst {plain:.2f})")
    worst = 0.0
    for language in LANGUAGES:
        calls = recorded(language)
        record, drawn = visit(), bare_drawing(calls)
        ours: list[float] = []
        drawing: list[float] = []
        signing: list[float] = []
        unchecked: list[float] = []
        for i in range(rounds + 2):
            sample = (
                measured(partial(signed_pdf, record, language)),
                measured(partial(bare_drawing, calls)),
                measured(partial(bare_signature, drawn)),
                measured(partial(unchecked_signature, drawn)),
            )
            for times, one in zip((ours, drawing, signing, unchecked), sample, strict=True):
                times.extend([one] if i >= 2 else [])
        us, draw, sign, spared = (statistics.median(times) for times in (ours, drawing, signing, unchecked))
        ratio = us / (draw + sign)
        worst = max(worst, ratio)
        bare = f"bare drawing {draw:.0f} ms + bare signature {sign:.0f} ms"
        print(f"{language}: signed visit PDF {us:.0f} ms; {bare}; ratio {ratio:.2f}")
        print(f"    signature without the key's self-check {spared:.0f} ms: ratio {us / (draw + spared):.2f}")
    print(f"goal <= {GOAL}: {'met' if worst <= GOAL else 'MISSED'} (worst {worst:.2f})")
    return 0 if met and worst <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
