"""The primary end point under each single change of an option, and the options that hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.exact_test import Interval
from crf_desktop.analysis.option import AMBIGUITIES, VALUES, Options
from crf_desktop.analysis.outcome import Outcome
from crf_desktop.analysis.response_rate import PRIMARY, Rate, rate, verdict_of
from crf_desktop.analysis.trial import Participant, Progress
from crf_desktop.analysis.verdict import again
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis import OPTIONS


@frozen
class OptionRow:
    """One option and the value that holds."""

    name: str
    ambiguity: str
    """``A5``; ``4a`` and ``9`` are sections of the instrument specification."""
    title: TranslatedText
    value: str
    value_title: TranslatedText
    default: bool


@frozen
class Alternative:
    """The primary end point with one option changed."""

    option: OptionRow
    """Name and value of the change."""
    responders: int
    n: int
    interval: Interval | None
    gained: tuple[str, ...] = field(repr=False)
    """Responders now who were not."""
    lost: tuple[str, ...] = field(repr=False)
    star: tuple[int, int]
    """(responders, n) of STAR under the same change."""


ONLY_COUNTING: Final = ("depletion", "missing", "population")
"""Options that change who is counted, or the B cells, and no participant's verdict."""
Counted = Callable[[Sequence[Outcome], Options], Sequence[Outcome]]
"""Outcomes under some options → those that are counted."""


def in_force(options: Options) -> tuple[OptionRow, ...]:
    """Every option with the value that holds, in order."""
    return tuple(option_row(name, value) for name, value in options.items())


def option_row(name: str, value: str) -> OptionRow:
    """One option with one of its values in words."""
    title, values = OPTIONS[name]
    return OptionRow(
        name, AMBIGUITIES[name], TranslatedText(*title), value, TranslatedText(*values[value]), value == VALUES[name][0]
    )


def sensitivity_of(
    participants: Sequence[Participant],
    outcomes: Sequence[Outcome],
    options: Options,
    counted: Counted,
    progress: Progress,
) -> tuple[Alternative, ...]:
    """One line for each single change; ``outcomes`` are those of the participants under ``options``, in their order."""
    before = responders(counted(outcomes, options), options)
    alternatives = list(options.alternatives())
    found = []
    for done, (name, value, other) in enumerate(alternatives):
        progress(done, len(alternatives))
        told = outcomes
        if name not in ONLY_COUNTING:
            told = [again(outcome, who, other) for outcome, who in zip(outcomes, participants, strict=True)]
        asked = counted(told, other)
        found.append(_alternative(option_row(name, value), asked, other, before))
    progress(len(alternatives), len(alternatives))
    return tuple(found)


def _alternative(
    option: OptionRow, counted: Sequence[Outcome], options: Options, before: frozenset[str]
) -> Alternative:
    after = responders(counted, options)
    primary = rate(PRIMARY, counted, options)
    star = star_rate(counted, options)
    return Alternative(
        option, primary.responders, primary.n, primary.interval, tuple(sorted(after - before)),
        tuple(sorted(before - after)), (star.responders, star.n),
    )  # fmt: skip


def responders(counted: Sequence[Outcome], options: Options) -> frozenset[str]:
    """Who responds."""
    return frozenset(o.subject for o in counted if verdict_of(o, PRIMARY, options)[0])


def star_rate(counted: Sequence[Outcome], options: Options) -> Rate:
    """STAR at the number of points that holds."""
    return rate("star_ge5" if options.star_at_least == "5" else "star_gt5", counted, options)
