"""Two kinds of failure that a person can act on; anything else is a bug.

No message, code or context may carry a value or a participant number: only OIDs, paths inside a definition, sizes and
machine facts. The three sentences are shown as they stand, in the language of the window.
"""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["en", "zh"]
"""Languages of every wording: English and simplified Chinese."""

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


class Explained(Exception):
    """Something a person can act on, told in three sentences: what happened, what was kept, what to do.

    ``code`` is stable and lower case with dots (``keys.wrong_password``); the command line prints it with ``--json``.
    ``context`` fills the placeholders of the sentences; it never holds a clinical value or a participant number.
    """

    def __init__(self, code: str, **context: object) -> None:
        super().__init__(code)
        self.code = code
        self.context = context

    def sentences(self, language: Language = "en") -> tuple[str, str, str]:
        """What happened, what was kept, what to do; from ``wording.PROBLEMS``."""
        from crf_desktop import wording  # the table is large, and most runs never fail

        return wording.problem(self.code, language, self.context)

    def __str__(self) -> str:
        return " ".join(part for part in self.sentences("en") if part)


class EnvironmentProblem(Explained):
    """The machine or the file said no: disk, password, lock, damage, a newer version."""


class Refused(Explained):
    """A rule said no: a value out of range, a right that is missing, a bundle that forks."""
