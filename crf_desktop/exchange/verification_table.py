"""Which answers were compared with their source, by whom, and which changed since."""

from __future__ import annotations

from collections.abc import Iterator

from crf_desktop.capture.verification import verified
from crf_desktop.exchange.audit_table import local_time
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.path import split
from crf_desktop.store import Store

COLUMNS = (
    "subject", "event", "event_key", "form", "form_key", "item_group", "group_key", "item", "item_name",
    "verification", "verified_by", "verified_at",
)  # fmt: skip


def rows(store: Store, definition: MetaDataVersion, subject: str) -> Iterator[tuple[str, ...]]:
    """Every answer of one participant with what is known of it; the empty ones only where one was ticked before."""
    for path, found in verified(store, subject).items():
        for at, known in found.items():
            oid, key = split(at)
            place = path.at(definition.group_of_item[oid], oid, key).keys()
            by = known.by
            when = local_time(by.recorded_at, by.utc_offset_min) if by else ""
            yield (*place, definition.item[oid].name, known.tick.value, by.user_oid if by else "", when)
