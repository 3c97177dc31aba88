"""What holds after every fault: it opens, pages and chain are whole, promises are kept, the next save works."""

from __future__ import annotations

import contextlib
from pathlib import Path

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Store, recovery, unlock
from tests.fault import later
from tests.fault.account_scenario import opens
from tests.fault.scenario import Said, digest
from tests.fault.site import NOTE, OUT, PASSWORD, note


def fault_of(folder: Path, said: Said | None, user: str = "inv") -> str | None:
    """Why the invariant does not hold; None when it does. Begins with ``lost`` where something promised is missing."""
    with later.program(later.installed(folder.parent)):
        try:
            store = unlock(folder, user, PASSWORD)
        except EnvironmentProblem as problem:
            return f"does not open: {problem.code}"
        with contextlib.closing(store):
            return _fault_inside(store, said)


def _fault_inside(store: Store, said: Said | None) -> str | None:
    if said is not None and (missing := lost(store, said)):
        return missing
    found = {f.code for f in store.findings if f.bad}  # a note is none: a copy of the keys made anew, say
    if found or store.read_only:
        return f"opens with {sorted(found)}"
    found = {f.code for f in store.verify("full") if f.bad}
    if found:
        return f"verification: {sorted(found)}"
    try:
        note(store, "after the fault")
    except EnvironmentProblem as problem:
        return f"the next save: {problem.code}"
    row = store.at(NOTE)
    return None if row is not None and row.datum.value == "after the fault" else "the next save: not there"


def lost(store: Store, said: Said) -> str | None:
    """What was acknowledged and is not there."""
    for origin, (seq, head) in said.heads.items():
        row = store.change(origin, seq)
        if row is None or row.hash.hex() != head:
            return f"lost rows: {seq}, there are {store.heads().get(origin, (0, b''))[0]}"
    held = set(store.document_digests())
    if any(wanted not in held for wanted in said.documents):
        return "lost a document"
    if said.draft is not None and store.draft(NOTE) != said.draft:
        row = store.at(NOTE)  # the draft's datum may have been committed in a round that was not acknowledged
        if row is None or said.heads.get(row.origin, (0, ""))[0] >= row.seq:
            return "lost a draft"
    return _lost_beside(store.folder.parent / OUT, said) or _lost_of_keys(store, said)


def _lost_beside(out: Path, said: Said) -> str | None:
    for name, wanted in said.files.items():
        if not (out / name).is_file() or digest(out / name) != wanted:
            return f"lost a file: {name.split('-')[0]}"
    return "lost a copy" if any(_closed_copy(out / name) for name in said.copies) else None


def _lost_of_keys(store: Store, said: Said) -> str | None:
    keys = store.parts.keys
    if keys.sequence < said.keys:
        return "lost a change of the slots"
    if not all(opens(keys, name, passwords) for name, passwords in said.people.items()):
        return "lost an account"
    if said.recovery and not recovery.state(store).kind:
        return "lost the recovery code"
    return None if later.migrated(store, said.version) else "lost a migration"


def _closed_copy(folder: Path) -> bool:
    try:
        with contextlib.closing(unlock(folder, "inv", PASSWORD, read_only=True)) as store:
            return any(f.bad for f in store.verify("quick") if f.code != "verify.witness_missing")
    except EnvironmentProblem:
        return True
