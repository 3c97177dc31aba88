"""Words on a page: plain text only, in the look's type and a token's colour; pills, key hints, notes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.glyph import draw
from crf_desktop.ui.look import Look
from crf_desktop.ui.paint import Icon, draw_box, draw_icon


class Label(QLabel):
    """Plain text; never markup, never elided."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        px: int = 15,
        bold: bool = False,
        token: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self._px, self._bold, self._token = look, px, bold, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        look.changed.connect(self.restyle)
        self.restyle()

    def set_token(self, token: str) -> None:
        """Another colour."""
        self._token = token
        self.update()

    def restyle(self) -> None:
        """Type and colour of the look in force."""
        self.setFont(self.look.font(self._px, self._bold))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Painted here, so that the colour is the token's whatever the style sheet says."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.look.color(self._token))
        wrap = Qt.TextFlag.TextWordWrap if self.wordWrap() else Qt.TextFlag.TextDontClip
        painter.drawText(self.contentsRect(), int(self.alignment()) | wrap, self.text())


class Mark(QWidget):
    """One glyph or icon, as large as the look's scale says."""

    def __init__(
        self, look: Look, shape: Glyph | Icon, px: int = 16, token: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self._shape, self._px, self._token = look, shape, px, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_shape(self, shape: Glyph | Icon, token: str | None = None) -> None:
        """Another glyph."""
        self._shape, self._token = shape, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(self._px), self.look.px(self._px))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.look.px(self._px)
        draw_shape(painter, self._shape, QRectF(0, (self.height() - side) / 2, side, side), self.look, self._token)


def draw_shape(painter: QPainter, shape: Glyph | Icon, box: QRectF, look: Look, token: str | None = None) -> None:
    """A state glyph in its own colour, or an icon in the token's."""
    if isinstance(shape, Icon):
        draw_icon(painter, shape, box, look.color(token or "text_2"), look)
    else:
        draw(painter, shape, box, look, token)


class Pill(QWidget):
    """A state in words with its glyph on a soft ground."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._glyph: Glyph | Icon | None = None
        self._text, self._ground, self._ink = "", "sunken", "text"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_state(self, glyph: Glyph | Icon | None, text: str, ground: str, ink: str) -> None:
        """Shows glyph and words; ``ground`` and ``ink`` are token names."""
        self._glyph, self._text, self._ground, self._ink = glyph, text, ground, ink
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.look.font(13)).horizontalAdvance(self._text)
        return QSize(
            width + self.look.px(14 if self._glyph is None else 44), self.look.px(20 if self._glyph is None else 24)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        draw_box(painter, QRectF(self.rect()), self.height() / 2, self.look.color(self._ground), None)
        x = px(7)
        if self._glyph is not None:
            draw_shape(painter, self._glyph, QRectF(px(8), (self.height() - px(15)) / 2, px(15), px(15)), self.look)
            x = px(30)
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.color(self._ink))
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, self._text)


def draw_cap(painter: QPainter, box: QRectF, key: str, look: Look) -> None:
    """One key cap."""
    draw_box(painter, box, look.px(4), look.color("raised"), look.color("line"))
    painter.setFont(look.font(13))
    painter.setPen(look.color("text_2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


class Note(QFrame):
    """A sentence on a soft ground with an icon before it."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        shape: Glyph | Icon = Icon.INFO,
        ground: str = "sunken",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self._ground = look, ground
        self.mark = Mark(look, shape, 16)
        self.words = Label(look, text, 13, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        row.setSpacing(look.px(10))
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        look.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """Other words."""
        self.words.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(QPainter(self), QRectF(self.rect()), self.look.px(6), self.look.color(self._ground), None)


class Line(QWidget):
    """A divider."""

    def __init__(self, look: Look, upright: bool = False, gap: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._upright = look, upright
        if upright:
            self.setFixedWidth(1 + 2 * gap)
        else:
            self.setFixedHeight(1)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.rect()
        if self._upright:
            box.setLeft(self.width() // 2)
            box.setWidth(1)
        QPainter(self).fillRect(box, self.look.color("line"))


class Card(QFrame):
    """A card: surface, 1 px edge, radius 8."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_box(
            QPainter(self), QRectF(self.rect()), self.look.px(8), self.look.color("surface"), self.look.color("line")
        )
