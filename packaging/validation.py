"""Writes docs/validation.md: which tests show which requirement.

python packaging/validation.py [--check]      reads the marks of the tests; nothing is run
"""

import ast
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation.md"
HEADER = """\
# Requirements and the tests that show them

Made by `python packaging/validation.py` from the marks in `tests/`; do not edit. A test of the suite fails when this
page is older than the tests. A requirement may be shown in part: what is known to be open stands beside it. A row
without tests is not shown at all yet.

"""
REQUIREMENTS = {
    "Identity and access": {
        "01": ("Every person has one account of their own; names are never used again", "disabling accounts"),
        "02": ("No write without a user", ""),
        "03": ("Roles limit what can be done; least right is the default", ""),
        "04": ("An administrator cannot enter, change or sign data in that role", ""),
        "05": ("Making accounts, changing roles, log-ins and failures are logged", "commands that change roles"),
        "06": ("Delay or lock after failed log-ins; attempts shown at the next good one", "delay and lock"),
        "07": ("Password rules; nothing stored from which a password can be recovered", "rules and expiry"),
        "08": ("Idle lock; resuming asks again; work is kept", ""),
        "09": ("A list of authorised persons with date ranges", ""),
        "10": ("A lost credential is revoked and replaced under control", ""),
    },
    "Audit trail": {
        "11": ("A computed, time-stamped entry for every act on data", ""),
        "12": ("The old value stays, between empty and value too", ""),
        "13": ("Who, in which role, what, when, why", ""),
        "14": ("Nobody can switch it off or edit it", ""),
        "15": ("Visible at the item; exportable whole and legible", ""),
        "16": ("Acts of the system are logged: sign, query, export, import …", "print, restore, settings"),
        "17": ("Time stamps are UTC with offset; order does not depend on them", ""),
        "18": ("A clock set back is noticed and recorded", "a warning on the screen"),
        "19": ("The first entry is audited when saved, and saved at once", ""),
        "20": ("The audit view respects roles and blinding", ""),
    },
    "Electronic signature": {
        "21": ("Name, date, time and meaning on screen, paper and export", ""),
        "22": ("Bound to its record: cannot be cut out or copied", ""),
        "23": ("User name and password for each signing", ""),
        "24": ("Usable by its owner only", ""),
        "25": ("A change after signing shows, and asks for a new signature", ""),
        "26": ("Identity verified before first use; equivalence accepted", ""),
        "27": ("A drawn signature is not taken for an electronic one", ""),
        "28": ("What was not seen cannot be signed", ""),
        "29": ("Biometrics only for their owner", "none are used"),
    },
    "Data entry": {
        "30": ("Checks at entry: soft ones yield to a reason, hard ones do not", ""),
        "31": ("Order of steps is enforced where it matters", "consent, eligibility"),
        "32": ("Entries name the workstation", ""),
        "33": ("Missing with a reason differs from not yet entered", ""),
        "34": ("The version of the form is known for each record; old data render as they were", "a second version"),
        "35": ("Queries are raised, answered, closed, never edited", "by hand in the window"),
        "36": ("Source and transcription are told apart per item", ""),
        "37": ("The site keeps a copy of its own", ""),
    },
    "Copies, export, archive": {
        "38": ("Accurate, complete copies, legible and electronic", "ODM"),
        "39": ("Transfers are checked, with metadata", ""),
        "40": ("Certified copies of scanned paper", ""),
        "41": ("Paper shows what was changed after first entry", ""),
        "42": ("Records stay readable for the whole retention", "a file per released version"),
    },
    "Security, continuity": {
        "43": ("Encrypted at rest: drafts, journals, copies, temporary files", ""),
        "44": ("Backups, and restoring them is tested", ""),
        "45": ("Paper forms are ready before they are needed", ""),
        "46": ("Integrity is checked at the start; damage is told, never repaired in silence", ""),
        "47": ("Coded participants; no direct identifier", ""),
        "48": ("Withdrawal, deletion, limits of retention", ""),
        "49": ("No transfer that an authorised person did not start; logged", "a run without network"),
    },
    "Validation": {
        "50": ("Requirements are traced to tests; the version is shown", ""),
    },
}


def marked(path: Path) -> dict[str, list[str]]:
    """Requirement ids → names of the tests of one file that carry their mark."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for mark in getattr(node, "decorator_list", []) if isinstance(node, ast.FunctionDef) else []:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.requirement":
                for one in mark.args:
                    found[ast.literal_eval(one)].append(node.name)
    return found


def shown() -> dict[str, dict[str, list[str]]]:
    """Requirement ids → test file → names of tests."""
    every: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for requirement, names in marked(path).items():
            every[requirement][path.relative_to(ROOT).as_posix()] = names
    return every


def page() -> str:
    """The page as it should read now."""
    tests, parts = shown(), [HEADER]
    known = {f"REQ-{number}" for group in REQUIREMENTS.values() for number in group}
    if strange := sorted(tests.keys() - known):
        sys.exit(f"tests name requirements that do not exist: {', '.join(strange)}")
    parts.append(f"{len(tests)} of {len(known)} requirements have tests.\n")
    for group, requirements in REQUIREMENTS.items():
        parts.append(f"\n## {group}\n\n| REQ | what | open | tests |\n|---|---|---|---|\n")
        for number, (what, still) in requirements.items():
            cells = [f"`{file}`: {', '.join(map(said, n))}" for file, n in tests.get(f"REQ-{number}", {}).items()]
            parts.append(f"| {number} | {what} | {still or ('' if cells else 'all')} | {'<br>'.join(cells)} |\n")
    return "".join(parts)


def said(name: str) -> str:
    """The name of a test as the sentence it is."""
    return name.removeprefix("test_that_").replace("_", " ")


def main() -> None:
    """Writes the page, or with ``--check`` says whether it is as it should be."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/validation.md is older than the tests: python packaging/validation.py")


if __name__ == "__main__":
    main()
