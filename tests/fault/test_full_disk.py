"""A disk that fills up: told in time, nothing new begun at the end, readable at 0 bytes free, nothing typed lost."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.store import Store, engine, unlock
from crf_desktop.store.room import ALMOST_NONE, LITTLE, Room, room_for
from tests.fault.invariant import fault_of
from tests.fault.results import keep
from tests.fault.scenario import Said, heads_of
from tests.fault.site import FIRST, NOTE, PASSWORD, SUBJECT, copy_site, note
from tests.store.test_opening import mounted

BALLAST = "ballast"


class Usage(NamedTuple):
    """What ``shutil.disk_usage`` says."""

    total: int
    used: int
    free: int


class FakeDisk:
    """A disk with as much room as a test says."""

    def __init__(self) -> None:
        self.free = 10 * LITTLE

    def usage(self, path: object) -> Usage:
        """Instead of the machine's answer."""
        return Usage(100 * LITTLE, 0, self.free)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FakeDisk:
    fake = FakeDisk()
    monkeypatch.setattr(shutil, "disk_usage", fake.usage)
    return fake


@pytest.fixture
def study(place: Path) -> Iterator[Study]:
    opened = Study.open(place / FIRST, "inv", PASSWORD)
    yield opened
    opened.close()


def refused(act: Any) -> str:
    with pytest.raises(Refused) as raised:
        act()
    for language in ("en", "zh"):
        assert "50 MB" in " ".join(raised.value.sentences(language)) or raised.value.code == "form.closed"  # type: ignore[arg-type]
    return raised.value.code


def test_that_room_is_ample_little_or_almost_none() -> None:
    told = [room_for(free) for free in (LITTLE, LITTLE - 1, ALMOST_NONE, ALMOST_NONE - 1, 0)]
    assert told == [Room.AMPLE, Room.LITTLE, Room.LITTLE, Room.ALMOST_NONE, Room.ALMOST_NONE]


@pytest.mark.requirement("REQ-19")
def test_that_below_50_mb_nothing_new_is_begun_and_what_is_begun_can_be_finished(study: Study, disk: FakeDisk) -> None:
    begun = study.form(SUBJECT, "SE.W0", "F.DOSE")
    disk.free = ALMOST_NONE - 1
    begun.set("I.NOTE", "typed before the disk was full")
    assert study.form(SUBJECT, "SE.W0", "F.DOSE").datum("I.NOTE").value == "typed before the disk was full"
    study.form(SUBJECT, "SE.W0", "F.DOSE").set("I.NOTE", "and after", reason="Read again.")
    assert refused(study.enrol) == "store.no_room"
    assert refused(lambda: study.start_event(SUBJECT, "SE.D2", study.today())) == "store.no_room"
    entry = study.form(SUBJECT, "SE.LOG", study.next_repeat(SUBJECT, "SE.LOG", "F.AE"))
    assert entry.closed() and entry.gates()[0][0] == entry.closed()[0] and "50 MB" in entry.closed()[0].en
    assert refused(lambda: entry.set("I.AE.TERM", "Cough")) == "form.closed"


def test_that_with_room_again_everything_begins_again(study: Study, disk: FakeDisk) -> None:
    disk.free = 0
    assert refused(study.enrol) == "store.no_room"
    disk.free = LITTLE
    other = study.enrol()
    study.start_event(other, "SE.SCR", study.today())
    study.form(other, "SE.SCR", "F.DEMO").set("I.SEX", "F")


def test_that_a_form_opened_in_time_takes_its_first_answer(study: Study, disk: FakeDisk) -> None:
    entry = study.form(SUBJECT, "SE.LOG", study.next_repeat(SUBJECT, "SE.LOG", "F.AE"))
    disk.free = ALMOST_NONE - 1
    entry.set("I.AE.TERM", "Cough")
    entry.set("I.AE.SERIOUS", "false")
    assert entry.datum("I.AE.TERM").value == "Cough"


def test_that_reading_asks_for_no_room(place: Path, disk: FakeDisk) -> None:
    disk.free = 0
    study = Study.open(place / FIRST, "inv", PASSWORD, read_only=True)
    assert not study.form(SUBJECT, "SE.LOG", "F.AE#1-1").closed()
    study.close()


def fill(folder: Path) -> None:
    """Writes until there is no byte left."""
    with contextlib.suppress(OSError), (folder / BALLAST).open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass


def save_until_full(store: Store) -> tuple[int, str]:
    """(answers saved, code) when the disk took no more."""
    for n in range(10_000):
        try:
            note(store, "x" * 3000 + str(n))
        except EnvironmentProblem as problem:
            assert "disk" in problem.sentences("en")[0]
            return n, problem.code
    raise AssertionError("never full")


@pytest.mark.requirement("REQ-19")
def test_that_a_disk_that_is_really_full_loses_nothing(site: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as small:
        folder = Path(shutil.copytree(site / FIRST, small / FIRST))
        (small / "other").write_bytes(bytes(200_000))
        store = unlock(folder, "inv", PASSWORD)
        saved, code = save_until_full(store)
        said = Said(heads_of(store))
        assert code == "store.disk_full" and saved > 20
        fill(small)
        assert shutil.disk_usage(small).free == 0
        assert store.at(NOTE) is not None and not [f for f in store.verify("full") if f.bad]
        with pytest.raises(EnvironmentProblem):
            store.save_draft(NOTE, "typed")
        store.close()
        store = unlock(folder, "inv", PASSWORD)
        row = store.at(NOTE)
        assert row is not None and (row.datum.value or "").endswith(f"x{saved - 1}")
        assert {f.code for f in store.findings} <= {"verify.log_in_owed"}
        (small / "other").unlink()
        note(store, "after")
        store.close()
        assert fault_of(folder, said) is None
        keep("full disk", "tmpfs of 2 MB", saves=saved, bad=0)


@pytest.mark.requirement("REQ-19")
def test_that_a_study_opens_and_reads_at_0_bytes_free(site: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=1m", "tmpfs") as small:
        folder = Path(shutil.copytree(site / FIRST, small / FIRST))
        fill(small)
        study = Study.open(folder, "inv", PASSWORD)
        assert study.subjects() == [SUBJECT] and study.matrix(SUBJECT).columns
        assert study.form(SUBJECT, "SE.SCR", "F.DEMO").datum("I.SEX").value == "F"
        assert {f.code for f in study.store.findings} == {"verify.log_in_owed"}
        study.close()


@pytest.fixture
def thirds(tmp_path: Path) -> Iterator[Path]:
    """A real disk a little larger than what is told of."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=280m", "tmpfs") as place:
        yield place


def leave(place: Path, free: int) -> int:
    """Takes so much of a real disk that so many bytes are left; returns how many are."""
    with (place / BALLAST).open("ab") as file:
        taken = file.seek(0, os.SEEK_END)
        os.posix_fallocate(file.fileno(), 0, taken + shutil.disk_usage(place).free - free)
    left = shutil.disk_usage(place).free
    assert free - 8192 < left <= free
    return left


@pytest.mark.requirement("REQ-19")
def test_that_a_real_disk_warns_below_200_mb_and_begins_nothing_below_50(
    qt_application: Any, site: Path, thirds: Path
) -> None:
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.room_strip import RoomStrip

    folder, strip, told = Path(shutil.copytree(site / FIRST, thirds / FIRST)), RoomStrip(Look()), {}
    study = Study.open(folder, "inv", PASSWORD)
    for free in (LITTLE + 16384, LITTLE - 4096, ALMOST_NONE + 16384, ALMOST_NONE - 4096):
        leave(thirds, free)
        strip.look_at(folder)
        told[free] = not strip.isHidden(), "almost full" in strip.words.text()
        study.form(SUBJECT, "SE.W0", "F.DOSE").set("I.NOTE", f"at {free}", reason="Read again.")
    assert list(told.values()) == [(False, False), (True, False), (True, False), (True, True)]
    assert refused(study.enrol) == "store.no_room"
    entry = study.form(SUBJECT, "SE.LOG", study.next_repeat(SUBJECT, "SE.LOG", "F.AE"))
    assert refused(lambda: entry.set("I.AE.TERM", "Cough")) == "form.closed"
    (thirds / BALLAST).unlink()
    study.enrol()
    study.close()
    strip.deleteLater()
    assert fault_of(folder, None) is None
    keep("little room", "tmpfs of 280 MB", sizes=len(told), bad=0)


@pytest.fixture
def full(site: Path, tmp_path: Path) -> Iterator[Path]:
    """A study on a real disk that is to be filled to the last byte; there until the window is gone."""
    with mounted(tmp_path / "full", "-t", "tmpfs", "-o", "size=80m", "tmpfs") as place:
        shutil.copytree(site / FIRST, place / FIRST)
        yield place


@pytest.mark.requirement("REQ-19")
def test_that_what_is_typed_on_a_disk_without_a_byte_stays_in_its_field_until_it_is_saved(
    full: Path, window: Any, hand: Any
) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from crf_desktop.ui.places import Where

    window.folder = full / FIRST
    window._opened(Study.open(full / FIRST, "inv", PASSWORD))
    hand.wait(lambda: window.study is not None, "the study")
    window.places.go(Where("form", SUBJECT, "SE.W0", "F.DOSE"))
    page = window.places.form
    hand.wait(lambda: page.body.block_of("I.NOTE").isVisible(), "the form")
    entry = page.body.block_of("I.NOTE").fields["I.NOTE"].entry
    fill(full)
    assert shutil.disk_usage(full).free == 0
    hand.click(entry)
    hand.type("typed on a full disk", entry)
    QTest.keyClick(entry, Qt.Key.Key_Tab)  # it takes several lines
    page.binding.flush()
    hand.wait(lambda: page.dialogue.sheet is not None, "the sentence")
    assert page.dialogue.sheet.problem.code == "store.disk_full"
    assert entry.text() == "typed on a full disk" and not window.places.may_move()
    assert window.study.store.at(NOTE) is None
    (full / BALLAST).unlink()
    hand.click(page.dialogue.sheet.first_button())
    hand.wait(lambda: window.study.store.at(NOTE) is not None, "the answer")
    assert window.study.store.at(NOTE).datum.value == "typed on a full disk"
    keep("full disk", "typed in the window at 0 bytes free", saves=0, bad=0)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from crf_desktop.store import unlock
from tests.fault.site import PASSWORD, light, note
from tests.fault.test_full_disk import save_until_full
light()
store = unlock(Path(sys.argv[1]), "inv", PASSWORD)
size = (Path(sys.argv[1]) / "log.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 65536, resource.RLIM_INFINITY))
saved, code = save_until_full(store)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
note(store, "after the limit")
print(saved, code, store.heads()[store.origin][0])
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are POSIX")
def test_that_a_limit_on_the_size_of_files_loses_nothing(place: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(place / FIRST)], cwd=Path(__file__).parents[2], capture_output=True,
        text=True, check=False, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    saved, code, seq = told.stdout.split()
    assert int(saved) > 3 and code in ("store.io", "store.disk_full")
    with unlock(place / FIRST, "inv", PASSWORD) as store:
        row = store.change(store.origin, int(seq))
        assert row is not None and row.datum.value == "after the limit"
    assert fault_of(place / FIRST, None) is None
    assert (place / FIRST / engine.NAME).stat().st_size


def test_that_the_window_says_that_there_is_little_room(
    qt_application: Any, disk: FakeDisk, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.room_strip import RoomStrip

    strip, folder = RoomStrip(Look()), copy_site(place, tmp_path / "again") / FIRST
    strip.look_at(folder)
    assert strip.isHidden()
    for free, english in ((LITTLE - 1, "has little room, 199 MB free"), (0, "almost full, 0 MB free")):
        disk.free = free
        strip.look_at(folder)
        shown = strip.words.text().replace("\u202f", " ").replace("\u00a0", " ")
        assert not strip.isHidden() and english in shown, shown
    strip.look_at(None)
    assert strip.isHidden()
    strip.deleteLater()
