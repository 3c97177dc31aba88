"""Verification in three depths: pages, schema, chain, signatures, rights, current state against the fold of the log."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

from attrs import define, field, frozen

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import fold, schema
from crf_desktop.store.engine import NONSENSE, Database, StatementError
from crf_desktop.store.finding import Finding
from crf_desktop.store.log import Log, Position
from crf_desktop.store.people import People
from crf_desktop.store.row_check import RowCheck
from crf_desktop.store.signature_check import Alone, Place, Signatures, Signed

if TYPE_CHECKING:
    from crf_desktop.store.study import Store

Depth = Literal["recent", "quick", "full"]
"""``recent``: own last rows, at every unlocking; ``quick``: besides, all not verified before; ``full``: everything."""
Progress = Callable[[int, int], None]
Heads = Mapping[str, tuple[int, bytes]]
"""Origin → (seq, hash)."""

RECENT_ROWS: Final = 200
"""How many of its own last rows are looked at in any case."""
SHARED_FROM: Final = 50_000
"""Rows from which on a second process is worth its start."""
_MOST: Final = 100
"""Findings of one kind; the rest of a badly damaged file says nothing new."""


@frozen
class Checked:
    """What a verification came to."""

    findings: tuple[Finding, ...]
    """One ``verify.ok_…`` when nothing is wrong."""
    heads: Heads
    """Where each origin stood; up to there everything is verified if nothing is wrong."""
    whole: Mapping[str, int]
    """Origin → the last row before the first that is not as it was written; the last row where all are."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(finding.bad for finding in self.findings)


@define
class Check:
    """One verification under way."""

    database: Database
    people: People
    study_oid: str
    own_origin: str
    opened: Sequence[Finding] = ()
    """What opening the study has found already."""
    since: Heads = field(factory=dict)
    """Up to where a quick one need not go again."""
    progress: Progress | None = None
    """Told (done, in all); what it raises ends the verification."""
    signatures: Signatures = field(factory=Alone)
    state: bool = False
    """Whether a quick one looks at pages, documents and current state besides."""
    upto: Heads | None = None
    """Where it ends, when somebody may write meanwhile; None: where the log ends."""
    _heads: dict[str, tuple[int, bytes]] = field(factory=dict)
    _whole: dict[str, int] = field(factory=dict)
    _unfit_at: dict[str, int] = field(factory=dict)
    """Origin → the first row whose signature does not fit; that may be known long after the row was read."""
    _done: int = 0
    _total: int = 0

    def run(self, depth: Depth) -> Checked:
        """All findings of that depth."""
        steps: list[Callable[[], Iterator[Finding]]] = [lambda: self._begin(depth), self._schema]
        everything = depth == "full" or self.state
        steps += [lambda: self._pages(depth)] if everything else []
        steps += [lambda: self._chains(depth)]
        steps += [self._folds, self._documents] if everything else []
        found = list(self.opened)
        for step in steps:
            try:
                for finding in step():
                    if finding not in found:
                        found.append(finding)
            except EnvironmentProblem as problem:
                found.append(Finding("verify.unreadable", "damage", detail=problem.code))
            except (StatementError, *NONSENSE) as error:
                found.append(Finding("verify.unreadable", "damage", detail=type(error).__name__))
        self._whole |= {origin: min(self._whole[origin], seq - 1) for origin, seq in self._unfit_at.items()}
        if any(finding.stops for finding in found):
            found += self._intact(depth)
        if not any(finding.bad for finding in found):
            held = sum(seq for seq, _ in self._heads.values())
            found.append(Finding(f"verify.ok_{depth}", "ok", detail=str(held)))
        return Checked(tuple(found), dict(self._heads), dict(self._whole))

    def _begin(self, depth: Depth) -> Iterator[Finding]:
        """What is there; the first read of a file that was cut off in a save puts the save right."""
        ends = self.upto if self.upto is not None else heads_of(self.database)
        self._heads = {origin: end for origin, end in ends.items() if depth != "recent" or origin == self.own_origin}
        rows = sum(seq - self._start(origin, depth).seq for origin, (seq, _) in self._heads.items())
        self._total = rows + rows // 4 if depth == "full" else rows + self.state
        return iter(())

    def _tell(self, done: int) -> None:
        self._done = done
        if self.progress is not None:
            self.progress(min(done, self._total), self._total)

    def _schema(self) -> Iterator[Finding]:
        """A dropped trigger would let the log be rewritten from then on."""
        rows = self.database.all("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        found = {row[0]: row[1] for row in rows}
        for name in sorted(found.keys() | schema.OBJECTS.keys()):
            if found.get(name) != schema.OBJECTS.get(name):
                yield Finding("verify.schema", "tamper", detail=name)

    def _pages(self, depth: Depth) -> Iterator[Finding]:
        self._tell(0)
        for row in self.database.all("PRAGMA cipher_integrity_check")[:_MOST]:
            yield Finding("verify.page", "damage", detail=str(row[0])[:100])
        rows = self.database.all("PRAGMA integrity_check") if depth == "full" else [("ok",)]
        if [row[0] for row in rows] != ["ok"]:
            # SQLite's words may quote a value; that it is not ok is all that goes on.
            yield Finding("verify.structure", "damage", detail=str(len(rows)))

    def _start(self, origin: str, depth: Depth) -> Position:
        """After which row an origin is read: all of it, unless a row that was verified still stands as it was."""
        last = self._heads[origin][0]
        seq, digest = self.since.get(origin, (0, b"")) if depth == "quick" else (last, None)
        if origin == self.own_origin:
            seq = min(seq, last - RECENT_ROWS)
        if depth == "full" or not 0 < seq <= last:
            return Position()
        select = "SELECT seq, hash, lamport FROM change WHERE origin = ? AND seq = ?"
        found = self.database.tuples(select, (origin, seq))
        known = self.since.get(origin) == (seq, digest)
        if not found or (known and found[0][1] != digest):
            return Position()
        return Position(*found[0])

    def _chains(self, depth: Depth) -> Iterator[Finding]:
        judge, done = RowCheck(self.study_oid, self.people), 0
        for origin, (last, _) in self._heads.items():
            start = self._start(origin, depth)
            yield from self._chain(judge, origin, start, done)
            done += last - start.seq
            self._tell(done)
        yield from self._unfit(self.signatures.rest())

    def _chain(self, judge: RowCheck, origin: str, end: Position, done: int) -> Iterator[Finding]:
        first, last, bad = end.seq, self._heads[origin][0], 0
        self._whole[origin] = end.seq
        whole = True
        for page in Log(self.database).pages(origin, end.seq, last):
            signed: list[Signed] = []
            for finding, after in judge.rows(page, end, signed):
                end, whole = after, whole and finding is None
                if finding is not None:
                    bad += 1
                    yield finding
                elif whole:
                    self._whole[origin] = after.seq
            yield from self._unfit(self.signatures.check(signed))
            if bad > _MOST:
                return
            self._tell(done + end.seq - first)

    def _unfit(self, places: Sequence[Place]) -> Iterator[Finding]:
        for origin, seq in places:
            self._unfit_at[origin] = min(self._unfit_at.get(origin, seq), seq)
            yield Finding("verify.author_signature", "tamper", origin, seq)

    def _intact(self, depth: Depth) -> Iterator[Finding]:
        """Up to which entry each origin can be relied on, when that was written, and by whom."""
        code = "verify.intact_recent" if depth == "recent" else "verify.intact"
        for origin, seq in self._whole.items():
            with contextlib.suppress(EnvironmentProblem, StatementError, *NONSENSE):
                row = Log(self.database).change(origin, seq)
                if row is None:
                    yield Finding("verify.intact_none", "note", origin)
                else:
                    known = self.people.known.get(row.user_oid)
                    who = known.person.full_name if known else row.user_oid
                    yield Finding(code, "note", origin, seq, f"{row.recorded_at}, {who}")

    def _folds(self) -> Iterator[Finding]:
        """Compared participant by participant, so that memory stays small."""
        everybody, rows = fold.subjects(self.database), self._done
        answers = forms = 0
        for n, subject in enumerate(everybody, 1):
            found = fold.differences(self.database, subject)
            answers, forms = answers + found[0], forms + found[1]
            self._tell(rows + (self._total - rows) * n // len(everybody))
        if answers:
            yield Finding("verify.head", "tamper", detail=str(answers))
        if forms:
            yield Finding("verify.form_head", "tamper", detail=str(forms))

    def _documents(self) -> Iterator[Finding]:
        for (digest,) in self.database.tuples("SELECT digest FROM document ORDER BY digest"):
            found = self.database.tuples("SELECT data FROM document WHERE digest = ?", (digest,))
            if not found or "sha256:" + hashlib.sha256(found[0][0]).hexdigest() != digest:
                yield Finding("verify.document", "tamper", detail=digest)


def heads_of(database: Database) -> dict[str, tuple[int, bytes]]:
    """Where each origin stands."""
    log = Log(database)
    ends = {origin: log.position(origin) for origin in log.origins()}
    return {origin: (end.seq, end.head) for origin, end in ends.items()}


def check_of(store: Store, progress: Progress | None = None, since: Heads | None = None) -> Check:
    """A verification of an open study by the process that holds it."""
    parts = store.parts
    return Check(parts.database, store.who, store.study_oid, store.origin, store.findings, since or {}, progress)


