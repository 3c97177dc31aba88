"""``print``: blank paper, a visit, a form, a casebook, the audit trail, the data dictionary, the authorised persons."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crf_desktop.cli.credential import Usage
from crf_desktop.cli.progress import progress_line

if TYPE_CHECKING:
    from crf_desktop.capture.printing import Order
    from crf_desktop.capture.study import Study

Answer = dict[str, Any]


def add_parsers(commands: Any, common: argparse.ArgumentParser, run: Callable[[str], Any]) -> None:
    """The command; ``run`` makes a function of a name in this module."""
    words = "write a document as PDF: blank or filled forms, visit, casebook, audit trail, dictionary, persons"
    made: argparse.ArgumentParser = commands.add_parser(
        "print", help=words, description=words, parents=[common], allow_abbrev=False
    )
    made.set_defaults(run=run("print_document"))
    made.add_argument("study", type=Path, metavar="STUDY")
    _add_documents(made.add_mutually_exclusive_group(required=True).add_argument)
    made.add_argument("--label", metavar="PARTICIPANT", help="with --blank: the number that stands on every page")
    made.add_argument(
        "--lang", choices=["en", "zh", "both"], default="en", help="language (default en); both: forms and dictionary"
    )
    made.add_argument(
        "--out", type=Path, metavar="FILE", help="where it is written; a folder or nothing: under its usual name there"
    )


def _add_documents(add: Callable[..., Any]) -> None:
    add("--blank", nargs="?", const="", metavar="VISIT", help="blank forms of a visit, or of the whole book")
    add("--annotated", action="store_true", help="every form with its OIDs, names, codes and SDTM variables")
    add("--visit", nargs=2, metavar=("PARTICIPANT", "VISIT"), help="summary of a visit")
    add("--form", nargs=3, metavar=("PARTICIPANT", "VISIT", "FORM"), help="one form with its answers")
    add("--casebook", metavar="PARTICIPANT", help="everything of a participant")
    add("--audit", nargs="?", const="", metavar="PARTICIPANT", help="audit trail of a participant, or of the study")
    add("--dictionary", action="store_true", help="data dictionary")
    add("--authorised", nargs="?", const="", type=_day, metavar="DATE", help="authorised persons, on a day or ever")


def _day(text: str) -> date | str:
    """The day; nothing where none is named, which argparse must not take for an option that was not given."""
    try:
        return date.fromisoformat(text) if text else ""
    except ValueError:
        raise argparse.ArgumentTypeError("a date is wanted: 2026-11-22") from None


def print_document(arguments: argparse.Namespace) -> Answer:
    """Writes the document; what holds data is a row of the log before it can be read."""
    from crf_desktop.capture.filing import require_absent, whole_file
    from crf_desktop.capture.printing import at_place, record_print
    from crf_desktop.cli.command import opened

    asked = _order(arguments)
    if arguments.out is not None and not arguments.out.is_dir():
        require_absent(arguments.out)
    with opened(arguments, arguments.study) as study:
        order = at_place(study, asked)
        out = _place(order, arguments.out)
        require_absent(out)
        with whole_file(out) as file:
            pdf = _made(study, order, arguments.lang)
            require_absent(out)
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())  # a full disk is told before the log says that something left
            record_print(study, order, pdf)
    lines = [f"Written: {out}"]
    if order.holds_data:
        lines.append("It lies outside the encryption now, and the log says so: handle it as the protocol says.")
    digest = hashlib.sha256(pdf).hexdigest()
    return {
        "out": str(out), "document": order.kind, "language": arguments.lang, "bytes": len(pdf), "sha256": digest,
        "recorded": order.holds_data, "lines": lines,
    }  # fmt: skip


def _order(arguments: argparse.Namespace) -> Order:
    """What was asked for; a usage error where the language or the label does not go with it."""
    from crf_desktop.capture.printing import Order, in_both

    order = _named(arguments)
    if any(at == "" for at in (*(arguments.visit or ()), *(arguments.form or ()), arguments.casebook)):
        raise Usage("PARTICIPANT, VISIT and FORM are not empty")
    if arguments.lang == "both" and not in_both(order):
        raise Usage("this document is printed in one language: --lang en or --lang zh")
    if arguments.label is None:
        return order
    if order.kind != "blank":
        raise Usage("--label goes with --blank")
    return Order("blank", arguments.label, order.visit)


def _named(arguments: argparse.Namespace) -> Order:
    from crf_desktop.capture.printing import Order

    if arguments.blank is not None:
        return Order("blank", visit=arguments.blank)
    if arguments.visit:
        return Order("visit", *arguments.visit)
    if arguments.form:
        return Order("form", *arguments.form)
    if arguments.casebook is not None:
        return Order("casebook", arguments.casebook)
    if arguments.audit is not None:
        return Order("audit", arguments.audit)
    if arguments.annotated:
        return Order("annotated")
    if arguments.dictionary:
        return Order("dictionary")
    return Order("authorised", on=arguments.authorised or None)


def _place(order: Order, out: Path | None) -> Path:
    from crf_desktop.capture.printing import file_name

    if out is None:
        return Path(file_name(order))
    return out / file_name(order) if out.is_dir() else out


def _made(study: Study, order: Order, language: Any) -> bytes:
    """Rights first, then the check of the log where data leave it, then the drawing."""
    from crf_desktop.capture.printing import order_record, require_print
    from crf_desktop.capture.soundness import require_whole
    from crf_desktop.report.printing import printed, ticks

    require_print(study, order)
    if order.holds_data:
        require_whole(study.store, progress_line("Checking the log"))
    record = order_record(study, order)
    told, of, say = 0, ticks(record, order), progress_line("Drawing")

    def tick() -> None:
        nonlocal told
        told += 1
        say(min(told, of - 1), of)

    pdf = printed(record, order, language, tick)
    say(of, of)
    return pdf
