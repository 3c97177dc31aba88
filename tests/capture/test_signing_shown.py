"""What is signed is exactly what was shown: refusals, nothing left behind, made again, signed by a second person."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crf_desktop.capture.signing import (
    Shown,
    SignedVisit,
    file_pdf,
    filed_pdfs,
    finish,
    mark_seen,
    sign_all_shown,
    sign_shown,
    still_stands,
    to_countersign,
    to_sign,
    to_sign_second,
    unsigned,
)
from crf_desktop.capture.study import Study
from crf_desktop.capture.unfinished import unfinished
from crf_desktop.capture.visit_document import visit_documents
from crf_desktop.errors import EnvironmentProblem, Explained, Refused
from crf_desktop.model import serial
from crf_desktop.model.data import FormState
from crf_desktop.model.path import ItemPath
from crf_desktop.store import NewPerson, NewStudy, create
from crf_desktop.ui.signing_count import SigningCount
from tests.small_trial import small_trial

PASSWORD = "a sentence that opens the test study"
VISIT, FORM = "SE.SCR", "F.DEMO"
PAGES = b"%PDF-1.7 two pages, the log does not care"
PEOPLE = tuple(NewPerson(name, name.title(), "investigator", PASSWORD) for name in ("one", "two"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One participant whose demography is complete and was seen by the first investigator."""
    folder, definition = tmp_path_factory.mktemp("shown") / "made.crf", small_trial()
    create(folder, NewStudy(definition.study_oid, "01", serial.to_bytes(definition), (*PEOPLE, ADMINISTRATOR)))
    study = Study.open(folder, "one", PASSWORD)
    subject = study.enrol()
    study.start_event(subject, VISIT, study.today())
    entry = study.form(subject, VISIT, FORM)
    entry.set("I.SEX", "F")
    entry.set("I.BORN", "2015-03-04")
    entry.complete()
    study.close()
    return folder


ADMINISTRATOR = NewPerson("adm", "Administrator", "administrator", PASSWORD)


@pytest.fixture
def enter(made: Path, tmp_path: Path) -> Iterator[Callable[[str], Study]]:
    """Opens a copy as somebody; one at a time."""
    folder, opened = Path(shutil.copytree(made, tmp_path / "study.crf")), list[Study]()

    def open_as(user: str) -> Study:
        while opened:
            opened.pop().close()
        opened.append(Study.open(folder, user, PASSWORD))
        return opened[0]

    yield open_as
    while opened:
        opened.pop().close()


@pytest.fixture
def study(enter: Callable[[str], Study]) -> Study:
    study = enter("one")
    mark_seen(study, form(study))
    return study


def subject(study: Study) -> str:
    return study.subjects()[0]


def form(study: Study):
    return study.form(subject(study), VISIT, FORM)


def shown(study: Study, second: bool = False, pages: bytes = PAGES) -> Shown:
    meaning = study.definition.signature_meanings[0]
    asked = to_sign(study, subject(study), VISIT, [FORM], meaning, second=second)
    return Shown(asked, "en", pages, (30.0, 30.0, 500.0, 90.0), 2, (30.0, 95.0, 500.0, 155.0) if second else None)


def sign(study: Study, pages: Shown, user: str = "one", seen: range = range(2)) -> SignedVisit:
    return sign_shown(study, pages, seen, user, PASSWORD)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Explained) as no:
        act()
    return no.value.code


def untouched(study: Study) -> bool:
    kept = [value for value in study.store.settings("shown/").values() if value]
    return study.store.signatures(ItemPath.of(subject(study), VISIT)) == [] and kept == []


@pytest.mark.requirement("REQ-22")
def test_that_the_rows_name_the_pages_that_were_shown_and_the_file_begins_with_them(study: Study) -> None:
    pages = shown(study)
    signed = sign(study, pages)
    body = json.loads(signed.rows[0].payload or "{}")
    assert body["shown"] == pages.digest and body["shown_bytes"] == len(PAGES)
    assert refused(lambda: file_pdf(study, signed, b"%PDF-1.7 another one")) == "sign.other_pages"
    digest = file_pdf(study, signed, PAGES + b" and the signature")
    assert [r.datum.value for r in filed_pdfs(study, subject(study), VISIT)] == [digest]
    assert unfinished(study) == [] and form(study).state is FormState.SIGNED


@pytest.mark.requirement("REQ-28")
def test_that_pages_not_read_to_their_end_are_not_signed(study: Study) -> None:
    pages = shown(study)
    assert refused(lambda: sign(study, pages, seen=range(1))) == "sign.not_shown"
    assert untouched(study)


@pytest.mark.requirement("REQ-22", "REQ-25")
def test_that_a_change_of_an_answer_after_the_pages_were_drawn_is_refused(study: Study) -> None:
    pages = shown(study)
    form(study).set("I.SEX", "M", reason="Misread")
    mark_seen(study, form(study))
    assert refused(lambda: sign(study, pages)) == "sign.changed_since_shown"
    assert untouched(study)
    assert sign(study, shown(study)).rows


def test_that_whatever_else_the_pages_say_of_the_participant_is_compared_too(study: Study) -> None:
    pages = shown(study)
    assert still_stands(study, pages.asked)
    study.start_event(subject(study), "SE.W0", study.today())
    assert not still_stands(study, pages.asked)
    assert refused(lambda: sign(study, pages)) == "sign.changed_since_shown"


def test_that_rows_about_something_else_leave_the_pages_standing(study: Study) -> None:
    pages = shown(study)
    study.enrol()
    assert still_stands(study, pages.asked)


@pytest.mark.requirement("REQ-23")
def test_that_a_refused_signature_leaves_nothing(study: Study) -> None:
    pages = shown(study)
    assert refused(lambda: sign(study, pages, "two")) == "sign.other_user"
    assert refused(lambda: sign_shown(study, pages, range(2), "one", "no")) == "keys.wrong_password"
    assert untouched(study)


def test_that_rows_that_cannot_be_written_leave_no_pages(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = shown(study)

    def full(_: object) -> None:
        raise EnvironmentProblem("store.disk_full")

    monkeypatch.setattr(study.store, "append", full)
    assert refused(lambda: sign(study, pages)) == "store.disk_full"
    monkeypatch.undo()
    assert untouched(study)


def test_that_a_pdf_that_was_never_made_is_made_of_the_same_pages_at_the_next_opening(
    study: Study, enter: Callable[[str], Study]
) -> None:
    signed = sign(study, shown(study))
    again = enter("one")
    ((kept, rows),) = unfinished(again)
    assert (kept.pdf, rows) == (PAGES, signed.rows)
    assert refused(lambda: finish(again, kept, rows, "two", PASSWORD)) == "sign.other_user"
    made = finish(again, kept, rows, "one", PASSWORD)
    assert (made.when, made.meaning, made.shown.digest) == (signed.when, signed.meaning, signed.shown.digest)
    file_pdf(again, made, PAGES + b" signed")
    assert unfinished(again) == [] and unfinished(enter("one")) == []


def test_that_after_a_reset_the_pdf_is_made_with_the_new_key_at_the_time_of_then(
    study: Study, enter: Callable[[str], Study]
) -> None:
    from crf_desktop.capture.people import reset_person

    signed = sign(study, shown(study))
    office, words = enter("adm"), "another sentence that opens the study"
    oid = next(p.user_oid for p in office.store.people() if p.user_name == "one")
    reset_person(office, oid, words, "Forgotten", "Known in person")
    folder = office.store.folder
    office.close()
    again = Study.open(folder, "one", words)
    try:
        ((kept, rows),) = unfinished(again)
        made = finish(again, kept, rows, "one", words)
        assert made.certificate != signed.certificate and made.when >= signed.when
        file_pdf(again, made, PAGES + b" signed")
        assert unfinished(again) == []
    finally:
        again.close()


def two_visits(study: Study) -> list[Shown]:
    """Pages of two visits of one participant."""
    study.start_event(subject(study), "SE.W0", study.today())
    entry = study.form(subject(study), "SE.W0", "F.DOSE")
    entry.set("I.WEIGHT", "30")
    for item in entry.unanswered():
        entry.set_missing(item, "ND")
    entry.complete()
    mark_seen(study, study.form(subject(study), "SE.W0", "F.DOSE"))
    meaning = study.definition.signature_meanings[0]
    asked = to_sign(study, subject(study), "SE.W0", ["F.DOSE"], meaning)
    return [shown(study), Shown(asked, "en", b"%PDF-1.7 of the other visit", (30.0, 30.0, 500.0, 90.0), 1)]


@pytest.mark.requirement("REQ-22")
def test_that_several_visits_of_a_participant_are_signed_in_one_act_or_none_of_them(study: Study) -> None:
    first, second = two_visits(study)
    both = [(first, range(2)), (second, range(1))]
    assert refused(lambda: sign_all_shown(study, [both[0], (second, ())], "one", PASSWORD)) == "sign.not_shown"
    assert untouched(study)
    signed = sign_all_shown(study, both, "one", PASSWORD)
    assert [[row.path.event for row in one.rows] for one in signed] == [[VISIT], ["SE.W0"]]
    assert len(unfinished(study)) == 2
    for one in signed:
        assert one.shown is not None
        file_pdf(study, one, one.shown.pdf + b" signed")
    assert unfinished(study) == [] and unsigned(study) == []


def test_that_pages_of_another_person_are_not_asked_for(study: Study, enter: Callable[[str], Study]) -> None:
    sign(study, shown(study))
    assert unfinished(enter("two")) == []


@pytest.mark.requirement("REQ-21", "REQ-25")
def test_that_a_second_person_finds_the_file_and_signs_exactly_it(study: Study, enter: Callable[[str], Study]) -> None:
    counts = SigningCount()
    before = counts.of(study, {"unsigned": 3, "changed": 1})
    first = file_pdf(study, sign(study, shown(study, second=True)), PAGES + b" one")
    assert to_countersign(study) == []  # not for the one who signed
    assert before == counts.of(study, {"unsigned": 3, "changed": 1}) == 4
    other = enter("two")
    (task,) = to_countersign(other)
    assert (task.first, task.forms) == (first, (FORM,)) and counts.of(other, {"changed": 1}) == 2
    asked, file = to_sign_second(other, task, other.definition.signature_meanings[0])
    assert file == PAGES + b" one"
    pages = Shown(asked, "en", file, (30.0, 95.0, 500.0, 155.0), 2)
    signed = sign_shown(other, pages, range(2), "two", PASSWORD)
    last = file_pdf(other, signed, file + b" two")
    body = json.loads(filed_pdfs(other, subject(other), VISIT)[-1].payload or "{}")
    assert body["countersigns"] == first and to_countersign(other) == [] and counts.of(other, {}) == 0
    (document,) = visit_documents(other, subject(other))
    assert (document.digest, document.standing, len(document.signers)) == (last, "current", 2)


def test_that_a_file_whose_form_changed_is_no_longer_offered_to_the_second(
    study: Study, enter: Callable[[str], Study]
) -> None:
    file_pdf(study, sign(study, shown(study, second=True)), PAGES + b" one")
    other = enter("two")
    (task,) = to_countersign(other)
    counts = SigningCount()
    assert counts.of(other, {}) == 1
    form(other).set("I.SEX", "M", reason="Misread")
    assert to_countersign(other) == [] and counts.of(other, {}) == 0
    meaning = other.definition.signature_meanings[0]
    assert refused(lambda: to_sign_second(other, task, meaning)) == "sign.changed_since_shown"


@pytest.mark.requirement("REQ-25")
def test_that_a_later_change_makes_a_document_not_current_and_a_later_one_supersedes_it(study: Study) -> None:
    first = file_pdf(study, sign(study, shown(study)), PAGES + b" one")
    form(study).set("I.SEX", "M", reason="Misread")
    (document,) = visit_documents(study, subject(study))
    assert document.standing == "changed" and [t.changed for t in unsigned(study)] == [(FORM,)]
    mark_seen(study, form(study))
    second = file_pdf(study, sign(study, shown(study, pages=b"%PDF-1.7 anew")), b"%PDF-1.7 anew, signed")
    found = [(d.digest, d.standing) for d in visit_documents(study, subject(study), VISIT)]
    assert found == [(second, "current"), (first, "superseded")]


def test_that_nothing_is_drawn_for_a_form_that_was_not_seen(study: Study, enter: Callable[[str], Study]) -> None:
    other = enter("two")
    with pytest.raises(Refused) as no:
        shown(other)
    assert no.value.code == "sign.not_seen"
