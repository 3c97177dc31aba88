"""The data dictionary: every question, derived value, visit, table and unit of a study's definition as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import crf_desktop
from crf_desktop.capture.codebook import cells_of_own
from crf_desktop.capture.printing import PaperRecord
from crf_desktop.model.definition import FormDef, Reason, StudyEventDef
from crf_desktop.model.table_shape import STATUS, WHEN, Shape, shapes
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.casebook_front import Fact, draw_facts
from crf_desktop.report.data_dictionary_row import WIDTHS, item_row, method_row
from crf_desktop.report.data_dictionary_source import BODY, SMALL, Line, Source, cell_of, joined, spelled
from crf_desktop.report.document import LEADING, Document, Edge, Tick
from crf_desktop.report.drawing import TEXT_WIDTH, grouped
from crf_desktop.report.paper_sheet import PaperLanguage
from crf_desktop.report.table import Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.wording.column import COLUMNS
from crf_desktop.wording.figure import MINUS, moment

_HEX = 12
_KEYS = ("subject", "event", "event_key", "form_key", "group_key", *WHEN)
_VISIT = (132.0, 92.0)
_UNIT = (150.0, 180.0)


def data_dictionary(record: PaperRecord, language: PaperLanguage, tick: Tick = lambda: None) -> bytes:
    """The dictionary; the same record gives the same bytes. ``tick`` is told form by form and raises to cancel."""
    source = Source(record, language)
    document = Document(source.first, spelled("continued", "{0}").in_(source.first))
    document.front.leading = document.body.leading = LEADING["en" if language == "en" else "zh"]
    _front(document, source)
    document.chapter("visits", source.say("c_visits"), lambda: _visits(document, source), fresh=True)
    found: dict[str, list[Shape]] = {}
    for shape in shapes(source.definition):
        found.setdefault(shape.form.oid, []).append(shape)
    for form in source.definition.forms:
        _form(document, source, form, found.get(form.oid, []))
        tick()
    document.chapter("columns", source.say("c_columns"), lambda: _columns(document, source), fresh=True)
    document.chapter("units", source.say("c_units"), lambda: _units(document, source))
    when, title = datetime.fromisoformat(record.printed_at), f"{source.say('title')} {source.definition.registry}"
    return document.inked(when, title, source.say("contents"), _edge(source))


def _edge(source: Source) -> Edge:
    definition, made = source.definition, moment(source.record.printed_at, source.first)
    digest = grouped(source.record.metadata_digest.removeprefix("sha256:")[:_HEX])
    foot = spelled("edge_foot", definition.oid, digest, crf_desktop.__version__, made).in_(source.first)
    left = f"{definition.registry} · {source.say('title')}"
    right = definition.short_name.in_(source.first)
    return Edge(left, right, foot, spelled("page", "{0}", "{1}").in_(source.first))


def _front(document: Document, source: Source) -> None:
    flow, definition = document.front, source.definition
    flow.paragraph([Run(f"{definition.registry} · {definition.study_oid}", 9)])
    flow.gap(10)
    flow.title(source.say("title"), size=22)
    for text in source.texts(definition.study_name):
        flow.title(text, size=12)
    flow.gap(12)
    for word in ("lead", "lead_missing", *(["lead_sdtm"] if source.record.sdtm else [])):
        for text in source.texts(spelled(word)):
            flow.paragraph([Run(text, 8.5)])
        flow.gap(4)
    flow.gap(8)
    draw_facts(flow, source.say("what"), list(_counted(source)))
    digest = grouped(source.record.metadata_digest.removeprefix("sha256:"))
    when = moment(source.record.printed_at, source.first, seconds=True)
    made = spelled("made_by", when, crf_desktop.__version__).in_(source.first)
    draw_facts(
        flow,
        source.say("made"),
        [(source.say("definition"), [f"{definition.oid} {digest}"]), (source.say("moment"), [made])],
    )  # fmt: skip


def _counted(source: Source) -> Iterator[Fact]:
    definition = source.definition
    for word, held in (
        ("n_visits", definition.events), ("n_forms", definition.forms), ("n_items", definition.items),
        ("n_methods", definition.methods), ("n_checks", definition.edit_checks), ("n_codes", definition.code_lists),
    ):  # fmt: skip
        yield source.say(word), [str(len(held))]


# ---- chapters


def _visits(document: Document, source: Source) -> None:
    """Which forms a visit has, and when it is due."""
    rows = []
    for event in source.definition.events:
        before, after = event.window or (0, 0)
        window = spelled("window", str(before).replace("-", MINUS), after).en if event.window else ""
        name = [*source.lines(event.title, BODY, True), (event.oid, SMALL, False)]
        rows.append(Row((cell_of(name), cell(window, size=BODY), cell_of(_forms(source, event)))))
    _table(document, source, (*_VISIT, TEXT_WIDTH - sum(_VISIT)), ("col_visit", "col_window", "col_forms"), rows)


def _forms(source: Source, event: StudyEventDef) -> list[Line]:
    """In page order; those that may be left out say so."""
    titles = ((oid, source.definition.form[oid].short_title) for oid in event.forms)
    named = (spelled("with_optional", title) if oid in event.optional else title for oid, title in titles)
    return source.lines(joined(named))


def _form(document: Document, source: Source, form: FormDef, held: Sequence[Shape]) -> None:
    """A form: when it is asked, then a table for each of its tables."""

    def content() -> None:
        flow = document.body
        for text, size in _about(source, form):
            flow.paragraph([Run(text, size)])
        flow.gap(4)
        for shape in held:
            if len(held) == 1:
                _shape(document, source, shape)
            else:
                key, title = f"{form.oid}-{shape.group.oid}", source.inline(shape.group.name)
                document.section(key, title, lambda shape=shape: _shape(document, source, shape))  # type: ignore[misc]

    document.chapter(form.oid, source.inline(form.title), content, fresh=True)


def _about(source: Source, form: FormDef) -> Iterator[tuple[str, float]]:
    visits = [event.short_title for event in source.definition.events if form.oid in event.forms]
    yield form.oid, 7.5
    for text in (form.rule, spelled("asked_at", joined(visits))):
        yield from ((told, 8.0) for told in source.texts(text))
    for word, reasons in (("closed", form.closed), ("not_needed", form.not_needed)):
        if reasons:
            said = joined(dict.fromkeys(_sentence(source, one) for one in reasons), " ", "")
            yield from ((told, 8.0) for told in source.texts(spelled(word, said)))


def _sentence(source: Source, reason: Reason) -> TranslatedText:
    """A reason that stands among others: with a capital and a full stop."""
    told = source.filled(reason.text, reason.reads)
    en, zh = told.en.rstrip("."), told.zh.rstrip("。")
    return TranslatedText(f"{en[:1].upper()}{en[1:]}.", f"{zh}。")


def _shape(document: Document, source: Source, shape: Shape) -> None:
    keys = joined((TranslatedText(*COLUMNS[key]) for key in shape.keys if key not in WHEN), " · ", " · ")
    for text in source.texts(spelled("table", shape.name, keys)):
        document.body.paragraph([Run(text, 7.5)])
    document.body.gap(3)
    rows = [item_row(source, shape, item) for item in shape.items]
    rows += [method_row(source, shape, method) for method in shape.methods]
    _table(document, source, WIDTHS, ("col_item", "col_question", "col_answer", "col_rule"), rows)


def _columns(document: Document, source: Source) -> None:
    """What stands in every table beside the answers."""
    rows = []
    for name in (*_KEYS, *STATUS):
        cells = cells_of_own("", name, "key")
        told = TranslatedText(cells["label_en"], cells["label_zh"])
        rows.append(Row((cell(name, size=BODY), cell_of(source.lines(told)))))
    _table(document, source, (122.0, TEXT_WIDTH - 122.0), ("col_column", "col_meaning"), rows)


def _units(document: Document, source: Source) -> None:
    rows = [
        Row((cell(source.inline(unit.symbol), size=BODY), cell(unit.ucum, size=BODY), cell(unit.factor, size=BODY)))
        for unit in source.definition.units
    ]
    _table(document, source, (*_UNIT, TEXT_WIDTH - sum(_UNIT)), ("col_unit", "UCUM", "col_factor"), rows)


def _table(
    document: Document, source: Source, widths: Sequence[float], words: Sequence[str], rows: Sequence[Row]
) -> None:
    named = (word if word.isupper() else source.say(word) for word in words)
    head = Row(tuple(cell(name, True, size=BODY) for name in named), True, centred=True)
    draw_table(document.body, Table(tuple(widths), tuple(rows), (head,), minimum=13.0))
    document.body.gap(6)
