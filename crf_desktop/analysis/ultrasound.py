"""Hočevar score from grades by gland; a gland that is absent or null was not scanned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crf_desktop.analysis.entry import Sheet, accepted, counted, table
from crf_desktop.model.data import Datum
from crf_desktop.model.definition import ItemDef

GLANDS: Final = {
    "parotid_R": "hocevar_parotid_r",
    "parotid_L": "hocevar_parotid_l",
    "submandibular_R": "hocevar_submand_r",
    "submandibular_L": "hocevar_submand_l",
}
"""Name in the file → analysis name of the gland's sum, which its grades begin with."""


def _items(gland: str) -> dict[str, ItemDef]:
    method = GLANDS[gland]
    return {item.name.removeprefix(method + "_"): item for item in counted(method)}


def hocevar(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """``valid, total, per_gland, ge17``; also ``missing`` (without an answer) or ``invalid`` (refused)."""
    glands = table(inputs, "glands")
    if invalid := sorted(_invalid(glands)):
        return {"valid": False, "invalid": invalid, "total": None, "per_gland": None, "ge17": None}
    missing, answers = _answers(glands)
    sheet = Sheet(answers)
    result = {
        "total": sheet.value("hocevar_total"),
        "per_gland": {gland: sheet.value(method) for gland, method in GLANDS.items()},
        "ge17": sheet.value("hocevar_ge17"),
    }
    return {"valid": True, **({"missing": missing} if missing else {}), **result}


def _invalid(glands: Mapping[str, Any]) -> list[str]:
    """Glands, parameters and grades that do not exist, as ``parotid_L.borders``."""
    found = [gland for gland in glands if gland not in GLANDS]
    for gland in GLANDS:
        grades = glands.get(gland)
        if grades is None:
            continue
        if not isinstance(grades, Mapping):
            found.append(gland)
            continue
        items = _items(gland)
        found += [
            f"{gland}.{key}"
            for key, grade in grades.items()
            if key not in items or (grade is not None and accepted(items[key], grade) is None)
        ]
    return found


def _answers(glands: Mapping[str, Any]) -> tuple[list[str], dict[str, Datum]]:
    missing: list[str] = []
    answers: dict[str, Datum] = {}
    for gland in GLANDS:
        grades = glands.get(gland)
        if grades is None:
            missing.append(gland)
            continue
        for key, item in _items(gland).items():
            datum = accepted(item, grades.get(key))
            if datum is None:
                missing.append(f"{gland}.{key}")
            else:
                answers[item.oid] = datum
    return missing, answers
