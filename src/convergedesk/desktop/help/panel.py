"""The panel that says what a page means."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.help.terms import TERMS
from convergedesk.desktop.help.topic import Topic
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea

QUESTION = "What does this mean?"


class HelpPanel(QWidget):
    """A page's explanation, the terms that stand on it, and where to read on.

    Signals:
        closed: The person has read enough.
        guide_wanted: The name of a page of the guide.
        tour_wanted: The person wants to be shown around.
        keys_wanted: The person wants the list of keys.
    """

    closed = Signal()
    guide_wanted = Signal(str)
    tour_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, topic: Topic, *, tour: bool, parent: QWidget | None = None) -> None:
        """`tour` offers to be shown around."""
        super().__init__(parent)
        self.topic = topic
        self.setAccessibleName(f"{QUESTION} {topic.title}. {' '.join(topic.explains)}")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        scroll = ScrollArea(self._text())
        scroll.scroll_by_keys(f"{QUESTION} {topic.title}")
        column.addWidget(scroll, 1)
        column.addWidget(Separator())
        column.addLayout(self._foot(tour=tour))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Label(QUESTION, Role.LABEL_MEDIUM, "text_3"), 1)
        close = IconButton("x", "Close")
        close.clicked.connect(self.closed)
        head.addWidget(close)
        return head

    def _text(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        # Room at the side for the bar that scrolls.
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(Label(self.topic.title, Role.FIGURE, wrap=True))
        for paragraph in self.topic.explains:
            column.addWidget(Label(paragraph, Role.BODY, "text_2", wrap=True))
        column.addSpacing(8)
        column.addWidget(Label("Terms on this page", Role.SECTION))
        for term in self.topic.terms:
            entry = QVBoxLayout()
            entry.setSpacing(2)
            entry.addWidget(Label(term, Role.STRONG, wrap=True))
            entry.addWidget(Label(TERMS[term], Role.BODY, "text_2", wrap=True))
            column.addLayout(entry)
        column.addStretch(1)
        return content

    def _foot(self, *, tour: bool) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setSpacing(4)
        guide = Button("Read on in the guide", "secondary", icon="book-open")
        guide.clicked.connect(self._on_guide)
        foot.addWidget(guide, 0, Qt.AlignmentFlag.AlignLeft)
        if tour:
            show = Button("Take the tour", "quiet", icon="compass")
            show.clicked.connect(self.tour_wanted)
            foot.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        keys = Button("Show all keys", "quiet", icon="keyboard")
        keys.clicked.connect(self.keys_wanted)
        foot.addWidget(keys, 0, Qt.AlignmentFlag.AlignLeft)
        return foot

    def _on_guide(self) -> None:
        self.guide_wanted.emit(self.topic.guide)
