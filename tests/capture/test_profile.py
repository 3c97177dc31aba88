"""What a site sets for itself: who may, what follows, and that it stands in the log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crf_desktop.capture.profile import Profile, analytes, configure, limits_of, profile_history
from crf_desktop.capture.study import Study
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Kind

from .conftest import PASSWORD

Opened = Callable[[str], Study]


def set_laboratory(study: Study, units: dict[str, str], limits: dict[str, str], reason: str) -> None:
    configure(study, (units, limits), {}, reason)


def set_parameter(study: Study, name: str, typed: str, reason: str) -> None:
    configure(study, None, {name: typed}, reason)


@pytest.fixture
def opened(folder: Path) -> Iterator[Opened]:
    """Opens the study as somebody, whoever was in before having left."""
    studies: list[Study] = []

    def open_as(user: str) -> Study:
        if studies:
            studies[-1].close()
        studies.append(Study.open(folder, user, PASSWORD))
        return studies[-1]

    yield open_as
    if studies:
        studies[-1].close()


def other_unit(study: Study, name: str) -> tuple[str, str]:
    item = study.definition.item_by_name[name]
    return item.oid, item.units[1]


def test_that_a_site_that_has_set_nothing_reports_in_the_first_unit(opened: Opened) -> None:
    study = opened("adm")
    igg = study.definition.item_by_name["igg"]
    assert study.profile() == Profile()
    assert study.profile().unit(igg) == igg.units[0]


def test_that_the_unit_chosen_is_read_by_everybody_after(opened: Opened) -> None:
    study = opened("adm")
    oid, unit = other_unit(study, "igg")
    set_laboratory(study, {oid: unit}, {}, "as the laboratory reports since 2026")
    assert study.profile().units[oid] == unit
    assert opened("crc").profile().units[oid] == unit


def test_that_a_limit_of_normal_is_in_the_unit_of_its_item(opened: Opened) -> None:
    study = opened("adm")
    oid, unit = other_unit(study, "igg")
    limit = study.definition.item_by_name["igg_uln"]
    set_laboratory(study, {oid: unit}, {limit.oid: "1430"}, "on its certificate")
    assert study.profile().unit(limit) == unit
    assert study.profile().limits == {limit.oid: "1430"}


def test_that_the_newest_profile_replaces_the_one_before(opened: Opened) -> None:
    study = opened("adm")
    oid, unit = other_unit(study, "igg")
    set_laboratory(study, {oid: unit}, {}, "first")
    set_laboratory(study, {oid: study.definition.item[oid].units[0]}, {}, "back")
    assert study.profile().units == {}


def test_that_a_profile_stands_in_the_log_with_its_author_and_reason(opened: Opened) -> None:
    study = opened("adm")
    oid, unit = other_unit(study, "igg")
    set_laboratory(study, {oid: unit}, {}, "as reported")
    row = profile_history(study.store)[-1]
    assert (row.kind, row.role, row.reason_for_change) == (Kind.SYSTEM, "administrator", "as reported")
    assert json.loads(row.payload or "") == {
        "act": "laboratory_profile", "limits": {}, "site": "01",
        "units": {oid: unit, study.definition.item_by_name["igg_uln"].oid: unit},
    }  # fmt: skip
    assert all(not f.bad for f in study.store.verify("full"))


@pytest.mark.requirement("REQ-03")
@pytest.mark.parametrize("user", ["inv", "crc", "mon"])
def test_that_only_who_may_configure_sets_it(opened: Opened, user: str) -> None:
    study = opened(user)
    before = study.store.head()
    assert not study.may(Action.CONFIGURE)
    with pytest.raises(Refused) as refused:
        set_parameter(study, "sae_clock_hours", "48", "because")
    assert refused.value.code == "access.no_right"
    assert study.store.head() == before


def test_that_setting_something_needs_a_reason(opened: Opened) -> None:
    study = opened("adm")
    with pytest.raises(Refused) as refused:
        set_laboratory(study, {}, {}, " ")
    assert refused.value.code == "entry.reason_needed"


def test_that_a_unit_the_item_does_not_have_is_refused(opened: Opened) -> None:
    study = opened("adm")
    oid, _ = other_unit(study, "igg")
    with pytest.raises(Refused) as refused:
        set_laboratory(study, {oid: "MU.KG"}, {}, "typed wrong")
    assert refused.value.code == "value.unit_unknown"


def test_that_a_limit_is_kept_as_its_item_would_take_it(opened: Opened) -> None:
    study = opened("adm")
    limit = study.definition.item_by_name["esr_uln"].oid
    set_laboratory(study, {}, {limit: "２０"}, "on its certificate")
    assert study.profile().limits == {limit: "20"}
    with pytest.raises(Refused):
        set_laboratory(study, {}, {limit: "twenty"}, "on its certificate")
    assert study.profile().limits == {limit: "20"}


def test_that_every_analyte_has_a_choice_and_no_limit_is_one(opened: Opened) -> None:
    study = opened("adm")
    found = [i for _, items in analytes(study.definition) for i in items]
    names = {i.name for i in found}
    assert {"igg", "esr"} <= names and not any(name.endswith(("_uln", "_lln")) for name in names)
    esr = study.definition.item_by_name["esr"]
    assert [i.name for i in limits_of(study.definition, esr)] == ["esr_uln"]


def test_that_a_parameter_reaches_expressions(opened: Opened) -> None:
    study = opened("adm")
    set_parameter(study, "sae_clock_hours", "48", "the ethics committee asks for it")
    assert study.profile().parameters == {"sae_clock_hours": "48"}
    subject = opened("inv").enrol()
    again = opened("inv")
    assert again.course(subject).anywhere().named("sae_clock_hours") == 48


@pytest.mark.parametrize("typed", ["", "two", "0", "-1", "NaN", "1e999999", "9" * 13])
def test_that_a_parameter_is_a_positive_number(opened: Opened, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        set_parameter(opened("adm"), "sae_clock_hours", typed, "because")
    assert refused.value.code == "value.not_a_number"
