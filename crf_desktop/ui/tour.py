"""Through the whole window by real key and mouse events: one visit filled in, signed and pictured in both languages."""

from __future__ import annotations

import gc
from datetime import date, datetime, time, timedelta
from pathlib import Path

from attrs import evolve
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.capture.entry import Given
from crf_desktop.demo.diary import adverse_event, drugs
from crf_desktop.demo.life import LOG, answered, in_order
from crf_desktop.demo.patient import Patient
from crf_desktop.demo.story import CAST, HEADACHE, TO_WEEK_0
from crf_desktop.model.data import FormState
from crf_desktop.model.layout import LevelTable
from crf_desktop.model.value import parse
from crf_desktop.ui.application import make_window
from crf_desktop.ui.hand import Hand, NotAsTyped
from crf_desktop.ui.look import Look
from crf_desktop.ui.main_window import MainWindow
from crf_desktop.ui.places import Places, Where
from crf_desktop.ui.signing_page import SigningPage
from crf_desktop.ui.signing_reading import Reading

EVENT, SCREENING, CONSENT = "SE.W0", "SE.SCR", "F.CONSENT"
STORY, NUMBER, SEED = CAST[1], 16, "tour"
"""Who comes to the visit, and the dice of their answers."""
SIZE = (1280, 800)
PICTURED = "I.ESSDAI.HAEMATOLOGICAL"


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


def _started(block: object) -> list[str]:
    """The items of a block that a countdown writes."""
    return [part.started for part in getattr(block, "readings", getattr(block, "collections", ()))]


class _Tour:
    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder, self.hand = window, folder, Hand(window)
        self.lines: list[str] = []
        self.subject = ""
        self.patient = Patient(STORY, NUMBER, date.min, SEED)
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
        self._consent()
        self._screen()
        self._begin()
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
        self.hand.rest(1.1)  # the next one is refused for a second

    def _enrol(self) -> None:
        study, hand = self.window.study, self.hand
        assert study is not None
        known = set(study.subjects())
        hand.click(self.places.today.enrol)
        hand.wait(lambda: self.places.where.page == "participant", "the new participant")
        (self.subject,) = set(study.subjects()) - known
        self.patient = Patient(STORY, NUMBER, study.clock.now().date() - timedelta(days=TO_WEEK_0), SEED)
        self.picture("participant-new")
        hand.key(Qt.Key.Key_Return)
        self._date(self.patient.screened.isoformat())

    # ---- before week 0

    def _consent(self) -> None:
        """The first form, by hand; nothing else is open before it."""
        self._fill_in(SCREENING, CONSENT)
        self.picture("consent")
        self._complete(SCREENING, CONSENT)

    def _screen(self) -> None:
        """The rest of the screening, as the demo fills it in; then each of its pages."""
        study = self.window.study
        assert study is not None
        when = datetime.combine(self.patient.screened, time(9, 0), study.clock.now().tzinfo)
        for form in in_order(study.definition.event[SCREENING]):
            entry = study.form(self.subject, SCREENING, form)
            if entry.completed or form in entry.event.optional or entry.visit.holding(entry.form.not_needed):
                continue
            entry.fill(answered(self.patient, entry, when).answers)
            entry.complete()
            self.places.go(Where("form", self.subject, SCREENING, form))
            self.picture(form.removeprefix("F.").lower())
        for form, said in (("F.CM", next(drugs(self.patient))), ("F.AE", self._headache())):
            at = study.next_repeat(self.subject, LOG, form)
            entry = study.form(self.subject, LOG, at)
            entry.fill(answered(self.patient, entry, when, said).answers)
            entry.complete()
            self.places.go(Where("form", self.subject, LOG, at))
            self.picture(form.removeprefix("F.").lower())

    def _headache(self) -> dict[str, str]:
        begun = self.patient.screened + timedelta(days=2)
        study = self.window.study
        assert study is not None
        return adverse_event(self.patient, HEADACHE, begun, study.clock.now()) | {
            "ae_rel_rtx": "NOT_GIVEN", "ae_action_rtx": "NOT_APPLICABLE",
        }  # fmt: skip

    # ---- week 0

    def _begin(self) -> None:
        """The visit begins today."""
        self.places.go(Where("participant", self.subject))
        self.picture("participant-screened")
        study = self.window.study
        assert study is not None
        self.patient.day_zero = study.clock.now().date()
        self.places.open_form(self.subject, EVENT, study.definition.event[EVENT].forms[0])
        self._date("")

    def _date(self, typed: str) -> None:
        """Answers the sheet that asks for the date of a visit: today where nothing is typed."""
        from crf_desktop.ui.visit_sheet import VisitSheet

        (sheet,) = (s for s in self.places.page().findChildren(VisitSheet) if s.isVisible())
        if typed:
            self.hand.click(sheet.date)
            self.hand.type(typed, sheet.date)
        else:
            self.hand.click(sheet.now)
        self.single("visit-date")
        self.hand.click(sheet.buttons[-1])
        self.hand.wait(lambda: self.places.where.page == "form", "the first form")

    def _fill(self) -> None:
        """Every form of the visit, what others hang on first, as somebody does who has the results on the desk."""
        study = self.window.study
        assert study is not None
        n_forms = n_answers = 0
        for form in in_order(study.definition.event[EVENT]):
            entry = study.form(self.subject, EVENT, form)
            if entry.visit.holding(entry.form.not_needed):
                continue
            n_answers += self._fill_in(EVENT, form)
            n_forms += 1
            if self._has_levels(form):
                self._picture_levels(form)
            else:
                self.places.form.body.focus_first([])
                self.picture(f"w0-{form.removeprefix('F.').lower()}")
            self._complete(EVENT, form)
        self.lines.append(
            f"Filled in {n_forms} forms, {n_answers} answers, by key and mouse; the store holds each as typed."
        )

    def _fill_in(self, event: str, form: str) -> int:
        """One form by key and mouse; returns how many answers."""
        study, hand = self.window.study, self.hand
        assert study is not None
        if self.places.where != Where("form", self.subject, event, form):
            self.places.go(Where("form", self.subject, event, form))
        entry = study.form(self.subject, event, form)
        day = datetime.fromisoformat(entry.visit_date or "").date()
        when = datetime.combine(day, time(9, 0), study.clock.now().tzinfo)
        answers = {at: self._told(at, given) for at, given in answered(self.patient, entry, when).answers.items()}
        for at, given in answers.items():
            if given.flavor:
                hand.miss(at, given.flavor, given.remark)
            else:
                hand.answer(at, given.typed)
        self._require(event, form, answers)
        return len(answers)

    def _told(self, at: str, given: Given) -> Given:
        """Moments are typed as people write them; the tube for the Biological domain is haemolysed."""
        study = self.window.study
        assert study is not None
        if at == "I.ESSDAI.BIOLOGICAL":
            return Given(flavor="ND", remark="tube haemolysed")
        if study.definition.item_at(at).data_type == "datetime" and not given.flavor:
            return evolve(given, typed=datetime.fromisoformat(given.typed).strftime("%Y-%m-%d %H:%M"))
        return given

    def _require(self, event: str, form_oid: str, answers: dict[str, Given]) -> None:
        """Raises unless a fresh reading of the store holds every answer."""
        study = self.window.study
        assert study is not None
        entry = study.form(self.subject, event, form_oid)
        started = {s for block in entry.form.layout.blocks for s in _started(block)}
        for at, given in answers.items():
            held, item = entry.datum(at), study.definition.item_at(at)
            if given.flavor:
                same = held.null_flavor == given.flavor
            elif at in started:
                same = held.value is not None
            else:
                same = held.value == parse(study.definition, item, given.typed, zone=study.clock.now().tzinfo).value
            if not same:
                raise NotAsTyped(at)

    def _has_levels(self, form_oid: str) -> bool:
        study = self.window.study
        assert study is not None
        return any(isinstance(b, LevelTable) for b in study.definition.form[form_oid].layout.blocks)

    def _picture_levels(self, form_oid: str) -> None:
        """Once the laboratory is in: a domain with its values and the suggestion."""
        name, look = f"w0-{form_oid.removeprefix('F.').lower()}", self.window.look
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

    def _complete(self, event: str, form_oid: str) -> None:
        study, page = self.window.study, self.places.form
        assert study is not None
        if not page.primary.isEnabled():
            waiting = page.entry.unanswered() if page.entry else []
            raise NotAsTyped(f"{form_oid} cannot be completed: {waiting}")
        self.hand.click(page.primary)
        state = {f.oid: s for f, s in study.visit_forms(self.subject, event)}[form_oid]
        if state is not FormState.COMPLETE:
            raise NotAsTyped(f"{form_oid} is {state}")

    def _sign(self, user: str, password: str) -> None:
        hand, places, study = self.hand, self.places, self.window.study
        assert study is not None
        hand.click(places.form.primary)
        hand.wait(lambda: places.where.page == "signing", "the signing page")
        page = places.signing
        self.picture("signing")
        hand.click(page.foot.read)
        pages = page.reading.view.pages
        pages.set_zoom(0.5)  # nobody reads here, and smaller pages are drawn sooner
        for one in page.reading.documents:
            hand.wait(lambda one=one: self._read_on(page, one), "the pages to be read")  # type: ignore[misc]
            hand.click(page.reading.next)
        pages.set_zoom(1.0)
        pages.go(len(pages.sizes) - 1)
        hand.wait(pages.drawn, "the last page")
        self.picture("signing-pages")
        hand.click(page.name)
        hand.type(user, page.name)
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

    @staticmethod
    def _read_on(page: SigningPage, document: Reading) -> bool:
        """Whether all of a document was on the screen; else a page further, once the present one is drawn."""
        pages = page.reading.view.pages
        if not document.read and pages.drawn():
            QTest.keyClick(pages, Qt.Key.Key_PageDown)
        return document.read

    def _last_pictures(self) -> None:
        hand, places = self.hand, self.places
        self.picture("participant")
        hand.click(self.window.bar.places["participants"])
        self.picture("participants")
        for where, name in (
            (Where("records", self.subject, form="F.AE"), "records"),
            (Where("queries"), "queries"),
            (Where("verify", self.subject, EVENT, "F.ESSDAI"), "verification"),
            (Where("study"), "study"),
            (Where("today"), "today-afterwards"),
        ):
            places.go(where)
            self.picture(name)
        self._picture_documents()
        places.go(Where("form", self.subject, EVENT, "F.PGA"))
        places.form.body.focus_item("I.PGA.ACTIVITY")
        QTest.keyClick(hand.keyboard(), Qt.Key.Key_H)
        hand.rest()
        if places.form.dialogue.sheet is None:
            QTest.keyClick(hand.keyboard(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        self.single("history")
        places.form.dialogue.close_all()
        hand.rest()

    def _picture_documents(self) -> None:
        """What can be printed, and a document before it is."""
        hand, places = self.hand, self.places
        places.open_documents("visit", self.subject, EVENT)
        papers = places.papers
        assert papers is not None
        self.picture("documents")
        hand.click(papers.go)
        hand.wait(lambda: papers.previewed(), "the pages of the visit")
        self.picture("print-preview")
        hand.wait(lambda: papers.previewed(), "the pages of the visit")
        hand.key(Qt.Key.Key_Escape)

    def _lock(self) -> None:
        self.window.activateWindow()
        self.hand.rest()
        QTest.keyClick(self.window, Qt.Key.Key_F12)
        self.hand.wait(lambda: self.window.study is None, "the lock")
        self.picture("locked")
        n = len(list(self.folder.glob("*.png")))
        self.lines.append(f"Wrote {n} pictures of every page into {self.folder}.")
