"""The demo without a screen: real forms, real key and mouse events, pictures of every page."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

from crf_desktop.demo.maker import PASSWORD, make_demo


def tour(folder: Path, participants: int, seed: int) -> dict[str, Any]:
    """Makes the demo anew in DIR, then drives the window through the week-0 visit of one more participant."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.monotonic()
    for name in ("demo.crf", "screens"):
        shutil.rmtree(folder / name, ignore_errors=True)
    made = make_demo(folder, participants, seed)
    drive(folder, made.study)
    pictures = sorted((folder / "screens").glob("*.png"))
    account = f"--user investigator --password-file {made.password}"
    lines = [
        f"Made in {time.monotonic() - begun:.0f} s: an encrypted demo study, filled in through the real forms.",
        *made.lines()[:4],
        f"Pictures   {folder / 'screens'} ({len(pictures)} PNG: every page, English and Chinese)",
        "Entered by key and mouse: the whole week-0 visit of one participant, then signed.",
        f"Verify     crf-desktop verify {made.pdf} {account}",
        f"Read back  crf-desktop export {made.study} --format csv --out tables {account}",
        f"Open it    python3 run.py on a machine with a screen, or crf-desktop {made.study}",
    ]
    return {
        "study": str(made.study),
        "pdf": str(made.pdf),
        "bundle": str(made.bundle),
        "pictures": len(pictures),
        "lines": lines,
    }


def drive(folder: Path, study: Path) -> None:
    """Reaches the window's own tour."""
    from crf_desktop.ui.tour import tour as drive_window

    drive_window(folder, study, "investigator", PASSWORD)
