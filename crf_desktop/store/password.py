"""Which passwords are taken (NIST SP 800-63B-4, 3.1.1.2): long, and not easily guessed; no rules of composition."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen

from crf_desktop.errors import Refused
from crf_desktop.model.data import Person

LEAST: Final = 15
"""Characters where the password stands alone."""
MOST: Final = 1000
"""Characters; far above the 64 that must be allowed, and what is stretched stays small."""
SCORE: Final = 3
"""Of zxcvbn's 0 to 4: at least 10⁸ guesses, each at the cost of Argon2id."""
_JUDGED: Final = 72
"""Characters that zxcvbn looks at; what follows only makes it harder."""
_WHY: Final = {
    "dictionary": "password.words", "spatial": "password.keyboard", "repeat": "password.repeats",
    "sequence": "password.sequence", "regex": "password.date", "date": "password.date",
}  # fmt: skip


@frozen(slots=True)
class Judgement:
    """What is to be said of a password while it is typed."""

    length: int
    score: int
    problem: Refused | None
    """Why it is not taken; None when it is."""


def words_about(person: Person, study_oid: str, site: str) -> tuple[str, ...]:
    """What an acquaintance would try first."""
    return (person.user_name, person.full_name, *person.full_name.split(), study_oid, site, "crf desktop")


def judge(password: str, words: Sequence[str]) -> Judgement:
    """How good a password is; ``words`` are those that everybody knows of its owner."""
    text = unicodedata.normalize("NFKC", password)
    if len(text) < LEAST:
        return Judgement(len(text), 0, Refused("password.short", least=LEAST, found=len(text)))
    if len(text) > MOST:
        return Judgement(len(text), 0, Refused("password.long", most=MOST))
    from zxcvbn import zxcvbn  # reads lists of words, and few runs choose a password

    known = [word.casefold() for word in words if word]
    run_together = "".join(character for character in text if character.isalnum())  # spaces hide what is said twice
    found = [zxcvbn(part[:_JUDGED], known, max_length=_JUDGED) for part in (text, run_together) if part]
    worst = min(found, key=lambda told: told["guesses"])
    score = int(worst["score"])
    return Judgement(len(text), score, None if score >= SCORE else Refused(_why(worst["sequence"])))


def require_good(password: str, words: Sequence[str]) -> None:
    """Raises Refused ``password.short``, ``.long``, or why it is easily guessed: ``.names``, ``.words``, ``.keyboard``,
    ``.repeats``, ``.sequence``, ``.date``, ``.guessable``."""
    problem = judge(password, words).problem
    if problem is not None:
        raise problem


def _why(parts: Sequence[dict[str, Any]]) -> str:
    """The longest part that is easily guessed is what to change."""
    known = [part for part in parts if part["pattern"] in _WHY]
    if not known:
        return "password.guessable"
    worst = max(known, key=lambda part: len(part["token"]))
    if worst["pattern"] == "dictionary" and worst.get("dictionary_name") == "user_inputs":
        return "password.names"
    return _WHY[worst["pattern"]]
