"""``backup`` and ``restore``: the study as one encrypted file, and a study from such a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crf_desktop.cli.credential import new_password, required_password, user_name
from crf_desktop.cli.progress import progress_line

Answer = dict[str, Any]


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Callable[[str], Any]) -> None:
    """Both commands; ``run`` makes a function of a name in this module."""

    def one(name: str, words: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, help=words, description=words, parents=[common], allow_abbrev=False
        )
        made.set_defaults(run=run(name))
        return made

    made = one("backup", "write an encrypted copy of the study as one file, and prove it by opening it")
    made.add_argument("study", type=Path, metavar="STUDY")
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="its name best ends in .crfbackup")
    used = one("restore", "make a study folder from a backup; it goes on under a number of its own")
    used.add_argument("file", type=Path, metavar="FILE")
    used.add_argument("study", type=Path, metavar="NEW_STUDY")
    used.add_argument(
        "--code-file", type=Path, metavar="FILE",
        help="instead of the password: file with the recovery code, or two shares, one a line",
    )  # fmt: skip
    used.add_argument(
        "--new-password-file", type=Path, help="with --code-file: file whose first line is the new password"
    )


def backup(arguments: argparse.Namespace) -> Answer:
    """Writes a backup and proves it."""
    from crf_desktop.capture.backup import back_up_to
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        made = back_up_to(study, arguments.out, progress_line("Backup"))
    lines = [
        f"Backup written and proved by opening it: {arguments.out}, {made.size} bytes, "
        f"{made.label.seq} entries of this file.",
        "It opens with the passwords and the recovery code of today.",
    ]
    return {
        "out": str(arguments.out), "sha256": made.sha256, "size": made.size, "seq": made.label.seq,
        "head": made.label.head, "proved": True, "lines": lines,
    }  # fmt: skip


def restore(arguments: argparse.Namespace) -> Answer:
    """Makes a study folder from a backup."""
    from crf_desktop.cli.key_command import lines_of
    from crf_desktop.store.restoring import look_into, restore, restore_by_code

    name, told = user_name(arguments), look_into(arguments.file)
    if arguments.code_file:
        typed, secret = lines_of(arguments.code_file), new_password(arguments)
        store = restore_by_code(arguments.file, arguments.study, typed, name, secret, None, progress_line("Restoring"))
    else:
        secret = required_password(arguments)
        store = restore(arguments.file, arguments.study, name, secret, None, progress_line("Restoring"))
    with store:
        pending, origin, block = store.session.trust == "pending", store.origin, store.block
        numbers = f"{store.site}-{block.first:03}–{store.site}-{block.last:03}"
    lines = [
        f"Restored: {arguments.study}, as it was on {told.made_at}.",
        f"It goes on under a number of its own ({origin}) and gives the participant numbers {numbers}: "
        "the laptop before may have given others since.",
        "If that laptop turns up again, export a bundle there and merge it here.",
    ]
    if pending:
        lines.append("Signatures read “valid, trust pending” until an administrator has logged in here.")
    return {
        "study": str(arguments.study), "origin": origin, "made_at": told.made_at, "pending": pending, "lines": lines
    }  # fmt: skip

