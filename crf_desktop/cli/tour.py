"""The demo without a screen: real forms, real key and mouse events, pictures of every page."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from crf_desktop.capture.signing import export_pdf, filed_pdfs
from crf_desktop.capture.soundness import require_checked
from crf_desktop.capture.study import Study
from crf_desktop.demo.maker import (
    BUNDLE,
    EVENT,
    PASSWORD,
    PASSWORD_FILE,
    PDF,
    STUDY,
    Made,
    Progress,
    make_demo,
    quiet,
)

UNTOUCHED = "screens/study.sha256"
"""What the study was when the tour left it."""


def tour(folder: Path, participants: int, seed: int, progress: Progress = quiet) -> dict[str, Any]:
    """Makes the demo anew in DIR, then drives the window through the week-0 visit of one more participant."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.monotonic()
    _put_aside(folder)
    shutil.rmtree(folder / "screens", ignore_errors=True)
    for name in (PDF, BUNDLE, PASSWORD_FILE):
        (folder / name).unlink(missing_ok=True)
    made = make_demo(folder, participants, seed, progress=progress)
    drive(folder, made.study)
    subject = _hand_over(made)
    (folder / UNTOUCHED).write_text(_fingerprint(made.study), encoding="ascii")
    pictures = len(list((folder / "screens").glob("*.png")))
    lines = _lines(made, folder, subject, pictures, time.monotonic() - begun)
    files = {"study": str(made.study), "pdf": str(made.pdf), "bundle": str(made.bundle)}
    return {**files, "pictures": pictures, "lines": lines}


def _fingerprint(study: Path) -> str:
    return hashlib.sha256((study / "log.db").read_bytes()).hexdigest()


def _put_aside(folder: Path) -> None:
    """Removes an earlier tour's study; one that anybody has written to since is kept beside it under another name."""
    study, mark = folder / STUDY, folder / UNTOUCHED
    if not study.exists():
        return
    if mark.exists() and mark.read_text("ascii", "replace") == _fingerprint(study):
        shutil.rmtree(study)
        return
    kept = next(p for n in itertools.count(1) if not (p := study.with_stem(f"{study.stem}-kept-{n}")).exists())
    study.rename(kept)


def drive(folder: Path, study: Path) -> None:
    """Reaches the window's own tour."""
    from crf_desktop.ui.tour import tour as drive_window  # Qt loads only here

    drive_window(folder, study, "investigator", PASSWORD)


def _hand_over(made: Made) -> str:
    """Writes the PDF that was signed in the window, and a bundle that holds the visit; returns the participant."""
    from crf_desktop.exchange.bundle import export_bundle  # the bundle's envelope loads when one is written

    study = Study.open(made.study, "investigator", PASSWORD)
    try:
        require_checked(study.store)
        subject = study.subjects()[-1]
        signed = filed_pdfs(study, subject, EVENT)[-1]
        made.pdf.write_bytes(export_pdf(study, signed.datum.value or ""))
        made.bundle.unlink()
        export_bundle(study.store, made.bundle)
        return subject
    finally:
        study.close()


def _lines(made: Made, folder: Path, subject: str, pictures: int, seconds: float) -> list[str]:
    program = Path(sys.executable).with_name("crf-desktop")
    command = program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else program
    who = f"--user investigator --password-file {made.password}"
    return [
        f"Made in {seconds:.0f} s. The whole week-0 visit of {subject} was entered by key and mouse, then signed.",
        f"Study      {made.study} (encrypted, {made.participants + 1} synthetic participants)",
        f"Signed PDF {made.pdf} (the visit of {subject}; any PDF viewer, or pdfsig)",
        f"Bundle     {made.bundle} (everything, encrypted to this study file)",
        f"Pictures   {folder / 'screens'} ({pictures} PNG: every page, English and Chinese)",
        f"Password   in {made.password}; users investigator, coordinator, monitor, data-manager, administrator",
        f"Verify     {command} verify {made.pdf} {who}",
        f"Read       {command} export {made.study} --format csv --out tables {who}",
        f"Open       {command} {made.study}   (needs a screen)",
        "With a screen, python3 run.py opens this study in its window.",
    ]
