"""Up to where the log was verified, when all of it was, and what follows from a finding."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from attrs import frozen

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.settings import utc_text
from crf_desktop.store.checking import RECENT_ROWS, SHARED_FROM, Checked, Depth, Heads, Progress, check_of
from crf_desktop.store.finding import Finding
from crf_desktop.store.signature_check import Shared

if TYPE_CHECKING:
    from crf_desktop.store.log import Log
    from crf_desktop.store.study import Store

HEADS: Final = "verified/heads"
FULL: Final = "verified/full"
WEEK: Final = timedelta(days=7)
"""How long a full verification is good for."""
OFTEN: Final = 100
"""Rows after which it is worth a write to remember that they were verified."""


@frozen(slots=True)
class LastFull:
    """The last verification of everything that found nothing."""

    when: str
    """UTC."""
    entries: int


def noted(log: Log, origin: str) -> int:
    """Up to which row of an origin the log itself says that it was verified; 0: it says nothing.

    That is written first and the witness told of it after, so that a witness which knows less was cut off at that.
    """
    try:
        return int(json.loads(log.setting(HEADS))[origin][0])
    except (ValueError, TypeError, KeyError, IndexError):
        return 0


def since(store: Store) -> dict[str, tuple[int, bytes]]:
    """Origin → the row up to which all was verified; the own one no further than the witness says."""
    try:
        body = json.loads(store.setting(HEADS, "{}"))
        found = {str(origin): (int(seq), bytes.fromhex(digest)) for origin, (seq, digest) in body.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
    keeper, unwitnessed = store.parts.witness, any(f.code == "verify.witness_missing" for f in store.findings)
    if unwitnessed or (keeper is not None and found.get(store.origin) != keeper.last_verified):
        found.pop(store.origin, None)
    return found


def last_full(store: Store) -> LastFull | None:
    """When everything was verified last; None: never, as far as this file knows."""
    try:
        body = json.loads(store.setting(FULL, "{}"))
        return LastFull(str(body["when"]), int(body["entries"]))
    except (ValueError, TypeError, KeyError):
        return None


def full_is_due(store: Store, now: datetime) -> bool:
    """Whether a week has passed, or the clock cannot tell."""
    last = last_full(store)
    if last is None:
        return True
    try:
        return not timedelta() <= now - datetime.fromisoformat(last.when.replace("Z", "+00:00")) < WEEK
    except ValueError:
        return True


def verify(store: Store, depth: Depth, progress: Progress | None = None, *, state: bool = False) -> Checked:
    """Verifies with the connection of the study; shares the signatures of a long log with a second process.

    ``state``: a quick one looks at pages, documents and current state too.
    """
    check = check_of(store, progress, since(store))
    check.state = state
    shared = None
    if depth == "full" and sum(seq for seq, _ in store.heads().values()) >= SHARED_FROM:
        shared = check.signatures = Shared()
    try:
        checked = check.run(depth)
    finally:
        if shared is not None:
            shared.close()
    conclude(store, depth, checked)
    return checked


def conclude(store: Store, depth: Depth, checked: Checked) -> None:
    """Remembers that all is well, or lets nothing more be written; repairs nothing."""
    if any(finding.stops for finding in checked.findings):
        _close_for_writing(store, checked.findings)
    elif depth != "recent" or _reached(store):
        store.checked = "full" if "full" in (depth, store.checked) else "quick"
        with contextlib.suppress(EnvironmentProblem):  # a full disk keeps nobody from reading; it is verified again
            _remember(store, depth, checked.heads)


def _close_for_writing(store: Store, findings: Sequence[Finding]) -> None:
    parts = store.parts
    parts.findings = tuple(findings)
    if parts.problem is None:
        parts.problem = EnvironmentProblem("store.unsound")


def _reached(store: Store) -> bool:
    """Whether the last rows, which every unlocking verifies, are all that was not verified before."""
    start, heads = since(store), store.heads()
    last, _ = heads.pop(store.origin, (0, b""))  # one that goes on from another has no row yet
    return start.get(store.origin, (0, b""))[0] >= last - RECENT_ROWS and heads.items() <= start.items()


def _remember(store: Store, depth: Depth, heads: Heads) -> None:
    start = since(store)
    none = (0, b"")
    fresh = heads.get(store.origin, none)[0] - start.get(store.origin, none)[0]
    if store.read_only or (depth == "recent" and fresh < OFTEN):
        return
    known = {origin: [seq, digest.hex()] for origin, (seq, digest) in {**start, **heads}.items()}
    store.set_setting(HEADS, json.dumps(known, sort_keys=True))
    if depth == "full":
        when = utc_text(store.parts.author.clock.now())
        store.set_setting(FULL, json.dumps({"when": when, "entries": sum(seq for seq, _ in heads.values())}))
    if store.parts.witness is not None and store.origin in heads:
        store.parts.witness.verified(*heads[store.origin])
        store.mark()
