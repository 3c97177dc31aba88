"""Chapters of the statistical report about the end points: result, rates, items, STAR, listing, sensitivity."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.analysis.outcome import Determinacy
from crf_desktop.analysis.response_rate import ItemRow, Line, Rate, Subgroup
from crf_desktop.analysis.sensitivity import Alternative
from crf_desktop.model.glyph import Glyph
from crf_desktop.report.document import Document, boxes
from crf_desktop.report.drawing import HAIR, THIN, Pen
from crf_desktop.report.emphasis import plain
from crf_desktop.report.flow import Flow
from crf_desktop.report.response_table import VERDICT_GLYPH, glyph_of
from crf_desktop.report.statistical_cell import (
    BODY,
    DAY,
    SMALL,
    WHO,
    centre,
    heads_of,
    left,
    note,
    right,
    table,
    told,
    widths,
    words,
)
from crf_desktop.report.statistical_front import standing
from crf_desktop.report.statistical_source import Source
from crf_desktop.report.table import Cell, Figure, Row, cell
from crf_desktop.report.typeface import Run


def draw_result(flow: Flow, source: Source) -> None:
    """The answer on one page: primary end point and its companions in numbers, then in words."""
    rates = source.summary.rates
    shown = rates if source.options.changed() else [rate for rate in rates if rate.key != "primary"]
    boxes(flow, [_rate_box(source, rate) for rate in shown])
    primary = source.summary.primary
    if primary.n:
        share = source.say("k_of_n", primary.responders, primary.n)
        percent, interval = source.rate(primary.interval), source.interval(primary.interval)
        told(flow, source.say("result_primary", source.tell(primary.title), share, percent, interval))
        decided = (primary.determinacy.get(d, 0) for d in Determinacy)
        told(flow, source.say("result_determinacy", *decided))
    else:
        told(flow, source.say("no_rate"))
    for sentence in standing(source):
        told(flow, sentence)


def _rate_box(source: Source, rate: Rate) -> tuple[str, list[Run], list[str]]:
    title = source.tell(rate.title)
    if rate.interval is None:
        return title, [Run("–", 14, True)], [source.say("no_rate")]
    value = [Run(str(rate.responders), 14, True), Run(f"\u00a0/{rate.n}", 8)]
    value.append(Run(f"   {source.rate(rate.interval)}", 10, True))
    under = [source.say("ci", source.interval(rate.interval))]
    return title, value, [*under, source.say("undecided_n", rate.determinacy.get(Determinacy.INDETERMINATE, 0))]


def draw_primary(document: Document, source: Source) -> None:
    """Rates with their intervals, whether the data decide, the five items, subgroups."""
    flow, summary = document.body, source.summary
    rows = [_rate_row(source, rate) for rate in summary.rates]
    titles = (source.say(w) for w in ("rate_head", "rate_k", "rate_share", "rate_ci", "rate_plot"))
    table(flow, widths(0, 62, 48, 86, 140), heads_of(*titles, right=(1, 2, 3)), rows)
    note(flow, source.say("rate_note", plain(source.tell(summary.population.note))))
    document.section("determinacy", source.say("det_head"), lambda: _determinacy(flow, source), keep=150)
    document.section("items", source.say("items_five"), lambda: _items(flow, source, summary.items, points=False))
    if summary.subgroups:
        document.section("subgroups", source.say("subgroups"), lambda: _subgroups(flow, source))


def _rate_row(source: Source, rate: Rate) -> Row:
    main = rate.key == "primary"
    return Row(
        (
            left(source.tell(rate.title), main), right(source.say("k_of_n", rate.responders, rate.n), main),
            right(source.rate(rate.interval), main), right(source.interval(rate.interval), main),
            Cell(figure=interval_bar(rate.responders, rate.n, rate.interval)),
        )
    )  # fmt: skip


def interval_bar(k: int, n: int, interval: object, reported: float | None = None) -> Figure | None:
    """A square on a bar from 0 to 100 %; ``reported`` draws a line where the reported rate lies."""
    if interval is None or not n:
        return None
    low, high = float(getattr(interval, "low")), float(getattr(interval, "high"))  # noqa: B009
    rate = k / n

    def ink(pen: Pen, x: float, y: float, width: float) -> None:
        x, width = x + 3, width - 6
        pen.rule(x, y + 4.6, x + width, y + 4.6, HAIR)
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            pen.rule(x + part * width, y + 3, x + part * width, y + 4.6, HAIR)
        if reported is not None:
            pen.rule(x + reported * width, y - 7.5, x + reported * width, y + 7.5, HAIR)
        pen.rule(x + low * width, y, x + high * width, y, THIN)
        for end in (low, high):
            pen.rule(x + end * width, y - 2, x + end * width, y + 2, THIN)
        pen.box(x + rate * width - 2.2, y - 2.2, 4.4, 4.4, 0, 0)

    return ink


def _determinacy(flow: Flow, source: Source) -> None:
    rows = []
    for rate in source.summary.rates:
        counts = [right(str(rate.determinacy.get(d, 0))) for d in Determinacy]
        rows.append(Row((left(source.tell(rate.title)), *counts, left(source.people(rate.indeterminate)))))
    note(flow, source.say("det_note"))
    heads = (source.say(w) for w in ("rate_head", *(f"det_{d}" for d in Determinacy), "det_who"))
    table(flow, widths(170, 58, 70, 60, 0), heads_of(*heads, right=(1, 2, 3)), rows)


def _items(flow: Flow, source: Source, items: Sequence[ItemRow], points: bool = True) -> None:
    if not items:
        told(flow, source.say("no_rate"))
        return
    heads = [source.say(w) for w in ("item", "points", "met", "not_met", "not_evaluable", "item_unknown")]
    counted = ("points", "met", "not_met", "not_evaluable")[not points :]
    rows = []
    for item in items:
        counts = [right(str(getattr(item, name))) for name in counted]
        rows.append(Row((left(source.tell(item.title), True), *counts, _unknown(source, item.unknown))))
    columns = widths(116, *((40.0,) if points else ()), 42, 50, 70, 0)
    table(flow, columns, heads_of(heads[0], *heads[1 + (not points) :], right=(1, 2, 3, 4)[: len(counted)]), rows)


def _unknown(source: Source, unknown: Sequence[tuple[str, object]]) -> Cell:
    """Each participant with the reason, in a line of its own."""
    lines = [f"{subject}  {plain(source.tell(why))}" for subject, why in unknown]  # type: ignore[arg-type]
    return Cell((Run("\n".join(lines), SMALL),)) if lines else left("–")


def _subgroups(flow: Flow, source: Source) -> None:
    heads = [source.say(w) for w in ("subgroup", "subgroup_rate", "subgroup_item", "subgroup_unknown")]
    rows = [_subgroup(source, one) for one in source.summary.subgroups]
    table(flow, widths(150, 150, 110, 0), heads_of(*heads), rows)


def _subgroup(source: Source, one: Subgroup) -> Row:
    rate = source.share(one.rate.responders, one.rate.n)
    interval = source.say("ci", source.interval(one.rate.interval)) if one.rate.interval else ""
    item = source.share(one.item.met, one.item.met + one.item.not_met) if one.item else "–"
    return Row(
        (
            left(source.tell(one.title), True), Cell((Run(rate, BODY), Run(f"\n{interval}", SMALL))),
            left(item), left(source.people(one.unknown)),
        )
    )  # fmt: skip


def draw_star_items(flow: Flow, source: Source) -> None:
    """STAR's items over everybody who is counted."""
    told(flow, source.say("star_note"))
    _items(flow, source, source.summary.star_items)
    total = source.summary.star_total
    if total is not None:
        middle = [source.figure(v, total.places(0)) for v in (total.median, total.q1, total.q3)]
        note(flow, source.say("star_total", *middle, source.extremes(total, 0), total.n))


LISTING = (36.0, 16.0, 16.0, 16.0, 16.0, 16.0, 28.0, 21.0, 21.0, 38.0, 21.0, 0.0)


def draw_listing(flow: Flow, source: Source) -> None:
    """Everybody in one line, with the sentence that decides under it."""
    lines = source.summary.listing
    if not lines:
        told(flow, source.say("nobody"))
        return
    _legend(flow, source)
    titles = [source.say(w) for w in ("who", "day_zero", "week_28", "doses")]
    titles += [*"abcde", source.say("n_met"), *(source.say(f"listing_{w}") for w in ("ge4", "ge3", "star", "star5"))]
    head = heads_of(*titles, source.say("verdict"), centre=tuple(range(3, 14)))
    rows = [row for line in lines for row in _listed(source, line)]
    table(flow, _columns(source), head, rows)


def _legend(flow: Flow, source: Source) -> None:
    note(flow, source.say("listing_legend"))
    marks = [
        (Glyph.MET, "glyph_met"), (Glyph.NOT_MET, "glyph_not_met"), (Glyph.NOT_EVALUABLE, "glyph_not_evaluable"),
    ]  # fmt: skip

    def ink(pen: Pen, top: float) -> None:
        x = 40.0
        for glyph, word in marks:
            said = Run(source.say(word), SMALL)
            pen.glyph(x, top + 1, 8, glyph)
            pen.text(x + 11, top + 7.6, said)
            x += 11 + said.width + 18
        pen.text(x, top + 7.6, Run(f"–  {source.say('glyph_open')}", SMALL))

    flow.draw(14, ink)


def _listed(source: Source, line: Line) -> list[Row]:
    """The line of a participant, and where they stand and why under it."""
    marks = [_mark(met) if line.counted or met is not None else centre("–") for met in line.items]
    star = f"{line.star} ({line.star_possible})" if line.star_possible != line.star else str(line.star)
    open_ = line.five_ge4 is None and not line.counted
    verdict = left("–")
    if line.responder is not None and line.determinacy is not None:
        verdict = cell(source.say(f"det_{line.determinacy}"), True, glyph=VERDICT_GLYPH[line.determinacy], size=BODY)
    first = Row(
        (
            left(line.subject, True), left(source.day(line.day_zero)), left(source.day(line.followup)),
            centre(f"{line.rituximab}, {line.belimumab}"), *marks,
            centre("–" if open_ else str(line.n_met)), _flag(line.five_ge4), _flag(line.five_ge3),
            centre("–" if open_ else star), _flag(line.star_ge5), verdict,
        )
    )  # fmt: skip
    columns = _columns(source)
    why = (Cell(), words(source.tell(line.why), size=SMALL))
    return [first, Row(why, widths=(columns[0], sum(columns[1:])), joined=True)]


def _columns(source: Source) -> tuple[float, ...]:
    day = DAY[source.language]
    return widths(WHO, day, day, *LISTING)


def _mark(met: bool | None) -> Cell:
    return Cell(glyph=glyph_of(met))


def _flag(met: bool | None) -> Cell:
    return centre("–") if met is None else Cell(glyph=glyph_of(met))


def draw_sensitivity(flow: Flow, source: Source) -> None:
    """The primary end point with one option changed at a time."""
    if not source.summary.primary.n:
        told(flow, source.say("no_rate"))
        return
    told(flow, source.say("sensitivity_lead"))
    primary, star = source.summary.primary, next(r for r in source.summary.rates if r.key == "star_ge5")
    reported = primary.responders / primary.n
    titles = ("option_no", "option", "rate_k", "rate_ci", "rate_plot", "gained_lost", "star_short")
    heads = [source.say(w) for w in titles]
    first = Row(
        (
            Cell(), left(source.say("as_reported"), True), right(f"{primary.responders}/{primary.n}", True),
            right(source.interval(primary.interval), True),
            Cell(figure=interval_bar(primary.responders, primary.n, primary.interval, reported)), left("–"),
            right(f"{star.responders}/{star.n}", True),
        ),
        True,
    )  # fmt: skip
    rows = [_alternative(source, one, reported) for one in source.summary.sensitivity]
    table(flow, widths(46, 0, 58, 62, 104, 70, 46), heads_of(*heads, right=(2, 3, 6)), [first, *rows])


def _alternative(source: Source, one: Alternative, reported: float) -> Row:
    number = source.ambiguity(one.option.ambiguity)
    changed = [source.say("gained", source.people(one.gained))] if one.gained else []
    changed += [source.say("lost", source.people(one.lost))] if one.lost else []
    title = (Run(source.tell(one.option.title), SMALL), Run(f"\n{source.tell(one.option.value_title)}", BODY, True))
    return Row(
        (
            left(number), Cell(title), right(f"{one.responders}/{one.n}", bool(changed)),
            right(source.interval(one.interval)),
            Cell(figure=interval_bar(one.responders, one.n, one.interval, reported)),
            left("\n".join(changed) or "–", bool(changed)), right(f"{one.star[0]}/{one.star[1]}"),
        )
    )  # fmt: skip
