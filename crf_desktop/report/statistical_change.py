"""Chapters of the statistical report about change from week 0 to week 28, and bands of activity."""

from __future__ import annotations

from fractions import Fraction

from crf_desktop.analysis.exact_test import SignedRank, SignTest, printed_p
from crf_desktop.analysis.paired_change import BandTable, ChangeRow
from crf_desktop.analysis.quantile import Spread
from crf_desktop.report.document import Document
from crf_desktop.report.emphasis import plain
from crf_desktop.report.flow import Flow
from crf_desktop.report.statistical_cell import BODY, SMALL, heads_of, left, note, right, table, told, widths
from crf_desktop.report.statistical_source import Source
from crf_desktop.report.table import Cell, Row
from crf_desktop.report.typeface import Run


def draw_changes(document: Document, source: Source) -> None:
    """Paired change of each outcome with both exact tests, and who has no pair."""
    flow, rows = document.body, source.summary.changes
    if any(r.n for r in rows):
        _paired(flow, source)
    else:
        told(flow, source.say("no_pair"))
    if any(r.missing for r in rows):
        document.section("unpaired", source.say("without_pair"), lambda: _unpaired(flow, source))


def _paired(flow: Flow, source: Source) -> None:
    rows = source.summary.changes
    titles = ("outcome", "n", "week_0", "week_28", "change", "sign_test", "rank_test", "improved")
    heads = [source.say(w) for w in titles]
    table(flow, widths(84, 22, 66, 66, 74, 66, 74, 0), heads_of(*heads, right=(1,)), [_row(source, r) for r in rows])
    note(flow, source.say("change_note"))
    rules = source.say("comma").join(
        f"{source.tell(r.label)} {plain(source.tell(r.rule))}" for r in rows if r.rule is not None
    )
    if rules:
        note(flow, source.say("improved_note", rules))


def _row(source: Source, row: ChangeRow) -> Row:
    unit = source.tell(row.unit)
    label = (Run(source.tell(row.label), BODY, True), *((Run(f"\n{unit}", SMALL),) if unit else ()))
    spreads = [_spread(source, one, row) for one in (row.base, row.followup)]
    spreads += [_spread(source, row.change, row, True), _sign(source, row.sign), _rank(source, row.rank)]
    return Row((Cell(label), right(str(row.n)), *spreads, _improved(source, row)))


def _spread(source: Source, spread: Spread | None, row: ChangeRow, signed: bool = False) -> Cell:
    if spread is None:
        return left("–")
    digits = spread.places(row.digits)
    middle = source.figure(spread.median, digits, signed)
    ends = source.say("quartiles", *(source.figure(v, digits, signed) for v in (spread.q1, spread.q3)))
    least = source.extremes(spread, row.digits, signed)
    return Cell((Run(middle, BODY, True), Run(f"\n{ends}", BODY), Run(f"\n{least}", SMALL)))


def _p(source: Source, test: SignTest | SignedRank) -> str:
    if test.p is None:
        return source.say("p_none", source.tell(test.reason)) if test.reason else "–"
    text = printed_p(test.p)
    return source.say("p", text) if text.startswith("<") else source.say("p_equal", text)


def _sign(source: Source, test: SignTest) -> Cell:
    counts = source.say("sign_counts", test.negative, test.positive, test.zeros)
    return Cell((Run(_p(source, test), BODY, test.p is not None), Run(f"\n{counts}", SMALL)))


def _rank(source: Source, test: SignedRank) -> Cell:
    sums = source.say("rank_sums", *(_rank_sum(source, r) for r in (test.negative_ranks, test.positive_ranks)))
    dropped = source.say("rank_dropped", test.zeros, test.tied)
    return Cell((Run(_p(source, test), BODY, test.p is not None), Run(f"\n{sums}\n{dropped}", SMALL)))


def _rank_sum(source: Source, ranks: Fraction) -> str:
    return source.figure(ranks, 0 if ranks.denominator == 1 else 1)


def _improved(source: Source, row: ChangeRow) -> Cell:
    if row.improved is None:
        return left("–")
    share = source.say("k_of_n", *row.improved)
    return Cell((Run(share, BODY, True), Run(f"\n{source.interval(row.interval)}", SMALL)))


def _unpaired(flow: Flow, source: Source) -> None:
    told(flow, source.say("without_pair_lead"))
    rows = []
    for row in source.summary.changes:
        by_why: dict[str, list[str]] = {}
        for subject, why in row.missing:
            by_why.setdefault(plain(source.tell(why)), []).append(subject)
        lines = [f"{source.people(who)}: {why}" for why, who in by_why.items()]
        if lines:
            rows.append(Row((left(source.tell(row.label), True), right(str(len(row.missing))), left("\n".join(lines)))))
    heads = [source.say(w) for w in ("outcome", "n", "why")]
    table(flow, widths(110, 24, 0), heads_of(*heads, right=(1,)), rows)


def draw_bands(flow: Flow, source: Source) -> None:
    """Participants by band at week 0 and week 28."""
    if not source.summary.bands:
        told(flow, source.say("no_pair"))
        return
    told(flow, source.say("band_lead"))
    for band in source.summary.bands:
        _band(flow, source, band)


def _band(flow: Flow, source: Source, band: BandTable) -> None:
    n = len(band.bands)
    names = [source.tell(b) for b in band.bands]
    head = heads_of(source.tell(band.title), *names, source.say("total"), right=tuple(range(1, n + 2)))
    rows = []
    for name, counts in zip(names, band.counts, strict=True):
        rows.append(Row((left(name, True), *(right(str(c)) for c in counts), right(str(sum(counts)), True))))
    sums = [sum(row[i] for row in band.counts) for i in range(n)]
    total = (left(source.say("total"), True), *(right(str(c), True) for c in sums), right(str(sum(sums)), True))
    rows.append(Row(total, True))
    table(flow, widths(0, *([84] * n), 50), head, rows)
    if band.without:
        note(flow, source.say("band_without", band.without))
