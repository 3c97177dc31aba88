"""A character that the typeface lacks is named: which one, its code, on which page, in which words."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.report.drawing import Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.lacking import MOST, Lack, draw_lacking, heard
from crf_desktop.report.typeface import Run, missing, wrap
from crf_desktop.report.visit_summary import draw_summary, visit_summary
from crf_desktop.report.visit_tail import Seal
from tests.golden.make import Reading
from tests.report.builder import DAY, visit

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
SMILE = "\U0001f600"
REMARK = f"itching {SMILE} at night, name written 〇𠮷"


def pages_of(pdf: bytes, tmp_path: Path) -> list[str]:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    return [re.sub(r"\s+", " ", page) for page in told.decode().replace("\u00a0", " ").split("\f")[:-1]]


def test_that_missing_names_each_character_once_in_order() -> None:
    assert missing(f"a{SMILE}b\u0e01{SMILE}\n\t") == (SMILE, "\u0e01")
    assert missing("Č≥ µ ×10⁶ 随访") == ()


def test_that_a_line_still_knows_what_it_spells_wherever_it_breaks() -> None:
    for available in range(12, 200, 7):
        lines = wrap([Run(f"itching {SMILE} at night")], available)
        assert {c for line in lines for run in line for c in run.lacking} == {SMILE}


@needs_poppler
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Page {0}: U+1F600 GRINNING FACE in “"),
        ("zh", "第{0}页：U+1F600 GRINNING FACE，位于“"),
    ],
)
def test_that_a_summary_names_the_character_its_page_and_the_words(
    language: Language, sentence: str, tmp_path: Path
) -> None:
    pages = pages_of(visit_summary(visit(remarks={"I.DEMO.SEX": REMARK}), language), tmp_path)
    where = next(n for n, page in enumerate(pages, 1) if "itching [U+1F600]" in page)
    whole = "".join("".join(pages).split())
    assert "".join(sentence.format(where).split()) in whole
    assert "itching[U+1F600]atnight" in whole.split("GRINNINGFACE", 1)[1]


@needs_poppler
def test_that_a_paper_without_such_a_character_says_nothing(tmp_path: Path) -> None:
    assert "cannot be printed" not in " ".join(pages_of(visit_summary(visit(), "en"), tmp_path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_same_record_gives_the_same_bytes_and_the_seal_stays_last(language: Language) -> None:
    record = visit(remarks={"I.DEMO.SEX": REMARK})
    named = evolve(record, study_name=evolve(record.study_name, en=f"Study {SMILE}", zh=f"研究{SMILE}"))
    seal = Seal(f"Li {SMILE} Wei", f"{DAY}T16:43:05+08:00", "5f3a09c1")
    first, again = (draw_summary(named, language, seal) for _ in range(2))
    assert first.pdf == again.pdf and first.n_pages == len(re.findall(rb"/Type /Page\b", first.pdf))
    assert first.place is not None and first.place[1] > 0


def test_that_no_more_places_than_are_read_are_named_and_the_rest_are_counted() -> None:
    flow = Flow(40, 40, 800)
    draw_lacking(flow, "en", [Lack(1, SMILE, f"[U+1F600] {n}") for n in range(MOST + 3)])
    pen = Reading()
    for draw in flow.pages[0]:
        draw(pen)
    words = " ".join(text for _, _, text in pen.words)
    assert words.count("GRINNING FACE") == MOST and "and in 3 more places" in words


def test_that_what_is_drawn_past_the_wrapping_is_heard_too() -> None:
    class Paper:
        """Takes what is drawn."""

        def __getattr__(self, name: str) -> object:
            return lambda *given, **named: None

    pen = Pen(Paper())
    pen.text(0, 0, Run(f"x{SMILE}"))
    assert heard(pen, 4) == [Lack(4, SMILE, "x[U+1F600]")]
