"""What each command does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crf_desktop.capture.right import require
from crf_desktop.capture.soundness import require_checked, require_whole
from crf_desktop.capture.study import Study
from crf_desktop.cli.credential import new_password, required_password, user_name
from crf_desktop.cli.greeting import greet
from crf_desktop.cli.progress import progress_line
from crf_desktop.errors import Explained, Refused
from crf_desktop.model import serial
from crf_desktop.model.access import Action
from crf_desktop.store import NewPerson, NewStudy, create, join

Answer = dict[str, Any]


@contextmanager
def opened(arguments: argparse.Namespace, folder: Path) -> Iterator[Study]:
    """The study, unlocked by the user of the command."""
    name = user_name(arguments)
    study = Study.open(folder, name, required_password(arguments))
    try:
        greet(study)
        yield study
    finally:
        study.close()


def new(arguments: argparse.Namespace) -> Answer:
    """Makes a study folder, or joins a study by invitation."""
    from crf_desktop.forms import definition

    name, secret = user_name(arguments), new_password(arguments)
    role = arguments.role or "investigator"
    if arguments.join:
        return _joined(arguments, NewPerson(name, name, role, secret))
    if name.casefold() == "administrator" and role != "administrator":
        raise Refused("cli.administrator_name")
    people = [NewPerson(name, name, role, secret)]
    if role != "administrator":
        people.append(NewPerson("administrator", "Administrator", "administrator", secret))
    metadata = definition()
    site = "01" if arguments.site is None else arguments.site
    create(arguments.study, NewStudy(metadata.study_oid, site, serial.to_bytes(metadata), tuple(people)))
    lines = [f"Made: {arguments.study}", *(f"Account {p.user_name}, role {p.role}" for p in people)]
    if len(people) > 1:
        lines.append(
            "The administrator's account holds the study's certificate authority; "
            "it opens with the same password for now."
        )
    lines.append(
        "Make a recovery code now, print it and type it back: crf-desktop key recovery STUDY --out FILE.pdf. "
        "Without one a lost administrator's password cannot be helped."
    )
    return {"study": str(arguments.study), "people": {p.user_name: p.role for p in people}, "lines": lines}


def _joined(arguments: argparse.Namespace, person: NewPerson) -> Answer:
    from crf_desktop.exchange.invitation import read_invitation, study_fingerprint

    invitation = read_invitation(arguments.join)
    joined = join(arguments.study, invitation, person)
    lines = [
        f"Joined: {arguments.study}, site {invitation.site}",
        f"Account {joined.user_name}, role {joined.role}",
        f"Study fingerprint, to compare by telephone with the inviter: {study_fingerprint(invitation)}",
        "Signatures read “valid, trust pending” until the study countersigns at the first merge.",
    ]
    if arguments.site not in (None, invitation.site) or arguments.role not in (None, joined.role):
        lines.append("Site and role are the study’s to give: what was asked for otherwise was not taken.")
    return {
        "study": str(arguments.study), "user": joined.user_name, "role": joined.role, "site": invitation.site,
        "joined": True, "lines": lines,
    }  # fmt: skip


def invite(arguments: argparse.Namespace) -> Answer:
    """Writes an invitation."""
    from crf_desktop.exchange.invitation import study_fingerprint, write_invitation

    with opened(arguments, arguments.study) as study:
        require(study.session, Action.INVITE)
        fingerprint = study_fingerprint(write_invitation(study.store, arguments.out))
    lines = [
        f"Invitation written: {arguments.out}. It holds no secret.",
        f"Study fingerprint, to compare by telephone when the other laptop joins: {fingerprint}",
    ]
    return {"invitation": str(arguments.out), "fingerprint": fingerprint, "lines": lines}


def demo(arguments: argparse.Namespace) -> Answer:
    """Makes the demo study and opens it."""
    from crf_desktop.demo.maker import make_demo

    if arguments.tour:
        from crf_desktop.cli.tour import tour

        return tour(arguments.folder, arguments.participants, arguments.seed, _progress_line())
    made = make_demo(
        arguments.folder,
        arguments.participants,
        arguments.seed,
        today=arguments.today,
        finished=arguments.finished,
        progress=_progress_line(),
    )
    answer: Answer = {
        "study": str(made.study),
        "pdf": str(made.pdf),
        "bundle": str(made.bundle),
        "password_file": str(made.password),
        "lines": made.lines(),
    }
    return answer if arguments.no_window else answer | {"open": str(made.study)}


def _progress_line() -> Callable[[int, int], None]:
    """Says on a terminal how far the trial has come; silent elsewhere."""
    from crf_desktop.demo.maker import quiet

    if not sys.stderr.isatty():
        return quiet

    def say(done: int, of: int) -> None:
        end = "\n" if done >= of else ""
        print(f"\rDay {done} of {of} of the trial", end=end, file=sys.stderr, flush=True)

    return say


def score(arguments: argparse.Namespace) -> Answer:
    """Calculates the scores of a file."""
    from crf_desktop.analysis.score import read, score

    return {"output": score(read(arguments.file))}


def export(arguments: argparse.Namespace) -> Answer:
    """Writes a bundle or tables."""
    with opened(arguments, arguments.study) as study:
        require(study.session, Action.EXPORT)
        require_whole(study.store, progress_line("Checking the log"))
        if arguments.format == "csv":
            from crf_desktop.exchange.tables import export_csv

            written_tables = export_csv(study.store, study.definition, arguments.out, extra=_response(study))
            tables = [str(path) for path in written_tables]
            lines = [
                f"Tables written: {arguments.out}",
                "They lie outside the encryption now: handle them as the protocol says.",
            ]
            return {"out": str(arguments.out), "tables": tables, "lines": lines}
        from crf_desktop.exchange.bundle import export_bundle
        from crf_desktop.exchange.public_key import read_public_key

        keys = [read_public_key(path) for path in arguments.to]
        written = export_bundle(study.store, arguments.out, keys)
    return {
        "out": str(arguments.out),
        "rows": written.rows,
        "lines": [f"Bundle written: {arguments.out}, {written.rows} rows."],
    }


def _response(study: Study) -> dict[str, tuple[Sequence[str], Iterator[Sequence[str]]]]:
    """The response at week 28 and why, as one more table, where the forms ask what it rests on."""
    from crf_desktop.analysis import response_table
    from crf_desktop.analysis.suitability import suitable
    from crf_desktop.analysis.trial import read_trial
    from crf_desktop.analysis.verdict import outcome_of

    if not suitable(study.definition):
        return {}
    record = read_trial(study.store, study.definition, study.today())
    found = (outcome_of(who) for who in record.participants(study.definition))
    return {response_table.NAME: (response_table.COLUMNS, response_table.rows(found))}


def merge(arguments: argparse.Namespace) -> Answer:
    """Takes in bundles."""
    from crf_desktop.exchange.merge import merge_bundle

    bundles: list[Answer] = []
    with opened(arguments, arguments.study) as study:
        require(study.session, Action.MERGE)
        require_checked(study.store, progress_line("Checking the log"))
        for path in arguments.bundles:
            try:
                report = merge_bundle(study.store, path)
            except Explained as problem:
                if len(arguments.bundles) == 1 or not problem.code.startswith("bundle."):
                    raise
                told = [s for s in problem.sentences("en") if s]  # the bundles beside it are none the worse
                bundles.append({"bundle": str(path), "error": problem.code, "sentences": told})
                continue
            new, told = report.rows_new, report.sentences("en")
            bundles.append(
                {"bundle": str(path), "rows_new": new, "conflicts": len(report.conflicts), "sentences": told}
            )
    taken, refused = (
        [f"{b['bundle']}: {line}" for b in bundles if ("error" in b) is bad for line in b["sentences"]]
        for bad in (False, True)
    )
    rows = sum(b.get("rows_new", 0) for b in bundles)
    return {"rows_new": rows, "bundles": bundles, "lines": taken, "refused": refused, "exit": 1 if refused else 0}


def verify(arguments: argparse.Namespace) -> Answer:
    """Verifies a study, a bundle or a PDF."""
    from crf_desktop.cli.verify import verify_path

    return verify_path(arguments)
