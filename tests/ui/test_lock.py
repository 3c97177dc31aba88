"""The lock: when it falls, what is kept, where one comes back to, and that nothing is left lying about."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QClipboard, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from crf_desktop.capture.study import Study
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.ui.places import Where
from crf_desktop.ui.relaunch import Locked
from tests.ui.conftest import PASSWORD, WEEK_0

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PGA = "I.PGA.ACTIVITY"
Form, Enter = Callable[..., Any], Callable[..., Study]


class Seconds:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(window: Any) -> Seconds:
    clock = Seconds()
    window.locking.idle._clock = clock
    return clock


@pytest.fixture
def after(window: Any, seconds: Seconds) -> Callable[[float], None]:
    """Lets time go by with nobody there."""

    def wait(more: float) -> None:
        seconds.now += more
        window.locking.idle.look()

    return wait


def press(target: QObject, key: Qt.Key = Qt.Key.Key_5, text: str = "5") -> None:
    """A key as the system sends it: to a window."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


# ---- idle


@pytest.mark.requirement("REQ-08")
def test_that_it_locks_ten_minutes_after_the_last_key(
    window: Any, enter: Enter, after: Callable[[float], None]
) -> None:
    enter()
    after(9 * 60 - 1)
    assert not window.locking.strip.isVisible()
    press(window.windowHandle())
    after(9 * 60 - 1)
    assert not window.locking.strip.isVisible()
    after(1)
    assert window.locking.strip.isVisible() and window.study is not None
    after(60)
    assert window.study is None and window.stack.currentWidget() is window.unlock
    assert not window.locking.strip.isVisible() and not window.locking.idle.running


@pytest.mark.requirement("REQ-08")
def test_that_the_last_minute_is_counted_down_in_both_languages(
    window: Any, enter: Enter, after: Callable[[float], None]
) -> None:
    enter()
    after(9 * 60 + 15)
    strip = window.locking.strip
    assert strip.words.text() == "Locks in 45 s. Any key goes on, and answers nothing."
    window.look.set_language("zh")
    after(1)
    assert strip.words.text().startswith("44秒后锁定") and strip.accessibleName() == strip.words.text()


@pytest.mark.requirement("REQ-08")
def test_that_the_key_that_answers_the_warning_answers_nothing_else(
    window: Any, form: Form, hand: Any, after: Callable[[float], None]
) -> None:
    page = form("F.ESSPRI")
    page.body.focus_item("I.ESSPRI.DRYNESS")
    hand.rest()
    before = page.entry.unanswered()
    after(9 * 60 + 30)
    press(window.windowHandle())
    hand.rest()
    assert page.entry.unanswered() == before and not window.locking.strip.isVisible()
    press(window.windowHandle())
    hand.rest()
    assert page.entry.unanswered() == [at for at in before if at != "I.ESSPRI.DRYNESS"]


def test_that_a_move_of_the_mouse_goes_on_and_a_press_without_one_presses_nothing(
    window: Any, enter: Enter, hand: Any, after: Callable[[float], None]
) -> None:
    enter()
    after(9 * 60 + 30)
    QTest.mouseMove(window.windowHandle(), QPoint(5, 5))
    hand.rest()
    assert not window.locking.strip.isVisible()
    after(9 * 60 + 30)
    at = window.bar.places["study"].mapTo(window, window.bar.places["study"].rect().center())
    for _ in range(2):  # a touch: the first only says that somebody is there
        here = window.places.where.page
        for kind, held in ((QEvent.Type.MouseButtonPress, LEFT), (QEvent.Type.MouseButtonRelease, NONE)):
            point = QPointF(at)
            event = QMouseEvent(kind, point, point, LEFT, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(window.windowHandle(), event)
        hand.rest()
        assert not window.locking.strip.isVisible()
    assert (here, window.places.where.page) == ("today", "study")


def test_that_typing_in_a_dialogue_and_by_an_input_method_counts(
    window: Any, form: Form, hand: Any, after: Callable[[float], None]
) -> None:
    form("F.PGA")
    after(8 * 60)
    event = QInputMethodEvent()
    event.setCommitString("好")
    QApplication.sendEvent(QApplication.focusObject(), event)
    after(8 * 60)
    assert not window.locking.strip.isVisible()
    dialogue = QDialog(window)
    QLineEdit(dialogue)
    dialogue.open()
    dialogue.activateWindow()
    hand.rest()
    after(0)
    press(dialogue.windowHandle())
    after(8 * 60)
    assert not window.locking.strip.isVisible()
    dialogue.close()
    dialogue.deleteLater()


def test_that_the_warning_says_what_becomes_of_a_running_timer(
    window: Any, form: Form, hand: Any, after: Callable[[float], None]
) -> None:
    form("F.SCHIRMER")
    begin(window)
    after(9 * 60 + 30)
    assert "goes on behind the lock, and rings" in window.locking.strip.words.text()


def test_that_the_idle_time_is_chosen_on_the_study_page_and_kept_for_this_machine(
    window: Any, enter: Enter, hand: Any, after: Callable[[float], None]
) -> None:
    from crf_desktop.ui.idle_card import IdleCard
    from crf_desktop.ui.preference import Preference

    window.preference = Preference()
    enter()
    window.places.go(Where("study"))
    card = window.places.about.findChild(IdleCard)
    assert card.picker.words() == "10\u00a0min"
    assert [value for value, _ in card.picker._options] == [str(n) for n in range(5, 16)]
    for _ in range(5):
        QTest.keyClick(card.picker, Qt.Key.Key_Up)
    assert Preference().idle_minutes() == 5
    after(5 * 60)
    assert window.study is None
    Preference()._file.setValue("idle_minutes", "600")
    assert Preference().idle_minutes() == 10


# ---- sleep and screen lock


def test_that_a_machine_that_slept_locks_when_it_wakes(window: Any, enter: Enter) -> None:
    from crf_desktop.ui.session_watch import SessionWatch

    times = [(100.0, 50.0), (100.0, 50.0), (110.0, 60.0), (400.0, 65.0)]
    watch = SessionWatch(window, lambda: times.pop(0))
    window.locking.watch(watch)
    watch.listen = lambda bus: bus.deleteLater()  # this machine's own bus is asked elsewhere
    enter()
    watch.look()
    assert window.study is not None
    watch.look()
    assert window.study is None and not watch._look.isActive()


CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={0}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a message bus of its own."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("no dbus-daemon")
    (tmp_path / "bus.conf").write_text(CONFIGURATION.format(tmp_path / "bus"), "utf-8")
    command = [program, f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        yield address
        daemon.terminate()


def test_that_logind_and_the_screen_saver_are_heard_and_sleep_waits_for_the_lock(bus: str, hand: Any) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    from crf_desktop.ui.session_watch import LoginBus
    from tests.ui.logind import Logind

    server = QDBusConnection.connectToBus(bus, "logind")
    login = Logind()
    assert server.registerService("org.freedesktop.login1")
    assert server.registerObject(
        "/org/freedesktop/login1", login, QDBusConnection.RegisterOption.ExportAllSlots
    )
    watch, heard = LoginBus(None, server.connectToBus(bus, "a"), server.connectToBus(bus, "b")), []
    watch.left.connect(lambda: heard.append("left"))
    watch.start()
    hand.wait(lambda: watch._delay is not None and bool(login.asked), "logind")
    assert login.inhibited == ("sleep", "delay")
    for path, interface, name, arguments in (
        ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
        ("/org/freedesktop/login1/session/_99", "org.freedesktop.login1.Session", "Lock", []),  # another seat
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [False]),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ):
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(arguments)
        assert server.send(message)
    hand.wait(lambda: len(heard) >= 4, "the signals")
    hand.rest(0.05)
    assert len(heard) == 4
    watch.stop()
    for name in ("a", "b", "logind"):
        QDBusConnection.disconnectFromBus(name)


def test_that_messages_of_windows_are_told_apart() -> None:
    """Shown on the numbers of the reference only; the messages themselves were never seen."""
    from crf_desktop.ui.session_watch import leaves

    assert leaves(0x0218, 4) and leaves(0x02B1, 7) and leaves(0x02B1, 6)
    assert not any((leaves(0x0218, 7), leaves(0x02B1, 8), leaves(0x0100, 4), leaves(0x0100, 7)))


# ---- where one comes back to


@pytest.mark.requirement("REQ-08")
def test_that_one_comes_back_to_the_field_and_as_far_down_as_one_was(
    window: Any, form: Form, hand: Any, enter: Enter
) -> None:
    page = form("F.HX")
    last = page.body.blocks[-1].item_oids()[-1]
    page.body.focus_item(last)
    hand.rest(0.02)
    at = page.body.verticalScrollBar().value()
    assert at > 0
    window.lock()
    enter()
    hand.rest(0.02)
    assert window.places.where.form == "F.HX"
    assert window.places.form.body.at == last and window.places.form.body.verticalScrollBar().value() == at


@pytest.mark.requirement("REQ-08")
def test_that_what_was_refused_and_not_corrected_is_kept_as_well(
    window: Any, form: Form, hand: Any, enter: Enter
) -> None:
    from crf_desktop.ui.controls.item_field import ItemField

    page = form("F.VITALS")
    weight = next(f for f in page.body.findChildren(ItemField) if f.address == "I.VITALS.WEIGHT")
    hand.click(weight.entry)
    hand.type("heavy", weight.entry)
    hand.key(Qt.Key.Key_Return)
    hand.rest()
    window.lock()
    study = enter()
    assert [path.item_address for path in study.store.drafts()] == ["I.VITALS.WEIGHT"]
    assert list(study.store.drafts().values()) == ["heavy"]
    again = next(f for f in window.places.form.body.findChildren(ItemField) if f.address == "I.VITALS.WEIGHT")
    assert again.entry.text() == "heavy" and again.entry.hasFocus()


@pytest.mark.requirement("REQ-08")
def test_that_an_unusual_value_that_is_asked_about_is_kept_while_the_question_stands(
    window: Any, form: Form, hand: Any, enter: Enter
) -> None:
    from crf_desktop.ui.controls.item_field import ItemField
    from crf_desktop.ui.form_sheets import SoftSheet

    page = form("F.VITALS")
    field = next(f for f in page.body.findChildren(ItemField) if f.address == "I.VITALS.TEMPERATURE")
    hand.click(field.entry)
    hand.type("41.5", field.entry)
    hand.key(Qt.Key.Key_Return)
    hand.rest()
    assert window.findChild(SoftSheet) is not None
    window.lock()
    assert list(enter().store.drafts().values()) == ["41.5"]


@pytest.mark.requirement("REQ-08")
def test_that_another_person_sees_neither_the_place_nor_the_draft(
    window: Any, form: Form, hand: Any, enter: Enter
) -> None:
    page = form("F.PGA")
    page.entry.save_draft(PGA, "6")
    window.lock()
    study = enter("crc")
    assert window.places.where.page == "today" and study.store.drafts() == {}
    window.lock()
    enter("inv")
    assert window.places.where.form == "F.PGA"
    window.close()
    assert window.study is None
    window.show()
    window._closing = False
    enter("inv")
    assert window.places.where.page == "today"  # closed for good is not locked


def begin(window: Any) -> None:
    """Starts a countdown of five minutes, now."""
    now = window.clock.now().isoformat(timespec="seconds")
    window.places.form.entry.set("I.SCHIRMER.RIGHT_START", now)
    window.timers.look_at(window.places.form.entry)


@pytest.mark.requirement("REQ-08")
def test_that_a_timer_keeps_its_end_and_is_seen_behind_and_after_the_lock_whoever_unlocks(
    window: Any, form: Form, hand: Any, enter: Enter
) -> None:
    form("F.SCHIRMER")
    begin(window)
    (_, deadline) = window.timers.first()
    window.places.go(Where("today"))
    window.lock()
    assert window.timers.first() is None and window.bar.timer.isVisible() and window.bar.timer.text()
    assert abs((window.timers._bell - deadline.at) / timedelta(seconds=1)) <= 2
    window.timers.ring_in(0)  # another process: it knows nothing of it
    assert not window.bar.timer.isVisible()
    enter("crc")
    assert window.places.where.page == "today" and window.bar.timer.isVisible()
    assert window.timers.first()[1].at == deadline.at
    hand.click(window.bar.timer)
    assert window.places.where.form == "F.SCHIRMER"


# ---- the process that held the study


class Remembered:
    """Ends nothing, and remembers what it was asked."""

    def __init__(self, answer: bool | None = True) -> None:
        self.answer, self.told, self.left = answer, list[Locked](), False

    def start(self, folder: Path, locked: Locked) -> None:
        if self.answer is None:
            raise OSError
        self.told.append(locked)

    def stands(self) -> bool:
        return bool(self.answer)

    def leave(self) -> None:
        self.left = True


def opens(folder: Path) -> bool:
    try:
        Study.open(folder, "crc", PASSWORD).close()
    except EnvironmentProblem as problem:
        return problem.code != "study.locked_by_other"
    return True


@pytest.mark.requirement("REQ-08", "REQ-43")
def test_that_the_process_ends_once_the_new_window_stands_and_the_study_is_closed(
    window: Any, form: Form, hand: Any, folder: Path
) -> None:
    restart = window.locking.restart = Remembered()
    copied: list[bool] = []

    def copy(study: Study) -> None:
        """What is done behind the cover: nothing of the study is on the screen any more."""
        assert window.stack.currentWidget() is window.unlock and window.banner.words is None
        copied.append(study.store.head()[1] > 0)

    window.locking.before_close.append(copy)
    subject = form("F.PGA").subject
    assert not opens(folder)
    window.lock()
    assert opens(folder) and copied == [True] and not restart.left
    assert not window.unlock.password.isEnabled() or window.unlock.password.isReadOnly()
    (locked,) = restart.told
    assert locked.user == "inv" and not any(subject in str(part) for part in locked)
    hand.wait(lambda: restart.left, "the end")
    assert not window.isVisible()
    window.show()


class Hanging(Remembered):
    """A new window that never comes."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def stands(self) -> bool:
        return not self.free.wait(10)


def test_that_a_new_window_that_hangs_does_not_keep_the_old_one(window: Any, form: Form, hand: Any) -> None:
    restart = window.locking.restart = Hanging()
    assert window.locking._patience.interval() == 20_000
    window.locking._patience.setInterval(20)
    form("F.PGA")
    window.lock()
    hand.wait(lambda: restart.left, "the end")
    restart.free.set()
    window.show()


@pytest.mark.parametrize("answer", [None, False])
def test_that_a_window_that_cannot_be_started_anew_stays_locked_and_says_so(
    window: Any, form: Form, hand: Any, enter: Enter, answer: bool | None
) -> None:
    restart = window.locking.restart = Remembered(answer)
    form("F.PGA")
    window.lock()
    hand.wait(lambda: "could not be started anew" in window.unlock.lock_note.words.text(), "the note")
    assert not restart.left and window.study is None and not window.unlock.password.isReadOnly()
    enter()
    assert window.places.where.form == "F.PGA"


def test_that_the_new_window_knows_who_was_there_and_waits_for_the_one_that_closes(
    window: Any, folder: Path, hand: Any
) -> None:
    held = Study.open(folder, "inv", PASSWORD)
    window.show_folder(folder)
    window.locking.take_over(Locked("crc", "10:42", True, 0, os.getpid()))
    assert window.unlock.lock_note.words.text().startswith("Locked at 10:42. A half-typed field is kept")
    hand.wait(lambda: window.unlock.user.value == "crc", "the user")
    hand.type(PASSWORD, window.unlock.password)
    QTest.keyClick(window.unlock.password, Qt.Key.Key_Return)
    closing = threading.Timer(0.3, lambda: None)
    closing.start()
    hand.wait(lambda: not closing.is_alive(), "a while")
    assert window.study is None
    held.close()
    hand.wait(lambda: window.study is not None, "unlocking")


# ---- what would be left lying about


class Board(QObject):
    """A clipboard that says whose it is; the offscreen one never does."""

    changed = Signal(QClipboard.Mode)

    def __init__(self) -> None:
        super().__init__()
        self.owned: set[QClipboard.Mode] = set()
        self.cleared: list[QClipboard.Mode] = []

    def copy(self, mode: QClipboard.Mode, ours: bool) -> None:
        self.owned = self.owned | {mode} if ours else self.owned - {mode}
        self.changed.emit(mode)

    def ownsClipboard(self) -> bool:
        return QClipboard.Mode.Clipboard in self.owned

    def ownsSelection(self) -> bool:
        return QClipboard.Mode.Selection in self.owned

    def clear(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        self.cleared.append(mode)
        self.owned.discard(mode)
        self.changed.emit(mode)


@pytest.mark.requirement("REQ-43")
def test_that_the_clipboard_is_cleared_after_30_seconds_and_at_the_lock_if_it_is_still_ours(
    window: Any, enter: Enter, hand: Any
) -> None:
    from crf_desktop.ui.clipboard import ClipboardWatch

    board = Board()
    watch = window.locking.clipboard = ClipboardWatch(window, board)
    assert watch._timer.interval() == 30_000
    watch._timer.setInterval(10)
    board.copy(QClipboard.Mode.Clipboard, ours=True)
    hand.wait(lambda: bool(board.cleared), "the clearing")
    assert board.cleared == [QClipboard.Mode.Clipboard] and not watch._timer.isActive()
    watch._timer.setInterval(30_000)
    enter()
    board.copy(QClipboard.Mode.Selection, ours=True)
    window.lock()
    assert board.cleared[1:] == [QClipboard.Mode.Selection] and not watch._timer.isActive()
    board.copy(QClipboard.Mode.Clipboard, ours=True)
    board.copy(QClipboard.Mode.Clipboard, ours=False)
    assert not watch._timer.isActive()
    enter()
    window.lock()
    assert len(board.cleared) == 2


@pytest.mark.requirement("REQ-43")
def test_that_input_methods_are_told_to_learn_nothing(window: Any, form: Form) -> None:
    learns = Qt.InputMethodHint.ImhSensitiveData
    for oid in ("F.DEMO", "F.HX", "F.PGA"):
        for widget in form(oid).findChildren(QWidget):
            if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) and widget.isVisible():
                assert widget.inputMethodHints() & learns, type(widget).__name__
    from attrs import evolve

    from crf_desktop.ui.controls.field_entry import entry_of

    definition = window.study.definition
    item = evolve(next(i for i in definition.items if i.data_type == "text" and not i.code_list), identifying=True)
    for length in (60, 400):
        entry = entry_of(definition, evolve(item, length=length), window.look, False, False)
        assert entry.inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText


@pytest.mark.requirement("REQ-43")
def test_that_qt_writes_no_history_of_its_dialogues(window: Any) -> None:
    from PySide6.QtCore import QSettings

    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.setValue("FileDialog/lastVisited", "file:///home/somebody/01-001")
    kept.sync()
    assert not kept.isWritable() and not Path(kept.fileName()).exists()
    assert kept.fileName().startswith("/dev/null")


def test_that_week_0_of_the_trial_has_what_these_tests_use(window: Any, enter: Enter) -> None:
    assert {"F.PGA", "F.SCHIRMER"} <= set(enter().definition.event[WEEK_0].forms)
