"""Participant numbers of a file: its first block, and those the authority's file gave it afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crf_desktop.errors import Refused
from crf_desktop.model.data import Kind
from crf_desktop.store import lineage
from crf_desktop.store.installation import Block
from crf_desktop.store.log import Log, entry_of

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

GRANTED = "granted"
"""``holder`` of a row that gives a further block to the file that ``to`` names."""


def blocks(store: Store) -> tuple[Block, ...]:
    """In the order in which their numbers are given; those granted to a file count for its own origin alone."""
    log = Log(store.parts.database)
    found = [store.block]
    for origin in sorted(log.origins()):
        for row in log.last_act(origin, ("block",)):
            body = json.loads(row.payload or "{}")
            mine = (body.get("holder"), body.get("to"), body.get("site")) == (GRANTED, store.origin, store.site)
            if mine and founding(log, origin) and not store.who.barred(row):
                found.append(Block.read(body))
    return tuple(found)


def grant(store: Store, origin: str) -> tuple[str, Block]:
    """(site, further block) for a file of the study, as a row that a bundle takes there.

    Raises Refused ``store.invite_elsewhere`` but on the file where the study was set up, ``store.no_such_file``.
    """
    if not store.parts.founding:
        raise Refused("store.invite_elsewhere")
    log = Log(store.parts.database)
    site = site_of(log, origin)
    if not site:
        raise Refused("store.no_such_file")
    block = lineage.next_block(log, store.origin, site)
    store.append([entry_of(Kind.SYSTEM, "block", site=site, holder=GRANTED, to=origin, **block.body())])
    return site, block


def founding(log: Log, origin: str) -> bool:
    """Whether an origin is that of the file where the study was set up, or goes on from it."""
    for row in log.last_act(origin, ("study", *lineage.ACTS)):
        body = json.loads(row.payload or "{}")
        return body["act"] == "study" or bool(body.get("founding"))
    return False


def site_of(log: Log, origin: str) -> str:
    """The site whose numbers a file gives; empty where nothing is known of the file."""
    for one in (origin, *(before for before, _ in lineage.before(log, origin))):
        for row in log.last_act(one, ("study", "joined")):
            return str(json.loads(row.payload or "{}")["site"])
    return ""


def left(store: Store) -> int:
    """How many participant numbers this file can still give."""
    taken = _taken(store)
    return sum(block.last + 1 - _next(block, taken) for block in blocks(store))


def next_number(store: Store) -> str:
    """The next participant key: site prefix and number of this file's blocks; Refused ``store.block_used_up``."""
    taken, held = _taken(store), blocks(store)
    for block in held:
        number = _next(block, taken)
        if number <= block.last:
            return f"{store.site}-{number:03}"
    raise Refused("store.block_used_up", size=sum(block.size for block in held), origin=store.origin)


def _next(block: Block, taken: list[int]) -> int:
    return max((n for n in taken if block.first <= n <= block.last), default=block.first - 1) + 1


def _taken(store: Store) -> list[int]:
    tails = (row.path.subject.removeprefix(f"{store.site}-") for row in store.subjects())
    return [int(tail) for tail in tails if tail.isdigit()]
