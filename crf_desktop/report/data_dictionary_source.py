"""What the data dictionary draws from: the definition, its wordings in one language or both, cells and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from crf_desktop.capture.printing import PaperRecord
from crf_desktop.errors import Language
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.expression import names, reaches
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.paper_sheet import LANGUAGES, PaperLanguage
from crf_desktop.report.table import Cell
from crf_desktop.report.typeface import Run
from crf_desktop.wording.column import COLUMNS
from crf_desktop.wording.dictionary import DICTIONARY

SMALL, BODY = 6.5, 7.2
Line = tuple[str, float, bool]
"""Text, size, bold."""
_PLACE = re.compile(r"\{(\d+)\}")
_MOST = 2
"""Labels that stand for a value that is worked out."""


@frozen
class Source:
    """A dictionary in one language, or with English above Chinese."""

    record: PaperRecord
    language: PaperLanguage

    @property
    def definition(self) -> MetaDataVersion:
        """What it tells of."""
        return self.record.definition

    @property
    def first(self) -> Language:
        """The language of dates, and of the file."""
        return LANGUAGES[self.language][0]

    def texts(self, text: TranslatedText) -> list[str]:
        """The wording in each language; once where both are the same."""
        return list(dict.fromkeys(t for t in (text.in_(one) for one in LANGUAGES[self.language]) if t))

    def inline(self, text: TranslatedText) -> str:
        """``Yes 是``: one after the other."""
        return " ".join(self.texts(text))

    def lines(self, text: TranslatedText, size: float = BODY, bold: bool = False) -> list[Line]:
        """One under the other."""
        return [(told, size, bold) for told in self.texts(text)]

    def say(self, word: str, *values: object) -> str:
        """The wording of the dictionary in one line."""
        return self.inline(spelled(word, *values))

    def label(self, name: str) -> TranslatedText:
        """The label of what an expression calls by its name, a visit among them; the name where it has none."""
        definition = self.definition
        if name in definition.item_by_name:
            return definition.name_of(definition.item_by_name[name].oid)
        if name in definition.method_by_name:
            return definition.method_by_name[name].label
        if name in definition.event:
            return definition.event[name].short_title
        if name in COLUMNS:
            return TranslatedText(*COLUMNS[name])
        return next((p.label for p in definition.parameters if p.name == name), TranslatedText(name, name))

    def filled(self, text: TranslatedText, reads: Sequence[str]) -> TranslatedText:
        """A sentence with the labels of the values that are put into it, in brackets."""
        labels = [self._value(name) for name in reads]

        def put(language: Language) -> str:
            def one(found: re.Match[str]) -> str:
                at = int(found[1])
                return f"[{labels[at].in_(language)}]" if at < len(labels) else "…"

            return _PLACE.sub(one, text.in_(language))

        return TranslatedText(put("en"), put("zh"))

    def _value(self, read: str) -> TranslatedText:
        """The label of a value; of one that is worked out first, the labels of what it rests on."""
        if read.isidentifier():
            return self.label(read)
        found, more = self.read(read), TranslatedText("…", "…")
        return joined([*found[:_MOST], *([more] if len(found) > _MOST else [])])

    def read(self, expression: str) -> list[TranslatedText]:
        """The labels of everything that an expression reads, here and at other visits."""
        found = [*sorted(names(expression)), *(call[-1] for call in sorted(reaches(expression)))]
        return list(dict.fromkeys(self.label(name) for name in found))


def spelled(word: str, *values: object) -> TranslatedText:
    """The wording of the dictionary; a value that is a wording itself is put in in its language."""
    en, zh = DICTIONARY[word]
    if not values:
        return TranslatedText(en, zh)
    english, chinese = ([v.in_(one) if isinstance(v, TranslatedText) else v for v in values] for one in ("en", "zh"))
    return TranslatedText(en.format(*english), zh.format(*chinese))


def joined(found: Iterable[TranslatedText], en: str = ", ", zh: str = "、") -> TranslatedText:
    """A list in both languages."""
    told = list(found)
    return TranslatedText(en.join(t.en for t in told), zh.join(t.zh for t in told))


def cell_of(lines: Iterable[Line]) -> Cell:
    """Each line in its own style."""
    told = [line for line in lines if line[0]]
    return Cell(
        tuple(
            Run(text + ("\n" if at + 1 < len(told) else ""), size, bold) for at, (text, size, bold) in enumerate(told)
        )
    )
