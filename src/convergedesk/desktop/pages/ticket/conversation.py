"""The conversation of a ticket: how it began, the latest messages, and on request what lies between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, tzinfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.pages.ticket.message import Message
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.tickets import TicketMessage
from convergedesk.figures.wording import count

FIRST, LAST, STEP = 3, 40, 50


class Conversation(QWidget):
    """Messages, oldest first. With many of them only both ends are built at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_messages`."""
        super().__init__(parent)
        self._between: Sequence[TicketMessage] = ()
        self._zone: tzinfo = UTC
        self._today = date.min
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 16)
        self._column.setSpacing(14)
        self._gap = Button("", "secondary", small=True, icon="caret-up", parent=self)
        self._gap.clicked.connect(self._on_gap)
        self._gap.hide()

    def set_messages(self, messages: Sequence[TicketMessage], zone: tzinfo, today: date) -> None:
        """Replace the conversation."""
        self._zone = zone
        self._today = today
        self._clear()
        if not messages:
            empty = "The files that were imported hold no messages of this ticket."
            self._column.addWidget(EmptyState("chat-circle-text", "No messages", empty), 1)
            return
        if len(messages) <= FIRST + LAST:
            head, self._between, tail = messages, (), ()
        else:
            head, self._between, tail = messages[:FIRST], messages[FIRST:-LAST], messages[-LAST:]
        self._append(head)
        if self._between:
            self._column.addWidget(self._gap, 0, Qt.AlignmentFlag.AlignHCenter)
            self._gap.show()
            self._name_gap()
        self._append(tail)
        self._column.addStretch(1)

    def message(self, message_id: int) -> QWidget | None:
        """The widget of a message, built if it lies in the gap; None where it is not of this ticket."""
        while (found := self._built(message_id)) is None and self._between:
            self._on_gap()
        return found

    def _built(self, message_id: int) -> QWidget | None:
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        shown = (one for one in widgets if isinstance(one, Message))
        return next((one for one in shown if one.message_id == message_id), None)

    def _append(self, messages: Sequence[TicketMessage], at: int = -1) -> None:
        for offset, message in enumerate(messages):
            self._column.insertWidget(
                at if at < 0 else at + offset, Message(message, self._zone, self._today)
            )

    def _name_gap(self) -> None:
        step = min(STEP, len(self._between))
        left = count(len(self._between), "earlier message")
        all_of_them = step == len(self._between)
        self._gap.setText(f"Show {left}" if all_of_them else f"Show {step} of {left}")

    @Slot()
    def _on_gap(self) -> None:
        shown, self._between = self._between[-STEP:], self._between[:-STEP]
        self._append(shown, self._column.indexOf(self._gap) + 1)
        if self._between:
            self._name_gap()
        else:
            self._gap.hide()

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is None:
                continue
            widget.hide()
            if widget is not self._gap:
                widget.deleteLater()
