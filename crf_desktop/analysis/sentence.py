"""Sentences of an analysis in both languages from the tables of wording."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from crf_desktop.analysis import spelling
from crf_desktop.model.derive import fixed, shortest
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure
from crf_desktop.wording.analysis_summary import SENTENCES

Said = str | int | TranslatedText


def said(key: str, **values: Said) -> TranslatedText:
    """The sentence of a key with its values, each the same in both languages or in its own."""
    told = {name: value if isinstance(value, TranslatedText) else str(value) for name, value in values.items()}
    return spelling.filled(SENTENCES[key], **told)


def joined(sentences: Iterable[TranslatedText], between: tuple[str, str] = (" ", "")) -> TranslatedText:
    """Sentences one after the other; Chinese ones need no space."""
    return spelling.joined(*sentences, between=between)


def both(value: Fraction | int, digits: int | None = None) -> str:
    """A number as printed; without ``digits`` in as few decimals as say it."""
    exact = Fraction(value)
    return figure.number(shortest(exact) if digits is None else fixed(exact, digits))


def days(count: int) -> TranslatedText:
    """``1 day``, ``12 days``, ``12天``."""
    return TranslatedText(f"{count}{figure.NBSP}day{'' if count == 1 else 's'}", f"{count}天")


def doses(count: int) -> TranslatedText:
    """``1 dose``, ``3 doses``, ``3次``."""
    return TranslatedText(f"{count}{figure.NBSP}dose{'' if count == 1 else 's'}", f"{count}次")


def percent(part: Fraction, digits: int = 1) -> TranslatedText:
    """A share, 1 = all: ``99.4 %``, ``99.4%``."""
    return spelling.per_cent(fixed(100 * part, digits))
