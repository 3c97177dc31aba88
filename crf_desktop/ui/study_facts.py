"""What a study is: names, versions, fingerprints, numbers, people; for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

import crf_desktop
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.button import Button
from crf_desktop.ui.label import Card, Label, Line, Mark
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column, row

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study

translate = QCoreApplication.translate


def role_words(role: str) -> str:
    """A role as the bar names it."""
    return {
        "investigator": translate("AppBar", "Investigator"),
        "coordinator": translate("AppBar", "Coordinator"),
        "monitor": translate("AppBar", "Monitor"),
        "data_manager": translate("AppBar", "Data manager"),
        "administrator": translate("AppBar", "Administrator"),
    }.get(role, role)


def grouped(hexadecimal: str, n: int = 4) -> str:
    """A fingerprint in groups, as it is read out."""
    return " ".join(hexadecimal[i : i + n] for i in range(0, len(hexadecimal), n))


class FactsCard(Card):
    """Small labels with their values under them."""

    def __init__(self, look: Look, title: str, facts: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        body = column(self, px(2), (px(16), px(14), px(16), px(14)))
        body.addWidget(Label(look, title, 17, True))
        for name, value in facts:
            body.addSpacing(px(6))
            body.addWidget(Label(look, name, 13, token="text_2"))
            body.addWidget(Label(look, value, 15, wrap=True))


class PeopleCard(Card):
    """Everybody who has an open account, whether the study’s authority has certified them, and the way to the list."""

    asked = Signal()
    """The list of authorised persons."""

    def __init__(self, look: Look, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        px = look.px
        body = column(self, px(6), (px(16), px(14), px(16), px(14)))
        body.addWidget(Label(look, self.tr("People"), 17, True))
        waiting = {r.person.user_oid for r in study.store.requests()}
        for person in study.store.people():
            if person.user_oid in study.store.who.closed:
                continue
            body.addWidget(Line(look))
            body.addWidget(Label(look, person.full_name, 15, True, wrap=True))
            told = f"{role_words(person.role)} · {person.user_name}"
            body.addWidget(Label(look, told, 13, token="text_2", wrap=True))
            if person.user_oid in waiting:
                line = row(gap=px(8))
                line.addWidget(Mark(look, Glyph.WARNING, 14))
                words = self.tr("certificate not countersigned yet")
                line.addWidget(Label(look, words, 13, token="warn", wrap=True), 1)
                body.addLayout(line)
        body.addWidget(Line(look))
        button = Button(look, "quiet", self.tr("Authorised persons"), px=13)
        button.clicked.connect(self.asked)
        body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def study_facts(study: Study, language: str) -> list[tuple[str, str]]:
    """Study and site."""
    from crf_desktop.capture.numbers import number_facts  # loads with the study

    store, definition = study.store, study.definition
    zh = language == "zh"
    n, facts = len(study.subjects()), number_facts(study)
    spans = "\n".join(f"{first}–{last}" for first, last in facts.spans)
    numbers = translate("StudyPage", "{0}\n{1} of them left").format(spans, facts.left)
    return [
        (translate("StudyPage", "Name"), definition.study_name.in_("zh" if zh else "en")),
        (translate("StudyPage", "Registry"), definition.registry),
        (translate("StudyPage", "Site"), store.site),
        (translate("StudyPage", "Participants in this file"), str(n)),
        (translate("StudyPage", "Numbers this laptop gives"), numbers),
    ]


def version_facts(study: Study) -> list[tuple[str, str]]:
    """What an inspector compares."""
    from crf_desktop.capture.signature import ca_fingerprint  # loads cryptography; not before the window stands

    store = study.store
    digest = grouped(store.metadata_digest.removeprefix("sha256:")[:32])
    return [
        (translate("StudyPage", "Program"), crf_desktop.__version__),
        (translate("StudyPage", "Forms"), study.definition.name),
        (translate("StudyPage", "Fingerprint of the forms"), digest),
        (translate("StudyPage", "Fingerprint of the study’s authority"), grouped(ca_fingerprint(store))),
        (translate("StudyPage", "This file’s own number"), store.origin),
        (translate("StudyPage", "Entries in its log"), str(store.head()[1])),
    ]
