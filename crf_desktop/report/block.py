"""What every block's drawing shares: marks of state, rows of question and answer, heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.drawing import TEXT_WIDTH
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Cell, Row, Table, cell, draw_table
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import number

SMALL, BODY = 7.0, 8.0
MARK_WIDTH = 20.0
ANSWER_WIDTH = 175.0


def mark(form: FormRecord, items: Iterable[str]) -> Glyph | None:
    """The triangle where an item was changed after completion, the boxed bar where one is missing with a reason."""
    found = [form.items[i] for i in items if i in form.items]
    if any(i.changed for i in found):
        return Glyph.CHANGED
    return Glyph.MISSING if any(i.datum.null_flavor for i in found) else None


def marked(form: FormRecord, *items: str) -> Cell:
    """The narrow first cell of a row."""
    return Cell(glyph=mark(form, items))


def changed(form: FormRecord, item: str) -> Cell:
    """The narrow first cell where the row shows the missing reason itself."""
    found = mark(form, (item,))
    return Cell(glyph=found if found is Glyph.CHANGED else None)


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
        Row((marked(form, oid), question(reader, reader.definition.item[oid]), answered(reader, form, oid)))
        for oid in items
    ]
    if rows:
        widths = (MARK_WIDTH, TEXT_WIDTH - MARK_WIDTH - ANSWER_WIDTH, ANSWER_WIDTH)
        heads = (head("", title or reader.say("question"), reader.say("answer")),)
        draw_table(flow, Table(widths, (*rows, *tail), heads))
        flow.gap(6)


def score_runs(reader: Reader, form: FormRecord, method_oid: str, size: float = BODY) -> tuple[Run, ...]:
    """``8 /123`` or ``≥ 26 /123`` with the maximum or the unit small behind it, and why when it is not final."""
    method = reader.definition.method[method_oid]
    text, why = reader.score(method_oid, form.derived.get(method_oid))
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
    labels = [(m, reader.definition.method[m].label.in_(reader.language)) for m in methods]
    return tuple(Row((Cell(), cell(label), Cell(score_runs(reader, form, m))), True, widths) for m, label in labels)
