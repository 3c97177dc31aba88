"""What every block's drawing shares: marks of state, rows of question and answer, heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import address, key_order, split
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import number

SMALL, BODY = 7.0, 8.0
MARK_WIDTH = 20.0
ANSWER_WIDTH = 175.0
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def row_keys(reader: Reader, form: FormRecord, group_oid: str) -> list[str]:
    """Keys of the rows of a repeating group that hold an answer, in order."""
    items = set(reader.definition.item_group[group_oid].items)
    held = {split(at)[1] for at, i in form.items.items() if i.datum.answered and split(at)[0] in items}
    return sorted(held, key=key_order)


def addresses(reader: Reader, form: FormRecord) -> Iterator[tuple[str, ItemDef]]:
    """The items of a form in order with their addresses, those of rows once per row."""
    for oid in form.form.item_groups:
        group = reader.definition.item_group[oid]
        keys = row_keys(reader, form, oid) if group.repeating else [""]
        yield from ((address(item, key), reader.definition.item[item]) for key in keys for item in group.items)


def name_at(reader: Reader, form: FormRecord, at: str) -> str:
    """The short name of an item; in a row with the row's number as it stands."""
    item = reader.definition.item_at(at)
    name, key = reader.name(form, item), split(at)[1]
    if not key:
        return name
    keys = row_keys(reader, form, reader.definition.group_of_item[item.oid])
    return reader.say("row", name, keys.index(key) + 1 if key in keys else key)


def noted(flow: Flow, reader: Reader, note: TranslatedText | None) -> None:
    """What the page says above a block."""
    if note is not None:
        flow.paragraph([Run(note.in_(reader.language), SMALL)])
        flow.gap(2)


def mark(form: FormRecord, items: Iterable[str]) -> Glyph | None:
    """What stands before a row: a triangle after a change, a flag at a query, a boxed bar at a missing reason."""
    items = tuple(items)
    found = [form.items[i] for i in items if i in form.items]
    if any(i.changed for i in found):
        return Glyph.CHANGED
    if any(i in form.asked for i in items):
        return Glyph.QUERY
    return Glyph.MISSING if any(i.datum.null_flavor for i in found) else None


def marked(form: FormRecord, *items: str) -> Cell:
    """The narrow first cell of a row."""
    return Cell(glyph=mark(form, items))


def changed(form: FormRecord, item: str) -> Cell:
    """The narrow first cell where the row shows the missing reason itself."""
    found = mark(form, (item,))
    return Cell(glyph=None if found is Glyph.MISSING else found)


def head(*texts: str, centre: Sequence[int] = ()) -> Row:
    """A table's head; ``centre`` are the columns whose words stand in the middle."""
    size = SMALL + 0.5
    cells = (cell(t, True, "centre" if i in centre else "left", size=size) for i, t in enumerate(texts))
    return Row(tuple(cells), True, centred=True)


def answered(reader: Reader, form: FormRecord, item_oid: str) -> Cell:
    """The answer: bold when there is one, plain words when there is none."""
    value = datum_of(form, item_oid).value is not None
    return Cell((Run(reader.of(form, item_oid), BODY, value),))


def question(reader: Reader, item: ItemDef, extra: str = "") -> Cell:
    """The whole question, and under it what its ends mean."""
    runs = [Run(item.question.in_(reader.language), BODY)]
    return Cell((*runs, Run("\n" + extra, SMALL)) if extra else tuple(runs))


def item_table(
    flow: Flow, reader: Reader, form: FormRecord, items: Sequence[str], title: str = "", tail: tuple[Row, ...] = ()
) -> None:
    """Questions with their answers; ``tail`` are the derived values under them."""
    rows = [
        Row((marked(form, oid), question(reader, reader.definition.item_at(oid)), answered(reader, form, oid)))
        for oid in items
    ]
    if rows:
        widths = (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH - ANSWER_WIDTH, ANSWER_WIDTH)
        heads = (head("", title or reader.say("question"), reader.say("answer")),)
        draw_table(flow, Table(widths, (*rows, *tail), heads))
        flow.gap(6)


def score_runs(reader: Reader, form: FormRecord, method_at: str, size: float = BODY) -> tuple[Run, ...]:
    """``8 /123`` or ``≥ 26 /123`` with the maximum or the unit small behind it, and why when it is not final."""
    method_oid = split(method_at)[0]
    method = reader.definition.method[method_oid]
    text, why = reader.score(method_oid, form.derived.get(method_at))
    if method.data_type == "text" and _DAY.fullmatch(text):
        text = reader.day(text)
    small = max(SMALL, size * 0.55)
    runs = [Run(text, size, True)]
    if text != "–":
        unit = reader.unit(method.unit)
        runs += [Run(f"\u00a0/{number(method.maximum)}", small)] if method.maximum else []
        runs += [Run(f"\u00a0{unit}", small)] if unit else []
    return (*runs, Run(f"  {why}", small)) if why else tuple(runs)


def derived_rows(reader: Reader, form: FormRecord, methods: Sequence[str]) -> tuple[Row, ...]:
    """Derived values that no drawing of the form has shown, as rows that join any table."""
    widths = (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH - ANSWER_WIDTH, ANSWER_WIDTH)
    labels = [(m, Run(reader.definition.method[m].label.in_(reader.language), BODY)) for m in methods]
    return tuple(
        Row((Cell(), Cell((label, *reason_runs(reader, form, m))), Cell(score_runs(reader, form, m))), True, widths)
        for m, label in labels
    )


def reason_runs(reader: Reader, form: FormRecord, method_at: str) -> tuple[Run, ...]:
    """Why a derived value is what it is, each reason in a line of its own."""
    found = form.derived.get(method_at)
    return tuple(Run(f"\n– {r.in_(reader.language)}", SMALL) for r in (found.reasons if found else ()))


def lone_tail(flow: Flow, tail: tuple[Row, ...]) -> None:
    """The derived values in a table of their own, where their block draws none."""
    if tail:
        draw_table(flow, Table((MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH - ANSWER_WIDTH, ANSWER_WIDTH), tail))
        flow.gap(6)
