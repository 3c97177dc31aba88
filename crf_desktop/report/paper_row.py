"""Questions one under the other with what they are answered in, and values that the program works out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crf_desktop.model import layout
from crf_desktop.model.definition import ItemDef, MethodDef
from crf_desktop.model.glyph import Glyph
from crf_desktop.model.path import split
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.block import score_runs
from crf_desktop.report.drawing import TEXT_WIDTH, Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_box import SMALL_TICK, cells, field, missing, sign, tick, writing_lines
from crf_desktop.report.paper_condition import in_words, left_open
from crf_desktop.report.paper_field import BESIDE, answer, choices
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, framed, under, words, wrapped
from crf_desktop.report.paper_sheet import BODY, SMALL, TAG, Sheet, spelled
from crf_desktop.report.paper_table import PAD_X, Cell, Line, draw_lines, head_line, titled
from crf_desktop.report.typeface import Run

MISSING_WIDTH = 58.0
NARROWEST, WIDEST = 112.0, 236.0
"""Of the column of answers."""
TALL = 58.0
"""An answer that is taller stands under its question, if that saves room."""
_ROOM = TEXT_WIDTH - MISSING_WIDTH


def asked(sheet: Sheet, oids: Iterable[str]) -> list[ItemDef]:
    """The items that may be asked at this visit; an answer that is there is printed all the same."""
    found = (sheet.definition.item_at(oid) for oid in oids)
    return [i for i in found if left_open(sheet.definition, i, sheet.event) is not False or sheet.datum(i.oid).answered]


def draw_field_card(flow: Flow, sheet: Sheet, block: layout.FieldCard, tail: Sequence[Line] = ()) -> None:
    """Ordinary questions."""
    draw_rows(flow, sheet, block.items, block.title, block.note, tail)


def draw_head_choice(flow: Flow, sheet: Sheet, block: layout.HeadChoice, tail: Sequence[Line] = ()) -> None:
    """The choice of the page head."""
    draw_rows(flow, sheet, (block.item,), tail=tail)


def draw_choice_rows(flow: Flow, sheet: Sheet, block: layout.ChoiceRows, tail: Sequence[Line] = ()) -> None:
    """Whole questions with their answers."""
    draw_rows(flow, sheet, block.items, block.title, block.note, tail)


def draw_derived_card(flow: Flow, sheet: Sheet, block: layout.DerivedCard, tail: Sequence[Line] = ()) -> None:
    """What the program works out, with room to do it by hand."""
    lines = [*derived_lines(sheet, block.methods), *tail]
    draw_lines(flow, lambda again: _heads(sheet, block.title or spelled("worked_out"), block.note, again), lines)


def draw_rows(
    flow: Flow,
    sheet: Sheet,
    oids: Iterable[str],
    title: TranslatedText | None = None,
    note: TranslatedText | None = None,
    tail: Sequence[Line] = (),
) -> None:
    """A table of questions; nothing where none of them may be asked."""
    items = asked(sheet, oids)
    if not items and not tail:
        return
    lines = [*(item_lines(sheet, items)), *tail]
    draw_lines(flow, lambda again: _heads(sheet, title, note, again) if title or note else (), lines)


def _heads(sheet: Sheet, title: TranslatedText | None, note: TranslatedText | None, again: bool) -> tuple[Line, ...]:
    """Title and note; where the table goes on the title alone, and that it does."""
    if again:
        return (titled(sheet.say("continued", title)),) if title else ()
    wide = TEXT_WIDTH - 2 * PAD_X
    runs = [words([Run(sheet.inline(title), BODY, True)], wide)] if title else []
    told = [sheet.note(note, wide)] if note else []
    return (head_line([TEXT_WIDTH], [under([*runs, *told], 1)]),)


def item_lines(sheet: Sheet, items: Sequence[ItemDef]) -> list[Line]:
    """One line for each item; the answers stand in one column as narrow as they allow."""
    found = [(item, _answered(sheet, item, WIDEST)) for item in items]
    fitting = [a.width for _, a in found if not _below(a)]
    column = min(WIDEST, max(NARROWEST, *fitting, 0) + 2 * PAD_X)
    return [item_line(sheet, item, column) for item, _ in found]


def _answered(sheet: Sheet, item: ItemDef, width: float) -> Piece:
    return answer(sheet, item, item.oid, width - 2 * PAD_X)


def _below(piece: Piece) -> bool:
    return piece.height > TALL


def item_line(sheet: Sheet, item: ItemDef, column: float) -> Line:
    """Question, answer, missing reasons; a long answer under its question."""
    datum = sheet.datum(item.oid)
    wide = _ROOM - 2 * PAD_X
    left = _ROOM - column
    question, near = asking(sheet, item, left - 2 * PAD_X), _answered(sheet, item, column)
    flavors = Cell(missing(datum.null_flavor))
    mark = changed_mark if sheet.changed([item.oid]) else None
    lines_of_text = item.data_type == "text" and not item.code_list and item.length > BESIDE
    if _below(near) or lines_of_text:
        whole = asking(sheet, item, wide)
        far = answer(sheet, item, item.oid, wide)
        if lines_of_text or whole.height + far.height + 4 < max(near.height, question.height):
            stacked = under([whole, far], 1 if lines_of_text else 4)
            return Line((Cell(stacked), flavors), (_ROOM, MISSING_WIDTH), mark=mark)
    low = near.height <= flavors.piece.height
    made = (Cell(question, middle=low), Cell(near, middle=low or near.height < question.height), flavors)
    return Line(made, (left, column, MISSING_WIDTH), mark=mark)


def asking(sheet: Sheet, item: ItemDef, width: float, text: TranslatedText | None = None) -> Piece:
    """The question, when it is asked, how to answer, what not to rate, its annotation."""
    said = in_words(sheet.definition, sheet.form.oid, left_open(sheet.definition, item, sheet.event))
    lines = list(sheet.texts(text or item.question))
    if not item.mandatory:
        lines[-1] += sheet.aside("optional")
    parts = [under([words([Run(t, BODY)], width) for t in lines])]
    parts += [sheet.note(t, width) for t in (said, item.hint, item.note) if t is not None]
    if sheet.annotated:
        parts.append(framed(sheet.tags(item, width - 6)))
    return under(parts, 1.2)


def changed_mark(pen: Pen, x: float, y: float) -> None:
    """A triangle in the margin of a line that was changed after the form was first completed."""
    pen.glyph(x - 11, y + 4, 8.5, Glyph.CHANGED)


def derived_lines(sheet: Sheet, methods: Sequence[str]) -> list[Line]:
    """One line for each value, grey at the left: its rule, and a field for it."""
    return [derived_line(sheet, method) for method in methods]


def derived_line(sheet: Sheet, at: str) -> Line:
    """Label and rule at the left, boxes and the band at the right; a filled form has the value with its reasons."""
    method = sheet.definition.method[split(at)[0]]
    column = WIDEST
    left = TEXT_WIDTH - column
    label = sheet.note(method.label, left - 2 * PAD_X, BODY, bold=True)
    rule = sheet.note(method.description, left - 2 * PAD_X) if method.description else EMPTY
    parts = [label, rule]
    if sheet.annotated:
        parts.append(framed(words([Run(f"{method.oid} · {method.name} · {method.data_type}", TAG)], left - 16)))
    room = column - 2 * PAD_X
    value = under([score(sheet, at, room), _band(sheet, method, room)], 3)
    return Line((Cell(under(parts, 1), middle=True, fill=True), Cell(value, middle=True)), (left, column))


def _band(sheet: Sheet, method: MethodDef, width: float) -> Piece:
    """The bands of a score, small; one is ticked on a filled form."""
    if method.band is None:
        return EMPTY
    band = sheet.definition.method[method.band]
    found = sheet.record.derived.get(band.oid) if sheet.record else None
    codes = sheet.definition.code_list[band.code_list].items if band.code_list else ()
    tag = f" [{band.oid}]" if sheet.annotated else ""
    made = [words([Run(sheet.inline(band.label) + tag, SMALL)], width)]
    for one in codes:
        box = tick(bool(found and found.text == one.coded_value), SMALL_TICK)
        made.append(beside([box, words([Run(sheet.inline(one.decode), SMALL)], 150)], 2))
    return wrapped(made, width, 7, 2)


def score(sheet: Sheet, at: str, width: float) -> Piece:
    """Boxes for a score with its maximum or unit behind; what it came to on a filled form."""
    if sheet.record is not None:
        return _worked_out(sheet, at, width)
    method = sheet.definition.method[split(at)[0]]
    if method.code_list:
        codes = sheet.definition.code_list[method.code_list].items
        if len(codes) <= 4:
            stand_in = ItemDef(
                "I.X", method.name, "X", "code", method.label, method.label, code_list=method.code_list
            )  # fmt: skip
            return choices(sheet, stand_in, sheet.datum(""), width)
    if method.maximum:
        boxes = cells(len(method.maximum))
        if method.digits:
            boxes = beside([boxes, sign("."), cells(method.digits)], 1.5)
        return beside([boxes, words([Run(f"/{method.maximum}", 9)], 40)], 4, centred=True)
    if method.data_type == "text":
        return writing_lines(width, 1)
    unit = words([Run(sheet.unit(method.unit), BODY)], 90) if method.unit else EMPTY
    return beside([field(96), unit], 4, centred=True)


def _worked_out(sheet: Sheet, at: str, width: float) -> Piece:
    """The value as the program has it, and why."""
    form, shown = sheet.record, []
    assert form is not None
    for reader in sheet.readers:
        found = form.derived.get(at)
        runs = list(score_runs(reader, form, at, 9))
        reasons = [words([Run(f"– {r.in_(reader.language)}", SMALL)], width) for r in (found.reasons if found else ())]
        shown.append((tuple(r.text for r in runs), under([words(runs, width), *reasons])))
    return under(_unlike(shown), 1)


def _unlike(shown: Sequence[tuple[tuple[str, ...], Piece]]) -> list[Piece]:
    """Once what reads alike in both languages."""
    seen: dict[tuple[str, ...], Piece] = {}
    for text, piece in shown:
        seen.setdefault(text, piece)
    return list(seen.values())
