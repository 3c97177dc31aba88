"""The figures: what is drawn equals the data, in both languages, at the size of the page; in words where nothing is."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from fractions import Fraction
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from crf_desktop.analysis import figures
from crf_desktop.analysis.figure_color import DOMAIN_FILLS, GROUP_FILLS, LEVELS
from crf_desktop.analysis.figure_data import Course, FigureData, Group, course_data, figure_data
from crf_desktop.analysis.figure_domain import changed
from crf_desktop.analysis.figure_sheet import HEIGHT, WIDTH
from crf_desktop.analysis.figure_type import lines, printable, width
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.quantile import spread
from crf_desktop.model.derive import fixed
from crf_desktop.wording.analysis_figure import FIGURE
from tests.analysis.builder import levels
from tests.analysis.figure_trial import (
    EDITION,
    ND,
    boxes,
    eventful,
    plain,
    screened,
    stopped,
    surfaces,
    texts,
)
from tests.analysis.trial import trial_of

LANGUAGES = ("en", "zh")
STUDY = ("waterfall", "spaghetti", "heat_map", "swimmer")
ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def study() -> FigureData:
    """Six participants: falls of 20, 26 and 6 points, an eventful one, one who stopped, one who was only screened."""
    little = levels(constitutional=1, lymphadenopathy=1, glandular=1, articular=1, cutaneous=2, pulmonary=1)
    people = [
        plain("01-001"),
        plain("01-002", levels(articular=1)),
        plain("01-003", little | {"schirmer_right": "5", "schirmer_left": "5"}),
        eventful("01-004"),
        stopped("01-005"),
        screened("01-006"),
    ]
    return figure_data(trial_of(people))


@cache
def course(kind: str) -> Course:
    who = {"eventful": eventful, "screened": screened}[kind]()
    return course_data(who, EDITION)


@cache
def all_figures(language: str) -> list[Any]:
    """One of each, for tests that look at them."""
    drawn = [f for name in STUDY for f in figures.draw_all(name, study(), language)]  # type: ignore[arg-type]
    return [*drawn, *(figures.draw("course", course(k), language) for k in ("eventful", "screened"))]  # type: ignore[arg-type]


# ---- what is drawn equals the data


def test_that_a_bar_of_the_waterfall_is_as_long_as_the_change_is_large() -> None:
    figure = figures.draw("waterfall", study(), "en")
    bars = [b for fill in GROUP_FILLS.values() if fill.color != "#FFFFFF" for b in surfaces(figure, fill.color)]
    heights = sorted(h for _, _, w, h in bars if w > 12)
    told = (Group.RESPONDER, Group.NON_RESPONDER)
    changes = sorted(-c for line in study().treated if line.group in told and (c := line.change()) is not None)
    assert len(heights) == len(changes) > 1
    unit = heights[-1] / float(changes[-1])
    assert heights == pytest.approx([float(c) * unit for c in changes], abs=0.01)


def test_that_the_waterfall_prints_change_number_and_both_scores_largest_fall_first() -> None:
    written = texts(figures.draw("waterfall", study(), "en"))
    in_bold = texts(figures.draw("waterfall", study(), "en"), bold=True)
    assert in_bold == ["−26", "−20", "−20", "−6"]
    assert {"28→8", "28→2", "28→22", "01-001", "01-002", "01-003", "01-004", "01-005"} <= set(written)
    assert "stopped early" in written and "01-006" not in written
    assert "minimal clinically important improvement, −3" in written


def test_that_a_rise_carries_its_sign() -> None:
    many = ("constitutional", "articular", "cutaneous", "pulmonary", "renal", "cns", "pns", "muscular")
    worse = levels(**dict.fromkeys(many, 2))
    data = figure_data(trial_of([plain("01-001", worse)]))
    (change,) = [line.change() for line in data.lines]
    assert change is not None and change > 0 and f"+{change}" in texts(figures.draw("waterfall", data, "en"))


def test_that_the_domains_of_a_course_are_stacked_to_their_points() -> None:
    drawn, figure = course("eventful"), figures.draw("course", course("eventful"), "en")
    scale = None
    for at, domain in enumerate(drawn.domains):
        points = [b.points[at] for b in drawn.essdai if b.points[at]]
        heights = [h for _, _, w, h in surfaces(figure, DOMAIN_FILLS[at].color) if w == pytest.approx(12)]
        assert len(heights) >= len(points)
        for one, height in zip(points, heights, strict=False):
            scale = scale or height / one
            assert height == pytest.approx(one * scale), domain.name


def test_that_a_course_names_each_domain_with_its_points_and_each_total() -> None:
    written = texts(figures.draw("course", course("eventful"), "en"))
    assert {"Biological 2", "Cutaneous 6", "Lymphadenopathy 4", "Constitutional 3"} <= set(written)
    assert {"28", "≥\u00a09", "8"} <= set(written)
    assert "Pulmonary (not done)" in written


def test_that_a_course_prints_every_kind_of_value() -> None:
    written = set(texts(figures.draw("course", course("eventful"), "en")))
    assert {"62", "31*", "21.4", "17.2", "<0.1", "<5", "420", "61"} <= written
    assert {"dryness 7", "mean 6.00", "mean 3.67"} <= written
    assert {"410 · 410 · 400\u00a0mg", "360", "Pneumonia", "3S", "refused", "not done"} <= written
    assert "limit for age, table" in written
    assert "14.3\u00a0g/L" in written
    assert "* not signed, changed since, or queried" in written and "due, not given" in written


def test_that_a_gap_breaks_the_line_and_a_bound_is_an_open_mark() -> None:
    drawn = course("eventful")
    missing = [r for r in drawn.pga if r.value is None]
    assert [(r.event, r.why.en if r.why else "") for r in missing] == [("SE.BEL3", "not done")]
    bounds = [(r.bound, r.value) for r in (*drawn.b_percent, *drawn.b_count) if r.bound]
    assert bounds == [("<", Fraction(1, 10)), ("<", Fraction(5))]
    assert [r.why.en for r in drawn.b_percent if r.why] == ["not done"]


def test_that_nothing_optional_is_called_a_gap() -> None:
    drawn = course("screened")
    assert drawn.essdai == drawn.pga == () and [len(s) for s in drawn.esspri] == [0, 0, 0, 0]


def test_that_the_medians_of_the_spaghetti_are_those_of_the_participants() -> None:
    written = texts(figures.draw("spaghetti", study(), "en"))
    for moment in (0, 2):
        values = [m.value for line in study().treated if (m := line.scores["essdai_total"][moment]).value is not None]
        one = spread(values)
        assert one is not None
        assert fixed(one.median, 1) in written and f"{fixed(one.q1, 1)}–{fixed(one.q3, 1)}" in written


def test_that_the_heat_map_prints_every_level_once_before_and_once_after() -> None:
    figure = figures.draw("heat_map", study(), "en")
    known = [m.value for line in study().treated for pair in line.levels.values() for m in pair if m.value is not None]
    digits = [t for t in figure.texts if t.get_text() in "0123" and t.get_fontsize() == 7 and not _bold(t)]
    assert len(digits) == len(known) + 4  # and the key
    for level in range(1, 4):
        cells = [s for s in surfaces(figure, LEVELS[level]) if s[3] == pytest.approx(13)]
        assert len(cells) == sum(v == level for v in known)
    moved = {d.name: changed(study().treated, d) for d in study().domains}
    assert moved["essdai_articular"] == (4, 0) and moved["essdai_pulmonary"] == (0, 1)


def _bold(text: Any) -> bool:
    return "Bold" in text.get_fontproperties().get_file()


def test_that_the_swimmer_shows_who_stopped_who_came_back_and_each_event_of_the_treated() -> None:
    figure = figures.draw("swimmer", study(), "en")
    written = texts(figure)
    assert written.count("3S") == 2 and written.count("4") == 1  # one 3S is the key's
    assert {"stopped early", "B cells back", "01-001", "01-005"} <= set(written) and "01-006" not in written
    repopulated = [line for line in study().treated if line.course.treatment.b_cells.repopulated is not None]
    assert len([a for a in figure.artists if getattr(a, "get_hatch", lambda: "")() == "//////"]) == len(repopulated) + 1


def test_that_groups_follow_the_outcome_and_no_week_28_is_a_group_of_its_own() -> None:
    groups = {line.subject: line.group for line in study().lines}
    assert groups["01-005"] is groups["01-006"] is Group.NO_WEEK_28
    assert Group.NO_WEEK_28 not in {groups[s] for s in ("01-001", "01-002", "01-003", "01-004")}


# ---- words


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_caption_says_how_many_and_who_is_left_out_and_why(language: str) -> None:
    said = {name: figures.caption(name, study(), language) for name in STUDY}  # type: ignore[arg-type]
    reason = {"en": "01-005 (stopped early)", "zh": "01-005（提前终止）"}[language]
    assert reason in said["waterfall"] and reason in said["heat_map"] and reason in said["spaghetti"]
    assert all("01-006" in s and "5" in s for s in said.values())
    assert "01-101" in figures.caption("course", course("eventful"), language)  # type: ignore[arg-type]


def test_that_an_event_without_a_whole_date_is_counted_in_words() -> None:
    assert "day of start not known): 1." in figures.caption("swimmer", study(), "en")
    assert "+ 1 more" in texts(figures.draw("course", course("eventful"), "en"))


def test_that_nobody_left_out_is_said_too() -> None:
    data = figure_data(trial_of([plain("01-001")]))
    assert figures.caption("waterfall", data, "en").endswith("Nobody is left out.")


def test_that_many_names_are_counted_rather_than_listed() -> None:
    data = figure_data(trial_of([plain("01-001"), *(plain(f"01-{n:03}", week_28=False) for n in range(2, 20))]))
    assert "and 6 more" in figures.caption("waterfall", data, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STUDY)
def test_that_an_empty_study_is_a_sentence_and_no_empty_frame(name: str, language: str) -> None:
    for people in ([], [screened()]):
        data = figure_data(trial_of(people))
        (figure,) = figures.draw_all(name, data, language)  # type: ignore[arg-type]
        joint = "" if language == "zh" else " "
        assert joint.join(texts(figure)) == FIGURE["empty_study"][language == "zh"]
        assert figures.caption(name, data, language).startswith(FIGURE["empty_study"][language == "zh"])  # type: ignore[arg-type]


def test_that_without_any_week_28_the_waterfall_says_so_and_the_others_are_drawn() -> None:
    data = figure_data(trial_of([plain("01-001", week_28=False)]))
    assert " ".join(texts(figures.draw("waterfall", data, "en"))) == FIGURE["empty_28"][0]
    for name in ("spaghetti", "heat_map", "swimmer"):
        assert len(texts(figures.draw(name, data, "en"))) > 20


def test_that_a_participant_with_only_screening_has_a_course_in_days_since_the_first_visit() -> None:
    written = texts(figures.draw("course", course("screened"), "en"))
    assert "Days since first visit" in written and "not yet" in written and written.count("no value yet") == 4


def test_that_a_participant_without_a_visit_is_told_in_words() -> None:
    from tests.analysis.builder import participant

    drawn = course_data(participant({}, subject="01-103"), EDITION)
    assert FIGURE["empty_course"][0] in " ".join(texts(figures.draw("course", drawn, "en")))


def test_that_the_reasons_for_no_value_have_words() -> None:
    from crf_desktop.analysis.figure_reading import gap
    from crf_desktop.analysis.measure import Lack, Measure

    for lack in Lack:
        if lack is not Lack.CENSORED:
            assert gap(Measure("pga", lack=lack)).zh
    assert gap(Measure("pga", lack=Lack.REASON, null=ND)).en == "not done"


# ---- page, typeface, colours


def size_of(figure: Any) -> tuple[float, float]:
    """Width and height in points."""
    width, height = figure.get_size_inches()
    return float(width) * 72, float(height) * 72


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_word_lies_on_the_page_and_none_is_smaller_than_7_points(language: str) -> None:
    for figure in all_figures(language):
        wide, high = size_of(figure)
        assert wide == pytest.approx(WIDTH) and high <= HEIGHT + 0.01
        assert min(t.get_fontsize() for t in figure.texts) >= 7
        for words, (left, bottom, right, top) in boxes(figure):
            assert left >= -1 and right <= wide + 1 and bottom >= -1 and top <= high + 1, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_words_lie_on_others(language: str) -> None:
    for figure in all_figures(language):
        for (words, one), (others, other) in combinations(boxes(figure), 2):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])  # of the line boxes, which are taller than the ink
            assert wide <= 1.2 or high <= 2.5, (words, others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_character_has_a_glyph_of_the_one_typeface(language: str, recwarn: pytest.WarningsRecorder) -> None:
    from matplotlib.ft2font import FT2Font

    from crf_desktop.settings import resource

    for figure in all_figures(language):
        for text in figure.texts:
            face = Path(text.get_fontproperties().get_file())
            assert face.parent == resource("fonts")
            known = FT2Font(str(face)).get_charmap() if face not in _SEEN else _SEEN[face]
            _SEEN[face] = known
            assert all(ord(c) in known for c in text.get_text()), text.get_text()
        figures.as_png(figure, 600)
    assert not [w for w in recwarn if "Glyph" in str(w.message)]


_SEEN: dict[Path, Any] = {}


def test_that_a_figure_is_as_wide_as_the_text_of_a_page_of_the_report() -> None:
    from crf_desktop.report.drawing import TEXT_WIDTH

    assert pytest.approx(TEXT_WIDTH) == WIDTH


def test_that_a_character_without_a_glyph_is_spelled_and_a_dollar_is_no_formula() -> None:
    assert printable("µ ≥ č β − ⁶ 应答") == "µ ≥ č β − ⁶ 应答"
    assert "Urticaria $x_1$ [U+1F600]" in texts(figures.draw("course", course("eventful"), "en"))


def test_that_lines_break_between_words_and_between_chinese_characters() -> None:
    for text in ("No participant has had rituximab yet.", "尚无受试者使用利妥昔单抗。首次给药后绘制本图。"):
        broken = lines(text, 60)
        assert len(broken) > 1 and all(width(line) <= 62 for line in broken)
        assert not any(line.startswith(("。", "，")) for line in broken)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Options other than proposed: Response: items met of five, at least 3; B-cell markers, IgG and RF."),
        ("zh", "与建议不同的选项：应答：五项中达到的项数，至少3项；B细胞标志物，IgG和RF。"),
    ],
)
def test_that_a_figure_under_other_options_says_so_below_it_on_paper_too(language: Any, said: str) -> None:
    other = Options(response_at_least="3", b_cell_markers="both")
    data = figure_data(trial_of([plain("01-001")]), options=other)
    for name in STUDY:
        assert figures.caption(name, data, language).endswith(said)
        assert "proposed" not in figures.caption(name, study(), "en")
    drawn = [figures.draw(name, data, language) for name in STUDY]
    for page, figure in zip(PdfReader(BytesIO(figures.as_pdf(drawn, said))).pages, drawn, strict=True):
        assert said[-4:] in page.extract_text().replace("\n", "")
        assert float(page.mediabox.height) == pytest.approx(size_of(figure)[1] + 18, abs=0.1)


def test_that_the_page_of_the_pdf_is_the_figure_with_true_fonts_and_readable_words() -> None:
    drawn = all_figures("zh")
    pdf = PdfReader(BytesIO(figures.as_pdf(drawn)))
    assert len(pdf.pages) == len(drawn) and not pdf.metadata
    kinds = set()
    for page, figure in zip(pdf.pages, drawn, strict=True):
        size = float(page.mediabox.width), float(page.mediabox.height)
        assert size == pytest.approx(size_of(figure), abs=0.01)
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            below = font.get_object()["/DescendantFonts"][0].get_object()
            kinds.add((below["/Subtype"], "/FontFile2" in below["/FontDescriptor"], below["/BaseFont"].split("+")[1]))
    assert {k[:2] for k in kinds} == {("/CIDFontType2", True)} and {k[2][:7] for k in kinds} == {"CRFSans"}
    said = "".join(page.extract_text() for page in pdf.pages)
    assert "Hočevar" in said and "利妥昔单抗" in said and "−20" in said and "10⁶" in said


def digests() -> str:
    """Of a PDF and of a PNG."""
    drawn = [figures.draw("course", course("eventful"), "zh"), figures.draw("waterfall", study(), "en")]
    made = figures.as_pdf(drawn, "Below."), figures.as_png(drawn[0], 500)
    return " ".join(hashlib.sha256(m).hexdigest() for m in made)


def run(code: str, without: str = "", **more: str) -> str:
    """What a process of its own prints."""
    command = [sys.executable, "-c", code]
    environment = {k: v for k, v in os.environ.items() if k != without} | more
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_that_the_same_data_give_the_same_bytes_whatever_the_process_and_the_clock() -> None:
    code = "import sys; sys.path[:0] = ['.']; from tests.analysis.test_figures import digests; print(digests())"
    assert run(code, PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1000000000") == digests()


def test_that_a_png_is_as_wide_as_the_screen_asks() -> None:
    from PIL import Image

    figure = figures.draw("waterfall", study(), "en")
    for asked, ratio in ((800, 1.0), (800, 1.5), (515, 2.0)):
        wide, high = Image.open(BytesIO(figures.as_png(figure, asked, ratio))).size
        assert wide == pytest.approx(asked * ratio, abs=1)
        assert high / wide == pytest.approx(262 / WIDTH, abs=0.01)


# ---- many, machine


def test_that_sixty_participants_take_more_pages_and_lose_nobody() -> None:
    people = [plain(f"01-{n:03}") for n in range(1, 61)]
    data = figure_data(trial_of(people))
    for name in STUDY:
        drawn = figures.draw_all(name, data, "en")
        assert all(size_of(f)[1] <= HEIGHT for f in drawn)
        written = [t for f in drawn for t in texts(f)]
        if name != "spaghetti":
            assert {f"01-{n:03}" for n in range(1, 61)} <= set(written)
        else:
            assert "60" in written
    assert [figures.FIGURES[n].pages(data) for n in STUDY] == [1, 1, 2, 3]


def test_that_the_data_of_the_figures_go_to_another_process_and_change_nothing_there() -> None:
    again = pickle.loads(pickle.dumps(study()))
    assert again == study()
    assert texts(figures.draw("swimmer", again, "en")) == texts(figures.draw("swimmer", study(), "en"))


def test_that_reading_the_data_loads_no_matplotlib() -> None:
    assert run("import sys, crf_desktop.analysis.figures; print('matplotlib' in sys.modules)") == "False"


def test_that_matplotlib_keeps_its_list_of_fonts_in_the_program_s_own_folder(tmp_path: Path) -> None:
    code = "from crf_desktop.analysis.figure_type import prepare\nprepare()\nimport matplotlib\n"
    code += "print(matplotlib.get_configdir())"
    assert Path(run(code, "MPLCONFIGDIR", CRF_DATA_HOME=str(tmp_path))) == tmp_path / "matplotlib"


def test_that_the_settings_of_the_user_change_no_figure() -> None:
    import matplotlib

    before = figures.as_png(figures.draw("waterfall", study(), "en"), 400)
    odd = {"lines.linewidth": 9, "hatch.linewidth": 4, "figure.facecolor": "red", "text.color": "red"}
    with matplotlib.rc_context(odd):
        assert figures.as_png(figures.draw("waterfall", study(), "en"), 400) == before
