"""Consent, assent and consent given again: who must sign at which age, and what is said when a signature is missing."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from tests.forms.conftest import MakeVisit
from tests.forms.course import course, logged, seen
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

AT = "2026-05-06T09:30:00+08:00"
BASE: Typed = {"consent_time": AT, "consent_staff_signed": "true", "witness_needed": "false"}
GUARDIAN: Typed = BASE | {"guardian_consent": "true", "guardians_signed": "ONE", "guardian_relationship": "MOTHER"}
YOUNG = GUARDIAN | {"consent_age": "7", "explained_to_child": "true", "child_objects": "false"}
CHILD = GUARDIAN | {"consent_age": "8", "child_assent": "true", "assent_time": AT}
ADULT = BASE | {"consent_age": "18", "own_consent": "true"}

CHECKS: list[Row] = [
    ("EC.CONSENT.001", {"consent_time": "2026-05-07T00:00:00+08:00"}, {"consent_time": "2026-05-06T23:59:00+08:00"}, {}),
    ("EC.CONSENT.002", CHILD | {"assent_time": "2026-05-07T00:00:00+08:00"}, CHILD, {"assent_time": "2026-05-07T00:00:00+08:00"}),
    ("EC.CONSENT.003", {"consent_before_procedures": "false"}, {"consent_before_procedures": "true"}, {"consent_before_procedures": NullFlavor.UNKNOWN}),
    ("EC.CONSENT.004", {"consent_copy_given": "false"}, {"consent_copy_given": "true"}, {}),
    ("EC.CONSENT.005", CHILD | {"guardians_signed": "BOTH", "guardian_relationship_2": "MOTHER"}, CHILD | {"guardians_signed": "BOTH", "guardian_relationship_2": "FATHER"},
     CHILD | {"guardian_relationship_2": "MOTHER"}),
    ("EC.CONSENT.005", CHILD | {"guardians_signed": "BOTH", "guardian_relationship": "FATHER", "guardian_relationship_2": "FATHER"},
     CHILD | {"guardians_signed": "BOTH", "guardian_relationship": "OTHER", "guardian_relationship_2": "OTHER"}, {"guardian_relationship": "FATHER"}),
    ("EC.CONSENT.006", CHILD | {"consent_time": "2026-05-05T09:00:00+08:00"}, CHILD, YOUNG | {"consent_time": "2026-05-05T09:00:00+08:00"}),
    ("EC.DEMO.008", CHILD | {"birth_date": "2018-05-07"}, CHILD | {"birth_date": "2018-05-06"}, CHILD | {"birth_date": "2018"}),
    ("EC.DEMO.008", ADULT | {"birth_date": "2008-05-07"}, ADULT | {"birth_date": "2008-05-06"}, {"birth_date": "2008-05-07", "consent_age": "18"}),
    ("EC.DEMO.008", CHILD | {"birth_date": "2018-06"}, CHILD | {"birth_date": "2018-04"}, CHILD | {"birth_date": "2018-05"}),
    ("EC.RECONSENT.005", {"reconsent_copy_given": "false"}, {"reconsent_copy_given": "true"}, {}),
    ("EC.RECONSENT.008", {"review_consent_valid": "false"}, {"review_consent_valid": "true"}, {}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    visit: MakeVisit, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(visit(**fires), check)
    assert not fired(visit(**holds), check)
    assert not fired(visit(**unknown), check)


VERDICTS: list[tuple[Typed, bool | None, str]] = [
    (YOUNG, True, "does not object"),
    (CHILD, True, "The child has signed the assent"),
    (CHILD | {"consent_age": "17"}, True, "One guardian has signed: Mother"),
    (CHILD | {"guardians_signed": "BOTH"}, True, "Both guardians have signed"),
    (ADULT, True, "The participant is 18 or older and has signed"),
    (YOUNG | {"child_objects": "true"}, False, "The child objects and does not take part"),
    (YOUNG | {"explained_to_child": "false"}, False, "The study was not explained to the child"),
    (YOUNG | {"guardian_consent": "false"}, False, "No guardian has signed"),
    (YOUNG | {"consent_age": "8"}, None, "Still open: signature of the child"),
    (CHILD | {"child_assent": "false"}, False, "The child has not signed the assent that is needed from 8 years on"),
    (CHILD | {"child_assent": "false", "guardian_consent": NullFlavor.UNKNOWN}, False, "The child has not signed"),
    (CHILD | {"guardian_consent": NullFlavor.UNKNOWN}, None, "Still open: signature of a guardian"),
    (CHILD | {"consent_age": "18"}, None, "Still open: signature of the participant"),
    (ADULT | {"own_consent": "false"}, False, "The participant is 18 or older and has not signed"),
    (ADULT | {"consent_age": "17"}, None, "Still open: signature of a guardian"),
    (CHILD | {"consent_staff_signed": "false"}, False, "The person who explained the study has not signed"),
    (CHILD | {"witness_needed": "true", "witness_signed": "false"}, False, "The impartial witness has not signed"),
    (CHILD | {"witness_needed": "true", "witness_signed": "true"}, True, "The child has signed the assent"),
    (CHILD | {"witness_needed": "true"}, None, "Still open: impartial witness"),
    ({k: v for k, v in CHILD.items() if k != "consent_time"}, None, "Still open: date and time of the signature"),
    ({k: v for k, v in CHILD.items() if k != "consent_age"}, None, "Still open: age at consent"),
    ({}, None, "Still open: age at consent"),
]


@pytest.mark.parametrize(("typed", "valid", "why"), VERDICTS)
def test_that_consent_is_valid_with_the_signatures_of_the_age_and_says_why(
    visit: MakeVisit, typed: Typed, valid: bool | None, why: str
) -> None:
    verdict = got(visit(**typed), "consent_ok")
    assert verdict.value is valid
    assert any(why in reason.en for reason in verdict.reasons), [r.en for r in verdict.reasons]


def test_that_a_valid_consent_leaves_nothing_open_and_nothing_missing(visit: MakeVisit) -> None:
    for typed in (YOUNG, CHILD, ADULT):
        said = " ".join(r.en for r in got(visit(**typed), "consent_ok").reasons)
        assert "Still open" not in said and "not signed" not in said and "No guardian" not in said


@pytest.mark.parametrize(
    ("age", "who"), [("5", "GUARDIAN"), ("7", "GUARDIAN"), ("8", "GUARDIAN_CHILD"), ("17", "GUARDIAN_CHILD"), ("18", "PARTICIPANT")]
)  # fmt: skip
def test_that_the_age_says_who_must_sign(visit: MakeVisit, age: str, who: str) -> None:
    assert got(visit(consent_age=age), "consent_signatories").value == who


@pytest.mark.parametrize(
    ("age", "asked"),
    [
        (None, set()),
        ("7", {"guardian_consent", "explained_to_child", "child_objects"}),
        ("8", {"guardian_consent", "child_assent"}),
        ("17", {"guardian_consent", "child_assent"}),
        ("18", {"own_consent"}),
    ],
)
def test_that_only_the_signatures_of_the_age_are_asked(
    trial: MetaDataVersion, visit: MakeVisit, age: str | None, asked: set[str]
) -> None:
    sheet = visit(**({"consent_age": age} if age else {}))
    names = ("guardian_consent", "explained_to_child", "child_objects", "child_assent", "own_consent")
    assert {n for n in names if sheet.relevant(trial.item_by_name[n])} == asked


# ---- consent given again


def _again(reason: str, day: str, **signed: str) -> Typed:
    return {"reconsent_reason": reason, "reconsent_time": f"{day}T10:00:00+08:00", "reconsent_staff_signed": "true"} | signed


def _due(trial: MetaDataVersion, born: str, age: str, day: str, again: Typed | None = None) -> tuple[bool | None, list[str]]:
    """Whether consent is due again at week 28, and what is said."""
    told = {
        "SE.SCR": ("2026-03-01", {"consent_time": "2026-03-01T09:00:00+08:00", "consent_age": age, "birth_date": born}),
        "SE.W28": (day, {"review_consent_valid": "true"}),
    }
    due = got(seen(course(trial, told, {"F.RECONSENT#1": again} if again else {}), "SE.W28"), "reconsent_due")
    assert due.value is None or isinstance(due.value, bool)
    return due.value, [r.en for r in due.reasons]


BIRTHDAYS: list[tuple[str, str, str, Typed | None, bool | None]] = [
    ("2018-10-01", "7", "2026-09-30", None, False),
    ("2018-10-01", "7", "2026-10-01", None, True),
    ("2018-10-01", "7", "2026-10-01", _again("ASSENT_8", "2026-10-01", reconsent_child="true"), False),
    ("2018-10-01", "7", "2026-10-01", _again("ASSENT_8", "2026-10-02", reconsent_child="true"), True),
    ("2018-10-01", "7", "2026-10-01", _again("ASSENT_8", "2026-10-01", reconsent_child="false"), True),
    ("2018-10-01", "7", "2026-10-01", _again("NEW_VERSION", "2026-10-01", reconsent_child="true", reconsent_guardian="true"), False),
    ("2018-10-01", "7", "2026-10-01", _again("NEW_VERSION", "2026-05-01", reconsent_guardian="true"), True),
    ("2008-10-01", "17", "2026-09-30", None, False),
    ("2008-10-01", "17", "2026-10-01", None, True),
    ("2008-10-01", "17", "2026-10-01", _again("CONSENT_18", "2026-10-01", reconsent_own="true"), False),
    ("2008-10-01", "17", "2026-10-01", _again("ASSENT_8", "2026-05-01", reconsent_child="true"), True),
    ("2008-02-29", "17", "2026-02-28", None, False),
    ("2008-02-29", "17", "2026-03-01", None, True),
    ("2017-05-06", "8", "2026-10-01", None, False),
    ("2008-01-01", "18", "2026-10-01", None, False),
    ("2018", "7", "2026-10-01", None, None),
    ("2018", "7", "2026-12-31", None, True),
]  # fmt: skip


@pytest.mark.parametrize(("born", "age", "day", "again", "due"), BIRTHDAYS)
def test_that_consent_is_due_again_from_the_8th_and_18th_birthday_until_it_is_signed(
    trial: MetaDataVersion, born: str, age: str, day: str, again: Typed | None, due: bool | None
) -> None:
    found, said = _due(trial, born, age, day, again)
    assert found is due
    assert bool(said) is (due is True)


def test_that_it_says_which_birthday(trial: MetaDataVersion) -> None:
    assert _due(trial, "2018-10-01", "7", "2026-10-01")[1][0].startswith("Turned 8 since consent")
    assert _due(trial, "2008-10-01", "17", "2026-10-01")[1][0].startswith("Turned 18 since consent")


RECONSENT_CHECKS: list[tuple[str, str, Typed, Typed, Typed]] = [
    ("EC.RECONSENT.001", "2018-10-01", _again("ASSENT_8", "2026-09-30"), _again("ASSENT_8", "2026-10-01"), {"reconsent_reason": "ASSENT_8"}),
    ("EC.RECONSENT.001", "2008-10-01", _again("ASSENT_8", "2026-10-01"), _again("ASSENT_8", "2026-09-30"), {"reconsent_time": "2026-10-01T10:00:00+08:00"}),
    ("EC.RECONSENT.002", "2008-10-01", _again("CONSENT_18", "2026-09-30"), _again("CONSENT_18", "2026-10-01"), {"reconsent_reason": "CONSENT_18"}),
    ("EC.RECONSENT.003", "2018-10-01", _again("NEW_VERSION", "2026-02-28"), _again("NEW_VERSION", "2026-03-01"), {"reconsent_reason": "NEW_VERSION"}),
    ("EC.RECONSENT.004", "2018-10-01", _again("NEW_VERSION", "2026-12-02"), _again("NEW_VERSION", "2026-12-01"), {"reconsent_reason": "NEW_VERSION"}),
    ("EC.RECONSENT.006", "2018-10-01", _again("ASSENT_8", "2026-10-01", reconsent_child="false"), _again("ASSENT_8", "2026-10-01", reconsent_child="true"),
     _again("ASSENT_8", "2026-09-30", reconsent_child="false")),
    ("EC.RECONSENT.006", "2008-10-01", _again("CONSENT_18", "2026-10-01", reconsent_own="false"), _again("CONSENT_18", "2026-10-01", reconsent_own="true"), {}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(
    ("check", "born", "fires", "holds", "unknown"), RECONSENT_CHECKS, ids=named(RECONSENT_CHECKS)
)
def test_that_a_check_of_a_consent_given_again_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, born: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    def broken(again: Typed) -> bool:
        told = {"SE.SCR": ("2026-03-01", {"consent_time": "2026-03-01T09:00:00+08:00", "birth_date": born})}
        return fired(logged(trial, "F.RECONSENT#1", again, told, today="2026-12-01"), check)

    assert broken(fires) and not broken(holds) and not broken(unknown)


DUE_CHECKS: list[tuple[str, Typed, Typed, Typed]] = [
    ("EC.RECONSENT.007", {"day": "2026-10-01"}, {"day": "2026-09-30"}, {"day": "2026-10-01", "born": "2018"}),
    ("EC.RECONSENT.007", {"day": "2026-10-01"}, {"day": "2026-10-01", "valid": "false"}, {"day": "2026-10-01", "age": NullFlavor.UNKNOWN}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), DUE_CHECKS, ids=named(DUE_CHECKS))
def test_that_calling_the_consent_valid_is_questioned_after_a_birthday(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    def asked(told: Typed) -> bool:
        screening = {"consent_age": told.get("age", "7"), "birth_date": told.get("born", "2018-10-01")}
        visits = {
            "SE.SCR": ("2026-03-01", screening),
            "SE.BEL5": (str(told["day"]), {"review_consent_valid": told.get("valid", "true")}),
        }
        return fired(seen(course(trial, visits), "SE.BEL5"), check)

    assert asked(fires) and not asked(holds) and not asked(unknown)


@pytest.mark.parametrize(
    ("born", "again", "valid"),
    [
        ("2018-10-01", _again("ASSENT_8", "2026-10-01", reconsent_child="true"), True),
        ("2018-10-01", _again("ASSENT_8", "2026-10-01", reconsent_child="false"), False),
        ("2018-10-01", _again("NEW_VERSION", "2026-10-01", reconsent_child="true"), None),
        ("2018-10-01", _again("NEW_VERSION", "2026-09-01", reconsent_guardian="true"), True),
        ("2018-10-01", _again("ASSENT_8", "2026-09-01"), False),
        ("2008-10-01", _again("CONSENT_18", "2026-10-01", reconsent_own="true"), True),
        ("2008-10-01", _again("CONSENT_18", "2026-10-01", reconsent_own="true", reconsent_staff_signed="false"), False),
        ("2008", _again("CONSENT_18", "2026-10-01"), None),
    ],
)
def test_that_a_consent_given_again_is_valid_with_the_signatures_of_its_day(
    trial: MetaDataVersion, born: str, again: Typed, valid: bool | None
) -> None:
    sheet = logged(trial, "F.RECONSENT#1", again, {"SE.SCR": ("2026-03-01", {"birth_date": born})})
    assert got(sheet, "reconsent_ok").value is valid
