"""``user``: accounts of a study, made and ended by an administrator, and the list of authorised persons."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crf_desktop.cli.credential import Usage, first_line
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.roster import Authorised, Roster
    from crf_desktop.capture.study import Study

Answer = dict[str, Any]
ROLES = ("investigator", "coordinator", "monitor", "data_manager", "administrator")
_STATES = {"in_force": "in force", "pending": "not certified yet", "closed": "closed"}


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Any) -> None:
    """The command and what stands under it; ``run`` makes a function of a name in this module."""
    words = "accounts of a study: add, revoke, role, reset, identify, let-in, admit, list, enrolment"
    parser = commands.add_parser("user", help=words, description=words, allow_abbrev=False)
    below = parser.add_subparsers(dest="what", metavar="WHAT", required=True)

    def one(name: str, told: str, *, person: bool = True, reason: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = below.add_parser(
            name, help=told, description=told, parents=[common], allow_abbrev=False
        )
        made.add_argument("study", type=Path, metavar="STUDY")
        if person:
            made.add_argument("name", metavar="NAME", help="user name of the account")
        if reason:
            made.add_argument("--reason", required=name != "add", default="New member of the study team", metavar="WHY")
        made.set_defaults(run=run({"list": "listed", "let-in": "let_in"}.get(name, name)))
        return made

    added = one("add", "make an account with keys and certificates of its own; the person types the password")
    added.add_argument("--full-name", required=True, metavar="WORDS")
    added.add_argument("--role", required=True, choices=ROLES)
    reset = one("reset", "give a person who lost the password another one, with new keys and certificates")
    for made in (added, reset):
        made.add_argument("--new-password-file", type=Path, help="file whose first line is the person's new password")
        made.add_argument("--identity", default="", metavar="HOW", help="how the person was identified: staff card …")
    one("revoke", "end an account for good; its name stays taken, its rows and signatures stand")
    one("role", "give a person another role from now on").add_argument("role", choices=ROLES[:-1])
    let = one("let-in", "on a joined laptop: give a known person a password here, certified at the next merge")
    let.add_argument("--new-password-file", type=Path, help="file whose first line is the person's new password")
    let.add_argument("--identity", default="", metavar="HOW", help="how the person was identified: staff card …")
    admitted = one("admit", "take rows that a person wrote elsewhere before the closing of the account was known there")
    admitted.add_argument("--origin", required=True, help="the file they are from, as the refused merge names it")
    admitted.add_argument("--upto", required=True, type=int, metavar="ROW", help="the last row that is taken")
    _add_papers(one)


def _add_papers(one: Callable[..., argparse.ArgumentParser]) -> None:
    identified = one("identify", "say how a person was identified, where nobody said it when the account was made")
    identified.add_argument("--identity", required=True, metavar="HOW", help="staff card …; never a number of it")
    sheet = one("enrolment", "write the enrolment of a signer as a PDF, with lines for ink", reason=False)
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE")
    sheet.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the PDF (default en)")
    told = "who is authorised, in which role, since when, with which certificates"
    listed = one("list", told, person=False, reason=False)
    listed.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="as it was on that day (default: all there were)")
    listed.add_argument("--pdf", type=Path, metavar="FILE", help="write the list as a PDF")
    listed.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the PDF (default en)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date is wanted: 2026-11-22") from None


def add(arguments: argparse.Namespace) -> Answer:
    """Makes an account."""
    from crf_desktop.capture.people import add_person, looks_shared
    from crf_desktop.cli.command import opened
    from crf_desktop.store import NewPerson

    with opened(arguments, arguments.study) as study:
        secret = _their_password(arguments)
        new = NewPerson(arguments.name, arguments.full_name, arguments.role, secret)
        person = add_person(study, new, arguments.reason, arguments.identity)
        serial = _serial(study, person.user_oid)
    lines = [f"Account {person.user_name}, {person.full_name}, role {person.role}: made ({person.user_oid})."]
    lines.append(f"Certificate of the signing key: {serial}")
    shared = looks_shared(person.user_name, person.role)
    if shared:
        lines.append("Warning: this user name names no person. Every person needs an account of their own.")
    made = {"user_oid": person.user_oid, "user": person.user_name, "role": person.role}
    return {**made, "shared_name": shared, "lines": lines}


def reset(arguments: argparse.Namespace) -> Answer:
    """Gives a person another password, and new keys."""
    from crf_desktop.capture.people import found, reset_person
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        secret = _their_password(arguments)
        problem = reset_person(study, person.user_oid, secret, arguments.reason, arguments.identity)
        serial = _serial(study, person.user_oid)
    lines = [
        f"{person.user_name} has a new password, a new log key and a new signing key; the former ones are revoked.",
        f"Certificate of the new signing key: {serial}. What was signed before stays valid as signed then.",
        *_key_lines(problem),
    ]
    return {"user": person.user_name, "certificate": serial, "data_key_changed": problem is None, "lines": lines}


def revoke(arguments: argparse.Namespace) -> Answer:
    """Ends an account."""
    from crf_desktop.capture.people import close_account, found
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        problem = close_account(study, person.user_oid, arguments.reason)
    lines = [f"The account {person.user_name} is closed; its rows and signatures stay.", *_key_lines(problem)]
    return {"user": person.user_name, "closed": True, "data_key_changed": problem is None, "lines": lines}


def role(arguments: argparse.Namespace) -> Answer:
    """Gives a person another role."""
    from crf_desktop.capture.people import change_role, found
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        change_role(study, person.user_oid, arguments.role, arguments.reason)
    lines = [f"{person.user_name} is {arguments.role} from now on (before: {person.role})."]
    return {"user": person.user_name, "role": arguments.role, "before": person.role, "lines": lines}


def identify(arguments: argparse.Namespace) -> Answer:
    """Says how a person was identified."""
    from crf_desktop.capture.enrolment import identify
    from crf_desktop.capture.people import found
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        identify(study, person.user_oid, arguments.identity, arguments.reason)
    return {"user": person.user_name, "lines": [f"It is recorded how {person.user_name} was identified."]}


def enrolment(arguments: argparse.Namespace) -> Answer:
    """Writes the enrolment sheet."""
    from crf_desktop.capture.enrolment import enrolment
    from crf_desktop.capture.exporting import record_export
    from crf_desktop.capture.filing import require_absent, whole_file
    from crf_desktop.capture.people import found
    from crf_desktop.cli.command import opened
    from crf_desktop.report.enrolment_sheet import enrolment_pdf

    require_absent(arguments.out)
    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        _require_whole(study)
        pdf = enrolment_pdf(enrolment(study, person.user_oid), arguments.lang)
        with whole_file(arguments.out) as file:
            file.write(pdf)
            record_export(study, "enrolment", pdf, user_oid=person.user_oid)
    return {"user": person.user_name, "out": str(arguments.out), "lines": [_written(arguments.out)]}


def let_in(arguments: argparse.Namespace) -> Answer:
    """Gives a person the study knows a password on a joined laptop."""
    from crf_desktop.capture.people import found, let_in
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        let_in(study, person.user_oid, _their_password(arguments), arguments.reason, arguments.identity)
    lines = [
        f"{person.user_name}, role {person.role}, opens this file from now on.",
        "Signatures read “valid, trust pending” until a bundle from here was merged where the study was set up.",
    ]
    return {"user": person.user_name, "role": person.role, "lines": lines}


def admit(arguments: argparse.Namespace) -> Answer:
    """Takes rows of a closed account from another file."""
    from crf_desktop.capture.people import admit_rows, found
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        person = found(study, arguments.name)
        admit_rows(study, person.user_oid, arguments.origin, arguments.upto, arguments.reason)
    lines = [f"Rows of {person.user_name} from {arguments.origin} are taken up to row {arguments.upto}; merge again."]
    return {"user": person.user_name, "origin": arguments.origin, "upto": arguments.upto, "lines": lines}


def listed(arguments: argparse.Namespace) -> Answer:
    """Who is authorised."""
    from crf_desktop.capture.roster import roster
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        found = roster(study.store, study.clock.now().isoformat(timespec="seconds"), arguments.on)
        if arguments.pdf is not None:
            _write_pdf(study, found, arguments.pdf, arguments.lang)
    lines = [line for one in found.people for line in _lines(one)]
    lines.append(f"Log head: {found.origin} {found.seq} {found.head}")
    if arguments.pdf is not None:
        lines.append(_written(arguments.pdf))
    return {"on": found.on, "people": [_body(one) for one in found.people], "head": found.head, "lines": lines}


def _write_pdf(study: Study, found: Roster, out: Path, language: str) -> None:
    from crf_desktop.capture.exporting import record_export
    from crf_desktop.capture.filing import whole_file
    from crf_desktop.report.authorised import authorised_pdf

    _require_whole(study)
    pdf = authorised_pdf(found, "zh" if language == "zh" else "en")
    with whole_file(out) as file:
        file.write(pdf)
        record_export(study, "authorised_persons", pdf, on=found.on)


def _require_whole(study: Study) -> None:
    from crf_desktop.capture.exporting import require_export
    from crf_desktop.capture.soundness import require_whole
    from crf_desktop.cli.progress import progress_line

    require_whole(study.store, progress_line("Checking the log"))
    require_export(study)


def _written(out: Path) -> str:
    return f"Written: {out}. It is not encrypted."


def _their_password(arguments: argparse.Namespace) -> str:
    """What the person whose account it is types; never the administrator's own."""
    if arguments.new_password_file:
        return first_line(arguments.new_password_file)
    if not sys.stdin.isatty():
        raise Usage("no password for the account: give --new-password-file, or run in a terminal")
    chosen = getpass.getpass(f"New password, typed by {arguments.name}: ")
    if getpass.getpass("The same again: ") != chosen:
        raise Refused("cli.not_the_same")
    return chosen


def _key_lines(problem: EnvironmentProblem | None) -> list[str]:
    if problem is None:
        return ["The study has a new data key: an old copy of the key file opens nothing written from now on."]
    return [f"The data key was not changed: {problem} Run `crf-desktop key rotate STUDY` when that is mended."]


def _serial(study: Study, user_oid: str) -> str:
    from crf_desktop.capture.roster import roster

    people = roster(study.store, "").people
    keys = next((one.keys for one in people if one.person.user_oid == user_oid), ())
    return keys[-1].serial if keys else ""


def _lines(one: Authorised) -> list[str]:
    def when(text: str) -> str:
        return figure.moment(text, "en").replace(figure.NBSP, " ") if text else ""

    person, last = one.person, f"last log-in {when(one.last_log_in)}" if one.last_log_in else "never logged in"
    told = [f"{person.full_name} ({person.user_name}), {person.user_oid}: {_STATES[one.state]}, {last}"]
    if one.name_twice:
        told.append("  Warning: another person has the same user name.")
    for period in one.periods:
        until = f" to {when(period.until)}" if period.until else ""
        told.append(f"  {period.role} from {when(period.since)}{until}")
    for key in one.keys:
        until = f"revoked {when(key.until)}" if key.revoked else f"until {when(key.until)}"
        told.append(f"  certificate {key.serial} on {key.origin}, {until}")
    if one.reason:
        told.append(f"  closed: {one.reason}")
    return told


def _body(one: Authorised) -> Answer:
    import attrs

    body: Answer = attrs.asdict(one)
    return body
