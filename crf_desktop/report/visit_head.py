"""The top of a visit summary: title, QR code, banner, scores; and the small banner of the following pages."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.layout import VisualAnalogue
from crf_desktop.report.answer import Reader, age, datum_of, sex, window
from crf_desktop.report.banner import Field, draw_block
from crf_desktop.report.drawing import HAIR, MARGIN, QR_SIDE, RIGHT, TEXT_WIDTH, THICK, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run, wrap
from crf_desktop.wording.figure import number

TOP = 32.0
SMALL_BANNER = 26.0
_MOST_SCORES = 5


def draw_head(flow: Flow, reader: Reader, lead: str) -> None:
    """Study line, title, one line on what this is, QR code at the right."""
    record = reader.record
    room = TEXT_WIDTH - QR_SIDE - 16
    study = f"{record.registry} · {reader.say('site', record.site)} · {record.study_name.in_(reader.language)}"
    lines = [(line, 8.0) for line in wrap([Run(study, 8)], room)]
    lines += [(line, 17.0) for line in wrap([Run(title(reader), 17, True)], room)]
    lines += [(line, 8.0) for line in wrap([Run(lead, 8)], room)]
    height = max(QR_SIDE + 10, sum(size * flow.leading + 2 for _, size in lines) + 8)

    def ink(pen: Pen, top: float) -> None:
        pen.qr(RIGHT - QR_SIDE, top, QR_SIDE, qr_content(reader))
        y = top
        for line, size in lines:
            pen.line_of(MARGIN, middle(y, size * flow.leading, size), line)
            y += size * flow.leading + 2

    flow.draw(height, ink)


def title(reader: Reader) -> str:
    """``Visit summary: week 0``."""
    event = reader.record.event.title.in_(reader.language)
    word, _, rest = event.partition(" ")
    lower = word.lower() if word.isascii() and word[:1].isupper() and word[1:].islower() else word
    return reader.say("log_summary" if of_no_visit(reader) else "summary", f"{lower} {rest}".strip())


def lead(reader: Reader) -> str:
    """One line on what this is."""
    signed = "signed" if reader.record.signatures else "draft"
    return reader.say(f"log_lead_{signed}" if of_no_visit(reader) else f"lead_{signed}")


def of_no_visit(reader: Reader) -> bool:
    """Whether this is the participant's log: it has no date, no study day and no window."""
    return reader.record.event.type == "Common"


def qr_content(reader: Reader) -> str:
    """Study, participant, visit, origin, row and head hash; upper case, so that the code stays coarse."""
    record = reader.record
    origin, seq, head = record.head
    return f"CRF:1/{record.study_oid}/{record.subject}/{record.event.oid}/{origin}/{seq}/{head}".upper()


def banner_fields(reader: Reader) -> list[Field]:
    """What the banner says beside the number, label and value."""
    record = reader.record
    study_day = reader.say("day", record.study_day) if record.study_day is not None else reader.say("not_known")
    person = [(reader.say("sex"), sex(reader)), (reader.say("age"), age(reader))]
    if of_no_visit(reader):
        return person
    return [
        *person,
        (reader.say("visit"), record.event.short_title.in_(reader.language)),
        (reader.say("visit_date"), reader.day(record.visit_date)),
        (reader.say("study_day"), study_day),
        (reader.say("window"), window(reader)),
    ]


def draw_banner(flow: Flow, reader: Reader) -> None:
    """The participant's number in a black block, then the fields."""
    draw_block(flow, reader.say("participant"), reader.record.subject, banner_fields(reader))


def draw_small_banner(pen: Pen, reader: Reader) -> None:
    """Number, sex, age, visit, date and day on one line, on every page but the first; never cut."""
    subject = Run(reader.record.subject, 10, True)
    block = subject.width + 12
    pen.box(MARGIN, TOP, block, 16, 0, 0)
    pen.text(MARGIN + 6, middle(TOP, 16, 10), subject, white=True)
    text = " · ".join(value for _, value in banner_fields(reader)[:5])
    room = TEXT_WIDTH - block - 8
    size = min(8.5, 8.5 * room / Run(text, 8.5, True).width)
    said, name = Run(text, size, True), Run(title(reader), 8)
    pen.text(MARGIN + block + 8, middle(TOP, 16, size), said)
    if said.width + name.width + 12 <= room:
        pen.text(RIGHT, middle(TOP, 16, 8), name, "right")
    pen.rule(MARGIN, TOP + 18.5, RIGHT, TOP + 18.5, THICK)


@frozen
class _Score:
    label: str
    value: tuple[Run, ...]
    under: str
    """Band, or why it is not final."""


def draw_scores(flow: Flow, reader: Reader) -> None:
    """One box per score of the visit: value with its maximum or unit, band, and why when it is not final."""
    boxes = [box for form in reader.record.forms for box in _boxes(reader, form)]
    rows = -(-len(boxes) // _MOST_SCORES)
    each = -(-len(boxes) // rows) if rows else 0
    for i in range(rows):
        _score_row(flow, boxes[i * each : (i + 1) * each])
    flow.gap(14)


def _score_row(flow: Flow, boxes: Sequence[_Score]) -> None:
    width = TEXT_WIDTH / len(boxes)
    labels = [wrap([Run(b.label, 7.5)], width - 14) for b in boxes]
    unders = [wrap([Run(b.under, 7)], width - 14) if b.under else [] for b in boxes]
    first = 3 + 10 * max(len(lines) for lines in labels)
    height = first + 24 + 9.5 * max(len(lines) for lines in unders) + 3

    def ink(pen: Pen, top: float) -> None:
        for i, (box, label, under) in enumerate(zip(boxes, labels, unders, strict=True)):
            x = MARGIN + i * width
            for j, line in enumerate(label):
                pen.line_of(x + 8, top + 12.5 + 10 * j, line)
            pen.line_of(x + 8, top + first + 17, box.value)
            for j, line in enumerate(under):
                pen.line_of(x + 8, top + first + 28 + j * 9.5, line)
            if i:
                pen.rule(x, top, x, top + height, HAIR)
        pen.box(MARGIN, top, TEXT_WIDTH, height, THICK)

    flow.draw(height, ink)


def _boxes(reader: Reader, form: FormRecord) -> list[_Score]:
    """Of a form's scores, and of its line where it has one."""
    found = []
    for oid in form.form.scores:
        method = reader.definition.method[oid]
        text, why = reader.score(oid, form.derived.get(oid))
        band = reader.score(method.band, form.derived.get(method.band))[0] if method.band and not why else ""
        behind = f"/{number(method.maximum)}" if method.maximum else reader.unit(method.unit)
        value = (Run(text, 14, True), Run(f"\u00a0{behind}" if text != "–" and behind else "", 8))
        found.append(_Score(method.label.in_(reader.language), value, why or ("" if band == "–" else band)))
    for block in form.form.layout.blocks:
        if isinstance(block, VisualAnalogue):
            item, datum = reader.definition.item[block.item], datum_of(form, block.item)
            shown = Run(datum.value, 14, True) if datum.value is not None else Run("–", 14, True)
            unit = Run(
                f"\u00a0{reader.unit(datum.unit_oid)}\u00a0/{block.maximum}" if datum.value is not None else "", 8
            )
            under = "" if datum.value is not None else reader.answer(item, datum) or reader.say("no_answer")
            found.append(_Score(form.form.short_title.in_(reader.language), (shown, unit), under))
    return found
