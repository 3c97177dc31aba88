"""A whole day in the window, by key and mouse, with values that exist nowhere else: ``python -m ... STUDY FOLDER``.

Run in a process of its own, so that everything it writes anywhere can be looked at afterwards.
"""

from __future__ import annotations

import multiprocessing
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.tables import export_csv
from crf_desktop.store import attempts, keyring
from crf_desktop.ui import print_sheet
from crf_desktop.ui.application import make_window, watch_faults
from crf_desktop.ui.hand import Hand
from crf_desktop.ui.look import Look
from crf_desktop.ui.places import Places, Where
from crf_desktop.ui.preference import Preference
from crf_desktop.ui.printing import new_printer
from crf_desktop.ui.problem_panel import ProblemSheet
from crf_desktop.ui.signing_page import SigningPage
from tests.fault.canary import HALF_TYPED, NOTE, REASON, WRONG_PASSWORD
from tests.fault.site import PASSWORD, SUBJECT

OFTEN_MS = 50
ANSWERS = {"I.WEIGHT": "41.7", "I.DOSE": "500", "I.IGG": "9.83", "I.NOTE": NOTE}


class Day:
    """One person at the window."""

    def __init__(self, study: Path, out: Path) -> None:
        self.folder, self.out = study, out
        app = QApplication.instance() or QApplication(["crf-desktop"])
        assert isinstance(app, QApplication)
        self.app, look, preference = app, Look(), Preference()
        preference.apply(look)
        self.window = make_window(app, look, preference)
        watch_faults(self.window)
        self.hand = Hand(self.window)

    def run(self) -> None:
        """From the locked window to its end."""
        window, hand = self.window, self.hand
        window.show_folder(self.folder)
        window.show()
        window.activateWindow()
        self._wrong_password()
        self._unlock()
        self._answer()
        self._sign()
        self._half_type()
        QTest.keyClick(window, Qt.Key.Key_F12)
        hand.wait(lambda: window.study is None, "the lock")
        self._unlock()
        self._print()
        self._export()
        window.fault(RuntimeError("a fault of the program"))
        hand.rest()
        window.close()
        hand.wait(lambda: not window.isVisible() and not multiprocessing.active_children(), "the end")

    def _unlock(self) -> None:
        self.hand.unlock("inv", PASSWORD)
        self.hand.wait(lambda: self.window.study is not None, "unlocking")

    def _wrong_password(self) -> None:
        page = self.window.unlock
        self.hand.unlock("inv", WRONG_PASSWORD)
        self.hand.wait(lambda: self._refusal() is not None, "the refusal")
        sheet = self._refusal()
        assert sheet is not None
        self.hand.click(sheet.first_button())
        self.hand.wait(lambda: self._refusal() is None, "the refusal to go")
        page.password.clear()
        self.hand.wait(self._may_try_again, "the delay that a wrong password costs")

    def _refusal(self) -> ProblemSheet | None:
        return next((s for s in self.window.unlock.findChildren(ProblemSheet) if s.isVisible()), None)

    def _may_try_again(self) -> bool:
        try:
            slot = keyring.read(self.folder).best.slot_of("inv").slot
            attempts.require_allowed(self.folder, slot, datetime.now(UTC))
        except EnvironmentProblem:
            return False
        return True

    def _go(self, where: Where, *oids: str) -> Places:
        """To a place, and until its fields are there."""
        places = self.window.places
        assert places is not None
        places.go(where)
        body = places.form.body
        self.hand.wait(lambda: all(body.block_of(oid).isVisible() for oid in oids), "the fields")
        return places

    def _give_keyboard(self, widget: QWidget) -> None:
        """Clicks until the widget has it: another window of the machine may have taken it."""

        def has() -> bool:
            if not widget.hasFocus():
                self.window.activateWindow()
                self.hand.click(widget)
            return widget.hasFocus()

        self.hand.wait(has, "the keyboard")

    def _answer(self) -> None:
        places = self._go(Where("form", SUBJECT, "SE.W0", "F.DOSE"), *ANSWERS)
        for item, typed in ANSWERS.items():
            self.hand.answer(item, typed, REASON)
        self.app.clipboard().setText("left by another program")
        self.hand.click(places.form.primary)
        self.hand.wait(lambda: places.form.entry is not None and places.form.entry.completed, "the form to be complete")

    def _sign(self) -> None:
        hand, page = self.hand, self._go(Where("signing", SUBJECT)).signing
        hand.wait(lambda: page.foot.read.isVisible() and page.foot.read.isEnabled(), "the signing page")
        hand.click(page.foot.read)
        hand.wait(lambda: self._read_on(page), "the pages to be read")
        hand.wait(page.name.isVisible, "the fields of a signature")
        for field, words in ((page.name, "inv"), (page.password, PASSWORD)):
            self._give_keyboard(field)
            hand.type(words, field)
        hand.wait(page.sign.isEnabled, "the button")
        hand.click(page.sign)
        hand.wait(lambda: bool(page.work.stored) and page.work.sheet is not None and not page.work.busy(), "the PDF")
        QTimer.singleShot(OFTEN_MS, self._choose_file)
        page.work._ask_copy()
        hand.wait(lambda: any(self.out.glob("visit*")), "the copy of the PDF")
        page.work._leave()

    def _read_on(self, page: SigningPage) -> bool:
        """Whether all that is to be signed was on the screen; else a page further, once the present one is drawn."""
        pages = page.reading.view.pages
        if not page.reading.all_read() and pages.sizes and all(n in pages._images for n in pages._in_view()):
            bar = pages.verticalScrollBar()  # what was drawn only after it was passed is read from the top again
            QTest.keyClick(pages, Qt.Key.Key_PageDown if bar.value() < bar.maximum() else Qt.Key.Key_Home)
        return page.reading.all_read()

    def _choose_file(self) -> None:
        """Qt's own dialogue, which remembers where somebody was."""
        shown = [w for w in self.app.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()]
        if not shown:
            QTimer.singleShot(OFTEN_MS, self._choose_file)
            return
        shown[0].selectFile(str(self.out / "visit.pdf"))
        shown[0].accept()

    def _print(self) -> None:
        """The casebook and the form, shown, printed into a file and saved, as a person does it."""
        window, hand = self.window, self.hand
        print_sheet.printers = lambda: ["Ward"]  # type: ignore[assignment]
        print_sheet.ask_printer = self._printer  # type: ignore[assignment]
        assert window.places is not None
        for kind in ("casebook", "form"):
            window.places.open_documents(kind, SUBJECT, "SE.W0", "F.DOSE")
            papers = window.places.papers
            assert papers is not None
            hand.click(papers.go)
            hand.wait(papers.previewed, "the pages")
            sheet = papers.sheet
            assert isinstance(sheet, print_sheet.PrintSheet)
            hand.wait(sheet.print.isEnabled, "the printer")
            hand.click(sheet.print)
            hand.wait(lambda s=sheet: s.said is not None and not s.printing.running, "the print")
            assert sheet.printing.sent == len(sheet.view.pages.sizes)
            sheet.write(self.out / f"visit-{kind}.pdf")
            sheet.cancel()

    def _printer(self, host: QWidget, pages: int) -> QPrinter:
        printer = new_printer()
        printer.setOutputFileName(str(self.out / "visit-printed.pdf"))
        return printer

    def _half_type(self) -> None:
        study = self.window.study
        assert study is not None
        log = Where("form", SUBJECT, "SE.LOG", study.next_repeat(SUBJECT, "SE.LOG", "F.AE"))
        places = self._go(log, "I.AE.TERM")
        field = places.form.body.block_of("I.AE.TERM").fields["I.AE.TERM"]
        self._give_keyboard(field.entry)
        self.hand.type(HALF_TYPED, field.entry)
        self.hand.wait(lambda: HALF_TYPED in places.form.body.unsaved().values(), "the text being typed")

    def _half_typed_is_there(self) -> bool:
        """As a draft, in its field again, or sent from there as the answer."""
        study, places = self.window.study, self.window.places
        assert study is not None and places is not None
        heads = study.store.form_heads(SUBJECT)
        sent = {row.datum.value for head in heads for row in study.store.form_items(head.path)}
        return HALF_TYPED in {*study.store.drafts().values(), *places.form.body.unsaved().values(), *sent}

    def _export(self) -> None:
        study, places = self.window.study, self.window.places
        assert study is not None and places is not None
        self.hand.wait(self._half_typed_is_there, "the half-typed text")
        export_bundle(study.store, self.out / "bundle")
        export_csv(study.store, study.definition, self.out / "tables")


if __name__ == "__main__":
    try:
        Day(Path(sys.argv[1]), Path(sys.argv[2])).run()
    except BaseException:
        traceback.print_exc()  # the window's own hook says nothing of it
        raise SystemExit(1)
