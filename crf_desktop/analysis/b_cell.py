"""B cells of one participant: every sample, depletion by the option that holds, and repopulation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from crf_desktop.analysis.dose import Exposure, day_of
from crf_desktop.analysis.measure import Lack, Measure, measure
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.sentence import days, joined, said
from crf_desktop.analysis.trial import Participant
from crf_desktop.forms import b_cell_rule
from crf_desktop.forms.censored import lies_below
from crf_desktop.model.derive import Occurrence, Visit
from crf_desktop.model.expression import evaluate
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure


@frozen
class Sample:
    """B cells at one visit."""

    event: str
    date: str
    """ISO date of the sample, else of the visit."""
    day: int | None
    percent: Measure
    count: Measure
    """As measured, else from lymphocytes × %."""
    derived: bool
    """The count was worked out."""
    depleted: bool | None
    """By the option ``depletion``; None where the results do not decide."""


class Repopulation(StrEnum):
    """What became of the B cells after the last rituximab."""

    REPOPULATED = "repopulated"
    STILL_DEPLETED = "still_depleted"
    """At the last sample."""
    NEVER_DEPLETED = "never_depleted"
    UNKNOWN = "unknown"
    """No sample after the last rituximab decides."""


@frozen
class BCells:
    """Depletion and repopulation. Repopulated: at the first sample after the last rituximab that is not depleted,

    in a participant with an earlier depleted sample.
    """

    samples: tuple[Sample, ...]
    first_depleted: Sample | None
    after_last: Sample | None
    """First sample after the last rituximab that decides."""
    not_depleted_after_four: bool
    """Four doses were given and the first sample after them was not depleted (A18)."""
    repopulation: Repopulation
    repopulated: Sample | None
    days: int | None
    """From the last rituximab to repopulation, or, still depleted, to the last sample."""
    why: TranslatedText

    @property
    def depleted_after_last(self) -> bool | None:
        """Whether B cells were depleted after the last rituximab."""
        return self.after_last.depleted if self.after_last else None


PERCENT, COUNT, DERIVED = "b_pct", "b_count", "b_count_derived"
_BY_PERCENT: Final = lies_below(PERCENT, "0.5")
_BY_COUNT: Final = f"({lies_below(COUNT, '20')} if known(limit('{COUNT}')) else {DERIVED} < 20)"
DEPLETED: Final = {"either": f"{_BY_PERCENT} or {_BY_COUNT}", "both": f"{_BY_PERCENT} and {_BY_COUNT}"}
"""Option ``depletion`` → expression; strictly below 0.5 % and 20 ×10⁶/L, the measured count before the derived one."""


def b_cells_of(who: Participant, rituximab: Exposure, options: Options) -> BCells:
    """Every sample, and what followed the first and the last rituximab."""
    samples = samples_of(who, options)
    first, last = rituximab.first, rituximab.last
    if first is None or last is None:
        return BCells(samples, None, None, False, Repopulation.UNKNOWN, None, None, said("no_sample"))
    treated = [s for s in samples if s.date > first and s.depleted is not None]
    after = [s for s in treated if s.date > last]
    depleted = next((s for s in treated if s.depleted), None)
    back = next((s for s in after if not s.depleted and depleted is not None and s.date > depleted.date), None)
    state = _state(depleted, after, back)
    end = back or (after[-1] if after and state is Repopulation.STILL_DEPLETED else None)
    since = (date.fromisoformat(end.date) - date.fromisoformat(last)).days if end else None
    after_last = after[0] if after else None
    four = rituximab.given == b_cell_rule.MAXIMUM and after_last is not None and after_last.depleted is False
    why = _why(treated, depleted, after_last, four, end, state, since)
    return BCells(samples, depleted, after_last, four, state, back, since, why)


def _state(depleted: Sample | None, after: Sequence[Sample], back: Sample | None) -> Repopulation:
    if back is not None:
        return Repopulation.REPOPULATED
    if not after:
        return Repopulation.UNKNOWN
    return Repopulation.STILL_DEPLETED if depleted is not None else Repopulation.NEVER_DEPLETED


def samples_of(who: Participant, options: Options) -> tuple[Sample, ...]:
    """Every visit with a B-cell result, by the date of the sample."""
    found = []
    for occurrence in who.course.occurrences:
        if "F.BCELL" not in who.definition.event[occurrence.event].forms or occurrence.date is None:
            continue
        sample = _sample(who, occurrence, options)
        if sample.percent.text or sample.count.text:
            found.append(sample)
    return tuple(sorted(found, key=lambda s: s.date))


def _sample(who: Participant, occurrence: Occurrence, options: Options) -> Sample:
    visit = who.course.visit(occurrence)
    percent, count = (measure(who, name, occurrence.address) for name in (PERCENT, COUNT))
    derived = not count.text
    if derived:
        count = measure(who, DERIVED, occurrence.address)
    depleted = evaluate(DEPLETED[options.depletion], visit.named)
    day = _taken(visit, occurrence)
    return Sample(
        occurrence.address, day.isoformat(), day_of(who, day), percent, count, derived,
        depleted if isinstance(depleted, bool) else None,
    )  # fmt: skip


def _taken(visit: Visit, occurrence: Occurrence) -> date:
    taken = visit.named("bcell_sample_time")
    return taken.date() if isinstance(taken, datetime) else date.fromisoformat(occurrence.date or "")


# ---- in words


def values(sample: Sample) -> TranslatedText:
    """``0.12 % and 1.3 ×10⁶/L``."""
    told = [(m, m.text) for m in (sample.percent, sample.count) if m.text and m.lack in (None, Lack.CENSORED)]
    return TranslatedText(
        " and ".join(_printed(m, "en") for m, _ in told), "、".join(_printed(m, "zh") for m, _ in told)
    )


def _printed(measured: Measure, language: str) -> str:
    unit = measured.unit.zh if language == "zh" else measured.unit.en
    text = measured.text
    shown = text[0] + figure.number(text[1:]) if text[:1] in "<>" else figure.number(text)
    return figure.percent(shown, language) if unit == "%" else figure.with_unit(shown, unit)


def _when(sample: Sample) -> TranslatedText:
    """``day 35``; the date where there is no day 0."""
    if sample.day is None:
        return TranslatedText(figure.day(sample.date, "en"), figure.day(sample.date, "zh"))
    return said("on_day", day=figure.number(str(sample.day)))


def _why(
    treated: Sequence[Sample],
    depleted: Sample | None,
    after_last: Sample | None,
    four: bool,
    end: Sample | None,
    state: Repopulation,
    since: int | None,
) -> TranslatedText:
    if not treated:
        return said("no_sample")
    told = [said("never_depleted")]
    if depleted is not None:
        told = [said("first_depleted", when=_when(depleted), values=values(depleted))]
    if after_last is None:
        told.append(said("no_sample_after_last"))
    else:
        state_text = said("depleted" if after_last.depleted else "not_depleted")
        told.append(said("after_last", when=_when(after_last), values=values(after_last), state=state_text))
    if four:
        told.append(said("after_four"))
    if end is not None and since is not None:
        key = "repopulated" if state is Repopulation.REPOPULATED else "still_depleted"
        told.append(said(key, when=_when(end), values=values(end), days=days(since)))
    return joined(told)
