"""Whether a study lies where this machine left it, in the state it was left in; else it is a copy."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crf_desktop.settings import user_data
from crf_desktop.store import engine
from crf_desktop.store.finding import Finding
from crf_desktop.store.log import Log
from crf_desktop.store.whereabouts import Whereabouts, here

if TYPE_CHECKING:
    from crf_desktop.store.keyring import KeyFile

SETTING: Final = "home"
_FILE: Final = "installations.json"
_MOST: Final = 200
"""Records kept; the oldest go first."""


def look(folder: Path, log: Log, keys: KeyFile) -> list[Finding]:
    """Why a file may not go on under its origin; empty where it lies as it was left, or nobody knows better.

    ``verify.copied``: it lies elsewhere than it says itself, on whatever machine. ``verify.earlier_state``: this user's
    folder remembers rows of it that are not there; ``detail`` says how many.
    """
    if on_purpose():
        return []
    found = []
    told = log.setting(SETTING)
    if told and not Whereabouts.read(json.loads(told)).same(here(folder / engine.NAME)):
        found.append(Finding("verify.copied", "note", keys.origin))
    known = _all().get(_name(keys))
    if known is not None:
        seq = int(known["seq"])
        held = log.position(keys.origin).seq
        row = log.change(keys.origin, seq) if 0 < seq <= held else None
        if seq > held or (row is not None and row.hash.hex() != known["head"]):
            found.append(Finding("verify.earlier_state", "note", keys.origin, detail=str(max(seq - held, 0))))
    return found


def settle(folder: Path, log: Log) -> None:
    """The file lies here from now on."""
    if on_purpose():
        return
    now = json.dumps(here(folder / engine.NAME).body())
    if log.setting(SETTING) != now:
        log.keep_setting(SETTING, now)


def remember(keys: KeyFile, seq: int, head: bytes, when: str) -> None:
    """How far this file has come, in the user's own folder; no name and no number of the study stands there."""
    if on_purpose():
        return
    with contextlib.suppress(OSError):
        known = _all()
        known[_name(keys)] = {"seq": seq, "head": head.hex(), "at": when}
        latest = sorted(known.items(), key=lambda one: str(one[1]["at"]))[-_MOST:]
        path = user_data() / _FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{_FILE}.{os.getpid()}.tmp")
        part.write_text(json.dumps(dict(latest), indent=1), "utf-8")
        part.replace(path)


def on_purpose() -> bool:
    """Whether studies are copied on purpose here, as tests do; what a copy is taken for is tested where it is meant."""
    return os.environ.get("CRF_SAME_PLACE") == "1"


def _name(keys: KeyFile) -> str:
    return f"{keys.db_id}/{keys.origin}"


def _all() -> dict[str, Any]:
    try:
        found = json.loads((user_data() / _FILE).read_text("utf-8"))
        good = isinstance(found, dict) and all({"seq", "head", "at"} <= one.keys() for one in found.values())
    except (OSError, ValueError, AttributeError):
        return {}
    return found if good else {}
