"""A participant's visits as expressions read them, fetched from the store form by form."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, FormHead
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import Answers, Occurrence
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store

_KEPT = 1_500
"""Forms whose answers are remembered; beyond that, all are read anew."""


class Memory:
    """Answers of forms that nobody has written to since they were read; one per study."""

    def __init__(self) -> None:
        self._heads: tuple[object, list[FormHead]] = (None, [])
        self._held: dict[ItemPath, tuple[tuple[int, int], Mapping[str, Answers]]] = {}

    def heads(self, store: Store, subject: str) -> list[FormHead]:
        """What was recorded of a participant, form by form; that of the last one asked for is remembered."""
        asked = (subject, store.version(ItemPath(subject)))
        if self._heads[0] != asked:
            self._heads = (asked, store.form_heads(subject))
        return self._heads[1]

    def read(self, store: Store, path: ItemPath) -> Mapping[str, Answers]:
        """Form key → answers of one form of one visit."""
        version, held = store.version(path), self._held.get(path)
        if held is not None and held[0] == version:
            return held[1]
        found: dict[str, dict[str, Datum]] = {}
        for row in store.form_instances(path):
            found.setdefault(row.path.form_key, {})[sys.intern(row.path.item_address)] = row.datum
        if len(self._held) >= _KEPT:
            self._held.clear()
        self._held[path] = (version, found)
        return found


def course_of(
    store: Store,
    definition: MetaDataVersion,
    subject: str,
    banner: Answers,
    today: str | None = None,
    parameters: Mapping[str, str] | None = None,
    memory: Memory | None = None,
) -> Course:
    """The course of one participant; reads the dates now and everything else when asked.

    ``parameters``: what the site has set of the protocol's numbers.
    """
    kept = memory or Memory()
    begun = [Occurrence(r.path.event, r.path.event_key, r.datum.value) for r in store.events(subject) if r.datum.value]
    common = [Occurrence(e.oid) for e in definition.events if e.type == "Common"]

    def recorded() -> frozenset[tuple[str, ...]]:
        return frozenset(head.path.keys()[1:4] for head in kept.heads(store, subject))

    def fetch(occurrence: Occurrence, form: str) -> Mapping[str, Answers]:
        at = ItemPath(subject, occurrence.event, occurrence.key, form)
        return kept.read(store, at) if at.keys()[1:4] in recorded() else {}

    return Course(definition, [*begun, *common], fetch, banner=banner, today=today, parameters=parameters)
