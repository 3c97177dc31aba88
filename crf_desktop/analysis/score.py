"""The calculator behind ``crf-desktop score``: the same derived values as on the forms, for answers from a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from crf_desktop.analysis import activity, composite, dosing, patient_report, percentage, ultrasound
from crf_desktop.analysis.entry import BadInput
from crf_desktop.errors import EnvironmentProblem, Refused

Output = dict[str, Any]
"""Integers, booleans, None, texts and lists of them; a decimal is a text with the decimals the form prints."""

FUNCTIONS: Mapping[str, Callable[[Mapping[str, Any]], Output]] = {
    "essdai": activity.essdai,
    "clinessdai": activity.clinessdai,
    "pair": activity.pair,
    "esspri": patient_report.esspri,
    "esspri_resp": patient_report.esspri_resp,
    "hocevar": ultrasound.hocevar,
    "dec_pct": percentage.dec_pct,
    "star": composite.star_points,
    "five": composite.five_items,
    "bcell": dosing.bcell,
    "schedule": dosing.schedule,
    "dose": dosing.dose,
}


def read(path: Path) -> Any:
    """The JSON of a file, numbers with a point as :class:`~decimal.Decimal`.

    Raises EnvironmentProblem ``score.unreadable`` when the file cannot be read or is not JSON.
    """
    try:
        return json.loads(path.read_bytes(), parse_float=Decimal, parse_int=_whole, parse_constant=str)
    except (OSError, ValueError, RecursionError):
        raise EnvironmentProblem("score.unreadable") from None


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= 30 else Decimal(text)  # int() refuses thousands of digits for the whole file


def score(document: Any) -> dict[str, Output]:
    """The output of every example by its id; what is wrong with one example is said in its place, as ``error``.

    Raises Refused ``score.no_examples`` when the document is not ``{"examples": [...]}``.
    """
    examples = document.get("examples") if isinstance(document, Mapping) else None
    if not isinstance(examples, list):
        raise Refused("score.no_examples")
    outputs: dict[str, Output] = {}
    for number, example in enumerate(examples, 1):
        key, output = _one(example, number)
        outputs[key] = {"error": "this id stands more than once"} if key in outputs else output
    return outputs


def _one(example: Any, number: int) -> tuple[str, Output]:
    nameless = f"#{number}"
    if not isinstance(example, Mapping):
        return nameless, {"error": "an example is an object with id, function and inputs"}
    key = example.get("id")
    if not isinstance(key, str):
        return nameless, {"error": "id is missing or not a text"}
    name = example.get("function")
    if not isinstance(name, str):
        return key, {"error": "function is missing or not a text"}
    if name not in FUNCTIONS:
        return key, {"error": f"unknown function: {name}"}
    inputs = example.get("inputs")
    if not isinstance(inputs, Mapping):
        return key, {"error": "inputs is missing or not an object"}
    try:
        return key, FUNCTIONS[name](inputs)
    except BadInput as bad:
        return key, {"error": str(bad)}
