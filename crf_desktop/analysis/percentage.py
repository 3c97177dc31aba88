"""A fall by a percentage of the baseline, compared exactly; no percentage is ever rounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crf_desktop.analysis import change
from crf_desktop.analysis.entry import BadInput, needed, number


def dec_pct(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """``met``: whether ``followup`` lies at least ``pct`` per cent below ``baseline``; null if that cannot be said."""
    base = number("baseline", needed(inputs, "baseline"))
    followup = number("followup", needed(inputs, "followup"))
    percent = number("pct", needed(inputs, "pct"))
    if percent is None:
        raise BadInput("pct is not a number")
    return {"met": change.percent_fall(base, followup, percent)}
