"""The ocular staining score: asked only when done, 0 to 12 per eye, both published cut-offs."""

from __future__ import annotations

import pytest

from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import GradeGrid
from tests.forms.conftest import Answer, MakeVisit
from tests.forms.test_visit import got

ZONES = {"cornea": 3, "confluent": 1, "pupil": 1, "filament": 1, "nasal": 3, "temporal": 3}


def eye(side: str, cornea: int = 0, confluent: int = 0, nasal: int = 0, temporal: int = 0) -> dict[str, Answer]:
    grades = dict.fromkeys(ZONES, 0) | {"cornea": cornea, "confluent": confluent, "nasal": nasal, "temporal": temporal}
    return {f"oss_{side}_{zone}": str(grade) for zone, grade in grades.items()}


DONE = {"oss_done": "true"}


def test_that_each_eye_adds_up_to_twelve(visit: MakeVisit) -> None:
    full = {f"oss_{side}_{zone}": str(most) for side in ("right", "left") for zone, most in ZONES.items()}
    sheet = visit(**DONE, **full)
    assert [got(sheet, f"oss_{key}").text for key in ("right", "left", "mean")] == ["12", "12", "12.0"]


def test_that_the_zones_and_grades_are_those_of_whitcher(trial: MetaDataVersion) -> None:
    for zone, most in ZONES.items():
        item = trial.item_by_name[f"oss_left_{zone}"]
        assert [i.coded_value for i in trial.code_list[item.code_list or ""].items] == [str(n) for n in range(most + 1)]
    definitions = [i.definition.en for i in trial.code_list["CL.OSS.CORNEA"].items if i.definition]
    assert definitions[1:] == ["1–5 dots", "6–30 dots", ">30 dots"]
    definitions = [i.definition.en for i in trial.code_list["CL.OSS.CONJUNCTIVA"].items if i.definition]
    assert [d.split(" dots")[0] for d in definitions] == ["0–9", "10–32", "33–100", ">100"]


def test_that_nothing_is_asked_before_the_score_is_done(trial: MetaDataVersion, visit: MakeVisit) -> None:
    items = [i for i in trial.items_of("F.SCHIRMER") if i.name.startswith("oss_") and i.name != "oss_done"]
    assert len(items) == 12
    for sheet in (visit(), visit(oss_done="false"), visit(oss_done=NullFlavor.NOT_DONE)):
        assert not any(sheet.relevant(i) for i in items)
    assert all(visit(**DONE).relevant(i) for i in items)
    left_over = visit(**eye("right", cornea=3), oss_done="false")
    assert got(left_over, "oss_right").value is None


@pytest.mark.parametrize(
    ("right", "left", "ge5", "ge3", "mean"),
    [
        (5, 0, True, False, "2.5"),
        (4, 4, False, True, "4.0"),
        (3, 3, False, True, "3.0"),
        (3, 2, False, False, "2.5"),
        (4, 1, False, False, "2.5"),
        (5, 1, True, True, "3.0"),
    ],
)
def test_that_either_eye_counts_for_acr_eular_and_the_mean_for_star(
    visit: MakeVisit, right: int, left: int, ge5: bool, ge3: bool, mean: str
) -> None:
    def split(score: int) -> dict[str, int]:
        return {"cornea": min(score, 3), "nasal": max(score - 3, 0)}

    sheet = visit(**DONE, **eye("right", **split(right)), **eye("left", **split(left)))
    assert (got(sheet, "oss_ge5").value, got(sheet, "oss_ge3").value, got(sheet, "oss_mean").text) == (ge5, ge3, mean)


def test_that_one_grade_left_leaves_a_lower_bound_and_no_mean(visit: MakeVisit) -> None:
    grades = eye("right", cornea=3, nasal=3)
    del grades["oss_right_temporal"]
    sheet = visit(**DONE, **grades, **eye("left"))
    right = got(sheet, "oss_right")
    assert (right.text, right.lower_text, right.answered, right.total) == ("", "6", 5, 6)
    assert got(sheet, "oss_mean").value is None and got(sheet, "oss_ge5").value is None


def test_that_the_grid_has_no_total_over_both_eyes(trial: MetaDataVersion) -> None:
    (grid,) = (b for b in trial.form["F.SCHIRMER"].layout.blocks if isinstance(b, GradeGrid))
    assert grid.total is None and [c.method for c in grid.columns] == ["M.OSS.RIGHT", "M.OSS.LEFT"]
