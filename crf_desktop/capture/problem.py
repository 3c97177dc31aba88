"""Why an answer or a form is refused, in the words of the definition."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.errors import Refused
from crf_desktop.model.definition import EditCheck, RangeCheck
from crf_desktop.model.text import TranslatedText

Check = RangeCheck | EditCheck


class SoftProblem(Refused):
    """Unusual but possible: kept when a reason is given, corrected otherwise."""

    def __init__(self, item_oid: str, checks: Sequence[Check]) -> None:
        super().__init__("entry.soft", item=item_oid)
        self.checks = tuple(checks)

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """The checks' own words."""
        text = " ".join(c.message.zh if language == "zh" else c.message.en for c in self.checks)
        return (text, "", "")


class HardProblem(Refused):
    """A rule across items refused the value."""

    def __init__(self, item_oid: str, check: EditCheck) -> None:
        super().__init__("entry.hard", item=item_oid, check=check.oid)
        self.check = check

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """The check's own words."""
        kept = "未保存。" if language == "zh" else "Not saved."
        return (self.check.message.zh if language == "zh" else self.check.message.en, kept, "")


class Closed(Refused):
    """The form waits for something else (no data before consent)."""

    def __init__(self, form_oid: str, why: Sequence[TranslatedText]) -> None:
        super().__init__("form.closed", form=form_oid)
        self.why = tuple(why)

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """The form's own words."""
        kept = "未保存。" if language == "zh" else "Not saved."
        return (" ".join(w.in_("zh" if language == "zh" else "en") for w in self.why), kept, "")
