"""The statistical report says every result with its reason, names its data, and is whole in both languages."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from attrs import evolve, frozen
from pypdf import PdfReader

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Status
from crf_desktop.analysis.summary import summarise
from crf_desktop.analysis.trial import Participant, TrialRecord
from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.model.data import NullFlavor
from crf_desktop.report.statistical import statistical_report
from crf_desktop.wording.statistical import STATISTICAL
from crf_desktop.wording.statistical_method import METHODS
from tests.analysis.builder import AFTER, BASE, DAY_0, doses, participant, shown
from tests.analysis.trial import trial_of

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")

HASH = "c559354183d4023fa08650956987132eda7ad6ef5f11623be97e7065b2531a0b"
EVENTS = {
    "F.AE#1": {
        "ae_listed": "FEVER", "ae_term": "Fever at night", "ae_start": "2026-06-01", "ae_grade": "2",
        "ae_serious": "false", "ae_rel_rtx": "POSSIBLE",
    },
    "F.AE#2": {"ae_listed": "OTHER", "ae_term": "Sore knee", "ae_start": "2026-05-01", "ae_grade": "1"},
}  # fmt: skip


def on_the_way() -> Participant:
    return participant({"SE.SCR": ("2026-10-20", {"sex": "M", "birth_date": "2012-01-01"})} | doses(2, "2026-11-02"))


def stopped() -> Participant:
    visits = {"SE.SCR": ("2026-04-20", {"sex": "M", "birth_date": "2012-01-01"})} | doses(2)
    visits["SE.W0"] = (DAY_0, BASE)
    visits["SE.ET"] = ("2026-07-09", AFTER)
    return participant(visits, {"F.ET": {"stop_decided_on": "2026-07-04"}})


def never_treated() -> Participant:
    return participant({"SE.SCR": ("2026-11-20", {"sex": "F", "birth_date": "2015-01-01"})})


@cache
def several() -> TrialRecord:
    """A responder by three items and one by four, one that stopped, one on the way, one who has not begun."""
    people = [shown(log=EVENTS), shown(after={"rf": "10"}), stopped(), on_the_way(), never_treated()]
    return named(trial_of(people))


def named(record: TrialRecord) -> TrialRecord:
    return evolve(record, heads={"QJ4TWRVBZLMNA": (214, HASH)})


def drawn(record: TrialRecord, language: Language, options: Options = Options(), figures: bool = False) -> bytes:  # noqa: B008
    summary = summarise(record, options)
    return statistical_report(record, summary, summary.outcomes, language, options, figures=figures)


@cache
def report(language: Language) -> bytes:
    return drawn(several(), language)


@cache
def illustrated() -> bytes:
    return drawn(several(), "en", figures=True)


def pages(pdf: bytes, tmp_path: Path) -> list[str]:
    """The text of each page, one space between words."""
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, timeout=120).stdout
    return [re.sub(r"\s+", " ", page.replace("\u00a0", " ")) for page in told.decode().split("\f")[:-1]]


def said(pdf: bytes, tmp_path: Path) -> str:
    return " ".join(pages(pdf, tmp_path))


@frozen
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words(pdf: bytes, tmp_path: Path) -> Iterator[Word]:
    """Every word with its place, in points from the top left corner."""
    path, out = tmp_path / "words.pdf", tmp_path / "words.html"
    path.write_bytes(pdf)
    subprocess.run(["pdftotext", "-bbox", str(path), str(out)], check=True, timeout=120)
    space = "{http://www.w3.org/1999/xhtml}"
    tree = ElementTree.fromstring(out.read_text("utf-8"))
    for n, page in enumerate(tree.iter(f"{space}page")):
        for one in page.iter(f"{space}word"):
            at = (float(one.attrib[k]) for k in ("xMin", "yMin", "xMax", "yMax"))
            yield Word(n, *at, one.text or "")


def test_that_the_title_page_names_study_data_program_and_definition(tmp_path: Path) -> None:
    first = pages(report("en"), tmp_path)[0]
    record = several()
    grouped = " ".join(HASH[i : i + 4] for i in range(0, 64, 4))
    digest = record.metadata_digest.removeprefix("sha256:")
    for expected in (
        "NCT06410833", "1 Dec 2026", grouped, "QJ4TWRVBZLMNA", "214", record.program_version,
        " ".join(digest[i : i + 4] for i in range(0, 64, 4)), "Statistician", "Principal investigator",
    ):  # fmt: skip
        assert expected in first
    assert "Interim: 3 of 4 treated participants" in first


def test_that_every_page_carries_the_hash_and_its_number(tmp_path: Path) -> None:
    told = pages(report("en"), tmp_path)
    for n, page in enumerate(told, 1):
        assert "log c559 3541 83d4" in page and f"Page {n} of {len(told)}" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_ambiguity_stands_with_the_value_that_holds(language: Language, tmp_path: Path) -> None:
    second = pages(report(language), tmp_path)[1]
    assert all(re.search(rf"\bA{n}\b", second) for n in range(1, 25))
    assert second.count("▲") == 1  # in the sentence that explains it


def test_that_a_changed_option_is_marked_with_what_was_proposed(tmp_path: Path) -> None:
    told = pages(drawn(several(), "en", Options(b_cell_markers="both", missing="excluded")), tmp_path)
    assert "2 of 16 options were changed" in told[0]
    assert "▲ A6 B-cell markers IgG and RF" in told[1] and "▲ proposed: IgG or RF" in told[1]
    assert "▲ A22" in told[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_contents_and_bookmarks_lead_to_the_page_of_each_title(language: Language, tmp_path: Path) -> None:
    pdf = report(language)
    reader, told = PdfReader(BytesIO(pdf)), pages(pdf, tmp_path)
    listed = " ".join(told[2:4])
    found = list(flat(reader.outline))
    assert len(found) > 20
    for title, page in ((str(one["/Title"]), reader.get_destination_page_number(one)) for one in found):
        assert title in told[page], title
        assert re.search(rf"{re.escape(title)} ?[. ]*{page + 1}\b", listed), title
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert len(links) == len(found)


def flat(outline: list[object]) -> Iterator[dict[str, object]]:
    for one in outline:
        yield from flat(one) if isinstance(one, list) else [one]  # type: ignore[list-item]


def test_that_the_rates_stand_with_exact_intervals_and_what_is_not_decided(tmp_path: Path) -> None:
    whole = said(report("en"), tmp_path)
    summary = summarise(several(), Options())
    assert summary.primary.interval is not None
    for rate in summary.rates:
        assert rate.interval is not None
        assert f"{rate.responders} of {rate.n} {rate.interval.rate('en')} {rate.interval.text('en')}".replace(
            "\u00a0", " "
        ) in whole
    assert f"not decided by the data: {len(summary.primary.indeterminate)}" in whole


def test_that_star_has_a_total_at_week_28_and_is_not_applicable_at_week_0(tmp_path: Path) -> None:
    whole, chinese = said(report("en"), tmp_path), said(report("zh"), tmp_path)
    totals = [o.star.total for o in summarise(several(), Options()).outcomes if o.status is Status.AT_WEEK_28]
    assert totals == [8, 8]
    assert "week 0 not applicable; week 28 median 8 (quartiles 8 to 8) [8, 8], n = 2" in whole
    assert "Total not applicable 8 " in whole and "合计 不适用 8 " in chinese


def test_that_each_item_stands_with_both_values_and_the_sentence_that_decides(tmp_path: Path) -> None:
    page = next(p for p in pages(report("en"), tmp_path) if "Participants one by one" in p and "Item and rule" in p)
    for expected in (
        "Met a Physician global (PGA) 62 mm 31 mm Fell by 31 of 62 mm: 50.0 %, ≥30 %.",
        "Not met c B-cell marker 21.4 g/L 17.2 g/L IgG fell by 4.2 of 21.4 g/L: 19.6 %, <25 %.",
        "5.0 mm refused Week 28 refused by the participant, both eyes.",
        "Hočevar fell by 8 of 32: 25.0 %, exactly at 25 %.", "8 /9 Responder",
        "Not decided by the data: 3 or 4.",
    ):  # fmt: skip
        assert expected in page, expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_mark_of_emphasis_and_no_empty_place_is_printed(language: Language, tmp_path: Path) -> None:
    whole = said(report(language), tmp_path)
    assert "**" not in whole and "{" not in whole and "None" not in whole


def test_that_the_chinese_report_is_chinese(tmp_path: Path) -> None:
    whole = said(report("zh"), tmp_path)
    for expected in ("统计分析报告", "主要终点", "精确95%区间", "无应答", "符号秩检验", "第1页，共"):
        assert expected in whole
    english = ("Responder", "Page ", "Week", "Participant", "rituximab", "Adverse", "not ", " to ", "fell")
    assert [word for word in english if word in whole] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_is_cut_and_no_word_lies_on_another(language: Language, tmp_path: Path) -> None:
    by_page: dict[int, list[Word]] = {}
    for word in words(report(language), tmp_path):
        assert word.left >= 39 and word.right <= 556.5 and word.bottom <= 815, word
        by_page.setdefault(word.page, []).append(word)
    for found in by_page.values():
        for a, b in itertools.combinations(found, 2):
            wide = min(a.right, b.right) - max(a.left, b.left)
            high = min(a.bottom, b.bottom) - max(a.top, b.top)
            size = min(a.bottom - a.top, b.bottom - b.top)
            assert not (wide > 1.0 and high > size * 0.45), (a, b)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_title_stands_alone_at_the_foot_of_a_page(language: Language, tmp_path: Path) -> None:
    pdf = report(language)
    reader = PdfReader(BytesIO(pdf))
    last: dict[int, float] = {}
    for word in words(pdf, tmp_path):
        if word.top < 785:
            last[word.page] = max(last.get(word.page, 0), word.top)
    for one in flat(reader.outline):
        page = reader.get_destination_page_number(one)  # type: ignore[arg-type]
        top = 841.89 - float(one["/Top"])  # type: ignore[arg-type]
        assert last[page] > top + 18, one["/Title"]


@pytest.mark.skipif(not (shutil.which("qpdf") and shutil.which("pdffonts")), reason="qpdf or poppler is missing")
def test_that_the_file_is_sound_and_every_typeface_embedded(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(illustrated())
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
    lines = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert lines and all("CRFSans" in line and re.search(r"\byes +(yes|no) +yes\b", line) for line in lines)
    assert len(lines) <= 12, "figures share their typefaces"


def test_that_the_figures_are_vectors_whose_words_can_be_searched(tmp_path: Path) -> None:
    reader = PdfReader(BytesIO(illustrated()))
    kinds = [x.get_object() for page in reader.pages for x in page["/Resources"].get("/XObject", {}).values()]
    assert {str(x["/Subtype"]) for x in kinds} == {"/Form"}
    assert len(kinds) >= 4 + 5
    assert "Change in ESSDAI, points" in said(illustrated(), tmp_path)


def test_that_an_empty_study_says_so_in_every_chapter(tmp_path: Path) -> None:
    for language, sentence in (("en", "Nobody has been enrolled."), ("zh", "尚无受试者入组。")):
        told = pages(drawn(evolve(several(), subjects=(), heads={}), language, figures=True), tmp_path)  # type: ignore[arg-type]
        assert sentence in told[0] and len(told) < 14


def test_that_adverse_events_stand_by_term_and_grade_and_one_by_one(tmp_path: Path) -> None:
    whole = said(report("en"), tmp_path)
    assert "Any adverse event 1 (1) – 1 – – – – 1 (1)" in whole
    assert "Fever 1 (1) – 1 – – – – 1 (1)" in whole
    assert "Not in the table: 1 events in 1 participants that began before the first dose" in whole
    assert "Fever at night" in whole and "1 Jun 2026 (26)" in whole and "before the first dose" in whole


def test_that_before_any_week_28_there_is_no_rate_and_nobody_is_called_a_non_responder(tmp_path: Path) -> None:
    whole = said(drawn(named(trial_of([on_the_way(), never_treated()])), "en"), tmp_path)
    assert "Interim: 0 of 1 treated participants" in whole
    assert "Nobody is counted yet." in whole
    assert "There is no verdict yet." in whole and " 0.0 %" not in whole
    assert "Non-responder" not in whole.split("Participants one by one")[-1]


def test_that_one_participant_is_enough(tmp_path: Path) -> None:
    whole = said(drawn(named(trial_of([shown()])), "en"), tmp_path)
    assert "0 of 1 0.0 % 0.0–97.5 %" in whole


def test_that_every_page_about_a_participant_names_the_participant(tmp_path: Path) -> None:
    pdf = illustrated()
    reader, told = PdfReader(BytesIO(pdf)), pages(pdf, tmp_path)
    begins = {
        str(one["/Title"]).removeprefix("Participant "): reader.get_destination_page_number(one)  # type: ignore[arg-type]
        for one in flat(reader.outline)
        if re.fullmatch(r"Participant \d\d-\d\d\d", str(one["/Title"]))
    }
    ends = [*list(begins.values())[1:], len(told)]
    assert len(begins) == 5 and ends[0] - next(iter(begins.values())) >= 2
    for (subject, first), end in zip(begins.items(), ends, strict=True):
        assert all(subject in page for page in told[first:end])


def test_that_bad_input_is_named(tmp_path: Path) -> None:
    people = [shown(base={"pga": "0", "rf": "<20"}, after={"esr": NullFlavor.NOT_DONE}), stopped()]
    told = said(drawn(named(trial_of(people)), "en"), tmp_path).split("Nothing was left out of an analysis")[1]
    for expected in ("only known as <20", "No week 28: stopped early", "PGA"):
        assert expected in told


def test_that_the_same_data_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.report.test_statistical import illustrated; "
        "print(hashlib.sha256(illustrated()).hexdigest())"
    )
    environment = dict(os.environ, PYTHONHASHSEED="2")
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(illustrated()).hexdigest()


def test_that_the_order_of_participants_changes_nothing_but_their_order(tmp_path: Path) -> None:
    backwards = evolve(several(), subjects=tuple(reversed(several().subjects)))
    one, other = (pages(drawn(r, "en"), tmp_path)[3] for r in (several(), backwards))
    assert one == other


def test_that_progress_counts_up_to_the_end_and_stops_where_it_raises() -> None:
    record, seen = several(), []
    summary = summarise(record, Options())

    def progress(done: int, of: int) -> None:
        seen.append((done, of))
        if len(seen) == stop:
            raise InterruptedError

    stop = -1
    statistical_report(record, summary, summary.outcomes, "en", Options(), progress, figures=False)
    assert [d for d, _ in seen] == sorted(d for d, _ in seen) and seen[-1][0] == seen[-1][1] and len(seen) >= 20
    stop = len(seen) + 3
    with pytest.raises(InterruptedError):
        statistical_report(record, summary, summary.outcomes, "en", Options(), progress, figures=False)


def test_that_a_summary_under_other_options_is_refused() -> None:
    summary = summarise(several(), Options())
    with pytest.raises(ValueError, match="other options"):
        statistical_report(several(), summary, summary.outcomes, "en", Options(missing="excluded"))


def test_that_every_wording_has_the_same_places_in_both_languages() -> None:
    for word, (en, zh) in STATISTICAL.items():
        assert sorted(re.findall(r"\{\d\}", en)) == sorted(re.findall(r"\{\d\}", zh)), word
        assert zh and "\u00a0" not in zh.replace("\u00a0/", ""), word
    assert all(len(pair) == 2 and all(pair) for paragraph in METHODS for pair in paragraph)
