"""What the page head says of a score: the number or what is certain of it, its band, and why it is not final."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.definition import MetaDataVersion, MethodDef
from crf_desktop.model.derive import Derived
from crf_desktop.model.glyph import BANDS, Glyph
from crf_desktop.ui.controls.speech import flavor_words
from crf_desktop.ui.page import ScoreWords
from crf_desktop.wording import figure


def score_words(
    definition: MetaDataVersion,
    method: MethodDef,
    derived: Mapping[str, Derived],
    items: Mapping[str, Datum],
    language: Language,
    short: bool,
    shortest: bool = False,
) -> ScoreWords:
    """The card of one score; ``short`` leaves the count out, ``shortest`` also why a score is not final."""
    found = derived[method.oid]
    unit = definition.unit[method.unit].symbol.in_(language) if method.unit else ""
    behind = f"/{method.maximum}" if method.maximum else unit
    name = method.label.in_(language)
    if found.text:
        glyph, note = _final(definition, method, derived, found, language, short)
        return ScoreWords(name, glyph, note, figure.number(found.text), behind)
    value = f"≥ {figure.number(found.lower_text)}" if found.lower_text else "—"
    glyph, note = _not_final(definition, method, found, items, language)
    if shortest:
        note = QCoreApplication.translate("Score", "not final")
    return ScoreWords(name, glyph, note, value, behind)


def _final(
    definition: MetaDataVersion,
    method: MethodDef,
    derived: Mapping[str, Derived],
    found: Derived,
    language: Language,
    short: bool,
) -> tuple[Glyph | None, str]:
    graded = any(definition.item_at(at).code_list for at in method.counts)
    rated = QCoreApplication.translate("Score", "{0} of {1} rated")
    words = rated if graded else QCoreApplication.translate("Score", "{0} of {1} answered")
    count = words.format(found.answered, found.total) if found.total > 1 else ""
    band = derived.get(method.band or "")
    if band is None or not band.text:
        return Glyph.COMPLETE, count or QCoreApplication.translate("Score", "final")
    codes = definition.code_list[definition.method[method.band or ""].code_list or ""]
    at = next((i for i, c in enumerate(codes.items) if c.coded_value == band.text), 0)
    words = codes.decode(band.text, language)
    glyph = BANDS[min(at, 3)]
    return glyph, words if short or not count else f"{words} · {count}"


def _not_final(
    definition: MetaDataVersion, method: MethodDef, found: Derived, items: Mapping[str, Datum], language: Language
) -> tuple[Glyph | None, str]:
    missing = [oid for oid in method.counts if items.get(oid, NOTHING).null_flavor is not None]
    waiting = [oid for oid in method.counts if not items.get(oid, NOTHING).answered]
    if len(missing) == 1 and not waiting:
        flavor = items[missing[0]].null_flavor
        name = definition.item_at(missing[0]).label.in_(language)
        words = flavor_words(flavor or "ND")
        words = words[:1].lower() + words[1:] if language == "en" else words
        return Glyph.MISSING, QCoreApplication.translate("Score", "Not final: {0} {1}").format(name, words)
    if missing and not waiting:
        return Glyph.MISSING, QCoreApplication.translate("Score", "Not final: {0} without a value").format(len(missing))
    if found.total:
        return Glyph.DUE, QCoreApplication.translate("Score", "{0} of {1} answered").format(found.answered, found.total)
    return Glyph.DUE, QCoreApplication.translate("Score", "not final")
