"""What stands around a form on every page: head, participant label, visit and date, signature line, foot."""

from __future__ import annotations

from attrs import frozen
from reportlab.lib.units import mm

from crf_desktop.model.definition import StudyEventDef
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.drawing import MARGIN, RIGHT, TEXT_WIDTH, THIN, Pen, middle
from crf_desktop.report.paper_box import CODES, cells, sign
from crf_desktop.report.paper_field import date_boxes
from crf_desktop.report.paper_mark import QR_TOP, draw_corners
from crf_desktop.report.paper_piece import Piece, beside, under, words
from crf_desktop.report.paper_sheet import SMALL, Sheet, spelled
from crf_desktop.report.typeface import Run, missing, printable, wrap

BODY_TOP, BODY_BOTTOM = 136.5, 762.5
_HEAD_BASE = 40.0
LABEL_LEFT, LABEL_TOP, LABEL_WIDTH = 331.0, QR_TOP, 148.0
LABEL_HEIGHT = 22 * mm
_VISIT_TOP = 105.0
"""Four modules below the QR code."""
_LEGEND_BASE, _SIGN_BASE, _RULE, _FOOT_BASE = 772.0, 790.5, 797.0, 808.0
_TITLE_WIDTH = LABEL_LEFT - MARGIN - 14


@frozen
class PaperLabel:
    """What is known of the participant when paper is printed."""

    subject: str = ""
    """Participant number, ``01-003``; empty: boxes to write it into."""
    site: str = ""
    """Site number; stands in the head."""


@frozen
class Filled:
    """How a filled form was made."""

    printed: str
    """When, and from which row of the log."""
    by: tuple[str, ...]
    """Who recorded the answers."""
    signed: str
    """Who signed it electronically; empty: nobody."""
    when: str
    """Of the signature; without one of the last answer."""


def draw_frame(pen: Pen, sheet: Sheet, label: PaperLabel | None, filled: Filled | None) -> None:
    """All that is the same on every page of a print."""
    draw_corners(pen)
    _label(pen, sheet, label)
    pen.rule(MARGIN, _RULE, RIGHT, _RULE, THIN)
    if sheet.form.layout.blocks:
        _foot(pen, sheet, filled)


def _foot(pen: Pen, sheet: Sheet, filled: Filled | None) -> None:
    """What the missing codes mean, where to sign, how to mark and correct."""
    legend = [Run(sheet.say("missing") + "  ", SMALL, True)]
    for code in CODES:
        legend += [Run(code, SMALL, True), Run(f" {sheet.say(f'missing_{code}')}   ", SMALL)]
    legend.append(Run(sheet.say("part_unknown"), SMALL))
    pen.line_of(MARGIN, _LEGEND_BASE, legend)
    _signatures(pen, sheet, filled)
    word = spelled("correct_annotated" if sheet.annotated else "correct")
    foot = filled.printed if filled else sheet.inline(word)
    size = 7.0
    while Run(foot, size).width > TEXT_WIDTH - 100 and size > 5.5:
        size -= 0.1
    pen.text(MARGIN, _FOOT_BASE, Run(foot, size))


def _label(pen: Pen, sheet: Sheet, label: PaperLabel | None) -> None:
    canvas = pen.canvas
    canvas.setDash([2.2, 1.8])
    pen.box(LABEL_LEFT, LABEL_TOP, LABEL_WIDTH, LABEL_HEIGHT, THIN)
    canvas.setDash([])
    if label is not None and label.subject:
        pen.text(LABEL_LEFT + 8, LABEL_TOP + 13, Run(sheet.say("participant"), 7.5))
        pen.text(LABEL_LEFT + 8, LABEL_TOP + 40, Run(label.subject, 22, True))
        return
    site = label.site if label else ""
    pen.text(LABEL_LEFT + 6, LABEL_TOP + 12, Run(sheet.say("label"), 7.5))
    boxes = beside([cells(2, site[:2]), sign("–"), cells(3)], 2.5, centred=True)
    boxes.ink(pen, LABEL_LEFT + 6, LABEL_TOP + 18)


def _signatures(pen: Pen, sheet: Sheet, filled: Filled | None) -> None:
    """Three lines to sign on; those of a filled form say who and when."""
    if sheet.annotated:
        return
    said: tuple[str, str, str] = ("", "", "")
    if filled is not None:
        said = (_people(sheet, filled.by), filled.signed, filled.when)
    shares = (0.35, 0.37, 0.28)
    x = MARGIN
    for word, share, text in zip(("completed", "signature", "signed_at"), shares, said, strict=True):
        end = x + TEXT_WIDTH * share - (10 if word != "signed_at" else 0)
        label = Run(sheet.say(word), 8)
        pen.text(x, _SIGN_BASE, label)
        start = x + label.width + 5
        pen.rule(start, _SIGN_BASE + 2, end, _SIGN_BASE + 2, THIN)
        pen.text(start + 1, _SIGN_BASE, _fitted(text, end - start - 2))
        x += TEXT_WIDTH * share


def _fitted(text: str, room: float) -> Run:
    """As large as there is room; what the typeface lacks takes the room of its code."""
    shown, size = printable(text), 8.0
    while size > 4 and Run(shown, size, True).width > room:
        size -= 0.25
    while len(shown) > 1 and Run(shown, size, True).width > room:
        shown = shown[:-2] + "…"
    return Run(shown, size, True, missing(text))


def _people(sheet: Sheet, names: tuple[str, ...]) -> str:
    """All of them where there is room, else the first and how many more."""
    room = TEXT_WIDTH * 0.35 - 10 - Run(sheet.say("completed"), 8).width - 5
    whole = ", ".join(names)
    if len(names) < 2 or Run(whole, 7, True).width <= room:
        return whole
    return spelled("more", names[0], len(names) - 1).in_(sheet.languages[0])


def draw_title(pen: Pen, sheet: Sheet) -> None:
    """The title of the form and the line under it, as large as there is room."""
    title, rule = sheet.form.title, sheet.form.rule
    for size, small in ((15, 8), (13, 7.5), (12, 7.5), (11, 7)):
        parts = [_titled(sheet, title, size), sheet.lines(rule, _TITLE_WIDTH, small)]
        whole = under(parts, 1.5)
        if whole.height <= LABEL_TOP + LABEL_HEIGHT + 2 - _HEAD_BASE:
            break
    whole.ink(pen, MARGIN, _HEAD_BASE + 4)


def _titled(sheet: Sheet, title: TranslatedText, size: float) -> Piece:
    """English and Chinese in one line where they fit, else one under the other."""
    one = words([Run(sheet.inline(title), size, True)], 1000)
    return one if one.width <= _TITLE_WIDTH else sheet.lines(title, _TITLE_WIDTH, size, bold=True)


def draw_visit(pen: Pen, sheet: Sheet, event: StudyEventDef, numbers: tuple[str, ...]) -> None:
    """Which visit, the boxes of its date, those of the numbers where visit or form repeat."""
    if sheet.annotated and sheet.event is None:
        _where(pen, sheet)
        return
    made = [beside([words([Run(w, 8.5)], 90), cells(2)], 4) for w in numbers]
    if event.type != "Common":
        date = date_boxes(sheet, (sheet.visit.visit_date or "") if sheet.visit else "")
        made.append(beside([words([Run(sheet.say("visit_date"), 8.5)], 60), date], 6))
    right = beside(made, 12)
    right.ink(pen, RIGHT - right.width, _VISIT_TOP)
    head = Run(sheet.say("visit") + "  ", 8.5)
    tail = [Run(sheet.aside("optional_form"), 7.5)] if sheet.form.oid in event.optional else []
    _in_room(pen, [head], sheet.inline(event.title), tail, TEXT_WIDTH - right.width - 12)


def _where(pen: Pen, sheet: Sheet) -> None:
    """Of an annotated form: its OID, those of its groups, and the visits where it is filled in."""
    groups = " ".join(sheet.form.item_groups)
    visits = " ".join(e.oid for e in sheet.definition.events if sheet.form.oid in e.forms)
    _in_room(pen, [Run(f"{sheet.form.oid} · {groups}   ", 8.5, True)], visits, [], TEXT_WIDTH)


def _in_room(pen: Pen, head: list[Run], text: str, tail: list[Run], room: float) -> None:
    """In one line, smaller where it has to be, at last in two."""
    for size in (11.0, 10.0, 9.0, 8.0):
        lines = wrap([*head, Run(text, size, True), *tail], room)
        if len(lines) == 1:
            break
    for i, line in enumerate(lines[:2]):
        base = middle(_VISIT_TOP, 17, 9) if len(lines) == 1 else _VISIT_TOP + 7 + i * 11
        pen.line_of(MARGIN, base, line)


def draw_numbers(pen: Pen, sheet: Sheet, head: str, page: tuple[int, int], whole: tuple[int, int] | None) -> None:
    """Registry and version at the top with the number of the sheet, the page of the form at the bottom."""
    told = head + (f" · {sheet.say('sheet')} {whole[0]}/{whole[1]}" if whole else "")
    pen.text(MARGIN, _HEAD_BASE, Run(told, 7.5 if Run(told, 7.5).width <= _TITLE_WIDTH else 6.5))
    pen.text(RIGHT, _FOOT_BASE, Run(sheet.say("page", *page), 8, True), "right")
