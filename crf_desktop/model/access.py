"""Who may do what: one table, asked before the act and again at verify and at merge (REQ-03, REQ-04)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from crf_desktop.model import query
from crf_desktop.model.data import Kind


class Action(StrEnum):
    """What a right is needed for."""

    ENROL = "enrol"
    ENTER = "enter"
    SIGN = "sign"
    QUERY = "query"
    """Take part in queries; which acts, ``model/query.py`` tells."""
    VERIFY = "verify"
    """Confirm that answers agree with their source."""
    PRINT = "print"
    EXPORT = "export"
    MERGE = "merge"
    INVITE = "invite"
    ADMINISTER = "administer"
    CONFIGURE = "configure"
    """Set what a site sets for itself: units of its laboratory, numbers of the protocol."""


A = Action
ALLOWED: Final[dict[str, frozenset[Action]]] = {
    "investigator": frozenset({A.ENROL, A.ENTER, A.SIGN, A.QUERY, A.PRINT, A.EXPORT, A.MERGE, A.INVITE}),
    "coordinator": frozenset({A.ENROL, A.ENTER, A.QUERY, A.PRINT, A.EXPORT, A.MERGE}),
    "monitor": frozenset({A.QUERY, A.VERIFY, A.PRINT, A.EXPORT}),
    "data_manager": frozenset({A.QUERY, A.PRINT, A.EXPORT, A.MERGE, A.INVITE, A.CONFIGURE}),
    "administrator": frozenset({A.PRINT, A.EXPORT, A.MERGE, A.INVITE, A.ADMINISTER, A.CONFIGURE}),
}
"""Least right is the default: a role that is not here may nothing. An administrator has no right to enter or sign, a
monitor none to change anything but queries and ticks of verification."""

_NEEDED: Final[dict[Kind, Action | None]] = {
    Kind.ITEM: A.ENTER,
    Kind.FORM: A.ENTER,
    Kind.EVENT: A.ENTER,
    Kind.SUBJECT: A.ENROL,
    Kind.SIGNATURE: A.SIGN,
    Kind.USER: None,
    Kind.SYSTEM: None,
    Kind.ACKNOWLEDGEMENT: A.MERGE,
}


def may(role: str, action: Action) -> bool:
    """Whether the role has the right."""
    return action in ALLOWED.get(role, frozenset())


def may_write(role: str, kind: Kind, payload: Mapping[str, Any] | None = None) -> bool:
    """Whether the role may have written such a row; rows about users and the system are judged elsewhere."""
    if kind is Kind.ANNOTATION:
        return _may_annotate(role, payload or {})
    needed = _NEEDED[kind]
    return needed is None or may(role, needed)


def _may_annotate(role: str, payload: Mapping[str, Any]) -> bool:
    """An annotation is a query or a tick of verification, of exactly the shape an act has; nothing else."""
    if payload.get("type") == "sdv":
        named = payload.get("versions")
        shape = isinstance(named, dict) and all(isinstance(version, str) for version in named.values())
        return shape and isinstance(payload.get("verified"), bool) and may(role, Action.VERIFY)
    act = query.act_of(payload) if payload.get("type") == "query" else None
    if act is query.QueryAct.OVERRIDE and not may(role, Action.ENTER):
        return False
    return act is not None and may(role, Action.QUERY) and query.may_act(role, act)
