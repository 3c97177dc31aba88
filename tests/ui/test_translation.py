"""The window's Chinese is whole, and the files committed are what the sources give."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_that_every_word_of_the_window_has_chinese_and_the_compiled_file_is_current() -> None:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec is not None and spec.loader is not None
    translate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(translate)
    assert translate.stale() == []
