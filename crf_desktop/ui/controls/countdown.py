"""Countdowns by the clock: the stored start time is the timer, so that nothing that closes a page can lose it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from attrs import frozen

from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import TimedCollection, TimedCollections, TimedReading, TimedReadings
from crf_desktop.model.text import TranslatedText

Clock = Callable[[], datetime]
"""Gives the time of now with its offset."""

FORGOTTEN = timedelta(minutes=60)
"""A countdown that ran out longer ago and was never read is no longer announced."""


def wall_clock() -> datetime:
    """The clock of this machine."""
    return datetime.now().astimezone()


@frozen
class Deadline:
    """A countdown that was started and not yet answered."""

    title: TranslatedText
    started_item: str
    """OID of the item that keeps the start."""
    answer_item: str
    """OID of the item that ends it: the reading, or the duration."""
    started: datetime
    seconds: int

    @property
    def at(self) -> datetime:
        """When it rings."""
        return self.started + timedelta(seconds=self.seconds)

    def left(self, now: datetime) -> int:
        """Whole seconds left, rounded up; 0 or less when it is over; never more than it lasts."""
        remaining = (self.at - now) / timedelta(seconds=1)
        return min(self.seconds, int(-(-remaining // 1)))

    def part_gone(self, now: datetime) -> float:
        """0.0 at the start, 1.0 when it is over; for the bar only."""
        gone = (now - self.started) / timedelta(seconds=self.seconds)
        return min(max(gone, 0.0), 1.0)


def deadline_of(block: TimedReading | TimedCollection, answers: Mapping[str, Datum]) -> Deadline | None:
    """The countdown of one reading or collection; None when it was not started or its answer is there."""
    answer_item = block.reading if isinstance(block, TimedReading) else block.duration
    started = answers.get(block.started, NOTHING).value
    if started is None or answers.get(answer_item, NOTHING).answered:
        return None
    return Deadline(block.title, block.started, answer_item, datetime.fromisoformat(started), block.seconds)


def timed_parts(definition: MetaDataVersion) -> Iterator[TimedReading | TimedCollection]:
    """Everything in the study that has a countdown."""
    for form in definition.forms:
        for block in form.layout.blocks:
            if isinstance(block, TimedReadings):
                yield from block.readings
            elif isinstance(block, TimedCollections):
                yield from block.collections


def deadlines(definition: MetaDataVersion, answers: Mapping[str, Datum], now: datetime) -> list[Deadline]:
    """The countdowns of one visit that are running or wait for their reading, the next to ring first.

    ``answers`` are all answers of the visit. ``left(now) > 0``: it runs; else the time is up.
    """
    found = (deadline_of(part, answers) for part in timed_parts(definition))
    return sorted((d for d in found if d is not None and now - d.at < FORGOTTEN), key=lambda d: d.at)
