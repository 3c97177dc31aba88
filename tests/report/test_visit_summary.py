"""The visit summary says everything the record holds, in one language, and the same record gives the same bytes."""

from __future__ import annotations

import pickle
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.capture.record import SignatureRecord, VisitRecord
from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.model import layout
from crf_desktop.model.data import NullFlavor
from crf_desktop.report.answer import Reader, window
from crf_desktop.report.form_section import DRAWINGS
from crf_desktop.report.proof import proof_text
from crf_desktop.report.visit_summary import visit_summary
from crf_desktop.wording.paper import PAPER
from tests.report.builder import ANSWERS, COORDINATOR, DAY, definition, visit, with_queries
from tests.report.conftest import signed_pdf

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


DRAWN = ("I.SALIVA.", "I.SCHIRMER.", "I.OSS.", "I.HOCEVAR.", "I.EXAM.JOINT", "I.JOINT.")
"""Items that stand in a drawing, not in a sentence; their goldens tell."""


def said(pdf: bytes, tmp_path: Path) -> str:
    """The text of all pages, one space between words."""
    path = tmp_path / "visit.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    return re.sub(r"\s+", " ", found.decode().replace("\u00a0", " "))


@pytest.fixture
def text(signed: bytes, tmp_path: Path) -> str:
    return said(signed, tmp_path)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_that_scores_stand_with_maximum_and_band(text: str) -> None:
    for expected in ("28 /123", "30 /135", "High (≥14)", "6.00 /10", "62 mm /100", "36 /48", "0.110 mL/min", "5.0 mm"):
        assert expected.replace(" ", "") in text.replace(" ", "")


def test_that_every_answer_of_every_form_is_printed(text: str) -> None:
    for expected in (
        "11 Mar 2014",
        "Aug 2022",
        "<20 IU/mL",
        "21.4 g/L",
        "14.30 g/L",
        "12.304 g",
        "304 s",
        "1.24 ×10⁹/L",
        "A01",
    ):
        assert expected in text
    levels = {f"I.ESSDAI.{i.oid.split('.')[-1]}" for i in definition().items_of("F.ESSDAI") if i.data_type == "integer"}
    for filled in visit().forms:
        form = filled.form
        assert form.title.en in text
        groups = [definition().item_group[g] for g in form.item_groups]
        for item in (definition().item[oid] for g in groups if not g.repeating for oid in g.items):
            words = item.label.en if item.oid in levels else item.question.en
            drawn = item.data_type == "datetime" or item.oid.startswith(DRAWN) or item.oid not in filled.relevant
            assert drawn or "".join(words.split()).rstrip("?.") in text.replace(" ", "")


@pytest.mark.requirement("REQ-41")
def test_that_a_changed_item_shows_old_new_when_who_and_why(text: str) -> None:
    assert "Articular 1 Low → 2 Moderate, 6 May 2026 11:05, Li Wei 李伟 (inv01): Synovitis of both wrists" in text
    assert "changed after the form was first completed" in text


@pytest.mark.requirement("REQ-21")
def test_that_the_signature_states_name_time_and_meaning(text: str) -> None:
    assert "Signed electronically by" in text
    assert "Li Wei 李伟 (inv01)" in text
    assert "6 May 2026 16:42:08, UTC+08:00" in text
    assert "“I have reviewed these data and confirm that they are complete and accurate.”" in text


def test_that_every_page_carries_the_participant_the_head_hash_and_its_number(tmp_path: Path) -> None:
    pdf = visit_summary(visit(), "en")
    whole, n = said(pdf, tmp_path), pages(pdf)
    assert n > 1
    for i in range(1, n + 1):
        assert f"Page {i} of {n}" in whole
    assert whole.count("01-003") >= n
    assert whole.count("7b1e 94c0 2f5d a816 03e7 c9b2 5a41 d86f 7b1e 94c0 2f5d a816 03e7 c9b2 5a41 d86f") == n


def test_that_missing_items_are_named_with_their_reason_and_eye(tmp_path: Path) -> None:
    record = visit({**ANSWERS, "schirmer_left": ""}, {"schirmer_left": NullFlavor.REFUSED})
    assert "Schirmer, Schirmer I, left eye, wetted length at 5 min: refused" in said(
        visit_summary(record, "en"), tmp_path
    )


def test_that_a_score_that_is_not_final_says_so_and_why(tmp_path: Path) -> None:
    record = visit({**ANSWERS, "essdai_biological": ""}, {"essdai_biological": NullFlavor.NOT_DONE})
    whole = said(visit_summary(record, "en"), tmp_path)
    assert "≥ 26 /123" in whole and "not final: 11 of 12 answered" in whole
    assert "30 /135" in whole


def test_that_a_draft_says_that_it_is_one_and_what_is_open(tmp_path: Path) -> None:
    record = visit({**ANSWERS, "essdai_cutaneous": ""}, signed=False, empty_forms=("F.BCELL",))
    whole = said(visit_summary(with_queries(record, "Which unit?"), "en"), tmp_path)
    for expected in (
        "Not signed",
        "Draft of the visit",
        "ESSDAI without an answer: Cutaneous",
        "B cells: not begun",
        "Which unit?",
    ):
        assert expected in whole
    assert "1 open query in this visit" in whole and "Which unit?" in whole


@pytest.mark.requirement("REQ-25")
def test_that_a_signature_whose_data_changed_is_not_called_current(tmp_path: Path) -> None:
    record = visit()
    stale = tuple(evolve(s, current=False, trust="pending") for s in record.signatures)
    whole = said(visit_summary(evolve(record, signatures=stale), "en"), tmp_path)
    assert "Not current" in whole and "The data changed after this signature." in whole
    assert "not yet countersigned" in whole


def test_that_several_signers_have_a_box_each(tmp_path: Path) -> None:
    record = visit()
    second = evolve(record.signatures[0], person=COORDINATOR, when=f"{DAY}T17:00:00+08:00")
    whole = said(visit_summary(evolve(record, signatures=(*record.signatures, second)), "en"), tmp_path)
    assert whole.count("Signed electronically by") == 2
    assert "Novák Jiří (coord01)" in whole


def test_that_the_chinese_summary_is_chinese(tmp_path: Path) -> None:
    whole = said(signed_pdf(visit(), "zh"), tmp_path)
    for expected in (
        "访视小结",
        "2026年5月6日",
        "第0天",
        "关节",
        "28个关节中1–5个滑膜炎",
        "缺失及原因",
        "电子签名人",
        "我已审阅这些数据",
        "14.2%",
    ):
        assert expected in whole
    for english in ("Question", "Answer", "Domain", "Signed", "Page ", "not done", "Yes"):
        assert english not in whole


def test_that_a_signed_visit_does_not_call_an_optional_question_open(tmp_path: Path) -> None:
    whole = said(visit_summary(visit({**ANSWERS, "pga_assessor": ""}), "en"), tmp_path)
    assert "Code of the assessor on the delegation log optional, not answered" in whole
    assert "Every required question has an answer or a reason." in whole
    assert "No answer yet" not in whole


def test_that_a_record_survives_the_way_to_a_worker_process() -> None:
    record = visit()
    assert visit_summary(pickle.loads(pickle.dumps(record)), "en") == visit_summary(record, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_same_record_gives_the_same_bytes(language: Language) -> None:
    assert visit_summary(visit(), language) == visit_summary(visit(), language)


def test_that_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, sys; from tests.report.builder import visit; "
        "from crf_desktop.report.visit_summary import visit_summary; "
        "sys.stdout.write(hashlib.sha256(visit_summary(visit(), 'zh')).hexdigest())"
    )
    run = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert run[0].stdout == run[1].stdout != ""


def test_that_a_remark_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    remark = " ".join(f"word{i}" for i in range(2_000))
    whole = said(visit_summary(visit(remarks={"I.DEMO.SEX": remark}), "en"), tmp_path)
    assert all(f"word{i}" in whole for i in range(2_000))


def test_that_an_answer_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    record = visit({**ANSWERS, "ethnicity": "OTHER", "ethnicity_other": "x"})
    long = " ".join(f"w{i}" for i in range(1_500))
    form = next(f for f in record.forms if f.form.oid == "F.DEMO")
    item = form.items["I.DEMO.ETHNICITY_OTHER"]
    items = {**form.items, "I.DEMO.ETHNICITY_OTHER": evolve(item, datum=evolve(item.datum, value=long))}
    whole = said(visit_summary(evolve(record, forms=(evolve(form, items=items),)), "en"), tmp_path)
    assert all(f"w{i}" in whole for i in range(1_500))
    assert "Demographics, continued" in whole


def test_that_long_names_wrap_and_are_never_cut(tmp_path: Path) -> None:
    name = " ".join(["Maximilianawilhelmine"] * 6)
    record = visit()
    signatures: tuple[SignatureRecord, ...] = tuple(
        evolve(s, person=evolve(s.person, full_name=name)) for s in record.signatures
    )
    whole = said(visit_summary(evolve(record, signatures=signatures), "en"), tmp_path)
    assert whole.count("Maximilianawilhelmine") == 6


def test_that_an_empty_visit_can_be_printed(tmp_path: Path) -> None:
    record = visit(signed=False, empty_forms=definition().events[0].forms)
    bare = evolve(record, sex=None, birth_date=None, age_years=None, age_months=None, visit_date=None, study_day=None)
    whole = said(visit_summary(bare, "en"), tmp_path)
    assert whole.count("not known") >= 4 and "Laboratory 1: not begun" in whole


def test_that_every_layout_block_has_a_drawing() -> None:
    assert set(DRAWINGS) == set(layout.BLOCKS)


def test_that_the_code_names_record_and_head_but_no_participant_and_stays_coarse() -> None:
    content = proof_text(visit())
    assert content.startswith("CRF:2/") and content.endswith("D86F") and "01-003" not in content
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", content)


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (("2026-11-11", "2026-11-25"), "11–25 Nov 2026", "2026年11月11日至25日"),
        (("2026-11-28", "2026-12-02"), "28 Nov – 2 Dec 2026", "2026年11月28日至12月2日"),
        (("2026-12-28", "2027-01-02"), "28 Dec 2026 – 2 Jan 2027", "2026年12月28日至2027年1月2日"),
        (("2026-05-06", "2026-05-06"), "6 May 2026", "2026年5月6日"),
    ],
)
def test_that_a_window_is_written_as_people_write_it(days: tuple[str, str], english: str, chinese: str) -> None:
    record: VisitRecord = evolve(visit(), window=days)
    assert window(Reader(record, "en")).replace("\u00a0", " ") == english
    assert window(Reader(record, "zh")) == chinese
    assert date.fromisoformat(days[0]) <= date.fromisoformat(days[1])


def test_that_every_word_of_paper_is_there_in_both_languages() -> None:
    for english, chinese in PAPER.values():
        assert english and chinese
        assert english.count("{") == chinese.count("{")
