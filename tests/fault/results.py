"""The figures of a run, one line of JSON each, from which ``docs/faults.md`` is made."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "CRF_FAULT_RESULTS"
"""Where to write them, each as soon as its case is done; without it nothing is kept."""
GO_ON = "CRF_FAULT_GO_ON"
"""Set, a run that was cut off goes on: the cases whose figures stand in the file are passed over."""


def keep(fault: str, what: str, **figures: Any) -> None:
    """One figure of a test: of which fault, in what, how often, how much was found or lost."""
    place = os.environ.get(VARIABLE)
    if place:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"fault": fault, "what": what, **figures}, ensure_ascii=False) + "\n")


def pass_over(fault: str, what: str) -> None:
    """Skips a case of a run that is gone on with, when its figure stands in the file already and is without a fault."""
    place = Path(os.environ.get(VARIABLE, ""))
    if os.environ.get(GO_ON) and place.is_file():
        held = next((line for line in read(place) if (line["fault"], line["what"]) == (fault, what)), None)
        if held is not None and not held.get("missed", 0) and (not held.get("bad", 0) or "weaker" in fault):
            pytest.skip("done in this run already")


def read(place: Path) -> list[dict[str, Any]]:
    """All figures of a run; a later one of the same test counts."""
    lines = (json.loads(line) for line in place.read_text("utf-8").splitlines())
    return list({(line["fault"], line["what"]): line for line in lines}.values())
