"""Verification: pages, chain, signatures, rights, and whether current state is the fold of the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from crf_desktop.store.finding import Finding

if TYPE_CHECKING:
    from crf_desktop.store.engine import Database
    from crf_desktop.store.log import Log
    from crf_desktop.store.people import People
    from crf_desktop.store.study import Store


def verify(
    store: Store, database: Database, log: Log, people: People, opened: Sequence[Finding], depth: Literal["quick", "full"],
    progress: Callable[[int, int], None] | None,
) -> list[Finding]:  # fmt: skip
    raise NotImplementedError("comes with the next commit")
