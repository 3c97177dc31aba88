"""The two questions before every act: may this role, can this file."""

from __future__ import annotations

from crf_desktop.errors import LANGUAGES, EnvironmentProblem, Refused
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Session
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import Store
from crf_desktop.store.room import Room, free_bytes, room_for


def require(session: Session, action: Action) -> None:
    """Raises Refused ``access.no_right`` when the role may not."""
    if not may(session.person.role, action):
        raise Refused("access.no_right", action=action.value, role=session.person.role)


def has_room(store: Store) -> bool:
    """Whether the disk has room for something new to be begun."""
    return store.read_only or room_for(free_bytes(store.folder)) is not Room.ALMOST_NONE


def require_room(store: Store) -> None:
    """Raises Refused ``store.no_room`` where a new participant, visit or form could not surely be finished."""
    if not has_room(store):
        raise Refused("store.no_room")


def no_room() -> TranslatedText:
    """Why a form is not begun on a disk that is almost full."""
    english, chinese = (Refused("store.no_room").sentences(language) for language in LANGUAGES)
    return TranslatedText(" ".join((english[0], english[2])), chinese[0] + chinese[2])


def require_writable(store: Store) -> None:
    """Raises EnvironmentProblem when nothing can be written: ``store.read_only``, ``.lost_rows``, ``.unsound``."""
    problem = store.parts.problem
    if problem is not None:
        raise EnvironmentProblem(problem.code, **problem.context)
