"""The inbox: alerts beneath their headings, painted as far as they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from convergedesk.desktop.pages.alerts.words import outcome_words, sign_of, when_words
from convergedesk.desktop.theme import Role, color, font, paint_icon, theme
from convergedesk.desktop.widgets.scroll import OverlayScrollBar
from convergedesk.domain.alerts import AlertId, AlertState

if TYPE_CHECKING:
    from convergedesk.desktop.pages.alerts.view_model import Section
    from convergedesk.workspace.alerts import AlertRow

_Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADING = 72, 28
_LEFT, _SIGN, _TEXT, _RIGHT = 8, 24, 52, 16
_DOT = 7


class InboxModel(QAbstractListModel):
    """Headings and alerts, one after the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[str | AlertRow] = []

    def set_sections(self, sections: Sequence[Section]) -> None:
        """List other alerts."""
        self.beginResetModel()
        self._entries = [entry for section in sections for entry in (section.title, *section.rows)]
        self.endResetModel()

    def entry(self, row: int) -> str | AlertRow:
        """A heading or an alert."""
        return self._entries[row]

    def place_of(self, alert_id: AlertId) -> int | None:
        """The row of an alert, or None."""
        for place, entry in enumerate(self._entries):
            if not isinstance(entry, str) and entry.alert.id == alert_id:
                return place
        return None

    def alerts(self) -> list[AlertRow]:
        """The alerts from top to bottom."""
        return [entry for entry in self._entries if not isinstance(entry, str)]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, str):
                return entry
            finding = entry.alert.finding
            said = f"{entry.account_name}: {finding.sentence}, {finding.detail}"
            return f"{said}, {outcome_words(entry.alert)}".rstrip(", ")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._entries[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Inbox(QListView):
    """One alert is shown; several can be chosen with Shift and Ctrl.

    Signals:
        current_changed: The id of the alert that is to be shown, or None.
        selection_counted: How many are chosen.
        key_pressed: A letter: 'S', 'E' or 'D' decides about what is chosen, 'W' asks why.
    """

    current_changed = Signal(object)
    selection_counted = Signal(int)
    key_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_sections`."""
        super().__init__(parent)
        self.listed = InboxModel(self)
        self.setModel(self.listed)
        self.delegate = _Delegate(self)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OverlayScrollBar(self)
        self.setMouseTracking(True)
        self.setAccessibleName("Alerts")
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def show_sections(self, sections: Sequence[Section], today: date, keep: AlertId | None) -> None:
        """List other alerts; the one with the id `keep` stays chosen, or the next one where it was."""
        chosen = set(self.selected_ids())
        before = self.currentIndex().row()
        self.delegate.today = today
        model = self.selectionModel()
        model.blockSignals(True)
        self.listed.set_sections(sections)
        place = None if keep is None else self.listed.place_of(keep)
        if place is None:
            place = self._nearest(before)
        if place is not None:
            index = self.listed.index(place)
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            for alert_id in chosen if len(chosen) > 1 else ():
                other = self.listed.place_of(alert_id)
                if other is not None:
                    model.select(self.listed.index(other), QItemSelectionModel.SelectionFlag.Select)
        model.blockSignals(False)
        self.viewport().update()
        self._on_current()
        self._on_selection()

    def choose(self, alert_id: AlertId) -> bool:
        """Show an alert that is listed; False where it is not."""
        place = self.listed.place_of(alert_id)
        if place is None:
            return False
        index = self.listed.index(place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def selected_ids(self) -> list[AlertId]:
        """The chosen alerts from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        entries = (self.listed.entry(place) for place in places if place < self.listed.rowCount())
        return [entry.alert.id for entry in entries if not isinstance(entry, str)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.step(1 if event.key() == Qt.Key.Key_J else -1)
            return
        if plain and event.key() in (Qt.Key.Key_S, Qt.Key.Key_E, Qt.Key.Key_D, Qt.Key.Key_W):
            self.key_pressed.emit(chr(event.key()))
            return
        super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next alert or the one before."""
        place = self.currentIndex().row() + by
        while 0 <= place < self.listed.rowCount():
            if not isinstance(self.listed.entry(place), str):
                index = self.listed.index(place)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.scrollTo(index)
                return
            place += by

    def _nearest(self, place: int) -> int | None:
        listed = [row for row in range(self.listed.rowCount()) if not isinstance(self.listed.entry(row), str)]
        return min(listed, key=lambda row: (abs(row - place), -row), default=None)

    @Slot()
    def _on_current(self, *_: object) -> None:
        index = self.currentIndex()
        entry = self.listed.entry(index.row()) if index.isValid() else None
        self.current_changed.emit(None if entry is None or isinstance(entry, str) else entry.alert.id)

    @Slot()
    def _on_selection(self, *_: object) -> None:
        self.selection_counted.emit(len(self.selected_ids()))


class _Delegate(QStyledItemDelegate):
    """Paints a heading, or an alert in three lines."""

    def __init__(self, view: Inbox) -> None:
        super().__init__(view)
        self._view = view
        self.today = date.max

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = isinstance(self._view.listed.entry(index.row()), str)
        return QSize(0, theme().px(_HEADING if heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = self._view.listed.entry(index.row())
        rect: QRect = option.rect
        painter.save()
        if isinstance(entry, str):
            self._paint_heading(painter, rect, entry, first=index.row() == 0)
        else:
            selected = self._view.selectionModel().isSelected(index)
            self._paint_alert(painter, rect, entry, selected, index == self._view.currentIndex())
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, title: str, *, first: bool) -> None:
        # The first one lies under the card's round corners.
        if not first:
            painter.fillRect(rect, color("inset"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        painter.setFont(font(Role.LABEL_MEDIUM))
        painter.setPen(color("text_2"))
        room = rect.adjusted(theme().px(_RIGHT), 0, -theme().px(_RIGHT), -1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_alert(
        self, painter: QPainter, rect: QRect, row: AlertRow, selected: bool, current: bool
    ) -> None:
        px = theme().px
        alert, finding = row.alert, row.alert.finding
        if selected:
            painter.fillRect(rect, color("accent_soft"))
            if current:
                painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), color("accent"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        quiet = alert.state is not AlertState.OPEN
        top = rect.top() + px(8)
        line = px(18)
        if alert.seen_at is None and not quiet:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            dot = px(_DOT)
            painter.drawEllipse(QRectF(rect.left() + px(_LEFT), top + (line - dot) / 2, dot, dot))
        icon, tone = sign_of(alert)
        side = px(16)
        square = QRectF(rect.left() + px(_SIGN), top + (line - side) / 2, side, side)
        paint_icon(painter, square, icon, color(tone))
        left, right = rect.left() + px(_TEXT), rect.right() - px(_RIGHT)
        when = when_words(alert, self.today)
        painter.setFont(font(Role.CAPTION))
        wide = QFontMetrics(painter.font()).horizontalAdvance(when)
        painter.setPen(color("text_3"))
        painter.drawText(QRect(right - wide, top, wide + 1, line), int(Qt.AlignmentFlag.AlignVCenter), when)
        detail = finding.detail if not quiet else outcome_words(alert)
        lines = (
            (row.account_name, Role.STRONG, "text_2" if quiet else "text", right - wide - px(8)),
            (finding.sentence, Role.BODY, "text_2" if quiet else "text", right),
            (detail, Role.CAPTION, "text_3", right),
        )
        for number, (text, role, tone_, end) in enumerate(lines):
            painter.setFont(font(role))
            painter.setPen(color(tone_))
            room = QRect(left, top + number * line, end - left, line)
            cut = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), cut)
        if current and self._view.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(color("accent"))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
