"""The calculator: the published examples, thousands of others against plain integers, and bad input."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crf_desktop.analysis.score import FUNCTIONS, read, score
from crf_desktop.errors import LANGUAGES, EnvironmentProblem, Refused
from tests.thorough import thorough

EXAMPLES = Path(__file__).with_name("examples.json")
PUBLIC = json.loads(EXAMPLES.read_text(encoding="utf-8"))["examples"]

WEIGHTS = {
    "constitutional": (3, 4), "lymphadenopathy": (4, 4), "glandular": (2, 2), "articular": (2, 3), "cutaneous": (3, 3),
    "pulmonary": (5, 6), "renal": (5, 6), "muscular": (6, 7), "pns": (5, 5), "cns": (5, 5), "haematological": (2, 2),
    "biological": (1, 0),
}  # fmt: skip
LEVELS = dict.fromkeys(WEIGHTS, (0, 1, 2, 3)) | dict.fromkeys(("constitutional", "glandular", "biological"), (0, 1, 2))
LEVELS["cns"] = (0, 2, 3)
MAXIMA = {"echogenicity": 1, "homogeneity": 3, "hypoechogenic": 3, "hyperechogenic": 3, "borders": 3}
GLANDS = ("parotid_R", "parotid_L", "submandibular_R", "submandibular_L")


def one(function: str, inputs: Any) -> Any:
    return score({"examples": [{"id": "X", "function": function, "inputs": inputs}]})["X"]


def highest(gland: str, parameter: str) -> int:
    return 1 if gland.startswith("submandibular") and parameter == "hyperechogenic" else MAXIMA[parameter]


levels = st.fixed_dictionaries({}, optional={d: st.sampled_from((*allowed, None)) for d, allowed in LEVELS.items()})
scales = st.lists(st.integers(0, 10), min_size=3, max_size=3)
glands = st.fixed_dictionaries(
    {g: st.fixed_dictionaries({p: st.integers(0, highest(g, p)) for p in MAXIMA}) for g in GLANDS}
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(("7.0", "1", "NaN", Decimal("1.5"))),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from((*WEIGHTS, *GLANDS, "borders", "x")), inner),
    max_leaves=12,
)
KEYS = ("levels", "base", "fu", "dryness", "fatigue", "pain", "glands", "baseline", "followup", "pct")


def total(given_levels: dict[str, int | None], column: int) -> int | None:
    """Plain integers, no definition."""
    counted = {d: given_levels.get(d, 0) for d in WEIGHTS if WEIGHTS[d][column]}
    return None if None in counted.values() else sum(WEIGHTS[d][column] * (level or 0) for d, level in counted.items())


def band(points: int | None) -> str | None:
    return None if points is None else "low" if points <= 4 else "moderate" if points <= 13 else "high"


@pytest.mark.parametrize("public", PUBLIC, ids=lambda e: e["id"])
def test_that_every_public_example_comes_out_exactly(public: dict[str, Any]) -> None:
    document = read(EXAMPLES)
    assert json.dumps(score(document)[public["id"]]) == json.dumps(public["full_output"])


def test_that_there_are_40_public_examples_of_every_function() -> None:
    assert len({e["id"] for e in PUBLIC}) == len(PUBLIC) == 40
    assert {e["function"] for e in PUBLIC} - {"sledai"} == set(FUNCTIONS)


@thorough(600)
@given(levels)
def test_that_both_totals_equal_plain_integer_arithmetic(given_levels: dict[str, int | None]) -> None:
    for function, column in (("essdai", 0), ("clinessdai", 1)):
        output = one(function, {"levels": given_levels})
        missing = sorted(d for d in WEIGHTS if WEIGHTS[d][column] and given_levels.get(d, 0) is None)
        points = total(given_levels, column)
        assert output == {
            "valid": True, **({"missing_domains": missing} if missing else {}), "total": points, "category": band(points)
        }  # fmt: skip
        assert type(output["total"]) in (int, type(None))


@thorough(400)
@given(levels, levels)
def test_that_a_pair_equals_plain_integer_arithmetic(
    base: dict[str, int | None], followup: dict[str, int | None]
) -> None:
    output = one("pair", {"base": base, "fu": followup})
    for column, name, verdict in ((0, "essdai", "essdai_mcii"), (1, "clin", "star_systemic")):
        before, after = total(base, column), total(followup, column)
        known = before is not None and after is not None
        assert (output[f"{name}_base"], output[f"{name}_fu"]) == (before, after)
        assert output[f"{name}_change"] == (after - before if known else None)  # type: ignore[operator]
        assert output[verdict] is (before - after >= 3 if known else None)  # type: ignore[operator]


@thorough(400)
@given(scales, scales)
@example([9, 9, 8], [8, 8, 7])
def test_that_esspri_and_its_improvement_equal_plain_integer_arithmetic(base: list[int], followup: list[int]) -> None:
    output = one("esspri", dict(zip(("dryness", "fatigue", "pain"), base, strict=True)))
    cents = (200 * sum(base) + 3) // 6
    assert output == {"sum": sum(base), "mean": f"{cents // 100}.{cents % 100:02}", "pass_state": sum(base) < 15}
    fall = sum(base) - sum(followup)
    improved = fall >= 3 or (sum(base) > 0 and 20 * fall >= 3 * sum(base))
    assert one("esspri_resp", {"base": base, "fu": followup}) == {"improved": improved}


@thorough(300)
@given(glands)
def test_that_the_ultrasound_total_equals_plain_integer_arithmetic(given_glands: dict[str, dict[str, int]]) -> None:
    sums = {gland: sum(given_glands[gland].values()) for gland in GLANDS}
    points = sum(sums.values())
    assert one("hocevar", {"glands": given_glands}) == {
        "valid": True,
        "total": points,
        "per_gland": sums,
        "ge17": points >= 17,
    }


@thorough(400)
@given(st.decimals(0, 500, places=3), st.decimals(0, 500, places=3), st.integers(1, 100), st.booleans())
def test_that_a_percentage_is_compared_exactly(base: Decimal, followup: Decimal, percent: int, as_text: bool) -> None:
    fall, wanted = Fraction(base) - Fraction(followup), Fraction(base) * percent / 100
    kind: Any = str if as_text else lambda number: number
    output = one("dec_pct", {"baseline": kind(base), "followup": kind(followup), "pct": percent})
    assert output == {"met": fall >= wanted if base else None}


def test_that_a_decimal_in_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "pga.json"
    case = '{"id":"a","function":"dec_pct","inputs":{"baseline":7.0,"followup":4.9,"pct":30}}'
    file.write_text(f'{{"examples":[{case}]}}', encoding="utf-8")
    assert score(read(file)) == score(json.loads(file.read_text(encoding="utf-8"))) == {"a": {"met": True}}


@pytest.mark.parametrize(
    "level", ["1", "1.0", 1.0, Decimal("1.0"), True, False, -1, 4, 10**400, float("nan"), "NaN", [], {}]
)
def test_that_a_level_that_is_not_one_is_refused(level: Any) -> None:
    refused = {"valid": False, "invalid_domains": ["articular"], "total": None, "category": None}
    assert one("essdai", {"levels": {"articular": level, "renal": 1}}) == refused
    assert one("clinessdai", {"levels": {"articular": level, "renal": None}}) == refused
    both = one("pair", {"base": {"articular": level}, "fu": {}})
    assert both["invalid_domains"] == ["base.articular"] and both["essdai_fu"] is None and both["star_systemic"] is None


def test_that_a_domain_nobody_knows_is_refused_even_without_a_level() -> None:
    assert one("essdai", {"levels": {"liver": None}})["invalid_domains"] == ["liver"]
    assert one("clinessdai", {"levels": {"liver": 0}})["invalid_domains"] == ["liver"]


def test_that_clinessdai_does_not_look_at_the_biological_domain() -> None:
    assert one("clinessdai", {"levels": {"renal": 1, "biological": None}}) == {
        "valid": True,
        "total": 6,
        "category": "moderate",
    }
    assert one("clinessdai", {"levels": {"renal": 1, "biological": 3}})["total"] == 6


def test_that_a_scale_without_an_answer_leaves_esspri_unknown() -> None:
    unknown = {"sum": None, "mean": None, "pass_state": None}
    assert (
        one("esspri", {"dryness": 6, "fatigue": 5, "pain": None})
        == one("esspri", {"dryness": 6, "fatigue": 5})
        == unknown
    )
    assert one("esspri_resp", {"base": [7, None, 5], "fu": [6, 5, 4]}) == {"improved": None}


@pytest.mark.parametrize("answer", [-1, 11, 5.0, Decimal("5.0"), "5", True, float("inf"), [5]])
def test_that_a_number_off_the_scale_is_refused(answer: Any) -> None:
    refused = {"valid": False, "invalid": ["pain"], "sum": None, "mean": None, "pass_state": None}
    assert one("esspri", {"dryness": 6, "fatigue": 5, "pain": answer}) == refused
    assert "error" in one("esspri_resp", {"base": [6, 5, answer], "fu": [0, 0, 0]})


def test_that_a_gland_not_scanned_leaves_the_total_missing_and_the_other_sums() -> None:
    scanned = {gland: dict.fromkeys(MAXIMA, 1) for gland in GLANDS[:3]}
    wanted = {
        "valid": True, "missing": ["submandibular_L"], "total": None,
        "per_gland": {"parotid_R": 5, "parotid_L": 5, "submandibular_R": 5, "submandibular_L": None}, "ge17": None,
    }  # fmt: skip
    assert (
        one("hocevar", {"glands": scanned}) == one("hocevar", {"glands": scanned | {"submandibular_L": None}}) == wanted
    )
    partly = scanned | {"submandibular_L": {"echogenicity": 1, "borders": None}}
    assert one("hocevar", {"glands": partly})["missing"] == [
        "submandibular_L.homogeneity", "submandibular_L.hypoechogenic", "submandibular_L.hyperechogenic", "submandibular_L.borders",
    ]  # fmt: skip


@pytest.mark.parametrize("grade", [2, -1, True, "1", 1.0, Decimal("1.0"), float("nan")])
def test_that_a_grade_the_gland_does_not_have_is_refused(grade: Any) -> None:
    refused = {
        "valid": False,
        "invalid": ["submandibular_R.hyperechogenic"],
        "total": None,
        "per_gland": None,
        "ge17": None,
    }
    assert one("hocevar", {"glands": {"submandibular_R": {"hyperechogenic": grade}}}) == refused
    assert one("hocevar", {"glands": {"thyroid": {}, "parotid_R": 3}})["invalid"] == ["parotid_R", "thyroid"]


@pytest.mark.parametrize(
    "inputs",
    [
        {}, {"baseline": 1, "followup": 1}, {"baseline": -1, "followup": 1, "pct": 25}, {"baseline": 1, "followup": 1, "pct": None},
        {"baseline": True, "followup": 1, "pct": 25}, {"baseline": "1,5", "followup": 1, "pct": 25},
        {"baseline": "1_0", "followup": 1, "pct": 25}, {"baseline": "NaN", "followup": 1, "pct": 25},
        {"baseline": Decimal("1e999999999"), "followup": 1, "pct": 25}, {"baseline": float("inf"), "followup": 1, "pct": 25},
        {"baseline": [1], "followup": 1, "pct": 25},
    ],
)  # fmt: skip
def test_that_what_is_no_measurement_is_an_error(inputs: dict[str, Any]) -> None:
    assert set(one("dec_pct", inputs)) == {"error"}


def test_that_a_missing_value_cannot_be_evaluated() -> None:
    assert one("dec_pct", {"baseline": None, "followup": 3, "pct": 25}) == {"met": None}
    assert one("dec_pct", {"baseline": 4, "followup": None, "pct": 25}) == {"met": None}


@pytest.mark.parametrize("function", ["sledai", "Star", ""])
def test_that_an_unknown_function_is_named(function: str) -> None:
    assert one(function, {}) == {"error": f"unknown function: {function}"}


@thorough(150)
@given(st.sampled_from(sorted(FUNCTIONS)), st.dictionaries(st.sampled_from(KEYS), anything) | anything)
def test_that_no_input_ends_in_a_traceback(function: str, inputs: Any) -> None:
    assert isinstance(one(function, inputs), dict)
    json.dumps(one(function, inputs), allow_nan=False)


def test_that_one_bad_example_does_not_harm_the_others() -> None:
    good = {"id": "good", "function": "essdai", "inputs": {"levels": {}}}
    twice = {"id": "twice", "function": "essdai", "inputs": {"levels": {}}}
    outputs = score(
        {"examples": [7, {"function": "essdai"}, {"id": "f"}, {"id": "i", "function": "essdai"}, good, twice, twice]}
    )
    assert outputs["good"]["total"] == 0
    assert {key for key, output in outputs.items() if "error" in output} == {"#1", "#2", "f", "i", "twice"}


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe{", b"[" * 100_000])
def test_that_a_file_that_is_not_json_is_said_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(EnvironmentProblem) as problem:
        read(file)
    assert problem.value.code == "score.unreadable"
    with pytest.raises(EnvironmentProblem):
        read(tmp_path / "absent.json")


@pytest.mark.parametrize("document", [None, [], {}, {"examples": {}}, "examples"])
def test_that_a_file_without_examples_is_said_so(document: Any) -> None:
    with pytest.raises(Refused) as refused:
        score(document)
    assert refused.value.code == "score.no_examples"
    assert all("{" not in sentence[:1] and sentence for lang in LANGUAGES for sentence in refused.value.sentences(lang))


def test_that_a_number_of_thousands_of_digits_spoils_only_its_own_example(tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    cases = [
        f'{{"id":"long","function":"essdai","inputs":{{"levels":{{"renal":{"9" * 6000}}}}}}}',
        '{"id":"nan","function":"dec_pct","inputs":{"baseline":NaN,"followup":1,"pct":25}}',
        '{"id":"fine","function":"essdai","inputs":{"levels":{"renal":1}}}',
    ]
    file.write_text(f'{{"examples":[{",".join(cases)}]}}', encoding="utf-8")
    outputs = score(read(file))
    assert outputs["long"]["valid"] is False and "error" in outputs["nan"] and outputs["fine"]["total"] == 5
