"""A whole day in the window, by key and mouse, with values that exist nowhere else: ``python -m ... STUDY FOLDER``.

Run in a process of its own, so that everything it writes anywhere can be looked at afterwards.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from crf_desktop.exchange.bundle import export_bundle
from crf_desktop.exchange.tables import export_csv
from crf_desktop.ui.application import make_window, watch_faults
from crf_desktop.ui.hand import Hand
from crf_desktop.ui.look import Look
from crf_desktop.ui.places import Where
from crf_desktop.ui.preference import Preference
from tests.fault.canary import HALF_TYPED, NOTE, REASON, WRONG_PASSWORD
from tests.fault.site import PASSWORD, SUBJECT

PATIENCE = 2.5
"""Seconds that a wrong password costs, and a little more."""
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
        window.activateWindow()
        hand.rest()
        QTest.keyClick(window, Qt.Key.Key_F12)
        hand.wait(lambda: window.study is None, "the lock")
        self._unlock()
        self._export()
        window.fault(RuntimeError("a fault of the program"))
        hand.rest(0.05)
        window.close()
        hand.rest(0.05)

    def _unlock(self) -> None:
        self.hand.unlock("inv", PASSWORD)
        self.hand.wait(lambda: self.window.study is not None, "unlocking")

    def _wrong_password(self) -> None:
        from crf_desktop.ui.problem_panel import ProblemSheet

        page = self.window.unlock
        self.hand.unlock("inv", WRONG_PASSWORD)
        self.hand.wait(lambda: page.findChild(ProblemSheet) is not None, "the refusal")
        sheet = page.findChild(ProblemSheet)
        assert sheet is not None
        self.hand.click(sheet.first_button())
        page.password.clear()
        self.hand.rest(PATIENCE)

    def _answer(self) -> None:
        places = self.window.places
        assert places is not None
        places.go(Where("form", SUBJECT, "SE.W0", "F.DOSE"))
        self.hand.rest()
        for item, typed in ANSWERS.items():
            self.hand.answer(item, typed, REASON)
        self.app.clipboard().setText("left by another program")
        self.hand.click(places.form.primary)
        entry = places.form.entry
        assert entry is not None and entry.completed, entry.unanswered() if entry else None

    def _sign(self) -> None:
        places, hand = self.window.places, self.hand
        assert places is not None
        places.go(Where("signing", SUBJECT))
        hand.rest(0.05)
        page = places.signing
        hand.click(page.name)
        hand.type("inv", page.name)
        hand.click(page.password)
        hand.type(PASSWORD, page.password)
        hand.click(page.sign)
        hand.wait(lambda: bool(page.work.stored) and page.work.sheet is not None and not page.work.busy(), "the PDF")
        QTimer.singleShot(300, self._choose_file)
        page.work._ask_copy()
        page.work._leave()
        hand.rest()

    def _choose_file(self) -> None:
        """Qt's own dialogue, which remembers where somebody was."""
        dialogue = next(w for w in self.app.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible())
        dialogue.selectFile(str(self.out / "visit.pdf"))
        dialogue.accept()

    def _half_type(self) -> None:
        places, study = self.window.places, self.window.study
        assert places is not None and study is not None
        places.go(Where("form", SUBJECT, "SE.LOG", study.next_repeat(SUBJECT, "SE.LOG", "F.AE")))
        self.hand.rest()
        block = places.form.body.block_of("I.AE.TERM")
        field = block.fields["I.AE.TERM"]
        self.window.activateWindow()
        self.hand.rest(0.05)
        self.hand.click(field.entry)
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
