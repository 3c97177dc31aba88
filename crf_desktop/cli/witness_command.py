"""``witness``: an administrator goes on with a study whose witness file is lost."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crf_desktop.cli.credential import required_password, user_name
from crf_desktop.cli.progress import progress_line

Answer = dict[str, Any]


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Callable[[str], Any]) -> None:
    """The command; ``run`` makes a function of a name in this module."""
    words = "go on with a study whose witness file is missing or damaged, after every entry was checked"
    made = commands.add_parser("witness", help=words, description=words, parents=[common], allow_abbrev=False)
    made.add_argument("study", type=Path, metavar="STUDY")
    made.add_argument("--reason", required=True, metavar="WHY", help="why nothing is missing; kept in the log")
    made.set_defaults(run=run("witness"))


def witness(arguments: argparse.Namespace) -> Answer:
    """Makes the witness anew."""
    from crf_desktop.store.going_on import go_on

    progress = progress_line("Checking the log")
    name, secret = user_name(arguments), required_password(arguments)
    with go_on(arguments.study, name, secret, arguments.reason, progress) as store:
        entries = sum(seq for seq, _ in store.heads().values())
    return {
        "entries": entries,
        "lines": [
            f"All {entries} entries that are there were checked and are whole; the witness file was made anew.",
            "The log says who decided it, and why.",
        ],
    }
