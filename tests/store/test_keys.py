"""The key slots: what opens them, and what of an attacker's work does not."""

from __future__ import annotations

import json
import shutil
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from attrs import evolve

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import NewPerson, NewStudy, Store, create, keyring, peek, unlock
from crf_desktop.store.keyring import COPIES, MAGIC, parse
from tests.store.builders import PASSWORD, SITE_STUDY, StepClock, answer, codes, data_key, item

Change = Callable[[dict[str, Any]], None]


def problem(folder: Path, user: str = "investigator", password: str = PASSWORD) -> str:
    with pytest.raises(EnvironmentProblem) as raised:
        unlock(folder, user, password, StepClock()).close()
    assert raised.value.sentences("zh")[0] != raised.value.sentences("en")[0]
    return raised.value.code


def forge(folder: Path, change: Change, *, sequence: int = 0) -> None:
    """What somebody without the data key can do: change the body and make the checksum fit again."""
    import hashlib

    raw = (folder / COPIES[0]).read_bytes()
    old = struct.unpack(">16sHQI", raw[:30])
    body = json.loads(raw[30:-64])
    change(body)
    text = rfc8785.dumps(body)
    front = struct.pack(">16sHQI", MAGIC, old[1], old[2] + sequence, len(text)) + text + raw[-64:-32]
    for name in COPIES:
        (folder / name).write_bytes(front + hashlib.sha256(front).digest())
    assert parse((folder / COPIES[0]).read_bytes()) is not None


def slot(body: dict[str, Any], user: str) -> dict[str, Any]:
    return next(s for s in body["slots"] if s["user_name"] == user)


@pytest.mark.requirement("REQ-07")
def test_that_a_wrong_password_is_told_from_a_damaged_file(folder: Path) -> None:
    assert problem(folder, password="wrong") == "keys.wrong_password"
    assert problem(folder, user="nobody") == "keys.no_such_user"
    for name in COPIES:
        data = bytearray((folder / name).read_bytes())
        data[100] ^= 1
        (folder / name).write_bytes(data)
    assert problem(folder) == "keys.damaged"


def test_that_equivalent_spellings_of_a_password_open_the_same_slot(tmp_path: Path) -> None:
    people = (NewPerson("Ädmin", "A", "administrator", "Å ﬁve words of pass phrase"),)
    create(tmp_path / "a.crf", NewStudy("S.A", "01", b"{}", people))
    unlock(tmp_path / "a.crf", "ädmin", "A\u030a five words of pass phrase").close()


def test_that_one_damaged_copy_is_repaired_from_the_other(folder: Path, opened: Callable[..., Store]) -> None:
    for name in COPIES:
        whole = (folder / name).read_bytes()
        for damage in (b"", whole[:-1], b"\0" * len(whole)):
            (folder / name).write_bytes(damage)
            assert peek(folder).keys_whole.count(False) == 1
            with opened(folder, read_only=True) as store:
                assert [f.code for f in store.findings] == ["verify.keys_copy_bad"]
            store = opened(folder)
            assert [f.code for f in store.findings] == ["verify.keys_copy"]
            store.close()
            assert (folder / name).read_bytes() == whole
        (folder / name).unlink()
        opened(folder).close()
        assert (folder / name).read_bytes() == whole


def test_that_no_flipped_bit_of_both_copies_opens_anything(folder: Path) -> None:
    raw = (folder / COPIES[0]).read_bytes()
    for bit in range(0, len(raw) * 8, 97):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        assert parse(bytes(flipped)) is None


FORGERIES: dict[str, tuple[Change, str]] = {
    "user names swapped": (
        lambda b: [s.update(user_name={"investigator": "monitor", "monitor": "investigator"}.get(s["user_name"], "x"))
                   for s in b["slots"]],
        "keys.wrong_password",
    ),
    "user OID changed": (lambda b: slot(b, "investigator").update(user_oid="U.01.2"), "keys.wrong_password"),
    "kind changed": (lambda b: slot(b, "investigator").update(slot=9), "keys.wrong_password"),
    "role raised": (lambda b: slot(b, "investigator").update(role="administrator"), "keys.altered"),
    "another slot deleted": (lambda b: b["slots"].pop(), "keys.altered"),
    "costs below the floor": (lambda b: slot(b, "investigator")["kdf"].update(memory_kib=8192), "keys.too_cheap"),
    "one pass": (lambda b: slot(b, "investigator")["kdf"].update(time=1), "keys.too_cheap"),
    "2 TiB of memory": (lambda b: slot(b, "investigator")["kdf"].update(memory_kib=2**31), "keys.too_costly"),
    "a million passes": (lambda b: slot(b, "investigator")["kdf"].update(time=10**6), "keys.too_costly"),
    "a thousand lanes": (lambda b: slot(b, "investigator")["kdf"].update(lanes=1000), "keys.too_costly"),
    "costs changed within limits": (lambda b: slot(b, "investigator")["kdf"].update(time=4), "keys.wrong_password"),
    "another data key": (
        lambda b: slot(b, "investigator").update(sealed=slot(b, "monitor")["sealed"]), "keys.altered",
    ),
    "an own public key planted": (
        lambda b: slot(b, "monitor").update(public=slot(b, "investigator")["public"]), "keys.altered",
    ),
    "epoch changed": (lambda b: b.update(epoch=2), "keys.altered"),
    "another authority": (lambda b: b.update(ca_certificate=b["ca_certificate"].replace("M", "N")), "keys.altered"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_that_a_forged_key_file_opens_nothing(folder: Path, forgery: str) -> None:
    change, code = FORGERIES[forgery]
    forge(folder, change)
    started = time.monotonic()
    assert problem(folder) == code
    if code in ("keys.too_costly", "keys.too_cheap"):
        assert time.monotonic() - started < 5


def test_that_a_higher_sequence_without_the_data_key_opens_nothing(folder: Path) -> None:
    forge(folder, lambda body: None, sequence=1)
    assert problem(folder) == "keys.altered"


def test_that_a_file_of_a_newer_program_says_so(folder: Path) -> None:
    import hashlib

    for name in COPIES:
        raw = bytearray((folder / name).read_bytes())
        raw[16:18] = struct.pack(">H", 2)
        (folder / name).write_bytes(raw[:-32] + hashlib.sha256(raw[:-32]).digest())
    assert problem(folder) == "study.newer"


def test_that_the_keys_of_another_study_do_not_open_this_one(folder: Path, tmp_path: Path) -> None:
    create(tmp_path / "other.crf", evolve(SITE_STUDY, people=SITE_STUDY.people[3:]))
    for name in COPIES:
        shutil.copy(tmp_path / "other.crf" / name, folder / name)
    assert problem(folder, user="administrator") == "study.damaged"


def rewrite(folder: Path, opened: Callable[..., Store]) -> None:
    """A change of the slots as the program does it: intent, file, done."""
    from crf_desktop.store.slot_change import keys_entry

    keys = keyring.read(folder).best.sealed_with(data_key(folder))
    store = opened(folder)
    store.append([keys_entry("keys.intent", keys)])
    keyring.write(folder, keys)
    store.append([keys_entry("keys.done", keys)])
    store.close()


def test_that_an_old_key_file_put_back_is_refused(folder: Path, opened: Callable[..., Store]) -> None:
    old = (folder / COPIES[0]).read_bytes()
    rewrite(folder, opened)
    for name in COPIES:
        (folder / name).write_bytes(old)
    assert problem(folder) == "keys.put_back"


@pytest.mark.parametrize("written", [0, 1, 2])
def test_that_a_change_of_the_slots_cut_off_anywhere_is_finished_or_forgotten(
    folder: Path, opened: Callable[..., Store], written: int
) -> None:
    from crf_desktop.store.slot_change import keys_entry

    keys = keyring.read(folder).best.sealed_with(data_key(folder))
    store = opened(folder)
    store.append([keys_entry("keys.intent", keys)])
    keyring.write(folder, keys, COPIES[:written])
    store.close()
    store = opened(folder)
    assert codes(store) <= {"verify.ok_full", "verify.keys_copy"}
    store.append([answer(item(), "4")])
    store.close()
    assert peek(folder).keys_whole == (True, True)
    opened(folder).close()


def test_that_secrets_stay_out_of_representations(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    key = data_key(folder)
    told = repr(store._parts) + repr(store.signing_key("investigator", PASSWORD)) + repr(SITE_STUDY)
    assert PASSWORD not in told and key.hex() not in told and repr(bytes(key))[2:-1] not in told
    assert store.installation.age_identity() not in told
    for name in COPIES:
        assert bytes(key) not in (folder / name).read_bytes()


# --- each field of each kind of slot


@pytest.fixture(scope="module")
def ways(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, bytes]:
    """A study with all kinds of slots in the middle of a rotation, its recovery code and the sponsor's key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from crf_desktop.store import escrow, recovery, rotation

    folder, private = tmp_path_factory.mktemp("ways") / "study.crf", X25519PrivateKey.generate()
    shutil.copytree(made, folder)
    with unlock(folder, "administrator", PASSWORD, StepClock()) as store:
        code = recovery.make(store).code
        recovery.drill(store, [code])
        escrow.make(store, private.public_key().public_bytes_raw())
        rotation.prepare(store)
    return folder, code, private.private_bytes_raw()


def fields(body: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The path of everything that stands in a key file."""
    found: list[tuple[Any, ...]] = []

    def walk(value: Any, path: tuple[Any, ...]) -> None:
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
        if inside is None:
            found.append(path)
        else:
            for name, part in inside:
                walk(part, (*path, name))

    walk(body, ())
    return found


def other(value: Any) -> Any:
    """A value of the same kind that says something else."""
    if value is None:
        return "AAAA"
    if isinstance(value, int):
        return value + 1
    if len(value) > 3:
        middle = len(value) // 2
        return value[:middle] + ("B" if value[middle] != "B" else "C") + value[middle + 1 :]
    return value + "x"


@pytest.mark.requirement("REQ-06")
def test_that_no_field_of_any_slot_can_be_altered(ways: tuple[Path, str, bytes]) -> None:
    import hashlib

    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from crf_desktop.errors import Explained
    from crf_desktop.store import escrow, recovery

    folder, code, private = ways
    raw = (folder / COPIES[0]).read_bytes()
    version, sequence, _ = struct.unpack(">HQI", raw[16:30])
    whole = json.loads(raw[30:-64])
    kinds = [slot["kind"] for slot in whole["slots"]]
    assert kinds.count("user") == 4 and {"recovery", "escrow"} < set(kinds)
    paths = fields(whole)
    assert len(paths) > 100
    for path in paths:
        body = json.loads(raw[30:-64])
        place = body
        for name in path[:-1]:
            place = place[name]
        place[path[-1]] = other(place[path[-1]])
        text = rfc8785.dumps(body)
        front = struct.pack(">16sHQI", MAGIC, version, sequence, len(text)) + text + raw[-64:-32]
        keys = parse(front + hashlib.sha256(front).digest())
        if keys is None:
            continue  # damaged: the other copy is read
        for way in (
            lambda keys=keys: keyring.open_slot(keys, keys.slot_of("investigator"), PASSWORD),
            lambda keys=keys: recovery.open_secret(keys, [code]),
            lambda keys=keys: escrow.open_escrow(keys, X25519PrivateKey.from_private_bytes(private)),
        ):
            with pytest.raises(Explained):
                way()


@pytest.mark.requirement("REQ-06")
def test_that_each_way_in_opens_from_the_other_copy(ways: tuple[Path, str, bytes], tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from crf_desktop.store import escrow, recovery

    folder, code, private = ways
    for name in COPIES:
        copy = Path(shutil.copytree(folder, tmp_path / name))
        data = bytearray((copy / name).read_bytes())
        data[len(data) // 2] ^= 4
        (copy / name).write_bytes(data)
        keys = keyring.read(copy).best
        recovery.open_secret(keys, [code]).close()
        escrow.open_escrow(keys, X25519PrivateKey.from_private_bytes(private)).close()
        keyring.open_slot(keys, keys.slot_of("monitor"), PASSWORD).close()
