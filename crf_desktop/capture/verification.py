"""Source data verification: what a monitor has compared with the source, and what changed since (ICH E6, 5.18.4)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from crf_desktop.capture.right import require, require_writable
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import NOTHING, Change, Datum, Entry, HeadRow, Kind
from crf_desktop.model.path import ItemPath

if TYPE_CHECKING:
    from crf_desktop.capture.entry import FormEntry
    from crf_desktop.capture.study import Study
    from crf_desktop.store import Store


class Tick(StrEnum):
    """What is known of one answer and its source."""

    OPEN = "open"
    """Not compared yet."""
    VERIFIED = "verified"
    CHANGED = "changed"
    """It agreed with the source, and was changed since."""


@frozen(slots=True)
class Verified:
    """One answer as the monitor sees it."""

    item: str
    """Address."""
    tick: Tick
    old: Datum
    """What was compared with the source; the present answer unless it changed since."""
    by: Change | None
    """The row that ticked it, or took the tick away; None: nobody has looked at it."""


@frozen(slots=True)
class Progress:
    """How far verification has come."""

    verified: int
    changed: int
    total: int
    """Answers there are to compare."""

    def __add__(self, other: Progress) -> Progress:
        return Progress(self.verified + other.verified, self.changed + other.changed, self.total + other.total)

    @property
    def done(self) -> bool:
        """Every answer agrees with its source as it stands now."""
        return 0 < self.total == self.verified


NOTHING_YET = Progress(0, 0, 0)


def verification(entry: FormEntry) -> dict[str, Verified]:
    """Item address → what is known of it, for every answer of a form and for those removed since they were ticked."""
    ticks = [row for row in entry.store.verifications(entry.path) if row.path.form_path == entry.path]
    found = dict(_judged(entry.data, ticks))
    if not any(v.tick is Tick.CHANGED for v in found.values()):
        return found
    history = {"/".join(map(str, r.order)): r.datum for r in entry.store.history(entry.path) if r.kind is Kind.ITEM}
    return {at: _with_old(v, history) for at, v in found.items()}


def _judged(data: Mapping[str, HeadRow], ticks: Iterable[Change]) -> Iterator[tuple[str, Verified]]:
    """The last row that names an answer decides."""
    last: dict[str, Change] = {}
    for row in ticks:  # in order
        last |= dict.fromkeys(_said(row)[1], row)
    for at, head in data.items():
        by = last.get(at)
        tick = _tick(at, head, by)
        if head.datum.answered or tick is Tick.CHANGED:
            yield at, Verified(at, tick, head.datum, by)


def _tick(at: str, head: HeadRow, row: Change | None) -> Tick:
    verified, versions = _said(row)
    if not verified:
        return Tick.OPEN
    return Tick.VERIFIED if versions[at] == _version(head) else Tick.CHANGED


def _version(head: HeadRow) -> str:
    return f"{head.lamport}/{head.origin}/{head.seq}"


def _said(row: Change | None) -> tuple[bool, dict[str, str]]:
    """Whether a row ticks, and which row of each answer its author had before them."""
    if row is None or row.payload is None:
        return False, {}
    payload = json.loads(row.payload)
    return bool(payload["verified"]), dict(payload["versions"])


def _with_old(found: Verified, history: Mapping[str, Datum]) -> Verified:
    """The answer that was compared with the source stands beside the present one."""
    if found.tick is not Tick.CHANGED:
        return found
    return evolve(found, old=history.get(_said(found.by)[1][found.item], NOTHING))


def progress(entry: FormEntry) -> Progress:
    """How far one form has come."""
    return _counted(verification(entry).values())


def _counted(found: Iterable[Verified]) -> Progress:
    ticks = [v.tick for v in found]
    return Progress(ticks.count(Tick.VERIFIED), ticks.count(Tick.CHANGED), len(ticks))


def progress_of(study: Study, subject: str, event: str = "") -> dict[tuple[str, str], Progress]:
    """(visit, form), both as addresses → how far it has come, for a participant or for one visit of theirs."""
    counted = {path: _counted(found.values()) for path, found in verified(study.store, subject, event).items()}
    return {(path.event_address, path.form_address): p for path, p in counted.items() if p.total}


def verified(store: Store, subject: str, event: str = "") -> dict[ItemPath, dict[str, Verified]]:
    """Form → item address → what is known of it, in the order of their paths; ``old`` is left as the present answer."""
    at = ItemPath.of(subject, event)
    ticks: dict[ItemPath, list[Change]] = {}
    for row in store.verifications(at):
        ticks.setdefault(row.path.form_path, []).append(row)
    visits = [at] if event else dict.fromkeys(head.path.event_path for head in store.form_heads(subject))
    forms: dict[ItemPath, dict[str, HeadRow]] = {}
    for visit in visits:
        for head in store.visit_items(visit):
            forms.setdefault(head.path.form_path, {})[head.path.item_address] = head
    return {path: dict(_judged(forms[path], ticks.get(path, ()))) for path in sorted(forms)}


def total(found: Mapping[tuple[str, str], Progress], event: str = "") -> Progress:
    """All of them together, or those of one visit."""
    chosen = (p for (visit, _), p in found.items() if not event or visit == event)
    return sum(chosen, NOTHING_YET)


# ---- acts


def may_verify(study: Study) -> bool:
    """Whether this person compares answers with their source."""
    return study.may(Action.VERIFY)


def tick_item(study: Study, entry: FormEntry, item: str, verified: bool = True) -> None:
    """Says that the answer agrees with its source as it stands, or takes that back.

    Raises Refused ``access.no_right``, ``verify.no_answer``; EnvironmentProblem ``store.*``.
    """
    held = entry.data.get(item)
    if held is None:
        raise Refused("verify.no_answer")
    _write(study, entry.item_path(item), verified, {item: held})


def tick_form(study: Study, entry: FormEntry, verified: bool = True) -> None:
    """The same for every answer the form holds now."""
    if not entry.data:
        raise Refused("verify.no_answer")
    _write(study, entry.path, verified, entry.data)


def _write(study: Study, path: ItemPath, verified: bool, rows: Mapping[str, HeadRow]) -> None:
    """Names the row of each answer: what another laptop wrote at the same time was not compared."""
    require_writable(study.store)
    require(study.session, Action.VERIFY)
    payload = {"type": "sdv", "verified": verified, "versions": {at: _version(held) for at, held in rows.items()}}
    digest = study.store.metadata_digest
    study.store.append([Entry(Kind.ANNOTATION, path, "Insert", NOTHING, payload=payload, metadata_digest=digest)])
