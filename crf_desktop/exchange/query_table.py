"""Every query with all that was said about it, one row per contribution."""

from __future__ import annotations

from collections.abc import Iterator

from crf_desktop.exchange.audit_table import local_time
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.query import TRANSITIONS, Query, Told, queries_in
from crf_desktop.store import Store

COLUMNS = (
    "subject", "event", "event_key", "form", "form_key", "item_group", "group_key", "item", "item_name",
    "query", "query_source", "query_state", "query_line", "query_act", "state_after", "text", "checks",
    "found_en", "found_zh", "user_oid", "user", "role", "recorded_at",
)  # fmt: skip


def rows(store: Store, definition: MetaDataVersion) -> Iterator[tuple[str, ...]]:
    """The queries of the study by place, each from its first row to its last."""
    names = {p.user_oid: p.full_name for p in store.people()}
    items = {i.oid: i.name for i in definition.items}
    for query in sorted(queries_in(store.queries()), key=lambda q: (q.path, q.told[0].change.order)):
        for number, told in enumerate(query.told, 1):
            said = _said(told, names.get(told.change.user_oid, ""))
            yield (*query.path.keys(), items.get(query.path.item, ""), *_query(query), str(number), *said)


def _query(query: Query) -> tuple[str, str, str]:
    return (query.name, query.source.value, query.state.value)


def _said(told: Told, user: str) -> tuple[str, ...]:
    change, checks = told.change, " ".join(str(c) for c in told.payload.get("checks", ()))
    when = local_time(change.recorded_at, change.utc_offset_min)
    state = TRANSITIONS[told.act][1].value
    found = (told.found.en, told.found.zh) if told.found else ("", "")
    return (told.act.value, state, told.text, checks, *found, change.user_oid, user, change.role, when)
