"""Every refusal and every report of the exchange has its words, in both languages, with the same blanks."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import crf_desktop
from crf_desktop import wording
from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.wording.exchange import SENTENCES, listed, sentence
from crf_desktop.wording.problem_exchange import PROBLEMS

SOURCES = sorted((Path(crf_desktop.__file__).parent / "exchange").glob("*.py"))
_RAISED = re.compile(r'(?:Refused|EnvironmentProblem)\(\s*"([a-z_.]+)"')


def test_that_every_code_the_exchange_raises_has_sentences() -> None:
    raised = {code for path in SOURCES for code in _RAISED.findall(path.read_text(encoding="utf-8"))}
    assert len(raised) > 20 and raised - wording.codes() == set()


def blanks(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_that_both_languages_say_the_same_things(code: str) -> None:
    english, chinese = PROBLEMS[code]
    assert blanks(*english) == blanks(*chinese) and all(english) and all(chinese)


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_that_reports_have_the_same_blanks_in_both_languages(key: str) -> None:
    english, chinese = SENTENCES[key]
    assert blanks(english) == blanks(chinese)
    filled = dict.fromkeys(blanks(english), "x")
    assert sentence(key, "en", **filled) != sentence(key, "zh", **filled)


def test_that_names_are_listed_as_the_language_does() -> None:
    assert (listed(["A", "B"], "en"), listed(["A", "B"], "zh")) == ("A, B", "A、B")


def test_that_no_problem_of_ours_is_worded_twice() -> None:
    from crf_desktop.wording import problem_store

    assert set(PROBLEMS) & set(problem_store.PROBLEMS) == set()
    assert issubclass(Refused, Exception) and issubclass(EnvironmentProblem, Exception)
