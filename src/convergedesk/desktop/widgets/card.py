"""Cards: a white sheet with a title, and the lines between what lies on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import ElidedLabel, Label

PADDING = 16
_VERTICAL = 12
_RADIUS = 10


class Card(QFrame):
    """A sheet with border and radius. Cards are not nested.

    Attributes:
        header: The row of title, sub and link; `add_to_header` puts controls before the link.
        body: Where the content goes, with the card's padding around it.
    """

    link_clicked = Signal()

    def __init__(
        self,
        title: str = "",
        sub: str = "",
        link: str = "",
        *,
        flush: bool = False,
        outline: str = "line",
        parent: QWidget | None = None,
    ) -> None:
        """A flush card has no padding at the sides of its body, for tables and lists of rows.

        `outline` is the token of the border, such as `warning_fill` for a question.
        """
        super().__init__(parent)
        self._outline = outline
        self._title = Label(title, Role.SECTION)
        self._sub = ElidedLabel(sub, Role.LABEL, "text_3")
        self._link = Button(link, "link", small=True)
        self._link.clicked.connect(self.link_clicked)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(PADDING, 0, PADDING, 0)
        self.header.setSpacing(8)
        for widget in (self._title, self._sub):
            self.header.addWidget(widget)
        self.header.addStretch(1)
        self.header.addWidget(self._link)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        if not flush:
            self.body.setContentsMargins(PADDING, 0, PADDING, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, _VERTICAL, 1, 2 if flush else _VERTICAL + 1)
        column.setSpacing(8)
        column.addLayout(self.header)
        column.addLayout(self.body, 1)
        self._show_header()

    def set_title(self, title: str, sub: str = "") -> None:
        """Change the title and what stands behind it."""
        self._title.setText(title)
        self._sub.setText(sub)
        self._show_header()

    def set_sub(self, sub: str) -> None:
        """Change what stands behind the title."""
        self.set_title(self._title.text(), sub)

    def set_link(self, text: str) -> None:
        """Change the quiet link at the right; empty hides it."""
        self._link.setText(text)
        self._show_header()

    def set_outline(self, token: str) -> None:
        """Change the colour of the border."""
        self._outline = token
        self.update()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the body."""
        self.body.addWidget(widget, stretch)

    def add_to_header(self, widget: QWidget) -> None:
        """Put a control at the right of the header, before the link."""
        self.header.insertWidget(self.header.count() - 1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_to_title(self, widget: QWidget) -> None:
        """Put a badge or a legend behind the title."""
        self.header.insertWidget(2, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sheet(painter, QRectF(self.rect()), _RADIUS, outline=self._outline)

    def _show_header(self) -> None:
        self._title.setVisible(bool(self._title.text()))
        self._sub.setVisible(bool(self._sub.text()))
        self._link.setVisible(bool(self._link.text()))


def paint_sheet(painter: QPainter, rect: QRectF, radius: float, *, outline: str = "line") -> None:
    """Paint a sheet: fill, border and, in the light theme, a breath of shadow beneath."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = rect.adjusted(0.5, 0.5, -0.5, -1.5)
    shadow = theme().palette.shadow_alpha
    if shadow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, shadow))
        painter.drawRoundedRect(sheet.translated(0, 1), radius, radius)
    painter.setPen(QPen(color(outline), 1))
    painter.setBrush(color("surface"))
    painter.drawRoundedRect(sheet, radius, radius)
    painter.restore()


class Separator(QWidget):
    """A hairline across a column, or down a row when `vertical`."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        """One pixel in the colour of lines."""
        super().__init__(parent)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, free)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(free, fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("line"))
