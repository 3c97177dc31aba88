"""The visit summary: every answer, score, reason and signature of one visit on paper, and the same file signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Protocol

from attrs import frozen

from crf_desktop.capture.record import VisitRecord
from crf_desktop.errors import Language
from crf_desktop.report import archive
from crf_desktop.report.answer import Reader
from crf_desktop.report.attachment import attachments_of
from crf_desktop.report.drawing import MARGIN, RIGHT, TEXT_WIDTH, THIN, Pen, grouped
from crf_desktop.report.flow import PAGE_BOTTOM, Flow
from crf_desktop.report.form_section import Opened, draw_forms
from crf_desktop.report.lacking import Lack, draw_lacking, heard, named
from crf_desktop.report.response_section import draw_response
from crf_desktop.report.typeface import Run
from crf_desktop.report.visit_course import draw_course
from crf_desktop.report.visit_head import (
    SMALL_BANNER,
    TOP,
    draw_banner,
    draw_head,
    draw_scores,
    draw_small_banner,
    lead,
    standing,
    title,
)
from crf_desktop.report.visit_tail import (
    Seal,
    draw_missing,
    draw_open,
    draw_seal,
    draw_signatures,
    draw_unsealed,
    seal_height,
    seal_place,
)

LEADING: dict[Language, float] = {"en": 1.4, "zh": 1.5}
_BETWEEN = 8.0
"""Points under a place for a signature."""
WATERMARK = 62.0
"""Points; the longest of them fits across an A4 page."""


@frozen
class Drawn:
    """A summary and the place on its last page that waits for the file's own signature."""

    pdf: bytes
    place: tuple[float, float, float, float] | None
    """Left, bottom, right, top in points from the page's lower left corner; None when there is none."""
    n_pages: int
    second: tuple[float, float, float, float] | None = None
    """The place of a second person's signature, under the first."""


class BeforeSeal(Protocol):
    """What stands above the place of the signature, on the same page where both fit on one."""

    @property
    def seals(self) -> int:
        """How many people sign the file: 1 or 2."""

    def height(self, flow: Flow, reader: Reader) -> float:
        """In points."""

    def draw(self, flow: Flow, reader: Reader) -> None:
        """Draws it."""


def visit_summary(record: VisitRecord, language: Language) -> bytes:
    """The unsigned summary; the same record gives the same bytes."""
    return draw_summary(record, language, None).pdf


def draw_summary(
    record: VisitRecord,
    language: Language,
    seal: Seal | None,
    before_seal: BeforeSeal | None = None,
) -> Drawn:
    """The summary, with room for the file's own signature when it is to have one, and what that signs before it."""
    drawn: list[tuple[Flow, list[tuple[float, float, float, float]]]] = []
    reader = Reader(record, language)

    def draw(noted: Sequence[Lack]) -> tuple[bytes, Sequence[Lack]]:
        drawn[:] = [_laid(reader, seal, before_seal, noted)]
        return _ink(drawn[0][0], reader, seal is not None)

    pdf = named(draw)
    flow, places = drawn[0]
    return Drawn(pdf, places[0] if places else None, len(flow.pages), places[1] if places[1:] else None)


def _laid(
    reader: Reader, seal: Seal | None, before_seal: BeforeSeal | None, noted: Sequence[Lack]
) -> tuple[Flow, list[tuple[float, float, float, float]]]:
    """All pages, and the places that wait for seals, which are last."""
    flow = Flow(TOP, TOP + SMALL_BANNER, PAGE_BOTTOM, LEADING[reader.language])
    draw_head(flow, reader, lead(reader, seal is not None))
    draw_banner(flow, reader)
    draw_body(flow, reader)
    draw_lacking(flow, reader.language, noted)
    if seal is None:
        draw_signatures(flow, reader)
        draw_unsealed(flow, reader)
        return flow, []
    seals = before_seal.seals if before_seal is not None else 1
    kept = seals * (seal_height(flow, reader, seal) + _BETWEEN)
    follows = kept + (before_seal.height(flow, reader) if before_seal is not None else 0.0)
    draw_signatures(flow, reader, follows)
    if before_seal is not None:
        flow.need(min(follows, flow.page_room))
        before_seal.draw(flow, reader)
    flow.need(kept)
    places = []
    for _ in range(seals):
        places.append(seal_place(flow, reader, seal))
        flow.gap(_BETWEEN)
    return flow, places


def draw_body(
    flow: Flow, reader: Reader, opened: Opened = lambda form: None, within: str = "{0}"
) -> None:
    """Scores, course, response, every form, what is missing, what is open: the part that a casebook repeats."""
    draw_scores(flow, reader)
    draw_course(flow, reader)
    draw_response(flow, reader)
    draw_forms(flow, reader, reader.record.forms, opened, within)
    draw_missing(flow, reader)
    draw_open(flow, reader)


def _ink(flow: Flow, reader: Reader, sealed: bool) -> tuple[bytes, list[Lack]]:
    out, lacking = BytesIO(), list[Lack]()
    when, attached = datetime.fromisoformat(reader.record.printed_at), attachments_of(reader.record)
    canvas = archive.canvas(out, when, title(reader), reader.language, attachments=attached)
    word = standing(reader, sealed)
    for i, page in enumerate(flow.pages):
        pen = Pen(canvas)
        if word != "signed":
            pen.watermark(reader.say(f"{word}_mark"), WATERMARK)
        if i:
            draw_small_banner(pen, reader)
        for draw in page:
            draw(pen)
        _foot(pen, reader, i + 1, len(flow.pages))
        canvas.showPage()
        lacking += heard(pen, i + 1)
    canvas.save()
    return out.getvalue(), lacking


def _foot(pen: Pen, reader: Reader, page: int, pages: int) -> None:
    """Head hash, program, definition, time of print, page x of y."""
    record = reader.record
    origin, seq, head = record.head
    top = PAGE_BOTTOM + 8
    pen.rule(MARGIN, top, RIGHT, top, THIN)
    pen.line_of(MARGIN, top + 11, [Run(reader.say("head") + " ", 7, True), Run(grouped(head), 7)])
    authority = grouped(record.ca_fingerprint[:16])
    pen.text(RIGHT, top + 11, Run(reader.say("ca_short", authority), 7), "right")
    digest = grouped(record.metadata_digest.removeprefix("sha256:")[:12])
    parts = (
        reader.say("row", origin, seq), reader.say("program", record.program_version),
        reader.say("definition", f"{record.definition.oid} {digest}…"),
        reader.say("printed", reader.moment(record.printed_at)),
    )  # fmt: skip
    pen.text(MARGIN, top + 21, Run(" · ".join(parts), 7))
    pen.text(RIGHT, top + 21, Run(reader.say("page", page, pages), 8, True), "right")


def seal_page(record: VisitRecord, language: Language, seal: Seal, height: float) -> bytes:
    """The visible part of the file's signature as a page of its own."""
    out = BytesIO()
    canvas = archive.canvas(out, datetime.fromisoformat(seal.when), "", language, (TEXT_WIDTH, height))
    draw_seal(Pen(canvas, height), Reader(record, language), seal, LEADING[language])
    canvas.showPage()
    canvas.save()
    return out.getvalue()
