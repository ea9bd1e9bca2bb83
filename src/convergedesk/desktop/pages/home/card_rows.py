"""The rows of Home's right column: an account that needs a check-in, and a piece of good news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.home.check_ins import CheckIn
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import PADDING
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.figures.good_news import GoodNews

if TYPE_CHECKING:
    from convergedesk.desktop.pages.home.check_in_card import CheckInCard

_SIGN = 16
_GAP = 8


class Section(QWidget):
    """A part of the column: widgets below one another."""

    def __init__(self, *, margin: bool = True) -> None:
        """`margin` keeps the words off the card's edge."""
        super().__init__()
        self.column = QVBoxLayout(self)
        if margin:
            self.column.setContentsMargins(PADDING, 12, PADDING, 12)
            self.column.setSpacing(6)
        else:
            self.column.setContentsMargins(0, 0, 0, 0)
            self.column.setSpacing(0)

    def clear(self) -> None:
        """Take everything out."""
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class _Name(Button):
    """An account's name that opens it, shortened where the row is too narrow."""

    def __init__(self, name: str) -> None:
        super().__init__(name.replace("&", "&&"), "link", small=True)
        self.setToolTip(name)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())


class _Head(QWidget):
    """A name with something at the right; below it where both do not fit beside one another."""

    def __init__(self, name: QWidget, beside: QWidget) -> None:
        super().__init__()
        self._parts = (name, beside)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP)
        self._box.addWidget(name, 1, Qt.AlignmentFlag.AlignLeft)
        self._box.addWidget(beside, 0, Qt.AlignmentFlag.AlignRight)

    def minimumSizeHint(self) -> QSize:
        hints = [part.minimumSizeHint() for part in self._parts]
        return QSize(max(hint.width() for hint in hints), max(hint.height() for hint in hints))

    def resizeEvent(self, event: QResizeEvent) -> None:
        needed = sum(part.sizeHint().width() for part in self._parts) + _GAP
        wide = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)
            side = Qt.AlignmentFlag.AlignRight if wide else Qt.AlignmentFlag.AlignLeft
            self._box.setAlignment(self._parts[1], side)
        super().resizeEvent(event)


class CheckInRow(Section):
    """Who, why in plain words, and what one can do about it."""

    def __init__(self, check_in: CheckIn, card: CheckInCard) -> None:
        super().__init__()
        self._check_in = check_in
        self._card = card
        name = check_in.row.name
        title = _Name(name)
        title.setAccessibleName(f"Open {name}")
        title.clicked.connect(self._on_open)
        self.column.addWidget(_Head(title, StatusText(check_in.flag, check_in.tone, check_in.icon)))
        self.column.addWidget(Label(check_in.text, Role.BODY, "text_2", wrap=True))
        self.column.addSpacing(2)
        # Where the words are longer they go on in a second row.
        buttons = FlowLayout(spacing=4)
        self.column.addLayout(buttons)
        for words, kind, said, slot in (
            ("Log check-in", "secondary", f"Log a check-in with {name}", self._on_log),
            (check_in.action, "quiet", f"{check_in.action}, {name}", self._on_open),
            ("Why?", "quiet", f"Why {name} needs a check-in", self._on_why),
            ("Not now", "quiet", f"Not now: put off the check-in with {name} for a week", self._on_later),
        ):
            button = Button(words, kind, small=True)
            button.setAccessibleName(said)
            button.setToolTip(said)
            button.clicked.connect(slot)
            buttons.addWidget(button)

    @Slot()
    def _on_log(self) -> None:
        self._card.check_in_wanted.emit(self._check_in.row.account_id)

    @Slot()
    def _on_open(self) -> None:
        self._card.account_opened.emit(self._check_in.row.account_id, self._check_in.tab)

    @Slot()
    def _on_why(self) -> None:
        self._card.why_wanted.emit(self, self._check_in)

    @Slot()
    def _on_later(self) -> None:
        self._card.put_off_wanted.emit(self._check_in)


class NewsRow(QWidget):
    """A piece of good news with its account, and the words for the customer to copy."""

    def __init__(self, news: GoodNews, card: CheckInCard) -> None:
        super().__init__()
        self._news = news
        self._card = card
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        sign = StatusText("", "good", "check-circle")
        sign.setFixedWidth(_SIGN)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        name = _Name(news.name)
        name.setAccessibleName(f"Open {news.name}")
        name.clicked.connect(self._on_open)
        if news.say:
            copy = Button("Copy words", "quiet", small=True)
            copy.setToolTip(f"What you could say to {news.name}:\n{news.say}")
            copy.setAccessibleName(f"Copy what you could say to {news.name}")
            copy.clicked.connect(self._on_copy)
            column.addWidget(_Head(name, copy))
        else:
            column.addWidget(name)
        column.addWidget(Label(news.sentence, Role.BODY, "text_2", wrap=True))

    @Slot()
    def _on_open(self) -> None:
        self._card.account_opened.emit(self._news.account_id, self._news.tab)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._news.say)
        self._card.copied.emit(self._news.say)
