"""The pulse of an account: how it is judged now, and how that came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.engagement.words import pulse_badge
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import Badge
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.domain.engagement import Note

_MOST = 8


class PulseCard(Card):
    """Newest judgement first, each with its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `set_history`."""
        super().__init__("Pulse", parent=parent)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.add(ScrollArea(self._holder), 1)

    def set_history(self, judged: Sequence[Note], today: date, zone: tzinfo) -> None:
        """Show the notes that judge the relationship, newest first."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not judged:
            said = "Judge the relationship when you write a note; the figures do not know it."
            self._column.addWidget(EmptyState("smiley-meh", "No pulse yet", said), 1)
            return
        for place, note in enumerate(judged[:_MOST]):
            if place:
                self._column.addWidget(Separator())
            self._column.addWidget(_row(note, today, zone))
        rest = len(judged) - _MOST
        if rest > 0:
            self._column.addWidget(Label(f"{rest} earlier", Role.CAPTION, "text_3"))
        self._column.addStretch(1)


def _row(note: Note, today: date, zone: tzinfo) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    head = QHBoxLayout()
    head.setSpacing(8)
    if note.pulse is not None:
        head.addWidget(Badge(*pulse_badge(note.pulse)))
    on = near_day(note.written_at.astimezone(zone).date(), today)
    told = ElidedLabel(f"{on}, {note.author}" if note.author else on, Role.CAPTION, "text_3")
    told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    head.addWidget(told, 1)
    column.addLayout(head)
    if note.pulse_reason:
        column.addWidget(
            Label(note.pulse_reason[:1].upper() + note.pulse_reason[1:], Role.LABEL, "text_2", wrap=True)
        )
    return row
