"""The response page: verdicts with their reasons, what must not be seen yet, and how it leads on, by keys and mouse."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from crf_desktop.capture.study import Study
from crf_desktop.model.data import NullFlavor
from crf_desktop.ui.marked_text import MarkedText
from tests.analysis.builder import AFTER, BASE, WEEK_28
from tests.ui.response_study import BLIND, W0, W28, fill, finish, of_form, open_response
from tests.ui.small_study import open_small, show
from tests.ui.test_translation import english_words

RATED = (
    "62 mm", "31 mm", "50.0 %", "32 /48", "24 /48", "32 → 24", "25.0 %", "30 → 9", "30 /135", "28 /123", "8 /123",
    "6.00", "3.67", "moderate",
)  # fmt: skip
"""What the page prints of PGA, Hočevar, ClinESSDAI, ESSDAI and ESSPRI, of both visits and their comparison."""
OTHER_RATINGS = {
    "pga": "88", "esspri_dryness": "9", "esspri_fatigue": "9", "esspri_pain": "8", "essdai_renal": "3",
    "hocevar_parotid_r_echogenicity": "0", "hocevar_parotid_r_homogeneity": "0",
}  # fmt: skip
"""Another week 0."""
OTHERS = ("F.LAB1", "F.LAB2", "F.SALIVA", "F.SCHIRMER")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that a page paints itself."""
    found: list[str] = []
    word, sentence = QPainter.drawText, MarkedText.draw

    def listen(painter: QPainter, *arguments: Any) -> Any:
        found.extend(a for a in arguments if isinstance(a, str))
        return word(painter, *arguments)

    def hear(text: MarkedText, *arguments: Any) -> None:
        found.append(text.text)
        sentence(text, *arguments)

    monkeypatch.setattr(QPainter, "drawText", listen)
    monkeypatch.setattr(MarkedText, "draw", hear)
    yield found


def told(page: QWidget, painted: list[str]) -> list[str]:
    """What a page shows and says, with what is scrolled away."""
    painted.clear()
    page.resize(page.width(), 3000)
    page.grab()
    texts = list(painted)
    for widget in page.findChildren(QWidget):
        if not widget.isHidden() and widget.isVisibleTo(page):
            texts += [widget.accessibleName(), widget.accessibleDescription()]
            if isinstance(widget, QLabel | QAbstractButton):
                texts.append(widget.text())
    return [t.replace("\u00a0", " ").replace("\u2060", "") for t in texts if t]


def rated(texts: list[str]) -> list[str]:
    """Which of the ratings stand in those texts."""
    return [one for one in RATED if any(one in text for text in texts)]


def rows(page: Any) -> list[str]:
    return [row.accessibleName().replace("\u00a0", " ") for row in page.rows.rows]


def counts(page: Any) -> list[str]:
    return [pill.accessibleName() for pill in page.pills if pill.isVisibleTo(page)]


def test_that_five_rows_say_verdict_values_with_units_and_why(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    assert rows(page) == [
        "a Physician global (PGA), Met, 62 mm → 31 mm",
        "b ESR, Met, 46 mm/h → 30 mm/h",
        "c B-cell marker, Not met, 21.4 g/L → 17.2 g/L, 64 IU/mL → 52 IU/mL",
        "d Lacrimal, Not evaluable, 5.0 mm → Refused",
        "e Salivary, Met, 0.118 mL/min → 0.136 mL/min, 32 /48 → 24 /48",
    ]
    assert "Fell by 31 of 62\u00a0mm: 50.0\u00a0%, ≥30\u00a0%." in page.rows.rows[0].accessibleDescription()
    assert "**50.0\u00a0%**" in page.rows.rows[0].words.parts[0].why
    assert counts(page) == ["3 met", "1 not met", "1 not evaluable"]
    assert window.banner.accessibleName().replace("\u00a0", " ") == (
        "Participant 01-001, Sex Female, Age 12 y, Visit Week 28, Visit date 18 Nov 2026, Study day Day 196"
    )


def test_that_both_verdicts_say_whether_missing_data_could_change_them(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    first, second = page.primary, page.sensitivity
    assert first.accessibleName() == "Primary, as registered: at least 4 of 5: Not decided by the data: 3 or 4"
    assert first.accessibleDescription().startswith("Item d would decide. Counted as non-responder")
    assert second.accessibleName() == "Sensitivity: at least 3 of 5: Responder"
    assert second.accessibleDescription() == "3 items are met, whatever item d shows."


def test_that_star_stands_beside_with_its_points_and_its_note(
    window: Any, hand: Any, tmp_path: Path, painted: list[str]
) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    said = [row.accessibleName().replace("\u00a0", " ").replace("\u2002", " ") for row in page.star.rows]
    assert said == [
        "Systemic 30 → 9, Met, 3 /3", "Patient-reported 6.00 → 3.67, Met, 3 /3", "Lacrimal, Not evaluable, 0 /1",
        "Salivary 32 → 24, Met, 1 /1", "Biological 21.4 → 17.2 g/L, Met, 1 /1",
    ]  # fmt: skip
    assert page.star.end.accessibleName() == "STAR 8 /9, Responder: 8, ≥5"
    texts = told(page, painted)
    assert any(">5 points: responder" in t and "Week 0 has no STAR value" in t for t in texts)
    assert "options as registered" in page.head.rule.text()
    assert page.star.x() > page.rows.x() + page.rows.width(), "beside the items"


def test_that_changes_name_the_bands_and_flaws_of_the_data_lead_to_their_page(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    lines = {line.words.label: line for line in page.changes.lines}
    essdai = lines["ESSDAI"]
    assert essdai.accessibleName().replace("\u00a0", " ") == "ESSDAI, 28 /123 → 8 /123, −20, Improved"
    assert "high (≥14) → moderate (5–13)" in essdai.accessibleDescription()
    line = next(x for x in page.issues.lines if "week 28" in x.words.text and "Laboratory 1" in x.words.where)
    assert "not signed" in line.words.text
    hand.click(line)
    assert (window.places.where.page, window.places.where.event, window.places.where.form) == ("form", W28, "F.LAB1")


def test_that_a_row_opens_the_page_it_rests_on_by_mouse_and_by_keys(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    hand.click(page.rows.rows[2])
    assert (window.places.where.event, window.places.where.form) == (W28, "F.LAB2")
    page = show(window, hand, "response", subject)
    hand.key(Qt.Key.Key_Tab)
    assert page.rows.rows[0].hasFocus()
    hand.key(Qt.Key.Key_Down)
    assert page.rows.rows[1].hasFocus()
    hand.key(Qt.Key.Key_Return)
    assert (window.places.where.event, window.places.where.form) == (W28, "F.LAB1")


def test_that_tab_walks_items_star_flaws_and_the_way_back(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    wanted = [*page.rows.rows, *page.star.rows, *page.issues.lines, page.back]
    for widget in wanted:
        hand.key(Qt.Key.Key_Tab)
        assert window.focusWidget() is widget
        top = widget.mapTo(page, widget.rect().topLeft()).y()
        assert 0 <= top <= page.height(), "what has the keyboard is in view"


def test_that_page_keys_scroll_and_escape_leads_back_to_the_participant(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    bar = page.scroller.verticalScrollBar()
    hand.key(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    hand.key(Qt.Key.Key_PageUp)
    assert bar.value() == 0
    page.rows.rows[0].setFocus()
    hand.key(Qt.Key.Key_PageDown)
    assert bar.value() > 0, "also while a row has the keyboard"
    hand.key(Qt.Key.Key_Escape)
    assert window.places.where.page == "participant"
    page = show(window, hand, "response", subject)
    hand.click(page.back)
    assert window.places.where.page == "participant"


def test_that_the_participant_page_says_it_in_a_word_and_leads_there(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path)
    button = show(window, hand, "participant", subject).response
    assert button.words() == "Response: 3 of 5 met"
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hand.key(Qt.Key.Key_Return)
    assert window.places.where.page == "response"
    hand.key(Qt.Key.Key_Escape)
    hand.click(button)
    assert window.places.where.page == "response"


@pytest.mark.parametrize("typed", ["response 01-001", "resp", "应答"])
def test_that_find_leads_to_the_response(window: Any, hand: Any, tmp_path: Path, typed: str) -> None:
    open_response(window, tmp_path)
    hand.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hand.type(typed)
    hand.key(Qt.Key.Key_Return)
    assert (window.places.where.page, window.places.where.subject) == ("response", "01-001")


# ---- what must not be seen yet


def begun(window: Any, tmp_path: Path, *forms: str, user: str = "inv") -> tuple[Study, str]:
    """Week 28 has begun; what is not rated blind is complete, and so are those forms."""
    study, subject = open_response(window, tmp_path, after={}, user="inv")
    fill(study, subject, W28, of_form(study, AFTER, *OTHERS, *forms))
    return study, subject


def test_that_earlier_ratings_stay_hidden_until_the_page_of_week_28_is_complete(
    window: Any, hand: Any, tmp_path: Path, painted: list[str]
) -> None:
    study, subject = begun(window, tmp_path)
    fill(study, subject, W28, of_form(study, AFTER, "F.PGA"), complete=False)
    page = show(window, hand, "response", subject)
    assert rated(told(page, painted)) == []
    assert rows(page)[0] == "a Physician global (PGA), Not shown yet"
    assert page.rows.rows[0].words.parts[0].why == "Shown when the PGA page of week 28 is complete."
    assert rows(page)[1].startswith("b ESR, Met"), "what nobody rates is shown"
    assert rows(page)[4] == "e Salivary, Not shown yet, 0.118 mL/min → 0.136 mL/min"
    assert counts(page) == ["waits for 4 pages"]
    assert page.primary.accessibleName().endswith("Not shown yet")
    assert page.sensitivity.accessibleName().endswith("Not shown yet")
    assert page.star.accessibleName().startswith("STAR – /9")
    assert show(window, hand, "participant", subject).response.words() == "Response: waits for 4 pages"


def test_that_while_pages_are_open_another_week_0_would_look_exactly_the_same(
    window: Any, hand: Any, tmp_path: Path, painted: list[str]
) -> None:
    study, subject = begun(window, tmp_path)
    before = told(show(window, hand, "response", subject), painted)
    fill(study, subject, W0, OTHER_RATINGS)
    fill(study, subject, W28, of_form(study, AFTER, *BLIND), complete=False)
    assert told(show(window, hand, "response", subject), painted) == before
    for form in BLIND:
        finish(study, subject, W28, form)
    after = told(show(window, hand, "response", subject), painted)
    assert after != before and any("88 mm" in text for text in after)


def test_that_verdicts_and_totals_wait_for_the_last_page(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = begun(window, tmp_path, *BLIND[:3])
    page = show(window, hand, "response", subject)
    assert rows(page)[0] == "a Physician global (PGA), Met, 62 mm → 31 mm"
    assert counts(page) == ["waits for 1 page"]
    assert page.primary.words.why == "Shown when the Ultrasound page of week 28 is complete."
    assert page.star.rows[3].accessibleName() == "Salivary, Not shown yet, – /1"
    fill(study, subject, W28, of_form(study, AFTER, "F.HOCEVAR"))
    page = show(window, hand, "response", subject)
    assert counts(page) == ["3 met", "1 not met", "1 not evaluable"]
    assert page.star.end.accessibleName() == "STAR 8 /9, Responder: 8, ≥5"


def test_that_an_item_is_met_already_where_what_is_seen_decides(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = begun(window, tmp_path)
    oid = study.definition.item_by_name["saliva_1_after"].oid
    study.form(subject, W28, "F.SALIVA").set(oid, "10.900", reason="Read again", override="As in the source")
    page = show(window, hand, "response", subject)
    assert rows(page)[4].startswith("e Salivary, Met")
    assert rated([page.rows.rows[4].accessibleDescription(), rows(page)[4]]) == []


def test_that_a_hidden_row_leads_to_the_page_that_is_waited_for(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = begun(window, tmp_path)
    page = show(window, hand, "response", subject)
    hand.click(page.rows.rows[0])
    assert (window.places.where.event, window.places.where.form) == (W28, "F.PGA")
    page = show(window, hand, "response", subject)
    hand.click(page.star.rows[0])
    assert (window.places.where.event, window.places.where.form) == (W28, "F.ESSDAI")


def test_that_before_week_28_the_page_says_when_it_is_due_and_nothing_else(
    window: Any, hand: Any, tmp_path: Path, painted: list[str]
) -> None:
    _, subject = open_response(window, tmp_path, after=None, day="2026-10-02")
    page = show(window, hand, "response", subject)
    texts = told(page, painted)
    assert any("Planned for 18 Nov 2026 · in 47 days\nWindow 11–25 Nov 2026" in t for t in texts)
    assert rated(texts) == [] and not any("mm/h" in text or "g/L" in text for text in texts)
    assert not page.empty.button.isVisibleTo(page), "not before its window"
    assert show(window, hand, "participant", subject).response.words() == "Response at week 28"


def test_that_a_due_week_28_can_be_started_from_here(window: Any, hand: Any, tmp_path: Path) -> None:
    from crf_desktop.ui.visit_sheet import VisitSheet

    _, subject = open_response(window, tmp_path, after=None)
    page = show(window, hand, "response", subject)
    assert page.empty.button.words() == "Start week 28"
    assert page.empty.button.hasFocus()
    hand.key(Qt.Key.Key_Return)
    assert window.findChild(VisitSheet) is not None


def test_that_a_monitor_reads_it_and_cannot_start_a_visit(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_response(window, tmp_path, user="mon")
    assert counts(show(window, hand, "response", subject)) == ["3 met", "1 not met", "1 not evaluable"]
    window.lock()
    _, subject = open_response(window, Path(tmp_path / "again"), user="mon", after=None)
    page = show(window, hand, "response", subject)
    assert not page.empty.button.isVisibleTo(page)


def test_that_the_course_hides_earlier_ratings_from_who_still_has_to_rate(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    _, subject = begun(window, tmp_path, "F.ESSPRI")
    lanes = {lane.name.en: lane for lane in show(window, hand, "participant", subject).lanes.lanes}
    assert [len(lanes[name].points) for name in ("ESSDAI", "ESSPRI", "PGA")] == [0, 2, 0]
    spoken = window.places.participant.lanes.accessibleName()
    assert "ESSDAI hidden until its page is complete: Week 28" in spoken
    window.lock()
    _, subject = open_response(window, Path(tmp_path / "again"), user="mon", after={})
    lanes = {lane.name.en: lane for lane in show(window, hand, "participant", subject).lanes.lanes}
    assert len(lanes["PGA"].points) == 1, "a monitor rates nobody"


# ---- other ends


def test_that_who_stopped_early_has_those_values_apart(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_response(window, tmp_path, after=None, day="2026-08-03")
    stop = {"stop_decided_on": "2026-08-03", "stop_kind": "TREATMENT", "stop_final_visit": "true"}
    fill(study, subject, "SE.LOG", stop, complete=False)
    page = show(window, hand, "response", subject)
    assert rows(page)[0] == "a Physician global (PGA), Not shown yet", "the last visit may still rate"
    study.start_event(subject, "SE.ET", "2026-08-03")
    fill(study, subject, "SE.ET", AFTER)
    page = show(window, hand, "response", subject)
    assert page.head.rule.text().startswith("Stopped early: there is no week 28")
    assert counts(page) == ["0 met", "0 not met", "5 not evaluable"]
    assert page.early_title.text().replace("\u00a0", " ") == "Early termination, reported separately · 3 Aug 2026"
    early = [row.accessibleName().replace("\u00a0", " ") for row in page.early.rows]
    assert early[0] == "a Physician global (PGA), Met, 62 mm → 31 mm"
    assert page.early_star.end.accessibleName() == "STAR 8 /9, Responder: 8, ≥5"
    assert page.star.end.accessibleName().startswith("STAR – /9, Not decided by the data")
    assert window.banner.words.visit == "Early termination"
    assert "Stopped early" in page.primary.accessibleDescription()
    assert show(window, hand, "participant", subject).response.words() == "Response: stopped early"


def test_that_a_missed_week_28_is_said(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_response(window, tmp_path, after=None, day="2026-12-02")
    study.miss_event(subject, W28, "ND", "Moved away")
    page = show(window, hand, "response", subject)
    assert page.head.rule.text().startswith("Week 28 did not take place")
    assert rows(page)[0] == "a Physician global (PGA), Not evaluable, 62 mm → Missed"
    assert "counted as non-responder" in page.primary.accessibleDescription().lower()
    hand.click(page.rows.rows[0])
    assert (window.places.where.event, window.places.where.form) == (W0, "F.PGA")


def test_that_rescue_treatment_makes_a_non_responder_and_says_so(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_response(window, tmp_path, after=AFTER | {"schirmer_right": "12", "schirmer_left": "12"})
    rescue = {"cm_drug": "prednisone", "cm_class": "GLUCOCORTICOID", "cm_purpose": "SJOGREN", "cm_start": "2026-08-01"}
    fill(study, subject, "SE.LOG", rescue | {"cm_rescue": "true"}, complete=False, record="#1")
    page = show(window, hand, "response", subject)
    assert counts(page)[0] == "4 met"
    assert page.primary.accessibleName().endswith(": Non-responder")
    assert "Rescue treatment from 1 Aug 2026" in page.primary.accessibleDescription().replace("\u00a0", " ")
    assert any("escue" in line.words.text for line in page.issues.lines)


def test_that_who_had_no_rituximab_has_no_response(
    window: Any, hand: Any, tmp_path: Path, painted: list[str]
) -> None:
    study, subject = open_response(window, tmp_path)
    given = study.definition.item_by_name["rtx_given"].oid
    study.form(subject, W0, "F.RTX").set(given, "false", reason="Wrong line", override="As in the source")
    page = show(window, hand, "response", subject)
    texts = told(page, painted)
    assert page.empty.title.text() == "No rituximab was given" and counts(page) == []
    assert rated(texts) == []


def test_that_a_study_without_that_end_point_offers_no_such_page(window: Any, hand: Any, tmp_path: Path) -> None:
    _, subject = open_small(window, tmp_path)
    assert not show(window, hand, "participant", subject).response.isVisibleTo(window)
    hand.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hand.type("response")
    hand.key(Qt.Key.Key_Return)
    assert window.places.where.page == "participant"


# ---- it stays right


def test_that_a_changed_answer_changes_the_verdict(window: Any, hand: Any, tmp_path: Path) -> None:
    study, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    same = page.reading
    show(window, hand, "participant", subject)
    assert show(window, hand, "response", subject).reading is same, "what did not change is not worked out anew"
    oid = study.definition.item_by_name["schirmer_right"].oid
    entry = study.form(subject, W28, "F.SCHIRMER")
    entry.set(oid, "10", reason="Found", override="As in the source")
    page = show(window, hand, "response", subject)
    assert rows(page)[3].startswith("d Lacrimal, Met, 5.0 mm → 10.0 mm")
    assert counts(page) == ["4 met", "1 not met", "0 not evaluable"]
    assert page.primary.accessibleName().endswith("Responder")
    assert any("one eye" in line.words.text.lower() for line in page.issues.lines)


def test_that_every_word_follows_the_language(window: Any, hand: Any, tmp_path: Path, painted: list[str]) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    page.rows.rows[1].setFocus(Qt.FocusReason.OtherFocusReason)
    words = english_words()
    assert set(told(page, painted)) & words, "the listening hears nothing"
    window.look.set_language("zh")
    hand.rest()
    assert not set(told(page, painted)) & words
    assert rows(page)[0] == "a 医师总体评价（PGA）, 达到, 62 mm → 31 mm"
    assert page.primary.accessibleName() == "主要终点（按注册文本）：5项中至少4项: 数据不能定论：3项或4项"
    assert page.rows.rows[1].hasFocus(), "the keyboard stays where it was"
    told(page, painted)
    assert not any(" %" in t for t in painted), "no space before the per cent sign"


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (1024, 1.0), (1280, 1.5), (720, 1.0)])
def test_that_nothing_is_cut_off_at_any_size(
    window: Any, hand: Any, tmp_path: Path, width: int, scale: float
) -> None:
    after = AFTER | {"schirmer_right": NullFlavor.NOT_DONE}
    _, subject = open_response(window, tmp_path, after=after)
    window.resize(width, 800)
    window.look.set_scale(scale)
    hand.rest()
    page = show(window, hand, "response", subject)
    wide = width / scale >= 1120
    assert (page.star.x() > page.rows.x()) is wide, "STAR stands beside, or below where it is narrow"
    for row in page.rows.rows:
        texts = (row._verdict, row._title, row._rule, *(t for part in row._parts for t in part))
        assert row._tall <= row.height() and row._title.height + row._rule.height <= row.height()
        assert all(t.natural <= row.width() for t in texts)
        at = row._at
        assert at.item < at.base < at.followup < at.why < at.right <= row.width()
        assert all(p[1].natural <= at.why - at.followup for p in row._parts)
    bottom = max(row.y() + row.height() for row in page.rows.rows)
    assert bottom <= page.rows.height() and page.rows.height() == page.rows.minimumHeight()
    assert page.body.width() <= page.scroller.width()


def test_that_the_lock_empties_the_page(window: Any, hand: Any, tmp_path: Path, painted: list[str]) -> None:
    _, subject = open_response(window, tmp_path)
    page = show(window, hand, "response", subject)
    hand.key(Qt.Key.Key_F12)
    texts = told(page, painted)
    assert page.reading is None and rated(texts) == []
    assert not any("mm/h" in text or subject in text or "met" in text for text in texts)


def test_that_the_pages_read_neither_pandas_nor_what_draws_figures() -> None:
    code = "import sys, crf_desktop.ui.places; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "matplotlib", "scipy", "pyarrow", "numpy"} & set(done.stdout.split())


def test_that_typing_the_rating_of_week_28_reveals_it_by_completing_the_page(
    window: Any, hand: Any, tmp_path: Path
) -> None:
    study, subject = begun(window, tmp_path, *BLIND[1:])
    fill(study, subject, W28, {"pga": str(AFTER["pga"])}, complete=False)
    assert rows(show(window, hand, "response", subject))[0] == "a Physician global (PGA), Not shown yet"
    finish(study, subject, W28, "F.PGA")
    assert rows(show(window, hand, "response", subject))[0] == (
        f"a Physician global (PGA), Met, {BASE['pga']} mm → {AFTER['pga']} mm"
    )
    assert study.today() == WEEK_28
