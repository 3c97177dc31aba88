"""What a site sets for itself: the units and limits of its laboratory, and numbers of the protocol."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from crf_desktop.capture.right import require, require_writable
from crf_desktop.errors import Refused
from crf_desktop.model.access import Action
from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion
from crf_desktop.model.path import ItemPath
from crf_desktop.model.value import parse
from crf_desktop.store import Store

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

LABORATORY, PARAMETER = "laboratory_profile", "parameter"
"""The acts of the rows; each row says how things stand from then on."""
LIMITS: Final = ("_uln", "_lln")
"""How the analysis name of an upper or a lower limit of normal ends."""
_NUMBER: Final = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)


@frozen(slots=True)
class Profile:
    """How things stand at one site; what it has not set is absent."""

    units: Mapping[str, str] = {}
    """Item OID → the unit its laboratory reports; the unit of a field that has no answer yet."""
    limits: Mapping[str, str] = {}
    """OID of a limit of normal → value in that unit, as typed; shown beside the field, never filled in."""
    parameters: Mapping[str, str] = {}
    """Name of a parameter → value."""

    def unit(self, item: ItemDef) -> str:
        """The unit an item is reported in here; empty where it has none."""
        return self.units.get(item.oid) or next(iter(item.units), "")


def profile_of(store: Store, definition: MetaDataVersion) -> Profile:
    """The site's profile as the newest rows say; what the definition no longer has is passed over."""
    found = Profile()
    for row in store.rows(Kind.SYSTEM):
        payload = _payload(row)
        reader = _READERS.get(str(payload.get("act")))
        if reader is not None and payload.get("site") == store.site:
            found = reader(definition, found, payload)
    return found


def analytes(definition: MetaDataVersion) -> list[tuple[FormDef, tuple[ItemDef, ...]]]:
    """By form: the items whose unit or limit of normal a site can set."""
    found = []
    for form in definition.forms:
        asked = (i for i in definition.items_of(form.oid) if not is_limit(i))
        if settable := tuple(i for i in asked if len(i.units) > 1 or limits_of(definition, i)):
            found.append((form, settable))
    return found


def limits_of(definition: MetaDataVersion, item: ItemDef) -> list[ItemDef]:
    """The limits of normal of an item: ``esr_uln`` of ``esr``."""
    found = (definition.item_by_name.get(item.name + tail) for tail in LIMITS)
    return [limit for limit in found if limit is not None]


def is_limit(item: ItemDef) -> bool:
    """Whether an item is a limit of normal of another."""
    return item.name.endswith(LIMITS)


def configure(
    study: Study,
    laboratory: tuple[Mapping[str, str], Mapping[str, str]] | None,
    parameters: Mapping[str, str],
    reason: str,
) -> None:
    """Sets what a site sets for itself, all of it in one transaction or nothing.

    ``laboratory``: units and limits of normal by item OID, the whole profile; an empty limit is none, and a limit is in
    the unit of its item. Raises Refused ``access.no_right``, ``entry.reason_needed``, ``value.*``.
    """
    require_writable(study.store)
    require(study.session, Action.CONFIGURE)
    if not reason.strip():
        raise Refused("entry.reason_needed", item=LABORATORY)
    bodies = [_parameter_body(study.definition, name, typed) for name, typed in parameters.items()]
    if laboratory is not None:
        bodies.append(_laboratory_body(study.definition, *laboratory))
    why, site = reason.strip(), study.store.site
    if bodies:
        payloads = [{**body, "site": site} for body in bodies]
        study.store.append(
            [Entry(Kind.SYSTEM, ItemPath(), "Insert", payload=p, reason_for_change=why) for p in payloads]
        )


def _laboratory_body(
    definition: MetaDataVersion, units: Mapping[str, str], limits: Mapping[str, str]
) -> dict[str, Any]:
    chosen: dict[str, str] = {}
    for oid, unit in units.items():
        about = definition.item[oid]
        if unit not in about.units:
            raise Refused("value.unit_unknown", item=oid)
        chosen |= {i.oid: unit for i in (about, *limits_of(definition, about)) if unit in i.units[1:]}
    typed = {oid: text.strip() for oid, text in limits.items() if text.strip()}
    read = {oid: parse(definition, definition.item[oid], text, chosen.get(oid)).value for oid, text in typed.items()}
    return {"act": LABORATORY, "units": chosen, "limits": read}


def _parameter_body(definition: MetaDataVersion, name: str, typed: str) -> dict[str, Any]:
    value = _number(typed)
    if value is None or name not in {p.name for p in definition.parameters}:
        raise Refused("value.not_a_number", item=name)
    return {"act": PARAMETER, "name": name, "value": value}


def profile_history(store: Store) -> list[Change]:
    """Every row by which this site set something, oldest first."""
    acts = (LABORATORY, PARAMETER)
    told = ((row, _payload(row)) for row in store.rows(Kind.SYSTEM))
    return [row for row, payload in told if payload.get("act") in acts and payload.get("site") == store.site]


def _payload(row: Change) -> dict[str, Any]:
    payload = json.loads(row.payload) if row.payload else {}
    return payload if isinstance(payload, dict) else {}


def _texts(pairs: Any) -> Iterable[tuple[str, str]]:
    return ((str(k), v) for k, v in pairs.items() if isinstance(v, str)) if isinstance(pairs, dict) else ()


def _laboratory(definition: MetaDataVersion, profile: Profile, payload: dict[str, Any]) -> Profile:
    known = definition.item
    units = {oid: u for oid, u in _texts(payload.get("units")) if oid in known and u in known[oid].units}
    limits = {oid: text for oid, text in _texts(payload.get("limits")) if oid in known}
    return evolve(profile, units=units, limits=limits)


def _parameter(definition: MetaDataVersion, profile: Profile, payload: dict[str, Any]) -> Profile:
    value = _number(str(payload.get("value")))
    if value is None or payload.get("name") not in {p.name for p in definition.parameters}:
        return profile
    return evolve(profile, parameters={**profile.parameters, str(payload["name"]): value})


_READERS: Final[dict[str, Callable[[MetaDataVersion, Profile, dict[str, Any]], Profile]]] = {
    LABORATORY: _laboratory, PARAMETER: _parameter,
}  # fmt: skip


def _number(typed: str) -> str | None:
    """A positive integer or decimal as it is stored; None for anything else."""
    text = typed.strip()
    return text if _NUMBER.fullmatch(text) and Decimal(text) > 0 else None
