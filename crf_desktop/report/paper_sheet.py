"""What every drawing of a paper form needs: definition, language or both, answers where filled, annotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

from crf_desktop.capture.record import FormRecord, ItemRecord, VisitRecord
from crf_desktop.errors import Language
from crf_desktop.model.data import NOTHING, Datum
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.answer import Reader
from crf_desktop.report.paper_piece import EMPTY, Piece, framed, under, words
from crf_desktop.report.typeface import Run
from crf_desktop.wording.paper_form import PAPER_FORM

PaperLanguage = Literal["en", "zh", "both"]
"""``both``: English, then Chinese."""
LANGUAGES: dict[PaperLanguage, tuple[Language, ...]] = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
BODY, SMALL, TAG = 8.5, 7.0, 6.5
Label = Literal["regular", "bold"]


def spelled(word: str, *values: object) -> TranslatedText:
    """The wording of paper forms; a value that is a wording itself is put in in its language."""
    en, zh = PAPER_FORM[word]
    if not values:
        return TranslatedText(en, zh)
    english = [v.en if isinstance(v, TranslatedText) else v for v in values]
    chinese = [v.zh if isinstance(v, TranslatedText) else v for v in values]
    return TranslatedText(en.format(*english), zh.format(*chinese))


@frozen
class Sheet:
    """One form on paper: blank, annotated, or filled."""

    definition: MetaDataVersion
    language: PaperLanguage
    form: FormDef
    event: str | None = None
    """OID of the visit; None: of any visit."""
    annotated: bool = False
    sdtm: Mapping[str, str] = {}
    """Item OID → SDTM variable."""
    record: FormRecord | None = None
    """Answers; None: blank."""
    visit: VisitRecord | None = None

    @property
    def languages(self) -> tuple[Language, ...]:
        """One, or English and Chinese."""
        return LANGUAGES[self.language]

    @property
    def readers(self) -> list[Reader]:
        """How a filled form spells answers, per language; none on a blank one."""
        return [Reader(self.visit, one) for one in self.languages] if self.visit is not None else []

    def texts(self, text: TranslatedText) -> tuple[str, ...]:
        """The wording in each language; once where both are the same."""
        return tuple(dict.fromkeys(t for t in (text.in_(one) for one in self.languages) if t))

    def inline(self, text: TranslatedText) -> str:
        """``Yes 是``: one after the other."""
        return " ".join(self.texts(text))

    def say(self, word: str, *values: object) -> str:
        """The wording of paper in one line."""
        return self.inline(spelled(word, *values))

    def aside(self, word: str) -> str:
        """A wording of paper in brackets behind another one, in Chinese in full-width ones."""
        return f"（{self.say(word)}）" if self.language == "zh" else f" ({self.say(word)})"

    def lines(self, text: TranslatedText, width: float, size: float = BODY, bold: bool = False) -> Piece:
        """The wording wrapped, English above Chinese."""
        return under([words([Run(t, size, bold)], width) for t in self.texts(text)])

    def note(self, text: TranslatedText, width: float, size: float = SMALL, bold: bool = False) -> Piece:
        """The wording in one line where both languages fit into it, else wrapped, English above Chinese."""
        run = Run(self.inline(text), size, bold)
        return words([run], width) if run.width <= width else self.lines(text, width, size, bold)

    def datum(self, address: str) -> Datum:
        """The answer; nothing on a blank form."""
        found = self.item(address)
        return found.datum if found else NOTHING

    def item(self, address: str) -> ItemRecord | None:
        """The answer and how it came to be."""
        return self.record.items.get(address) if self.record else None

    def changed(self, addresses: Sequence[str]) -> bool:
        """True where one of them was replaced after the form was first completed."""
        return any(found.changed for found in map(self.item, addresses) if found)

    def unit(self, oid: str | None) -> str:
        """The symbol of a unit; in both languages the Chinese one follows where it differs."""
        return self.inline(self.definition.unit[oid].symbol) if oid else ""

    def tags(self, item: ItemDef, width: float, narrow: bool = False) -> Piece:
        """The annotation of an item: OID, names, type, code list, SDTM variable; nothing unless annotated.

        ``narrow``: each in a line of its own, smaller.
        """
        if not self.annotated:
            return EMPTY
        parts = [item.oid, item.name, item.sas_name, item.data_type, *([item.code_list] if item.code_list else [])]
        size = TAG - 1 if narrow else TAG
        told = [Run(t, size) for t in (parts if narrow else [" · ".join(parts)])]
        told += [Run(f"SDTM {self.sdtm[item.oid]}", size, True)] if item.oid in self.sdtm else []
        return under([words([run], width) for run in told])

    def cell_tags(self, item: ItemDef, width: float) -> Piece:
        """The annotation of an item in a narrow cell: OID, both names, SDTM variable."""
        if not self.annotated:
            return EMPTY
        told = [Run(t, TAG - 1) for t in (item.oid, f"{item.name} · {item.sas_name}")]
        told += [Run(f"SDTM {self.sdtm[item.oid]}", TAG - 1, True)] if item.oid in self.sdtm else []
        return framed(under([words([run], width - 7) for run in told]))
