"""The figure of 28 joints with their marks, both counts, and the affected joints by name."""

from __future__ import annotations

from collections.abc import Iterable

from crf_desktop.capture.record import FormRecord
from crf_desktop.model.figure import OUTLINE
from crf_desktop.model.glyph import JOINTS, Glyph
from crf_desktop.model.layout import JointFigure
from crf_desktop.report.answer import Reader, datum_of
from crf_desktop.report.block import BODY, lone_tail, score_runs
from crf_desktop.report.drawing import MARGIN, TEXT_WIDTH, THIN, Pen, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.table import Row
from crf_desktop.report.typeface import Run, wrap

SIDE = 210.0
_MARK, _EDGE, _GROUND = 8.6, 0.45, 0.96
_RIGHT = MARGIN + SIDE + 22


def draw_joint_figure(
    flow: Flow, reader: Reader, form: FormRecord, block: JointFigure, tail: tuple[Row, ...] = ()
) -> None:
    """The figure as one faces the participant; beside it counts, legend and names."""
    lines = list(_beside(reader, form, block))
    height = max(SIDE, sum(line[2] for line in lines)) + 8

    def ink(pen: Pen, top: float) -> None:
        pen.box(MARGIN, top, TEXT_WIDTH, height, THIN)
        _figure(pen, reader, form, block, MARGIN + 6, top + 4)
        y = top + 6.0
        for glyph, runs, step in lines:
            if glyph is not None:
                pen.glyph(_RIGHT, y + (step - _MARK) / 2, _MARK, glyph)
            size = max(r.size for r in runs) if runs else BODY
            pen.line_of(_RIGHT + (14 if glyph is not None else 0), middle(y, step, size), runs)
            y += step

    flow.draw(height, ink)
    flow.gap(6)
    lone_tail(flow, tail)


def _figure(pen: Pen, reader: Reader, form: FormRecord, block: JointFigure, left: float, top: float) -> None:
    scale = SIDE / 100
    for grey, more in ((_EDGE, 0.8), (_GROUND, -0.8)):
        for limb in OUTLINE:
            points = [(left + x * scale, top + y * scale) for x, y in limb.points]
            pen.stroke(points, limb.width * scale + more, grey, limb.closed)
    for at, word in ((6, "right_side"), (94, "left_side")):
        pen.text(left + at * scale, top + 12, Run(reader.say(word), 7), "centre")
    for joint in block.joints:
        x, y = left + joint.x * scale - _MARK / 2, top + joint.y * scale - _MARK / 2
        pen.glyph(x, y, _MARK, _glyph(reader, form, joint.item))
        found = form.items.get(joint.item)
        if found is not None and found.changed:
            pen.glyph(x - 5, y - 4, 5.5, Glyph.CHANGED)
        elif joint.item in form.asked:
            pen.glyph(x - 5, y - 4, 5.5, Glyph.QUERY)


def _codes(reader: Reader, oid: str) -> list[str]:
    return [i.coded_value for i in reader.definition.code_list[reader.definition.item[oid].code_list or ""].items]


def _glyph(reader: Reader, form: FormRecord, oid: str) -> Glyph:
    datum, codes = datum_of(form, oid), _codes(reader, oid)
    if datum.value in codes:
        return JOINTS[codes.index(datum.value)]
    return Glyph.MISSING if datum.null_flavor else Glyph.JOINT_OPEN


def _beside(reader: Reader, form: FormRecord, block: JointFigure) -> Iterable[tuple[Glyph | None, list[Run], float]]:
    """Lines at the right of the figure: mark, words, height."""
    for oid in (block.tender, block.swollen):
        label = Run(reader.definition.method[oid].label.in_(reader.language) + reader.say("colon"), BODY)
        yield None, [label, *score_runs(reader, form, oid, BODY + 3)], 18
    yield None, [], 5
    first = reader.definition.item[block.joints[0].item]
    groups = [(glyph, code) for glyph, code in zip(JOINTS, _codes(reader, first.oid), strict=True)]
    for glyph, code in groups:
        named = [j.item for j in block.joints if datum_of(form, j.item).value == code]
        words = reader.definition.code_list[first.code_list or ""].decode(code, reader.language)
        yield from _named(reader, glyph, words, named, spell=glyph is not Glyph.JOINT_NONE)
    missing = [j.item for j in block.joints if datum_of(form, j.item).null_flavor]
    for why in dict.fromkeys(reader.of(form, oid) for oid in missing):
        yield from _named(reader, Glyph.MISSING, why, [o for o in missing if reader.of(form, o) == why], spell=True)
    empty = [j.item for j in block.joints if not datum_of(form, j.item).answered]
    if empty:
        yield from _named(reader, Glyph.JOINT_OPEN, reader.say("no_answer"), empty, spell=True)


def _named(
    reader: Reader, glyph: Glyph, words: str, oids: list[str], spell: bool
) -> Iterable[tuple[Glyph | None, list[Run], float]]:
    """``Tender (2): right wrist, left knee``, broken into lines; the mark stands before the first."""
    names = [reader.definition.item[o].label.in_(reader.language) for o in oids] if spell else []
    runs = [Run(f"{words}{reader.say('count', len(oids))}", BODY, True)]
    if names:
        runs.append(Run(reader.say("colon") + reader.say("and").join(names), BODY))
    room = MARGIN + TEXT_WIDTH - _RIGHT - 14 - 8
    for n, line in enumerate(wrap(runs, room)):
        yield (glyph, list(line), 13) if n == 0 else (None, [Run("", BODY), *_indented(line)], 11.5)


def _indented(line: Iterable[Run]) -> list[Run]:
    """A further line, under the words of the first."""
    return [Run("\u2003" + "\u2009", BODY), *line]
