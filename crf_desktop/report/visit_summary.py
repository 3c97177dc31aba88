"""The visit summary: every answer, score, reason and signature of one visit on paper, and the same file signed."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from attrs import frozen

from crf_desktop.capture.record import VisitRecord
from crf_desktop.errors import Language
from crf_desktop.report import archive
from crf_desktop.report.answer import Reader
from crf_desktop.report.drawing import MARGIN, RIGHT, TEXT_WIDTH, THIN, Pen, grouped
from crf_desktop.report.flow import PAGE_BOTTOM, Flow
from crf_desktop.report.form_section import draw_form
from crf_desktop.report.response_section import draw_response
from crf_desktop.report.typeface import Run
from crf_desktop.report.visit_head import (
    SMALL_BANNER,
    TOP,
    draw_banner,
    draw_head,
    draw_scores,
    draw_small_banner,
    lead,
    title,
)
from crf_desktop.report.visit_tail import (
    Seal,
    draw_missing,
    draw_open,
    draw_seal,
    draw_signatures,
    draw_unsealed,
    seal_place,
)

LEADING: dict[Language, float] = {"en": 1.4, "zh": 1.5}


@frozen
class Drawn:
    """A summary and the place on its last page that waits for the file's own signature."""

    pdf: bytes
    place: tuple[float, float, float, float] | None
    """Left, bottom, right, top in points from the page's lower left corner; None when there is none."""
    n_pages: int


def visit_summary(record: VisitRecord, language: Language) -> bytes:
    """The unsigned summary; the same record gives the same bytes."""
    return draw_summary(record, language, None).pdf


def draw_summary(record: VisitRecord, language: Language, seal: Seal | None) -> Drawn:
    """The summary, with room for the file's own signature when it is to have one."""
    reader = Reader(record, language)
    flow = Flow(TOP, TOP + SMALL_BANNER, PAGE_BOTTOM, LEADING[language])
    draw_head(flow, reader, lead(reader))
    draw_banner(flow, reader)
    draw_scores(flow, reader)
    draw_response(flow, reader)
    for form in record.forms:
        draw_form(flow, reader, form)
    draw_missing(flow, reader)
    draw_open(flow, reader)
    draw_signatures(flow, reader)
    place = None
    if seal is None:
        draw_unsealed(flow, reader)
    else:
        place = seal_place(flow, reader, seal)
    return Drawn(_ink(flow, reader), place, len(flow.pages))


def _ink(flow: Flow, reader: Reader) -> bytes:
    out = BytesIO()
    canvas = archive.canvas(out, datetime.fromisoformat(reader.record.printed_at), title(reader), reader.language)
    for i, page in enumerate(flow.pages):
        pen = Pen(canvas)
        if i:
            draw_small_banner(pen, reader)
        for draw in page:
            draw(pen)
        _foot(pen, reader, i + 1, len(flow.pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _foot(pen: Pen, reader: Reader, page: int, pages: int) -> None:
    """Head hash, program, definition, time of print, page x of y."""
    record = reader.record
    origin, seq, head = record.head
    top = PAGE_BOTTOM + 8
    pen.rule(MARGIN, top, RIGHT, top, THIN)
    pen.line_of(MARGIN, top + 11, [Run(reader.say("head") + " ", 7, True), Run(grouped(head), 7)])
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
