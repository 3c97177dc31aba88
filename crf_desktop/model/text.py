"""Wording of the study in every language."""

from __future__ import annotations

from attrs import frozen

from crf_desktop.errors import Language


@frozen
class TranslatedText:
    """A wording of the study in English and simplified Chinese; plain text, never markup."""

    en: str
    zh: str

    def in_(self, language: Language) -> str:
        """The wording in one language."""
        return self.zh if language == "zh" else self.en
