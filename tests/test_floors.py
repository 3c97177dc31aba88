"""The floors of the program: imports point down, and what is heavy is not loaded at start."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("pandas", "numpy", "reportlab", "pyhanko", "matplotlib", "lxml", "PIL")
LIGHT = (
    "crf_desktop.__main__",
    "crf_desktop.capture",
    "crf_desktop.cli",
    "crf_desktop.forms",
    "crf_desktop.model",
    "crf_desktop.store",
    "crf_desktop.ui.application",
    "crf_desktop.ui.main_window",
)
"""Modules whose import must load nothing heavy: they come before the first window or the first line."""


def exists(module: str) -> bool:
    """Whether a module of the program is there."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def test_that_imports_point_down_and_only_ui_knows_qt_and_only_store_knows_sql() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("module", [module for module in LIGHT if exists(module)])
def test_that_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == []


def test_that_the_core_loads_no_qt() -> None:
    core = [m for m in LIGHT if exists(m) and ".ui" not in m and m != "crf_desktop.__main__"]
    code = f"import sys, {', '.join(core)}; print('PySide6' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == "False"
