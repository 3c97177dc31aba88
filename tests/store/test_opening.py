"""Opening a study on a machine that says no, and what opening finds."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.model.data import Kind
from crf_desktop.store import NewStudy, Store, create, engine, peek, place, unlock, witness
from crf_desktop.store.going_on import go_on
from tests.store.builders import PASSWORD, PEOPLE, SITE_STUDY, StepClock, answer, codes, item, raw


def problem_code(act: Callable[[], object]) -> str:
    with pytest.raises(EnvironmentProblem) as raised:
        act()
    return raised.value.code


@contextlib.contextmanager
def mounted(target: Path, *arguments: str) -> Iterator[Path]:
    """A mount for one test; skips where that needs a right the test has not."""
    target.mkdir(exist_ok=True)
    if (
        shutil.which("mount") is None
        or subprocess.run(["mount", *arguments, str(target)], capture_output=True, check=False).returncode
    ):
        pytest.skip("cannot mount here")
    try:
        yield target
    finally:
        subprocess.run(["umount", "-l", str(target)], check=True)


def test_that_a_study_needs_an_administrator_and_a_folder_of_its_own(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        create(tmp_path / "new.crf", NewStudy("S.X", "01", b"{}", PEOPLE[:1]))
    assert refused.value.code == "study.no_administrator" and not (tmp_path / "new.crf").exists()
    assert problem_code(lambda: create(folder, SITE_STUDY)) == "study.exists"
    assert problem_code(lambda: unlock(tmp_path / "none.crf", "x", "y")) == "study.not_found"


@pytest.mark.requirement("REQ-01")
def test_that_no_two_people_share_a_name(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        create(tmp_path / "new.crf", NewStudy("S.X", "01", b"{}", (*PEOPLE, PEOPLE[0])))
    assert refused.value.code == "study.bad_user"


def test_that_a_study_tells_its_label_before_it_is_unlocked(folder: Path) -> None:
    label = peek(folder)
    assert (label.study_oid, label.site, label.keys_whole, label.log_present) == ("S.TEST", "01", (True, True), True)
    assert ("investigator", "investigator") in label.users


def test_that_a_second_program_is_refused_at_once_and_a_stale_lock_never_blocks(
    folder: Path, opened: Callable[..., Store]
) -> None:
    store = opened(folder)
    code = (
        "import sys;from pathlib import Path;from crf_desktop.store import unlock;"
        "unlock(Path(sys.argv[1]), 'investigator', sys.argv[2])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder), PASSWORD], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1 and "study.locked_by_other" not in told.stdout and str(os.getpid()) in told.stderr
    with pytest.raises(EnvironmentProblem) as raised:
        unlock(folder, "investigator", PASSWORD)
    assert raised.value.code == "study.locked_by_other" and raised.value.context["pid"] == str(os.getpid())
    store.close()
    (folder / "lock").write_text("1 2020-01-01T00:00:00.000Z\n")
    opened(folder).close()


@pytest.mark.requirement("REQ-05", "REQ-06")
def test_that_failed_log_ins_become_rows_at_the_next_good_one(folder: Path, opened: Callable[..., Store]) -> None:
    for user in ("investigator", "investigator", "nobody-secret-typed"):
        with pytest.raises(EnvironmentProblem):
            unlock(folder, user, "wrong", StepClock())
    assert peek(folder).failed_log_ins == 3 and b"secret" not in (folder / "attempts").read_bytes()
    store = opened(folder)
    acts = [json.loads(row.payload or "{}") for row in store.rows(Kind.USER)]
    failed = [act["user_oid"] for act in acts if act["act"] == "failed_log_in"]
    assert failed == ["U.01.1", "U.01.1", ""] and acts[-1] == {"act": "unlock", "user_oid": "U.01.1"}
    assert peek(folder).failed_log_ins == 0


@pytest.mark.requirement("REQ-23", "REQ-24")
def test_that_signing_asks_both_components_every_time(store: Store) -> None:
    for user, password, code in (
        ("investigator", "wrong", "keys.wrong_password"), ("coordinator", PASSWORD, "sign.other_user"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            store.signing_key(user, password)
        assert refused.value.code == code
    key = store.signing_key("investigator", PASSWORD)
    assert key.trust == "certified" and key.chain == (store.ca_certificate,) and key.private_key.key_size == 3072
    assert json.loads(store.rows(Kind.USER)[-1].payload or "{}")["purpose"] == "sign"


def test_that_what_the_witness_has_seen_and_the_log_has_not_is_counted_as_lost(
    folder: Path, opened: Callable[..., Store]
) -> None:
    store = opened(folder)
    before = (folder / engine.NAME).read_bytes()
    for value in "123":
        store.append([answer(item(), value)])
    store.close()
    (folder / engine.NAME).write_bytes(before)
    store = opened(folder)
    assert [(f.code, f.detail) for f in store.findings if f.bad] == [("verify.lost_rows", "3")] and store.read_only
    assert problem_code(lambda: store.append([answer(item(), "4")])) == "store.lost_rows"
    assert "verify.lost_rows" in codes(store) and "3" in store.findings[0].sentence("zh")


def test_that_a_witness_one_behind_is_fine_and_catches_up(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    store.append([answer(item(), "1")])
    behind = (folder / witness.NAME).read_bytes()
    store.append([answer(item(), "2")])
    store.close()
    (folder / witness.NAME).write_bytes(behind)
    store = opened(folder)
    assert store.findings == ()
    assert (folder / witness.NAME).read_bytes() != behind and len(behind) == 1024


def test_that_a_torn_or_missing_witness_is_noticed(folder: Path, opened: Callable[..., Store]) -> None:
    data = bytearray((folder / witness.NAME).read_bytes())
    for at in (5, 600):
        data[at] ^= 1
    (folder / witness.NAME).write_bytes(data)
    before = (folder / engine.NAME).read_bytes()
    for _ in range(2):  # the first opening takes nothing away that the second would need to notice it
        with opened(folder) as store:
            assert [f.code for f in store.findings if f.bad] == ["verify.witness_missing"] and store.read_only
            assert problem_code(lambda: store.append([answer(item(), "4")])) == "store.witness_missing"
            assert {"verify.intact", "verify.intact_recent"} & {f.code for f in store.findings}
    assert (folder / witness.NAME).read_bytes() == data and (folder / engine.NAME).read_bytes() == before


@pytest.mark.requirement("REQ-16")
def test_that_only_an_administrator_goes_on_without_the_witness_and_the_log_says_so(
    folder: Path, opened: Callable[..., Store]
) -> None:
    whole = (folder / witness.NAME).read_bytes()
    with pytest.raises(EnvironmentProblem) as raised:
        go_on(folder, "administrator", PASSWORD, "None is lost.")
    assert raised.value.code == "store.witness_there"
    (folder / witness.NAME).unlink()
    with pytest.raises(Refused) as refused:
        go_on(folder, "investigator", PASSWORD, "None is lost.")
    assert refused.value.code == "store.no_right" and not (folder / witness.NAME).exists()
    with opened(folder) as store:
        seq, head = store.head()[1:]
    go_on(folder, "administrator", PASSWORD, "Deleted by the virus scanner; the paper list was compared.").close()
    with opened(folder) as store:
        assert store.findings == () and not store.read_only
        row = next(r for r in store.rows(Kind.SYSTEM) if json.loads(r.payload or "{}")["act"] == "witness.renewed")
        told = json.loads(row.payload or "{}")
        assert (told["seq"], told["head"], row.role) == (seq, head.hex(), "administrator")
        assert "virus" in (row.reason_for_change or "") and codes(store) <= {"verify.ok_full"}
    (folder / witness.NAME).write_bytes(whole)  # one of before is behind, and so nothing is wrong


def test_that_nobody_goes_on_without_the_witness_where_an_entry_is_damaged(
    folder: Path, opened: Callable[..., Store]
) -> None:
    opened(folder).close()
    (folder / witness.NAME).unlink()
    data = bytearray((folder / engine.NAME).read_bytes())
    data[-2000] ^= 1
    (folder / engine.NAME).write_bytes(data)
    with pytest.raises(EnvironmentProblem) as raised:
        go_on(folder, "administrator", PASSWORD, "None is lost.")
    assert raised.value.code in ("store.unsound", "study.damaged") and not (folder / witness.NAME).exists()


@pytest.mark.parametrize("at", [5, 600])
def test_that_one_torn_record_of_the_witness_is_noticed_until_it_is_written_anew(
    folder: Path, opened: Callable[..., Store], at: int
) -> None:
    opened(folder).close()
    data = bytearray((folder / witness.NAME).read_bytes())
    data[at] ^= 1
    (folder / witness.NAME).write_bytes(data)
    with opened(folder, read_only=True) as store:
        found = [(f.code, f.severity) for f in store.verify("full") if f.severity != "ok"]
        # Where the log holds more than the whole record says, a power cut tore the newer; else an entry may be missing.
        assert found == [("verify.witness_torn", "note" if at == 5 else "damage")]
    opened(folder).close()
    opened(folder).close()
    assert opened(folder).findings == ()


def test_that_a_record_torn_while_it_was_noted_how_far_all_is_verified_hides_no_lost_entry(
    folder: Path, opened: Callable[..., Store]
) -> None:
    store = opened(folder)
    store.append([answer(item(), "1")])
    store.append([answer(item(), "2")])
    before = (folder / witness.NAME).read_bytes()
    assert not [f for f in store.verify("quick") if f.bad]
    store.close()
    after = bytearray((folder / witness.NAME).read_bytes())
    at = next(i for i in range(len(after)) if after[i] != before[i])
    after[at + 40] ^= 1  # in the record that the verification wrote
    (folder / witness.NAME).write_bytes(after)
    with opened(folder, read_only=True) as store:
        assert [(f.code, f.severity) for f in store.findings] == [("verify.witness_torn", "note")]


def test_that_a_log_rewritten_at_the_same_length_is_noticed(folder: Path, opened: Callable[..., Store]) -> None:
    shutil.copytree(folder, folder.with_name("twin.crf"))
    for where, value in ((folder, "1"), (folder.with_name("twin.crf"), "2")):
        store = opened(where)
        store.append([answer(item(), value)])
        store.close()
    shutil.copy(folder.with_name("twin.crf") / engine.NAME, folder / engine.NAME)
    store = opened(folder)
    assert [f.code for f in store.findings if f.bad] == ["verify.witness_differs"] and store.read_only


def test_that_read_only_asked_for_writes_nothing(folder: Path, opened: Callable[..., Store]) -> None:
    before = (folder / engine.NAME).read_bytes()
    store = opened(folder, read_only=True)
    assert store.read_only and problem_code(lambda: store.append([answer(item(), "4")])) == "store.read_only"
    assert problem_code(lambda: store.save_draft(item(), "4")) == "store.read_only"
    assert codes(store) == {"verify.ok_full"}
    store.close()
    assert (folder / engine.NAME).read_bytes() == before


def test_that_a_read_only_medium_opens_for_reading(
    folder: Path, opened: Callable[..., Store], tmp_path: Path
) -> None:
    with mounted(tmp_path / "medium", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as medium:
        copied = Path(shutil.copytree(folder, medium / "study.crf"))
        if subprocess.run(["mount", "-o", "remount,ro", str(medium)], capture_output=True, check=False).returncode:
            pytest.skip("cannot remount here")
        store = opened(copied)
        assert store.read_only and codes(store) == {"verify.ok_full"} and store.findings == ()
        assert problem_code(lambda: store.append([answer(item(), "4")])) == "store.read_only"
        store.close()


def test_that_a_full_disk_loses_nothing_and_the_next_save_works(
    folder: Path, opened: Callable[..., Store], tmp_path: Path
) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as small:
        store = opened(Path(shutil.copytree(folder, small / "study.crf")))
        store.append([answer(item(), "first")])
        with contextlib.suppress(OSError), (small / "ballast").open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        seen = store.head()[1]
        store.close()
        store = opened(small / "study.crf")
        assert {f.code for f in store.findings} <= {"verify.log_in_owed"}
        assert (
            problem_code(lambda: [store.append([answer(item(), "x" * 4000)]) for _ in range(20)]) == "store.disk_full"
        )
        assert store.head()[1] == store.heads()[store.origin][0] >= seen
        (small / "ballast").unlink()
        store.append([answer(item(), "after")])
        assert store.at(item()).datum.value == "after"  # type: ignore[union-attr]
        assert codes(store) - {"verify.log_in_owed"} == {"verify.ok_full"}
        acts = [json.loads(row.payload or "{}")["act"] for row in store.rows(Kind.USER)]
        assert acts.count("unlock") == 2
        store.close()


def test_that_a_newer_database_is_refused(folder: Path) -> None:
    connection = raw(folder)
    connection.execute("PRAGMA user_version=2")
    connection.close()
    assert problem_code(lambda: unlock(folder, "investigator", PASSWORD)) == "study.newer"


def test_that_network_drives_are_known() -> None:
    mounts = "/dev/a / ext4 rw 0 0\nsrv:/x /mnt/share nfs4 rw 0 0\n//s/y /mnt/with\\040space cifs rw 0 0\n"
    assert place.mount_type(mounts, Path("/mnt/share/study.crf")) == "nfs4"
    assert place.mount_type(mounts, Path("/mnt/with space/a")) == "cifs"
    assert place.mount_type(mounts, Path("/home/a")) == "ext4"


def test_that_a_snapshot_is_an_encrypted_copy_that_opens(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    store.append([answer(item(), "Wanderweg")])
    store.snapshot(folder / "backup" / "copy.crf")
    assert b"Wanderweg" not in (folder / "backup" / "copy.crf" / engine.NAME).read_bytes()
    copied = opened(folder / "backup" / "copy.crf", read_only=True)
    assert copied.head() == store.head() and copied.at(item()) == store.at(item())


def test_that_the_same_clock_makes_the_same_values_times_and_oids(tmp_path: Path) -> None:
    told = []
    for name in ("a.crf", "b.crf"):
        create(tmp_path / name, SITE_STUDY, StepClock())
        with unlock(tmp_path / name, "investigator", PASSWORD, StepClock()) as store:
            store.append([answer(item(), "4")])
            rows = [*store.changes(store.origin)]
            told.append(
                [(r.seq, r.path, r.datum, r.recorded_at, r.user_oid, r.device_oid, r.location_oid) for r in rows]
            )
    assert told[0] == told[1]
