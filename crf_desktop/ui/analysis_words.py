"""The results of a trial as the page prints them: the numbers asked first, rates, changes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.analysis.exact_test import printed_p
from crf_desktop.analysis.outcome import Determinacy
from crf_desktop.errors import Language
from crf_desktop.model.derive import fixed
from crf_desktop.ui.result_table import Cell, Column, Entry
from crf_desktop.ui.tile import TileWords
from crf_desktop.wording import figure
from crf_desktop.wording.statistical import STATISTICAL

if TYPE_CHECKING:
    from crf_desktop.analysis.paired_change import ChangeRow
    from crf_desktop.analysis.quantile import Spread
    from crf_desktop.analysis.response_rate import Rate
    from crf_desktop.analysis.summary import Summary

Rows = tuple[tuple[Column, ...], tuple[Entry, ...]]
NONE = "–"
translate = QCoreApplication.translate


def said(key: str, language: Language, *filled: object) -> str:
    """A word of the statistical report: window and paper say the same."""
    return STATISTICAL[key][language == "zh"].format(*filled)


def of(part: int, whole: int, language: Language) -> str:
    """``5 of 12``, ``5/12``."""
    return said("k_of_n", language, part, whole)


def joined(counts: list[tuple[str, int]]) -> str:
    """``under way 2 · stopped 1``; what is zero is left out."""
    return dotted([f"{name}{figure.NBSP}{n}" for name, n in counts if n])


def dotted(parts: list[str]) -> str:
    """Parts with dots between them; a line never begins with a dot."""
    return f"{figure.NBSP}· ".join(part for part in parts if part)


# ---- the numbers asked first


def tiles(summary: Summary, language: Language) -> list[TileWords]:
    """Five of them."""
    found, primary = summary.enrolment, summary.primary
    star = next(r for r in summary.rates if r.key == "star_ge5")
    before = [
        (translate("AnalysisPage", "screened"), found.screened),
        (translate("AnalysisPage", "in screening"), found.in_screening),
        (translate("AnalysisPage", "not treated"), found.failed),
    ]
    after = [
        (translate("AnalysisPage", "under way"), found.under_way),
        (translate("AnalysisPage", "stopped early"), found.stopped),
        (translate("AnalysisPage", "missed"), found.missed),
    ]
    planned = translate("AnalysisPage", "of {0} planned").format(found.goal)
    came = translate("AnalysisPage", "of {0} treated").format(found.treated)
    return [
        TileWords(translate("AnalysisPage", "Treated with rituximab"), str(found.treated), planned, joined(before)),
        TileWords(translate("AnalysisPage", "At week 28"), str(found.at_week_28), came, joined(after)),
        rate_tile(
            translate("AnalysisPage", "Response: at least {0} of 5 items").format(summary.options.response_at_least),
            primary, language,
        ),
        _decided(primary, language),
        rate_tile(translate("AnalysisPage", "STAR: at least 5 points"), star, language),
    ]


def rate_tile(name: str, rate: Rate, language: Language) -> TileWords:
    """A rate with its exact interval."""
    if rate.interval is None:
        return TileWords(name, "—", "", translate("AnalysisPage", "Nobody is counted yet"))
    interval = translate("AnalysisPage", "exact 95 % interval {0}").format(rate.interval.text(language))
    return TileWords(name, rate.interval.rate(language), of(rate.responders, rate.n, language), interval)


def _decided(rate: Rate, language: Language) -> TileWords:
    counts = rate.determinacy
    whole = sum(counts.values())
    name = translate("AnalysisPage", "Decided by the data")
    if not whole:
        return TileWords(name, "—", "", translate("AnalysisPage", "Nobody is counted yet"))
    note = joined([(said(f"det_{which.value}", language), counts.get(which, 0)) for which in Determinacy])
    left = counts.get(Determinacy.INDETERMINATE, 0)
    return TileWords(name, str(whole - left), translate("AnalysisPage", "of {0}").format(whole), note)


# ---- rates


def rate_rows(summary: Summary, language: Language) -> Rows:
    """End points with their rates, intervals, and whether the data decide."""
    columns = (
        Column(said("rate_head", language), 330, True), Column(said("rate_k", language), 118),
        Column(said("rate_share", language), 100), Column(said("rate_ci", language), 168),
        Column(said("det_responder", language), 110), Column(said("det_non-responder", language), 130),
        Column(said("det_indeterminate", language), 118),
    )  # fmt: skip
    entries = []
    same = not summary.options.changed()
    for rate in summary.rates[1:] if same else summary.rates:
        first = rate.key == "five_ge4" if same else rate is summary.primary
        share, interval = NONE, NONE
        if rate.interval is not None:
            share, interval = rate.interval.rate(language), rate.interval.text(language)
        counts = (str(rate.determinacy.get(which, 0)) for which in Determinacy)
        words = (of(rate.responders, rate.n, language) if rate.n else NONE, share, interval, *counts)
        title = Cell(rate.title.in_(language), bold=first)
        entries.append(Entry((title, *(Cell(w, bold=first) for w in words)), strong=first))
    return columns, tuple(entries)


# ---- changes


def change_rows(summary: Summary, language: Language) -> Rows:
    """Paired change with both exact tests."""
    columns = (
        Column(said("outcome", language), 210, True), Column("n", 52), Column(said("week_0", language), 136, True),
        Column(said("week_28", language), 136, True), Column(said("change", language), 150, True),
        Column(said("sign_test", language), 150, True), Column(said("rank_test", language), 150, True),
        Column(said("improved", language), 130, True),
    )  # fmt: skip
    return columns, tuple(_change(row, language) for row in summary.changes)


def _change(row: ChangeRow, language: Language) -> Entry:
    unit = row.unit.in_(language)
    name = Cell(row.label.in_(language), unit, bold=True)
    spreads = [_spread(s, row.digits, language) for s in (row.base, row.followup)]
    change = _spread(row.change, row.digits, language, signed=True)
    return Entry((name, Cell(str(row.n)), *spreads, change, _sign(row, language), _rank(row, language),
                  _improved(row, language)))  # fmt: skip


def _number(value: Fraction, digits: int, signed: bool = False) -> str:
    text = figure.number(fixed(value, digits))
    return f"+{text}" if signed and value > 0 else text


def _spread(found: Spread | None, digits: int, language: Language, signed: bool = False) -> Cell:
    if found is None:
        return Cell(NONE, token="text_2")
    places = found.places(digits)
    low, high = (_number(v, places, signed) for v in (found.q1, found.q3))
    quartiles = translate("AnalysisPage", "{0} to {1}").format(low, high)
    return Cell(_number(found.median, places, signed), quartiles)


def _p(p: Fraction | None, language: Language) -> str:
    if p is None:
        return NONE
    text = printed_p(p)
    return f"p {text}" if text.startswith("<") else said("p_equal", language, text)


def _sign(row: ChangeRow, language: Language) -> Cell:
    test = row.sign
    told = said("sign_counts", language, test.negative, test.positive, test.zeros)
    if test.p is None and test.reason is not None:
        told = test.reason.in_(language)
    return Cell(_p(test.p, language), told if row.n else "")


def _rank(row: ChangeRow, language: Language) -> Cell:
    test = row.rank
    told = said("rank_dropped", language, test.zeros, test.tied)
    if test.p is None and test.reason is not None:
        told = test.reason.in_(language)
    return Cell(_p(test.p, language), told if row.n else "")


def _improved(row: ChangeRow, language: Language) -> Cell:
    if row.improved is None:
        return Cell(NONE, token="text_2")
    told = row.rule.in_(language) if row.rule else ""
    return Cell(of(*row.improved, language), told)
