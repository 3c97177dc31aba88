"""The right is asked before the act."""

from __future__ import annotations

from crf_desktop.errors import Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Session


def require(session: Session, action: Action) -> None:
    """Raises Refused ``exchange.no_right`` unless the session's role may do that."""
    if not may(session.person.role, action):
        raise Refused("exchange.no_right", role=session.person.role, action=action.value)
