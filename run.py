"""Sets everything up, then opens the demo study or runs the tests; a second run sets nothing up.

    python3 run.py                         open the demo study (with no screen: do the same job offscreen)
    python3 run.py test [--full] [...]     run the tests; further arguments go to pytest

Uses the standard library only. What it makes lies in .venv and demo beside this file; run again, it carries on.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
LOG = VENV / "set-up.log"
HALF_MADE = VENV / "half-made"
LOCK = ROOT / "packaging" / "requirements.lock"
OLDEST, NEWEST = (3, 11), (3, 14)
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# What the wheels of PySide6 and its offscreen plugin need and do not bring: library, Debian and Ubuntu package.
ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
}
# The same for the plugin that draws on an X screen, and for Wayland.
WITH_X = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WITH_WAYLAND = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}
# Programs that tests hold the program's own output against, and a compiler; a test skips when its program is missing.
TEST_TOOLS = {
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "openssl": "openssl",
    "softhsm2-util": "softhsm2",
    "gcc": "gcc libc6-dev",
}
# What failed programs say, what it means, what to do; the first that fits is told.
FAILURES = (
    (r"No space left|Errno 28|not enough (free )?space", "the disk is full", "Free 2 GB of space"),
    (r"DO NOT MATCH THE HASHES", "a downloaded file is not the one that was locked", "Try another network"),
    (
        r"NewConnectionError|ConnectionError|Connection(Reset|Refused|Aborted)|[Nn]ame resolution|Could not resolve"
        r"|timed out|ProxyError|SSLError|Failed to fetch|Network is unreachable|Unable to locate package"
        r"|No matching distribution|IncompleteRead|ProtocolError|Could not fetch|Could not connect",
        "the network failed or the package server did not answer",
        "Connect to the network",
    ),
    (r"Permission denied|Errno 13|Read-only file", "a file could not be written", "Check the folder's permissions"),
)


class Stopped(Exception):
    """The set-up cannot go on: what happened, what is kept, what to do."""

    def __init__(self, happened, kept, to_do):
        super().__init__(happened)
        self.sentences = (happened, kept, to_do)


class Progress:
    """Says which step is being done, of how many, and how long it has taken so far."""

    def __init__(self, steps):
        self.steps, self.done, self.began = steps, 0, time.monotonic()
        self.on_terminal = sys.stdout.isatty()
        self.said_at = 0.0

    def line(self, text):
        """One line of progress."""
        minutes, seconds = divmod(int(time.monotonic() - self.began), 60)
        return f"[{self.done}/{self.steps}] {minutes:d}:{seconds:02d}  {text}"

    def step(self, text):
        """Begin the next step."""
        self.done += 1
        self.clear()
        print(self.line(text), flush=True)

    def detail(self, text):
        """Say how far the step is: in place on a terminal, every ten seconds elsewhere."""
        if self.on_terminal:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + self.line(text)[:width].ljust(width), end="", flush=True)
        elif time.monotonic() - self.said_at > 10:
            self.said_at = time.monotonic()
            print(self.line(text), flush=True)

    def clear(self):
        """Wipe the line that detail wrote in place."""
        if self.on_terminal:
            print("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r", end="", flush=True)


# ---- what the machine lacks


def has_screen():
    """Whether a window can be shown."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries():
    """Debian packages of the libraries that Qt needs here and the loader does not find."""
    if not LINUX:
        return []
    wanted = dict(ALWAYS)
    if os.environ.get("DISPLAY"):
        wanted.update(WITH_X)
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted.update(WITH_WAYLAND)
    return sorted({package for library, package in wanted.items() if not loads(library)})


def loads(library):
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(for_tests):
    """Debian packages to install before the set-up: Qt's libraries, venv, and the tools that tests use."""
    packages = missing_libraries()
    if importlib.util.find_spec("ensurepip") is None:
        packages.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if for_tests and LINUX and may_install():
        missing = " ".join(package for tool, package in TEST_TOOLS.items() if shutil.which(tool) is None)
        packages += sorted(set(missing.split()))
    return packages


def may_install():
    """Whether this is root on a system with apt-get."""
    return LINUX and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(packages, progress):
    """Install Debian packages as root, or stop with the one command that does it."""
    command = "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)
    if not may_install():
        raise Stopped(
            "This machine lacks system packages that the program needs: {}.".format(", ".join(packages)),
            "Nothing was changed.",
            f"On Debian or Ubuntu type this one command, then run this again:\n    sudo sh -c '{command}'",
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        progress.detail("apt-get " + " ".join(arguments))
        told = subprocess.run(["apt-get", "-q", *arguments], env=quiet, capture_output=True, text=True, check=False)
        if told.returncode and arguments[0] == "install":  # an update fails for one bad source and still finds the rest
            raise failure("Installing system packages", told.stdout + told.stderr, "Nothing was half installed.")


# ---- the environment


def wanted_state():
    """What a finished set-up is stamped with: anything here changed means that it is done again."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return {
        "inputs": hashlib.sha256(b"\0".join(parts)).hexdigest(),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "checkout": str(ROOT),
    }


def stamped_state():
    """The stamp of the last finished set-up, empty when there was none."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def environment_usable():
    """Whether .venv has a working interpreter of this version, in this place, with pip."""
    before = stamped_state()
    if HALF_MADE.exists():  # pip was killed: what it was unpacking would pass for installed
        return False
    if before and before.get("checkout") != str(ROOT):
        return False
    probe = "import sys, pip; print('{}.{}'.format(*sys.version_info[:2]))"
    try:
        told = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and told.stdout.strip() == wanted_state()["python"]


def make_environment(progress):
    """Make .venv, or make it anew when it is half made, was moved, or belongs to another Python."""
    if environment_usable():
        return
    progress.detail("making .venv")
    arguments = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    told = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if told.returncode:
        raise failure("Making .venv", told.stdout + told.stderr, "Nothing else was changed.")


def pip(doing, arguments, progress, describe):
    """Run pip in .venv, show its progress line by line, and keep everything it says in the log."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", *arguments]
    said = []
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    HALF_MADE.touch()
    running = subprocess.Popen(command, cwd=ROOT, env=environment, **options)
    with LOG.open("a", encoding="utf-8") as log, running:
        for line in running.stdout:
            log.write(line)
            said.append(line)
            told = describe(line.strip())
            if told:
                progress.detail(told)
    if running.returncode >= 0:  # it came to an end of its own, and so tidied up
        HALF_MADE.unlink()
    if running.returncode:
        kept = "Kept: .venv as far as it is made, and what pip has already downloaded."
        raise failure(doing, "".join(said[-60:]), kept + f" All it said is in {LOG}.")


class Wheels:
    """Turns pip's lines into how many dependencies have been looked at, and which is being downloaded."""

    def __init__(self, total):
        self.total, self.names = total, set()

    def __call__(self, line):
        found = re.match(r"(?:Collecting|Requirement already satisfied:|Ignoring) ([\w.-]+)", line)
        found = found or re.match(r"Processing .*?([\w.]+)-\d\S*\.whl", line)  # from a folder of wheels
        if found:
            self.names.add(found.group(1).lower().replace("_", "-"))
            return f"{len(self.names)} of {self.total} looked up: {found.group(1)}"
        found = re.match(r"Downloading (\S+?)-\d\S*(?<!metadata) \((.+)\)", line)
        if found:
            return "downloading {}, {}".format(*found.groups())
        return "unpacking, takes a moment" if line.startswith("Installing collected") else None


def install_dependencies(progress):
    """Install exactly what the lock names, checked against its hashes."""
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    wheels = Wheels(len(set(names)))
    pip("Installing the locked dependencies", ["--require-hashes", "-r", str(LOCK)], progress, wheels)


def install_project(progress):
    """Install this checkout itself; apart from the rest, since pip refuses hashes and an editable in one call."""
    arguments = ["--no-deps", "--no-build-isolation", "-e", "."]
    pip("Installing the program", arguments, progress, lambda line: None)


def failure(doing, output, kept):
    """Tell a failed network, a full disk and a wrong file apart by what the failed program said."""
    found = [(reason, remedy) for pattern, reason, remedy in FAILURES if re.search(pattern, output)]
    reason, remedy = found[0] if found else ("the program that does it failed", "Read the lines below")
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"error\b|^E: ", line, flags=re.IGNORECASE)] or lines
    tail = "\n".join("    " + line[:200] for line in telling[-5:])
    return Stopped(f"{doing} did not finish: {reason}.", kept, f"{remedy}, then run this again; it carries on.\n{tail}")


def set_up(for_tests):
    """Bring the machine and .venv to what the lock says; costs nothing when they are there already."""
    packages = missing_packages(for_tests)
    fits = PYTHON.exists() and stamped_state() == wanted_state()
    if fits and not packages:
        return
    progress = Progress((1 if packages else 0) + (0 if fits else 3))
    if packages:
        progress.step("Installing system packages: " + " ".join(packages))
        install_packages(packages, progress)
    if not fits:
        progress.step("Making the environment in .venv")
        make_environment(progress)
        STAMP.unlink(missing_ok=True)
        progress.step("Installing the locked dependencies (about 200 MB the first time)")
        install_dependencies(progress)
        progress.step("Installing the program")
        install_project(progress)
        STAMP.write_text(json.dumps(wanted_state()), encoding="utf-8")
    progress.clear()
    print(progress.line("Everything is in place."), flush=True)


# ---- the two commands


def open_demo():
    """Open the demo study; with no screen, drive it offscreen and say what was made."""
    environment = dict(os.environ)
    if not has_screen():
        environment["QT_QPA_PLATFORM"] = "offscreen"
        arguments = ["demo", "demo", "--tour"]
    elif (ROOT / "demo" / "demo.crf").exists():
        arguments = [str(Path("demo") / "demo.crf")]
    else:
        arguments = ["demo", "demo"]
    return subprocess.call([str(PYTHON), "-m", "crf_desktop", *arguments], cwd=ROOT, env=environment)


def run_tests(arguments):
    """Run the suite, on up to four cores; each takes half a gigabyte."""
    cores = ["-n", "auto", "--maxprocesses", "4"]
    return subprocess.call([str(PYTHON), "-m", "pytest", *cores, *arguments], cwd=ROOT)


def refuse_other_python():
    """Stop on an interpreter that the lock has no files for."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Stopped(
            "This is Python {}.{}; the program needs 3.11 to 3.14.".format(*sys.version_info[:2]),
            "Nothing was changed.",
            "Run it with another interpreter, for example: python3.12 run.py",
        )


def main(arguments):
    """Do one of the two commands and return its exit code."""
    for_tests = arguments[:1] == ["test"]
    if arguments and not for_tests:
        print(__doc__)
        return 0 if arguments[0] in ("-h", "--help") else 2
    try:
        refuse_other_python()
        set_up(for_tests)
        return run_tests(arguments[1:]) if for_tests else open_demo()
    except Stopped as stopped:
        print("\n" + "\n".join(stopped.sentences), file=sys.stderr)
    except OSError as problem:  # a full or read-only disk, met by ourselves
        told = failure("The set-up", str(problem), "Kept: what is already in .venv.")
        print("\n" + "\n".join(told.sentences), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. What is already in .venv is kept; run this again and it carries on.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
