"""The recovery code on paper: one page, or one page for each of three persons, with the code and as a QR code."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from textwrap import wrap

from attrs import frozen

from crf_desktop.errors import Language
from crf_desktop.report import archive
from crf_desktop.report.document import HEAD, LEADING, TOP, Edge, draw_edge
from crf_desktop.report.drawing import MARGIN, RIGHT, Pen
from crf_desktop.report.flow import PAGE_BOTTOM, Flow
from crf_desktop.report.typeface import Run
from crf_desktop.wording import figure
from crf_desktop.wording.recovery import RECOVERY

_QR = 150.0
_LINE = 34.0


@frozen
class Sheet:
    """What is printed; ``lines`` holds the code, or three shares."""

    study_oid: str
    site: str
    origin: str
    slot: int
    made: str
    """ISO with offset."""
    lines: tuple[str, ...]


def recovery_pdf(sheet: Sheet, language: Language) -> bytes:
    """The paper; the same sheet gives the same bytes."""
    title = _say(language, "title")
    out = BytesIO()
    canvas = archive.canvas(out, datetime.fromisoformat(sheet.made), title, language)
    made = _say(language, "made", figure.moment(sheet.made, language), sheet.slot)
    edge = Edge(sheet.study_oid, sheet.site, made, _say(language, "page"))
    for number, line in enumerate(sheet.lines, 1):
        flow = _page(sheet, line, number, language)
        pen = Pen(canvas)
        draw_edge(pen, edge, number, len(sheet.lines))
        for draw in flow.pages[0]:
            draw(pen)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(sheet: Sheet, line: str, number: int, language: Language) -> Flow:
    shared = len(sheet.lines) > 1
    tail = "_share" if shared else ""
    flow = Flow(TOP + HEAD, TOP + HEAD, PAGE_BOTTOM, LEADING[language])
    told = _say(language, "title_share", number, len(sheet.lines)) if shared else _say(language, "title")
    flow.title(told, size=20)
    flow.gap(6)
    flow.paragraph([Run(_say(language, "study", sheet.study_oid, sheet.site, sheet.origin), 10)])
    flow.paragraph([Run(_say(language, "made", figure.moment(sheet.made, language), sheet.slot), 10)])
    flow.gap(14)
    flow.paragraph([Run(_say(language, f"what{tail}"), 11)])
    flow.gap(16)
    _code(flow, line, shared=shared)
    flow.gap(14)
    flow.draw(_QR, lambda pen, top: pen.qr(MARGIN, top, _QR, line))
    flow.gap(16)
    for word in (f"check{tail}", "keep_1", "keep_2", "keep_3"):
        flow.paragraph([Run(_say(language, word), 10)])
        flow.gap(5)
    flow.gap(40)
    flow.draw(2, lambda pen, top: pen.rule(MARGIN, top, RIGHT, top))
    flow.gap(2)
    flow.paragraph([Run(_say(language, "holder"), 8)])
    return flow


def _code(flow: Flow, line: str, *, shared: bool) -> None:
    """A code in two lines of four groups; words numbered, since the program names a wrong one by its number."""
    if shared:
        words = [f"{at} {word}" for at, word in enumerate(line.split(), 1)]
        for text in wrap("   ".join(word.replace(" ", "\u00a0") for word in words), 74):
            flow.paragraph([Run(text, 12, True)])
            flow.gap(4)
        return
    groups = line.split("-")
    for part in (groups[:4], groups[4:]):
        text = "  –  ".join(part)
        flow.draw(_LINE, lambda pen, top, text=text: pen.text(MARGIN, top + 24, Run(text, 22, True)))  # type: ignore[misc]


def _say(language: Language, word: str, *values: object) -> str:
    return RECOVERY[word][language == "zh"].format(*values) if values else RECOVERY[word][language == "zh"]
