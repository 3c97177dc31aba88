"""Writes requirements.lock: every dependency, test tool and build back end, pinned, with hashes for all platforms.

python packaging/make_lock.py [--upgrade]      needs uv; without --upgrade the pins that still fit are kept
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
HEADER = """\
# Made by packaging/make_lock.py from pyproject.toml and packaging/requirements.in; do not edit.
# For CPython 3.11 to 3.14 on every platform. Use: pip install --require-hashes -r packaging/requirements.lock
"""


def command(arguments: list[str]) -> list[str]:
    """The resolver's call: universal, with hashes, and without a word about where the files came from."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        sys.exit("uv is missing: pip install uv")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    silent = ["--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    sources = ["pyproject.toml", "--extra", "test", "packaging/requirements.in", "-o", "packaging/requirements.lock"]
    return [uv, "pip", "compile", *options, *silent, *arguments, *sources]


def main() -> None:
    """Resolve, then refuse a lock that names an address or leaves a pin without hashes."""
    subprocess.run(command(sys.argv[1:]), cwd=HERE.parent, check=True)
    text = LOCK.read_text(encoding="utf-8")
    entries = re.findall(r"^[A-Za-z](?:.*\\\n)*.*", text, flags=re.MULTILINE)
    bare = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    if "://" in text or bare:
        sys.exit(f"the lock names an address, or these have no hash: {bare}")
    LOCK.write_text(HEADER + text, encoding="utf-8")
    print(f"{len(entries)} pins, {text.count('--hash=')} hashes")


if __name__ == "__main__":
    main()
