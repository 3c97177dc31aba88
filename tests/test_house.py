"""The house rules that a machine can check: lengths, docstrings, output, linters, the lock, nothing private."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "crf_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = [ROOT / "run.py", *sorted((ROOT / "packaging").rglob("*.py"))]
PRINTING = ("crf_desktop/__main__.py", "crf_desktop/cli.py", "crf_desktop/cli/")
"""What talks to a terminal."""

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_MAIN_WINDOW = 500, 40, 400
VALUE_NAMES = {"value", "values", "subject", "subject_key", "answer", "password", "passphrase"}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "service"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_that_no_file_is_longer_than_500_lines() -> None:
    length = {relative(p): len(p.read_text(encoding="utf-8").splitlines()) for p in [*MODULES, *SCRIPTS]}
    allowed = {name: LONGEST_MAIN_WINDOW if name.endswith("ui/main_window.py") else LONGEST_FILE for name in length}
    assert {name: lines for name, lines in length.items() if lines > allowed[name]} == {}


def test_that_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in [*MODULES, *SCRIPTS]
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_that_every_module_says_in_one_line_what_it_is() -> None:
    silent = [relative(p) for p in MODULES if not (ast.get_docstring(ast.parse(p.read_text(encoding="utf-8"))) or "")]
    assert not silent, "\n".join(silent)


def test_that_no_module_has_a_vague_name() -> None:
    assert [relative(p) for p in MODULES if p.stem in VAGUE] == []


def test_that_only_the_command_line_prints() -> None:
    printing = [
        f"{relative(path)}:{call.lineno}"
        for path in MODULES
        if not relative(path).startswith(PRINTING)
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert not printing, "\n".join(printing)


def test_that_no_log_call_is_given_a_value_or_a_participant() -> None:
    telling = [
        f"{relative(path)}:{call.lineno}"
        for path in MODULES
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in LOGGING
        and ast.unparse(call.func.value) in {"log", "logger", "logging", "LOG", "_log"}
        and VALUE_NAMES & {getattr(n, "id", getattr(n, "attr", "")) for a in call.args for n in ast.walk(a)}
    ]
    assert not telling, "\n".join(telling)


def tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_that_ruff_finds_nothing() -> None:
    told = tool("ruff", "check", "--output-format", "concise", ".")
    assert told.returncode == 0, told.stdout + told.stderr


def test_that_mypy_finds_nothing() -> None:
    told = tool("mypy")
    assert told.returncode == 0, told.stdout + told.stderr


def test_that_the_repository_names_no_registry_and_no_path_of_a_machine() -> None:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    registries = "pypi" + r"\.org|files\.python" + r"hosted|registry\.np" + "mjs"  # split, or this line would be found
    forbidden = re.compile(registries + r"|[\s\"'=(]/(work|root|home/\w+)/")
    paths = [ROOT / name for name in listed.split("\0") if name]
    texts = [p for p in paths if p.is_file() and p.suffix not in {".ttf", ".png", ".pdf", ".db", ".age"}]
    assert [relative(p) for p in texts if forbidden.search(p.read_text(encoding="utf-8", errors="replace"))] == []


def lock_entries() -> dict[str, list[str]]:
    """Each pin of the lock with its lines, by normalised name."""
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    entries: dict[str, list[str]] = {}
    for entry in re.findall(r"^[A-Za-z](?:.*\\\n)*.*", text, flags=re.MULTILINE):
        entries.setdefault(normal(entry), []).append(entry)
    return entries


def normal(requirement: str) -> str:
    """A requirement's name as registries compare it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def test_that_the_lock_pins_every_dependency_with_hashes_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["test"]]
    wanted += project["build-system"]["requires"]
    lines = (ROOT / "packaging" / "requirements.in").read_text(encoding="utf-8").splitlines()
    wanted += [line for line in lines if line and not line.startswith("#")]
    entries = lock_entries()
    assert {normal(name) for name in wanted} - set(entries) == set()
    for name, pins in entries.items():
        for pin in pins:
            assert re.match(r"\S+==\d\S*", pin) and "--hash=sha256:" in pin, name
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_that_what_is_installed_is_what_the_lock_pins() -> None:
    from importlib.metadata import PackageNotFoundError, version

    differing = []
    for name, pins in lock_entries().items():
        pinned = {re.split(r"[=\s;\\]+", pin)[1] for pin in pins}
        try:
            if version(name) not in pinned:
                differing.append(name)
        except PackageNotFoundError:
            if not any(";" in pin for pin in pins):
                differing.append(name)
    assert not differing, "\n".join(differing)
