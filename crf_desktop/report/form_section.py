"""One page of the visit on paper: its title, its blocks, what was derived, what was changed and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from crf_desktop.capture.record import FormRecord, ItemRecord
from crf_desktop.model import layout
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.report.answer import Reader, changed_items
from crf_desktop.report.block import BODY, SMALL, addresses, derived_rows, is_asked, item_table, name_at, noted
from crf_desktop.report.block_derived import draw_derived_card
from crf_desktop.report.block_grid import draw_grade_grid
from crf_desktop.report.block_joint import draw_joint_figure
from crf_desktop.report.block_level import draw_level_table
from crf_desktop.report.block_repeat import draw_repeat_table
from crf_desktop.report.block_scale import draw_scale_rows, draw_visual_analogue
from crf_desktop.report.block_timed import draw_timed_collections, draw_timed_readings
from crf_desktop.report.drawing import MARGIN, TEXT_WIDTH, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Row
from crf_desktop.report.typeface import Run

INDENT = 13.0
Rows = tuple[Row, ...]
"""Derived values that join the last table."""
_TITLE = 11.0


def draw_field_card(flow: Flow, reader: Reader, form: FormRecord, block: layout.FieldCard, tail: Rows = ()) -> None:
    """Ordinary questions with their answers, in as many columns as paper has room for."""
    _noted_table(flow, reader, form, block, tail, block.columns)


def draw_head_choice(flow: Flow, reader: Reader, form: FormRecord, block: layout.HeadChoice, tail: Rows = ()) -> None:
    """The choice of the page head."""
    item_table(flow, reader, form, (block.item,), tail=tail)


def draw_choice_rows(flow: Flow, reader: Reader, form: FormRecord, block: layout.ChoiceRows, tail: Rows = ()) -> None:
    """Whole questions with their answers."""
    _noted_table(flow, reader, form, block, tail)


def _noted_table(
    flow: Flow, reader: Reader, form: FormRecord, block: layout.FieldCard | layout.ChoiceRows, tail: Rows,
    columns: int = 1,
) -> None:  # fmt: skip
    title = block.title.in_(reader.language) if block.title else ""
    note = block.note if any(is_asked(form, oid) for oid in block.items) else None
    noted(flow, reader, note, lambda: item_table(flow, reader, form, block.items, title, tail, columns))


DRAWINGS: Final[dict[type, Callable[[Flow, Reader, FormRecord, Any, Rows], None]]] = {
    layout.FieldCard: draw_field_card,
    layout.HeadChoice: draw_head_choice,
    layout.ScaleRows: draw_scale_rows,
    layout.VisualAnalogue: draw_visual_analogue,
    layout.LevelTable: draw_level_table,
    layout.GradeGrid: draw_grade_grid,
    layout.TimedReadings: draw_timed_readings,
    layout.TimedCollections: draw_timed_collections,
    layout.ChoiceRows: draw_choice_rows,
    layout.DerivedCard: draw_derived_card,
    layout.RepeatTable: draw_repeat_table,
    layout.JointFigure: draw_joint_figure,
}
"""The closed table: layout class → drawing."""


def begun(form: FormRecord) -> bool:
    """Whether anything was answered."""
    return any(i.datum.answered for i in form.items.values())


Opened = Callable[[FormRecord], None]
"""Told of a form right after its title was drawn."""


def draw_forms(
    flow: Flow, reader: Reader, forms: Iterable[FormRecord], opened: Opened = lambda form: None, within: str = "{0}"
) -> None:
    """Every form in the order of the visit; those that nobody has begun in one sentence where they stand.

    ``within``: what stands around a form's title where its pages go on.
    """
    for has_begun, found in groupby(forms, begun):
        if has_begun:
            for form in found:
                draw_form(flow, reader, form, opened, within)
        else:
            draw_not_begun(flow, reader, list(found))


def draw_not_begun(flow: Flow, reader: Reader, forms: Sequence[FormRecord]) -> None:
    """The names of forms without an answer; those without which the visit is complete apart."""
    optional = reader.record.event.optional
    for word, glyph, found in (
        ("forms_not_begun", Glyph.DUE, [f for f in forms if f.form.oid not in optional]),
        ("forms_optional", Glyph.NOT_NEEDED, [f for f in forms if f.form.oid in optional]),
    ):
        if found:
            names = reader.say("and").join(f.form.title.in_(reader.language) for f in found)
            flow.paragraph([Run(reader.say(word, names), BODY)], INDENT, mark(glyph, flow.leading))
            flow.gap(4)
    flow.gap(10)


def draw_form(
    flow: Flow, reader: Reader, form: FormRecord, opened: Opened = lambda form: None, within: str = "{0}"
) -> None:
    """The whole form, from its title to the notes under its tables."""
    around = flow.heading
    if not begun(form):
        _title(flow, reader, form, 14)
        flow.paragraph([Run(reader.say("no_answer") + reader.say("stop"), BODY)])
        flow.gap(12)
        return
    shown = {m for block in form.form.layout.blocks for m in methods_in(reader, block)}
    tail = derived_rows(reader, form, [m for m in form.form.methods if m not in shown])
    blocks = form.form.layout.blocks
    tails = {len(blocks) - 1: tail}

    def opening() -> None:
        _title(flow, reader, form, 70)
        opened(form)
        flow.heading = reader.say("continued", within.format(form.form.title.in_(reader.language)))
        _recorded(flow, reader, form)

    flow.begin(opening, lambda: DRAWINGS[type(blocks[0])](flow, reader, form, blocks[0], tails.get(0, ())))
    for n, block in enumerate(blocks[1:], 1):
        DRAWINGS[type(block)](flow, reader, form, block, tails.get(n, ()))
    for glyph, runs in notes(reader, form):
        flow.paragraph(runs, INDENT, mark(glyph, flow.leading))
    flow.heading = around
    flow.gap(14)


def _title(flow: Flow, reader: Reader, form: FormRecord, keep: float) -> None:
    state = Run(reader.say(f"state_{form.state}"), BODY)
    legends = [(Glyph.QUERY, "query_legend")] if form.asked else []
    legends += [(Glyph.CHANGED, "changed_legend")] if changed_items(form) else []
    flow.title(form.form.title.in_(reader.language), keep=keep)
    line, top = _TITLE * flow.leading, flow.y - _TITLE * flow.leading - 3

    def ink(pen: Pen) -> None:
        base, right = middle(top, line, BODY), MARGIN + TEXT_WIDTH
        pen.text(right, base, state, "right")
        right -= state.width + INDENT
        pen.glyph(right, middle(top, line, BODY) - 7.2, 8.5, Glyph(form.state))
        for glyph, words in legends:
            legend = Run(reader.say(words), SMALL)
            right -= 14 + legend.width
            pen.text(right, base, legend)
            right -= INDENT
            pen.glyph(right, base - 7.2, 8.5, glyph)

    flow.pages[-1].append(ink)


def _recorded(flow: Flow, reader: Reader, form: FormRecord) -> None:
    """Who wrote the answers, from when to when; how many questions are left out, and why."""
    times: dict[str, list[str]] = {}
    for item in form.items.values():
        times.setdefault(reader.person(item.by), []).append(item.recorded_at)
    for who, when in times.items():
        first, last = reader.moment(min(when)), reader.moment(max(when))
        if first[:-5] == last[:-5] and first != last:
            last = last[-5:]
        span = first if first == last else reader.say("to", first, last)
        flow.paragraph([Run(reader.say("recorded", who, span), SMALL)])
    n = sum(not is_asked(form, at) for at, _ in addresses(reader, form))
    if n:
        flow.paragraph([Run(reader.say("unasked_one") if n == 1 else reader.say("unasked", n), SMALL)])
    flow.gap(2)


def mark(glyph: Glyph, leading: float) -> Callable[[Pen, float, float], None]:
    """Draws a glyph before the first line of a note."""

    def ink(pen: Pen, x: float, top: float) -> None:
        pen.glyph(x, top + (BODY * leading - 8.5) / 2, 8.5, glyph)

    return ink


def methods_in(reader: Reader, block: object) -> Iterator[str]:
    """The methods a block's drawing already shows."""
    match block:
        case layout.LevelTable():
            for oid in block.scores:
                yield oid
                band = reader.definition.method[oid].band
                yield from [band] if band else []
        case layout.GradeGrid():
            yield from (*(c.method for c in block.columns), *([block.total] if block.total else []))
        case layout.TimedCollections():
            yield from (m for c in block.collections for m in (c.net, c.rate))
        case layout.DerivedCard():
            yield from block.methods
        case layout.JointFigure():
            yield from (block.tender, block.swollen)


def notes(reader: Reader, form: FormRecord) -> Iterator[tuple[Glyph, list[Run]]]:
    """What stands under the tables: changes with old, new, when, who and why; reasons for kept values; remarks."""
    for at, item in addresses(reader, form):
        found = form.items.get(at)
        if found is None:
            continue
        name = Run(name_at(reader, form, at) + " ", BODY, True)
        for text in _changes(reader, item, found):
            yield Glyph.CHANGED, [name, Run(text, BODY)]
        if found.reason and found.datum.value is not None and not found.changed:
            said = f"{reader.answer(item, found.datum)}{reader.say('comma')}{reader.say('kept', found.reason)}"
            yield Glyph.INFO, [name, Run(said, BODY)]
        if found.remark and found.datum.value is not None:
            yield Glyph.INFO, [name, Run(reader.say("remark", found.remark), BODY)]


def _changes(reader: Reader, item: ItemDef, found: ItemRecord) -> Iterator[str]:
    for one in found.history:
        old, new = (_spelled(reader, item, datum) for datum in (one.old, one.new))
        word = ("was", one.reason) if one.reason else ("was_bare",)
        yield reader.say(word[0], old, new, reader.moment(one.when), reader.person(one.by), *word[1:])


def _spelled(reader: Reader, item: ItemDef, datum: Any) -> str:
    text = reader.answer(item, datum) or reader.say("no_answer")
    coded = item.code_list and item.data_type == "integer" and datum.value is not None
    return f"{datum.value} {text}" if coded else text
