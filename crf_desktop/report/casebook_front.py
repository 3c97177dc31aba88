"""The title page of a casebook: whose, where, consent, state, who signed, and what it all rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from crf_desktop.capture.record import FormRecord, SignatureRecord
from crf_desktop.model.data import FormState
from crf_desktop.model.expression import names, reaches
from crf_desktop.report.answer import Reader, age, sex
from crf_desktop.report.banner import draw_block
from crf_desktop.report.casebook_source import Source
from crf_desktop.report.document import Edge
from crf_desktop.report.drawing import QR_SIDE, RIGHT, TEXT_WIDTH, grouped
from crf_desktop.report.flow import Flow
from crf_desktop.report.form_section import begun
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run

_LABEL = 118.0
_TEXT = 8.5
_HEX = 12
Fact = tuple[str, Sequence[str]]
"""Label and lines."""


def edge_of(source: Source) -> Edge:
    """Study and participant above every page, log, program and definition below it."""
    first, reader = source.record.first, source.front
    left = source.say("edge_left", first.registry, first.site)
    right = " · ".join((source.record.subject, sex(reader), reader.day(first.birth_date)))
    digest = grouped(first.metadata_digest.removeprefix("sha256:")[:_HEX])
    printed = reader.moment(first.printed_at)
    told = (grouped(first.head[2][:_HEX]), first.program_version, first.definition.oid, digest, printed)
    return Edge(left, right, source.say("edge_foot", *told), source.say("page"))


def draw_front(flow: Flow, source: Source, proof: str) -> None:
    """The title page; ``proof``: what the QR code says of the attached data and the log."""
    first, reader, top = source.record.first, source.front, flow.y
    flow.pages[-1].append(lambda pen: pen.qr(RIGHT - QR_SIDE, top, QR_SIDE, proof))
    flow.paragraph([Run(f"{first.registry} · {first.study_oid}", 9)])
    flow.gap(10)
    flow.title(source.say("title"), size=22)
    flow.title(first.study_name.in_(source.language), size=12)
    flow.gap(12)
    draw_block(flow, reader.say("participant"), source.record.subject, _person(source))
    flow.paragraph([Run(source.say("lead_book"), _TEXT)])
    flow.gap(12)
    draw_facts(flow, source.say("state"), [*_state(source), *_gates(source)])
    draw_facts(flow, source.say("signers"), list(_signers(source)) or [("", [source.say("nobody_signed")])])
    draw_facts(flow, source.say("proof"), _proof(source))


def _person(source: Source) -> list[tuple[str, str]]:
    first, reader = source.record.first, source.front
    zero = reader.day(reader.day_zero.isoformat()) if reader.day_zero else reader.say("not_known")
    last = max((v.visit_date for v in source.record.visits if v.visit_date), default=None)
    return [
        (reader.say("sex"), sex(reader)), (source.say("birth"), reader.day(first.birth_date)),
        (reader.say("age"), age(source.visits[-1] if source.visits else reader)), (source.say("day_zero"), zero),
        (source.say("last_visit"), reader.day(last)), (source.front.say("site", "").strip().capitalize(), first.site),
    ]  # fmt: skip


def draw_facts(flow: Flow, title: str, found: Sequence[Fact]) -> None:
    """Lines under one title, labels at the left."""
    rows = [
        Row((cell(label, size=7.5), Cell((Run("\n".join(lines), 8),)))) for label, lines in found if label or lines
    ]
    head = Row((cell(title, True, size=8), Cell()), True)
    draw_table(flow, Table((_LABEL, TEXT_WIDTH - _LABEL), tuple(rows), (head,)))
    flow.gap(8)


def _state(source: Source) -> list[Fact]:
    record = source.record
    forms = [f for v in (*record.visits, *record.logs) for f in v.forms if begun(f)]
    signed = sum(f.state in (FormState.SIGNED, FormState.CHANGED) for f in forms)
    changed = sum(f.state is FormState.CHANGED for f in forms)
    wanted = len(record.visits) + sum(not a.away for a in record.absent)
    still_open = sum(not t.query.state.done for t in record.threads)
    return [
        (source.say("col_visit"), [source.say("state_visits", *_counted(source, len(record.visits), wanted))]),
        (source.say("col_forms"), [source.say("state_forms", len(forms), signed, changed)]),
        (source.say("c_query"), [source.say("state_queries", len(record.threads), still_open)]),
    ]


def _counted(source: Source, part: int, whole: int) -> tuple[int, int]:
    """As the sentence of the language takes them."""
    return (whole, part) if source.language == "zh" else (part, whole)


def _gates(source: Source) -> Iterator[Fact]:
    """The forms without which most visits may not begin (consent): how they stand, and what the visits ask of them."""
    definition = source.record.definition
    closed = Counter(why.expression for event in definition.events for why in event.closed)
    asked = [text for text, _ in closed.most_common(1)]
    told = [n for text in asked for n in (*sorted(names(text)), *sorted(call[-1] for call in reaches(text)))]
    methods = [definition.method_by_name[n] for n in dict.fromkeys(told) if n in definition.method_by_name]
    oids = [definition.form_of_method.get(m.oid, "") for m in methods]
    oids += [definition.form_of_item[definition.item_by_name[n].oid] for n in told if n in definition.item_by_name]
    for oid in dict.fromkeys(oids):
        for reader, form in _held(source, oid):
            yield _gate(source, reader, form, [m.oid for m in methods if definition.form_of_method.get(m.oid) == oid])


def _held(source: Source, oid: str) -> Iterator[tuple[Reader, FormRecord]]:
    for reader in source.readers:
        yield from ((reader, form) for form in reader.record.forms if form.form.oid == oid and begun(form))


def _gate(source: Source, reader: Reader, form: FormRecord, methods: Sequence[str]) -> Fact:
    since = min(i.recorded_at for i in form.items.values())
    lines = [source.say("gate_since", reader.say(f"state_{form.state}"), reader.moment(since))]
    for oid in methods:
        text, why = reader.score(oid, form.derived.get(oid))
        label = reader.definition.method[oid].label.in_(source.language)
        lines.append(source.say("gate_state", label, why or text))
    return form.form.title.in_(source.language), lines


def _signers(source: Source) -> Iterator[Fact]:
    """Everybody who signed: role, how many forms, when last."""
    found: dict[tuple[str, str], list[SignatureRecord]] = {}
    for reader in source.readers:
        for one in reader.record.signatures:
            found.setdefault((reader.person(one.person), one.role), []).append(one)
    reader = source.front
    for (person, role), told in found.items():
        last = max(told, key=lambda s: datetime.fromisoformat(s.when)).when
        word = "n_form" if len(told) == 1 else "n_forms"
        yield reader.role(role), [f"{person}{reader.say('colon')}{source.say(word, len(told), reader.moment(last))}"]


def _proof(source: Source) -> list[Fact]:
    first, reader = source.record.first, source.front
    heads = source.record.heads.items()
    logs = [(source.say("log", origin), [source.say("log_head", n, grouped(head))]) for origin, (n, head) in heads]
    digest = grouped(first.metadata_digest.removeprefix("sha256:"))
    told = (reader.moment(first.printed_at, seconds=True), first.program_version)
    return [
        *logs,
        (source.say("definition"), [f"{first.definition.oid} {digest}"]),
        (source.say("authority"), [grouped(first.ca_fingerprint)]),
        (source.say("printed"), [source.say("printed_by", *told)]),
        (source.say("data"), [source.say("data_files")]),
    ]
