"""Queries as a person works with them: raise, answer, close, cancel, raise again, decide between two versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from crf_desktop.capture.right import require, require_writable
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Change, Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import (
    NEEDS_TEXT,
    TRANSITIONS,
    Query,
    QueryAct,
    QuerySource,
    QueryState,
    leads,
    may_act,
    queries_in,
    said,
)  # fmt: skip

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study

OFFERED: Final = (QueryAct.RESOLVE, QueryAct.ANSWER, QueryAct.CLOSE, QueryAct.REOPEN, QueryAct.CANCEL)
"""What may be done to a query that exists, in the order in which it is offered."""


def queries(study: Study, at: ItemPath | None = None) -> list[Query]:
    """The queries of the whole study, or at and below a place: open ones first, the oldest of them at the top.

    Then those that are done, the last one first. Reads rows of queries alone, whatever the study holds besides.
    """
    found = [q for q in queries_in(study.store.queries(at)) if at is None or _within(q.path, at)]
    done = sorted((q for q in found if q.state.done), key=lambda q: q.told[-1].change.order, reverse=True)
    return sorted((q for q in found if not q.state.done), key=lambda q: q.told[0].change.order) + done


def _within(path: ItemPath, at: ItemPath) -> bool:
    """Whether a path lies at or below a place; a form's repeat key is part of the place."""
    if not at.form:
        return path.subject == at.subject and (not at.event or path.event_path == at.event_path)
    return path == at if at.item else path.form_path == at


def open_counts(entry: FormEntry) -> dict[str, int]:
    """Item address → how many of its queries are open; those about the whole form stand at the empty address."""
    if entry.head is None or not entry.head.n_open_query:
        return {}
    told = queries_in(row for row in entry.store.queries(entry.path) if row.path.form_path == entry.path)
    return dict(Counter(q.path.item_address for q in told if not q.state.done))


def days_open(study: Study, query: Query) -> int:
    """Whole days since a query was raised; since then until it was done, once it is."""
    from datetime import datetime

    first = datetime.fromisoformat(query.told[0].change.recorded_at)
    last = datetime.fromisoformat(query.told[-1].change.recorded_at) if query.state.done else study.clock.now()
    return max(0, (last - first).days)


def may_raise(study: Study) -> bool:
    """Whether this person may ask."""
    return study.may(Action.QUERY) and may_act(study.session.person.role, QueryAct.RAISE)


def acts(study: Study, query: Query) -> list[QueryAct]:
    """What this person may do to the query now."""
    if not study.may(Action.QUERY):
        return []
    role = study.session.person.role
    return [act for act in OFFERED if may_act(role, act) and leads(act, query.state, query.source)]


# ---- acts


def raise_query(study: Study, path: ItemPath, text: str) -> Query:
    """Asks about an answer, or about a form.

    Raises Refused ``access.no_right``, ``query.no_place``, ``query.text_needed``; EnvironmentProblem ``store.*``.
    """
    _require(study, QueryAct.RAISE)
    event = study.definition.event.get(path.event)
    asked = path.form if not path.item else study.definition.form_of_item.get(path.item)
    if event is None or path.form not in event.forms or asked != path.form:
        raise Refused("query.no_place")
    payload = {"source": QuerySource.MANUAL.value}
    [row] = study.store.append([_row(study, QueryAct.RAISE, path, text, payload)])
    return queries_in([row])[0]


def answer(study: Study, query: Query, text: str) -> Query:
    """What the site says; the one who asked closes it, or asks again."""
    return act(study, query, QueryAct.ANSWER, text)


def close(study: Study, query: Query, text: str = "") -> Query:
    """Nothing is open any more; words may be added."""
    return act(study, query, QueryAct.CLOSE, text)


def cancel(study: Study, query: Query, text: str) -> Query:
    """It should not have been raised; says why."""
    return act(study, query, QueryAct.CANCEL, text)


def reopen(study: Study, query: Query, text: str) -> Query:
    """The answer does not suffice."""
    return act(study, query, QueryAct.REOPEN, text)


def act(study: Study, query: Query, doing: QueryAct, text: str) -> Query:
    """Any of the above, on the query as it stands now; returns it as it stands then.

    Raises Refused ``access.no_right``, ``query.state`` (it moved on meanwhile), ``query.text_needed``.
    """
    _require(study, doing)
    now = present(study, query)
    if doing is QueryAct.RESOLVE:
        raise Refused("query.choice_needed")
    _require_lead(now, doing)
    study.store.append([_row(study, doing, now.path, text, {"query": now.name}, now.told[-1].change)])
    return present(study, now)


def present(study: Study, query: Query) -> Query:
    """The query as the log has it now."""
    found = (q for q in queries(study, query.path.form_path) if q.name == query.name)
    return next(found, query)


# ---- what was typed and not sent


def unsent(study: Study, path: ItemPath, name: str) -> str:
    """What this person typed about a query and has not sent; ``name`` may be of one that is not raised yet."""
    return study.store.setting(_unsent(study, path, name))


def keep_unsent(study: Study, path: ItemPath, name: str, text: str) -> None:
    """Keeps it, encrypted and outside the log; an empty text forgets it."""
    if not study.store.read_only and unsent(study, path, name) != text.strip():
        study.store.set_setting(_unsent(study, path, name), text.strip())


def _unsent(study: Study, path: ItemPath, name: str) -> str:
    return "/".join(("unsent", study.session.person.user_oid, *path.keys(), name))


# ---- a conflict


def versions(study: Study, query: Query) -> list[Change]:
    """The rows between which a person decides, the one that is shown last."""
    rows = [row for at in query.versions if (row := study.store.change(*at)) is not None]
    return sorted(rows, key=lambda row: row.order)


def may_choose(study: Study, query: Query, row: Change) -> bool:
    """Whether this person may decide for a version: whoever may not enter data can only keep what stands."""
    if QueryAct.RESOLVE not in acts(study, query):
        return False
    return may(study.session.person.role, Action.ENTER) or row.datum == standing(study, query)


def standing(study: Study, query: Query) -> Datum:
    """The answer that stands at the place of the query."""
    held = study.store.at(query.path)
    return held.datum if held else Datum()


def resolve(study: Study, query: Query, chosen: Change, reason: str) -> Query:
    """Decides a conflict for one of its versions, with the reason; both stay in the log.

    Another answer than the one that stands is written in the same transaction. Raises as :func:`act` does.
    """
    _require(study, QueryAct.RESOLVE)
    now = present(study, query)
    _require_lead(now, QueryAct.RESOLVE)
    if chosen not in versions(study, now):
        raise Refused("query.choice_needed")
    kept = {"query": now.name, "kept": [chosen.origin, chosen.seq]}
    rows = [_row(study, QueryAct.RESOLVE, now.path, reason, kept, now.told[-1].change)]
    if chosen.datum != standing(study, now):
        require(study.session, Action.ENTER)
        rows = [*_corrections(study, now.path, chosen, said(reason)), *rows]
    study.store.append(rows)
    return present(study, now)


def _corrections(study: Study, path: ItemPath, chosen: Change, reason: str) -> list[Entry]:
    """The answer as it should be; a completed form that loses a mandatory one is open again."""
    held, head = study.store.at(path), study.store.form_head(path.form_path) if path.form else None
    digest = study.store.metadata_digest
    rows = [
        Entry(
            chosen.kind, path, "Update" if chosen.datum.answered else "Remove", chosen.datum,
            payload=None, reason_for_change=reason, metadata_digest=digest,
            based_on=(held.origin, held.seq) if held else None,
        )
    ]  # fmt: skip
    item = study.definition.item.get(path.item)
    if item is not None and item.mandatory and not chosen.datum.answered and head is not None and head.completed:
        rows.append(
            Entry(Kind.FORM, path.form_path, "Update", Datum("open"), reason_for_change=reason, metadata_digest=digest)
        )
    return rows


# ---- how an act is written


def _require(study: Study, doing: QueryAct) -> None:
    require_writable(study.store)
    role = study.session.person.role
    if not may_act(role, doing):
        raise Refused("access.no_right", action=doing.value, role=role)


def _require_lead(query: Query, doing: QueryAct) -> None:
    if not leads(doing, query.state, query.source):
        raise Refused("query.state", state=query.state.value)


def _row(
    study: Study, doing: QueryAct, path: ItemPath, text: str, payload: dict[str, Any], last: Change | None = None
) -> Entry:
    words = said(text)
    if doing in NEEDS_TEXT and not words:
        raise Refused("query.text_needed")
    told = {"type": "query", "state": TRANSITIONS[doing][1].value, **payload, **({"text": words} if words else {})}
    return Entry(
        Kind.ANNOTATION, path, "Update" if last else "Insert", payload=told,
        metadata_digest=study.store.metadata_digest, based_on=(last.origin, last.seq) if last else None,
    )  # fmt: skip


def waiting_for(study: Study, found: Sequence[Query]) -> list[Query]:
    """The queries that wait for this person: for an answer, for a decision, or to be closed."""
    role = study.session.person.role
    wanted = {QueryState.OPEN: (QueryAct.ANSWER, QueryAct.RESOLVE), QueryState.ANSWERED: (QueryAct.CLOSE,)}
    return [
        q for q in found if any(may_act(role, a) and leads(a, q.state, q.source) for a in wanted.get(q.state, ()))
    ]
