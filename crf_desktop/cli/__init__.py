"""The command line: the same core as the window. Exit 0 done, 1 refused or not verified, 2 usage."""

from __future__ import annotations

import argparse
import datetime
import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TextIO

import crf_desktop
from crf_desktop.cli.credential import Usage
from crf_desktop.errors import EnvironmentProblem, Explained

Answer = dict[str, Any]
"""What a command has to say: ``lines`` for people, everything else for ``--json``; ``exit`` when it is not 0."""
Command = Callable[[argparse.Namespace], Answer]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="crf-desktop",
        description="Case report forms at the bedside: offline, encrypted, signed.",
        epilog="crf-desktop [STUDY] opens the window. "
        "Passwords come from a prompt, --password-file or CRF_PASSWORD, never as an argument.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"crf-desktop {crf_desktop.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    common = _common()
    for add in (
        _add_new, _add_invite, _add_demo, _add_score, _add_analyse, _add_verify, _add_key, _add_user, _add_export,
        _add_merge, _add_backup, _add_sign, _add_print, _add_numbers, _add_witness,
    ):  # fmt: skip
        add(commands, common)
    return parser


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--user", help="user name; otherwise CRF_USER")
    common.add_argument(
        "--password-file", type=Path, help="file whose first line is the password; otherwise CRF_PASSWORD or a prompt"
    )
    common.add_argument("--json", action="store_true", help="answer for machines")
    return common


def _add(commands: Any, common: argparse.ArgumentParser, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words, parents=[common], allow_abbrev=False
    )
    return parser


def _add_new(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(commands, common, "new", "make a new study folder, or join a study by invitation")
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument(
        "--site", default=None, metavar="CODE", help="site code, the prefix of participant numbers (default 01)"
    )
    parser.add_argument("--join", type=Path, metavar="INVITATION", help="invitation file of the study to join")
    parser.add_argument("--new-password-file", type=Path, help="file whose first line is the new password")
    parser.add_argument("--role", default=None, help="role of the first person (default investigator)")
    parser.set_defaults(run=_lazy("new"))


def _add_invite(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(commands, common, "invite", "write what another laptop needs to join: public, no secrets")
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.set_defaults(run=_lazy("invite"))


def _add_demo(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(
        commands, common, "demo", "make a trial with synthetic participants, a signed PDF and a bundle; then open it"
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--participants", type=_count, default=15, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="the day up to which everything has happened (default: today)"
    )
    parser.add_argument("--finished", action="store_true", help="everybody has reached the end of the study")
    parser.add_argument("--no-window", action="store_true", help="only make the files")
    parser.add_argument(
        "--tour", action="store_true", help="drive the real forms offscreen through one visit and take pictures"
    )
    parser.set_defaults(run=_lazy("demo"))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date is wanted: 2026-11-22") from None


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a number is wanted") from None
    if not 1 <= number <= 9999:
        raise argparse.ArgumentTypeError("between 1 and 9999")
    return number


def _add_score(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(
        commands,
        common,
        "score",
        'calculate scores: {"examples": [{"id", "function", "inputs"}]} in, {"id": output} out',
    )
    parser.add_argument("file", type=Path, metavar="FILE.json")
    parser.set_defaults(run=_lazy("score"))


def _add_analyse(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(commands, common, "analyse", "write the statistical report, the frames (CSV, Parquet) and the traces")
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new folder for all of it")
    parser.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the report (default en)")
    parser.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="another reading of what the registry "
        "leaves open, such as response_at_least=3; may be repeated, and an unknown one lists them"
    )  # fmt: skip
    parser.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="the day from which the schedule is seen (default: today)"
    )
    parser.add_argument("--no-report", action="store_true", help="leave the PDF out")
    parser.set_defaults(run=_lazy("analyse", "analyse"))


def _add_verify(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(commands, common, "verify", "what is intact, current and valid in a study, a bundle or a PDF")
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument(
        "--study",
        type=Path,
        help="study whose log names the PDF or whose key opens the bundle (default: the one beside it)",
    )
    parser.add_argument(
        "--full", action="store_true", help="of a study: read every entry again, those verified before too"
    )
    parser.set_defaults(run=_lazy("verify"))


def _add_key(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.key_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "key_command"))


def _add_user(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.user_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "user_command"))


def _add_numbers(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.number_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "number_command"))


def _add_witness(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.witness_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "witness_command"))


def _add_sign(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.sign_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "sign_command"))


def _add_print(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.print_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "print_command"))


def _add_backup(commands: Any, common: argparse.ArgumentParser) -> None:
    from crf_desktop.cli.backup_command import add_parsers

    add_parsers(commands, common, lambda name: _lazy(name, "backup_command"))


def _add_export(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(commands, common, "export", "write a bundle for another laptop, or CSV tables")
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument("--format", choices=["bundle", "csv"], required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="PATH")
    parser.add_argument(
        "--to",
        type=Path,
        action="append",
        default=[],
        metavar="PUBLIC_KEY_FILE",
        help="who can open the bundle; may be repeated",
    )
    parser.set_defaults(run=_lazy("export"))


def _add_merge(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = _add(commands, common, "merge", "take in bundles from other laptops")
    parser.add_argument("study", type=Path, metavar="STUDY")
    parser.add_argument("bundles", type=Path, nargs="+", metavar="BUNDLE")
    parser.set_defaults(run=_lazy("merge"))


def _lazy(name: str, module: str = "command") -> Command:
    """The command's function, imported when it runs: cryptography, SQL and pandas cost a start-up nobody asked for."""

    def run(arguments: argparse.Namespace) -> Answer:
        from importlib import import_module

        found: Command = getattr(import_module(f"crf_desktop.cli.{module}"), name)
        return found(arguments)

    return run


_AT_A_TERMINAL = {
    "store.disk_full": "cli.disk_full",
    "store.io": "cli.study_unwritable",
    "store.read_only": "cli.read_only",
}
"""Said in the window of the field that keeps what was typed; here there is no field."""
COMMANDS = (
    "new", "invite", "demo", "score", "analyse", "verify", "key", "user", "export", "merge", "backup", "restore",
    "sign", "print", "numbers", "witness",
)  # fmt: skip


def run(arguments: list[str]) -> int:
    """Runs one command, or opens the window; returns the exit code."""
    if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
        if len(arguments) > 1:
            _parser().parse_args(arguments)
        return window(Path(arguments[0]) if arguments else None)
    parsed = _parser().parse_args(arguments)
    try:
        answer = parsed.run(parsed)
    except Usage as problem:
        _say([f"crf-desktop: {problem}"], sys.stderr)
        return 2
    except (Explained, OSError, MemoryError, KeyboardInterrupt, EOFError) as problem:
        return _refused(_explained(problem), parsed)
    code = int(answer.pop("exit", 0))
    lines, refused = answer.pop("lines", []), answer.pop("refused", [])
    if parsed.json or "output" in answer:
        _say_json(answer.get("output", answer | {"sentences": [*lines, *refused]}))
    elif lines:
        _say(lines, sys.stdout)
    if refused:
        _say(refused, sys.stderr)
    if "open" in answer:
        return window(Path(answer["open"]))
    return code


def _explained(problem: BaseException) -> Explained:
    """The problem in sentences; what the window says about fields and their text does not fit a terminal."""
    if isinstance(problem, Explained):
        return problem
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentProblem("cli.disk_full")
    if isinstance(problem, OSError):
        return EnvironmentProblem("cli.machine", reason=problem.strerror or type(problem).__name__)
    return EnvironmentProblem("cli.memory" if isinstance(problem, MemoryError) else "cli.interrupted")


def _refused(problem: Explained, parsed: argparse.Namespace) -> int:
    told = EnvironmentProblem(_AT_A_TERMINAL[problem.code]) if problem.code in _AT_A_TERMINAL else problem
    happened, kept, todo = told.sentences("en")
    sentences = [s for s in (happened, kept, todo) if s]
    checked: Answer = {}
    if parsed.command == "verify":
        checked, sentences = {"verified": False}, [*sentences, "NOT VERIFIED."]
    if parsed.json:
        _say_json({"error": problem.code, "happened": happened, "kept": kept, "todo": todo, **checked})
    _say(sentences, sys.stderr)
    return 1


def _say(lines: list[str], out: TextIO) -> None:
    """Lines on a stream that may know few characters, and whose reader may be gone."""
    text = "\n".join(lines) + "\n"
    encoding = out.encoding or "utf-8"
    try:
        out.write(text.encode(encoding, "backslashreplace").decode(encoding))
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # else Python complains once more at its end


def _say_json(body: Any) -> None:
    plain = (sys.stdout.encoding or "").replace("-", "").lower() != "utf8"
    _say([json.dumps(body, ensure_ascii=plain, indent=1)], sys.stdout)


def window(study: Path | None) -> int:
    """The one place where the command line reaches the window."""
    from crf_desktop.ui.application import run as run_window

    return run_window(study)
