"""The checks before a round are made, not claimed."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crf_desktop.ui.machine_card import check_words
from crf_desktop.ui.machine_check import look_around

NOW = datetime(2026, 11, 18, 8, 5).astimezone()


def study(folder: Path, written: datetime) -> Path:
    folder.mkdir()
    (folder / "log.db").write_bytes(b"x")
    os.utime(folder / "log.db", (written.timestamp(), written.timestamp()))
    return folder


def test_that_a_clock_behind_the_last_entry_is_told_in_minutes(tmp_path: Path) -> None:
    late = look_around(study(tmp_path / "a.crf", NOW + timedelta(minutes=30)), NOW, tmp_path / "none")
    assert (late[0].check, late[0].fine, late[0].number) == ("clock", False, 30)
    fine = look_around(study(tmp_path / "b.crf", NOW - timedelta(days=1)), NOW, tmp_path / "none")
    assert fine[0].fine


def test_that_a_battery_is_told_only_where_there_is_one(tmp_path: Path) -> None:
    assert [f.check for f in look_around(None, NOW, tmp_path / "none")] == ["disk"]
    supply = tmp_path / "power" / "BAT0"
    supply.mkdir(parents=True)
    for name, text in (("type", "Battery"), ("capacity", "12"), ("status", "Discharging")):
        (supply / name).write_text(text + "\n", encoding="ascii")
    battery = look_around(None, NOW, tmp_path / "power")[-1]
    assert (battery.check, battery.fine, battery.number) == ("battery", False, 12)


def test_that_memory_is_named_only_where_the_system_would_not_protect_it(window: Any, folder: Path) -> None:
    window.show_folder(folder)
    assert "memory" not in {found.check for found in window.unlock.checks.findings}
    window.unlock.checks.open_memory = True
    window.show_folder(folder)
    (told,) = [found for found in window.unlock.checks.findings if found.check == "memory"]
    assert check_words(told, "en") == ("Memory", "not protected from reading")
