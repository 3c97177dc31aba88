"""The end of a visit summary: what is missing, what is open, who signed, and the place for the file's own signature."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from crf_desktop.capture.record import FormRecord, QueryLine, QueryRecord, SignatureRecord
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import split
from crf_desktop.report.answer import Reader, signed_together
from crf_desktop.report.block import BODY, addresses, name_at
from crf_desktop.report.drawing import MARGIN, PAGE_HEIGHT, RIGHT, TEXT_WIDTH, THICK, THIN, Pen, grouped, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.form_section import INDENT, mark
from crf_desktop.report.typeface import Run, wrap
from crf_desktop.report.visit_head import of_no_visit
from crf_desktop.wording.figure import NBSP
from crf_desktop.wording.signature import REASONS, SINCE

_LEFT, _PAD = 285.0, 10.0

Note = tuple[Glyph, list[Run]]


def draw_missing(flow: Flow, reader: Reader) -> None:
    """Every item that carries a reason instead of a value."""
    found: list[Note] = []
    for form in reader.record.forms:
        for at, item in addresses(reader, form):
            one = form.items.get(at)
            if one is not None and one.datum.null_flavor is not None:
                place = (form.form.short_title.in_(reader.language), name_at(reader, form, at))
                name = reader.say("comma").join(place)
                remark = reader.say("comma") + one.remark if one.remark else ""
                why = reader.say("colon") + reader.answer(item, one.datum) + remark
                found.append((Glyph.MISSING, [Run(name, BODY, True), Run(why, BODY)]))
    flow.title(reader.say("missing_head"), keep=16)
    _notes(flow, found or [(Glyph.COMPLETE, [Run(reader.say("none_missing"), BODY)])])


def draw_open(flow: Flow, reader: Reader) -> None:
    """Open queries and questions without an answer."""
    record = reader.record
    found: list[Note] = []
    for form in record.forms:
        if form.items or form.form.oid not in record.event.optional:
            found += _unanswered(reader, form)
    if not found:
        found.append((Glyph.COMPLETE, [Run(reader.say("all_answered"), BODY)]))
    asked = [(form, query) for form in record.forms for query in form.queries]
    count = max(record.n_open_query, len(asked))
    if count:
        found.append((Glyph.QUERY, [Run(reader.say("n_query" if count == 1 else "n_queries", count), BODY, True)]))
    else:
        none = reader.say("log_no_query" if of_no_visit(reader) else "no_query")
        found.append((Glyph.COMPLETE, [Run(none, BODY)]))
    found += [(Glyph.QUERY, _thread(reader, form, query)) for form, query in asked]
    flow.title(reader.say("open_signed" if record.signatures else "open"), keep=16)
    _notes(flow, found)


def _thread(reader: Reader, form: FormRecord, query: QueryRecord) -> list[Run]:
    """The place and state of a query, then a line for each thing said."""
    about = name_at(reader, form, query.item) if query.item else reader.say("whole_form")
    place = reader.say("comma").join((form.form.short_title.in_(reader.language), about))
    return thread_runs(reader, place, query)


def thread_runs(reader: Reader, place: str, query: QueryRecord, size: float = BODY) -> list[Run]:
    """A query under the name of its place: its state, then a line for each thing said."""
    state = reader.say("colon") + reader.say(f"query_{query.state}")
    said = "".join("\n" + _said(reader, line) for line in query.lines)
    return [Run(place, size, True), Run(state + said, size)]


def _said(reader: Reader, line: QueryLine) -> str:
    who = reader.say("comma").join((reader.person(line.by), reader.moment(line.when), reader.say(f"query_{line.act}")))
    words = [line.found.in_(reader.language)] if line.found else []
    words += [line.text] if line.text else []
    return who + reader.say("colon") + "\n".join(words) if words else who


def _unanswered(reader: Reader, form: FormRecord) -> list[Note]:
    asked = [at for at, item in addresses(reader, form) if item.mandatory and at in form.relevant]
    open_items = [at for at in asked if not (at in form.items and form.items[at].datum.answered)]
    name = Run(form.form.short_title.in_(reader.language), BODY, True)
    if not form.items:
        return [(Glyph.DUE, [Run(reader.say("not_begun", name.text), BODY, True)])]
    if not open_items:
        return []
    labels = reader.say("and").join(name_at(reader, form, at) for at in open_items)
    return [(Glyph.DUE, [Run(reader.say("unanswered", name.text, labels), BODY)])]


def _notes(flow: Flow, found: Sequence[Note]) -> None:
    for glyph, runs in found:
        flow.paragraph(runs, INDENT, mark(glyph, flow.leading))
    flow.gap(10)


@frozen
class _Line:
    runs: tuple[Run, ...]
    glyph: Glyph | None = None


def draw_signatures(flow: Flow, reader: Reader, sealed: float = 0.0) -> None:
    """One box per act of signing; a draft's mark when there is none and the file is to carry none of its own.

    ``sealed``: points that follow where the file is to carry one.
    """
    acts = signed_together(reader.record.signatures)
    flow.title(reader.say("signatures"), keep=80 if acts or not sealed else min(sealed, flow.page_room - 40))
    if not acts and not sealed:
        lines = [_Line((Run(reader.say("not_signed"), 12, True),)), _Line((Run(reader.say("not_signed_why"), BODY),))]
        _box(flow, lines, [])
    draw_acts(flow, reader)


def draw_acts(flow: Flow, reader: Reader) -> None:
    """One box per act of signing: who, when, in which meaning, which forms, and the three answers."""
    for act in signed_together(reader.record.signatures):
        _box(flow, _who(reader, act), _standing(reader, act))


def _named(reader: Reader, form_address: str) -> str:
    """``ESSDAI``; ``Adverse event 2`` where a form repeats."""
    key = split(form_address)[1]
    name = reader.definition.form_at(form_address).short_title.in_(reader.language)
    return f"{name}{'' if reader.language == 'zh' else NBSP}{key}" if key else name


def _who(reader: Reader, act: Sequence[SignatureRecord]) -> list[_Line]:
    first = act[0]
    forms = [_named(reader, s.form) for s in act]
    every = len(forms) == len(reader.record.forms)
    named = reader.say("all_forms", len(forms)) if every else reader.say("and").join(forms)
    meaning = first.meaning.in_(reader.language)
    return [
        _Line((Run(reader.say("signed_by"), 7.5),)),
        _Line((Run(reader.person(first.person), 11, True),)),
        _Line(
            (
                Run(
                    f"{reader.role(first.role)}{reader.say('comma')}{reader.moment(first.when, seconds=True)}",
                    BODY + 0.5,
                ),
            )
        ),
        _Line((Run(reader.say("quoted", meaning), BODY + 0.5),)),
        _Line((Run(reader.say("signed_forms", named), 7.5),)),
    ]


def _standing(reader: Reader, act: Sequence[SignatureRecord]) -> list[_Line]:
    answers = (
        ("intact", all(s.intact for s in act)),
        ("current", all(s.current for s in act)),
        ("valid", all(s.valid for s in act)),
    )
    lines = [
        _Line((Run(reader.say(word if holds else f"not_{word}"), BODY),), Glyph.MET if holds else Glyph.NOT_MET)
        for word, holds in answers
    ]
    if not all(s.current for s in act):
        lines.append(_Line((Run(reader.say("stale"), 7.5),)))
    zh = reader.language == "zh"
    told = [REASONS[code][zh] for s in act for code in s.reasons if code != "changed"]
    told += [SINCE[s.since][zh] for s in act if s.since]
    lines += [_Line((Run(sentence, 7.5),)) for sentence in dict.fromkeys(told)]
    if any(s.trust != "certified" for s in act):
        lines.append(_Line((Run(reader.say("trust_pending"), 7.5),)))
    fingerprint = reader.record.ca_fingerprint
    said = (
        reader.say("certificate", grouped(act[0].certificate_serial)), reader.say("ca_sha"),
        grouped(fingerprint[:32]), grouped(fingerprint[32:]),
    )  # fmt: skip
    return [*lines, *(_Line((Run(text, 7.5),)) for text in said)]


def _box(flow: Flow, left: Sequence[_Line], right: Sequence[_Line]) -> None:
    laid_left = _lay(left, (_LEFT if right else TEXT_WIDTH) - 2 * _PAD)
    laid_right = _lay(right, TEXT_WIDTH - _LEFT - _PAD)
    height = max(_height(flow.leading, laid_left), _height(flow.leading, laid_right)) + 2 * _PAD - 4

    def ink(pen: Pen, top: float) -> None:
        _column(flow.leading, pen, MARGIN + _PAD, top + _PAD - 2, laid_left)
        _column(flow.leading, pen, MARGIN + _LEFT, top + _PAD - 2, laid_right)
        pen.box(MARGIN, top, TEXT_WIDTH, height, THICK)

    flow.draw(height, ink)
    flow.gap(8)


def _lay(lines: Sequence[_Line], room: float) -> list[_Line]:
    laid = []
    for line in lines:
        shift = INDENT if line.glyph else 0
        laid += [
            _Line(tuple(words), line.glyph if i == 0 else None) for i, words in enumerate(wrap(line.runs, room - shift))
        ]
    return laid


def _height(leading: float, lines: Sequence[_Line]) -> float:
    return sum(max((r.size for r in line.runs), default=8) * leading for line in lines)


def _column(leading: float, pen: Pen, x: float, y: float, lines: Sequence[_Line]) -> None:
    for line in lines:
        size = max((r.size for r in line.runs), default=8)
        height = size * leading
        if line.glyph:
            pen.glyph(x, y + (height - 8.5) / 2, 8.5, line.glyph)
        pen.line_of(x + (INDENT if line.glyph else 0), middle(y, height, size), line.runs)
        y += height


@frozen
class Seal:
    """What the visible part of the file's own signature says."""

    name: str
    when: str
    """ISO 8601 with offset."""
    serial: str
    """Hex."""
    bits: int = 3072
    """Of its RSA key."""
    issuer: str = ""
    """Who issued it, where that is not the study."""
    second: bool = False
    """Whether another person is to sign after this one."""


def draw_unsealed(flow: Flow, reader: Reader) -> None:
    """Says that the file carries no signature of its own, and whose study it is."""
    said = reader.say("file_unsigned"), reader.say("ca_whole", grouped(reader.record.ca_fingerprint))
    lines = _lay([_Line((Run(one, 7.5),)) for one in said], TEXT_WIDTH - 2 * _PAD)
    height = _height(flow.leading, lines) + 10

    def ink(pen: Pen, top: float) -> None:
        pen.box(MARGIN, top, TEXT_WIDTH, height, THIN)
        _column(flow.leading, pen, MARGIN + _PAD, top + 5, lines)

    flow.draw(height, ink)


def seal_height(flow: Flow, reader: Reader, seal: Seal) -> float:
    """Points that the visible part of the file's own signature takes."""
    return _seal_height(flow.leading, *_seal_lines(reader, seal))


def seal_place(flow: Flow, reader: Reader, seal: Seal) -> tuple[float, float, float, float]:
    """Leaves room for the file's own signature and returns the box (left, bottom, right, top from the page's foot)."""
    height = seal_height(flow, reader, seal)
    flow.draw(height, lambda pen, top: None)
    return (MARGIN, PAGE_HEIGHT - flow.y, RIGHT, PAGE_HEIGHT - flow.y + height)


def draw_seal(pen: Pen, reader: Reader, seal: Seal, leading: float) -> None:
    """The visible part of the file's own signature, on a page of the size of its box."""
    left, right = _seal_lines(reader, seal)
    edges, wanted = 2 * _PAD - 4, _seal_height(leading, left, right)
    if wanted > pen.height:  # a second signer's name may take more lines than the first one's, whose box it has
        leading *= (pen.height - edges) / (wanted - edges)
    pen.box(THIN, THIN, TEXT_WIDTH - 2 * THIN, pen.height - 2 * THIN, THICK)
    pen.glyph(_PAD, _PAD, 14, Glyph.SIGNED)
    _column(leading, pen, _PAD + _SEAL_MARK, _PAD - 2, left)
    _column(leading, pen, _LEFT, _PAD - 2, right)


_SEAL_MARK = 24.0


def _seal_lines(reader: Reader, seal: Seal) -> tuple[list[_Line], list[_Line]]:
    left = (
        (reader.say("file_signed"), 7.5, False), (seal.name, 11, True),
        (reader.moment(seal.when, seconds=True), BODY + 0.5, False), (reader.say("file_clock"), 7, False),
        (reader.say("ca_whole", grouped(reader.record.ca_fingerprint)), 7, False),
    )  # fmt: skip
    room = TEXT_WIDTH - _LEFT - _PAD
    issuer = _lay([_Line((Run(reader.say("file_issuer", seal.issuer), 7.5),))], room)[:1] if seal.issuer else []
    level = reader.say("file_level_second" if seal.second else "file_level", seal.bits)
    right, check = (level, reader.say("certificate", grouped(seal.serial))), reader.say("verify")
    return (
        _lay([_Line((Run(*one),)) for one in left], _LEFT - 2 * _PAD - _SEAL_MARK),
        [*_lay([_Line((Run(one, 7.5),)) for one in right], room), *issuer, *_lay([_Line((Run(check, 7.5),))], room)],
    )


def _seal_height(leading: float, left: Sequence[_Line], right: Sequence[_Line]) -> float:
    return max(_height(leading, left), _height(leading, right)) + 2 * _PAD - 4
