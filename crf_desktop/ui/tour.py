"""Through the whole window by real key and mouse events: one visit filled in, signed and pictured in both languages."""

from __future__ import annotations

import gc
from datetime import timedelta
from pathlib import Path

from attrs import evolve
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.demo.participant import Answer, Participant
from crf_desktop.model.data import FormState
from crf_desktop.model.layout import LevelTable
from crf_desktop.model.value import parse
from crf_desktop.ui.application import make_window
from crf_desktop.ui.hand import Hand, NotAsTyped
from crf_desktop.ui.look import Look
from crf_desktop.ui.main_window import MainWindow
from crf_desktop.ui.places import Places, Where

EVENT = "SE.W0"
SEED = 20261118
SIZE = (1280, 800)
PICTURED = "I.ESSDAI.HAEMATOLOGICAL"
TOLD = {PICTURED: "1", "I.LAB1.LYMPHOCYTES": "0.82"}
"""Answers that the pictures need: a laboratory value that implies the level chosen."""


def tour(out: Path, study: Path, user: str, password: str) -> list[str]:
    """Fills in the week-0 visit of a new participant, signs it, and writes ``out/screens/*.png``; says what was made.

    Raises :class:`NotAsTyped` when the store does not hold what was typed.
    """
    app = QApplication.instance() or QApplication(["crf-desktop"])
    assert isinstance(app, QApplication)
    look = Look()
    window = make_window(app, look)
    window.resize(*SIZE)
    try:
        guide = _Tour(window, out / "screens")
        guide.run(study, user, password)
    finally:
        window.close()
        window.deleteLater()
        app.processEvents()
        gc.collect()
    return guide.lines


class _Tour:
    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder, self.hand = window, folder, Hand(window)
        self.lines: list[str] = []
        self.subject = ""
        self._number = 0
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def places(self) -> Places:
        assert self.window.places is not None
        return self.window.places

    # ---- pictures

    def picture(self, name: str) -> None:
        """One PNG in each language, switched by the switch in the bar; more where a form is longer than the screen."""
        self._number += 1
        for language in ("en", "zh"):
            self._grab(f"{self._number:02}-{name}-{language}")
            if self.window.study is not None and self.places.where.page == "form":
                self._grab_below(name, language)
            self.hand.click(self.window.bar.language)

    def _grab_below(self, name: str, language: str) -> None:
        """What a long form shows further down, screen by screen."""
        bar = self.places.form.body.verticalScrollBar()
        part, shown = 1, bar.value()
        while bar.value() < bar.maximum():
            part += 1
            bar.setValue(bar.value() + bar.pageStep())
            self._grab(f"{self._number:02}-{name}-part{part}-{language}")
        bar.setValue(shown)

    def single(self, name: str) -> None:
        """One PNG in the language of now."""
        self._number += 1
        self._grab(f"{self._number:02}-{name}")

    def _grab(self, name: str) -> None:
        self.hand.rest(0.03)
        self.window.grab().save(str(self.folder / f"{name}.png"))

    # ---- the way

    def run(self, study: Path, user: str, password: str) -> None:
        """From the locked window to the signed PDF."""
        window, hand = self.window, self.hand
        window.show_folder(study)
        window.show()
        window.activateWindow()
        hand.wait(lambda: bool(window.unlock.user.value), "the label of the study")
        self.picture("unlock")
        self._wrong_password(user)
        hand.unlock(user, password)
        hand.wait(lambda: window.study is not None, "unlocking")
        hand.wait(lambda: self.places.today.model is not None and self.places.today.model.complete(), "the list")
        self.picture("today")
        self._enrol()
        self._fill()
        self._sign(user, password)
        self._last_pictures()
        self._lock()

    def _wrong_password(self, user: str) -> None:
        self.hand.unlock(user, "not the password")
        page = self.window.unlock
        from crf_desktop.ui.problem_panel import ProblemSheet

        self.hand.wait(lambda: page.findChild(ProblemSheet) is not None, "the refusal")
        self.single("wrong-password")
        sheet = page.findChild(ProblemSheet)
        assert sheet is not None
        self.hand.click(sheet.first_button())
        page.password.clear()

    def _enrol(self) -> None:
        study, hand = self.window.study, self.hand
        assert study is not None
        known = set(study.subjects())
        hand.click(self.places.today.enrol)
        hand.wait(lambda: self.places.where.page == "participant", "the new participant")
        (self.subject,) = set(study.subjects()) - known
        self.picture("participant-new")
        hand.key(Qt.Key.Key_Return)
        from crf_desktop.ui.visit_sheet import VisitSheet

        sheet = self.places.participant.findChild(VisitSheet)
        assert sheet is not None
        self.single("visit-date")
        hand.click(sheet.now)
        hand.click(sheet.buttons[-1])
        hand.wait(lambda: self.places.where.page == "form", "the first form")

    def answers(self) -> dict[str, list[Answer]]:
        """What is typed, form by form, for a participant whose tube haemolysed before the Biological domain."""
        study = self.window.study
        assert study is not None
        day = study.clock.now().replace(hour=8, minute=30, second=0, microsecond=0)
        pages = Participant("signed", SEED, False, False).forms(study.definition, day)
        gone = "I.ESSDAI.BIOLOGICAL"
        pages["F.ESSDAI"] = [
            Answer(gone, flavor="ND", remark="tube haemolysed") if a.item == gone else a for a in pages["F.ESSDAI"]
        ]
        return {
            form: [self._typed(evolve(a, typed=TOLD.get(a.item, a.typed))) for a in answers]
            for form, answers in pages.items()
        }

    def _typed(self, answer: Answer) -> Answer:
        """A sample time is typed as people write it."""
        study = self.window.study
        assert study is not None
        if answer.item.endswith("SAMPLE_TIME"):
            return evolve(answer, typed=(study.clock.now() - timedelta(days=1)).strftime("%Y-%m-%d 08:30"))
        return answer

    def _fill(self) -> None:
        study, hand = self.window.study, self.hand
        assert study is not None
        pages = self.answers()
        tables, kept = [f for f in pages if self._has_levels(f)], 0
        for form_oid, answers in pages.items():
            if self.places.where.form != form_oid:
                hand.click(self.places.form.next)
                hand.wait(lambda f=form_oid: self.places.where.form == f, form_oid)  # type: ignore[misc]
            for answer in answers:
                if answer.flavor:
                    hand.miss(answer.item, answer.flavor, answer.remark)
                else:
                    hand.answer(answer.item, answer.typed)
            self._require(form_oid, answers)
            if form_oid in tables:
                kept, self._number = self._number, self._number + 3
                continue
            self.places.form.body.focus_first([])
            self.picture(form_oid.removeprefix("F.").lower())
            self._complete(form_oid)
        last = self._number
        for form_oid in tables:
            self._number = kept
            self._picture_levels(form_oid)
            self._complete(form_oid)
        self._number = last
        n = sum(map(len, pages.values()))
        self.lines.append(
            f"Filled in {len(pages)} forms, {n} answers, by key and mouse; the store holds each as typed."
        )

    def _require(self, form_oid: str, answers: list[Answer]) -> None:
        """Raises unless a fresh reading of the store holds every answer."""
        study = self.window.study
        assert study is not None
        entry = study.form(self.subject, EVENT, form_oid)
        for answer in answers:
            held, item = entry.datum(answer.item), study.definition.item[answer.item]
            if answer.flavor:
                same = held.null_flavor == answer.flavor
            elif answer.item.endswith(("_START", "START_1", "START_2")):
                same = held.value is not None
            else:
                same = held.value == parse(study.definition, item, answer.typed, zone=study.clock.now().tzinfo).value
            if not same:
                raise NotAsTyped(answer.item)

    def _has_levels(self, form_oid: str) -> bool:
        study = self.window.study
        assert study is not None
        return any(isinstance(b, LevelTable) for b in study.definition.form[form_oid].layout.blocks)

    def _picture_levels(self, form_oid: str) -> None:
        """Once the laboratory is in: a domain with its values and the suggestion."""
        name, look = form_oid.removeprefix("F.").lower(), self.window.look
        self.places.go(Where("form", self.subject, EVENT, form_oid))
        self._look_at(PICTURED)
        self.picture(name)
        look.set_dark(True)
        self.single(f"{name}-dark")
        look.set_dark(False)
        look.set_scale(1.5)
        self._look_at(PICTURED)
        self.single(f"{name}-150")
        look.set_scale(1.0)
        self._look_at(PICTURED)

    def _look_at(self, item_oid: str) -> None:
        self.hand.rest(0.05)
        self.places.form.body.focus_item(item_oid)

    def _complete(self, form_oid: str) -> None:
        study, page = self.window.study, self.places.form
        assert study is not None
        if not page.primary.isEnabled():
            waiting = page.entry.unanswered() if page.entry else []
            raise NotAsTyped(f"{form_oid} cannot be completed: {waiting}")
        self.hand.click(page.primary)
        state = {f.oid: s for f, s in study.visit_forms(self.subject, EVENT)}[form_oid]
        if state is not FormState.COMPLETE:
            raise NotAsTyped(f"{form_oid} is {state}")

    def _sign(self, user: str, password: str) -> None:
        hand, places, study = self.hand, self.places, self.window.study
        assert study is not None
        hand.click(places.form.primary)
        hand.wait(lambda: places.where.page == "signing", "the signing page")
        page = places.signing
        hand.click(page.name)
        hand.type(user, page.name)
        self.picture("signing")
        hand.click(page.password)
        hand.type(password, page.password)
        hand.click(page.sign)
        hand.wait(
            lambda: bool(page.work.stored) and page.work.sheet is not None and not page.work.busy(), "the signed PDF"
        )
        self.single("signed")
        states = {s for _, s in study.visit_forms(self.subject, EVENT)}
        found = study.store.document(page.work.stored[-1])
        if states != {FormState.SIGNED} or found is None or not found[1].startswith(b"%PDF-"):
            raise NotAsTyped("the signed visit")
        self.lines.append(f"Signed the visit; its PDF ({len(found[1]) // 1024} KiB) is stored in the study.")
        hand.key(Qt.Key.Key_Tab)
        page.work._leave()
        hand.rest()

    def _last_pictures(self) -> None:
        hand, places = self.hand, self.places
        self.picture("participant")
        hand.click(self.window.bar.places["participants"])
        self.picture("participants")
        places.go(Where("form", self.subject, EVENT, "F.PGA"))
        places.form.body.focus_item("I.PGA.ACTIVITY")
        QTest.keyClick(hand.keyboard(), Qt.Key.Key_H)
        hand.rest()
        if places.form.dialogue.sheet is None:
            QTest.keyClick(hand.keyboard(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        self.single("history")
        places.form.dialogue.close_all()

    def _lock(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_F12)
        self.hand.wait(lambda: self.window.study is None, "the lock")
        self.picture("locked")
        n = len(list(self.folder.glob("*.png")))
        self.lines.append(f"Wrote {n} pictures of every page into {self.folder}.")
