"""How an invented participant is on a day: body, disease activity, blood; whole numbers only."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from attrs import define, field

from crf_desktop.demo.story import Story

_YEAR: Final = 365
_FALL: Final = ((0, 100), (14, 92), (35, 70), (91, 40), (196, 0))
"""(day of the study, per cent of the fall that is still to come)."""


@define
class Patient:
    """One participant, and what is remembered of them from visit to visit."""

    story: Story
    number: int
    screened: date
    seed: str
    subject: str = field(default="", repr=False)
    day_zero: date | None = None
    given: list[date] = field(factory=list)
    """Days on which rituximab was given."""
    remembered: dict[str, str] = field(factory=dict)
    """Analysis name → an answer that stays the same."""
    news: set[str] = field(factory=set)
    """``AE``, ``CM``: what was written into the log since the last visit."""

    @property
    def born(self) -> date:
        """Date of birth."""
        birthday = self.screened + timedelta(days=self.story.to_birthday)
        return date(birthday.year - self.story.age - 1, birthday.month, min(birthday.day, 28))

    def age(self, on: date) -> int:
        """Completed years."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def dice(self, *what: str) -> random.Random:
        """Dice for one question of this participant."""
        return random.Random("/".join((self.seed, str(self.number), *what)))

    # ---- body

    def height(self, on: date) -> int:
        """Millimetres; a child grows 5 cm a year, an adolescent hardly."""
        growth = 50 if self.story.age < 14 else 10
        return self.story.height + growth * max(0, (on - self.screened).days) // _YEAR

    def weight(self, on: date) -> int:
        """Hundredths of a kilogram; goes up with height, and by an eighth at once where the story says so."""
        days = max(0, (on - self.screened).days)
        base = self.story.weight + self.story.weight * days * 6 // (100 * _YEAR)
        heavier = "HEAVIER" in self.story.tags and self.day_zero and (on - self.day_zero).days >= 14
        return base * 112 // 100 if heavier else base

    # ---- disease

    def activity(self, on: date) -> int:
        """0 to 100: the severity of the story, falling towards what is left at week 28."""
        day = (on - self.day_zero).days if self.day_zero else 0
        return self.story.severity * (self.story.left + (100 - self.story.left) * _to_come(day) // 100) // 100

    def part(self, on: date, well: int, ill: int) -> int:
        """A number that runs from ``well`` at no activity to ``ill`` at full activity."""
        return well + (ill - well) * self.activity(on) // 100

    def doses_before(self, on: date) -> int:
        """Rituximab doses given before a day."""
        return sum(day < on for day in self.given)

    def b_cells(self, on: date) -> tuple[int, int]:
        """(hundredths of a per cent of lymphocytes, lymphocytes per µL)."""
        lymphocytes = 1400 + self.number % 5 * 130
        had = self.doses_before(on)
        if not had:
            return 1120 + self.number * 37, lymphocytes
        enough = self.story.doses - (self.story.doses == 2 and self.number % 2 == 0)  # one in two already before dose 2
        if had >= enough or (on - self.given[-1]).days > 20:
            since = max(0, (on - self.given[-1]).days - 120)
            return 12 + self.number % 9 + since, lymphocytes - 300
        return max(420 // had, 210) + self.number * 5, lymphocytes - 200


def _to_come(day: int) -> int:
    for (first, before), (last, after) in pairwise(_FALL):
        if day <= last:
            return before if day <= first else before + (after - before) * (day - first) // (last - first)
    return 0
