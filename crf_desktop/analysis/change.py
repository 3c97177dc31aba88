"""When a change counts: published and registered thresholds, compared exactly; and every change of a participant."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from crf_desktop.analysis import spelling
from crf_desktop.analysis.comparison import Voice, exact, lacking, pair_of
from crf_desktop.analysis.measure import Measure
from crf_desktop.analysis.outcome import Change, Pair, Pairs
from crf_desktop.analysis.spelling import NONE, amount, both, decimals, joined, shown
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.derive import fixed
from crf_desktop.model.expression import Value, evaluate
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure
from crf_desktop.wording.outcome import CHANGES, LABELS

ESSPRI_IMPROVED: Final = "base - followup >= 3 or (base > 0 and (base - followup) * 100 >= 15 * base)"
"""On the sum of three scales: 1 point of the mean is 3 of the sum (Seror 2016, ARD 75:382). Baseline 0: no."""

ACTIVITY_IMPROVED: Final = "base - followup >= 3"
"""ESSDAI: minimal clinically important improvement (Seror 2016); ClinESSDAI: systemic item of STAR (Seror 2022)."""

PERCENT_FALL: Final = "(base - followup) * 100 >= percent * base if base > 0 else None"
"""Unknown when the baseline is 0: nothing can be said about a percentage of it."""

NAMES: Final = (
    "essdai_total", "clinessdai_total", "esspri_mean", "schirmer_mean", "saliva_flow", "hocevar_total", "pga", "esr",
    "igg", "rf",
)  # fmt: skip
"""The secondary end points, then what the five items rest on."""
_BANDS: Final = {"essdai_total": "essdai_band", "clinessdai_total": "clinessdai_band"}


def esspri_improved(base: Value, followup: Value) -> Value:
    """Whether the sum of the scales fell by 1 point of the mean or by 15 %; None while either sum is unknown."""
    return evaluate(ESSPRI_IMPROVED, {"base": base, "followup": followup})


def activity_improved(base: Value, followup: Value) -> Value:
    """Whether a total of ESSDAI or ClinESSDAI fell by 3 points; None while either is unknown."""
    return evaluate(ACTIVITY_IMPROVED, {"base": base, "followup": followup})


def percent_fall(base: Fraction | None, followup: Fraction | None, percent: Fraction) -> Value:
    """Whether the value fell by that percentage of the baseline; None when that cannot be said."""
    return evaluate(PERCENT_FALL, {"base": base, "followup": followup, "percent": percent})


def difference(base: Value, followup: Value) -> Value:
    """Follow-up minus baseline; None while either is unknown."""
    return evaluate("followup - base", {"base": base, "followup": followup})


def changes(who: Participant, pairs: Pairs) -> tuple[Change, ...]:
    """Follow-up minus week 0 of every outcome, in the order of the protocol.

    STAR is itself a change and has none: at week 0 it is not applicable (A3).
    """
    return tuple(_change(who, name, pair_of(pairs, name), pairs) for name in NAMES)


def _change(who: Participant, name: str, pair: Pair, pairs: Pairs) -> Change:
    label = TranslatedText(*LABELS[name])
    if pair.base.value is None or pair.followup.value is None:
        return Change(name, label, pair, "", None, lacking(name, pair, Voice(eyes=name == "schirmer_mean")).why)
    base, followup = exact(pair)
    improved: Value = None
    if name in _BANDS:
        improved = activity_improved(base, followup)
        said = joined(_points(pair, improved is True), _at_both(who, pair, _BANDS[name], "band"))
    elif name == "esspri_mean":
        total = exact(pair_of(pairs, "esspri_sum"))
        improved = esspri_improved(*total)
        said = joined(_esspri(total, improved is True), _at_both(who, pair, "esspri_pass", "pass"))
    else:
        said = _shares(pair)
    return Change(name, label, pair, signed(followup - base, decimals(*_both(pair))), _truth(improved), said)


def _truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _both(pair: Pair) -> tuple[Measure, Measure]:
    return pair.base, pair.followup


def signed(number: Fraction, digits: int) -> str:
    """A difference as printed: ``+0.018``, ``−21``, ``0``; never 0 for what is not."""
    while number and not Fraction(fixed(number, digits)):
        digits += 1
    return ("+" if number > 0 else "") + figure.number(fixed(number, digits))


def _say(kind: str, **values: TranslatedText) -> TranslatedText:
    return spelling.filled(CHANGES[kind], **values)


def _points(pair: Pair, improved: bool) -> TranslatedText:
    base, followup = exact(pair)
    fall, verdict = base - followup, both(CHANGES["improved" if improved else "not_improved"])
    if fall == 0:
        return _say("same_points", verdict=verdict)
    by = amount(abs(fall), 0)
    if fall < 0:
        return _say("rose_points", by=by, verdict=verdict)
    return _say("fell_points", by=by, bound=spelling.bound(improved, amount(Fraction(3), 0)), verdict=verdict)


def _esspri(total: tuple[Fraction, Fraction], improved: bool) -> TranslatedText:
    """On the sum, told of the mean."""
    base, fall = total[0], total[0] - total[1]
    verdict, by = both(CHANGES["improved" if improved else "not_improved"]), amount(abs(fall) / 3, 2)
    if base == 0 and fall == 0:
        return _say("zero_points")
    if fall <= 0:
        return _say("rose_points" if fall else "same_points", by=by, verdict=verdict)
    if fall >= 3:
        return _say("fell_points", by=by, bound=spelling.bound(True, amount(Fraction(1), 0)), verdict=verdict)
    percent = spelling.percentage(fall * 100 / base, Fraction(15))
    limit = spelling.bound(improved, spelling.per_cent("15"))
    limit = limit if improved else both(CHANGES["neither"], limit)
    return _say("fell_percent", by=by, percent=percent, bound=limit, verdict=verdict)


def _at_both(who: Participant, pair: Pair, method: str, kind: str) -> TranslatedText:
    """Band or acceptable state at both visits."""
    told = [_decoded(who, m, method) for m in (pair.base, pair.followup)]
    if not all(t.en for t in told):
        return NONE
    return both(CHANGES[f"{kind}_same" if told[0] == told[1] else kind], *told)


def _decoded(who: Participant, measure: Measure, method: str) -> TranslatedText:
    at = who.occurrence(measure.event)
    value = who.course.visit(at).named(method) if at else None
    if isinstance(value, bool):
        return both(CHANGES["yes" if value else "no"])
    codes = who.definition.code_list.get(who.definition.method_by_name[method].code_list or "")
    if value is None or codes is None:
        return NONE
    return TranslatedText(codes.decode(str(value), "en").lower(), codes.decode(str(value), "zh"))


def _shares(pair: Pair) -> TranslatedText:
    base, followup = exact(pair)
    if followup == base:
        return _say("same", base=shown(pair.base))
    if base == 0:
        return _say("from_zero")
    gap, digits = abs(followup - base), decimals(*_both(pair))
    return _say(
        "fell" if followup < base else "rose", by=amount(gap, digits), by_unit=amount(gap, digits, pair.base.unit),
        base=shown(pair.base), percent=spelling.per_cent(fixed(gap * 100 / base, 1)),
    )  # fmt: skip
