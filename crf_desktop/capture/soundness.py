"""What is asked of the log before something leaves the study or comes into it."""

from __future__ import annotations

from collections.abc import Callable

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Store, verified

Progress = Callable[[int, int], None]


def require_checked(store: Store, progress: Progress | None = None) -> None:
    """Before a signature or a merge: what was not verified before is verified now.

    Raises EnvironmentProblem ``store.unsound`` after a finding; the study is open for reading only then.
    """
    if not store.checked and _sound(store):
        verified.verify(store, "quick", progress)
    _require_sound(store)


def require_whole(store: Store, progress: Progress | None = None) -> None:
    """Before an export: everything is verified, once after each unlocking; raises as :func:`require_checked`."""
    if store.checked != "full" and _sound(store):
        verified.verify(store, "full", progress)
    _require_sound(store)


def require_verified(store: Store) -> None:
    """Asked by every signature, export and merge itself: whoever did not wait for the check is refused, at once.

    Raises EnvironmentProblem ``store.unverified`` while rows that were here at the opening have not been gone over by
    a quick check, now or before; ``store.unsound`` as :func:`require_checked`. It reads nothing.
    """
    _require_sound(store)
    if not store.checked:
        raise EnvironmentProblem("store.unverified")


def _sound(store: Store) -> bool:
    return not any(finding.stops for finding in store.findings)


def _require_sound(store: Store) -> None:
    if not _sound(store):
        raise EnvironmentProblem("store.unsound")
