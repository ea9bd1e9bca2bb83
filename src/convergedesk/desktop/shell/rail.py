"""The navigation rail at the left edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.shell.page_host import PageSpec
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, paint_logo, theme

WIDTH = 88
_ITEM = QSize(76, 52)
_LEAST_HEIGHT = 44
_ICON = 20
_GAP = 4
_LOGO = 28
_STATE_TONES = {"text_2": "", "warning": "warning_soft", "critical": "critical_soft", "accent_text": ""}


class RailItem(QAbstractButton):
    """An icon over a word; filled and on a sheet while its page is shown."""

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        """A checkable item; `set_state` makes it a sign of state instead."""
        super().__init__(parent)
        self._icon_name = icon
        self._tone = "text_2"
        self._count = 0
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedWidth(_ITEM.width())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(theme().px(_ITEM.height()))
        give_focus_ring(self, 8)

    def set_state(self, icon: str, text: str, tone: str = "text_2", count: int = 0) -> None:
        """Show a state; `count` is how much waits."""
        self._icon_name = icon
        self._tone = tone
        self._count = count
        self.setText(text)
        self.setAccessibleName(f"{text}, {count} waiting" if count else text)
        self.update()

    def set_count(self, count: int) -> None:
        """Show how much is new on the page."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self.text()}, {count} new" if count else self.text())
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(_ITEM.width(), theme().px(_ITEM.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(_ITEM.width(), theme().px(_LEAST_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        ground = "surface" if on else _STATE_TONES.get(self._tone, "")
        if not ground and self.underMouse():
            ground = "hover"
        if ground:
            painter.setPen(QPen(color("line"), 1) if on else Qt.PenStyle.NoPen)
            painter.setBrush(color(ground))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        ink = color("accent_text" if on else self._tone)
        role = Role.CAPTION_STRONG if on else Role.CAPTION_MEDIUM
        letters = self._letters(font(role))
        text_height = QFontMetricsF(letters).height()
        top = (self.height() - _ICON - 3 - text_height) / 2
        square = QRectF((self.width() - _ICON) / 2, top, _ICON, _ICON)
        paint_icon(painter, square, f"{self._icon_name}-fill" if on else self._icon_name, ink)
        painter.setFont(letters)
        painter.setPen(ink)
        words = QRectF(-4, top + _ICON + 3, self.width() + 8, text_height)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter)

    def _letters(self, wanted: QFont) -> QFont:
        """The font, smaller where large text would be cut off at both ends of the rail's fixed width."""
        width = QFontMetricsF(wanted).horizontalAdvance(self.text())
        if width <= self.width():
            return wanted
        fitting = QFont(wanted)
        fitting.setPixelSize(int(QFontInfo(wanted).pixelSize() * self.width() / width))
        return fitting

    def _paint_count(self, painter: QPainter) -> None:
        disc = QRectF(self.width() - 26, 4, 16, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("warning"))
        painter.drawEllipse(disc)
        painter.setFont(font(Role.CAPTION_STRONG))
        painter.setPen(color("warning_soft"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(min(self._count, 99)))


class _Logo(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_LOGO, _LOGO)
        self.setAccessibleName("ConvergeDesk")

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_logo(QPainter(self), QRectF(self.rect()))


class NavRail(QWidget):
    """The pages, and at the foot the state of the data and Settings.

    Signals:
        page_requested: The key of a page that was clicked.
        state_clicked: The sign of state was clicked.
    """

    page_requested = Signal(str)
    state_clicked = Signal()

    def __init__(self, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        """Only pages that want to stand in the rail do."""
        super().__init__(parent)
        self._items: dict[str, RailItem] = {}
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Pages")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 1, 8)
        column.setSpacing(_GAP)
        column.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        shown = [spec for spec in specs if spec.in_rail]
        for number, spec in enumerate(one for one in shown if not one.at_bottom):
            self._add(column, spec, f"Ctrl {number + 1}" if number < 8 else "")
        column.addStretch(1)
        self.state = RailItem("", "cloud-check")
        self.state.setCheckable(False)
        self.state.clicked.connect(self.state_clicked)
        self.state.hide()
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignHCenter)
        for spec in (one for one in shown if one.at_bottom):
            self._add(column, spec, "")

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the pages from top to bottom."""
        return tuple(self._items)

    def light(self, key: str) -> None:
        """Show which page is on screen; a key that is not in the rail lights none."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_state(self, icon: str, text: str, tone: str = "text_2", count: int = 0) -> None:
        """Show the state of the data at the foot, such as 'Offline' with what waits."""
        self.state.set_state(icon, text, tone, count)
        self.state.show()

    def set_count(self, key: str, count: int) -> None:
        """Show at an item how much is new on its page."""
        if key in self._items:
            self._items[key].set_count(count)

    def focus_lit(self) -> None:
        """Give the keyboard to the item of the page on screen."""
        lit = [item for item in self._items.values() if item.isChecked()]
        (lit or list(self._items.values()))[0].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("rail"))
        edge = 0 if self.isRightToLeft() else self.width() - 1
        painter.fillRect(QRect(edge, 0, 1, self.height()), color("line"))

    def _add(self, column: QVBoxLayout, spec: PageSpec, keys: str) -> None:
        item = RailItem(spec.title, spec.icon)
        item.setObjectName(spec.key)
        item.setToolTip(f"{spec.title} ({keys})" if keys else spec.title)
        item.clicked.connect(self._on_clicked)
        self._items[spec.key] = item
        column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)

    @Slot()
    def _on_clicked(self) -> None:
        key = self.sender().objectName()
        # A click on the lit item must not put it out.
        self._items[key].setChecked(True)
        self.page_requested.emit(key)
