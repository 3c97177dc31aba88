"""Reads paper forms back: their text, their crosses, their codes, what stands over what."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pypdf import PdfReader

from crf_desktop.forms import definition as compiled
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.serial import from_bytes, to_bytes
from crf_desktop.report.paper_book import PaperLanguage, annotated_book, blank_book

WHEN = datetime.fromisoformat("2026-11-26T09:00:00+08:00")
LANGUAGES: tuple[PaperLanguage, ...] = ("en", "zh", "both")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
Word = tuple[float, float, float, float, str]
"""Left, top, right, bottom, text; points from the top left corner."""


@cache
def definition() -> MetaDataVersion:
    return from_bytes(to_bytes(compiled()))


@cache
def book(language: PaperLanguage) -> bytes:
    """The whole blank book of the trial."""
    return blank_book(definition(), language, when=WHEN)


@cache
def annotated(language: PaperLanguage = "en") -> bytes:
    return annotated_book(definition(), language, when=WHEN, sdtm={"I.DEMO.SEX": "DM.SEX"})


def told(pdf: bytes, *options: str) -> str:
    """What pdftotext makes of it, in the order it was drawn."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = ["pdftotext", *(options or ("-raw",)), str(path), "-"]
        return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


@cache
def text(pdf: bytes) -> str:
    """All words without any space between them: where a line was broken does not matter."""
    return bare(told(pdf))


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words.replace("\u00a0", ""))


def words(pdf: bytes) -> list[list[Word]]:
    """The words of each page with their places."""
    number = r'="([\d.]+)"'
    pattern = re.compile(rf"<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</word>")
    pages = told(pdf, "-bbox").split("<page ")[1:]
    return [[(*map(float, w[:4]), w[4]) for w in pattern.findall(page)] for page in pages]


def contents(pdf: bytes) -> bytes:
    """Everything that is drawn, parts that several pages share once."""
    found, seen = b"", set[int]()
    for page in PdfReader(BytesIO(pdf)).pages:
        drawn = page.get_contents()
        assert drawn is not None
        found += drawn.get_data()
        parts: Any = page["/Resources"]
        for part in parts.get("/XObject", {}).values():
            if part.idnum not in seen:
                seen.add(part.idnum)
                found += part.get_object().get_data()
    return found


def crosses(pdf: bytes) -> int:
    """How many boxes are crossed: after the edge of each the pen is set to the 1.5 points of its two strokes."""
    return len(re.findall(rb"\b1\.5 w\b", contents(pdf)))


def pixels(pdf: bytes, page: int, dpi: int) -> tuple[int, int, bytes]:
    """Width, height and grey values of a page (from 1)."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page), str(path)]
        made = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", made)
    assert head is not None
    return int(head[1]), int(head[2]), made[head.end() :]
