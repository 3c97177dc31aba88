"""The two questions before every act: may this role, can this file."""

from __future__ import annotations

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Session
from crf_desktop.store import Store


def require(session: Session, action: Action) -> None:
    """Raises Refused ``access.no_right`` when the role may not."""
    if not may(session.person.role, action):
        raise Refused("access.no_right", action=action.value, role=session.person.role)


def require_writable(store: Store) -> None:
    """Raises EnvironmentProblem ``store.read_only`` when nothing can be written."""
    if store.read_only:
        raise EnvironmentProblem("store.read_only")
