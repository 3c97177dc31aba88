"""Candidate STAR, 0 to 9 points (Seror 2022, Ann Rheum Dis 81:979, Table 3; rules: instruments, 4a)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import evolve

from crf_desktop.analysis import change, spelling
from crf_desktop.analysis.comparison import (
    BEFORE,
    Voice,
    any_met,
    exact,
    falls_by,
    lacking,
    pair_of,
    rises_by,
    short,
)
from crf_desktop.analysis.lacrimal import falls_points, rises_or_stays_normal, staining
from crf_desktop.analysis.option import STANDARD, Options
from crf_desktop.analysis.outcome import Item, Pair, Pairs, Part, Star, Verdict
from crf_desktop.analysis.spelling import amount, shown
from crf_desktop.analysis.threshold import of_star
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.response import ITEMS, MARKS, OPTION_RULES

IGG, RF, FLOW, HOCEVAR = 10, 25, 25, 25
"""Percent of week 0."""
SYSTEMIC: Final = Fraction(3)
"""Points of ClinESSDAI."""
ESSPRI_PERCENT: Final = Fraction(15)
PUBLISHED, LITERAL = 5, 6


def star(pairs: Pairs, options: Options = STANDARD) -> Star:
    """The five items with their points and reasons, and the verdicts at ≥5 (as published) and >5 (as registered)."""
    items = (_systemic(pairs), _reported(pairs), _lacrimal(pairs, options), _salivary(pairs), _biological(pairs))
    return Star(items, of_star(items, PUBLISHED, options), of_star(items, LITERAL, options))


def primary(found: Star, options: Options) -> Verdict:
    """The verdict at the number of points that holds (A2)."""
    return found.published if options.star_at_least == str(PUBLISHED) else found.literal


def _item(key: str, parts: tuple[Part, ...], met: bool | None, points: int = 1, rule: str = "") -> Item:
    title, usual = ITEMS[key]
    return Item(key, TranslatedText(*title), TranslatedText(*OPTION_RULES.get(rule, usual)), met, parts, points)


def _systemic(pairs: Pairs) -> Item:
    part = falls_points("clinessdai", pair_of(pairs, "clinessdai_total"), SYSTEMIC, short("clinessdai"))
    return _item("systemic", (part,), part.met, 3)


def _reported(pairs: Pairs) -> Item:
    part = _esspri(pair_of(pairs, "esspri_sum"), pair_of(pairs, "esspri_mean"), short("esspri"))
    return _item("pro", (part,), part.met, 3)


def _esspri(total: Pair, pair: Pair, voice: Voice) -> Part:
    """Whether ESSPRI falls by 1 point or by 15 %: decided on the sum of its scales, told of their mean."""
    if total.base.value is None or total.followup.value is None:
        return lacking("esspri", pair, voice)
    base, followup = exact(total)
    met = change.esspri_improved(base, followup) is True
    fall, wanted = base - followup, spelling.per_cent(str(ESSPRI_PERCENT))
    by = amount(abs(fall) / 3, 2)
    if base == 0:
        return Part("esspri", pair, met, voice.say("points_zero", visit=spelling.visit_name(pair.base, BEFORE)))
    if fall <= 0:
        both_wanted = spelling.both(MARKS["point_or"], wanted)
        kind = "fall_rose" if fall else "fall_same"
        return Part("esspri", pair, met, voice.say(kind, by=by, by_unit=by, base=shown(pair.base), wanted=both_wanted))
    share = fall * 100 / base
    told = {"by": by, "percent": spelling.percentage(share, ESSPRI_PERCENT), "bound": spelling.bound(met, wanted)}
    if fall >= 3:
        told["bound"] = spelling.bound(True, amount(Fraction(1), 0))
        return Part("esspri", pair, met, voice.say("points_fell", **told))
    return Part("esspri", pair, met, voice.say("points_percent" if met else "points_neither", **told))


def _lacrimal(pairs: Pairs, options: Options) -> Item:
    """Schirmer decides where both values are there, else OSS; under the other option whichever is met."""
    schirmer = rises_or_stays_normal(pair_of(pairs, "schirmer_mean"), options, short("schirmer"))
    oss = staining(pair_of(pairs, "oss_mean"), short("oss"))
    if options.star_lacrimal == "schirmer_first" and schirmer.met is not None:
        oss = evolve(oss, counts=False)
    return _item("lacrimal", (schirmer, oss), any_met((schirmer, oss)), rule=f"lacrimal {options.star_lacrimal}")


def _salivary(pairs: Pairs) -> Item:
    parts = (
        rises_by("flow", pair_of(pairs, "saliva_flow"), FLOW, short("flow")),
        falls_by("hocevar", pair_of(pairs, "hocevar_total"), HOCEVAR, short("hocevar")),
    )
    return _item("salivary", parts, any_met(parts))


def _biological(pairs: Pairs) -> Item:
    parts = (
        falls_by("igg", pair_of(pairs, "igg"), IGG, short("igg")),
        falls_by("rf", pair_of(pairs, "rf"), RF, short("rf")),
    )
    return _item("biological", parts, any_met(parts))
