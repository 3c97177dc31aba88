"""The response of one participant on paper: verdicts, the five items, STAR, with the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.analysis.measure import Lack, Measure
from crf_desktop.analysis.outcome import Change, Determinacy, Five, Item, Part, Star, Verdict
from crf_desktop.errors import Language
from crf_desktop.model.glyph import Glyph
from crf_desktop.report.document import boxes
from crf_desktop.report.emphasis import emphasised
from crf_desktop.report.flow import Flow
from crf_desktop.report.statistical_cell import BODY, SMALL, heads_of, said, table, widths, words
from crf_desktop.report.table import Cell, Row, cell
from crf_desktop.report.typeface import Run
from crf_desktop.wording.figure import number, with_unit
from crf_desktop.wording.response import LACKS, STAR_AT_WEEK_0

VERDICT_GLYPH = {
    Determinacy.RESPONDER: Glyph.MET,
    Determinacy.NON_RESPONDER: Glyph.NOT_MET,
    Determinacy.INDETERMINATE: Glyph.NOT_EVALUABLE,
}
_FIVE = (74.0, 118.0, 66.0, 66.0, 0.0)
_STAR = (74.0, 130.0, 66.0, 66.0, 0.0, 38.0)


def glyph_of(met: bool | None) -> Glyph:
    """Disc, crossed box, or dashed question mark."""
    return Glyph.NOT_EVALUABLE if met is None else Glyph.MET if met else Glyph.NOT_MET


def word_of(met: bool | None) -> str:
    """Word of an item's verdict."""
    return "not_evaluable" if met is None else "met" if met else "not_met"


def draw_verdicts(flow: Flow, language: Language, five: Five, star: Star) -> None:
    """Three boxes: as registered, inclusive, STAR; each with whether the data decide."""
    of_five, of_nine = said(language, "of_five"), said(language, "of_nine")
    told = (
        ("primary_box_literal", five.literal, of_five), ("inclusive_box", five.inclusive, of_five),
        ("star_box", star.published, of_nine),
    )  # fmt: skip
    boxes(flow, [_box(language, said(language, label), verdict, behind) for label, verdict, behind in told])


def _box(language: Language, label: str, verdict: Verdict, behind: str) -> tuple[str, list[Run], list[str]]:
    value = [Run(str(verdict.counted), 14, True), Run(behind, 8)]
    value += [Run(f"  {said(language, f'det_{verdict.determinacy}')}", 9, True)]
    return label, value, [verdict.why.in_(language)]


def draw_five(flow: Flow, language: Language, five: Five, followup: str = "followup") -> None:
    """The five items, each comparison in a line of its own."""
    head = heads_of(*(said(language, w) for w in ("verdict_item", "item_rule", "base", followup, "why")))
    table(flow, widths(*_FIVE), head, [row for item in five.items for row in _rows(language, item)])


def draw_star(flow: Flow, language: Language, star: Star, followup: str = "followup") -> None:
    """STAR's items with what each is worth, and the total."""
    titles = ("verdict_item", "item_rule", "base", followup, "why", "star_points")
    head = heads_of(*(said(language, w) for w in titles), right=(5,))
    rows = []
    for item in star.items:
        lines = _rows(language, item)
        points = item.points if item.met is True else 0
        behind = Run(f"\u00a0/{item.points}", SMALL)
        first = Cell((Run(str(points), BODY, True), behind), "right")
        rows += [Row((*line.cells, Cell() if n else first), joined=bool(n)) for n, line in enumerate(lines)]
    behind = Run(f"\u00a0/{sum(i.points for i in star.items)}", SMALL)
    total = Cell((Run(str(star.total), BODY, True), behind), "right")
    never = STAR_AT_WEEK_0[1 if language == "zh" else 0]
    rows.append(
        Row(
            (
                cell(said(language, "total"), True, size=BODY), Cell(), cell(never, size=BODY),
                cell(str(star.total), True, size=BODY), words(star.published.why.in_(language)), total,
            ),
            True,
        )
    )  # fmt: skip
    table(flow, widths(*_STAR), head, rows)


def _rows(language: Language, item: Item) -> list[Row]:
    verdict = cell(said(language, word_of(item.met)), True, glyph=glyph_of(item.met), size=BODY)
    letter = f"{item.key[0]}  " if item.key[1:2] == "_" else ""
    title, rule = Run(letter + item.title.in_(language), BODY, True), Run(item.rule.in_(language), SMALL)
    if len(item.parts) < 2:
        whole = Cell((title, Run("\n", SMALL), rule))
        return [Row((verdict, whole, *_compared(language, next(iter(item.parts), None))))]
    opened = [(verdict, Cell((title,))), (Cell(), Cell((rule,)))]
    opened += [(Cell(), Cell())] * (len(item.parts) - 2)
    return [
        Row((*opening, *_compared(language, part)), joined=bool(n))
        for n, (opening, part) in enumerate(zip(opened, item.parts, strict=True))
    ]


def _compared(language: Language, part: Part | None) -> tuple[Cell, Cell, Cell]:
    if part is None:
        return Cell(), Cell(), Cell()
    base, followup = (measure_text(m, language) for m in (part.pair.base, part.pair.followup))
    why = emphasised(part.why.in_(language), BODY)
    if not part.counts:
        why = (*why, Run(f"\n{said(language, 'shown_only')}", SMALL))
    return cell(base, size=BODY), cell(followup, True, size=BODY), Cell(why)


def measure_text(found: Measure, language: Language) -> str:
    """``62 mm``, ``<20 IU/mL``, or in one word why there is nothing."""
    unit = found.unit.in_(language)
    printed = with_unit(number(found.text), unit) if found.text else ""
    if found.lack is None or found.lack is Lack.CENSORED:
        return printed
    key = found.null if found.lack is Lack.REASON and found.null else found.lack
    why = LACKS[str(key)][1][1 if language == "zh" else 0]
    return said(language, "after_ivig", printed, why) if printed else why


def draw_changes(flow: Flow, language: Language, changes: Sequence[Change], followup: str = "followup") -> None:
    """Week 0, week 28, difference, and whether it is an improvement where one is defined."""
    head = heads_of(*(said(language, w) for w in ("outcome", "base", followup, "change", "why")))
    rows = []
    for one in changes:
        base, after = (measure_text(m, language) for m in (one.pair.base, one.pair.followup))
        glyph = glyph_of(one.improved) if one.improved is not None else None
        printed = number(one.text) if one.text and one.text[0] in "-0123456789" else one.text
        rows.append(
            Row(
                (
                    cell(one.label.in_(language), True, size=BODY), cell(base, size=BODY), cell(after, size=BODY),
                    cell(printed or "–", True, size=BODY, glyph=glyph), words(one.why.in_(language)),
                )
            )
        )  # fmt: skip
    table(flow, widths(104, 70, 70, 76, 0), head, rows)
