"""What only somebody with the data key, or a fault of the machine, can bring about; each is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.errors import Refused
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.store import Store, encoding, keyring, schema, witness
from crf_desktop.store.slot_change import keys_entry
from crf_desktop.store.stretch import derive
from tests.store.builders import ADMINISTRATOR, answer, codes, data_key, item, raw

Open = Callable[..., Store]


@pytest.mark.requirement("REQ-14")
def test_that_a_guard_replaced_by_a_weaker_one_of_its_name_is_found(folder: Path, opened: Open) -> None:
    connection = raw(folder)
    connection.execute("DROP TRIGGER change_no_update")
    connection.execute(schema.OBJECTS["change_no_update"].replace("BEFORE UPDATE ON", "BEFORE UPDATE OF seq ON"))
    connection.close()
    store = opened(folder, read_only=True)
    assert "verify.schema" in codes(store) and "verify.schema" in codes(store, "quick")


def test_that_the_witness_of_another_origin_is_told(folder: Path, opened: Open) -> None:
    key = bytes(derive(data_key(folder), "witness-mac"))
    mark = witness.read(folder, key)
    assert mark is not None
    other = witness.pack(evolve(mark, counter=mark.counter + 1, origin="a" * 13), key)
    (folder / witness.NAME).write_bytes(other * 2)
    assert "verify.witness_foreign" in codes(opened(folder, read_only=True))


def test_that_a_row_older_than_the_introduction_of_its_key_is_not_valid(store: Store) -> None:
    [row] = store.append([answer(item(), "4")])
    key = store._people.keys[row.origin, row.key_id]
    assert store._people.fault_of(row) is None
    key.introduced = row.seq + 1
    assert store._people.fault_of(row) == "key" and "verify.author_key" in codes(store)


def test_that_a_change_of_the_slots_that_was_cut_off_is_recorded_as_done(folder: Path, opened: Open) -> None:
    keys = keyring.read(folder).best.sealed_with(data_key(folder))
    store = opened(folder)
    store.append([keys_entry("keys.intent", keys)])
    keyring.write(folder, keys)
    store.close()
    store = opened(folder)
    last = json.loads(store._log.last_act(store.origin, ("keys.intent", "keys.done"))[-1].payload or "")
    assert (last["act"], last["header_mac"]) == ("keys.done", keys.mac.hex())


@pytest.mark.requirement("REQ-39")
def test_that_nobody_else_continues_this_files_own_origin(pair: tuple[Path, Path], opened: Open) -> None:
    """The next row of the own chain, signed by the own key: written by a copy of this file."""
    first = opened(pair[0])
    [row] = first.append([answer(item(), "4")])
    author = first._author
    draft = evolve(row, seq=row.seq + 1, lamport=row.lamport + 1, previous_hash=row.hash)
    found = encoding.row_hash(encoding.to_cells(draft))
    copied = evolve(draft, hash=found, row_signature=author._key.sign(found))
    with pytest.raises(Refused) as no:
        first.receive([copied], {})
    assert no.value.code == "bundle.forked" and first.head()[1] == row.seq


def test_that_an_installation_is_certified_by_the_authority_alone(pair: tuple[Path, Path], opened: Open) -> None:
    """An administrator's own row does not do, when the certificate in it is somebody else's work."""
    first, second = opened(pair[0], ADMINISTRATOR), opened(pair[1])
    first.receive(list(second.changes(second.origin)), {})
    [request] = first.requests()
    forged = {"act": "certify_installation", "origin": second.origin}
    pem = request.installation_certificate.decode()
    first.append([Entry(Kind.USER, ItemPath(), "Insert", payload={**forged, "certificate": pem})])
    assert first.installation_certificate(second.origin) is None
    first.certify(request)
    assert first.installation_certificate(second.origin) is not None


def test_that_a_person_is_certified_by_the_authority_alone(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = opened(pair[0], ADMINISTRATOR), opened(pair[1])
    first.receive(list(second.changes(second.origin)), {})
    [request] = first.requests()
    payload = {
        "act": "certify",
        "user_oid": request.person.user_oid,
        "origin": request.origin,
        "log_certificate": request.log_certificate.decode(),
        "signing_certificate": request.signing_certificate.decode(),
    }
    first.append([Entry(Kind.USER, ItemPath(), "Insert", payload=payload)])
    assert first.requests() == [request], "self-signed certificates in an administrator's row certify nobody"
