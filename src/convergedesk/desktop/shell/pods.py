"""Chooses the pod, the group of accounts that every page is narrowed to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.widgets.button import Menu
from convergedesk.figures.wording import count

_HEIGHT = 32
_PADDING = 12
_ICON = 16
_GAP = 8
_CARET = 12
_WIDEST = 320


class PodChoice(NamedTuple):
    """A pod in the selector; id None for all accounts."""

    pod_id: Hashable
    name: str
    accounts: int


class PodSelector(QAbstractButton):
    """Shows the chosen pod and opens the list of them.

    Signals:
        pod_changed: The id of the pod that was chosen.
        edit_wanted: The person wants to edit pods.
    """

    pod_changed = Signal(object)
    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until there are pods."""
        super().__init__(parent)
        self._pods: tuple[PodChoice, ...] = ()
        self._current: PodChoice | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, 6)
        self.clicked.connect(self._on_clicked)
        self.hide()

    def set_pods(self, pods: Sequence[PodChoice], current: Hashable) -> None:
        """Show the pods, and which one is chosen."""
        self._pods = tuple(pods)
        self._current = next((pod for pod in pods if pod.pod_id == current), None)
        if self._current is not None:
            accounts = count(self._current.accounts, "account")
            self.setAccessibleName(f"Pod: {self._current.name}, {accounts}")
        self.setVisible(self._current is not None)
        self.updateGeometry()
        self.update()

    def menu(self) -> Menu:
        """The list of pods, as it opens."""
        menu = Menu(self)
        for pod in self._pods:
            action = menu.addAction(f"{pod.name}   {count(pod.accounts, 'account')}")
            action.setCheckable(True)
            action.setChecked(pod == self._current)
            action.setData(pod)
            action.triggered.connect(self._on_chosen)
        menu.addSeparator()
        menu.addAction("Edit pods…").triggered.connect(self._on_edit)
        return menu

    def sizeHint(self) -> QSize:
        if self._current is None:
            return QSize(0, theme().px(_HEIGHT))
        name = QFontMetricsF(font(Role.STRONG)).horizontalAdvance(self._current.name)
        accounts = QFontMetricsF(font(Role.BODY)).horizontalAdvance(count(self._current.accounts, "account"))
        width = 2 * _PADDING + _ICON + _GAP + name + _GAP + accounts + 2 * _GAP + _CARET
        return QSize(min(round(width), _WIDEST), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._current is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent" if self.hasFocus() else "line_strong"), 1))
        painter.setBrush(color("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        middle = self.height() / 2
        paint_icon(painter, QRectF(_PADDING, middle - _ICON / 2, _ICON, _ICON), "stack", color("text_2"))
        caret = QRectF(self.width() - _PADDING - _CARET, middle - _CARET / 2, _CARET, _CARET)
        paint_icon(painter, caret, "caret-down", color("text_3"))
        x = float(_PADDING + _ICON + _GAP)
        texts = (
            (self._current.name, Role.STRONG, "text"),
            (count(self._current.accounts, "account"), Role.BODY, "text_3"),
        )
        for text, role, tone in texts:
            metrics = QFontMetricsF(font(role))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, caret.left() - _GAP - x)
            painter.setFont(font(role))
            painter.setPen(color(tone))
            painter.drawText(QRectF(x, 0, 400, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            x += metrics.horizontalAdvance(shown) + _GAP

    @Slot()
    def _on_clicked(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit()

    @Slot()
    def _on_chosen(self) -> None:
        pod: PodChoice = self.sender().data()  # pyright: ignore[reportAttributeAccessIssue] - a QAction
        if pod != self._current:
            self.set_pods(self._pods, pod.pod_id)
            self.pod_changed.emit(pod.pod_id)
