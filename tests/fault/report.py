"""Makes ``docs/faults.md`` from the figures of a run: ``python -m tests.fault.report [RESULTS ...]``.

``RESULTS`` are files that ``CRF_FAULT_RESULTS`` named while the tests ran; they are merged into
``tests/fault/last_result.json``, from which alone the page is made.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.fault import results

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).with_name("last_result.json")
PAGE = ROOT / "docs" / "faults.md"
TEXT = Path(__file__).with_name("faults_page.md")

Figures = list[dict[str, Any]]


def merged(files: Sequence[Path]) -> dict[str, Any]:
    """What is kept, with the figures of these runs over it."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {"figures": []}
    held = {(f["fault"], f["what"]): f for f in kept["figures"]}
    for file in files:
        held |= {(f["fault"], f["what"]): f for f in results.read(file)}
    if files:
        kept["day"] = date.today().isoformat()
        kept["machine"] = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python " + (
            platform.python_version()
        )
    kept["figures"] = sorted(held.values(), key=lambda f: (f["fault"], f["what"]))
    return dict(kept)


def table(figures: Figures, fault: str, columns: Sequence[tuple[str, str]]) -> str:
    """The rows of one fault: what, then (heading, key); numbers are added up in the last row."""
    rows = [f for f in figures if f["fault"] == fault]
    if not rows:
        return "Not run yet.\n"
    lines = ["| what | " + " | ".join(heading for heading, _ in columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for row in rows:
        lines.append(f"| {row['what']} | " + " | ".join(f"{row.get(key, 0):,}" for _, key in columns) + " |")
    if len(rows) > 1:
        sums = (sum(row.get(key, 0) for row in rows) for _, key in columns)
        lines.append("| **all** | " + " | ".join(f"**{number:,}**" for number in sums) + " |")
    return "\n".join(lines) + "\n"


def injections(figures: Figures) -> str:
    """Failing calls by scenario, all ways together, and what was told how often."""
    by_scenario: dict[str, dict[str, Any]] = {}
    told: dict[str, int] = {}
    for row in (f for f in figures if f["fault"] == "failing call"):
        name = row["what"].rsplit(": ", 1)[0]
        none = {"fault": "x", "what": name, "ways": 0, "calls": 0, "injections": 0, "bad": 0}
        held = by_scenario.setdefault(name, none)
        held["ways"] += 1
        for key in ("calls", "injections", "bad"):
            held[key] += row[key]
        for code, n in row["told"].items():
            told[code] = told.get(code, 0) + n
    columns = (("ways", "ways"), ("calls there are", "calls"), ("made to fail", "injections"), ("bad", "bad"))
    rows = table(list(by_scenario.values()), "x", columns)
    words = ", ".join(f"`{code}` {n:,}" if "." in code else f"{code} {n:,}" for code, n in sorted(told.items()))
    return rows + (f"\nWhat the person was told: {words}.\n" if told else "")


def total(figures: Figures, fault: str, key: str) -> str:
    """The sum of one figure over everything."""
    return f"{sum(f.get(key, 0) for f in figures if f['fault'] == fault):,}"


def page(kept: dict[str, Any]) -> str:
    """The page, its figures filled in."""
    figures: Figures = kept["figures"]
    places = {
        "DAY": kept.get("day", ""), "MACHINE": kept.get("machine", ""),
        "POWER": table(figures, "power loss", (("disks", "images"), ("bad", "bad"))),
        "MUTANTS": table(
            figures, "power loss, weaker setting", (("disks", "images"), ("bad", "bad"), ("of them lost saves", "lost"))
        ),
        "KILLS": table(figures, "kill -9", (("kills", "kills"), ("rounds acknowledged", "rounds"), ("bad", "bad"))),
        "CALLS": injections(figures),
        "FLIPS": table(figures, "flipped bit", (("bits", "flips"), ("not found", "missed"))),
        "CLOCK": table(figures, "clock", (("told as gone back", "back"), ("told as a jump", "jumps"), ("bad", "bad"))),
        "ACTS": ", ".join(figure["what"] for figure in figures if figure["fault"] == "kill -9"),
        **{f"N_{name}": total(figures, fault, key) for name, fault, key in SUMS},
    }  # fmt: skip
    text = TEXT.read_text("utf-8")
    for name, words in places.items():
        text = text.replace("{" + name + "}", words)
    return text


SUMS = (
    ("POWER", "power loss", "images"), ("POWER_BAD", "power loss", "bad"), ("KILLS", "kill -9", "kills"),
    ("KILLS_BAD", "kill -9", "bad"), ("CALLS", "failing call", "injections"), ("CALLS_BAD", "failing call", "bad"),
    ("FLIPS", "flipped bit", "flips"), ("FLIPS_MISSED", "flipped bit", "missed"), ("CUTS", "cut file", "cuts"),
    ("CUTS_MISSED", "cut file", "missed"), ("PAGES", "old page put back", "pages"),
    ("PAGES_SAME", "old page put back", "same"), ("FILES", "planted values", "files"),
    ("WRITES", "planted values", "writes"), ("PLANTED", "planted values", "found"), ("SAVES", "full disk", "saves"),
    ("OLD", "old database put back", "times"), ("SLOTS", "old slots put back", "times"),
    ("CALLS_ALL", "failing call", "calls"), ("CORES", "core", "cores"), ("CORES_WITHOUT", "core", "without"),
    ("CLOCK_ROWS_BACK", "clock", "back"), ("CLOCK_ROWS_JUMP", "clock", "jumps"), ("CLOCK_BAD", "clock", "bad"),
    ("WEAKER", "power loss, weaker setting", "bad"),
)  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Merges, keeps and writes."""
    kept = merged([Path(name) for name in arguments])
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(kept), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
