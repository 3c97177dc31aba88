"""Signing by hand: only what was seen, both components, the PDF from another process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.signing import filed_pdfs
from crf_desktop.capture.study import Study
from crf_desktop.model.data import FormState
from tests.ui.conftest import PASSWORD, WEEK_0


@pytest.fixture
def complete(window: Any, form: Callable[..., Any], hand: Any) -> Callable[[str], Any]:
    """Completes PGA as somebody."""

    def fill(user: str) -> Any:
        page = form("F.PGA", user)
        hand.answer("I.PGA.ACTIVITY", "62")
        hand.answer("I.PGA.BEFORE_ESSDAI", "true")
        hand.click(page.primary)
        return page

    return fill


def signing(window: Any, hand: Any) -> Any:
    hand.click(window.bar.places["signing"])
    return window.places.signing


def week_0(page: Any) -> int:
    """The row of the visit that was completed here."""
    return next(i for i, t in enumerate(page.list.tasks.tasks) if t.address == WEEK_0)


def state(window: Any) -> FormState:
    study: Study = window.study
    return next(s for f, s in study.visit_forms(study.subjects()[0], WEEK_0) if f.oid == "F.PGA")


@pytest.mark.requirement("REQ-28")
def test_that_what_was_not_seen_cannot_be_ticked_until_it_is_opened(
    window: Any, complete: Callable[[str], Any], enter: Callable[..., Study], hand: Any
) -> None:
    complete("crc")
    window.lock()
    enter("inv")
    page = signing(window, hand)
    page.list.tasks.tick(week_0(page))
    assert page.list.tasks.ticked() == []
    task = page.list.tasks.tasks[week_0(page)]
    page.detail.form_asked.emit(task.subject, task.address, task.unseen[0])
    hand.rest()
    assert window.places.where.form == "F.PGA"
    page = signing(window, hand)
    page.list.tasks.tick(week_0(page))
    assert len(page.list.tasks.ticked()) == 1


@pytest.mark.requirement("REQ-23")
def test_that_a_wrong_password_signs_nothing_and_both_are_asked_again(
    window: Any, complete: Callable[[str], Any], hand: Any
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    complete("inv")
    page = signing(window, hand)
    assert page.name.text() == "" and page.password.text() == ""
    page.list.tasks.tick(week_0(page))
    hand.type("inv", page.name)
    assert not page.sign.isEnabled()
    hand.type("not my password", page.password)
    hand.click(page.sign)
    sheet = page.findChild(ProblemSheet)
    assert sheet.problem.code == "keys.wrong_password"
    assert state(window) is FormState.COMPLETE
    hand.click(sheet.first_button())
    assert page.password.text() == ""


@pytest.mark.requirement("REQ-23")
def test_that_somebody_elses_name_is_refused(window: Any, complete: Callable[[str], Any], hand: Any) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    complete("inv")
    page = signing(window, hand)
    page.list.tasks.tick(week_0(page))
    hand.type("crc", page.name)
    hand.type(PASSWORD, page.password)
    hand.click(page.sign)
    assert page.findChild(ProblemSheet).problem.code == "sign.other_user"
    assert state(window) is FormState.COMPLETE


@pytest.mark.requirement("REQ-16")
def test_that_signing_stores_a_pdf_and_a_copy_leaves_only_when_asked(
    window: Any, complete: Callable[[str], Any], hand: Any, tmp_path: Path
) -> None:
    complete("inv")
    page = signing(window, hand)
    page.list.tasks.tick(week_0(page))
    hand.type("inv", page.name)
    hand.type(PASSWORD, page.password)
    hand.click(page.sign)
    assert state(window) is FormState.SIGNED
    hand.wait(lambda: len(page.work.stored) == 1 and not page.work.busy(), "the PDF")
    study: Study = window.study
    rows = filed_pdfs(study, study.subjects()[0], WEEK_0)
    assert [r.datum.value for r in rows] == page.work.stored
    target = tmp_path / "visit.pdf"
    page.save_copy(page.work.stored[0], target)
    assert target.read_bytes().startswith(b"%PDF-")
    page.work._leave()
    assert window.places.where.page == "participant"
    assert window.places.participant.pdf.isVisibleTo(window)
    window.workshop.close()


def test_that_a_coordinator_is_offered_no_signature(window: Any, complete: Callable[[str], Any], hand: Any) -> None:
    page = complete("crc")
    assert "Sign" not in page.primary.words()
    assert window.bar.places["signing"].count == 0
