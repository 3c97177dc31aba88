"""What every block's drawing shares: marks of state, rows of question and answer, heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve

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
WHOLE = (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH - ANSWER_WIDTH, ANSWER_WIDTH)
"""Mark, question, answer."""
_ASKED = 139.0
HALVES = (MARK_WIDTH, _ASKED, TEXT_WIDTH / 2 - MARK_WIDTH - _ASKED) * 2
"""The same twice."""
LONG_ANSWER = (MARK_WIDTH, _ASKED, TEXT_WIDTH - MARK_WIDTH - _ASKED)
LONG_QUESTION = (MARK_WIDTH, sum(HALVES[1:5]), HALVES[5])
"""Rows between those: the columns of one half hold on."""
MOST_LINES = 2.4
"""Of a cell of half the width."""
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


def noted(flow: Flow, reader: Reader, note: TranslatedText | None, draw: Callable[[], None]) -> None:
    """What the page says above a block, and the block; the words do not stay behind at the foot of a page."""

    def words() -> None:
        if note is not None:
            flow.paragraph([Run(note.in_(reader.language), SMALL)])
            flow.gap(2)

    flow.begin(words, draw)


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


def is_asked(form: FormRecord, at: str) -> bool:
    """Whether an item is asked under the present answers; one that was answered before they changed still is shown."""
    return at in form.relevant or datum_of(form, at).answered


def item_table(
    flow: Flow, reader: Reader, form: FormRecord, items: Sequence[str], title: str = "", tail: tuple[Row, ...] = (),
    columns: int = 1,
) -> None:  # fmt: skip
    """Questions with their answers, those not asked left out; ``tail`` are the derived values under them.

    ``columns`` from 2 on: two questions side by side, as on the screen; what is long takes the whole width.
    """
    asked = [oid for oid in items if is_asked(form, oid)]
    if not asked:
        lone_tail(flow, tail)
        return
    two = columns > 1 and len(asked) > 1
    rows = _two(reader, form, asked) if two else [_one(reader, form, oid) for oid in asked]
    names = (title or reader.say("question"), reader.say("answer"))
    if two:
        paired = any(not row.widths for row in rows)
        top = head("", *names, "", "", names[1] if paired else "")
        rows += [evolve(row, widths=LONG_QUESTION) for row in tail]
        draw_table(flow, Table(HALVES, tuple(rows), (top,)))
    else:
        draw_table(flow, Table(WHOLE, (*rows, *tail), (head("", *names),)))
    flow.gap(6)


def _one(reader: Reader, form: FormRecord, oid: str) -> Row:
    return Row((marked(form, oid), question(reader, reader.definition.item_at(oid)), answered(reader, form, oid)))


def _two(reader: Reader, form: FormRecord, asked: Sequence[str]) -> list[Row]:
    """Rows of two; a question or an answer that would break into many lines has a row of its own."""
    rows: list[Row] = []
    pending: tuple[Cell, ...] = ()
    for oid in asked:
        row = _one(reader, form, oid)
        _, asks, answers = (sum(r.width for r in c.runs) for c in row.cells)
        if answers > MOST_LINES * HALVES[2] or asks > MOST_LINES * HALVES[1]:
            rows += [_half(pending)] if pending else []
            rows.append(evolve(row, widths=LONG_ANSWER if answers > HALVES[5] else LONG_QUESTION))
            pending = ()
        elif pending:
            rows.append(Row((*pending, *row.cells)))
            pending = ()
        else:
            pending = row.cells
    return [*rows, _half(pending)] if pending else rows


def _half(cells: tuple[Cell, ...]) -> Row:
    return Row((*cells, Cell(), Cell(), Cell()))


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
    labels = [(m, Run(reader.definition.method[m].label.in_(reader.language), BODY)) for m in methods]
    return tuple(
        Row((Cell(), Cell((label, *reason_runs(reader, form, m))), Cell(score_runs(reader, form, m))), True, WHOLE)
        for m, label in labels
    )


def reason_runs(reader: Reader, form: FormRecord, method_at: str) -> tuple[Run, ...]:
    """Why a derived value is what it is, each reason in a line of its own."""
    found = form.derived.get(method_at)
    return tuple(Run(f"\n– {r.in_(reader.language)}", SMALL) for r in (found.reasons if found else ()))


def lone_tail(flow: Flow, tail: tuple[Row, ...]) -> None:
    """The derived values in a table of their own, where their block draws none."""
    if tail:
        draw_table(flow, Table(WHOLE, tail))
        flow.gap(6)
