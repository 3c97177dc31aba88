"""The top of a visit summary: title, QR code, banner, scores; and the small banner of the following pages."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.data import FormState, Kind
from crf_desktop.model.lane import rank
from crf_desktop.model.layout import VisualAnalogue
from crf_desktop.report.answer import Reader, age, datum_of, sex, window
from crf_desktop.report.banner import Field, draw_block
from crf_desktop.report.drawing import HAIR, MARGIN, QR_SIDE, RIGHT, TEXT_WIDTH, THICK, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.form_section import begun
from crf_desktop.report.proof import proof_text
from crf_desktop.report.typeface import Run, wrap
from crf_desktop.report.visit_course import before
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
    proof = proof_text(record)
    height = max(QR_SIDE + 10, sum(size * flow.leading + 2 for _, size in lines) + 8)

    def ink(pen: Pen, top: float) -> None:
        pen.qr(RIGHT - QR_SIDE, top, QR_SIDE, proof)
        y = top
        for line, size in lines:
            pen.line_of(MARGIN, middle(y, size * flow.leading, size), line)
            y += size * flow.leading + 2

    flow.draw(height, ink)


def title(reader: Reader) -> str:
    """``Visit summary: week 0``."""
    event = reader.visit_name()
    word, _, rest = event.partition(" ")
    lower = word.lower() if word.isascii() and word[:1].isupper() and word[1:].islower() else word
    return reader.say("log_summary" if of_no_visit(reader) else "summary", f"{lower} {rest}".strip())


def standing(reader: Reader, sealed: bool = False) -> str:
    """``signed``, ``draft``, ``partly`` or ``changed`` since; ``sealed``: the file is to carry its own signature."""
    record = reader.record
    if sealed:
        return "signed"
    if not record.signatures:
        return "draft"
    states = {f.state for f in record.forms if f.state is not FormState.DUE or f.form.oid not in record.event.optional}
    if FormState.CHANGED in states:
        return "changed"
    return "signed" if states <= {FormState.SIGNED} else "partly"


def lead(reader: Reader, sealed: bool = False) -> str:
    """What this is, in how far it is signed, and which version."""
    word = standing(reader, sealed)
    what = reader.say(f"log_lead_{word}" if of_no_visit(reader) else f"lead_{word}")
    return what + _version(reader, word, sealed)


def _version(reader: Reader, word: str, sealed: bool) -> str:
    """Signed files of a visit are counted from 1; a print from the log is none of them."""
    filed = sum(row.kind is Kind.SIGNATURE and not row.path.form for row in reader.record.rows)
    space = "" if reader.language == "zh" else " "
    if sealed:
        return space + reader.say("version_sealed", filed + 1)
    if word != "signed":
        return space + (reader.say("version_draft", filed) if filed else reader.say("version_first"))
    return space + (reader.say("version_printed", filed) if filed else reader.say("version_unfiled"))


def of_no_visit(reader: Reader) -> bool:
    """Whether this is the participant's log: it has no date, no study day and no window."""
    return reader.record.event.type == "Common"


def banner_fields(reader: Reader) -> list[Field]:
    """What the banner says beside the number, label and value."""
    record = reader.record
    study_day = reader.say("day", record.study_day) if record.study_day is not None else reader.say("not_known")
    person = [(reader.say("sex"), sex(reader)), (reader.say("age"), age(reader))]
    if of_no_visit(reader):
        return person
    return [
        *person,
        (reader.say("visit"), reader.visit_name(short=True)),
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
    """One box per score of the visit: value with maximum or unit, band or why it is not final, and what it was."""
    forms = sorted(reader.record.forms, key=lambda f: rank(reader.definition, f.form.oid))
    boxes = [box for form in forms if begun(form) for box in _boxes(reader, form)]
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
        under = why or ("" if band == "–" else band)
        found.append(_Score(method.label.in_(reader.language), value, _with_base(reader, form, oid, under)))
    for block in form.form.layout.blocks:
        if isinstance(block, VisualAnalogue):
            found.append(_analogue(reader, form, block))
    return found


def _analogue(reader: Reader, form: FormRecord, block: VisualAnalogue) -> _Score:
    item, datum = reader.definition.item[block.item], datum_of(form, block.item)
    title, answered = form.form.short_title.in_(reader.language), datum.value is not None
    shown = Run(datum.value or "–", 14, True)
    unit = Run(f"\u00a0{reader.unit(datum.unit_oid)}\u00a0/{block.maximum}" if answered else "", 8)
    under = "" if answered else reader.answer(item, datum) or reader.say("no_answer")
    return _Score(title, (shown, unit), _with_base(reader, form, block.item, under))


def _with_base(reader: Reader, form: FormRecord, oid: str, under: str) -> str:
    """What stands under a score, and in a line of its own what it was at day 0."""
    value = before(reader, form.form.oid, oid)
    if not value:
        return under
    name = reader.visit_title(reader.definition.banner.day_zero_event).partition(" · ")[0]
    return "\n".join(line for line in (under, reader.say("at_base", name, value)) if line)
