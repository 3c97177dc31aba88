"""What the response page says of an outcome: verdicts, values and reasons in the language in force."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen
from PySide6.QtCore import QCoreApplication

from crf_desktop.analysis.blind import Awaited, form_of
from crf_desktop.analysis.measure import Lack, Measure
from crf_desktop.analysis.outcome import Item, Pair, Part
from crf_desktop.errors import Language
from crf_desktop.model.data import NullFlavor
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.marked_text import plain
from crf_desktop.ui.response_reading import Reading
from crf_desktop.ui.visit_words import DOT
from crf_desktop.wording import figure

translate = QCoreApplication.translate
NOTHING = "–"


@frozen(slots=True)
class Comparison:
    """One part of a row: the two values and the sentence beside them."""

    base: str
    followup: str
    why: str
    """With ``**…**`` around what decides."""
    place: tuple[str, str] | None
    """(event address, form OID) it leads to."""


@frozen(slots=True)
class RowWords:
    """One row of a table of items."""

    glyph: Glyph
    verdict: str
    token: str
    """Colour of the verdict."""
    letter: str
    title: str
    rule: str
    parts: tuple[Comparison, ...]

    @property
    def spoken(self) -> str:
        """Item, verdict and values, for a screen reader."""
        values = ", ".join(f"{p.base} → {p.followup}" for p in self.parts if p.base != NOTHING or p.followup != NOTHING)
        return ", ".join(w for w in (f"{self.letter} {self.title}".strip(), self.verdict, values) if w)

    @property
    def described(self) -> str:
        """Rule and reasons."""
        return ". ".join([self.rule, *(plain(p.why).replace("\n", " ") for p in self.parts)])


def verdict_of(met: bool | None) -> tuple[Glyph, str, str]:
    """Glyph, word and colour token of a verdict."""
    if met is None:
        return Glyph.NOT_EVALUABLE, translate("Response", "Not evaluable"), "warn"
    if met:
        return Glyph.MET, translate("Response", "Met"), "ok"
    return Glyph.NOT_MET, translate("Response", "Not met"), "text"


def not_shown() -> tuple[Glyph, str, str]:
    """The same while a page is waited for."""
    return Glyph.NOT_SEEN, translate("Response", "Not shown yet"), "text_2"


def visit_name(definition: MetaDataVersion, event: str, language: Language) -> str:
    """``week 28`` inside a sentence."""
    title = definition.event_at(event).short_title.in_(language).partition(DOT)[0]
    return title[:1].lower() + title[1:] if language == "en" else title


def waits_for(reading: Reading, page: Awaited, language: Language) -> str:
    """``Shown when the PGA page of week 28 is complete.``"""
    form = reading.definition.form[page.form].short_title.in_(language)
    visit = visit_name(reading.definition, page.event, language)
    return translate("Response", "Shown when the {0} page of {1} is complete.").format(form, visit)


def value_words(definition: MetaDataVersion, measure: Measure, language: Language) -> str:
    """``21.4 g/L``, ``24 /48``, ``<20 IU/mL``, or why there is none: ``Refused``."""
    if not measure.text:
        return lack_words(measure)
    method = definition.method_by_name.get(measure.name)
    sign, digits = (measure.text[:1], measure.text[1:]) if measure.text[:1] in "<>" else ("", measure.text)
    text = sign + figure.number(digits)
    if method is not None and method.maximum and not measure.unit.en:
        return f"{text}{figure.NBSP}/{method.maximum}"
    return figure.with_unit(text, measure.unit.in_(language))


def lack_words(measure: Measure) -> str:
    """Why there is no value, in two words."""
    if measure.lack is Lack.REASON and measure.null is not None:
        return {
            NullFlavor.NOT_DONE: translate("Response", "Not done"),
            NullFlavor.NOT_APPLICABLE: translate("Response", "Not applicable"),
            NullFlavor.UNKNOWN: translate("Response", "Unknown"),
            NullFlavor.REFUSED: translate("Response", "Refused"),
        }[measure.null]
    table = {
        Lack.NO_VISIT: translate("Response", "No visit"),
        Lack.MISSED: translate("Response", "Missed"),
        Lack.INCOMPLETE: translate("Response", "Incomplete"),
        Lack.NOT_ASKED: translate("Response", "Not asked"),
        Lack.IVIG: translate("Response", "After IVIG"),
    }
    return table.get(measure.lack, translate("Response", "No entry")) if measure.lack else NOTHING


def row_words(reading: Reading, item: Item, language: Language) -> RowWords:
    """One of the five items, or one of STAR's, with nothing of a page that is waited for."""
    hidden = [p for p in item.parts if reading.waits(p.pair.base.name)]
    parts = _comparisons(reading, item.parts, language)
    glyph, verdict, token = verdict_of(item.met)
    if hidden and item.met is not True:
        glyph, verdict, token = not_shown()
    letter = item.key[0] if item.key[1:2] == "_" else ""
    return RowWords(
        glyph, verdict, token, letter, item.title.in_(language), item.rule.in_(language), tuple(parts)
    )


def _comparisons(reading: Reading, parts: Sequence[Part], language: Language) -> list[Comparison]:
    found: list[Comparison] = []
    told: set[str] = set()
    for part in parts:
        name = part.pair.base.name
        page = reading.waits(name)
        if page is not None:
            words = waits_for(reading, page, language)
            if words not in told:
                found.append(Comparison(NOTHING, NOTHING, words, (page.event, page.form)))
            told.add(words)
            continue
        base, followup = (value_words(reading.definition, m, language) for m in (part.pair.base, part.pair.followup))
        why = part.why.in_(language)
        if name in told:  # the same values twice: one more sentence about them
            found[-1] = evolve(found[-1], why=f"{found[-1].why}\n{why}")
        else:
            found.append(Comparison(base, followup, why, place_of(reading, part.pair)))
        told.add(name)
    return found


def place_of(reading: Reading, pair: Pair) -> tuple[str, str] | None:
    """Where a comparison leads: the page of week 28, or of week 0 where week 28 has none."""
    form = form_of(reading.definition, pair.base.name)
    held = [m.event for m in (pair.followup, pair.base) if m.event and m.lack not in (Lack.NO_VISIT, Lack.MISSED)]
    return (held[0], form) if form and held else None
