"""What is said of the log in the window: how far a check is, what it found, how a clock was changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from crf_desktop.ui.problem_panel import localised
from crf_desktop.wording import figure

if TYPE_CHECKING:
    from crf_desktop.store import Finding, Store
    from crf_desktop.store.clock_watch import ClockMove

translate = QCoreApplication.translate


def checking_words(percent: int, seconds: int | None, language: str) -> str:
    """``Checking the log … 42 %, about 12 s left``."""
    told = translate("LogWords", "Checking the log … {0}").format(figure.percent(str(percent), language))
    if seconds is None:
        return told
    left = translate("LogWords", "about {0} left").format(long_words(timedelta(seconds=max(seconds, 1))))
    return translate("LogWords", "{0}, {1}").format(told, left)


def long_words(span: timedelta) -> str:
    """``3 h 12 min``, ``2 d 4 h``, ``12 s``: two units at most."""
    seconds = round(abs(span.total_seconds()))
    parts = []
    for name, size in (
        (translate("LogWords", "{0} d"), 86400), (translate("LogWords", "{0} h"), 3600),
        (translate("LogWords", "{0} min"), 60), (translate("LogWords", "{0} s"), 1),
    ):  # fmt: skip
        n, seconds = divmod(seconds, size)
        if n:
            parts.append(name.format(n))
        elif parts:
            break
    return " ".join(parts[:2]) or translate("LogWords", "{0} s").format(0)


def move_words(move: ClockMove) -> str:
    """By how much the clock was set, and which way."""
    span = long_words(move.shift)
    if move.shift >= timedelta():
        return translate("LogWords", "set forward by {0}").format(span)
    if move.exact:
        return translate("LogWords", "set back by {0}").format(span)
    return translate("LogWords", "set back by at least {0}").format(span)


def banner_words(move: ClockMove) -> str:
    """What everybody has to know after the clock was changed."""
    return translate(
        "LogWords",
        "The clock of this laptop was {0}. Entries carry the time it showed; their order does not depend on it.",
    ).format(move_words(move))


def finding_words(finding: Finding, store: Store, language: str) -> str:
    """What was found, with this laptop's part of the log called so, and times of here."""
    told = finding.sentence("zh" if language == "zh" else "en")
    own = f"{store.origin} " if language == "zh" else store.origin  # Chinese has no space after words of its own
    return localised(told, language).replace(own, translate("LogWords", "this laptop"))
