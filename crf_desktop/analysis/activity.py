"""ESSDAI and ClinESSDAI from a table of levels; a domain that is not listed is level 0, null is not assessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crf_desktop.analysis import change
from crf_desktop.analysis.entry import Sheet, accepted, counted, table
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef

_PREFIX = "essdai_"
_NO_LEVEL = Datum()


def _domains(score: str) -> dict[str, ItemDef]:
    return {item.name.removeprefix(_PREFIX): item for item in counted(f"{score}_total")}


def _invalid(levels: Mapping[str, Any], score: str) -> list[str]:
    """Domains or levels that do not exist; ClinESSDAI does not look at what only ESSDAI counts."""
    domains, others = _domains(score), _domains("essdai").keys() - _domains(score).keys()
    return sorted(
        key
        for key, level in levels.items()
        if key not in others and (key not in domains or (level is not None and accepted(domains[key], level) is None))
    )


def _sheet(levels: Mapping[str, Any]) -> Sheet:
    """All twelve domains: not listed 0; null, or a level that is not one, without an answer."""
    answers = {item.oid: accepted(item, levels.get(key, 0)) or _NO_LEVEL for key, item in _domains("essdai").items()}
    return Sheet(answers)


def _total(inputs: Mapping[str, Any], score: str) -> dict[str, Any]:
    levels = table(inputs, "levels")
    if invalid := _invalid(levels, score):
        return {"valid": False, "invalid_domains": invalid, "total": None, "category": None}
    missing = sorted(key for key in _domains(score) if levels.get(key, 0) is None)
    sheet = _sheet(levels)
    result = {"total": sheet.value(f"{score}_total"), "category": sheet.value(f"{score}_band")}
    return {"valid": True, **({"missing_domains": missing} if missing else {}), **result}


def essdai(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """``valid, total, category``; also ``missing_domains`` (not assessed) or ``invalid_domains`` (refused)."""
    return _total(inputs, "essdai")


def clinessdai(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The same for ClinESSDAI, which does not look at the biological domain."""
    return _total(inputs, "clinessdai")


def pair(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Both scores at two visits, their change, and whether the thresholds are met; null where a total is missing.

    A level that does not exist is refused: ``valid`` False, ``invalid_domains`` such as ``fu.cns``, all results null.
    """
    base, followup = table(inputs, "base"), table(inputs, "fu")
    visits = (("base", base), ("fu", followup))
    refused = [f"{name}.{key}" for name, levels in visits for key in _invalid(levels, "essdai")]
    if refused:
        return {"valid": False, "invalid_domains": refused} | _compared(Sheet({}), Sheet({}))
    return _compared(_sheet(base), _sheet(followup))


def _compared(base: Sheet, followup: Sheet) -> dict[str, Any]:
    essdai_ = base.value("essdai_total"), followup.value("essdai_total")
    clinical = base.value("clinessdai_total"), followup.value("clinessdai_total")
    return {
        "essdai_base": essdai_[0],
        "essdai_fu": essdai_[1],
        "essdai_change": change.difference(*essdai_),
        "essdai_mcii": change.activity_improved(*essdai_),
        "clin_base": clinical[0],
        "clin_fu": clinical[1],
        "clin_change": change.difference(*clinical),
        "star_systemic": change.activity_improved(*clinical),
    }
