"""The one command: what it notices and repairs, what it says when it cannot go on, that a second run is free."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Calls:
    """Stands in for the programs that run.py starts: notes each command, answers with what is asked for."""

    def __init__(self, *, code: int = 0, output: str = "") -> None:
        self.made: list[list[str]] = []
        self.code, self.output = code, output

    def run(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.made.append(command)
        return subprocess.CompletedProcess(command, self.code, stdout=self.output, stderr="")

    def call(self, command: list[str], **_: Any) -> int:
        self.made.append(command)
        return self.code


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py, pointed at an empty checkout."""
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "requirements.lock").write_text("attrs==1 --hash=sha256:00\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "set-up.json", "LOG": venv / "set-up.log"}
    places |= {"HALF_MADE": venv / "half-made"}
    places |= {"LOCK": tmp_path / "packaging" / "requirements.lock", "PYTHON": venv / "bin" / "python"}
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    monkeypatch.setattr(module, "missing_libraries", list)
    monkeypatch.setattr(module, "TEST_TOOLS", {})
    return module


def finish(run: Any) -> None:
    """Make the checkout look as after a finished set-up."""
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text("#!/bin/sh\necho {}.{}\n".format(*sys.version_info[:2]))  # all that is asked of it
    run.PYTHON.chmod(0o755)
    run.STAMP.write_text(json.dumps(run.wanted_state()))


def fake_pip(run: Any, monkeypatch: pytest.MonkeyPatch, script: str) -> list[list[str]]:
    """Let a small program speak in pip's place; returns the arguments of each call."""
    asked: list[list[str]] = []
    start = subprocess.Popen

    def popen(command: list[str], **options: Any) -> Any:
        asked.append(command[4:])
        return start([sys.executable, "-c", script], **{**options, "cwd": None})

    monkeypatch.setattr(run, "environment_usable", lambda: True)
    monkeypatch.setattr(run.subprocess, "Popen", popen)
    return asked


def test_that_it_uses_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_that_the_build_calls_exactly_the_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 run.py test\n" in script.read_text()
    assert os.access(script, os.X_OK)


def test_that_a_second_run_starts_no_program_but_the_one_asked_for(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(run)
    calls = Calls()
    monkeypatch.setattr(run.subprocess, "run", calls.run)
    monkeypatch.setattr(run.subprocess, "call", calls.call)
    assert run.main(["test", "-k", "font"]) == 0
    assert calls.made == [[str(run.PYTHON), "-m", "pytest", "-n", "auto", "--maxprocesses", "4", "-k", "font"]]


@pytest.mark.parametrize("changed", ["packaging/requirements.lock", "pyproject.toml"])
def test_that_a_changed_lock_or_project_is_set_up_again(
    run: Any, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    finish(run)
    (run.ROOT / changed).write_text("[project]\n# another\n")
    asked = fake_pip(run, monkeypatch, "pass")
    run.set_up(for_tests=False)
    assert [command[-1] for command in asked] == [str(run.LOCK), "."]
    assert run.stamped_state() == run.wanted_state()


def test_that_hashes_and_the_editable_project_are_two_calls(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(run)
    run.STAMP.unlink()
    asked = fake_pip(run, monkeypatch, "pass")
    run.set_up(for_tests=False)
    assert asked[0][-3:] == ["--require-hashes", "-r", str(run.LOCK)]
    assert asked[1][-4:] == ["--no-deps", "--no-build-isolation", "-e", "."]


def test_that_a_broken_environment_is_made_anew(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text("")  # no program: neither run nor trusted
    calls = Calls()
    real = subprocess.run
    monkeypatch.setattr(run.subprocess, "run", lambda c, **o: calls.run(c) if "venv" in c else real(c, **o))
    run.make_environment(run.Progress(3))
    assert calls.made == [[sys.executable, "-m", "venv", "--clear", str(run.VENV)]]


def test_that_a_moved_checkout_is_made_anew(run: Any) -> None:
    finish(run)
    assert run.environment_usable()
    run.STAMP.write_text(json.dumps({**run.wanted_state(), "checkout": "elsewhere"}))
    assert not run.environment_usable()


def test_that_an_environment_is_made_anew_when_pip_was_killed(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(run)
    assert run.environment_usable()
    run.STAMP.unlink()
    usable = run.environment_usable
    fake_pip(run, monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert run.main([]) == 1
    assert not usable()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Temporary failure in name resolution", "the network failed"),
        ("ReadTimeoutError: timed out", "the network failed"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("something else", "the program that does it failed"),
    ],
)
def test_that_a_failure_half_way_says_what_happened_what_is_kept_and_what_to_do(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    finish(run)
    run.STAMP.unlink()
    fake_pip(run, monkeypatch, f"print({said!r}); raise SystemExit(1)")
    assert run.main([]) == 1
    complaint = capsys.readouterr().err
    assert told in complaint
    assert "Kept: .venv" in complaint
    assert "run this again; it carries on" in complaint
    assert not run.STAMP.exists()
    assert said in run.LOG.read_text()


def test_that_without_root_it_prints_the_one_command(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finish(run)
    calls = Calls()
    monkeypatch.setattr(run, "missing_libraries", lambda: ["libegl1", "libgl1"])
    monkeypatch.setattr(run, "may_install", lambda: False)
    monkeypatch.setattr(run.subprocess, "run", calls.run)
    assert run.main([]) == 1
    told = capsys.readouterr().err
    assert "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1'" in told
    assert "Nothing was changed." in told
    assert calls.made == []


def test_that_root_installs_what_is_missing(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(run)
    calls = Calls()
    monkeypatch.setattr(run, "missing_libraries", lambda: ["libegl1"])
    monkeypatch.setattr(run, "may_install", lambda: True)
    monkeypatch.setattr(run, "TEST_TOOLS", {"a-program-nobody-has": "its-package"})
    monkeypatch.setattr(run.subprocess, "run", calls.run)
    run.set_up(for_tests=True)
    assert [command[:3] for command in calls.made] == [["apt-get", "-q", "update"], ["apt-get", "-q", "install"]]
    assert calls.made[1][-2:] == ["libegl1", "its-package"]


def test_that_a_python_without_venv_is_noticed(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    assert run.missing_packages(for_tests=False) == [f"python3.{sys.version_info[1]}-venv"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the loader's names are Linux's")
def test_that_the_loader_is_asked_for_each_library(run: Any) -> None:
    assert run.loads("libc.so.6")
    assert not run.loads("libnobodyhasthis.so.9")


@pytest.mark.parametrize(
    ("screen", "made", "arguments"),
    [
        (False, False, ["demo", "demo", "--tour"]),
        (False, True, ["demo", "demo", "--tour"]),
        (True, False, ["demo", "demo"]),
        (True, True, [str(Path("demo/demo.crf"))]),
    ],
)
def test_that_the_demo_opens_or_is_driven_offscreen(
    run: Any, monkeypatch: pytest.MonkeyPatch, screen: bool, made: bool, arguments: list[str]
) -> None:
    finish(run)
    calls = Calls()
    monkeypatch.setattr(run, "has_screen", lambda: screen)
    monkeypatch.setattr(run.subprocess, "call", calls.call)
    if made:
        (run.ROOT / "demo" / "demo.crf").mkdir(parents=True)
    assert run.main([]) == 0
    assert calls.made == [[str(run.PYTHON), "-m", "crf_desktop", *arguments]]


def test_that_progress_names_each_dependency_once(run: Any) -> None:
    wheels = run.Wheels(66)
    assert wheels("Collecting attrs==26.1.0 (from -r x (line 3))") == "1 of 66 looked up: attrs"
    assert wheels("Collecting attrs==26.1.0 (from -r x (line 3))") == "1 of 66 looked up: attrs"
    assert wheels("Downloading attrs-26.1.0-py3-none-any.whl.metadata (10 kB)") is None
    assert wheels("Downloading numpy-2.4.6-cp311-cp311-x.whl (16.6 MB)") == "downloading numpy, 16.6 MB"


def test_that_another_python_is_refused_politely(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "NEWEST", (3, 10))
    assert run.main(["test"]) == 1
    assert "needs 3.11 to 3.14" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("ldd") is None, reason="needs ldd")
def test_that_the_loader_finds_every_library_of_what_qt_loads_offscreen() -> None:
    found = importlib.util.find_spec("PySide6")
    assert found and found.submodule_search_locations
    folder = Path(found.submodule_search_locations[0])
    files = [folder / f"{name}.abi3.so" for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")]
    files.append(folder / "Qt" / "plugins" / "platforms" / "libqoffscreen.so")
    there = [str(path) for path in files if path.exists()]
    assert len(there) >= 4
    told = subprocess.run(["ldd", *there], capture_output=True, text=True, check=False).stdout
    assert [line.strip() for line in told.splitlines() if "not found" in line] == []
