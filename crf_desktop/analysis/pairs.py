"""The values before and after that the end points compare, of one participant."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import evolve

from crf_desktop.analysis import age_limit
from crf_desktop.analysis.measure import FOLLOWUP, Lack, Measure, Note, baseline, measure
from crf_desktop.analysis.option import STANDARD, Options
from crf_desktop.analysis.outcome import Pair
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.derive import Visit, shortest
from crf_desktop.model.expression import Value, evaluate

NAMES: Final = (
    "pga", "esr", "esr_uln", "igg", "igg_uln", "rf", "schirmer_right", "schirmer_left", "schirmer_mean", "oss_mean",
    "saliva_flow", "hocevar_total", "essdai_total", "clinessdai_total", "esspri_sum", "esspri_mean",
)  # fmt: skip
_IVIG_BEFORE: Final = "not before(on, begun) and (ongoing or not longer_than_months(ended, on, 4))"


def pairs_of(who: Participant, options: Options = STANDARD, followup: str = FOLLOWUP) -> dict[str, Pair]:
    """Week 0 (laboratory 2 and ultrasound: or screening) and the follow-up visit, by analysis name."""
    screening = options.screening_baseline == "up_to_14_days"
    found = {name: Pair(baseline(who, name, screening), measure(who, name, followup)) for name in NAMES}
    igg = found["igg"]
    found["igg_uln"] = Pair(_upper(who, igg.base), _upper(who, igg.followup))
    found["oss_mean"] = Pair(_staining(who, found["oss_mean"].base), _staining(who, found["oss_mean"].followup))
    if options.igg_after_ivig == "not_evaluable":
        found["igg"] = Pair(_interpretable(who, igg.base), _interpretable(who, igg.followup))
    return found


def seen(who: Participant, event: str) -> Visit | None:
    """A visit that took place."""
    at = who.occurrence(event)
    return who.course.visit(at) if at else None


def after_ivig(who: Participant, event: str) -> bool:
    """IVIG within 4 months before the IgG of a visit: as answered beside it, or for certain by the medication."""
    visit = seen(who, event)
    if visit is None:
        return False
    if visit.named("igg_uninterpretable") is True:
        return True
    on = visit.named("lab_sample_time") or visit.visit_date
    given = (c for c in who.course.contexts("F.CM") if c.named("cm_class") == "IVIG")
    return any(_within(drug, on) for drug in given)


def _within(drug: Visit, on: Value) -> bool:
    """Whether a course of IVIG reaches into the 4 months before a day; a partial date only where it leaves no doubt."""
    begun, ended = drug.named("cm_start"), drug.named("cm_stop")
    told = {"on": on, "begun": begun, "ended": ended or begun, "ongoing": drug.named("cm_ongoing") is True}
    return evaluate(_IVIG_BEFORE, told) is True


def _interpretable(who: Participant, igg: Measure) -> Measure:
    if igg.value is None or not after_ivig(who, igg.event):
        return igg
    return evolve(igg, value=None, lack=Lack.IVIG)


def _upper(who: Participant, igg: Measure) -> Measure:
    """The limit of the certificate the IgG came with, else that of the age."""
    given = measure(who, "igg_uln", igg.event) if igg.event else Measure("igg_uln")
    visit = seen(who, igg.event)
    limit = age_limit.igg_upper(visit.named("age_years")) if visit else None
    if given.value is not None or limit is None:
        return given
    return evolve(given, value=limit, text=shortest(limit), lack=None, null=None)


def _staining(who: Participant, mean: Measure) -> Measure:
    """STAR: where one eye is missing the other counts, flagged; the form gives no mean then (S8)."""
    visit = seen(who, mean.event)
    if mean.value is not None or visit is None:
        return mean
    eyes = [v for v in (visit.named("oss_right"), visit.named("oss_left")) if isinstance(v, int)]
    if len(eyes) != 1:
        return mean
    notes = (*mean.notes, Note.ONE_EYE)
    return evolve(mean, value=Fraction(eyes[0]), text=f"{eyes[0]}.0", lack=None, null=None, notes=notes)
