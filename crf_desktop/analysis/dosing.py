"""The calculator's B-cell rule, doses and schedule: by the methods and visits of the definition, not from a table."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from crf_desktop.analysis.entry import BadInput, Sheet, needed, number
from crf_desktop.forms import b_cell_rule, definition
from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.schedule import Planned, VisitStatus, plan
from crf_desktop.model.value import first_broken

Inputs = Mapping[str, Any]
RTX_CAP: Final = Fraction(1000)
"""Milligrams of one dose at 750 mg/m² (instruments, 8)."""
LOW, HIGH, PER_KG = "375", "750", "10"
_DAY_0: Final = datetime.date(2026, 1, 5)
"""Any Monday: only distances are told."""


def bcell(inputs: Inputs) -> dict[str, Any]:
    """``b_count_e6_L`` from ``lymph_e9_L`` × ``b_pct``, exact, and whether either lies below its limit."""
    sheet = Sheet(_answers({"lymphocytes": ("lymph_e9_L", inputs), "b_pct": ("b_pct", inputs)}))
    count = sheet.value("b_count_derived")
    known = isinstance(count, (int, Fraction)) and not isinstance(count, bool)
    return {"b_count_e6_L": _exact(Fraction(count)) if known else None, "depleted": sheet.value("b_depleted")}  # type: ignore[arg-type]


def dose(inputs: Inputs) -> dict[str, Any]:
    """Body surface and doses of ``cm`` and ``kg``; rituximab by Mosteller, at 750 mg/m² at most 1000 mg."""
    measured = _answers({"height": ("cm", inputs), "weight": ("kg", inputs)})
    low, high = (Sheet(measured | _order(rtx=per_m2)) for per_m2 in (LOW, HIGH))
    planned = high.value("rtx_planned_dose")
    capped = isinstance(planned, (int, Fraction)) and planned > RTX_CAP
    return {
        "bsa_mosteller": low.derived("bsa_mosteller").text or None,
        "bsa_haycock": low.derived("bsa_haycock").text or None,
        "rtx375_mg": low.derived("rtx_planned_dose").text or None,
        "rtx750_mg": f"{RTX_CAP}.0" if capped else high.derived("rtx_planned_dose").text or None,
        "bel10_mg": low.derived("bel_planned_dose").text or None,
    }


def schedule(inputs: Inputs) -> dict[str, Any]:
    """Weeks of the doses since day 0 after ``n_rtx`` rituximab on time, and from the last belimumab to week 28."""
    given = number("n_rtx", needed(inputs, "n_rtx"))
    if given is None or given.denominator != 1 or not b_cell_rule.MINIMUM <= given <= b_cell_rule.MAXIMUM:
        raise BadInput(f"n_rtx is not a whole number from {b_cell_rule.MINIMUM} to {b_cell_rule.MAXIMUM}")
    visits = _planned(int(given))
    belimumab = [v for v in visits if "F.BEL" in v.event.forms and v.status is not VisitStatus.NOT_NEEDED]
    weeks = [_week(v.target) for v in belimumab]
    last = next(_week(v.target) for v in visits if v.event.oid == "SE.W28")
    return {
        "rtx_weeks": [_week(datetime.date.fromisoformat(v.date)) for v in visits if v.date],
        "bel_weeks": weeks,
        "n_bel": len(weeks),
        "weeks_from_last_bel_to_w28": last - weeks[-1],
    }


def _planned(n: int) -> list[Planned]:
    """The plan of a participant who had so many doses, each on its day."""
    form = definition()
    days = [_DAY_0 + datetime.timedelta(7 * k) for k in range(n)]
    held = [Occurrence(event, "", day.isoformat()) for event, day in zip(b_cell_rule.VISITS, days, strict=False)]
    item = form.item_by_name["rtx_given"]
    answers = {form.form_of_item[item.oid]: {"": {item.oid: Datum("true")}}}
    course = Course(form, held, lambda at, asked: answers.get(asked, {}), today=days[-1].isoformat())
    return plan(course, days[-1].isoformat())


def _week(day: datetime.date | None) -> int:
    if day is None:
        raise BadInput("the schedule has no date")
    return (day - _DAY_0).days // 7


def _order(rtx: str) -> dict[str, Datum]:
    """A dose worked out from today's body size."""
    told = {
        "rtx_given": "true", "rtx_measured_today": "true", "rtx_mg_m2": rtx,
        "bel_given": "true", "bel_measured_today": "true", "bel_mg_kg": PER_KG,
    }  # fmt: skip
    return {definition().item_by_name[name].oid: Datum(value) for name, value in told.items()}


def _answers(asked: Mapping[str, tuple[str, Inputs]]) -> dict[str, Datum]:
    """Analysis name → datum of what stands under a key; more decimals than the form takes are welcome."""
    found = {}
    for name, (key, inputs) in asked.items():
        value, item = number(key, inputs.get(key)), definition().item_by_name[name]
        if value is None:
            continue
        datum = Datum(_exact(value), unit_oid=item.units[0])
        broken = first_broken(definition(), item, datum, "Hard")
        if broken is not None:
            raise BadInput(f"{key}: {broken.message.en}")
        found[item.oid] = datum
    return found


def _exact(value: Fraction) -> str:
    """Every decimal and no trailing zero; what is asked for here always ends."""
    places = next(d for d in range(200) if (value * 10**d).denominator == 1)
    return format(Decimal(int(value * 10**places)).scaleb(-places), "f")
