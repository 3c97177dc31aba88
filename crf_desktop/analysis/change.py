"""When a change counts: published and registered thresholds, compared exactly and always including the threshold."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from crf_desktop.model.expression import Value, evaluate

ESSPRI_IMPROVED: Final = "base - followup >= 3 or (base > 0 and (base - followup) * 100 >= 15 * base)"
"""On the sum of three scales: 1 point of the mean is 3 of the sum (Seror 2016, ARD 75:382). Baseline 0: no."""

ACTIVITY_IMPROVED: Final = "base - followup >= 3"
"""ESSDAI: minimal clinically important improvement (Seror 2016); ClinESSDAI: systemic item of STAR (Seror 2022)."""

PERCENT_FALL: Final = "(base - followup) * 100 >= percent * base if base > 0 else None"
"""Unknown when the baseline is 0: nothing can be said about a percentage of it."""


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
