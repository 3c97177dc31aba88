"""The lists of a casebook: visits, logs, queries with their threads, signed files, people who wrote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from crf_desktop.capture.record import FormRecord
from crf_desktop.capture.records import columns_of
from crf_desktop.exchange.audit_table import local_time
from crf_desktop.model.data import Change, FormState
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.block import name_at
from crf_desktop.report.casebook_source import Source
from crf_desktop.report.document import Document
from crf_desktop.report.drawing import TEXT_WIDTH, grouped
from crf_desktop.report.flow import Flow
from crf_desktop.report.form_section import begun
from crf_desktop.report.statistical_cell import heads_of, left, right, table, widths
from crf_desktop.report.table import Cell, Row, cell
from crf_desktop.report.typeface import Run
from crf_desktop.report.visit_tail import thread_runs

_DATE = 74.0
_NUMBER = 22.0


def draw_schedule(document: Document, source: Source) -> None:
    """Every visit with its date, forms, signatures and open queries; why one did not take place."""
    rows = [_visit_row(source, reader) for reader in source.visits]
    for one in source.record.absent:
        why = " ".join(w.in_(source.language) for w in one.reasons)
        word = source.say("not_taken" if one.away else "to_come")
        cells = (left(one.event.title.in_(source.language)), Cell((Run(word, 7.5), *_small(why))))
        rows.append(Row(cells, widths=(170.0, TEXT_WIDTH - 170.0)))
    words = ("col_visit", "col_date", "col_day", "col_forms", "col_signed", "col_open")
    head = heads_of(*(source.say(word) for word in words), right=(2, 3, 4, 5))
    table(document.body, widths(170, _DATE, 44, 0, 70, 80), head, rows)


def _small(text: str) -> tuple[Run, ...]:
    return (Run(f"  {text}", 7),) if text else ()


def _visit_row(source: Source, reader: Reader) -> Row:
    record, forms = reader.record, [f for f in reader.record.forms if begun(f)]
    signed = sum(f.state is FormState.SIGNED for f in forms)
    day = str(record.study_day) if record.study_day is not None else "–"
    return Row(
        (
            left(reader.visit_name(), True), left(reader.day(record.visit_date)), right(day.replace("-", "−")),
            right(str(len(forms))), right(str(signed)), right(str(record.n_open_query) if record.n_open_query else "–"),
        )
    )  # fmt: skip


def draw_logged(flow: Flow, source: Source, reader: Reader) -> None:
    """A list of each kind of form that repeats: what names one, and its state."""
    if not reader.record.forms:
        flow.paragraph([Run(source.say("none_log"), 8)])
    for oid, found in groupby(reader.record.forms, lambda form: form.form.oid):
        told = list(found)
        if reader.definition.form[oid].repeating:
            _logged(flow, source, reader, oid, told)


def _logged(flow: Flow, source: Source, reader: Reader, oid: str, told: list[FormRecord]) -> None:
    form, definition = reader.definition.form[oid], reader.definition
    columns = columns_of(definition, form)
    told_by = (definition.item.get(c) or definition.method[c] for c in columns)
    labels = [one.label.in_(source.language) for one in told_by]
    each = (TEXT_WIDTH - _NUMBER - 60) / max(1, len(columns))
    rows = [
        Row((left(one.key), *(left(_column(reader, one, c)) for c in columns), left(_state(reader, one))))
        for one in told
    ]
    flow.begin(
        lambda: flow.title(form.title.in_(source.language), keep=40, size=9),
        lambda: table(
            flow, (_NUMBER, *[each] * len(columns), 60.0), heads_of("", *labels, source.say("col_state")), rows
        ),
    )


def _column(reader: Reader, form: FormRecord, oid: str) -> str:
    if oid in reader.definition.item:
        return reader.answer(reader.definition.item[oid], datum_of(form, oid)) or "–"
    return reader.score(oid, form.derived.get(oid))[0]


def _state(reader: Reader, form: FormRecord) -> str:
    return reader.say(f"state_{form.state}")


def draw_queries(document: Document, source: Source) -> None:
    """Every query in the order in which they were raised: place, state, and what everybody said."""
    flow, rows = document.body, []
    readers = {(r.record.event.oid, r.record.event_key): r for r in source.readers}
    for n, thread in enumerate(source.record.threads, 1):
        oid, _, key = thread.event.partition("#")
        reader = readers.get((oid, key), source.front)
        form = next((f for f in reader.record.forms if _address(f) == thread.form), None)
        title = reader.visit_name() if (oid, key) in readers else source.front.visit_title(thread.event)
        if form is None:
            continue
        about = name_at(reader, form, thread.query.item) if thread.query.item else reader.say("whole_form")
        place = (Run(title, 7.5), Run(f"\n{form.form.short_title.in_(source.language)}", 7.5, True))
        rows.append(Row((left(str(n)), Cell(place), Cell(tuple(thread_runs(reader, about, thread.query, 7.5))))))
    if not rows:
        flow.paragraph([Run(source.say("none_query"), 8)])
        return
    head = heads_of("", source.say("col_visit"), source.say("c_query"))
    table(flow, widths(_NUMBER, 120, 0), head, rows)


def _address(form: FormRecord) -> str:
    return f"{form.form.oid}#{form.key}" if form.key else form.form.oid


def draw_files(flow: Flow, source: Source) -> None:
    """The signed files with their hashes."""
    reader, files = source.front, source.record.files
    if not files:
        flow.paragraph([Run(source.say("none_file"), 8)])
        return
    flow.paragraph([Run(source.say("file_lead"), 8)])
    flow.gap(4)
    rows = [
        Row(
            (
                left(reader.visit_title(row.path.event_address), True), left(_when(source, row)),
                left(_writer(source, row)),
                Cell((Run(grouped((row.datum.value or "").removeprefix("sha256:")), 7),)),
            )
        )
        for row in files
    ]  # fmt: skip
    head = heads_of(*(source.say(w) for w in ("col_visit", "when", "who", "col_sha")))
    table(flow, widths(100, 80, 110, 0), head, rows)


def _when(source: Source, row: Change) -> str:
    return source.front.moment(local_time(row.recorded_at, row.utc_offset_min))


def _writer(source: Source, row: Change) -> str:
    person = source.record.people.get(row.user_oid)
    return source.front.person(person) if person else row.user_oid


def draw_people(flow: Flow, source: Source) -> None:
    """Everybody who wrote about the participant: role now, how many rows, from when to when."""
    found: dict[str, list[Change]] = {}
    for row in source.record.rows:
        found.setdefault(row.user_oid, []).append(row)
    words = ("col_person", "col_role", "col_rows", "col_first", "col_last")
    head = heads_of(*(source.say(word) for word in words), right=(2,))
    table(flow, widths(0, 90, 50, 100, 100), head, list(_people(source, found)))


def _people(source: Source, found: dict[str, list[Change]]) -> Iterator[Row]:
    for oid, rows in sorted(found.items()):
        person = source.record.people.get(oid)
        role = source.front.role(person.role) if person else "–"
        name = Cell((Run(source.front.person(person), 7.5, True), Run(f"\n{oid}", 7))) if person else cell(oid)
        ends = (left(_when(source, row)) for row in (rows[0], rows[-1]))
        yield Row((name, left(role), right(str(len(rows))), *ends))
