"""A traditional figure beside the one that shows value returned, a sentence, and a chart."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState

_CHART_HEIGHT = 300
_STORY_LINES = 44


class PairCard(Card):
    """One comparison of the Metrics page."""

    def __init__(self, old: str, new: str, chart_title: str, chart: QWidget) -> None:
        """`old` and `new` name the two figures."""
        super().__init__()
        self.old = KpiTile(old, small=True)
        self.new = KpiTile(new, small=True)
        self.chart = chart
        self._story = Label("", Role.BODY, "text_2", wrap=True)
        self._story.setMinimumHeight(theme().px(_STORY_LINES))
        self._story.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._note = Label("", Role.LABEL, "text_3")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(chart_title, Role.STRONG))
        head.addWidget(self._note, 1)
        self._empty = EmptyState("chart-line-up", "Not measured yet", "")
        room = QWidget()
        room.setMinimumHeight(theme().px(_CHART_HEIGHT))
        self._stack = QStackedLayout(room)
        self._stack.addWidget(chart)
        self._stack.addWidget(self._empty)
        self.add(_Two(self.old, self.new))
        self.add(self._story)
        self.body.addLayout(head)
        self.add(room, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def set_story(self, sentence: str, note: str) -> None:
        """The sentence under the figures, and the words beside the chart's title."""
        self._story.setText(sentence)
        self._note.setText(note)

    def show_chart(self, *, known: bool, missing: str) -> None:
        """Show the chart, or what is missing for it."""
        self._empty.set_empty("Not measured yet", missing)
        self._stack.setCurrentWidget(self.chart if known else self._empty)


class _Two(QWidget):
    """Two tiles in one outline, the traditional one on a quiet ground."""

    def __init__(self, left: KpiTile, right: KpiTile) -> None:
        super().__init__()
        self._left = left
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(left, 1)
        row.addWidget(Separator(vertical=True))
        row.addWidget(right, 1)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("inset"))
        painter.drawRoundedRect(QRectF(self._left.geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
