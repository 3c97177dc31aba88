"""Adverse events of one participant, before the first dose and from it on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.trial import Participant
from crf_desktop.model.definition import ItemDef
from crf_desktop.model.derive import Visit
from crf_desktop.model.expression import PartialDate, Value
from crf_desktop.model.text import TranslatedText

FORM: Final = "F.AE"
RELATED: Final = ("POSSIBLE", "PROBABLE", "DEFINITE")
FREE: Final = "OTHER"
"""Code of the short list for what is not on it."""
INFECTIONS: Final = ("UPPER_AIRWAY", "PNEUMONIA", "URINARY", "HERPES", "OTHER_INFECTION")
SPECIAL: Final = {
    "INFECTION": INFECTIONS,
    "LOW_IGG": ("LOW_IGG",),
    "LATE_NEUTROPENIA": (),
    "INFUSION_REACTION": ("INFUSION_REACTION",),
    "DEPRESSION": ("MOOD",),
}
"""Event of special interest → terms of the short list that are one whatever was answered."""


class Phase(StrEnum):
    """When an event began, seen from the first dose."""

    BEFORE = "before"
    """Before the first rituximab, or nothing was given."""
    DURING = "during"
    """From the first rituximab on."""
    UNKNOWN = "unknown"
    """The date is missing, or known in part and leaves it open."""


@frozen
class Event:
    """One adverse event."""

    subject: str = field(repr=False)
    address: str
    """Of its form: ``F.AE#1``."""
    code: str
    """Of the short list; ``OTHER`` for free text, empty when nothing was chosen."""
    term: TranslatedText
    """From the short list, else in the words of the site."""
    listed: bool
    """The term is one of the short list."""
    words: str = field(repr=False)
    """As the site put it."""
    grade: int | None
    """Worst CTCAE grade, 1 to 5."""
    start: str | None
    """ISO, perhaps partial."""
    day: int | None
    """Study day of the start where the date is whole."""
    phase: Phase
    stop: str | None
    ongoing: bool | None
    serious: bool | None
    rituximab: TranslatedText | None
    """Relation as decoded; None: not answered."""
    belimumab: TranslatedText | None
    related: bool | None
    """Possibly, probably or definitely related to either drug."""
    special: tuple[str, ...]
    """Keys of :data:`SPECIAL`, as answered or by the term."""
    outcome: TranslatedText | None


def events_of(who: Participant) -> tuple[Event, ...]:
    """Every adverse event of a participant, in the order of its pages."""
    first = who.course.anywhere().named("min_all:rtx_given_on")
    zero = date.fromisoformat(first) if isinstance(first, str) else first if isinstance(first, date) else None
    return tuple(_event(who, visit, zero) for visit in who.course.contexts(FORM))


def _event(who: Participant, visit: Visit, zero: date | None) -> Event:
    items = who.definition.item_by_name
    start, code = visit.named("ae_start"), _code(visit, "ae_listed")
    words = _code(visit, "ae_term")
    free = code in ("", FREE)
    relations = [_code(visit, name) for name in ("ae_rel_rtx", "ae_rel_bel")]
    grade, answered = visit.named("ae_grade"), _code(visit, "ae_special")
    return Event(
        who.subject, visit.instance, code,
        TranslatedText(words, words) if free and words else _decoded(who, items["ae_listed"], code) or _UNNAMED,
        not free, words,
        grade if isinstance(grade, int) else None,
        visit.datum(items["ae_start"]).value,
        (start - zero).days if isinstance(start, date) and zero else None,
        phase_of(start, zero),
        visit.datum(items["ae_stop"]).value if visit.relevant(items["ae_stop"]) else None,
        _yes(visit, "ae_ongoing"), _yes(visit, "ae_serious"),
        _decoded(who, items["ae_rel_rtx"], relations[0]), _decoded(who, items["ae_rel_bel"], relations[1]),
        True if any(r in RELATED for r in relations) else None if "" in relations else False,
        tuple(key for key, terms in SPECIAL.items() if key == answered or code in terms),
        _decoded(who, items["ae_outcome"], _code(visit, "ae_outcome")),
    )  # fmt: skip


_UNNAMED: Final = TranslatedText("Not named", "未命名")


def phase_of(start: Value, zero: date | None) -> Phase:
    """Before the first dose, or on its day and later; a date known in part only where every day it may be says so."""
    if zero is None:
        return Phase.BEFORE
    if isinstance(start, PartialDate):
        return Phase.BEFORE if start.last < zero else Phase.DURING if start.first >= zero else Phase.UNKNOWN
    if isinstance(start, date):
        return Phase.BEFORE if start < zero else Phase.DURING
    return Phase.UNKNOWN


def _code(visit: Visit, name: str) -> str:
    value = visit.named(name)
    return value if isinstance(value, str) else ""


def _yes(visit: Visit, name: str) -> bool | None:
    value = visit.named(name)
    return value if isinstance(value, bool) else None


def _decoded(who: Participant, item: ItemDef, code: str) -> TranslatedText | None:
    answers = who.definition.code_list[item.code_list or ""]
    return TranslatedText(answers.decode(code, "en"), answers.decode(code, "zh")) if code else None
