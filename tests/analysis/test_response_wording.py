"""The sentences of the end points: both languages say the same, none is left over, and the typography holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import crf_desktop.analysis
from crf_desktop.wording import outcome, response
from crf_desktop.wording.analysis import OPTIONS

SOURCE = "\n".join(p.read_text(encoding="utf-8") for p in Path(crf_desktop.analysis.__file__).parent.glob("*.py"))
Both = tuple[str, str]


def tables() -> Iterator[tuple[str, Both]]:
    for module in (response, outcome):
        for table, rows in vars(module).items():
            if not table.isupper() or not isinstance(rows, dict):
                continue
            for key, words in rows.items():
                found = words if isinstance(words[0], tuple) else (words,)
                yield from ((f"{table} {key}", both) for both in found)
    for name, (title, values) in OPTIONS.items():
        yield from ((f"OPTIONS {name}", both) for both in (title, *values.values()))
    yield from (("note", both) for both in (response.STAR_NOTE, response.STAR_AT_WEEK_0))


ALL = list(tables())


def places(text: str) -> set[str]:
    """Placeholders; a number stands with its unit in Chinese where English names the unit once."""
    found = {name.lower() for _, name, _, _ in Formatter().parse(text) if name}
    return {"by" if name == "by_unit" else name for name in found}


@pytest.mark.parametrize(("where", "both"), ALL, ids=[w for w, _ in ALL])
def test_that_both_languages_have_the_same_places(where: str, both: Both) -> None:
    en, zh = both
    grammar = places(en) - places(zh)
    allowed = {"2"} if "all_known" in where or "met_anyway" in where else {"4"} if "missed_anyway" in where else set()
    only_zh = places(zh) - places(en)
    assert grammar <= allowed and only_zh <= ({"1"} if "star_decided" in where else set())


@pytest.mark.parametrize(("where", "both"), ALL, ids=[w for w, _ in ALL])
def test_that_the_typography_holds(where: str, both: Both) -> None:
    en, zh = both
    assert "!" not in en + zh and "  " not in en and " - " not in en and "-1" not in en
    assert not re.search(r"[\u4e00-\u9fff][,;:.]|[,;:.][\u4e00-\u9fff]", zh), where
    assert not re.search(r"\d %|\d mm\b|\d g/L", en + zh), where  # no-break space
    assert not re.search(r"\d[ \u00a0]%", zh), where
    assert en.count("**") == zh.count("**") and en.count("**") % 2 == 0


def test_that_sentences_end_and_lines_of_star_do_not() -> None:
    for key, (en, zh) in response.SENTENCES.items():
        if key in ("or_normal",):
            continue
        assert en.endswith(".") is (not key.endswith(":short")), key
        assert zh.endswith("。") is (not key.endswith(":short")), key


def test_that_every_sentence_is_said_somewhere() -> None:
    for key in (*response.SENTENCES, *response.VERDICTS, *response.OUTCOMES, *outcome.CHANGES, *outcome.ISSUES):
        kind = key.partition(":")[0].removeprefix("star_").removesuffix("_same").removesuffix("_primary")
        assert f'"{kind}' in SOURCE or f"_{kind}" in SOURCE or f'{kind}"' in SOURCE, key
    for key in response.OPTION_RULES:
        assert key.split()[0] in response.ITEMS
