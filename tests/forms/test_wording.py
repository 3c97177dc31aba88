"""Every wording of the study: complete in both languages, real characters, units that never part from their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import pytest

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.text import TranslatedText

HAN = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {
    "ESSDAI", "ClinESSDAI", "ESSPRI", "PGA", "Schirmer", "IgG", "IgA", "IgM", "C3", "C4", "Westergren", "W0", "RTX 1",
    "±", "1+", "2+", "3+", "4+", "NSIP", "LIP", "OP",
}  # fmt: skip
SAME_IN_BOTH |= {"IVIG", "IU", "µg", "g/kg", "SCR", "W28", "ET", "UNS", "LOG", "RTX", "BEL"}
SAME_IN_BOTH |= {f"{drug} {n}" for drug in ("RTX", "BEL") for n in range(1, 7)}
"""Names that Chinese rheumatologists write in Latin letters; visits as the schedule heads them."""
PARTED = re.compile(r"\d (mm/h|mm|cm|/mm³|/µL|×10|g/L|g/dL|mg/dL|g/d|IU/mL|mL/min|min|g|h|s|°C|%)(?![A-Za-z])")


def texts(thing: object, place: str = "") -> Iterator[tuple[str, TranslatedText]]:
    """Every wording below a definition with the OID it stands under."""
    if isinstance(thing, TranslatedText):
        yield place, thing
    elif isinstance(thing, tuple):
        for inner in thing:
            yield from texts(inner, place)
    elif attrs.has(type(thing)):
        own = str(getattr(thing, "oid", place))
        for field in attrs.fields(type(thing)):
            yield from texts(getattr(thing, field.name), own)


@pytest.fixture(scope="module")
def wordings(trial: MetaDataVersion) -> list[tuple[str, TranslatedText]]:
    found = list(texts(trial))
    assert len(found) > 500
    return found


def bad(wordings: list[tuple[str, TranslatedText]], pattern: str, languages: str = "en zh") -> list[tuple[str, str]]:
    return [
        (place, sentence)
        for place, wording in wordings
        for language in languages.split()
        if re.search(pattern, sentence := getattr(wording, language))
    ]


def test_that_no_wording_is_empty_or_padded(wordings: list[tuple[str, TranslatedText]]) -> None:
    assert bad(wordings, r"^$|^\s|\s$|\s\s|\n") == []


def test_that_every_wording_is_chinese_in_chinese_and_english_in_english(
    wordings: list[tuple[str, TranslatedText]], trial: MetaDataVersion
) -> None:
    symbols = {u.symbol.en for u in trial.units}
    untranslated = [(p, w.zh) for p, w in wordings if not HAN.search(w.zh) and w.zh not in SAME_IN_BOTH | symbols]
    assert untranslated == []
    assert bad(wordings, HAN.pattern, "en") == []


def test_that_signs_are_real_characters(wordings: list[tuple[str, TranslatedText]]) -> None:
    assert bad(wordings, r">=|<=|\.\.\.|--| - |\^|'|\"| x \d|10\*|\bu[lLg]\b") == []


def test_that_ranges_have_an_en_dash(wordings: list[tuple[str, TranslatedText]]) -> None:
    dates = [(p, s) for p, s in bad(wordings, r"\d-\d") if p != "I.DEMO.BIRTH_DATE"]
    assert dates == []


def test_that_a_number_never_parts_from_its_unit(wordings: list[tuple[str, TranslatedText]]) -> None:
    assert bad(wordings, PARTED.pattern) == []
    assert bad(wordings, r"\d(mm|cm|g/L|mL|min|IU)", "en zh") == []


def test_that_per_cent_is_spaced_in_english_and_not_in_chinese(wordings: list[tuple[str, TranslatedText]]) -> None:
    assert bad(wordings, r"\d%", "en") == []
    assert bad(wordings, r"\d[\s\u00a0]%", "zh") == []


def test_that_chinese_punctuation_is_full_width(wordings: list[tuple[str, TranslatedText]]) -> None:
    assert bad(wordings, r"[\u4e00-\u9fff][,:;()?!]|[,:;()?!][\u4e00-\u9fff]", "zh") == []
    assert bad(wordings, r"[，。：；（）？！]", "en") == []


def test_that_no_space_stands_between_han_and_digits_or_latin(wordings: list[tuple[str, TranslatedText]]) -> None:
    assert bad(wordings, r"[\u4e00-\u9fff][ \u00a0][A-Za-z0-9]|[A-Za-z)）][ \u00a0][\u4e00-\u9fff]", "zh") == []


def test_that_both_languages_carry_the_same_numbers(trial: MetaDataVersion) -> None:
    for code_list in trial.code_lists:
        for item in code_list.items:
            if item.definition is not None:
                english, chinese = (
                    sorted(re.findall(r"\d+(?:\.\d+)?", t)) for t in (item.definition.en, item.definition.zh)
                )
                assert english == chinese, (code_list.oid, item.coded_value)


def test_that_every_check_ends_in_a_full_stop(trial: MetaDataVersion) -> None:
    messages = [c.message for c in trial.edit_checks] + [r.message for i in trial.items for r in i.range_checks]
    assert all(m.en.endswith(".") and m.zh.endswith("。") for m in messages)
