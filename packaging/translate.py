"""Gathers the window's words into resources/translations/crf_desktop_zh.ts and .qm: ``python packaging/translate.py``.

English is read from the sources by Qt's lupdate; Chinese stands in the zh_*.json tables beside the result, by context.
A word without Chinese stays unfinished in the .ts, is named here, and makes the exit code 1.
``--check`` writes nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
TARGET = FOLDER / "crf_desktop_zh.ts"
BIN = Path(sys.executable).parent


def run(tool: str, *arguments: str) -> None:
    """One of Qt's tools, quietly."""
    done = subprocess.run([str(BIN / tool), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool}: {done.stderr.strip() or done.stdout.strip()}")


def chinese() -> dict[str, dict[str, str]]:
    """Every table, merged; two tables may not disagree about a word of one context."""
    words: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob("zh_*.json")):
        for context, table in json.loads(path.read_text(encoding="utf-8")).items():
            held = words.setdefault(context, {})
            for english, translated in table.items():
                if held.setdefault(english, translated) != translated:
                    raise SystemExit(f"{path.name}: {context!r} {english!r} is translated twice")
    return words


def gather(target: Path) -> list[str]:
    """Writes the .ts from sources and tables; returns the words without Chinese."""
    target.unlink(missing_ok=True)
    sources = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "crf_desktop" / "ui").rglob("*.py"))
    run("pyside6-lupdate", *sources, "-ts", str(target), "-no-obsolete", "-locations", "none")
    tree = ElementTree.parse(target)
    root, words, missing = tree.getroot(), chinese(), []
    root.set("language", "zh_CN")
    root.set("sourcelanguage", "en")
    for context in root.findall("context"):
        name = context.findtext("name") or ""
        for message in context.findall("message"):
            english = message.findtext("source") or ""
            slot = message.find("translation")
            assert slot is not None
            found = words.get(name, {}).get(english)
            if found is None:
                missing.append(f"{name}: {english}")
            else:
                slot.text = found
                slot.attrib.pop("type", None)
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    target.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return missing


def release(source: Path, target: Path) -> None:
    """The compiled form that the window loads."""
    run("pyside6-lrelease", str(source), "-qm", str(target))


def stale() -> list[str]:
    """What is wrong with the committed files: words without Chinese, or files older than their sources."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.ts"
        wrong = [f"no Chinese for {word}" for word in gather(fresh)]
        release(fresh, Path(folder) / "fresh.qm")
        for made, kept in ((fresh, TARGET), (Path(folder) / "fresh.qm", TARGET.with_suffix(".qm"))):
            if not kept.is_file() or made.read_bytes() != kept.read_bytes():
                wrong.append(f"{kept.name} is not what packaging/translate.py makes now")
    return wrong


def main() -> int:
    """Makes or checks the files."""
    if "--check" in sys.argv[1:]:
        wrong = stale()
    else:
        wrong = [f"no Chinese for {word}" for word in gather(TARGET)]
        release(TARGET, TARGET.with_suffix(".qm"))
    print("\n".join(wrong) or f"{TARGET.relative_to(ROOT)} is whole")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
