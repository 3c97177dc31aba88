"""``numbers``: the participant numbers that files of a study give, and more of them for one that ran out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = dict[str, Any]


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Callable[[str], Any]) -> None:
    """The command; ``run`` makes a function of a name in this module."""
    words = "participant numbers this file gives; where the study was set up: more of them for a file that ran out"
    made: argparse.ArgumentParser = commands.add_parser(
        "numbers", help=words, description=words, parents=[common], allow_abbrev=False
    )
    made.add_argument("study", type=Path, metavar="STUDY")
    made.add_argument(
        "--for", dest="to", metavar="FILE_NUMBER", help="the file's own number, as its study page and refusal tell it"
    )
    made.set_defaults(run=run("numbers"))


def numbers(arguments: argparse.Namespace) -> Answer:
    """Tells, or gives."""
    from crf_desktop.capture.numbers import give_numbers, number_facts
    from crf_desktop.cli.command import opened

    with opened(arguments, arguments.study) as study:
        if arguments.to:
            first, last = give_numbers(study, arguments.to)
            own = arguments.to == study.store.origin
            then = [] if own else ["Export a bundle to that file and merge it there; then it gives them."]
            lines = [f"{arguments.to} may give {first}–{last} too.", *then]
            return {"origin": arguments.to, "first": first, "last": last, "lines": lines}
        facts = number_facts(study)
    spans = ", ".join(f"{first}–{last}" for first, last in facts.spans)
    lines = [f"This file ({facts.origin}) gives {spans}; {facts.left} are left."]
    return {"origin": facts.origin, "spans": [list(span) for span in facts.spans], "left": facts.left, "lines": lines}
