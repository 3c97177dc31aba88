"""``key``: the keys of a study file: public key, rotation, recovery, one's own password, escrow."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crf_desktop.cli.credential import Usage, first_line, new_password, required_password, user_name
from crf_desktop.errors import Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from crf_desktop.capture.study import Study
    from crf_desktop.store.recovery import Made

Answer = dict[str, Any]


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Callable[[str], Any]) -> None:
    """The command and what stands under it; ``run`` makes a function of a name in this module."""
    words = "keys of a study: public, rotate, recovery, recover, password, unblock, escrow"
    parser = commands.add_parser("key", help=words, description=words, allow_abbrev=False)
    below = parser.add_subparsers(dest="what", metavar="WHAT", required=True)

    def one(name: str, told: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = below.add_parser(
            name, help=told, description=told, parents=[common], allow_abbrev=False
        )
        made.add_argument("study", type=Path, metavar="STUDY")
        made.set_defaults(run=run(name))
        return made

    one("public", "write this file's public key: whom bundles are encrypted to").add_argument(
        "--out", type=Path, required=True, metavar="FILE"
    )
    one("rotate", "change the data key of the whole study; nobody's password is needed")
    _add_recovery(one("recovery", "make a recovery code, to be printed and typed back"))
    used = one("recover", "in again with the recovery code: new password, new keys, new certificate")
    _add_recover(used)
    changed = one("password", "change one's own password; keys and signatures stay")
    for chosen in (used, changed):
        chosen.add_argument("--new-password-file", type=Path, help="file whose first line is the new password")
    one("unblock", "let an account be tried again at once that rests after ten wrong passwords").add_argument(
        "name", metavar="NAME", help="user name of the account"
    )
    choice = one("escrow", "let the sponsor's key open the data too").add_mutually_exclusive_group(required=True)
    choice.add_argument("--to", type=Path, metavar="FILE", help="public key file, age recipient or X25519 PEM")
    choice.add_argument("--remove", action="store_true", help="take it away again, and change the data key")


def _add_recovery(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="write the sheet with the code and its QR code")
    parser.add_argument("--shares", choices=["2of3"], help="three shares for three persons, of which any two do")
    parser.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the sheet (default en)")
    parser.add_argument(
        "--typed-back", type=Path, metavar="FILE", help="do not make one: the code (or two shares, a line each) as "
        "typed back from the paper, after which it counts"
    )  # fmt: skip


def _add_recover(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code-file", type=Path, metavar="FILE", help="file with the code, or two shares, one a line")
    parser.add_argument(
        "--identity", type=Path, metavar="FILE", help="instead of the code, the sponsor's private key: age identity, "
        "PEM, or the study folder whose public key was given"
    )  # fmt: skip
    parser.add_argument("--identity-user", metavar="NAME", help="who opens that study folder")
    parser.add_argument("--identity-password-file", type=Path, metavar="FILE", help="file whose first line opens it")


def public(arguments: argparse.Namespace) -> Answer:
    """Writes the public key of this study file."""
    from crf_desktop.cli.command import opened
    from crf_desktop.exchange.public_key import write_public_key

    with opened(arguments, arguments.study) as study:
        fingerprint = write_public_key(study.store, arguments.out).fingerprint
    lines = [
        f"Public key written: {arguments.out}. Give it to whoever sends bundles here.",
        f"Its fingerprint, to compare by telephone: {fingerprint}",
    ]
    return {"public_key": str(arguments.out), "fingerprint": fingerprint, "lines": lines}


def rotate(arguments: argparse.Namespace) -> Answer:
    """Changes the data key."""
    from crf_desktop.capture import keys
    from crf_desktop.cli.command import opened

    def say(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\rStep {done} of {of}: encrypting the study anew", end="\n" if done == of else "", file=sys.stderr)

    with opened(arguments, arguments.study) as study:
        keys.rotate(study, say)
        facts = keys.key_facts(study)
    lines = [
        f"The study has a new data key (number {facts.epoch}); everybody's password and the recovery code stay.",
        "A copy of the folder made before opens with the passwords of that time and holds what stood in it then.",
    ]
    return {"epoch": facts.epoch, "lines": lines}


def recovery(arguments: argparse.Namespace) -> Answer:
    """Makes a recovery code, or takes it as typed back."""
    from crf_desktop.capture import keys
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        if arguments.typed_back:
            return _drilled(study, lines_of(arguments.typed_back))
        made = keys.make_recovery(study, shares=bool(arguments.shares))
        if arguments.out:
            _write_sheet(study, made, arguments.out, arguments.lang)
        lines = _told(made, arguments.out)
        answer = {"slot": made.slot, "drilled": False, "code": made.code, "shares": list(made.shares)}
        typed = None
        if sys.stdin.isatty() and not arguments.json:
            print("\n".join(lines), flush=True)
            lines, typed = [], _typed_back(shares=bool(made.shares))
        if typed is not None:
            return answer | _drilled(study, typed)
    lines.append(
        "It opens the study already; the code before ends once this one is typed back: "
        "crf-desktop key recovery STUDY --typed-back FILE"
    )
    return answer | {"lines": lines}


def _told(made: Made, out: Path | None) -> list[str]:
    lines = ["Recovery code, shown this once:", made.code] if made.code else ["Three shares, shown this once:"]
    lines += [f"Share {number}: {share}" for number, share in enumerate(made.shares, 1)]
    if out:
        lines.append(f"Sheet written: {out}. Print it, then delete the file: it is not encrypted.")
    return lines


def _typed_back(*, shares: bool) -> list[str]:
    """As it stands on the paper, so that an illegible print shows today."""
    if not shares:
        return [input("Type the code back from the paper: ")]
    return [input("Type one share back: "), input("Type another share back: ")]


def _drilled(study: Study, typed: list[str]) -> Answer:
    from crf_desktop.capture import keys

    keys.drill_recovery(study, typed)
    lines = ["The recovery code opens the study. It counts from now on; the one before is worth nothing any more."]
    return {"drilled": True, "lines": lines}


def _write_sheet(study: Study, made: Made, out: Path, language: str) -> None:
    from crf_desktop.capture.filing import whole_file
    from crf_desktop.report.recovery_sheet import Sheet, recovery_pdf

    when = study.clock.now().isoformat(timespec="seconds")
    lines = made.shares or (made.code,)
    sheet = Sheet(study.store.study_oid, study.store.site, study.store.origin, made.slot, when, lines)
    with whole_file(out) as file:
        file.write(recovery_pdf(sheet, "zh" if language == "zh" else "en"))


def lines_of(path: Path) -> list[str]:
    """The code or the shares in a file, a line each; raises Refused ``cli.password_file``."""
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()][:3]
    except (OSError, UnicodeDecodeError):
        raise Refused("cli.password_file") from None


def recover(arguments: argparse.Namespace) -> Answer:
    """In again with the code or the sponsor's key."""
    from crf_desktop.store.recovering import recover as by_code
    from crf_desktop.store.recovering import recover_by_escrow

    name = user_name(arguments)
    if arguments.identity:
        store = recover_by_escrow(arguments.study, _identity(arguments), name, new_password(arguments))
    else:
        store = by_code(arguments.study, _typed_code(arguments), name, new_password(arguments))
    with store:
        trust, waits = store.session.trust, store.parts.keys.pending_epoch is not None
    lines = [f"{name} has a new password, new keys and a new certificate; the former ones are revoked."]
    if trust == "pending":
        lines = [f"{name} has a new password and new keys, which wait to be countersigned by the study's authority."]
    if waits:
        lines.append("The data key could not be changed yet; that is finished at the next log-in.")
    if not arguments.identity:
        lines.append("The code is used up. Make a new one now: crf-desktop key recovery STUDY --out FILE.pdf")
    return {"user": name, "trust": trust, "lines": lines}


def _identity(arguments: argparse.Namespace) -> X25519PrivateKey:
    """The sponsor's private key; in a study folder it lies under a password there."""
    from crf_desktop.exchange.escrow_key import identity_of, read_escrow_identity
    from crf_desktop.store import unlock

    if not arguments.identity.is_dir():
        return read_escrow_identity(arguments.identity)
    if not (arguments.identity_user and (arguments.identity_password_file or sys.stdin.isatty())):
        raise Usage("that folder is opened with --identity-user and --identity-password-file")
    kept = arguments.identity_password_file
    secret = first_line(kept) if kept else getpass.getpass("Password of that study: ")
    with unlock(arguments.identity, arguments.identity_user, secret, read_only=True) as store:
        return identity_of(store)


def _typed_code(arguments: argparse.Namespace) -> list[str]:
    if arguments.code_file:
        return lines_of(arguments.code_file)
    if not sys.stdin.isatty():
        raise Usage("no code: give --code-file, or run in a terminal")
    first = getpass.getpass("Recovery code, or the first share: ")
    second = getpass.getpass("The second share: ") if len(first.split()) > 9 else ""
    return [first, second] if second else [first]


def password(arguments: argparse.Namespace) -> Answer:
    """Changes one's own password."""
    from crf_desktop.capture import keys
    from crf_desktop.capture.study import Study

    name, old = user_name(arguments), required_password(arguments)
    fresh = _new_of_ones_own(arguments)
    study = Study.open(arguments.study, name, old)
    try:
        keys.change_password(study, old, fresh)
    finally:
        study.close()
    return {"user": name, "lines": [f"{name} has a new password; keys, certificate and signatures stay."]}


def _new_of_ones_own(arguments: argparse.Namespace) -> str:
    if arguments.new_password_file:
        return first_line(arguments.new_password_file)
    if not sys.stdin.isatty():
        raise Usage("no new password: give --new-password-file, or run in a terminal")
    chosen = getpass.getpass("New password: ")
    if getpass.getpass("The same again: ") != chosen:
        raise Refused("cli.not_the_same")
    return chosen


def unblock(arguments: argparse.Namespace) -> Answer:
    """Lifts the block of an account."""
    from crf_desktop.capture import keys
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        slot = study.store.parts.keys.slot_of(arguments.name)
        keys.lift_block(study, slot.slot)
    return {"user": slot.user_name, "lines": [f"{slot.user_name} can be tried again at once."]}


def escrow(arguments: argparse.Namespace) -> Answer:
    """Gives the sponsor's key a slot, or takes it away."""
    from crf_desktop.capture import keys
    from crf_desktop.cli.command import opened
    from crf_desktop.exchange.escrow_key import read_escrow_key

    with opened(arguments, arguments.study) as study:
        if arguments.remove:
            keys.remove_escrow(study)
            return {"escrow": "", "lines": ["The sponsor's key opens nothing that is written from now on."]}
        label = keys.make_escrow(study, read_escrow_key(arguments.to))
    lines = [
        f"The data key is sealed to {label}. Compare it by telephone with its holder.",
        "Its holder can read the study, and can sign nothing and certify nobody in it.",
    ]
    return {"escrow": label, "lines": lines}
