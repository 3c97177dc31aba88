"""Who may do what: one table, asked before the act and again at verify and at merge (REQ-03, REQ-04)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

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

NEEDED: Final[dict[Kind, Action]] = {
    Kind.ITEM: A.ENTER,
    Kind.FORM: A.ENTER,
    Kind.EVENT: A.ENTER,
    Kind.SUBJECT: A.ENROL,
    Kind.SIGNATURE: A.SIGN,
    Kind.ACKNOWLEDGEMENT: A.MERGE,
}
"""Of rows that are judged by their kind alone; annotations by their shape, acts by their name."""


class ActNeeds(NamedTuple):
    """What writing a row about people or the system takes."""

    one_of: tuple[Action, ...] = ()
    """Rights, one of which suffices; none: whoever is in."""
    certified: bool = False
    """Whether the author's key must be certified by the study's authority."""


_ADMINISTRATOR: Final = ActNeeds((A.ADMINISTER,), True)
_CONFIGURER: Final = ActNeeds((A.CONFIGURE,), True)
_ANYBODY: Final = ActNeeds()

ACTS: Final[dict[str, ActNeeds]] = {
    "study": _ADMINISTRATOR,
    "create": _ADMINISTRATOR,
    "certify": _ADMINISTRATOR,
    "identify": _ADMINISTRATOR,
    "certify_installation": _ADMINISTRATOR,
    "role": _ADMINISTRATOR,
    "revoke": _ADMINISTRATOR,
    "reset": _ADMINISTRATOR,
    "close": _ADMINISTRATOR,
    "admit": _ADMINISTRATOR,
    "let_in": ActNeeds((A.INVITE, A.ADMINISTER), True),
    "block": ActNeeds((A.INVITE, A.ADMINISTER), True),
    "laboratory_profile": _CONFIGURER,
    "parameter": _CONFIGURER,
    "export": ActNeeds((A.EXPORT,)),
    "accept": ActNeeds((A.SIGN,)),
    "certificate.own": ActNeeds((A.SIGN,)),
    "certificate.withdrawn": ActNeeds((A.SIGN, A.ADMINISTER)),
    "revocation.list": _ADMINISTRATOR,
    "timestamp.authority": _CONFIGURER,
    "pdf.upgraded": ActNeeds((A.SIGN, A.CONFIGURE)),
    "request": _ANYBODY,
    "joined": _ANYBODY,
    "restored": _ANYBODY,
    "copied": _ANYBODY,
    "backup": _ANYBODY,
    "backup.failed": _ANYBODY,
    "migrated": _ANYBODY,
    "unlock": _ANYBODY,
    "failed_log_in": _ANYBODY,
    "keys.intent": _ANYBODY,
    "keys.done": _ANYBODY,
    "keys.rotated": _ANYBODY,
    "keys.mended": _ANYBODY,
    "witness.renewed": _ADMINISTRATOR,
    "recovery.made": _ANYBODY,
    "recovery.drilled": _ANYBODY,
    "recovery.used": _ANYBODY,
    "recovery.removed": _ANYBODY,
    "escrow.made": _ADMINISTRATOR,
    "escrow.removed": _ADMINISTRATOR,
    "password.changed": _ANYBODY,
    "password.age": _CONFIGURER,
    "unblock": _ADMINISTRATOR,
    "clock_back": _ANYBODY,
    "clock_jump": _ANYBODY,
}
"""``payload.act`` of rows about people and the system → what it takes; an act that is not here is nobody's to write."""


def may(role: str, action: Action) -> bool:
    """Whether the role has the right."""
    return action in ALLOWED.get(role, frozenset())


def may_write(
    role: str, kind: Kind, payload: Mapping[str, Any] | None = None, *, certified: bool = True
) -> bool:
    """Whether the role may have written such a row; ``certified``: whether the study’s authority knows its key."""
    if kind is Kind.ANNOTATION:
        return _may_annotate(role, payload or {})
    if kind in (Kind.USER, Kind.SYSTEM):
        return _may_do(role, str((payload or {}).get("act", "")), certified)
    return may(role, NEEDED[kind])


def _may_do(role: str, act: str, certified: bool) -> bool:
    needs = ACTS.get(act)
    if needs is None or role not in ALLOWED or (needs.certified and not certified):
        return False
    return not needs.one_of or any(may(role, action) for action in needs.one_of)


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
