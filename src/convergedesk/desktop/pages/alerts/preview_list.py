"""What a rule would have raised, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.figures.wording import count, short_day

if TYPE_CHECKING:
    from convergedesk.figures.alerts.replay import Fired

_MOST = 40


class PreviewList(QWidget):
    """Day, account, what it would have said, and for how long it would have held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_fired`."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)

    def show_fired(self, fired: Sequence[Fired], _today: date) -> None:
        """Show these, newest first; the oldest of very many are counted only."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, one in enumerate(fired[:_MOST]):
            held = "still holds" if one.holds else f"held {count(one.days, 'day')}"
            sentence = ElidedLabel(one.sentence, Role.BODY)
            sentence.setToolTip(f"{one.sentence}\n{one.detail}".strip())
            for column, label in enumerate(
                (
                    Label(short_day(one.day), Role.LABEL, "text_3"),
                    Label(one.account_name, Role.MEDIUM),
                    sentence,
                    Label(held, Role.LABEL, "warning" if one.holds else "text_3"),
                )
            ):
                self._grid.addWidget(label, row, column)
        rest = len(fired) - _MOST
        if rest > 0:
            self._grid.addWidget(Label(f"and {rest:,} before", Role.LABEL, "text_3"), _MOST, 0, 1, 4)
        self.setVisible(bool(fired))
