"""A study file that goes on under another origin: restored, copied by hand, or put back to an earlier state."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Change, Entry, Kind
from crf_desktop.store.installation import Block
from crf_desktop.store.installation_key import wrap_installation
from crf_desktop.store.keyring import KeyFile
from crf_desktop.store.log import Log, entry_of

if TYPE_CHECKING:
    from crf_desktop.store.engine import Database

ACTS: Final = ("restored", "copied")
"""Acts of the row that says from where an origin goes on."""
_SETTING: Final = "origin/"
_FIRST_DRAWN, _DRAWN = 10_000, 90_000
DRAWN_SIZE: Final = 99


@frozen(slots=True)
class Beginning:
    """How an origin begins that goes on from another; kept as a setting until its first rows stand."""

    act: str
    """``restored`` or ``copied``."""
    from_origin: str
    from_seq: int
    from_head: str
    """Hex."""
    metadata_digest: str
    block: Block
    founding: bool
    receiver: dict[str, Any] | None = field(repr=False)
    """To whom the laptop before sent, where it had joined."""
    made_at: str = ""
    """UTC: when the backup was made."""
    sha256: str = ""
    """Of the backup file."""

    def body(self) -> dict[str, Any]:
        """As the setting and the row hold it."""
        told = {} if self.receiver is None else {"receiver": self.receiver}
        backup = {"made_at": self.made_at, "sha256": self.sha256} if self.sha256 else {}
        return {
            "from_origin": self.from_origin, "from_seq": self.from_seq, "from_head": self.from_head,
            "metadata_digest": self.metadata_digest, "block": self.block.body(), "founding": self.founding,
            **told, **backup,
        }  # fmt: skip

    @classmethod
    def read(cls, act: str, body: Any) -> Beginning:
        """From JSON; raises KeyError, TypeError or ValueError."""
        return cls(
            act, str(body["from_origin"]), int(body["from_seq"]), str(body["from_head"]), str(body["metadata_digest"]),
            Block.read(body["block"]), bool(body["founding"]), body.get("receiver"), str(body.get("made_at", "")),
            str(body.get("sha256", "")),
        )  # fmt: skip


def new_origin() -> str:
    """64 random bits in base 32."""
    return base64.b32encode(os.urandom(8)).decode("ascii").rstrip("=").lower()


def drawn(taken: Iterable[int]) -> Block:
    """A number block that nobody had to be asked for: five digits by lot, two that count.

    The laptop before may have given numbers, and number blocks, that a copy of it cannot know; so a copy takes none
    that it could have reached by counting, and two copies that never meet draw one of ninety thousand each.
    """
    gone = set(taken)
    index = next(n for _ in range(10_000) if (n := _FIRST_DRAWN + secrets.randbelow(_DRAWN)) not in gone)
    return Block(index, index * 100 + 1, DRAWN_SIZE)


def blocks_given(log: Log) -> set[int]:
    """The index of every number block that any row held here names."""
    found: set[int] = set()
    for origin in log.origins():
        for row in log.last_act(origin, ("block", "joined", *ACTS)):
            body = json.loads(row.payload or "{}")
            found.add(int((body if body["act"] == "block" else body["block"])["index"]))
    return found


def before(log: Log, origin: str) -> list[tuple[str, int]]:
    """The origins a file had before this one, nearest first, each with the last row that is its own past."""
    found: list[tuple[str, int]] = []
    seen = {origin}
    while True:
        rows = log.last_act(origin, ACTS)
        body = json.loads(rows[0].payload or "{}") if rows else None
        waits = beginning_waiting(log, origin) if body is None else None
        if body is not None:
            origin, seq = str(body["from_origin"]), int(body["from_seq"])
        elif waits is not None:
            origin, seq = waits.from_origin, waits.from_seq
        else:
            return found
        if origin in seen:
            return found
        seen.add(origin)
        found.append((origin, seq))


def next_block(log: Log, origin: str, site: str) -> Block:
    """A number block for another laptop: the next one; one by lot where the file before may have given that one."""
    if before(log, origin):
        return drawn(blocks_given(log))
    from crf_desktop.store.countersigning import next_block as counted

    return Block.number(counted(log.last_act(origin, ("block",)), site))


def just_begun(log: Log, origin: str) -> bool:
    """Whether no row stands beyond the first ones, which were written at once: the witness may lag by so much."""
    end = log.position(origin).seq
    first, last = log.change(origin, 1), log.change(origin, end)
    return first is None or last is None or first.recorded_at == last.recorded_at


def past(log: Log, origin: str) -> list[tuple[str, int | None]]:
    """This origin, and those before it up to where they are this file's past, oldest first."""
    return [*reversed(before(log, origin)), (origin, None)]


def acts_of_file(log: Log, origin: str, acts: Sequence[str]) -> list[Change]:
    """System rows of a file under whatever origin, whose act is one of those, in order."""
    return [
        row for one, last in past(log, origin) for row in log.last_act(one, acts) if last is None or row.seq <= last
    ]


def beginning_waiting(log: Log, origin: str) -> Beginning | None:
    """How an origin is to begin that has no row yet; None where it has one, or nothing was prepared."""
    if log.position(origin).seq:
        return None
    told = log.setting(_SETTING + origin)
    if not told:
        return None
    try:
        body = json.loads(told)
        return Beginning.read(str(body["act"]), body)
    except (ValueError, KeyError, TypeError):
        raise EnvironmentProblem("study.damaged", page="?") from None


def prepare(database: Database, keys: KeyFile, data_key: bytearray, act: str, **backup: str) -> KeyFile:
    """The key file under a fresh origin with installation keys of its own, sealed but not written yet.

    How it begins is kept in the log first: cut off before the key file is written, the next opening draws again.
    """
    from crf_desktop.store.opening import beginnings  # it opens by way of this module

    log, origin = Log(database), new_origin()
    waits = beginning_waiting(log, keys.origin)
    if waits is not None:  # cut off, or copied, before its first rows stood: it goes on from where that one was to
        begin = evolve(waits, block=drawn(blocks_given(log)))
    else:
        own = [act for act in log.acts() if act.origin == keys.origin]
        digest, _, founding = beginnings(own)
        end = log.position(keys.origin)
        block = drawn(blocks_given(log))
        begin = Beginning(
            act, keys.origin, end.seq, end.head.hex(), digest, block, founding, _receiver(own), **backup
        )  # fmt: skip
    log.keep_setting(_SETTING + origin, json.dumps({"act": begin.act, **begin.body()}))
    fresh = wrap_installation(Ed25519PrivateKey.generate(), X25519PrivateKey.generate(), data_key, keys.db_id)
    return evolve(keys, origin=origin, installation=fresh).sealed_with(data_key)


def _receiver(own: Sequence[Change]) -> dict[str, Any] | None:
    for row in own:
        body = json.loads(row.payload or "{}")
        if body.get("act") in ("joined", *ACTS) and "receiver" in body:
            return dict(body["receiver"])
    return None


def beginning_entry(begin: Beginning, authority: str) -> Entry:
    """The row that says from where an origin goes on."""
    from crf_desktop.store import certificate

    return entry_of(
        Kind.SYSTEM, begin.act, **begin.body(), ca_fingerprint=certificate.fingerprint(authority),
    )  # fmt: skip
