"""ESSPRI from three whole numbers 0 to 10; null is not answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crf_desktop.analysis import change
from crf_desktop.analysis.entry import BadInput, Sheet, accepted, counted, needed
from crf_desktop.model.definition import ItemDef

_PREFIX = "esspri_"


def _scales() -> tuple[ItemDef, ...]:
    return counted("esspri_mean")


def esspri(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """``sum, mean, pass_state``, null while a scale has no answer; a number off the scale is refused."""
    scales = {item.name.removeprefix(_PREFIX): item for item in _scales()}
    given = {key: inputs.get(key) for key in scales}
    read = {item.oid: accepted(item, given[key]) for key, item in scales.items()}
    refused = [key for key, item in scales.items() if given[key] is not None and read[item.oid] is None]
    sheet = Sheet({oid: datum for oid, datum in read.items() if datum is not None and not refused})
    result = {
        "sum": sheet.value("esspri_sum"),
        "mean": sheet.derived("esspri_mean").text or None,
        "pass_state": sheet.value("esspri_pass"),
    }
    return {"valid": False, "invalid": refused} | result if refused else result


def esspri_resp(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """``improved`` from ``base`` and ``fu``, each dryness, fatigue, pain; null while a scale has no answer."""
    return {"improved": change.esspri_improved(_sum(inputs, "base"), _sum(inputs, "fu"))}


def _sum(inputs: Mapping[str, Any], key: str) -> Any:
    answers, scales = needed(inputs, key), _scales()
    if not isinstance(answers, list) or len(answers) != len(scales):
        raise BadInput(f"{key} is not a list of three whole numbers from 0 to 10")
    read = {item.oid: accepted(item, answer) for item, answer in zip(scales, answers, strict=True)}
    if any(answer is not None and datum is None for answer, datum in zip(answers, read.values(), strict=True)):
        raise BadInput(f"{key} is not a list of three whole numbers from 0 to 10")
    return Sheet({oid: datum for oid, datum in read.items() if datum is not None}).value("esspri_sum")
