"""Signing by hand: only what was seen, the pages read to their end, both components, the PDF of those very pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.capture.signing import filed_pdfs
from crf_desktop.capture.study import Study
from crf_desktop.capture.unfinished import unfinished
from crf_desktop.model.data import FormState
from tests.ui.conftest import PASSWORD, WEEK_0
from tests.ui.reading import open_pages, read_to_the_end


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


def shown(window: Any, hand: Any) -> Any:
    """The console with the first page of the visit on the screen."""
    page = signing(window, hand)
    if not page.list.tasks.is_ticked(week_0(page)):
        page.list.tasks.tick(week_0(page))
    open_pages(page, hand)
    return page


def give(page: Any, hand: Any, user: str = "inv", password: str = PASSWORD) -> None:
    """Types both components."""
    for field in (page.name, page.password):
        field.clear()
    hand.type(user, page.name)
    hand.type(password, page.password)


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


@pytest.mark.requirement("REQ-16", "REQ-23", "REQ-28")
def test_that_pages_are_read_to_their_end_then_signed_by_both_components_and_stored_as_they_were_shown(
    window: Any, complete: Callable[[str], Any], hand: Any, tmp_path: Path
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    complete("inv")
    page = shown(window, hand)
    give(page, hand)
    assert not page.sign.isEnabled() and page.foot.why.text() == "Read the pages to their end first"
    read_to_the_end(page, hand)
    assert page.sign.isEnabled()
    pages = page.reading.documents[0].shown.pdf
    give(page, hand, "crc")
    hand.click(page.sign)
    sheet = page.findChildren(ProblemSheet)[-1]
    assert sheet.problem.code == "sign.other_user" and state(window) is FormState.COMPLETE
    hand.click(sheet.first_button())
    assert page.password.text() == "" and page.reading.documents[0].shown.pdf == pages
    give(page, hand)
    hand.click(page.sign)
    assert state(window) is FormState.SIGNED
    hand.wait(lambda: len(page.work.stored) == 1 and not page.work.busy(), "the PDF")
    study: Study = window.study
    rows = filed_pdfs(study, study.subjects()[0], WEEK_0)
    assert [r.datum.value for r in rows] == page.work.stored
    path = rows[0].path
    (row,) = (r for r in study.store.signatures(path) if r.path.form)
    assert json.loads(row.payload or "")["shown"] == "sha256:" + hashlib.sha256(pages).hexdigest()
    stored = study.store.document(page.work.stored[0])
    assert stored is not None and stored[1].startswith(pages)
    page.save_copy(page.work.stored[0], tmp_path / "visit.pdf")
    assert (tmp_path / "visit.pdf").read_bytes() == stored[1]
    page.work._leave()
    assert window.places.where.page == "participant"
    hand.click(window.places.participant.pdf)
    sheet = window.places.documents.sheet
    assert [b.words() for b in sheet.acts] == ["Show", "Save a copy"]
    hand.click(sheet.acts[0])
    hand.wait(lambda: bool(window.places.documents.sheet.view.pages._images), "the pages")
    window.places.documents.sheet.close_sheet()
    window.places.documents.forget()
    window.workshop.close()


@pytest.mark.requirement("REQ-28")
def test_that_leaving_the_pages_leaves_nothing_and_a_change_has_them_drawn_anew(
    window: Any, complete: Callable[[str], Any], hand: Any
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    complete("inv")
    page = shown(window, hand)
    from PySide6.QtCore import Qt

    hand.key(Qt.Key.Key_Escape)
    assert not page.is_reading() and page.reading.documents == []
    study: Study = window.study
    assert study.store.settings("shown/") == {} and state(window) is FormState.COMPLETE
    page = shown(window, hand)
    read_to_the_end(page, hand)
    before = page.reading.documents[0].shown.digest
    entry = study.form(study.subjects()[0], WEEK_0, "F.PGA")
    entry.set("I.PGA.ACTIVITY", "60", reason="Misread")
    from crf_desktop.capture.signing import mark_seen

    mark_seen(study, study.form(study.subjects()[0], WEEK_0, "F.PGA"))
    give(page, hand)
    hand.click(page.sign)
    sheet = page.findChildren(ProblemSheet)[-1]
    assert sheet.problem.code == "sign.changed_since_shown" and state(window) is not FormState.SIGNED
    hand.click(sheet.first_button())
    hand.wait(lambda: bool(page.reading.view.pages._images), "the pages drawn anew")
    assert page.reading.documents[0].shown.digest != before and not page.reading.all_read()
    window.workshop.close()


@pytest.mark.requirement("REQ-23")
def test_that_a_wrong_password_signs_nothing_and_both_are_asked_again(
    window: Any, complete: Callable[[str], Any], hand: Any
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    complete("inv")
    page = shown(window, hand)
    assert page.name.text() == "" and page.password.text() == ""
    page.reading.documents[0].seen = frozenset(range(page.reading.documents[0].shown.n_pages))
    give(page, hand, password="not my password")
    hand.click(page.sign)
    sheet = page.findChildren(ProblemSheet)[-1]
    assert sheet.problem.code == "keys.wrong_password" and state(window) is FormState.COMPLETE
    hand.click(sheet.first_button())
    study: Study = window.study
    assert page.password.text() == "" and page.is_reading() and study.store.settings("shown/") == {}
    window.workshop.close()


def test_that_a_pdf_that_was_not_made_is_asked_for_until_it_is(
    window: Any, complete: Callable[[str], Any], enter: Callable[..., Study], hand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete("inv")
    page = shown(window, hand)
    read_to_the_end(page, hand)
    pages = page.reading.documents[0].shown.pdf
    give(page, hand)
    monkeypatch.setattr(page.work, "_make_next", lambda: None)  # the power goes here
    hand.click(page.sign)
    assert state(window) is FormState.SIGNED
    monkeypatch.undo()
    window.lock()
    study = enter("inv")
    page = signing(window, hand)
    assert page.unfinished.isVisibleTo(page) and len(unfinished(study)) == 1
    hand.click(page.unfinished.make)
    from crf_desktop.ui.signing_unfinished import UnfinishedSheet

    sheet = page.findChildren(UnfinishedSheet)[-1]
    hand.type("inv", sheet.name_field)
    hand.type(PASSWORD, sheet.password)
    hand.click(sheet.buttons[-1])
    hand.wait(lambda: len(page.work.stored) == 1 and not page.work.busy(), "the PDF")
    stored = study.store.document(page.work.stored[0])
    assert stored is not None and stored[1].startswith(pages)
    assert unfinished(study) == [] and not page.unfinished.isVisibleTo(page)
    window.workshop.close()


def test_that_a_coordinator_is_offered_no_signature(window: Any, complete: Callable[[str], Any], hand: Any) -> None:
    page = complete("crc")
    assert "Sign" not in page.primary.words()
    assert window.bar.places["signing"].count == 0


def test_that_a_worker_that_dies_while_pages_are_drawn_costs_only_the_pages(
    window: Any, complete: Callable[[str], Any], hand: Any
) -> None:
    from crf_desktop.ui.problem_panel import ProblemSheet

    complete("inv")
    page = shown(window, hand)
    for process in list(window.workshop._pool._processes.values()):
        process.kill()
    page.reading.view.pages.set_zoom(2.0)
    hand.wait(lambda: bool(page.findChildren(ProblemSheet)), "what happened")
    sheet = page.findChildren(ProblemSheet)[-1]
    assert sheet.problem.code == "worker.stopped" and not page.is_reading()
    hand.click(sheet.first_button())
    page = shown(window, hand)
    assert page.reading.view.pages.sizes and state(window) is FormState.COMPLETE
    window.workshop.close()
