"""Queries: their states (one to one with ODM 2.0), the acts that lead from one to another, and whose acts they are."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from crf_desktop.errors import Refused
from crf_desktop.model.data import Change
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText


class QueryState(StrEnum):
    """State of a query (ODM 2.0, Query/@State)."""

    CANDIDATE = "Candidate"
    """Only read, from another system; nobody writes it here."""
    OPEN = "Open"
    ANSWERED = "Answered"
    CLOSED = "Closed"
    CANCELLED = "Cancelled"
    """Raised by mistake."""
    RESOLVED = "Resolved"
    """A person has decided between two versions of an answer."""

    @property
    def done(self) -> bool:
        """Whether nobody has anything left to do."""
        return self in (QueryState.CLOSED, QueryState.CANCELLED, QueryState.RESOLVED)


class QuerySource(StrEnum):
    """What raised a query."""

    MANUAL = "manual"
    CHECK = "check"
    """A soft check that was overridden; the reason is its answer."""
    CONFLICT = "conflict"
    """Two laptops changed one answer at once."""


class QueryAct(StrEnum):
    """What a person does to a query."""

    RAISE = "raise"
    OVERRIDE = "override"
    REPORT = "report"
    """Merging found a conflict."""
    ANSWER = "answer"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"
    RESOLVE = "resolve"


S, C, A = QueryState, QuerySource, QueryAct
_BEGUN: Final = (S.CANDIDATE, S.OPEN, S.ANSWERED)

TRANSITIONS: Final[dict[QueryAct, tuple[frozenset[QueryState | None], QueryState]]] = {
    A.RAISE: (frozenset({None}), S.OPEN),
    A.OVERRIDE: (frozenset({None, *S}), S.ANSWERED),
    A.REPORT: (frozenset({None, *S}), S.OPEN),
    A.ANSWER: (frozenset({S.OPEN, S.ANSWERED}), S.ANSWERED),
    A.CLOSE: (frozenset({S.OPEN, S.ANSWERED}), S.CLOSED),
    A.CANCEL: (frozenset(_BEGUN), S.CANCELLED),
    A.REOPEN: (frozenset({S.CANDIDATE, S.ANSWERED, S.CLOSED, S.RESOLVED}), S.OPEN),
    A.RESOLVE: (frozenset({S.OPEN, S.ANSWERED}), S.RESOLVED),
}
"""Act → the states it may start from (None: there was no query), and the state it leads to. A cancelled query stays
so; a conflict, and a check that is overridden once more, may begin anew."""

MAX_WORDS: Final = 4_000
"""Code points of one contribution, as for any text of the log."""

NEEDS_TEXT: Final = frozenset({A.RAISE, A.OVERRIDE, A.ANSWER, A.CANCEL, A.REOPEN, A.RESOLVE})
"""Acts that say why."""

_MONITORING: Final = frozenset({A.RAISE, A.CLOSE, A.CANCEL, A.REOPEN})
_SITE: Final = frozenset({A.OVERRIDE, A.REPORT, A.ANSWER, A.RESOLVE})
OF_ROLE: Final[dict[str, frozenset[QueryAct]]] = {
    "investigator": _SITE,
    "coordinator": _SITE,
    "monitor": _MONITORING,
    "data_manager": _MONITORING | {A.REPORT, A.RESOLVE},
    "administrator": frozenset(),
}
"""Whoever asks does not answer. A data manager resolves a conflict only by keeping the answer that stands, since
another one would be data; whoever may enter chooses either."""

_SHAPES: Final[dict[tuple[str, str | None, bool], QueryAct]] = {
    (S.OPEN, C.MANUAL, False): A.RAISE,
    (S.ANSWERED, C.CHECK, False): A.OVERRIDE,
    (S.ANSWERED, C.CHECK, True): A.OVERRIDE,
    (S.OPEN, C.CONFLICT, True): A.REPORT,
    (S.ANSWERED, None, True): A.ANSWER,
    (S.CLOSED, None, True): A.CLOSE,
    (S.CANCELLED, None, True): A.CANCEL,
    (S.OPEN, None, True): A.REOPEN,
    (S.RESOLVED, None, True): A.RESOLVE,
}
"""(state, source, whether the row names its query) of a row's payload → the act it records."""

CONFLICT_NAME: Final = "CONFLICT."
"""What the name of every conflict's query begins with; no other query has such a name given to it."""


def act_of(payload: Mapping[str, Any]) -> QueryAct | None:
    """The act that a row's payload records; None for a shape that no act has."""
    state, source, name, text = (payload.get(key) for key in ("state", "source", "query", "text"))
    if not all(value is None or isinstance(value, str) for value in (state, source, name, text)):
        return None
    found = payload.get("found", {"en": "", "zh": ""})
    if not isinstance(found, dict) or set(found) != {"en", "zh"} or not all(isinstance(w, str) for w in found.values()):
        return None
    act = _SHAPES.get((str(state), source, name is not None))
    if act is A.REPORT and not str(name).startswith(CONFLICT_NAME):
        return None
    return None if act in NEEDS_TEXT and not (text or "").strip() else act


def said(text: str) -> str:
    """What a person says, as it is stored; raises Refused ``value.*`` for what no log takes."""
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(kept) > MAX_WORDS:
        raise Refused("value.too_long", allowed=MAX_WORDS)
    if any((c < " " and c != "\n") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in kept):
        raise Refused("value.control_character")
    return kept


def leads(act: QueryAct, state: QueryState | None, source: QuerySource | None = None) -> bool:
    """Whether the act may be done to a query in that state; only a conflict is resolved."""
    return state in TRANSITIONS[act][0] and (act is not A.RESOLVE or source is C.CONFLICT)


def may_act(role: str, act: QueryAct) -> bool:
    """Whether the role may do that to a query."""
    return act in OF_ROLE.get(role, frozenset())


@frozen(slots=True)
class Told:
    """One row of a query: who, when and in which role stand in the row itself."""

    change: Change
    act: QueryAct
    payload: Mapping[str, Any]

    @property
    def text(self) -> str:
        """What was said; empty where an act needs no words."""
        return str(self.payload.get("text", ""))

    @property
    def found(self) -> TranslatedText | None:
        """What the overridden checks said, with the values of that moment; None where no check spoke."""
        words = self.payload.get("found")
        return TranslatedText(words["en"], words["zh"]) if words else None


@frozen(slots=True)
class Query:
    """A thread about one place of the study."""

    name: str
    path: ItemPath
    """An item's, a form's, or, for a conflict, any."""
    source: QuerySource
    told: tuple[Told, ...]
    """Oldest first, in (lamport, origin, seq)."""

    @property
    def state(self) -> QueryState:
        """The greatest row decides, whatever came before it."""
        return QueryState(self.told[-1].payload["state"])

    @property
    def versions(self) -> tuple[tuple[str, int], ...]:
        """(origin, seq) of the rows that contradict each other, as the last report of the conflict names them."""
        named = next((t.payload.get("rows", ()) for t in reversed(self.told) if t.act is A.REPORT), ())
        return tuple((str(origin), int(seq)) for origin, seq in named)

    @property
    def checks(self) -> frozenset[str]:
        """The checks that were overridden."""
        return frozenset(str(c) for t in self.told for c in t.payload.get("checks", ()))


def name_of(change: Change, payload: Mapping[str, Any]) -> str:
    """What a row calls its query; the first row of most has no name and gives it its own place in the log."""
    return str(payload.get("query") or f"{change.origin}.{change.seq}")


def queries_in(rows: Iterable[Change]) -> list[Query]:
    """The queries that rows of the log tell, in the order in which they were raised."""
    found: dict[tuple[ItemPath, str], list[Told]] = {}
    for change in rows:
        payload = json.loads(change.payload or "{}")
        act = act_of(payload) if payload.get("type") == "query" else None
        if act is not None:
            found.setdefault((change.path.form_path, name_of(change, payload)), []).append(Told(change, act, payload))
    return [_query(name, told) for (_, name), told in found.items()]


def _query(name: str, told: list[Told]) -> Query:
    source = next((QuerySource(t.payload["source"]) for t in told if "source" in t.payload), QuerySource.MANUAL)
    return Query(name, told[0].change.path, source, tuple(told))
