"""The figure of joints, and the table of all of them with a box for each state."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.model.figure import OUTLINE
from crf_desktop.model.glyph import JOINTS, Glyph
from crf_desktop.model.layout import Joint, JointFigure
from crf_desktop.report.drawing import TEXT_WIDTH, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.paper_box import SMALL_TICK, SPELLED, cross
from crf_desktop.report.paper_piece import EMPTY, Piece, beside, placed, under, words
from crf_desktop.report.paper_row import score
from crf_desktop.report.paper_sheet import SMALL, TAG, Sheet, spelled
from crf_desktop.report.paper_table import Cell, Line, draw_lines, head_line
from crf_desktop.report.typeface import Run

FIGURE = 236.0
MARK = 11.6
_EDGE, _GROUND = 0.45, 0.97
NUMBER, STATE, REASON = 18.0, 23.0, 25.0


def draw_joint_figure(flow: Flow, sheet: Sheet, block: JointFigure, tail: Sequence[Line] = ()) -> None:
    """The figure with numbered joints, both counts beside it, the table of them in two halves."""
    figure = Line((Cell(beside([_figure(sheet, block), _beside(sheet, block)], 18, tops=True)),), (TEXT_WIDTH,))
    half = -(-len(block.joints) // 2)
    pairs = [(n, [n, *([n + half] if n + half < len(block.joints) else [])]) for n in range(half)]
    width = _widths(sheet, block)
    rows = [_pair(sheet, block, found, width) for _, found in pairs]
    draw_lines(flow, lambda again: (), [figure], 0)
    draw_lines(flow, lambda again: [_head(sheet, block, width)], [*rows, *tail])


def _figure(sheet: Sheet, block: JointFigure) -> Piece:
    """As one faces the participant."""

    def ink(pen: Pen, x: float, y: float) -> None:
        scale = FIGURE / 100
        for grey, more in ((_EDGE, 0.9), (_GROUND, -0.9)):
            for limb in OUTLINE:
                points = [(x + px * scale, y + py * scale) for px, py in limb.points]
                pen.stroke(points, limb.width * scale + more, grey, limb.closed)
        for at, word in ((6, "right_side"), (94, "left_side")):
            pen.text(x + at * scale, y + 10, Run(sheet.say(word), 8, True), "centre")
        for n, joint in enumerate(block.joints, 1):
            _joint(pen, sheet, n, joint, x + joint.x * scale, y + joint.y * scale)

    return Piece(FIGURE, FIGURE, ink)


def _joint(pen: Pen, sheet: Sheet, number: int, joint: Joint, x: float, y: float) -> None:
    """An open circle with its number in it; of a filled form the mark of its state."""
    datum, codes = sheet.datum(joint.item), [code for code, _ in _states(sheet, joint.item)]
    if datum.value in codes:
        pen.glyph(x - MARK / 2, y - MARK / 2, MARK, JOINTS[codes.index(datum.value)])
        return
    if datum.null_flavor:
        pen.glyph(x - MARK / 2, y - MARK / 2, MARK, Glyph.MISSING)
        return
    radius = MARK / 2 - 0.6
    points = [(x + 0.01, y), (x, y)]
    pen.stroke(points, 2 * radius + 1.4, 0)
    pen.stroke(points, 2 * radius, 1)
    pen.text(x, middle(y - radius, 2 * radius, 6.5), Run(str(number), 6.5), "centre")


def _states(sheet: Sheet, oid: str) -> list[tuple[str, str]]:
    codes = sheet.definition.code_list[sheet.definition.item[oid].code_list or ""].items
    return [(c.coded_value, sheet.inline(c.decode)) for c in codes]


def _beside(sheet: Sheet, block: JointFigure) -> Piece:
    """How to use the figure, and what the states are called."""
    room = TEXT_WIDTH - FIGURE - 40
    parts = [sheet.lines(spelled("figure_rule"), room, 8)]
    for glyph, (code, text) in zip(JOINTS, _states(sheet, block.joints[0].item), strict=True):
        note = f"{code} {text}" + (f" [{code}]" if sheet.annotated else "")
        parts.append(beside([_glyph(glyph), words([Run(note, 8.5)], room - 20)], 6, centred=True))
    parts.append(sheet.lines(spelled("cell_missing"), room, SMALL))
    for oid in (block.tender, block.swollen):
        method = sheet.definition.method[oid]
        told = f" {method.oid} · {method.name}" if sheet.annotated else ""
        label = words([Run(sheet.inline(method.label), 8.5, True), Run(told, TAG)], room)
        parts.append(placed(under([label, score(sheet, oid, room)], 2), top=3))
    return placed(under(parts, 6), top=6)


def _glyph(glyph: Glyph) -> Piece:
    return Piece(MARK, MARK, lambda pen, x, y: pen.glyph(x, y, MARK, glyph))


def _widths(sheet: Sheet, block: JointFigure) -> list[float]:
    """Of one half: number, name, a column per state, the missing code."""
    states = len(_states(sheet, block.joints[0].item))
    half = TEXT_WIDTH / 2
    return [NUMBER, half - NUMBER - states * STATE - REASON, *[STATE] * states, REASON]


def _head(sheet: Sheet, block: JointFigure, widths: Sequence[float]) -> Line:
    states = [words([Run(code, 7.5, True)], STATE) for code, _ in _states(sheet, block.joints[0].item)]
    name = words([Run(sheet.say("joint"), 8, True)], widths[1])
    one = [EMPTY, name, *states, words([Run("ND…", SMALL)], REASON)]
    centred = [i for i in range(2 * len(widths)) if i % len(widths) > 1]
    return head_line([*widths, *widths], [*one, *one], centred, ruled=True)


def _pair(sheet: Sheet, block: JointFigure, numbers: Sequence[int], widths: Sequence[float]) -> Line:
    made: list[Cell] = []
    for n in numbers:
        made += _cells(sheet, block.joints[n].item, n + 1, widths[1])
    made += [Cell(EMPTY)] * (2 * len(widths) - len(made))
    return Line(tuple(made), (*widths, *widths), ruled=True, least=18.5)


def _cells(sheet: Sheet, oid: str, number: int, width: float) -> list[Cell]:
    item, datum = sheet.definition.item[oid], sheet.datum(oid)
    parts = [words([Run(sheet.inline(item.label), 8)], width - 7), sheet.cell_tags(item, width - 6)]
    boxes = [Cell(_tick(datum.value == code), middle=True, centre=True) for code, _ in _states(sheet, oid)]
    why = words([Run(SPELLED[datum.null_flavor], SMALL, True)], REASON) if datum.null_flavor else EMPTY
    return [
        Cell(words([Run(str(number), SMALL)], NUMBER), middle=True, centre=True), Cell(under(parts, 1), middle=True),
        *boxes, Cell(why, middle=True, centre=True),
    ]  # fmt: skip


def _tick(chosen: bool) -> Piece:
    """A box of the table: 4.6 mm would not leave room between the rows."""
    side = SMALL_TICK + 2.4

    def ink(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, side, side, 0.9)
        if chosen:
            cross(pen, x, y, side)

    return Piece(side, side, ink)
