"""A folder copied by hand is noticed; one that was moved is not a copy; where a study may not lie is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem, Explained
from crf_desktop.store import Store, create, migration, place, schema, unlock, whereabouts
from tests.store.builders import ADMINISTRATOR, PASSWORD, SITE_STUDY, StepClock, answer, codes, item, raw


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, and copies taken for what they are."""
    monkeypatch.delenv("CRF_SAME_PLACE")
    monkeypatch.setenv("CRF_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def study(at_home: Path, folder: Path) -> Path:
    """A study first opened here, and worked in."""
    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        store.append([answer(item(), "5")])
    return folder


def opened(folder: Path, user: str = "investigator") -> Store:
    return unlock(folder, user, PASSWORD, StepClock())


def told(store: Store) -> list[str]:
    return [finding.code for finding in store.findings]


def origin_of(folder: Path) -> str:
    with opened(folder) as store:
        return store.origin


def test_that_a_folder_copied_by_hand_goes_on_under_an_origin_of_its_own(study: Path, tmp_path: Path) -> None:
    origin = origin_of(study)
    copy = Path(shutil.copytree(study, tmp_path / "copy.crf"))
    with opened(copy) as store:
        assert told(store) == ["verify.copied"] and store.origin != origin
        acts = [json.loads(row.payload or "{}")["act"] for row in store.changes(store.origin, 0, 2)]
        assert acts == ["request", "copied"]
        assert codes(store) >= {"verify.ok_full"} and not store.read_only
        store.append([answer(item(name="Z"), "1")])
    with opened(copy) as store:
        assert told(store) == [] and codes(store) == {"verify.ok_full"}
    with opened(study) as store:
        assert store.origin == origin and told(store) == []
        both = store.receive([*opened_rows(copy)], {})
        assert both.added and codes(store) == {"verify.ok_full"}


def opened_rows(folder: Path) -> list[object]:
    with opened(folder) as store:
        return [*store.changes(store.origin)]


def test_that_a_folder_never_opened_before_it_was_copied_is_a_copy_too(at_home: Path, tmp_path: Path) -> None:
    create(tmp_path / "made.crf", SITE_STUDY, StepClock())
    copy = Path(shutil.copytree(tmp_path / "made.crf", tmp_path / "copy.crf"))
    assert origin_of(copy) != origin_of(tmp_path / "made.crf")


def test_that_moving_or_renaming_on_the_same_disk_changes_nothing(study: Path, tmp_path: Path) -> None:
    origin = origin_of(study)
    (tmp_path / "elsewhere").mkdir()
    moved = study.rename(tmp_path / "elsewhere" / "renamed.crf")
    with opened(moved) as store:
        assert store.origin == origin and told(store) == []


def test_that_another_machine_is_told_from_this_one(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = origin_of(study)
    monkeypatch.setattr(whereabouts, "machine", lambda: "another machine")
    monkeypatch.setenv("CRF_DATA_HOME", str(study.parent / "nobody"))
    with opened(study) as store:
        assert told(store) == ["verify.copied"] and store.origin != origin


def test_that_another_person_of_the_same_machine_works_in_the_same_file(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = origin_of(study)
    monkeypatch.setenv("CRF_DATA_HOME", str(study.parent / "second person"))
    with opened(study, "coordinator") as store:
        assert store.origin == origin and told(store) == []


def test_that_an_earlier_state_put_in_place_is_told_with_what_is_missing(study: Path, tmp_path: Path) -> None:
    """The operating system's backup brings back yesterday, witness and all; what was saved since may have been sent."""
    origin = origin_of(study)
    held = {name: (study / name).read_bytes() for name in ("log.db", "keys.a", "keys.b", "witness")}
    with opened(study) as store:
        store.append([answer(item(name=f"X{n}"), "1") for n in range(5)])
    for name, data in held.items():
        (study / name).write_bytes(data)
    with opened(study) as store:
        assert told(store) == ["verify.earlier_state"] and store.origin != origin
        assert int(store.findings[0].detail) == 6  # five answers and the log-in
        assert "6" in store.findings[0].sentence("en") and "6" in store.findings[0].sentence("zh")


def test_that_an_older_copy_in_another_place_says_both(study: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(study, tmp_path / "yesterday.crf"))
    with opened(study) as store:
        store.append([answer(item(name="X"), "1")])
    with opened(old) as store:
        assert told(store) == ["verify.copied", "verify.earlier_state"] and store.findings[1].detail == "2"


def test_that_the_users_folder_names_no_study_and_holds_no_value(study: Path, at_home: Path) -> None:
    kept = (at_home / "installations.json").read_text()
    assert "study" not in kept and "investigator" not in kept and "S.TEST" not in kept


def test_that_a_damaged_record_in_the_users_folder_stops_nobody(study: Path, at_home: Path) -> None:
    for text in ("", "[]", "{", '{"a": 1}', '{"a": {"seq": 1}}'):
        (at_home / "installations.json").write_text(text)
        assert told(opened_and_closed(study)) == []


def opened_and_closed(folder: Path) -> Store:
    store = opened(folder)
    store.close()
    return store


def test_that_a_copy_cut_off_before_its_first_rows_still_goes_on_under_its_own_origin(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin, copy = origin_of(study), Path(shutil.copytree(study, tmp_path / "copy.crf"))
    with monkeypatch.context() as patched:
        def fail(*_: object) -> None:
            raise EnvironmentProblem("store.io")

        patched.setattr(Store, "append", fail)
        patched.setattr(Store, "owe", fail)
        with pytest.raises(EnvironmentProblem):
            opened(copy)
    with opened(copy) as store:
        assert store.origin != origin and codes(store) >= {"verify.ok_full"} and not store.read_only
    with opened(copy) as store:
        assert told(store) == []


def test_that_a_copy_cut_off_as_its_key_file_was_written_begins_anew_from_the_same_place(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.store import keyring, opening

    origin, copy = origin_of(study), Path(shutil.copytree(study, tmp_path / "copy.crf"))
    written = keyring.write

    def write_and_die(*arguments: object) -> None:
        written(*arguments)  # type: ignore[arg-type]
        raise EnvironmentProblem("store.io")

    with monkeypatch.context() as patched:
        patched.setattr(opening.keyring, "write", write_and_die)
        with pytest.raises(EnvironmentProblem):
            opened(copy)
    half = keyring.read(copy).best.origin
    twin = Path(shutil.copytree(copy, tmp_path / "twin.crf"))
    origins = {origin_of(copy), origin_of(twin)}
    assert len(origins) == 2 and not origins & {origin, half}
    for folder in (copy, twin):
        with opened(folder) as store:
            assert codes(store) == {"verify.ok_full"} and not store.read_only
            row = next(r for r in store.changes(store.origin) if '"copied"' in (r.payload or ""))
            assert json.loads(row.payload or "{}")["from_origin"] == origin


def test_that_a_copy_whose_rows_are_missing_is_read_only_first(study: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(study, tmp_path / "copy.crf"))
    old = (copy / "log.db").read_bytes()
    with opened(study) as store:
        store.append([answer(item(name="X"), "1")])
    shutil.copy(study / "witness", copy / "witness")
    (copy / "log.db").write_bytes(old)
    with opened(copy) as store:
        assert store.read_only and "verify.lost_rows" in told(store)


def test_that_an_administrators_copy_is_certified_at_once(study: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(study, tmp_path / "copy.crf"))
    with opened(copy, ADMINISTRATOR) as store:
        assert store.session.trust == "certified" and store.installation.certificate is not None


def test_that_the_recovery_code_opens_a_copy_under_an_origin_of_its_own(study: Path, tmp_path: Path) -> None:
    from crf_desktop.store import recovery
    from crf_desktop.store.recovering import recover

    with opened(study, ADMINISTRATOR) as store:
        code = recovery.make(store)
        recovery.drill(store, [code.code])
        origin, end = store.origin, store.head()[1]
    copy = Path(shutil.copytree(study, tmp_path / "copy.crf"))
    with recover(copy, [code.code], ADMINISTRATOR, "a wholly different sentence, twice", StepClock()) as store:
        assert store.origin != origin and store.heads()[origin][0] == end and told(store) == ["verify.copied"]
        assert codes(store) == {"verify.ok_full", "verify.copied"} and store.session.trust == "certified"


def test_that_file_systems_that_number_anew_at_each_mount_make_no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts, "mounted_as", lambda _path: "vfat")
    assert whereabouts.here(Path(__file__)).inode == 0
    one = whereabouts.Whereabouts("m", "v", 0)
    assert one.same(whereabouts.Whereabouts("m", "v", 5)) and one.same(whereabouts.Whereabouts("m", "", 7))
    assert not one.same(whereabouts.Whereabouts("n", "v", 0))


# --- where a study may not lie


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".dropbox", "Dropbox"), (".dropbox.cache", "Dropbox"), ("._sync_5d41402abc4b.db", "Nextcloud"),
        (".sync_5d41402abc4b.db", "Nextcloud"), (".stfolder", "Syncthing"), (".tmp.drivedownload", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"), (".nutstore", "Nutstore"),
    ],
)  # fmt: skip
def test_that_a_folder_with_the_mark_of_a_syncing_program_is_refused(tmp_path: Path, mark: str, program: str) -> None:
    (tmp_path / "cloud" / "deep").mkdir(parents=True)
    (tmp_path / "cloud" / mark).write_text("")
    with pytest.raises(EnvironmentProblem) as raised:
        place.require_local(tmp_path / "cloud" / "deep" / "study.crf")
    assert raised.value.code == "study.synced_folder" and program in raised.value.sentences("zh")[0]


@pytest.mark.parametrize(
    "name",
    ["Dropbox", "OneDrive", "OneDrive - Hospital", "Google Drive", "iCloudDrive", "Nextcloud", "我的坚果云", "坚果云",
     "BaiduSyncdisk", "百度网盘同步空间", "Mobile Documents"],
)  # fmt: skip
def test_that_a_folder_with_the_name_such_a_program_gives_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "x").mkdir(parents=True)
    assert place.synced_by(tmp_path / name / "x" / "study.crf")
    assert not place.synced_by(tmp_path / f"my {name} notes" / "study.crf")


def test_that_onedrive_is_found_by_what_windows_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "Docs"))
    assert place.synced_by(tmp_path / "Docs" / "study.crf") == "OneDrive"
    assert not place.synced_by(tmp_path / "Other" / "study.crf")


def test_that_nothing_is_made_and_nothing_opened_there(study: Path, tmp_path: Path) -> None:
    cloud = tmp_path / "Nextcloud"
    cloud.mkdir()
    for act in (
        lambda: create(cloud / "new.crf", SITE_STUDY, StepClock()),
        lambda: opened(Path(shutil.copytree(study, cloud / "copy.crf"))),
    ):
        with pytest.raises(EnvironmentProblem) as raised:
            act()
        assert raised.value.code == "study.synced_folder"


# --- one at a time, with real processes

OPEN = """
import os, sys, time
from pathlib import Path
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import lock
began = time.perf_counter()
try:
    held = lock.take(Path(sys.argv[1]), "2026-11-22T08:00:00.000Z")
    print("held", flush=True)
    time.sleep(60)
except EnvironmentProblem as problem:
    print(problem.code, problem.context["pid"], time.perf_counter() - began, flush=True)
"""


def second(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", OPEN, str(folder)], stdout=subprocess.PIPE, text=True)


def test_that_a_second_process_is_refused_within_a_second_and_a_dead_one_never_blocks(folder: Path) -> None:
    first = second(folder)
    assert first.stdout is not None and first.stdout.readline() == "held\n"
    other = second(folder)
    assert other.stdout is not None
    code, pid, seconds = other.stdout.readline().split()
    assert (code, int(pid)) == ("study.locked_by_other", first.pid) and float(seconds) < 1
    other.wait()
    first.kill()
    first.wait()
    began = time.perf_counter()
    unlock(folder, "investigator", PASSWORD, StepClock()).close()
    assert time.perf_counter() - began < 5 and str(os.getpid()) in (folder / "lock").read_text()
    for process in (first, other):
        assert process.stdout is not None
        process.stdout.close()


# --- migrations


def widen(connection: object) -> None:
    connection.execute("CREATE TABLE later (name TEXT) STRICT")  # type: ignore[attr-defined]


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> migration.Migration:
    """A program one version further."""
    step = migration.Migration(2, "a table more", widen)
    monkeypatch.setattr(migration, "MIGRATIONS", [step])
    monkeypatch.setattr(schema, "VERSION", 2)
    monkeypatch.setattr(schema, "OBJECTS", {**schema.OBJECTS, "later": "CREATE TABLE later (name TEXT) STRICT"})
    return step


@pytest.mark.requirement("REQ-42", "REQ-44")
def test_that_a_migration_is_preceded_by_a_backup_and_stands_in_the_log(
    folder: Path, next_version: migration.Migration
) -> None:
    with opened(folder) as store:
        acts = [json.loads(row.payload or "{}") for row in store.changes(store.origin)]
        named = {body.get("act"): body for body in acts}
        assert named["backup"]["why"] == "migration" and named["migrated"]["version"] == 2
        assert codes(store) == {"verify.ok_full"}
    (kept,) = (folder / "backup").glob("*.crfbackup")
    assert kept.stat().st_size == named["backup"]["size"]
    with opened(folder) as store:
        rows = [row for row in store.changes(store.origin) if '"migrated"' in (row.payload or "")]
        assert len(rows) == 1


def test_that_a_migration_that_fails_half_way_leaves_the_version_before(
    folder: Path, next_version: migration.Migration, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(connection: object) -> None:
        widen(connection)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(migration, "MIGRATIONS", [migration.Migration(2, "half", half)])
    with pytest.raises(Explained) as raised:
        opened(folder)
    assert raised.value.code == "store.io"
    connection = raw(folder)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)
    connection.close()
    monkeypatch.setattr(migration, "MIGRATIONS", [next_version])
    with opened(folder) as store:
        assert codes(store) == {"verify.ok_full"}


def test_that_without_room_for_the_backup_nothing_is_migrated(
    folder: Path, next_version: migration.Migration, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.store import room

    monkeypatch.setattr(room, "free_bytes", lambda _folder: 1_000)
    with pytest.raises(EnvironmentProblem) as raised:
        opened(folder)
    assert raised.value.code == "backup.no_room"
    connection = raw(folder)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


