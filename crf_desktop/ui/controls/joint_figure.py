"""The 28 joints: a figure at the left, the focused joint with its answers at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.layout import JointFigure
from crf_desktop.ui.button import Button
from crf_desktop.ui.controls.answer import ASKED_BY_KEY
from crf_desktop.ui.controls.contract import Block, BlockView
from crf_desktop.ui.controls.derived_words import value_words
from crf_desktop.ui.controls.ink import Ink
from crf_desktop.ui.controls.joint_map import SIDE, JointMap
from crf_desktop.ui.controls.joint_panel import Count, JointPanel, Shown
from crf_desktop.ui.controls.painted import Target, is_plain
from crf_desktop.ui.controls.speech import answer_words, missing_words, spoken
from crf_desktop.ui.look import Look

SETTLE_MS = 700
"""After a press this long is waited for the next one on the same joint; leaving it answers at once."""
_PANEL = 380
"""Guide px the panel needs beside the figure."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class JointFigureBlock(Block):
    """One press is tender, the second swollen, the third both, the fourth neither; 0 to 3 answer and move on."""

    def __init__(
        self, block: JointFigure, definition: MetaDataVersion, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(definition, look, parent)
        self.block = block
        self.view = BlockView({}, {}, {}, {})
        first = definition.item[block.joints[0].item]
        self.codes = tuple(i.coded_value for i in definition.code_list[first.code_list or ""].items)
        self.map = JointMap(block, self.codes, look, self)
        self.panel = JointPanel(look, self)
        self.others = Button(look, "plain", parent=self)
        self.setFocusProxy(self.map)
        self._pressed: tuple[int, str] | None = None
        """(joint, coded value) pressed and not answered yet."""
        self._sized = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.settle)
        self._connect()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._read_words()

    def _connect(self) -> None:
        self.map.on_key, self.map.on_tab = self._key, lambda forward: self._on(1 if forward else -1)
        self.map.touched.connect(self._touched)
        self.map.picked.connect(self._tapped)
        self.map.entered.connect(self._entered)
        self.map.installEventFilter(self)
        self.panel.touched.connect(lambda _: self.map.setFocus(Qt.FocusReason.MouseFocusReason))
        self.panel.picked.connect(self._picked)
        self.others.clicked.connect(self._answer_others)
        self.look.language_changed.connect(self._read_words)
        self.look.changed.connect(self._place)

    # words

    def _read_words(self) -> None:
        items = {joint.item for joint in self.block.joints}
        checks = (c for c in self.definition.edit_checks if items.intersection(c.items))
        self.panel.messages = tuple(c.message.in_(self.look.language) for c in checks)
        self.others.setText(self.tr("All others: neither tender nor swollen"))
        self._show()

    def _count(self, oid: str) -> Count:
        method = self.definition.method[oid]
        found = self.view.derived.get(oid)
        words = value_words(self.definition, method, found, self.look.language)
        value = words.value if words.known or (found and found.lower_text) else "—"
        behind = f"/{method.maximum or len(self.block.joints)}"
        return Count(method.label.in_(self.look.language), value, behind)

    def _show(self) -> None:
        """The panel for the focused joint, and what a screen reader hears of it."""
        at, language = self.map.current, self.look.language
        oid, item = self.map.oid(at), self.map.item(at)
        asked = self.definition.item[oid]
        answers = tuple((code, answer_words(self.definition, asked, code, language)) for code in self.codes)
        self.panel.show_joint(Shown(
            (self._count(self.block.tender), self._count(self.block.swollen)), len(self._open()),
            asked.label.in_(language), answers, self.map.code(at), item, missing_words(item, language),
            self.map.is_asked(at), self.view.read_only, self.map.told.get(oid, ("", "")),
        ))  # fmt: skip
        self.others.setEnabled(bool(self._open()) and not self.view.read_only)
        self.others.setVisible(not self.view.read_only)
        name = spoken(self.definition, asked, item, language)
        if oid in self.map.shown:
            name = f"{asked.label.in_(language)}, {answer_words(self.definition, asked, self.map.shown[oid], language)}"
        said = self.map.told.get(oid, ("", ""))[1]
        self.map.setAccessibleName(f"{name}, {said}" if said else name)
        self.map.setAccessibleDescription(asked.question.in_(language))
        self.map.viewport().update()

    def _open(self) -> list[int]:
        """Joints that are asked and have neither an answer nor a reason."""
        joints = (n for n in range(len(self.block.joints)) if self.map.is_asked(n))
        return [n for n in joints if self.map.code(n) is None and not self.map.item(n).datum.answered]

    # contract

    def item_oids(self) -> tuple[str, ...]:
        return tuple(joint.item for joint in self.block.joints)

    def show_view(self, view: BlockView) -> None:
        self.view = self.map.view = view
        waiting = self._pressed
        self.map.shown = {} if waiting is None else {self.map.oid(waiting[0]): waiting[1]}
        self.map.told = {}
        self._show()

    def show_refused(self, item_oid: str, message: str, kept: str) -> None:
        self._tell(item_oid, ("bad", f"{message} {kept}".strip()))

    def show_warned(self, item_oid: str, message: str, rest: str = "") -> None:
        """A soft problem: amber triangle at the joint, the message in the panel while it is focused."""
        self._tell(item_oid, ("warn", f"{message} {rest}".strip()) if message else ("", ""))

    def _tell(self, oid: str, told: tuple[str, str]) -> None:
        self.map.told = {o: t for o, t in self.map.told.items() if o != oid} | ({oid: told} if told[1] else {})
        self._show()
        self.updateGeometry()
        self._place()

    def focus_item(self, item_oid: str) -> None:
        self.map.current = self.item_oids().index(item_oid)
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go(self.item_oids().index(item_oid))

    def item_rect(self, item_oid: str) -> QRect:
        """Where the item stands in this block."""
        rect = self.map.joint_rect(self.item_oids().index(item_oid)).toRect()
        return rect.translated(self.map.pos())

    # geometry

    def _beside(self, width: int) -> bool:
        return width >= self.look.px(SIDE + _PANEL + 24)

    def heightForWidth(self, width: int) -> int:
        px = self.look.px
        button = self.others.sizeHint().height() + px(12)
        self.panel.resize(self._panel_width(width), self.panel.height())
        panel = self.panel.full_height() + button
        side = min(px(SIDE), width - px(16))
        return max(side, panel) + px(24) if self._beside(width) else side + panel + px(24)

    def _panel_width(self, width: int) -> int:
        px = self.look.px
        return min(width - px(SIDE) - px(24), px(620)) if self._beside(width) else width - px(4)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(960), self.heightForWidth(self.width() if self._sized else self.look.px(1232)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(320), self.look.px(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        self._place()

    def _place(self) -> None:
        px, width = self.look.px, self.width() if self._sized else self.look.px(1232)
        self.others._height = 48 if self.look.touch else 36
        side, wide = min(px(SIDE), width - px(16)), self._panel_width(width)
        left, top = (px(SIDE) + px(8), px(8)) if self._beside(width) else (px(2), side + px(12))
        self.map.setGeometry(px(8) if self._beside(width) else (width - side) // 2, px(12), side, side)
        self.panel.resize(wide, self.panel.height())
        self.panel.setGeometry(left, top, wide, self.panel.full_height())
        size, below = self.others.sizeHint(), top + self.panel.height()
        self.others.setGeometry(left + px(20), below, min(size.width(), wide - px(24)), size.height())
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(self, self.look)
        ink.box(QRectF(self.rect()), "surface", "line", 8)
        ink.painter.end()

    # moving

    def go(self, at: int) -> None:
        """Moves to a joint; what was pressed on another one is answered."""
        if self._pressed is not None and self._pressed[0] != at:
            self.settle()
        self.map.current = at
        self._show()
        self.focused.emit(self.map.oid(at))

    def _on(self, step: int) -> bool:
        """The next or previous joint in the order of examination; False at the ends."""
        at = self.map.current + step
        if not 0 <= at < len(self.block.joints):
            self.settle()
            return False
        self.go(at)
        return True

    def _entered(self, reason: Qt.FocusReason) -> None:
        ends = {Qt.FocusReason.TabFocusReason: 0, Qt.FocusReason.BacktabFocusReason: len(self.block.joints) - 1}
        self.go(ends.get(reason, self.map.current))

    def _touched(self, target: Target) -> None:
        self.map.setFocus(Qt.FocusReason.MouseFocusReason)
        self.go(int(str(target.key[0])))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.map and event.type() == QEvent.Type.FocusOut:
            self.settle()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self.settle()
        super().hideEvent(event)

    # answering

    def settle(self) -> None:
        """Answers what was pressed."""
        self._settle.stop()
        if self._pressed is not None:
            (at, code), self._pressed = self._pressed, None
            self._emit(at, code)

    def _emit(self, at: int, code: str) -> None:
        oid = self.map.oid(at)
        if self.view.read_only or not self.map.is_asked(at):
            self.map.shown.pop(oid, None)
        elif code != self.map.item(at).datum.value:
            self.map.shown[oid] = code
            self.answered.emit(oid, code, "")
        self._show()

    def _tapped(self, target: Target) -> None:
        """Neither → tender → swollen → both → neither; one without an answer begins with tender."""
        if target.kind == "joint":
            self._cycle()

    def _cycle(self) -> None:
        at = self.map.current
        if self.view.read_only or not self.map.is_asked(at):
            return
        code = self.map.code(at)
        step = self.codes.index(code) + 1 if code in self.codes else 1
        code = self.codes[step % len(self.codes)]
        self._pressed, self.map.shown[self.map.oid(at)] = (at, code), code
        self._settle.start()
        self._show()

    def _picked(self, target: Target) -> None:
        if target.kind == "answer":
            self._answer(str(target.key[0]))
        elif target.kind == "missing" and self.map.item(self.map.current).datum.null_flavor is not None:
            self.cleared.emit(self.map.oid(self.map.current))
        else:
            self._ask(target.kind)

    def _answer(self, code: str) -> None:
        self._settle.stop()
        self._pressed = None
        at = self.map.current
        if self.map.shown.get(self.map.oid(at)) != code:
            self.map.shown.pop(self.map.oid(at), None)
            self._emit(at, code)

    def _ask(self, what: str) -> None:
        self.settle()
        if what == "missing" and (self.view.read_only or not self.map.is_asked(self.map.current)):
            return
        asked = {"missing": self.missing_asked, "query": self.query_asked, "history": self.history_asked}
        asked[what].emit(self.map.oid(self.map.current))

    def _answer_others(self) -> None:
        """Every joint without an answer is neither tender nor swollen."""
        self.settle()
        for at in self._open():
            self._emit(at, self.codes[0])

    def _key(self, event: QKeyEvent) -> bool:
        key, at = Qt.Key(event.key()), self.map.current
        if not is_plain(event):
            return False
        if key in _STEPS:
            self._on(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._on(1) or self.map.focusNextPrevChild(True)
        elif key in ASKED_BY_KEY:
            self._ask(ASKED_BY_KEY[key])
        elif self.view.read_only:
            return False
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear(at)
        elif key == Qt.Key.Key_Space:
            self._cycle()
        elif event.text().isdigit() and int(event.text()) < len(self.codes):
            if not event.isAutoRepeat():
                self._answer(self.codes[int(event.text())])
                self._on(1)
        else:
            return False
        return True

    def _clear(self, at: int) -> None:
        """Takes back what was pressed, or the answer."""
        self._settle.stop()
        pressed, self._pressed = self._pressed, None
        self.map.shown.pop(self.map.oid(at), None)
        if pressed is None and self.map.item(at).datum.answered:
            self.cleared.emit(self.map.oid(at))
        self._show()
