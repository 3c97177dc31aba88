"""Who may do what: one table, asked before the act and again at verify and at merge (REQ-03, REQ-04)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from crf_desktop.model.data import Kind


class Action(StrEnum):
    """What a right is needed for."""

    ENROL = "enrol"
    ENTER = "enter"
    SIGN = "sign"
    QUERY = "query"
    PRINT = "print"
    EXPORT = "export"
    MERGE = "merge"
    INVITE = "invite"
    ADMINISTER = "administer"


A = Action
ALLOWED: Final[dict[str, frozenset[Action]]] = {
    "investigator": frozenset({A.ENROL, A.ENTER, A.SIGN, A.QUERY, A.PRINT, A.EXPORT, A.MERGE, A.INVITE}),
    "coordinator": frozenset({A.ENROL, A.ENTER, A.QUERY, A.PRINT, A.EXPORT, A.MERGE}),
    "monitor": frozenset({A.QUERY, A.PRINT, A.EXPORT}),
    "data_manager": frozenset({A.QUERY, A.PRINT, A.EXPORT, A.MERGE, A.INVITE}),
    "administrator": frozenset({A.PRINT, A.EXPORT, A.MERGE, A.INVITE, A.ADMINISTER}),
}
"""Least right is the default: a role that is not here may nothing. An administrator has no right to enter or sign."""

_NEEDED: Final[dict[Kind, Action | None]] = {
    Kind.ITEM: A.ENTER,
    Kind.FORM: A.ENTER,
    Kind.EVENT: A.ENTER,
    Kind.SUBJECT: A.ENROL,
    Kind.SIGNATURE: A.SIGN,
    Kind.ANNOTATION: A.QUERY,
    Kind.USER: None,
    Kind.SYSTEM: None,
    Kind.ACKNOWLEDGEMENT: A.MERGE,
}


def may(role: str, action: Action) -> bool:
    """Whether the role has the right."""
    return action in ALLOWED.get(role, frozenset())


def may_write(role: str, kind: Kind) -> bool:
    """Whether the role may have written a row of that kind; rows about users and the system are judged by payload."""
    needed = _NEEDED[kind]
    return needed is None or may(role, needed)
