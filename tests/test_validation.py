"""The trace from requirements to tests is as old as the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.requirement("REQ-50")
def test_that_the_page_about_requirements_names_the_tests_there_are() -> None:
    command = [sys.executable, "packaging/validation.py", "--check"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
