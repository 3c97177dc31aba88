"""Numbers and sentences of a verdict in both languages; a printed figure never contradicts what was decided exactly."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from crf_desktop.analysis.measure import Lack, Measure
from crf_desktop.model.derive import fixed
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording import figure
from crf_desktop.wording.response import LACKS, MARKS, SENTENCES, SUBJECTS, VISITS, Both

NONE = TranslatedText("", "")


def both(words: Both, *values: TranslatedText | str) -> TranslatedText:
    """A wording with its places ``{0}``, ``{1}`` filled."""
    en = [v if isinstance(v, str) else v.en for v in values]
    zh = [v if isinstance(v, str) else v.zh for v in values]
    return TranslatedText(words[0].format(*en), words[1].format(*zh))


def sentence(kind: str, **values: TranslatedText | str) -> TranslatedText:
    """A sentence of the table; the visit also stands capitalised as ``{Visit}``."""
    visit = values.get("visit")
    if isinstance(visit, TranslatedText):
        values["Visit"] = TranslatedText(capital(visit.en), visit.zh)
    return filled(SENTENCES[kind], **values)


def filled(words: Both, **values: TranslatedText | str) -> TranslatedText:
    """A wording with its named places filled."""
    en = {k: v if isinstance(v, str) else v.en for k, v in values.items()}
    zh = {k: v if isinstance(v, str) else v.zh for k, v in values.items()}
    return TranslatedText(words[0].format(**en), words[1].format(**zh))


def joined(*parts: TranslatedText, between: Both = (" ", "")) -> TranslatedText:
    """Sentences after one another."""
    said = [p for p in parts if p.en]
    return TranslatedText(between[0].join(p.en for p in said), between[1].join(p.zh for p in said))


def capital(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def unmarked(text: str) -> str:
    """Without the ``**`` around the figure that decides: for tables."""
    return text.replace("**", "")


def subject(key: str) -> TranslatedText:
    """IgG, RF, flow …"""
    return TranslatedText(*SUBJECTS[key])


def visit_name(measure: Measure, otherwise: str) -> TranslatedText:
    """Week 0, screening, week 28, early termination."""
    return TranslatedText(*VISITS[measure.event.partition("#")[0] or otherwise])


def amount(number: Fraction, digits: int, unit: TranslatedText = NONE) -> TranslatedText:
    """A number with its unit, rounded half up; with more decimals where it would be printed as 0 and is not."""
    while number and not Fraction(fixed(number, digits)):
        digits += 1
    text = figure.number(fixed(number, digits))
    return TranslatedText(figure.with_unit(text, unit.en), figure.with_unit(text, unit.zh))


def shown(measure: Measure, bare: bool = False) -> TranslatedText:
    """The value as it is printed, with its unit unless ``bare``."""
    text = measure.qualifier + figure.number(measure.text.removeprefix(measure.qualifier))
    unit = NONE if bare else measure.unit
    return TranslatedText(figure.with_unit(text, unit.en), figure.with_unit(text, unit.zh))


def decimals(*measures: Measure) -> int:
    """The most decimals any of them is printed with."""
    return max(len(m.text.partition(".")[2]) for m in measures)


def percentage(share: Fraction, limit: Fraction) -> TranslatedText:
    """A percentage to 1 decimal, with more where it lies below ``limit`` and would be printed as if it did not."""
    digits = 1
    while share < limit <= Fraction(fixed(share, digits)):
        digits += 1
    return per_cent(fixed(share, digits))


def per_cent(text: str) -> TranslatedText:
    """``25.0 %``, ``25.0%``."""
    number = figure.number(text)
    return TranslatedText(figure.percent(number, "en"), figure.percent(number, "zh"))


def mark(reached: Fraction, limit: Fraction, printed: TranslatedText) -> TranslatedText:
    """``≥30 %``, ``<30 %``, ``exactly at 30 %``."""
    kind = "exactly" if reached == limit else "met" if reached > limit else "not_met"
    return both(MARKS[kind], printed)


def bound(met: bool, printed: TranslatedText) -> TranslatedText:
    """``≥30 %`` or ``<30 %``."""
    return both(MARKS["met" if met else "not_met"], printed)


def at_most(number: Fraction, digits: int, unit: TranslatedText) -> TranslatedText:
    """``≤43.4 mm``: with one decimal more where it needs one, rounded to the safe side."""
    return _limit("≤", number, digits, unit, up=False)


def at_least(number: Fraction, digits: int, unit: TranslatedText) -> TranslatedText:
    """``≥10.0 mm``, likewise."""
    return _limit("≥", number, digits, unit, up=True)


def _limit(sign: str, number: Fraction, digits: int, unit: TranslatedText, up: bool) -> TranslatedText:
    places = digits if (number * 10**digits).denominator == 1 else digits + 1
    scaled = number * 10**places
    whole = ceil(scaled) if up else scaled.numerator // scaled.denominator
    text = sign + figure.number(fixed(Fraction(whole, 10**places), places))
    return TranslatedText(figure.with_unit(text, unit.en), figure.with_unit(text, unit.zh))


def lack_words(measure: Measure, short: bool = False, eyes: bool = False) -> TranslatedText:
    """Why there is no value."""
    key = measure.null.value if measure.lack is Lack.REASON and measure.null else str(measure.lack or Lack.EMPTY)
    key = f"{key} both" if eyes and f"{key} both" in LACKS else key
    return TranslatedText(*LACKS[key][short])
