"""Rows about people, keys, copies and the file as sentences: account made, certificate revoked, clock moved."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crf_desktop.errors import Language
from crf_desktop.model.data import Change
from crf_desktop.report.drawing import grouped
from crf_desktop.report.words import role
from crf_desktop.store import certificate
from crf_desktop.wording import figure
from crf_desktop.wording.trail_act import ACTS, JOINED, VALUES

if TYPE_CHECKING:
    from crf_desktop.report.audit_section import Trail

_HEX = 12
_TELLING: frozenset[str] = frozenset(
    ("role", "origin", "site", "days", "slot", "seq", "version", "from_origin", "from_seq", "sequence", "epoch",
     "copy", "problem", "level", "url", "rows", "user_oid", "recipient")
)  # fmt: skip
"""Fields that stand as they are, or through :data:`VALUES`; all others are put into words one by one."""


def act_told(trail: Trail, row: Change) -> tuple[str, str] | None:
    """What a row is about, and its sentence; None for an act that nobody has put into words."""
    payload: dict[str, Any] = json.loads(row.payload or "{}")
    named = _variant(payload)
    if named not in ACTS:
        return None
    (about, sentence), chinese = ACTS[named], trail.language == "zh"
    facts: defaultdict[str, str] = defaultdict(lambda: "–", _facts(trail, payload))
    facts |= {name: facts.get(name, "") for name in ("identity", "place")}
    return about[chinese], sentence[chinese].format_map(facts)


def _variant(payload: Mapping[str, Any]) -> str:
    """The sentence that fits: some acts have more than one."""
    act = str(payload.get("act", ""))
    match act:
        case "failed_log_in":
            if not payload.get("user_oid"):
                return f"{act}.nobody"
            return f"{act}.{purpose}" if (purpose := payload.get("purpose")) in ("sign", "change") else act
        case "password.age":
            return act if payload.get("days") else f"{act}.never"
        case "timestamp.authority":
            return act if payload.get("url") else f"{act}.none"
        case "export":
            return f"{act}{_export(payload)}"
    return act


def _export(payload: Mapping[str, Any]) -> str:
    if payload.get("format") == "bundle":
        return ".bundle"
    return ".rows" if "rows" in payload else ".print" if {"subject", "event", "on"} & payload.keys() else ""


def _facts(trail: Trail, payload: Mapping[str, Any]) -> dict[str, str]:
    """Everything a sentence may name, as far as the row says it."""
    found = {k: str(v) for k, v in payload.items() if k in _TELLING}
    for name, words in VALUES.items():
        if name in payload:
            code = str(payload[name])
            found[name] = words[code][trail.language == "zh"] if code in words else code
    found |= _people(trail, payload) | _hashes(payload) | _moments(trail, payload) | _certificates(trail, payload)
    found |= _counts(trail, payload) | _settings(trail, payload)
    return {name: text for name, text in found.items() if text}


def _people(trail: Trail, payload: Mapping[str, Any]) -> dict[str, str]:
    body = payload.get("person", payload)
    body = body if isinstance(body, Mapping) else {}
    held = str(body.get("full_name", "")), str(body.get("user_name", ""))
    found = {"named": _full(*held, trail.language), "role": role(trail.language, str(body.get("role", "")))}
    oid = str(payload.get("user_oid", "")) or _owner(trail, payload)
    if oid:
        person = trail.people.get(oid)
        found["person"] = _full(person.full_name, person.user_name, trail.language) if person else oid
    said = str(payload.get("identity", ""))
    return found | {"identity": _join(trail.language, "identity", said) if said else ""}


def _full(full_name: str, user_name: str, language: Language) -> str:
    """``Lan Chen (lan.chen)``."""
    if not full_name or full_name == user_name:
        return user_name
    return f"{full_name}（{user_name}）" if language == "zh" else f"{full_name} ({user_name})"


def _owner(trail: Trail, payload: Mapping[str, Any]) -> str:
    """Whose key it was, told by the rows signed with it."""
    return trail.writers.get((str(payload.get("origin", "")), str(payload.get("key_id", ""))), "")


def _hashes(payload: Mapping[str, Any]) -> dict[str, str]:
    """The first digits of what a row names by its hash."""
    names = {"sha": "sha256", "document": "document", "of": "of", "head": "head", "print": "fingerprint",
             "fingerprint": "ca_fingerprint", "key": "key_id"}  # fmt: skip
    found = {short: _short(payload[name]) for short, name in names.items() if payload.get(name)}
    if "sha" not in found and "document" in found:
        found["sha"] = found["document"]
    return found


def _short(digest: object) -> str:
    return grouped(str(digest).removeprefix("sha256:")[:_HEX])


def _moments(trail: Trail, payload: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    names = {"at": "at", "made": "made_at", "before": "before", "now": "now", "next": "next_update"}
    for name, key in names.items():
        if payload.get(key):
            with contextlib.suppress(ValueError):
                found[name] = figure.moment(str(payload[key]), trail.language)
    if "shift_ms" in payload:
        found["shift"] = _join(trail.language, "seconds", figure.number(str(int(payload["shift_ms"]) // 1000)))
    return found


def _certificates(trail: Trail, payload: Mapping[str, Any]) -> dict[str, str]:
    """Serial numbers, and until when the signing one holds."""
    found = {"serial": str(payload.get("serial", ""))}
    for name, key in (("signs", "signing_certificate"), ("logs", "log_certificate"), ("serial", "certificate")):
        if payload.get(key):
            with contextlib.suppress(ValueError, TypeError):
                found[name] = certificate.serial(payload[key])
                if name == "signs":
                    until = certificate.dates(payload[key])[1].date().isoformat()
                    found["until"] = figure.day(until, trail.language)
    return found


def _counts(trail: Trail, payload: Mapping[str, Any]) -> dict[str, str]:
    found = {"slots": str(len(payload.get("slots", ()))), "n": str(payload.get("n_revoked", ""))}
    if isinstance(payload.get("recipients"), list):
        found["n"] = str(len(payload["recipients"]))
    if "rows" in payload:
        found["rows"] = figure.number(str(_rows(payload["rows"])))
    if "size" in payload and "why" in payload:
        found["size"] = _join(trail.language, "bytes", f"{int(payload['size']) / 1_000_000:.1f}")
    block = payload.get("block", payload)
    if isinstance(block, Mapping) and "first" in block and "size" in block:
        found["numbers"] = f"{block['first']:03}–{int(block['first']) + int(block['size']) - 1:03}"
    return found


def _rows(told: object) -> int:
    """Of one table, or of all of them."""
    return sum(int(n) for n in told.values()) if isinstance(told, Mapping) else int(str(told))


def _settings(trail: Trail, payload: Mapping[str, Any]) -> dict[str, str]:
    """What a site set, and which paper left."""
    found = {"name": str(payload.get("name", "")), "value": str(payload.get("value", ""))}
    for parameter in trail.definition.parameters:
        if parameter.name == payload.get("name"):
            found["name"] = parameter.label.in_(trail.language)
    if payload.get("holder") == "granted":
        found["holder"] = VALUES["holder"]["granted"][trail.language == "zh"].format(payload.get("to", "–"))
    if isinstance(payload.get("statement"), Mapping):
        found["statement"] = str(payload["statement"].get(trail.language, ""))
    found["told"] = "; ".join((*_units(trail, payload.get("units")), *_limits(trail, payload.get("limits"))))
    return found | {"place": "".join(_place(trail, payload))}


def _units(trail: Trail, told: object) -> Iterable[str]:
    for oid, unit in told.items() if isinstance(told, Mapping) else ():
        symbol = trail.definition.unit[unit].symbol.in_(trail.language) if unit in trail.definition.unit else str(unit)
        yield _join(trail.language, "item", _label(trail, oid), symbol)


def _limits(trail: Trail, told: object) -> Iterable[str]:
    for oid, value in told.items() if isinstance(told, Mapping) else ():
        yield _join(trail.language, "item", _label(trail, oid), value)


def _label(trail: Trail, oid: str) -> str:
    return trail.definition.name_of(oid).in_(trail.language) if oid in trail.definition.item else oid


def _place(trail: Trail, payload: Mapping[str, Any]) -> Iterable[str]:
    """Whose paper, of which visit, form and day."""
    subject, event, form = (str(payload.get(name, "")) for name in ("subject", "event", "form"))
    if subject:
        yield _join(trail.language, "participant", subject)
    if event:
        yield _join(trail.language, "visit", trail.visit_title(subject, event))
    if form:
        title = form
        with contextlib.suppress(KeyError):
            title = trail.definition.form_at(form).short_title.in_(trail.language)
        yield _join(trail.language, "visit", title)
    if payload.get("on"):
        yield _join(trail.language, "day", figure.day(str(payload["on"]), trail.language))


def _join(language: Language, word: str, *values: object) -> str:
    return JOINED[word][language == "zh"].format(*values)
