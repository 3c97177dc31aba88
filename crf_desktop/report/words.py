"""The words of paper in the language of the print."""

from __future__ import annotations

from crf_desktop.errors import Language
from crf_desktop.wording.paper import PAPER


def say(language: Language, word: str, *values: object) -> str:
    """The wording of paper, with its places filled."""
    text = PAPER[word][1 if language == "zh" else 0]
    return text.format(*values) if values else text


def role(language: Language, name: str) -> str:
    """The role in words; a role nobody knows as it stands."""
    return say(language, f"role_{name}") if f"role_{name}" in PAPER else name
