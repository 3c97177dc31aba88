"""What a disk may hold after the power failed, made from a trace: every operation is a crash point.

Data: of what was written to a file since its last fsync, each 512-byte sector is there, not there, torn, or rubbish.
Names: in the *ordered* model changes of directories (and the ends of files) reach the disk in their order, and each
fsync takes all before it along, as a journalling file system does. In the *strict* model a new, renamed or removed
name is safe only once its own directory was synced, and any other may be lost by itself.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from attrs import define, field, frozen

from tests.fault.shim import Call, Operation

SECTOR = 512
Model = Literal["ordered", "strict"]
MODELS: tuple[Model, ...] = ("ordered", "strict")
Luck = Literal["nothing", "everything", "dropped", "torn"]
LUCKS: tuple[Luck, ...] = ("nothing", "everything", "dropped", "torn", "torn", "dropped")
"""What happens to what was not synced; the last four by the dice."""


@define(eq=False)
class Inode:
    """A file, whatever its name is just now."""

    durable: bytearray = field(factory=bytearray)
    """As of the last fsync."""
    length: int = 0
    """Of the file as the program sees it."""
    pending: list[tuple[int, bytes | None]] = field(factory=list)
    """(offset, bytes) of writes and (length, None) of truncations since then, in order."""

    def write(self, at: int, data: bytes | None) -> None:
        """A write, or a new length."""
        self.pending.append((at, data))
        self.length = at if data is None else max(self.length, at + len(data))

    def sync(self) -> None:
        """All of it is on the disk."""
        for at, data in self.pending:
            put(self.durable, at, data)
        self.pending.clear()

    def after(self, luck: Luck, chance: random.Random) -> bytes:
        """What is read of it after the power came back."""
        content = bytearray(self.durable)
        if luck == "nothing":
            return bytes(content)
        for at, data in self.pending:
            if data is None or luck == "everything":
                if luck == "everything" or chance.random() < 0.5:
                    put(content, at, data)
            else:
                for offset, part in sectors(at, data):
                    _land(content, offset, part, luck, chance)
        return bytes(content)


def put(content: bytearray, at: int, data: bytes | None) -> None:
    """A write, or a new length."""
    end = at if data is None else at + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if data is None:
        del content[at:]
    else:
        content[at:end] = data


def sectors(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """A write cut at the borders of sectors."""
    end = at + len(data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, data[len(data) - (end - at) : len(data) - (end - stop)]
        at = stop


def _land(content: bytearray, at: int, part: bytes, luck: Luck, chance: random.Random) -> None:
    if chance.random() < 0.5:
        return
    if luck == "torn" and chance.random() < 0.3:
        cut = chance.randrange(len(part) + 1)
        part = part[:cut] if chance.random() < 0.7 else part[:cut] + chance.randbytes(len(part) - cut)
    put(content, at, part)


@frozen
class Naming:
    """One change of names: path → inode, None for a folder, or gone."""

    changes: tuple[tuple[str, object], ...]
    folders: frozenset[str]
    """Which directories it changes."""


GONE = object()
FOLDER = object()


class Disk:
    """Files and names as the program sees them, and as far as they are surely on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.names: dict[str, object] = {}
        self._open: dict[int, str] = {}
        self._inode: dict[int, Inode] = {}
        self._strict: dict[str, object] = {}
        self._ordered: dict[str, object] = {}
        self._loose: list[Naming] = []
        self._queued: list[Naming] = []
        for folder, _, files in os.walk(root):
            self.names[folder] = FOLDER
            for name in files:
                data = bytearray((Path(folder) / name).read_bytes())
                self.names[f"{folder}/{name}"] = Inode(data, len(data))
        self._strict, self._ordered = dict(self.names), dict(self.names)

    def do(self, call: Call) -> None:
        """One operation of the trace."""
        match call.operation:
            case Operation.OPEN:
                self._opened(call)
            case Operation.CLOSE:
                self._open.pop(call.descriptor, None)
                self._inode.pop(call.descriptor, None)
            case Operation.WRITE:
                self._inode[call.descriptor].write(call.a, call.data)
            case Operation.TRUNCATE:
                self._inode[call.descriptor].write(call.a, None)
            case Operation.SYNC:
                self._synced(call.descriptor)
            case Operation.UNLINK | Operation.RMDIR:
                self._rename((call.paths[0], GONE))
            case Operation.MKDIR:
                self._rename((call.paths[0], FOLDER))
            case Operation.RENAME:
                self._moved(*call.paths)

    def _opened(self, call: Call) -> None:
        path = call.paths[0]
        self._open[call.descriptor] = path
        found = self.names.get(path)
        if found is FOLDER:
            return
        if not isinstance(found, Inode):
            found = Inode()
            self._rename((path, found))
        elif call.a & os.O_TRUNC and call.a & (os.O_WRONLY | os.O_RDWR):
            found.write(0, None)
        self._inode[call.descriptor] = found

    def _moved(self, old: str, new: str) -> None:
        below = [p for p in self.names if p == old or p.startswith(old + "/")]
        changes = [(new + p[len(old) :], self.names[p]) for p in below]
        self._rename(*((p, GONE) for p in below), *changes, at=(old, new))

    def _rename(self, *changes: tuple[str, object], at: tuple[str, ...] = ()) -> None:
        touched = frozenset(os.path.dirname(path) for path in at or [path for path, _ in changes])  # noqa: PTH120
        naming = Naming(tuple(changes), touched)
        apply(self.names, naming)
        self._loose.append(naming)
        self._queued.append(naming)

    def _synced(self, descriptor: int) -> None:
        path, inode = self._open.get(descriptor), self._inode.get(descriptor)
        if inode is not None:
            inode.sync()
        for naming in self._queued:
            apply(self._ordered, naming)
        self._queued.clear()
        if path is not None and self.names.get(path) is FOLDER:
            kept = []
            for naming in self._loose:
                if path in naming.folders:
                    apply(self._strict, naming)
                else:
                    kept.append(naming)
            self._loose = kept

    def image(self, model: Model, luck: Luck, chance: random.Random) -> dict[str, bytes | None]:
        """Path below the root → bytes, None for a folder: one disk the power may have left behind."""
        names = self._names_after(model, luck, chance)
        image: dict[str, bytes | None] = {}
        done: dict[int, bytes] = {}
        for path, thing in names.items():
            inside = path[len(self.root) + 1 :]
            if isinstance(thing, Inode):
                if id(thing) not in done:
                    done[id(thing)] = thing.after(luck, chance)
                image[inside] = done[id(thing)]
            elif inside:
                image[inside] = None
        return {path: data for path, data in image.items() if _reachable(path, image)}

    def _names_after(self, model: Model, luck: Luck, chance: random.Random) -> dict[str, object]:
        names = dict(self._ordered if model == "ordered" else self._strict)
        waiting = self._queued if model == "ordered" else self._loose
        if luck == "everything":
            keep = [True] * len(waiting)
        elif luck == "nothing":
            keep = [False] * len(waiting)
        elif model == "ordered":
            first = chance.randrange(len(waiting) + 1)
            keep = [at < first for at in range(len(waiting))]
        else:
            keep = [chance.random() < 0.5 for _ in waiting]
        missing: set[str] = set()
        for naming, kept in zip(waiting, keep, strict=True):
            touched = {path for path, _ in naming.changes}
            if kept and not touched & missing:  # what was built on a lost name is lost with it
                apply(names, naming)
            else:
                missing |= touched
        return names


def apply(names: dict[str, object], naming: Naming) -> None:
    """Names after a change."""
    for path, thing in naming.changes:
        if thing is GONE:
            names.pop(path, None)
        else:
            names[path] = thing


def _reachable(path: str, image: Mapping[str, object]) -> bool:
    above = os.path.dirname(path)  # noqa: PTH120
    return not above or (above in image and image[above] is None and _reachable(above, image))


def write_image(image: Mapping[str, bytes | None], to: Path) -> None:
    """The disk as files."""
    for path in sorted(image):
        data = image[path]
        if data is None:
            (to / path).mkdir(parents=True, exist_ok=True)
        else:
            (to / path).write_bytes(data)


def fingerprint(image: Mapping[str, bytes | None]) -> bytes:
    """The same for the same disk."""
    digest = hashlib.sha256()
    for path in sorted(image):
        data = image[path]
        digest.update(path.encode() + b"\0" + (b"-" if data is None else hashlib.sha256(data).digest()))
    return digest.digest()


@frozen
class Crash:
    """One moment of a trace and one disk it may have left."""

    point: int
    marks: int
    """How many rounds were acknowledged by then."""
    model: Model
    luck: Luck
    image: dict[str, bytes | None] = field(repr=False)


def crashes(root: Path, calls: Iterable[Call], seed: int, share: tuple[int, int] = (0, 1)) -> Iterator[Crash]:
    """Every operation as a crash point, in both models; a disk that was met already is passed over.

    ``share`` (0, 3): of three processes the first, which takes every third point.
    """
    disk, marks, seen = Disk(root), 0, set[tuple[bytes, int]]()
    for point, call in enumerate(calls):
        if call.operation is Operation.MARK:
            marks += 1
        else:
            disk.do(call)
        if point % share[1] != share[0]:
            continue
        chance = random.Random(f"{seed}/{point}")
        for model in MODELS:
            for luck in LUCKS:
                image = disk.image(model, luck, chance)
                key = fingerprint(image), marks
                if key not in seen:
                    seen.add(key)
                    yield Crash(point, marks, model, luck, image)
