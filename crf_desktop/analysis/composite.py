"""The calculator's STAR and five-item response, from values before and after; the rules are those of the program.

A missing key, null, and null in a list are missing values. Numbers are JSON numbers or decimal texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from crf_desktop.analysis import response, star
from crf_desktop.analysis.entry import BadInput, number
from crf_desktop.analysis.measure import measured
from crf_desktop.analysis.outcome import Item, Pair

Inputs = Mapping[str, Any]


def five_items(inputs: Inputs) -> dict[str, Any]:
    """Items, responder and determinacy at ≥4 and ≥3, from ``pga esr esr_uln igg rf schirmer uwsf hocevar``."""
    found = response.five(_pairs(inputs) | {"esr_uln": _limits(inputs), "pga": _pair("pga", inputs, "pga", 100)})
    return {
        "items": _verdicts(found.items),
        "n_met": found.n_met,
        "n_not_evaluable": found.n_not_evaluable,
        "resp_ge4_literal_NRI": found.literal.responder,
        "resp_ge3_inclusive_NRI": found.inclusive.responder,
        "determinacy_ge4": str(found.literal.determinacy),
        "determinacy_ge3": str(found.inclusive.determinacy),
    }


def star_points(inputs: Inputs) -> dict[str, Any]:
    """Points, responder and determinacy, from ``clinessdai esspri schirmer oss uwsf hocevar igg rf``."""
    total, mean = _scales(inputs)
    found = star.star(
        _pairs(inputs)
        | {
            "clinessdai_total": _pair("clinessdai_total", inputs, "clinessdai", 135, whole=True),
            "esspri_sum": total,
            "esspri_mean": mean,
            "oss_mean": _eyes("oss", inputs, "oss", 12)["oss_mean"],
        }
    )
    return {
        "items": _verdicts(found.items),
        "points": {i.key: None if i.met is None else i.points * i.met for i in found.items},
        "total_observed": found.total,
        "total_max_possible": found.possible,
        "responder_ge5_NRI": found.published.responder,
        "literal_gt5_NRI": found.literal.responder,
        "determinacy_ge5": str(found.published.determinacy),
    }


def _verdicts(items: tuple[Item, ...]) -> dict[str, bool | None]:
    return {i.key: i.met for i in items}


def _pairs(inputs: Inputs) -> dict[str, Pair]:
    """What both rules read."""
    return {
        "esr": _pair("esr", inputs, "esr"),
        "igg": _pair("igg", inputs, "igg"),
        "rf": _pair("rf", inputs, "rf"),
        "saliva_flow": _pair("saliva_flow", inputs, "uwsf"),
        "hocevar_total": _pair("hocevar_total", inputs, "hocevar", 48, whole=True),
        **_eyes("schirmer", inputs, "schirmer", 35),
    }


def _two(inputs: Inputs, key: str) -> tuple[Any, Any]:
    given = inputs.get(key)
    if given is None:
        return None, None
    if not isinstance(given, list) or len(given) != 2:
        raise BadInput(f"{key} is not a list of two values, before and after")
    return given[0], given[1]


def _value(key: str, given: Any, highest: int | None, whole: bool) -> Fraction | None:
    found = number(key, given)
    if found is not None and highest is not None and found > highest:
        raise BadInput(f"{key} lies above {highest}")
    if found is not None and whole and found.denominator != 1:
        raise BadInput(f"{key} is not a whole number")
    return found


def _pair(name: str, inputs: Inputs, key: str, highest: int | None = None, whole: bool = False) -> Pair:
    base, followup = (measured(name, _value(key, v, highest, whole)) for v in _two(inputs, key))
    return Pair(base, followup)


def _limits(inputs: Inputs) -> Pair:
    """One limit for both visits, or one for each."""
    given = inputs.get("esr_uln")
    base, followup = _two(inputs, "esr_uln") if isinstance(given, list) else (given, given)
    found = [measured("esr_uln", _value("esr_uln", v, None, False)) for v in (base, followup)]
    return Pair(found[0], found[1])


def _eyes(name: str, inputs: Inputs, key: str, highest: int) -> dict[str, Pair]:
    """``[[right, left], [right, left]]``: each eye and the mean; of one eye that one."""
    visits = [_visit(key, v, highest) for v in _two(inputs, key)]
    columns = {
        f"{name}_right": [v[0] for v in visits],
        f"{name}_left": [v[1] for v in visits],
        f"{name}_mean": [_mean(v) for v in visits],
    }
    return {n: Pair(measured(n, values[0]), measured(n, values[1])) for n, values in columns.items()}


def _visit(key: str, given: Any, highest: int) -> tuple[Fraction | None, Fraction | None]:
    if given is None:
        return None, None
    if not isinstance(given, list) or len(given) != 2:
        raise BadInput(f"{key} is not a list of two eyes before and two after")
    return _value(key, given[0], highest, False), _value(key, given[1], highest, False)


def _mean(eyes: tuple[Fraction | None, Fraction | None]) -> Fraction | None:
    known = [e for e in eyes if e is not None]
    return sum(known, Fraction()) / len(known) if known else None


def _scales(inputs: Inputs) -> tuple[Pair, Pair]:
    """``[[dryness, fatigue, pain], [dryness, fatigue, pain]]``: sum and mean; a missing scale leaves both missing."""
    sums = [_sum(v) for v in _two(inputs, "esspri")]
    totals = [measured("esspri_sum", s) for s in sums]
    means = [measured("esspri_mean", None if s is None else s / 3) for s in sums]
    return Pair(totals[0], totals[1]), Pair(means[0], means[1])


def _sum(given: Any) -> Fraction | None:
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 3:
        raise BadInput("esspri is not a list of three scales before and three after")
    scales = [_value("esspri", scale, 10, True) for scale in given]
    known = [s for s in scales if s is not None]
    return sum(known, Fraction()) if len(known) == len(scales) else None
