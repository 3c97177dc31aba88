"""A bench of the window that runs once per size of a study, each time in a process that does nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

Figures = dict[str, float]
"""What was measured, by name with its unit."""


def figures_of(module: str, participants: int) -> Figures:
    """The figures of one size, on a copy: what ``module`` prints as JSON for a folder and a password."""
    from crf_desktop.demo.maker import PASSWORD  # the program never holds the demo, nor what makes a study
    from tests.bench.large_study import study_of

    with tempfile.TemporaryDirectory(prefix="crf-bench-") as place:
        folder = shutil.copytree(study_of(participants), Path(place) / "bench.crf")
        command = [sys.executable, "-m", module, str(folder), PASSWORD]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def side_by_side(module: str, sizes: list[int]) -> list[Figures]:
    """Measures each size and prints a column for each."""
    found = [figures_of(module, n) for n in sizes]
    print(f"{'':40}" + "".join(f"{n:>10}" for n in sizes))
    for at, name in enumerate(found[0]):
        print(f"{name:40}" + "".join(f"{list(figures.values())[at]:>10.1f}" for figures in found))
    return found
