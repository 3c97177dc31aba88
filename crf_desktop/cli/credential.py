"""Who asks, and with which password; never from an argument."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from crf_desktop.errors import Refused


class Usage(Exception):
    """Something was not said that the command needs; exit code 2."""


def user_name(arguments: argparse.Namespace) -> str:
    """The user from ``--user`` or ``CRF_USER``."""
    name = (arguments.user or os.environ.get("CRF_USER", "")).strip()
    if not name:
        raise Usage("no user: give --user NAME or set CRF_USER")
    return name


def password(arguments: argparse.Namespace, prompt: bool = True) -> str | None:
    """The password from ``--password-file``, ``CRF_PASSWORD`` or a prompt; None: neither given nor to be asked for."""
    if arguments.password_file:
        return first_line(arguments.password_file)
    if "CRF_PASSWORD" in os.environ:
        return os.environ["CRF_PASSWORD"]
    if not prompt:
        return None
    if not sys.stdin.isatty():
        raise Usage("no password: give --password-file, set CRF_PASSWORD, or run in a terminal")
    return getpass.getpass("Password: ")


def required_password(arguments: argparse.Namespace) -> str:
    """The password, asked for when it is nowhere."""
    found = password(arguments)
    return found or ""


def new_password(arguments: argparse.Namespace) -> str:
    """The new password from ``--new-password-file``, else like any other, typed twice at a prompt."""
    if arguments.new_password_file:
        chosen = first_line(arguments.new_password_file)
    elif arguments.password_file or "CRF_PASSWORD" in os.environ or not sys.stdin.isatty():
        chosen = required_password(arguments)
    else:
        chosen = getpass.getpass("New password: ")
        if getpass.getpass("The same again: ") != chosen:
            raise Refused("cli.not_the_same")
    return chosen


def first_line(path: Path) -> str:
    """The first line of a password file; raises Refused ``cli.password_file``."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise Refused("cli.password_file") from None
