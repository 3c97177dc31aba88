"""Fifteen invented participants: who they are and what happens to them; nobody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve, frozen


@frozen
class Happening:
    """An adverse event of the story."""

    listed: str
    """Coded term of the list."""
    term: str
    after: str
    """OID of the visit after which it begins."""
    days: int
    """Days after that visit."""
    lasts: int
    grade: int
    serious: bool = False
    """With a stay in hospital."""
    drug: str = ""
    """A drug taken for it, as :data:`crf_desktop.demo.diary.DRUGS` has it."""


@frozen
class Story:
    """One participant."""

    sex: str
    age: int
    """Completed years at screening."""
    to_birthday: int
    """Days from screening to the next birthday."""
    height: int
    """Millimetres."""
    weight: int
    """Hundredths of a kilogram."""
    doses: int
    """Rituximab doses that are given; 5: four, after which B cells are still not depleted."""
    severity: int
    """Activity at the start, 0 to 100."""
    left: int
    """Activity at week 28, in per cent of that at the start."""
    begins: int
    """Days from the first screening of the trial to this one's."""
    due: tuple[str, int] | None = None
    """(visit, days): that visit is due so many days from today; then ``begins`` does not count."""
    delays: Mapping[str, int] = {}
    """Visit → days from its target."""
    missed: tuple[str, ...] = ()
    happenings: tuple[Happening, ...] = ()
    stops_after: str = ""
    """Visit after which the participant stops early."""
    visits: Mapping[str, int] = {}
    """Unscheduled visits: visit before → days after it."""
    tags: frozenset[str] = frozenset()
    """What else is special; the answers of :mod:`crf_desktop.demo.opinion` look at it."""


COLD: Final = Happening("UPPER_AIRWAY", "Upper respiratory infection", "SE.BEL1", 9, 6, 1)
FEVER: Final = Happening("FEVER", "Fever", "SE.RTX2", 2, 2, 1, drug="IBUPROFEN")
RASH: Final = Happening("RASH", "Urticaria", "SE.BEL2", 3, 4, 2, drug="CETIRIZINE")
NEUTROPENIA: Final = Happening("NEUTROPENIA", "Neutropenia", "SE.BEL5", 0, 20, 2)
PNEUMONIA: Final = Happening("PNEUMONIA", "Pneumonia", "SE.BEL3", 6, 12, 3, serious=True, drug="CEFTRIAXONE")
REACTION: Final = Happening("INFUSION_REACTION", "Urticaria during the infusion", "SE.W0", 0, 0, 2)
HEADACHE: Final = Happening("HEADACHE", "Headache", "SE.RTX2", 1, 1, 1)

CAST: Final = (
    Story("F", 12, 140, 1462, 3610, 2, 62, 45, 0, happenings=(COLD,), tags=frozenset({"UNITS"})),
    Story(
        "M", 10, 75, 1385, 3140, 3, 55, 60, 12, delays={"SE.RTX2": 3}, happenings=(FEVER,),
        tags=frozenset({"CHANGED"}),
    ),
    Story(
        "F", 15, 210, 1583, 4870, 4, 78, 50, 25, delays={"SE.BEL4": -4},
        happenings=(RASH,), tags=frozenset({"REFUSED_SCHIRMER", "POST_MENARCHE", "ILD"}),
    ),
    Story("F", 7, 60, 1221, 2280, 2, 50, 40, 38, happenings=(REACTION, HEADACHE), tags=frozenset({"REACTION"})),
    Story("F", 17, 90, 1624, 5520, 3, 66, 55, 50, tags=frozenset({"POST_MENARCHE", "PARTIAL_DATES"})),
    Story("F", 13, 180, 1534, 4310, 2, 70, 65, 62, happenings=(PNEUMONIA,), tags=frozenset({"POST_MENARCHE"})),
    Story("M", 9, 200, 1337, 2790, 2, 48, 50, 75, missed=("SE.BEL2",), tags=frozenset({"NOT_DONE"})),
    Story("F", 11, 260, 1432, 3390, 3, 60, 55, 88, tags=frozenset({"HEAVIER"})),
    Story(
        "F", 14, 100, 1571, 4620, 2, 72, 100, 100, stops_after="SE.BEL3", happenings=(COLD,),
        tags=frozenset({"POST_MENARCHE", "NO_GLAND"}),
    ),
    Story("M", 16, 150, 1702, 5910, 5, 58, 55, 108, happenings=(NEUTROPENIA,), tags=frozenset({"CENSORED_RF"})),
    Story("F", 8, 300, 1275, 2520, 2, 52, 45, 0, due=("SE.W28", -9), tags=frozenset({"FASTING_MISSED"})),
    Story("F", 12, 30, 1508, 4050, 3, 64, 60, 0, due=("SE.BEL4", 0), visits={"SE.BEL2": 10}),
    Story("M", 13, 280, 1556, 4480, 2, 57, 55, 0, due=("SE.BEL2", 4), happenings=(COLD,)),
    Story("F", 16, 45, 1611, 5230, 3, 74, 55, 0, due=("SE.RTX3", 0), tags=frozenset({"POST_MENARCHE"})),
    Story("F", 10, 120, 1392, 3050, 2, 61, 50, 0, due=("SE.W0", 6)),
)  # fmt: skip
TO_WEEK_0: Final = 14
"""Days from screening to day 0."""


def target(visit: str, doses: int) -> int:
    """Days from screening to the target of a visit."""
    last = 7 * (min(doses, 4) - 1)
    if visit.startswith("SE.RTX"):
        return TO_WEEK_0 + 7 * (int(visit[-1]) - 1)
    if visit.startswith("SE.BEL"):
        return TO_WEEK_0 + last + 28 * int(visit[-1])
    return TO_WEEK_0 + {"SE.W0": 0, "SE.W28": 196}[visit]


def cast(participants: int) -> list[Story]:
    """So many stories; from the sixteenth on they begin again, a little later and a little different."""
    found = []
    for n in range(participants):
        story, again = CAST[n % len(CAST)], n // len(CAST)
        due = (story.due[0], story.due[1] + again) if story.due else None
        found.append(
            evolve(
                story,
                begins=story.begins + 5 * again,
                due=due,
                height=story.height + 7 * again,
                weight=story.weight + 60 * again,
                severity=max(40, story.severity - 2 * again),
            )
        )
    return found
