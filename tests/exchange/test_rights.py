"""Every right of every role, asked by the act itself: whoever lacks it is refused before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.capture.exporting import require_export
from crf_desktop.capture.people import change_role
from crf_desktop.capture.profile import configure
from crf_desktop.capture.query import raise_query
from crf_desktop.capture.signing import sign_visit
from crf_desktop.capture.study import Study
from crf_desktop.capture.verification import tick_item
from crf_desktop.errors import Explained
from crf_desktop.exchange.invitation import write_invitation
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import ROLES
from crf_desktop.model.path import ItemPath
from tests.exchange.conftest import Opener
from tests.exchange.site import PEOPLE, StepClock, answer, begin

USER = {person.role: person.user_name for person in PEOPLE}
NO_RIGHT = {"access.no_right", "exchange.no_right", "store.no_right"}
ESR = "I.LAB.ESR"
Act = Callable[[Study, Path], object]


def query(study: Study, _: Path) -> object:
    """Whoever asks does not answer: the site's part in queries is an answer."""
    from crf_desktop.capture.query import answer as say
    from crf_desktop.capture.query import queries

    if study.session.person.role in ("investigator", "coordinator"):
        return say(study, queries(study)[0], "It was read twice.")
    return raise_query(study, ItemPath("01-001", "SE.W0", "", "F.LAB1", "", "", "", ""), "Why so high?")


def verify(study: Study, _: Path) -> object:
    return tick_item(study, study.form("01-001", "SE.W0", study.definition.form_of_item[ESR]), ESR)


ACTS: dict[Action, Act] = {
    Action.ENROL: lambda study, _: study.enrol(),
    Action.ENTER: lambda study, _: study.start_event("01-001", "SE.SCR", study.today()),
    Action.SIGN: lambda study, _: sign_visit(
        study, "01-001", "SE.W0", [], study.definition.signature_meanings[0], study.session.person.user_name, "x"
    ),
    Action.QUERY: query,
    Action.VERIFY: verify,
    Action.PRINT: lambda study, _: None if study.may(Action.PRINT) else 1 / 0,
    Action.EXPORT: lambda study, _: require_export(study),
    Action.MERGE: lambda study, place: merge_bundle(study.store, place / "nothing.bundle"),
    Action.INVITE: lambda study, place: write_invitation(study.store, place / "invitation"),
    Action.ADMINISTER: lambda study, _: change_role(study, "U.01.2", "monitor", "Changed post"),
    Action.CONFIGURE: lambda study, _: configure(study, None, {}, "As the laboratory reports"),
}


@pytest.fixture
def place(laptops: Path, open_it: Opener) -> Path:
    """A participant with an answer and a query about it."""
    with open_it(laptops / "a.crf", "crc") as store:
        begin(store)
        store.append([answer(ESR, "20")])
    with open_it(laptops / "a.crf", "mon") as store:
        form = Study(store, StepClock()).definition.form_of_item[ESR]
        raise_query(Study(store, StepClock()), ItemPath("01-001", "SE.W0", "", form), "Why?")
    return laptops


@pytest.mark.requirement("REQ-03")
def test_that_no_right_is_without_an_act_that_asks_for_it() -> None:
    assert set(ACTS) == set(Action)


@pytest.mark.requirement("REQ-02", "REQ-03", "REQ-04")
@pytest.mark.parametrize("role", ROLES)
def test_that_every_right_is_asked_by_its_act(role: str, place: Path, open_it: Opener) -> None:
    study = Study(open_it(place / "a.crf", USER[role]), StepClock())
    for action, act in ACTS.items():
        code, before = "", study.store.head()
        try:
            act(study, place)
        except Explained as problem:
            code = problem.code
        assert (code in NO_RIGHT) is not may(role, action), (action, code)
        if code in NO_RIGHT:
            assert study.store.head() == before, action
