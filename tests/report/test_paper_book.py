"""The paper pack holds every question, answer, level and row of a definition, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from attrs import evolve
from pypdf import PdfReader

from crf_desktop.errors import Refused
from crf_desktop.forms.sdtm import sdtm
from crf_desktop.model import layout
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.paper_book import COPIES, PaperLanguage, annotated_book, blank_book
from crf_desktop.report.paper_form import DRAWINGS
from crf_desktop.wording.paper_form import PAPER_FORM
from tests.report.paper_reading import (
    LANGUAGES,
    WHEN,
    annotated,
    bare,
    book,
    definition,
    needs_poppler,
    text,
    told,
    words,
)
from tests.small_trial import small_trial
from tests.ui.controls.small import staged

pytestmark = needs_poppler


def _staged() -> MetaDataVersion:
    """Pages with every kind of block, and nothing else."""
    d = staged()
    own = tuple(f.oid for f in d.forms if ".T." in f.oid)
    return evolve(d, events=(evolve(d.events[0], forms=own, optional=()),))


OTHERS: dict[str, MetaDataVersion] = {"small": small_trial(), "staged": _staged()}
"""Definitions that are not this trial's."""
LONG = [pytest.param("en", marks=pytest.mark.full), pytest.param("zh", marks=pytest.mark.full), "both"]
"""What takes long is done on paper in both languages, which has all that the others have."""


def blocks(d: MetaDataVersion) -> Iterator[object]:
    return (block for form in d.forms for block in form.layout.blocks)


def by_label(d: MetaDataVersion) -> set[str]:
    """Items that a drawing shows by a short name: rows, joints, domains, cells of a grid."""
    found: set[str] = set()
    for block in blocks(d):
        match block:
            case layout.RepeatTable():
                found |= set(d.item_group[block.group].items)
            case layout.JointFigure():
                found |= {j.item for j in block.joints}
            case layout.LevelTable():
                found |= {r.item for r in block.rows}
            case layout.GradeGrid():
                found |= {oid for r in block.rows for oid in r.items}
    return found


def said(wording: TranslatedText, language: PaperLanguage) -> list[str]:
    every = {"en": (wording.en,), "zh": (wording.zh,), "both": (wording.en, wording.zh)}
    return [bare(t) for t in every[language]]


def lacking(d: MetaDataVersion, language: PaperLanguage, printed: str) -> list[str]:
    """Items whose wording is not on the paper."""
    short = by_label(d)
    asked = [(i, i.label if i.oid in short and i.oid not in _in_grids(d) else i.question) for i in d.items]
    asked = [(i, wording) for i, wording in asked if i.oid not in _in_grids(d)]
    return [i.oid for i, wording in asked if any(t not in printed for t in said(wording, language))]


def _in_grids(d: MetaDataVersion) -> set[str]:
    return {o for b in blocks(d) if isinstance(b, layout.GradeGrid) for r in b.rows for o in r.items}


def choices(d: MetaDataVersion) -> Iterator[tuple[ItemDef, TranslatedText]]:
    """Every answer of every item that is not a digit in a cell of its own, and what it means."""
    spared = _in_grids(d)
    for item in d.items:
        for one in d.code_list[item.code_list].items if item.code_list and item.oid not in spared else ():
            yield item, one.decode
            if one.definition is not None:
                yield item, one.definition


def test_that_every_layout_class_has_a_drawing_on_paper() -> None:
    assert {c.__name__ for c in layout.BLOCKS} == {c.__name__ for c in DRAWINGS}


@pytest.mark.requirement("REQ-45")
@pytest.mark.parametrize("language", LONG)
def test_that_every_question_answer_and_level_is_in_the_blank_book(language: PaperLanguage) -> None:
    d, printed = definition(), text(book(language))
    assert lacking(d, language, printed) == []
    assert {i.oid for i, wording in choices(d) if any(t not in printed for t in said(wording, language))} == set()
    for block in blocks(d):
        for part in getattr(block, "rows", ()) if isinstance(block, layout.GradeGrid) else ():
            assert all(t in printed for t in (*said(part.title, language), *said(part.grades, language)))
    for form in d.forms:
        assert all(t in printed for t in (*said(form.title, language), *said(form.rule, language))), form.oid


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_book_of_another_definition_holds_all_of_it_too(kind: str, language: PaperLanguage) -> None:
    d = OTHERS[kind]
    printed = text(blank_book(d, language, when=WHEN))
    own = {i.oid for e in d.events for f in e.forms for i in d.items_of(f)}
    assert own
    assert [oid for oid in lacking(d, language, printed) if oid in own] == []


@pytest.mark.parametrize("language", LONG)
def test_that_no_word_stands_over_another_or_outside_the_margins(language: PaperLanguage) -> None:
    for number, page in enumerate(words(book(language)), 1):
        for left, top, right, bottom, word in page:
            assert left > 39 and right < 556.5 and bottom < 815 and top > 30, (number, word)
        assert list(_overlapping(page)) == [], number


def _overlapping(page: list[tuple[float, float, float, float, str]]) -> Iterator[tuple[str, str]]:
    page = sorted(page, key=lambda w: w[1])
    for i, (l1, t1, r1, b1, one) in enumerate(page):
        inset = (b1 - t1) * 0.28
        for l2, t2, r2, b2, other in page[i + 1 :]:
            if t2 > b1:
                break
            other_inset = (b2 - t2) * 0.28
            high = min(b1 - inset, b2 - other_inset) - max(t1 + inset, t2 + other_inset)
            if high > 0.4 and min(r1, r2) - max(l1, l2) > 0.6:
                yield one, other


def test_that_only_what_is_asked_at_a_visit_is_on_its_pages_and_the_rest_says_when() -> None:
    review = {
        visit: text(blank_book(definition(), "en", (visit,), when=WHEN, forms=("F.REVIEW",)))
        for visit in ("SE.RTX2", "SE.BEL2")
    }
    mood = bare(definition().item["I.REVIEW.SUICIDE"].question.en)
    assert mood in review["SE.BEL2"] and mood not in review["SE.RTX2"]
    follows = bare("Only if “Low mood” is Yes or “Thoughts of suicide” is Yes.")
    assert follows in review["SE.BEL2"] and bare("What was done about it") not in review["SE.RTX2"]


def test_that_what_repeats_has_room_for_several() -> None:
    d = definition()
    pdf = blank_book(d, "en", ("SE.LOG",), when=WHEN)
    assert told(pdf).count("Kind of event, short list") == COPIES
    rows = told(blank_book(d, "en", ("SE.SCR",), when=WHEN, forms=("F.PRIOR",)))
    assert all(f"\n{n}\n" in rows for n in range(1, 9))
    assert bare("8 JAK inhibitor") in bare(rows) and bare("DD MON YYYY") in bare(rows)


def test_that_bookmarks_contents_and_pages_agree() -> None:
    reader = PdfReader(BytesIO(book("both")))
    found = list(_flat(reader.outline))
    assert [title for level, title, _ in found if level == 0] == [
        f"{e.title.en} {e.title.zh}" for e in definition().events
    ]
    pages = told(book("both")).split("\f")
    for _, title, entry in found[1:60:15]:
        page = (reader.get_destination_page_number(entry) or 0) + 1
        assert f"总页 {page}/{len(reader.pages)}" in pages[page - 1] and title[:9] in pages[page - 1]
        assert re.search(rf"\b{page}\b", pages[0] + pages[1])


def _flat(outline: Any, level: int = 0) -> Iterator[tuple[int, str, Any]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry, level + 1)
        else:
            yield level, entry.title, entry


def test_that_the_annotated_book_names_every_item_code_and_variable() -> None:
    d, printed = definition(), text(annotated())
    assert [i.oid for i in d.items if i.oid not in printed] == []
    assert [i.oid for i in d.items if i.name not in printed or i.sas_name not in printed] == []
    assert [m.oid for f in d.forms for m in map(d.method.get, f.methods) if m and m.oid not in printed] == []
    short = _in_grids(d) | {j.item for b in blocks(d) if isinstance(b, layout.JointFigure) for j in b.joints}
    for item in d.items:
        for one in d.code_list[item.code_list].items if item.code_list and item.oid not in short else ():
            assert f"[{one.coded_value}]" in printed or item.oid in by_label(d), (item.oid, one.coded_value)
    assert "SDTMDM.SEX" in printed
    assert all(f"{f.oid}·" in printed for f in d.forms)


def test_that_the_table_of_sdtm_names_items_that_exist_and_variables_of_their_shape() -> None:
    d = definition()
    table = sdtm()
    assert set(table) <= set(d.item)
    for oid, variable in table.items():
        dataset, _, name = variable.split(" when ")[0].partition(".")
        assert dataset.removeprefix("SUPP").isalpha() and len(dataset.removeprefix("SUPP")) == 2, oid
        assert (
            name.isalpha() and len(name) <= 8 and (name[:2] == dataset or len(dataset) > 2 or dataset in ("DM", "CO"))
        ), oid


@pytest.mark.parametrize("kind", OTHERS)
def test_that_another_definition_is_annotated_too(kind: str) -> None:
    d = OTHERS[kind]
    printed = text(annotated_book(d, "both", when=WHEN))
    own = [i.oid for e in d.events for f in e.forms for i in d.items_of(f)]
    assert [oid for oid in own if oid not in printed] == []


def test_that_a_choice_without_a_form_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        blank_book(small_trial(), "en", ("SE.NONE",), when=WHEN)
    assert refused.value.code == "report.no_forms"


def test_that_the_same_book_has_the_same_bytes() -> None:
    first, second = (blank_book(small_trial(), "both", when=WHEN) for _ in range(2))
    assert first == second
    assert first != blank_book(small_trial(), "en", when=WHEN)


def test_that_it_tells_how_far_it_is_and_stops_when_told() -> None:
    calls: list[int] = []
    blank_book(small_trial(), "en", when=WHEN, tick=lambda: calls.append(1))
    assert len(calls) >= 2 * len(small_trial().events)

    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        blank_book(small_trial(), "en", when=WHEN, tick=stop)


def test_that_every_word_of_paper_is_in_both_languages() -> None:
    assert [w for w, (en, zh) in PAPER_FORM.items() if not en or not zh] == []
    assert [w for w, (en, zh) in PAPER_FORM.items() if en.count("{") != zh.count("{")] == []
