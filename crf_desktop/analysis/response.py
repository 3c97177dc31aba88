"""The registered five-item response, week 28 against week 0 (NCT06410833; rules: instruments, 4b)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import evolve

from crf_desktop.analysis import spelling
from crf_desktop.analysis.comparison import (
    AFTER,
    BEFORE,
    Voice,
    about,
    all_met,
    any_met,
    falls_by,
    pair_of,
    rises_by,
    surely_at_most,
)
from crf_desktop.analysis.lacrimal import eye_of, rises, rises_or_stays_normal
from crf_desktop.analysis.measure import Lack, Measure
from crf_desktop.analysis.option import STANDARD, Options
from crf_desktop.analysis.outcome import Five, Item, Pair, Pairs, Part, Verdict
from crf_desktop.analysis.spelling import NONE, sentence, shown
from crf_desktop.analysis.threshold import of_five
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.response import ITEMS, OPTION_RULES

PGA, ESR, MARKER, FLOW, HOCEVAR = 30, 30, 25, 25, 25
"""Percent of week 0."""
LITERAL, INCLUSIVE = 4, 3
EYES: Final = Voice(eyes=True)


def five(pairs: Pairs, options: Options = STANDARD, early: bool = False) -> Five:
    """The five items with their reasons, and the verdicts at 4 (as registered) and at 3 of them.

    ``early``: of early termination, which the primary analysis does not use.
    """
    items = (_a(pairs), _b(pairs, options), _c(pairs, options), _d(pairs, options), _e(pairs, options))
    literal, inclusive = (of_five(items, n, options, early) for n in (LITERAL, INCLUSIVE))
    return Five(items, literal, inclusive)


def primary(found: Five, options: Options) -> Verdict:
    """The verdict at the number of items that holds (A1)."""
    return found.literal if options.response_at_least == str(LITERAL) else found.inclusive


def _item(key: str, parts: tuple[Part, ...], met: bool | None, rule: str = "") -> Item:
    title, usual = ITEMS[key]
    return Item(key, TranslatedText(*title), TranslatedText(*OPTION_RULES.get(rule, usual)), met, parts)


def _a(pairs: Pairs) -> Item:
    part = falls_by("pga", pair_of(pairs, "pga"), PGA)
    return _item("a_pga", (part,), part.met)


def _b(pairs: Pairs, options: Options) -> Item:
    """Falls by 30 %, or from above its limit to not above it, each visit against its own limit."""
    pair, limits = pair_of(pairs, "esr"), pair_of(pairs, "esr_uln")
    limit = limits.base.value
    raised = limit is not None and surely_at_most(pair.base, limit) is False
    fall = falls_by("esr_fall", pair, ESR, otherwise=sentence("or_normal") if raised else NONE)
    normal = _normalised(pair, limits)
    met = True if True in (fall.met, normal.met) else normal.met
    if fall.met is None and pair.base.value != 0 and met is False:  # a result with < or >: it may have fallen
        met = None
    if options.esr_normal_baseline == "not_evaluable" and pair.base.value is not None:
        normal, met = _only_raised(fall, normal, limits, met)
    return _item("b_esr", (fall, normal), met)


def _normalised(pair: Pair, limits: Pair) -> Part:
    """A percentage apart, what is certain of a result with < or > decides (M7)."""
    known = [m.value is not None or m.lack is Lack.CENSORED for m in (pair.base, pair.followup)]
    if not all(known):
        return Part("esr_normal", pair, None, sentence("normal_unknown"))
    for limit, at in ((limits.base, BEFORE), (limits.followup, AFTER)):
        if limit.value is None:
            return Part("esr_normal", pair, None, sentence("no_limit", visit=spelling.visit_name(limit, at)))
    was, now = Fraction(limits.base.value or 0), Fraction(limits.followup.value or 0)
    low, low_now = surely_at_most(pair.base, was), surely_at_most(pair.followup, now)
    told = {"limit": shown(limits.base), "limit_now": shown(limits.followup)}
    visit = spelling.visit_name(pair.base, BEFORE)
    if low is True:
        return Part("esr_normal", pair, False, sentence("never_high", visit=visit, **told))
    if low_now is False:
        return Part("esr_normal", pair, False, sentence("not_normalised", **told))
    if low is None or low_now is None:
        unclear, limit = (pair.base, limits.base) if low is None else (pair.followup, limits.followup)
        said = sentence("normal_left_open", value=shown(unclear), limit=shown(limit))
        return Part("esr_normal", pair, None, said)
    return Part("esr_normal", pair, True, sentence("normalised" if was == now else "normalised_other", **told))


def _only_raised(fall: Part, normal: Part, limits: Pair, met: bool | None) -> tuple[Part, bool | None]:
    """A5 under its other option: without an ESR above its limit at week 0 the item cannot be evaluated."""
    visit = spelling.visit_name(limits.base, BEFORE)
    if limits.base.value is None:
        return evolve(normal, met=None, why=sentence("normal_at_base_unknown", visit=visit)), None
    low = surely_at_most(fall.pair.base, limits.base.value)
    if low is None:
        return evolve(normal, met=None), None
    if low:
        said = sentence("normal_at_base", visit=visit, limit=shown(limits.base))
        return evolve(normal, met=None, why=said), None
    return normal, met


def _c(pairs: Pairs, options: Options) -> Item:
    igg = falls_by("igg", pair_of(pairs, "igg"), MARKER, about("igg"))
    if options.igg_baseline == "above_limit" and igg.pair.base.value is not None:
        igg = _only_high(igg, pair_of(pairs, "igg_uln").base)
    parts = (igg, falls_by("rf", pair_of(pairs, "rf"), MARKER, about("rf")))
    asked = all_met if options.b_cell_markers == "both" else any_met
    return _item("c_bcell", parts, asked(parts), f"c_bcell {options.b_cell_markers}")


def _only_high(part: Part, limit: Measure) -> Part:
    """A8 under its other option: a fall counts only from above the limit for age."""
    base = part.pair.base
    visit = spelling.visit_name(base, BEFORE)
    if limit.value is None:
        return evolve(part, met=None, why=sentence("igg_limit_unknown", visit=visit))
    if base.value is not None and base.value <= limit.value:
        said = sentence("igg_not_high", visit=visit, base=shown(base), limit=shown(limit))
        return evolve(part, met=False, why=said)
    return part


def _d(pairs: Pairs, options: Options) -> Item:
    pair = eye_of(pairs, options)
    stays = options.schirmer_normal_baseline == "stays_normal"
    part = rises_or_stays_normal(pair, options, EYES) if stays else rises(pair, EYES)
    rule = f"d_lacrimal {options.schirmer_eye}" + (" stays_normal" if stays else "")
    return _item("d_lacrimal", (part,), part.met, rule)


def _e(pairs: Pairs, options: Options) -> Item:
    from_zero = options.flow_zero_baseline == "any_rise"
    parts = (
        rises_by("flow", pair_of(pairs, "saliva_flow"), FLOW, about("flow"), from_zero),
        falls_by("hocevar", pair_of(pairs, "hocevar_total"), HOCEVAR, about("hocevar")),
    )
    return _item("e_salivary", parts, any_met(parts), f"e_salivary {options.flow_zero_baseline}")
