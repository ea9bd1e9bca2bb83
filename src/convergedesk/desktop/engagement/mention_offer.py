"""What a note asks of somebody by a day, offered as an action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.label import ElidedLabel
from convergedesk.figures.mentions import Mention

_MOST = 2
_Ask = tuple[str, date, str]


class MentionOffers(QWidget):
    """A line for every mention with a day.

    Signals:
        wanted: The `Mention` that is to become an action.
    """

    wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        """Hidden until there is something to offer."""
        super().__init__(parent)
        self._today = today
        self._added: set[_Ask] = set()
        self._shown: tuple[_Ask, ...] = ()
        self._mentions: list[Mention] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_mentions(self, found: Sequence[Mention], known: Sequence[tuple[str, date | None]]) -> None:
        """Offer those that name a day; `known` are owner and day of the actions that there are."""
        asks = [one for one in found if one.day is not None and one.request]
        fresh = [one for one in asks if (one.name, one.day) not in known or _ask(one) in self._added]
        self._mentions = fresh[:_MOST]
        shown = tuple(_ask(one) for one in self._mentions)
        if shown != self._shown:
            self._shown = shown
            self._show()

    def mark_added(self, mention: Mention) -> None:
        """The action is there now."""
        self._added.add(_ask(mention))
        self._show()

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, mention in enumerate(self._mentions):
            self._column.addWidget(self._line(number, mention))
        self.setVisible(bool(self._mentions))

    def _line(self, number: int, mention: Mention) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Avatar(mention.name, 20))
        on = near_day(mention.day, self._today) if mention.day is not None else ""
        said = f"{mention.name}, by {on}: {mention.request}"
        row.addWidget(ElidedLabel(said, Role.LABEL, "text_2"), 1)
        if _ask(mention) in self._added:
            row.addWidget(StatusText("Action added", "good", "check-circle"))
        else:
            add = Button("Add action", small=True, icon="plus")
            add.setAccessibleName(f"Add an action for {said}")
            add.setProperty("place", number)
            add.clicked.connect(self._on_add)
            row.addWidget(add)
        return line

    @Slot()
    def _on_add(self) -> None:
        self.wanted.emit(self._mentions[self.sender().property("place")])


def _ask(mention: Mention) -> _Ask:
    return mention.name, mention.day or date.max, mention.request
