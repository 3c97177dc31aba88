"""Whole participants, from what is typed on the forms, against plain arithmetic that knows nothing of the program."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.analysis.verdict import outcome_of
from crf_desktop.model.data import NullFlavor
from tests.analysis.builder import DAY_0, WEEK_28, doses, glands, levels, participant, saliva
from tests.analysis.test_composite import reference_five, reference_star
from tests.thorough import thorough

REASON = NullFlavor.NOT_DONE
CLINICAL = {"articular": 3, "renal": 6, "muscular": 7, "glandular": 2}
"""Weights of ClinESSDAI (Seror 2016)."""


def maybe(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(value, value, value, st.none())


visit = st.fixed_dictionaries(
    {
        "pga": maybe(st.integers(0, 100)), "esr": maybe(st.integers(0, 90)), "uln": maybe(st.sampled_from((15, 20))),
        "igg": maybe(st.decimals(5, 30, places=1)), "rf": maybe(st.integers(0, 200)),
        "eyes": st.tuples(maybe(st.integers(0, 20)), maybe(st.integers(0, 20))),
        "grams": maybe(st.tuples(st.integers(0, 900), maybe(st.integers(0, 900)))), "glands": maybe(st.integers(0, 48)),
        "scales": maybe(st.tuples(*[st.integers(0, 10)] * 3)),
        "levels": st.fixed_dictionaries({name: st.integers(0, 2) for name in CLINICAL}),
    }
)  # fmt: skip


def typed(told: dict[str, Any]) -> dict[str, Any]:
    """As somebody fills it in; what is missing carries a reason."""
    def one(value: Any) -> Any:
        return REASON if value is None else str(value)

    right, left = told["eyes"]
    answers = {
        "pga": one(told["pga"]), "esr": one(told["esr"]), "esr_uln": one(told["uln"]), "igg": one(told["igg"]),
        "rf": one(told["rf"]), "schirmer_right": one(right), "schirmer_left": one(left), "ivig_recent": "false",
        **levels(**told["levels"]),
    }  # fmt: skip
    if told["grams"] is not None:
        answers |= saliva(*(None if g is None else str(Decimal(g) / 1000) for g in told["grams"]))
    if told["glands"] is not None:
        answers |= glands(told["glands"])
    names = ("esspri_dryness", "esspri_fatigue", "esspri_pain")
    return answers | dict(zip(names, map(one, told["scales"] or (None,) * 3), strict=True))


def flow(grams: Any) -> Fraction | None:
    """Millilitres a minute, of 300 s each; of one collection that one."""
    known = [Fraction(g, 5000) for g in grams or () if g is not None]
    return sum(known, Fraction()) / len(known) if known else None


def as_inputs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    def pair(read: Any) -> list[Any]:
        return [read(before), read(after)]

    return {
        "pga": pair(lambda v: v["pga"]), "esr": pair(lambda v: v["esr"]), "esr_uln": pair(lambda v: v["uln"]),
        "igg": pair(lambda v: v["igg"]), "rf": pair(lambda v: v["rf"]), "schirmer": pair(lambda v: v["eyes"]),
        "uwsf": pair(lambda v: flow(v["grams"])), "hocevar": pair(lambda v: v["glands"]),
        "esspri": pair(lambda v: v["scales"]),
        "clinessdai": pair(lambda v: sum(CLINICAL[name] * level for name, level in v["levels"].items())),
    }  # fmt: skip


@thorough(300)
@given(visit, visit)
def test_that_what_was_typed_yields_the_end_points_of_plain_arithmetic(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    visits = doses(2) | {"SE.W0": (DAY_0, typed(before) | {"rtx_given": "true"}), "SE.W28": (WEEK_28, typed(after))}
    found = outcome_of(participant(visits))
    inputs = as_inputs(before, after)
    five, star = reference_five(inputs), reference_star(inputs)
    assert {i.key: i.met for i in found.five.items} == five["items"]
    assert {i.key: i.met for i in found.star.items} == star["items"]
    assert (found.responder, str(found.determinacy)) == (five["resp_ge4_literal_NRI"], five["determinacy_ge4"])
    assert (found.star.total, found.star.possible) == (star["total_observed"], star["total_max_possible"])
    told = [p.why for i in (*found.five.items, *found.star.items) for p in i.parts] + [c.why for c in found.changes]
    assert all(w.en and w.zh and "{" not in w.en + w.zh and w.en.count("**") % 2 == 0 for w in told)
