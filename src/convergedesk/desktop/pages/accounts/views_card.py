"""The computed views at the left of the list, each with how many accounts it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.portfolio.views import HIGH_OPEN, USAGE_DOWN, PortfolioView
from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.figures.wording import number

_HEIGHT = 32
_SIDE = 10
_ICON = 16
_URGENT = (HIGH_OPEN, USAGE_DOWN)


class ViewsCard(Card):
    """One row per view; the arrow keys move the choice.

    Signals:
        view_chosen: Key of the view that was clicked.
    """

    view_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.setFixedWidth(212)
        self._rows: dict[str, _ViewRow] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(8, 0, 8, 8)
        self._column.setSpacing(0)
        title = Label("Views", Role.LABEL_MEDIUM, "text_3")
        title.setContentsMargins(8, 0, 0, 6)
        self._column.addWidget(title)
        self._column.addStretch(1)
        self.add(content, 1)

    def set_views(self, views: Sequence[tuple[PortfolioView, int]], chosen: str) -> None:
        """Show the views with their counts and which one is in force."""
        for view, accounts in views:
            if view.key not in self._rows:
                row = _ViewRow(view)
                self._rows[view.key] = row
                self._group.addButton(row)
                self._column.insertWidget(self._column.count() - 1, row)
            self._rows[view.key].set_count(accounts)
            self._rows[view.key].setChecked(view.key == chosen)
        offered = {view.key for view, _ in views}
        for key, row in self._rows.items():
            row.setVisible(key in offered)

    @Slot(QAbstractButton)
    def _on_clicked(self, clicked: QAbstractButton) -> None:
        for key, row in self._rows.items():
            if row is clicked:
                self.view_chosen.emit(key)


class _ViewRow(QAbstractButton):
    def __init__(self, view: PortfolioView) -> None:
        super().__init__()
        self._view = view
        self._count = 0
        self.setCheckable(True)
        self.setToolTip(view.rule)
        self.setText(view.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 6)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self._view.title}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft" if on else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        tone = "accent_text" if on else "text_2"
        square = QRectF(_SIDE, (self.height() - _ICON) / 2, _ICON, _ICON)
        paint_icon(painter, square, self._view.icon, color(tone))
        left = _SIDE + _ICON + 8
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(Role.LABEL_STRONG if on else Role.LABEL))
        urgent = self._view.key in _URGENT and self._count > 0
        painter.setPen(color("critical" if urgent else tone if on else "text_3"))
        count = number(self._count)
        painter.drawText(self.rect().adjusted(0, 0, -_SIDE, 0), centre | Qt.AlignmentFlag.AlignRight, count)
        room = self.width() - left - _SIDE - painter.fontMetrics().horizontalAdvance(count) - 6
        painter.setFont(font(Role.STRONG if on else Role.BODY))
        painter.setPen(color("accent_text" if on else "text"))
        text = painter.fontMetrics().elidedText(self._view.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), centre, text)
