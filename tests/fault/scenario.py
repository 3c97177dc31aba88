"""What a study is doing when the fault comes: one entry each, run in a child process that acknowledges every round.

A new act of the program becomes one class and one line in ``scenarios.py``; kills, power loss and failing calls then
reach it by themselves.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from attrs import define, evolve, field, frozen

from crf_desktop.capture.filing import whole_file
from crf_desktop.capture.signing import export_pdf, file_pdf
from crf_desktop.capture.soundness import require_checked
from crf_desktop.capture.study import Study
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.exchange.tables import export_csv
from crf_desktop.model.data import Person
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store, attempts, create, unlock
from crf_desktop.store.backup import make, record
from crf_desktop.store.restoring import restore
from crf_desktop.store.rotation import rotate
from crf_desktop.store.slot_change import change_slots
from tests.fault import later
from tests.fault.site import BUNDLES, FIRST, N_BUNDLES, OUT, PASSWORD, PDF, SUBJECT, new_study, note
from tests.small_trial import small_trial


@frozen
class Said:
    """What a round has promised: present after every fault."""

    heads: Mapping[str, tuple[int, str]] = field(factory=dict)
    """Origin → last row and its hash."""
    documents: tuple[str, ...] = ()
    draft: str | None = None
    files: Mapping[str, str] = field(factory=dict)
    """Name of a file beside the study → SHA-256."""
    copies: tuple[str, ...] = ()
    """Names of study folders beside the study that must open."""
    keys: int = 0
    """Sequence of the key file."""
    people: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """User name → passwords one of which opens the account; none: it is closed."""
    recovery: bool = False
    """Whether a recovery code counts."""
    version: int = 0
    """Of the file's format, at least."""

    def body(self) -> dict[str, Any]:
        """For the pipe."""
        return {
            "heads": {o: list(h) for o, h in self.heads.items()}, "documents": list(self.documents),
            "draft": self.draft, "files": dict(self.files), "copies": list(self.copies), "keys": self.keys,
            "people": dict(self.people), "recovery": self.recovery, "version": self.version,
        }  # fmt: skip

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Said:
        """From the pipe."""
        heads = {o: (int(seq), str(head)) for o, (seq, head) in body["heads"].items()}
        people = {name: tuple(passwords) for name, passwords in body["people"].items()}
        return cls(
            heads, tuple(body["documents"]), body["draft"], body["files"], tuple(body["copies"]), int(body["keys"]),
            people, bool(body["recovery"]), int(body["version"]),
        )  # fmt: skip


def heads_of(store: Store) -> dict[str, tuple[int, str]]:
    """The end of every chain."""
    return {origin: (seq, head.hex()) for origin, (seq, head) in store.heads().items()}


@define
class Scenario:
    """Opened once, then round after round; when a round has returned, what it has promised can be asked."""

    place: Path
    store: Store = field(init=False)
    made: list[Path] = field(factory=list)
    """What the last round has put beside the study."""
    name: ClassVar[str]
    user: ClassVar[str] = "inv"
    rounds: ClassVar[int] = 10**6
    in_folder: ClassVar[str] = FIRST
    comes_into_being: ClassVar[bool] = False
    """Whether there is no study before the first round ends."""
    crosses: ClassVar[bool] = False
    """Whether something leaves the study or comes in: the log is checked first, as the program asks."""
    makes_keys: ClassVar[bool] = False
    """Whether it makes RSA keys, which take seconds."""

    @property
    def folder(self) -> Path:
        """The study."""
        return self.place / self.in_folder

    @property
    def out(self) -> Path:
        """Where what leaves the study goes."""
        return self.place / OUT

    def begin(self) -> None:
        """Opens what the rounds work on."""
        self.store = unlock(self.folder, self.user, PASSWORD)
        if self.crosses:
            require_checked(self.store)

    def before(self, n: int) -> None:
        """What is laid out for a round and is no part of it."""

    def step(self, n: int) -> None:
        """One round."""
        raise NotImplementedError

    def said(self) -> Said:
        """What the last round has promised; not a part of it."""
        files = {str(p.relative_to(self.out)): digest(p) for p in self.made}
        return Said(heads_of(self.store), files=files)

    def end(self) -> None:
        """Closes it."""
        self.store.close()


class Saves(Scenario):
    """One answer after the other."""

    name = "saves"

    def step(self, n: int) -> None:
        note(self.store, f"note {n}")


@define
class Answers(Scenario):
    """The same as the window does it: a form, its checks, its derived values; every third one half typed."""

    study: Study = field(init=False)
    typed: str | None = None
    name = "answers"

    def begin(self) -> None:
        self.study = Study.open(self.folder, self.user, PASSWORD)
        self.store = self.study.store

    def step(self, n: int) -> None:
        entry = self.study.form(SUBJECT, "SE.W0", "F.DOSE")
        self.typed = f"typed {n}" if n % 3 == 2 else None
        if self.typed:
            entry.save_draft("I.NOTE", self.typed)
        else:
            entry.set("I.NOTE", f"answer {n}", reason="Read again.")

    def said(self) -> Said:
        return Said(heads_of(self.store), draft=self.typed)


@define
class LogIns(Scenario):
    """Log-ins, good ones and failed ones."""

    heads: dict[str, tuple[int, str]] = field(factory=dict)
    name = "log-ins"

    def begin(self) -> None:
        """Each round opens for itself."""

    def step(self, n: int) -> None:
        attempts.note(self.folder, "2027-05-06T08:00:00.000Z", n % 4)
        with unlock(self.folder, self.user, PASSWORD) as store:
            self.heads = heads_of(store)

    def said(self) -> Said:
        return Said(self.heads)

    def end(self) -> None:
        """Nothing is open."""


class Tables(Scenario):
    """Exports of tables."""

    name = "export of tables"
    user = "dat"
    crosses = True

    def step(self, n: int) -> None:
        out = self.out / fresh("tables", n)
        export_csv(self.store, small_trial(), out)
        self.made = sorted(out.iterdir())


class Bundles(Scenario):
    """Exports of bundles."""

    name = "export of a bundle"
    user = "dat"
    crosses = True

    def step(self, n: int) -> None:
        self.made = [self.out / fresh("bundle", n)]
        export_bundle(self.store, self.made[0])


class Merges(Scenario):
    """Bundles of another laptop, taken in one after the other."""

    name = "merge"
    user = "adm"
    crosses = True
    rounds = N_BUNDLES

    def step(self, n: int) -> None:
        merge_bundle(self.store, self.place / BUNDLES / f"{n:02}.bundle")

    def said(self) -> Said:
        return Said(heads_of(self.store), tuple(self.store.document_digests()))


class Slots(Scenario):
    """The three steps of a change of the slots: intent, both files, done."""

    name = "change of the slots"
    user = "adm"

    def step(self, n: int) -> None:
        change_slots(self.store, self.store.parts.keys)

    def said(self) -> Said:
        return Said(heads_of(self.store), keys=self.store.parts.keys.sequence)


class Rotations(Slots):
    """A new data key for the whole study: both keys in the slots, every page anew, the new key alone."""

    name = "rekey"

    def step(self, n: int) -> None:
        rotate(self.store)


@define
class Papers(Scenario):
    """A signed PDF that is filed, then leaves the study for a file."""

    study: Study = field(init=False)
    kept: str = ""
    pdf: bytes = b""
    name = "PDF"

    def begin(self) -> None:
        self.pdf = (self.place / PDF).read_bytes()
        self.study = Study.open(self.folder, self.user, PASSWORD)
        self.store = self.study.store
        require_checked(self.store)

    def step(self, n: int) -> None:
        rows = tuple(r for r in self.store.signatures(ItemPath(SUBJECT, "SE.SCR")) if r.path.form)
        pdf = self.pdf + f"\n%{fresh('', n)}".encode()
        session = self.study.session
        key = self.store.who.keys[session.origin, session.key_id]
        signed = _Signed(rows, session.person, key.signing_certificate)
        self.kept = file_pdf(self.study, signed, pdf)  # type: ignore[arg-type]  # it asks for no more of it
        self.made = [self.out / fresh("pdf", n)]
        with whole_file(self.made[0]) as file:
            file.write(export_pdf(self.study, self.kept))

    def said(self) -> Said:
        return evolve(super().said(), documents=(self.kept,))


@frozen
class _Signed:
    rows: tuple[Any, ...]
    person: Person
    certificate: bytes
    shown: None = None


class Copies(Scenario):
    """Encrypted copies of the study."""

    name = "backup copy"

    def step(self, n: int) -> None:
        note(self.store, f"note {n}")
        self.made = [self.out / fresh("copy", n)]
        self.store.snapshot(self.made[0])

    def said(self) -> Said:
        return Said(heads_of(self.store), copies=tuple(p.name for p in self.made))


class Backups(Scenario):
    """Backups as a person asks for them: made, proved, recorded."""

    name = "backup"

    def step(self, n: int) -> None:
        note(self.store, f"note {n}")
        made = make(self.store, "asked", self.out / fresh("backup", n))
        record(self.store, made)
        self.made = [made.path]


@define
class Restores(Backups):
    """A backup, and a study made of it."""

    restored: str = ""
    name = "restore"

    def step(self, n: int) -> None:
        super().step(n)
        folder = self.out / f"{fresh('restored', n)}.crf"
        restore(self.made[0], folder, self.user, PASSWORD).close()
        self.restored = folder.name

    def said(self) -> Said:
        return evolve(super().said(), copies=(self.restored,))


@define
class Migrations(Scenario):
    """A program of a later version opens the study: a backup, then the step, then the rows that say so."""

    version: int = 0
    base: int = 0
    heads: dict[str, tuple[int, str]] = field(factory=dict)
    name = "migration"

    def begin(self) -> None:
        self.base = later.installed(self.place)

    def before(self, n: int) -> None:
        later.install(self.place, self.base + n + 1)

    def step(self, n: int) -> None:
        with later.program(self.base + n + 1), unlock(self.folder, self.user, PASSWORD) as store:
            self.heads = heads_of(store)
            self.version = self.base + n + 1
            self.made = sorted((self.folder / "backup").glob("*.crfbackup"))

    def said(self) -> Said:
        beside = {f"../{p.relative_to(self.place)}": digest(p) for p in self.made}
        return Said(self.heads, files=beside, version=self.version)

    def end(self) -> None:
        """Nothing is open."""


class Creation(Scenario):
    """A study that comes into being: afterwards it is there whole or not at all."""

    name = "a new study"
    rounds = 1
    in_folder = "new.crf"
    comes_into_being = True
    makes_keys = True

    def begin(self) -> None:
        """There is nothing to open."""

    def step(self, n: int) -> None:
        create(self.folder, new_study())

    def said(self) -> Said:
        with unlock(self.folder, self.user, PASSWORD, read_only=True) as store:
            return Said(heads_of(store))

    def end(self) -> None:
        """Nothing is open."""


def fresh(kind: str, n: int) -> str:
    """A name that no round of any run has used."""
    return f"{kind}-{n:04}-{os.urandom(4).hex()}"


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

