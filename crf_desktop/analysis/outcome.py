"""What an evaluation yields: verdicts with the values they rest on and the sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from crf_desktop.analysis.measure import Measure
from crf_desktop.model.text import TranslatedText


@frozen
class Pair:
    """A quantity before and after."""

    base: Measure
    followup: Measure


Pairs = Mapping[str, Pair]
"""Analysis name → before and after; what is absent was not measured."""


@frozen
class Part:
    """One comparison of an item: IgG falls ≥25 %."""

    key: str
    """``pga``, ``esr_fall``, ``esr_normal``, ``igg``, ``rf``, ``schirmer``, ``oss``, ``flow``, ``hocevar`` …"""
    pair: Pair
    met: bool | None
    """None: not evaluable."""
    why: TranslatedText
    """One sentence; ``**…**`` stands around the figure that decides."""
    counts: bool = True
    """False: shown, and not asked in the verdict."""


@frozen
class Item:
    """One of the five items, or one of STAR's."""

    key: str
    """``a_pga`` … ``e_salivary``; ``systemic`` … ``biological``."""
    title: TranslatedText
    rule: TranslatedText
    met: bool | None
    parts: tuple[Part, ...]
    points: int = 1
    """What it is worth when met."""


class Determinacy(StrEnum):
    """Whether missing data could change a verdict."""

    RESPONDER = "responder"
    NON_RESPONDER = "non-responder"
    INDETERMINATE = "indeterminate"


@frozen
class Verdict:
    """Responder or not at a threshold."""

    at_least: int
    counted: int
    """Items met, or points, that the data show."""
    possible: int
    """The most it could be, whatever is missing."""
    why: TranslatedText
    """``Item d would decide. Counted as **non-responder** …``; what it may come to is said by

    :func:`crf_desktop.analysis.threshold.headline`. ``**…**`` as in :class:`Part`.
    """

    @property
    def responder(self) -> bool:
        """With what is missing counted as not met (NRI)."""
        return self.counted >= self.at_least

    @property
    def determinacy(self) -> Determinacy:
        """Whether the data decide."""
        if self.responder:
            return Determinacy.RESPONDER
        return Determinacy.INDETERMINATE if self.possible >= self.at_least else Determinacy.NON_RESPONDER


@frozen
class Five:
    """The registered five-item response."""

    items: tuple[Item, ...]
    literal: Verdict
    """At least 4 of 5: "more than three", as registered."""
    inclusive: Verdict
    """At least 3 of 5."""

    @property
    def n_met(self) -> int:
        """Items met."""
        return sum(i.met is True for i in self.items)

    @property
    def n_not_evaluable(self) -> int:
        """Items that could not be evaluated."""
        return sum(i.met is None for i in self.items)


@frozen
class Star:
    """Candidate STAR (Seror 2022, Table 3): 0 to 9 points."""

    items: tuple[Item, ...]
    published: Verdict
    """At least 5 points."""
    literal: Verdict
    """More than 5 points, as the registry words it."""

    @property
    def total(self) -> int:
        """Points the data show; a missing item has none."""
        return sum(i.points for i in self.items if i.met is True)

    @property
    def possible(self) -> int:
        """The most it could be, whatever is missing."""
        return sum(i.points for i in self.items if i.met is not False)


@frozen
class Change:
    """Follow-up minus week 0 of one outcome."""

    name: str
    label: TranslatedText
    pair: Pair
    text: str
    """Printed difference with its sign; empty when it cannot be computed."""
    improved: bool | None
    """Minimal clinically important improvement where one is published; None where there is none, or it is unknown."""
    why: TranslatedText


class Status(StrEnum):
    """Where a participant stands with regard to the end point."""

    NOT_TREATED = "not_treated"
    """No rituximab was given."""
    ON_THE_WAY = "on_the_way"
    """Week 28 has not come."""
    AT_WEEK_28 = "at_week_28"
    """The visit took place."""
    STOPPED = "stopped"
    """Stopped early, so that there is no week 28."""
    MISSED = "missed"
    """The visit of week 28 did not take place, or its window has passed."""


@frozen
class Issue:
    """Something in the data that a reader of the results has to know: named, never silently dropped."""

    subject: str = field(repr=False)
    event: str
    name: str
    """Analysis name of the value; empty where it concerns the participant."""
    kind: str
    """``no_week_28``, ``outside_window``, ``rescue``, ``not_depleted``; of a value ``baseline_zero``, ``pga_low``,
    ``censored``, ``other_unit``, ``queried``, ``one_eye``, ``one_collection``, ``screening``, ``ivig``,
    ``igg_below_limit``, ``order``, ``other_sonographer``, ``check`` (a soft check about how it was taken); of its form
    ``unfinished``, ``unsigned``, ``changed``."""
    text: TranslatedText


@frozen
class Outcome:
    """Everything the trial asks about one participant."""

    subject: str = field(repr=False)
    status: Status
    day_zero: str | None
    followup: str | None
    """Date of week 28."""
    five: Five
    star: Star
    changes: tuple[Change, ...]
    responder: bool
    """The primary end point under the options that hold."""
    determinacy: Determinacy
    why: TranslatedText
    """Why the participant counts as responder or not, in one or two sentences."""
    issues: tuple[Issue, ...]
    early: tuple[Five, Star] | None = None
    """The same at early termination, reported separately (instruments, 9)."""
    rescue: str | None = None
    """ISO date of rescue treatment before week 28, where that is certain; the option ``rescue`` says what it means."""
