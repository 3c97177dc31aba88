"""Builders of ordinary questions: a choice, a day, a moment, words."""

from __future__ import annotations

from crf_desktop.model.definition import CodeList, ItemDef
from crf_desktop.model.text import TranslatedText

_MOMENT, _DAY = 25, 10


def only_if(condition: str, *names: str) -> str:
    """Relevance: asked once ``names`` are known and the condition holds; without names it is itself a yes-no answer."""
    known = ", ".join(names or (condition,))
    return f"known({known}) and {condition}"


def choice(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    answers: CodeList,
    *,
    hint: TranslatedText | None = None,
    mandatory: bool = True,
    relevant: str | None = None,
) -> ItemDef:
    """One of the answers of a code list."""
    return ItemDef(
        oid, name, sas_name, "code", question, label, hint, code_list=answers.oid, mandatory=mandatory, relevant=relevant
    )


def day(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    *,
    hint: TranslatedText | None = None,
    mandatory: bool = True,
    relevant: str | None = None,
) -> ItemDef:
    """A date, in part where that is all that is known."""
    return ItemDef(
        oid, name, sas_name, "date", question, label, hint, length=_DAY, mandatory=mandatory, relevant=relevant
    )


def moment(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    *,
    hint: TranslatedText | None = None,
    mandatory: bool = True,
    relevant: str | None = None,
) -> ItemDef:
    """A date with its time."""
    return ItemDef(
        oid, name, sas_name, "datetime", question, label, hint, length=_MOMENT, mandatory=mandatory, relevant=relevant
    )


def words(
    oid: str,
    name: str,
    sas_name: str,
    question: TranslatedText,
    label: TranslatedText,
    *,
    hint: TranslatedText | None = None,
    mandatory: bool = True,
    relevant: str | None = None,
    length: int = 200,
) -> ItemDef:
    """Free text."""
    return ItemDef(
        oid, name, sas_name, "text", question, label, hint, length=length, mandatory=mandatory, relevant=relevant
    )
