"""The figures of a run, one line of JSON each, from which ``docs/faults.md`` is made."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

VARIABLE = "CRF_FAULT_RESULTS"
"""Where to write them; without it nothing is kept."""


def keep(fault: str, what: str, **figures: Any) -> None:
    """One figure of a test: of which fault, in what, how often, how much was found or lost."""
    place = os.environ.get(VARIABLE)
    if place:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"fault": fault, "what": what, **figures}, ensure_ascii=False) + "\n")


def read(place: Path) -> list[dict[str, Any]]:
    """All figures of a run; a later one of the same test counts."""
    lines = (json.loads(line) for line in place.read_text("utf-8").splitlines())
    return list({(line["fault"], line["what"]): line for line in lines}.values())
