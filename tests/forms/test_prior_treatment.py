"""Treatment before the trial: more than 3 months, two different drugs, rituximab and other biologics."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Visit
from tests.forms.course import course, seen
from tests.forms.firing import Row, Typed, fired, named
from tests.forms.test_visit import got

DAY = "2026-05-06"
Drug = tuple[str, str, str | None]
"""Drug, start, stop; None: still given."""


def drugs(*given: Drug) -> Typed:
    """The rows of the table."""
    typed: Typed = {"prior_any": "true"}
    for n, (drug, start, stop) in enumerate(given, 1):
        typed |= {f"prior_drug#{n}": drug, f"prior_start#{n}": start, f"prior_ongoing#{n}": "false" if stop else "true"}
        if stop:
            typed[f"prior_stop#{n}"] = stop
    return typed


def screening(trial: MetaDataVersion, typed: Typed) -> Visit:
    return seen(course(trial, {"SE.SCR": (DAY, typed)}), "SE.SCR")


CHECKS: list[Row] = [
    ("EC.PRIOR.001", drugs(("HCQ", "2020-03", "2020-02")), drugs(("HCQ", "2020-03", "2020-03")), drugs(("HCQ", "2020-03", "2020"))),
    ("EC.PRIOR.002", drugs(("HCQ", "2026-05-07", None)), drugs(("HCQ", "2026-05-06", None)), drugs(("HCQ", "2026-05", None))),
    ("EC.PRIOR.003", drugs(("HCQ", "2020", "2026-06")), drugs(("HCQ", "2020", "2026-05-06")), drugs(("HCQ", "2020", "2026"))),
    ("EC.PRIOR.004", {"birth_date": "2014-05-06"} | drugs(("HCQ", "2014-04", None)), {"birth_date": "2014-05-06"} | drugs(("HCQ", "2014-06", None)),
     {"birth_date": "2014-05-06"} | drugs(("HCQ", "2014", None))),
    ("EC.PRIOR.005", drugs(("HCQ", "2020", None)) | {"prior_any": "false"}, drugs(("HCQ", "2020", None)), {"prior_any": "false"}),
]  # fmt: skip


@pytest.mark.requirement("REQ-30")
@pytest.mark.parametrize(("check", "fires", "holds", "unknown"), CHECKS, ids=named(CHECKS))
def test_that_a_check_fires_holds_and_keeps_silent(
    trial: MetaDataVersion, check: str, fires: Typed, holds: Typed, unknown: Typed
) -> None:
    assert fired(screening(trial, fires), check)
    assert not fired(screening(trial, holds), check)
    assert not fired(screening(trial, unknown), check)


def test_that_a_check_stands_in_the_row_that_breaks_it(trial: MetaDataVersion) -> None:
    sheet = screening(trial, drugs(("HCQ", "2020", None), ("METHOTREXATE", "2021-05", "2021-04")))
    (broken,) = sheet.broken(trial.form["F.PRIOR"])
    assert broken.items == ("I.PRIOR.START#2", "I.PRIOR.STOP#2")


MTX, MMF = ("METHOTREXATE", "2020-01", "2020-12"), ("MYCOPHENOLATE", "2021-01", "2021-12")
PRED, SHORT = ("PREDNISONE", "2020", "2022"), ("TACROLIMUS", "2020-01-01", "2020-04-01")
TREATED: list[tuple[Typed, bool | None, str]] = [
    (drugs(MTX, MMF), True, "2 immunosuppressants for more than 3 months each: Methotrexate, Mycophenolate"),
    (drugs(PRED, MTX), True, "Prednisone and an immunosuppressant for more than 3 months each: Prednisone (glucocorticoid), Methotrexate"),
    (drugs(("METHYLPRED", "2020", "2022"), MMF), True, "Prednisone and an immunosuppressant"),
    (drugs(MTX, MTX), False, "Only one drug that counts was given for more than 3 months: Methotrexate"),
    (drugs(MTX, ("METHOTREXATE", "2022-01", "2023-01")), False, "Only one drug that counts"),
    (drugs(PRED, ("METHYLPRED", "2022", "2024")), False, "Only one drug that counts"),
    (drugs(PRED), False, "Only one drug that counts was given for more than 3 months: Prednisone"),
    (drugs(MTX, ("HCQ", "2020", "2024")), False, "Only one drug that counts"),
    (drugs(MTX, ("IVIG", "2020", "2024"), ("RITUXIMAB", "2020", "2024")), False, "Only one drug that counts"),
    (drugs(MTX, SHORT), False, "Only one drug that counts"),
    (drugs(MTX, ("TACROLIMUS", "2020-01-01", "2020-04-02")), True, "2 immunosuppressants"),
    (drugs(MTX, ("TACROLIMUS", "2026-02-05", None)), True, "2 immunosuppressants"),
    (drugs(MTX, ("TACROLIMUS", "2026-02-06", None)), False, "Only one drug that counts"),
    (drugs(MTX, ("TACROLIMUS", "2019", "2019")), None, "The dates of a drug do not tell"),
    (drugs(MTX, ("TACROLIMUS", "2019", "2020-04-02")), True, "2 immunosuppressants"),
    (drugs(MTX, ("METHOTREXATE", "2019", "2019")), False, "Only one drug that counts"),
    (drugs(("METHOTREXATE", "2019", "2019")), False, "No immunosuppressant and no prednisone"),
    (drugs(("METHOTREXATE", "2019", "2019"), ("TACROLIMUS", "2020", "2020")), None, "The dates of a drug do not tell"),
    (drugs(MTX, MMF, ("TACROLIMUS", "2019", "2019")), True, "2 immunosuppressants"),
    (drugs(), None, "Still open: the drugs of the table"),
    (drugs(MTX, ("OTHER_IS", "2020-01", "2020-12")), None, "Only one drug that counts"),
    (drugs(MTX, ("OTHER_IS", "2020-01", "2020-12")) | {"prior_drug_other#2": "Penicillamine"}, True, "2 immunosuppressants"),
    ({"prior_any": "false"}, False, "No earlier treatment"),
    ({}, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "enough", "why"), TREATED)
def test_that_two_different_drugs_of_more_than_three_months_are_needed_and_named(
    trial: MetaDataVersion, typed: Typed, enough: bool | None, why: str
) -> None:
    verdict = got(screening(trial, typed), "resistant_treatment")
    assert verdict.value is enough
    said = [r.en for r in verdict.reasons]
    assert any(why in s for s in said) if why else said == []
    assert all(r.zh != r.en for r in verdict.reasons)


def test_that_two_other_immunosuppressants_are_told_apart_by_their_words(trial: MetaDataVersion) -> None:
    def other(first: str, second: str) -> object:
        rows = drugs(("OTHER_IS", "2020-01", "2020-12"), ("OTHER_IS", "2021-01", "2021-12"))
        return got(screening(trial, rows | {"prior_drug_other#1": first, "prior_drug_other#2": second}), "resistant_treatment").value

    assert other("Voclosporin", "Mizoribine") is True and other("Mizoribine", "Mizoribine") is False


def test_that_each_row_says_its_class_and_whether_it_counts(trial: MetaDataVersion) -> None:
    sheet = screening(trial, drugs(MTX, SHORT, ("HCQ", "2020", None), ("RITUXIMAB", "2025-01", "2025-12-01")))
    found = sheet.form(trial.form["F.PRIOR"])
    assert [found[f"M.PRIOR.CLASS#{n}"].value for n in (1, 2, 3, 4)] == ["IS", "IS", "OTHER", "BIOLOGIC"]
    assert [found[f"M.PRIOR.COUNTS#{n}"].value for n in (1, 2, 3, 4)] == [True, False, False, False]
    assert found["M.PRIOR.EXCLUDES#4"].value == "D_RITUXIMAB"


BIOLOGICS: list[tuple[Typed, bool | None, bool | None]] = [
    (drugs(("RITUXIMAB", "2025-05", "2025-11-06")), True, False),
    (drugs(("RITUXIMAB", "2025-05", "2025-11-05")), False, False),
    (drugs(("RITUXIMAB", "2025-05", "2025-11")), None, False),
    (drugs(("RITUXIMAB", "2025-05", "2025-10")), False, False),
    (drugs(("RITUXIMAB", "2025-05", "2025-12")), True, False),
    (drugs(("RITUXIMAB", "2025-05", None)), True, False),
    (drugs(("RITUXIMAB", "2025", "2025"), ("RITUXIMAB", "2026-01", "2026-02")), True, False),
    (drugs(("RITUXIMAB", "2025", "2025"), ("BELIMUMAB", "2020", "2021")), None, True),
    (drugs(("RITUXIMAB", "2026-01", "2026-02"), ("TELITACICEPT", "2020", "2021")), True, True),
    (drugs(("OTHER_BIOLOGIC", "2019", "2019")), False, True),
    (drugs(MTX, PRED), False, False),
    ({"prior_any": "false"}, False, False),
    ({}, None, None),
    ({"prior_any": NullFlavor.UNKNOWN}, None, None),
]


@pytest.mark.parametrize(("typed", "rituximab", "other"), BIOLOGICS)
def test_that_rituximab_counts_for_six_months_and_another_biologic_for_ever(
    trial: MetaDataVersion, typed: Typed, rituximab: bool | None, other: bool | None
) -> None:
    sheet = screening(trial, typed)
    assert got(sheet, "prior_rtx_within_6_months").value is rituximab
    assert got(sheet, "prior_other_biologic").value is other
