"""Going on with a study whose witness is lost: on a certified administrator's word, after every row was verified."""

from __future__ import annotations

from pathlib import Path

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.access import Action, may
from crf_desktop.settings import Clock
from crf_desktop.store import verified
from crf_desktop.store.checking import Progress
from crf_desktop.store.opening import unlock
from crf_desktop.store.study import Store

MISSING = "verify.witness_missing"


def go_on(
    folder: Path, user_name: str, password: str, reason: str, progress: Progress | None = None,
    clock: Clock | None = None,
) -> Store:
    """Opens the study for writing, with a new witness and a row that says who decided it and why.

    The log is only read until all of it was found whole. Raises what :func:`unlock` raises; Refused
    ``store.no_right`` for anybody but a certified administrator, ``store.witness_there``; EnvironmentProblem
    ``store.unsound`` where anything else was found.
    """  # fmt: skip
    with unlock(folder, user_name, password, clock, read_only=True) as store:
        session = store.session
        if not may(session.person.role, Action.ADMINISTER) or session.trust != "certified":
            raise Refused("store.no_right", role=session.person.role)
        if MISSING not in {finding.code for finding in store.findings}:
            raise EnvironmentProblem("store.witness_there")
        if any(f.stops and f.code != MISSING for f in verified.verify(store, "full", progress).findings):
            raise EnvironmentProblem("store.unsound")
    return unlock(folder, user_name, password, clock, without_witness=reason)
