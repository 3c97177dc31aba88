"""What each document is called on the page, what it is for, and what may be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crf_desktop.ui.documents_choice import DocumentKind

if TYPE_CHECKING:
    from crf_desktop.report.paper_sheet import PaperLanguage


class DocumentWords(QObject):
    """In the language in force."""

    def title(self, kind: DocumentKind) -> str:
        """Its name."""
        return {
            "blank": self.tr("Paper pack"),
            "annotated": self.tr("Annotated CRF"),
            "dictionary": self.tr("Data dictionary"),
            "visit": self.tr("Visit summary"),
            "form": self.tr("One form, filled in"),
            "casebook": self.tr("Casebook"),
            "audit": self.tr("Audit trail of a participant"),
            "trail": self.tr("Audit trail of the study"),
            "authorised": self.tr("Authorised persons"),
        }[kind]

    def about(self, kind: DocumentKind) -> str:
        """What it is for."""
        return {
            "blank": self.tr("Blank forms to write on: tick boxes, grids and scales as on the screen."),
            "annotated": self.tr("Blank forms with the name under which each answer is stored, and its SDTM variable."),
            "dictionary": self.tr("Every item: its question, type, unit, limits and code list."),
            "visit": self.tr("One visit: scores, forms, what changed, open queries, signatures. "
                             "Until it is signed it is marked as a draft."),
            "form": self.tr("The answers of one form, on the paper that is used for writing."),
            "casebook": self.tr("Everything of one participant, with the audit trail, contents and bookmarks."),
            "audit": self.tr("Every entry about one participant: who, when, what it was before, and why."),
            "trail": self.tr("Every entry of the log, people, exports and signatures included."),
            "authorised": self.tr("Who may do what, since when and until when, read from the log."),
        }[kind]  # fmt: skip

    def group(self, name: str) -> str:
        """The head above some of them."""
        return {
            "paper": self.tr("Without data"),
            "participant": self.tr("Of a participant"),
            "study": self.tr("Of the study"),
        }[name]

    def language(self, language: PaperLanguage) -> str:
        """The name of a language in itself."""
        return {"en": "English", "zh": "中文", "both": self.tr("Both side by side")}[language]

    def leaving(self, holds_data: bool) -> str:
        """What becomes of it."""
        if holds_data:
            return self.tr("Printing or saving it is recorded in the log. On paper and as a PDF it is not encrypted.")
        return self.tr("It holds no answers: nothing is recorded.")
