"""Every act that a row can record, with whom it may be from: spelled out once more, so that a right is a decision.

Whoever adds a kind of row, an act about people or the system, or an act on a query, adds its line here.
"""

from __future__ import annotations

from typing import Any, Final

from crf_desktop.model.access import ACTS
from crf_desktop.model.data import Datum, Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import QueryAct

SITE = "investigator coordinator"
ALL = "investigator coordinator monitor data_manager administrator"

KINDS: Final = {
    "item": SITE,
    "form": SITE,
    "event": SITE,
    "subject": SITE,
    "signature": "investigator",
    "acknowledgement": "investigator coordinator data_manager administrator",
}
"""Rows that are judged by their kind alone."""

QUERIES: Final = {
    "raise": "monitor data_manager",
    "override": SITE,
    "report": f"{SITE} data_manager",
    "answer": SITE,
    "close": "monitor data_manager",
    "cancel": "monitor data_manager",
    "reopen": "monitor data_manager",
    "resolve": f"{SITE} data_manager",
    "sdv": "monitor",
    "another annotation": "",
}

SYSTEM: Final = {
    "study": "administrator",
    "create": "administrator",
    "certify": "administrator",
    "identify": "administrator",
    "certify_installation": "administrator",
    "role": "administrator",
    "revoke": "administrator",
    "reset": "administrator",
    "close": "administrator",
    "admit": "administrator",
    "let_in": "investigator data_manager administrator",
    "block": "investigator data_manager administrator",
    "laboratory_profile": "data_manager administrator",
    "parameter": "data_manager administrator",
    "export": ALL,
    "accept": "investigator",
    "certificate.own": "investigator",
    "certificate.withdrawn": "investigator administrator",
    "revocation.list": "administrator",
    "timestamp.authority": "data_manager administrator",
    "pdf.upgraded": "investigator data_manager administrator",
    "request": ALL,
    "joined": ALL,
    "restored": ALL,
    "copied": ALL,
    "backup": ALL,
    "backup.failed": ALL,
    "migrated": ALL,
    "unlock": ALL,
    "failed_log_in": ALL,
    "keys.intent": ALL,
    "keys.done": ALL,
    "keys.mended": ALL,
    "witness.renewed": "administrator",
    "keys.rotated": ALL,
    "recovery.made": ALL,
    "recovery.drilled": ALL,
    "recovery.used": ALL,
    "recovery.removed": ALL,
    "escrow.made": "administrator",
    "escrow.removed": "administrator",
    "password.changed": ALL,
    "password.age": "data_manager administrator",
    "unblock": "administrator",
    "clock_back": ALL,
    "clock_jump": ALL,
    "an act that nobody knows": "",
}

MATRIX: Final = KINDS | QUERIES | {f"act {name}": roles for name, roles in SYSTEM.items()}

_STATES: Final[dict[str, dict[str, str]]] = {
    "raise": {"state": "Open", "source": "manual"},
    "override": {"state": "Answered", "source": "check"},
    "report": {"state": "Open", "source": "conflict", "query": "CONFLICT.1"},
    "answer": {"state": "Answered", "query": "a.1"},
    "close": {"state": "Closed", "query": "a.1"},
    "cancel": {"state": "Cancelled", "query": "a.1"},
    "reopen": {"state": "Open", "query": "a.1"},
    "resolve": {"state": "Resolved", "query": "a.1"},
}


def all_acts() -> set[str]:
    """What the program knows of."""
    kinds = {kind.value for kind in Kind} - {"annotation", "user", "system"}
    return kinds | {act.value for act in QueryAct} | {"sdv"} | {f"act {name}" for name in ACTS}


def entry_of(act: str, fingerprint: str = "") -> Entry:
    """A row that records the act, as bare as its right can be told from; it changes nothing about anybody."""
    form = ItemPath("01-001", "SE.W0", "", "F.ESSPRI")
    place = ItemPath("01-001", "SE.W0", "", "F.ESSPRI", "", "IG.X", "", "I.PAIN")
    if act.startswith("act "):
        kind = Kind.USER if act.removeprefix("act ") in ("create", "certify", "role", "close") else Kind.SYSTEM
        return Entry(kind, ItemPath(), "Insert", payload=_payload(act.removeprefix("act "), fingerprint))
    if act in QUERIES:
        return Entry(Kind.ANNOTATION, place, "Insert", payload=_annotation(act))
    paths = {"subject": ItemPath("01-001"), "event": ItemPath("01-001", "SE.W0"), "item": place}
    path = ItemPath() if act == "acknowledgement" else paths.get(act, form)
    words = {"item": "4", "form": "complete", "event": "2026-11-22", "subject": "enrolled", "signature": "signed"}
    payload = {"act": "acknowledge"} if act == "acknowledgement" else None
    return Entry(Kind(act), path, "Insert", Datum(words.get(act)), payload=payload)


def _payload(act: str, fingerprint: str) -> dict[str, Any]:
    """Without what it is about nobody is made, certified, revoked; the header of a study must be this study's."""
    named = act in ("study", "joined", "restored", "copied")
    return {"act": act} | ({"ca_fingerprint": fingerprint} if named else {})


def _annotation(act: str) -> dict[str, Any]:
    if act == "sdv":
        return {"type": "sdv", "verified": True, "versions": {"I.PAIN": "1/a/1"}}
    if act not in _STATES:
        return {"type": "remark", "text": "x"}
    return {"type": "query", "text": "Why", **_STATES[act]}
