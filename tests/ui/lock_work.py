"""A window in its own process, unlocked, answered, half typed into and locked: ``python -m ... STUDY``.

Says as JSON, one line each, what the test has to look for in memory, and which process came after this one.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from crf_desktop.shield import quiet_faults, raise_shield
from crf_desktop.ui import application
from crf_desktop.ui.relaunch import Relaunch
from tests.ui.conftest import PASSWORD, visit_with

ANSWER, HALF_TYPED = "Zwergelstern-47", "Halbgetippt-83"


def say(**told: Any) -> None:
    os.write(2, json.dumps(told).encode() + b"\n")


class Told(Relaunch):
    """Says when what happens."""

    def start(self, *arguments: Any) -> None:
        self.began = time.monotonic()
        super().start(*arguments)
        say(new=self.new)

    def leave(self) -> None:
        say(painted_s=time.monotonic() - self.began)
        super().leave()


def work(window: Any) -> None:
    from crf_desktop.ui.hand import Hand
    from crf_desktop.ui.places import Where

    hand = Hand(window)
    hand.unlock("inv", PASSWORD)
    hand.wait(lambda: window.study is not None, "unlocking")
    study = window.study
    secrets = [bytes(study.store._parts.data_key).hex(), study.store._author._key.private_bytes_raw().hex()]
    say(old=os.getpid(), secrets=secrets)
    subject = study.subjects()[0]
    log = study.next_repeat(subject, "SE.LOG", "F.AE")
    window.places.go(Where("form", subject, "SE.LOG", log))
    hand.rest()
    block = window.places.form.body.block_of("I.AE.TERM")
    entry = block.fields["I.AE.TERM"].entry
    hand.click(entry)
    hand.type(ANSWER, entry)
    hand.key(Qt.Key.Key_Return)
    hand.rest()
    window.places.go(Where("form", subject, visit_with(study, "F.PGA"), "F.PGA"))
    window.places.go(Where("form", subject, "SE.LOG", study.next_repeat(subject, "SE.LOG", "F.AE")))
    hand.rest()
    entry = window.places.form.body.block_of("I.AE.TERM").fields["I.AE.TERM"].entry
    hand.click(entry)
    hand.type(HALF_TYPED, entry)
    window.workshop.start(time.sleep, 60)
    hand.wait(lambda: bool(multiprocessing.active_children()), "the worker")
    say(drafts=len(study.store.drafts()), workers=[p.pid for p in multiprocessing.active_children()])
    os.read(0, 1)  # the test looks at this process first
    QTest.keyClick(window, Qt.Key.Key_F12)


if __name__ == "__main__":
    raise_shield()
    quiet_faults()
    application.Relaunch = Told  # type: ignore[misc]

    def begin(window: Any) -> None:
        try:
            work(window)
        except BaseException as error:
            traceback.print_exc()
            say(failed=type(error).__name__)
            os._exit(1)

    application.follow_lock = lambda window: QTimer.singleShot(100, window, lambda: begin(window))
    sys.exit(application.run(Path(sys.argv[1])))
