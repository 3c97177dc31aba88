"""Adverse events of the trial by term, worst grade, relation; participants and events told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from crf_desktop.analysis.adverse_event import FREE, SPECIAL, Event, Phase, events_of
from crf_desktop.analysis.trial import Participant
from crf_desktop.model.derive import Visit
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.analysis_summary import DRUGS, SAFETY


@frozen
class TermRow:
    """One line of the table of events. A participant counts once, at the worst grade."""

    key: str
    """Code of the term; empty for a total."""
    term: TranslatedText
    listed: bool
    participants: int
    events: int
    by_grade: tuple[int, int, int, int, int, int]
    """Participants by worst grade 1 to 5, and those whose grade is not known."""
    events_by_grade: tuple[int, int, int, int, int, int]
    serious: tuple[int, int]
    """(participants, events)"""
    related: tuple[int, int]
    """(participants, events) possibly, probably or definitely related to either drug."""


@frozen
class ReactionRow:
    """Infusion reactions of one drug. A participant counts once, at the worst grade."""

    drug: str
    name: TranslatedText
    infusions: int
    asked: int
    """Infusions for which the question was answered."""
    reactions: int
    participants: int
    by_grade: tuple[int, int, int, int, int, int]
    anaphylaxis: int
    cytokine_release: int


@frozen
class Safety:
    """The adverse events of the trial. Tables count what began from the first rituximab on."""

    at_risk: int
    """Participants who had a dose of rituximab."""
    events: tuple[Event, ...] = field(repr=False)
    any_event: TermRow
    terms: tuple[TermRow, ...]
    """Most participants first."""
    special: tuple[TermRow, ...]
    """Events of special interest, in the order of their list; ``INFECTION`` first."""
    before: TermRow
    """What began before the first dose."""
    unknown: TermRow
    """What cannot be placed before or after it."""
    reactions: tuple[ReactionRow, ...]


Grades = tuple[int, int, int, int, int, int]
_REACTION_DRUGS: Final = {"RTX": "rituximab", "BEL": "belimumab", "PREMEDICATION": "premedication"}


def safety_of(participants: Iterable[Participant]) -> Safety:
    """The tables of the trial; participants at risk are those who had a dose of rituximab."""
    told = list(participants)
    treated = [who for who in told if _count(who, "rtx_given")]
    events = tuple(e for who in told for e in events_of(who))
    during = [e for e in events if e.phase is Phase.DURING]
    return Safety(
        len(treated), events, row("", _said("any"), during), _by_term(during), _special(told, during),
        row("", _said("before"), [e for e in events if e.phase is Phase.BEFORE]),
        row("", _said("unknown"), [e for e in events if e.phase is Phase.UNKNOWN]),
        _reactions(told),
    )  # fmt: skip


def _said(key: str) -> TranslatedText:
    return TranslatedText(*SAFETY[key])


def _count(who: Participant, name: str) -> int:
    found = who.course.anywhere().named(f"count_all:{name}")
    return found if isinstance(found, int) else 0


def row(key: str, term: TranslatedText, events: Sequence[Event], listed: bool = True) -> TermRow:
    """One line over some events."""
    worst: dict[str, int | None] = {}
    for e in events:
        known = [g for g in (worst.get(e.subject), e.grade) if g is not None]
        worst[e.subject] = max(known, default=None)
    return TermRow(
        key, term, listed, len(worst), len(events), _grades(worst.values()), _grades(e.grade for e in events),
        _both([e for e in events if e.serious]), _both([e for e in events if e.related]),
    )  # fmt: skip


def _grades(grades: Iterable[int | None]) -> Grades:
    found = Counter(grades)
    return (found[1], found[2], found[3], found[4], found[5], found[None])


def _both(events: Sequence[Event]) -> tuple[int, int]:
    return len({e.subject for e in events}), len(events)


def _by_term(events: Sequence[Event]) -> tuple[TermRow, ...]:
    """Most participants first, then most events, then by name; free text is one line for each wording."""
    groups: dict[tuple[str, str], list[Event]] = {}
    for e in events:
        groups.setdefault((e.code, "" if e.listed else e.words.casefold().strip()), []).append(e)
    rows = [row(code or FREE, found[0].term, found, found[0].listed) for (code, _), found in groups.items()]
    return tuple(sorted(rows, key=lambda r: (-r.participants, -r.events, r.term.en.casefold())))


def _special(told: Sequence[Participant], events: Sequence[Event]) -> tuple[TermRow, ...]:
    if not told:
        return ()
    item = told[0].definition.item_by_name["ae_special"]
    answers = told[0].definition.code_list[item.code_list or ""]
    return tuple(
        row(key, TranslatedText(answers.decode(key, "en"), answers.decode(key, "zh")), found)
        for key, found in ((key, [e for e in events if key in e.special]) for key in SPECIAL)
    )


# ---- infusion reactions


def _reactions(told: Sequence[Participant]) -> tuple[ReactionRow, ...]:
    """Rituximab and belimumab always; premedication where something happened with it."""
    infusions: dict[str, list[tuple[str, Visit]]] = {"rituximab": [], "belimumab": []}
    for who in told:
        for drug, name in (("rituximab", "rtx_given"), ("belimumab", "bel_given")):
            form = who.definition.form_of_item[who.definition.item_by_name[name].oid]
            infusions[drug] += [(who.subject, v) for v in who.course.contexts(form) if v.named(name) is True]
    by_drug: dict[str, list[tuple[str, Visit]]] = {}
    for drug, visits in infusions.items():
        for subject, visit in visits:
            if visit.named("irr_any") is True:
                running = _REACTION_DRUGS.get(str(visit.named("irr_drug")), drug)
                by_drug.setdefault(running, []).append((subject, visit))
    rows = [_reaction(drug, found, by_drug.get(drug, [])) for drug, found in infusions.items()]
    other = by_drug.get("premedication")
    return (*rows, _reaction("premedication", [], other)) if other else tuple(rows)


def _reaction(
    drug: str, infusions: Sequence[tuple[str, Visit]], reactions: Sequence[tuple[str, Visit]]
) -> ReactionRow:
    worst: dict[str, int | None] = {}
    for subject, visit in reactions:
        grade = visit.named("irr_grade")
        known = [g for g in (worst.get(subject), grade) if isinstance(g, int)]
        worst[subject] = max(known, default=None)
    return ReactionRow(
        drug, TranslatedText(*_NAMES[drug]), len(infusions),
        sum(v.named("irr_any") is not None for _, v in infusions), len(reactions), len(worst), _grades(worst.values()),
        sum(v.named("irr_anaphylaxis") is True for _, v in reactions),
        sum(v.named("irr_cytokine") is True for _, v in reactions),
    )  # fmt: skip


_NAMES: Final[Mapping[str, tuple[str, str]]] = {**DRUGS, "premedication": SAFETY["premedication"]}
