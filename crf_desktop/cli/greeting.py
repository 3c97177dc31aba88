"""What a person is told right after unlocking at a terminal, as in the window; on the error stream."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


def greet(study: Study) -> None:
    """Log-ins that failed before this one, a password that is due, and what the opening found out of order."""
    for line in (*_failed(study), *_age(study), *(f.sentence("en") for f in study.store.findings)):
        print(line, file=sys.stderr)


def _failed(study: Study) -> list[str]:
    failed = study.store.parts.failed
    told = []
    if failed.own:
        told.append(f"Log-ins with your name that failed: {len(failed.own)}, the first {_when(failed.own[0])}. "
                    "Was it not you? Tell the administrator.")  # fmt: skip
    if failed.others:
        told.append(f"Log-ins with other names that failed: {len(failed.others)}, the first {_when(failed.others[0])}.")
    return told


def _when(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone()
    return figure.moment(moment.isoformat(), "en").replace(figure.NBSP, " ")


def _age(study: Study) -> list[str]:
    from crf_desktop.store.password_age import age

    found = age(study.store)
    if found.due:
        return [f"Your password is {found.days} days old or more. Change it: crf-desktop key password STUDY"]
    return [f"Your password is to be changed in {found.left} days."] if found.soon else []
