"""What verification and opening found, one sentence each."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from crf_desktop import wording
from crf_desktop.errors import Language

Severity = Literal["ok", "note", "damage", "tamper"]


@frozen(slots=True)
class Finding:
    """One thing that is so: ``ok`` and ``note`` are good news, ``damage`` and ``tamper`` are not."""

    code: str
    severity: Severity
    origin: str = ""
    seq: int = 0
    detail: str = ""
    """Machine facts (a page, a count, a name of the schema); never a value or a participant number."""

    @property
    def bad(self) -> bool:
        """Whether the study is not as it should be."""
        return self.severity in ("damage", "tamper")

    @property
    def stops(self) -> bool:
        """Whether nothing more may be written: bad, and not one record of the witness, whose other one was read."""
        return self.bad and self.code != "verify.witness_torn"

    def sentence(self, language: Language = "en") -> str:
        """What was found, in words."""
        context = {"origin": self.origin, "seq": self.seq, "detail": self.detail}
        gap = "" if language == "zh" else " "
        return gap.join(part for part in wording.problem(self.code, language, context) if part)
