"""Before the first signature with a key: that it means what a handwritten one means (21 CFR 11.100(c)), as a row."""

from __future__ import annotations

from typing import Final

from crf_desktop.capture.study import Study
from crf_desktop.model.access import Action, may
from crf_desktop.model.data import Entry, Kind
from crf_desktop.model.path import ItemPath
from crf_desktop.model.text import TranslatedText

ACT: Final = "accept"
STATEMENT: Final = TranslatedText(
    "My electronic signature in this study is the legally binding equivalent of my handwritten signature. "
    "I keep my password to myself and sign only what I have seen.",
    "我在本研究中的电子签名与我的手写签名具有同等法律约束力。我不向他人透露密码，只签署本人已查看的内容。",
)
"""What the person accepts by the first signature with a key, word for word in the row."""


def to_accept(study: Study) -> TranslatedText | None:
    """The statement, while the person's present key has signed nothing; None afterwards, and for who does not sign."""
    session = study.session
    if not may(session.person.role, Action.SIGN):
        return None
    return None if (session.origin, session.key_id) in study.store.who.accepted else STATEMENT


def acceptance(study: Study) -> list[Entry]:
    """The row that goes before the first signature with a key, in the same transaction; none for a later one."""
    statement = to_accept(study)
    if statement is None:
        return []
    payload = {
        "act": ACT, "user_oid": study.session.person.user_oid, "serial": study.session.certificate_serial,
        "statement": {"en": statement.en, "zh": statement.zh},
    }  # fmt: skip
    return [Entry(Kind.USER, ItemPath(), "Insert", payload=payload)]
