"""Why a goal stands where it stands: the rule with its values, and the values over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from convergedesk.desktop.goal_words import measured_by, value_text
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.domain.goals import GoalTarget
from convergedesk.figures.account import GoalView
from convergedesk.figures.wording import count

_MOST = 12
_LEFT = Qt.AlignmentFlag.AlignLeft
_SIDES = (_LEFT, Qt.AlignmentFlag.AlignRight, _LEFT, _LEFT)


class GoalHistory(QWidget):
    """Folds out under a goal."""

    def __init__(
        self,
        view: GoalView,
        today: date,
        targets: Sequence[GoalTarget] = (),
        parent: QWidget | None = None,
    ) -> None:
        """The latest values are listed first; `targets` is what the target was, oldest first."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(Label(view.rule, Role.LABEL, "text_2", wrap=True, selectable=True))
        column.addWidget(Label(f"Measured by: {measured_by(view)}", Role.LABEL, "text_3", wrap=True))
        if view.history:
            column.addLayout(_values(view, today))
        if len(view.history) > _MOST:
            earlier = count(len(view.history) - _MOST, "earlier value")
            column.addWidget(Label(f"and {earlier}", Role.CAPTION, "text_3"))

        if len(targets) > 1:
            column.addWidget(Label("The target over time", Role.CAPTION_MEDIUM, "text_3"))
            for one in reversed(targets[-_MOST:]):
                column.addWidget(Label(_target(one, view.goal.unit, today), Role.LABEL, "text_2"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line"), 1))
        painter.setBrush(color("inset"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _target(one: GoalTarget, unit: str, today: date) -> str:
    due = "without a due day" if one.due_on is None else f"due {near_day(one.due_on, today)}"
    since = near_day(one.changed_at.astimezone().date(), today)
    return f"{value_text(one.target, unit)}, {due}, since {since}"


def _values(view: GoalView, today: date) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(3, 1)
    for column, title in enumerate(("Day", "Value", "Reported by", "Note")):
        head = Label(title, Role.CAPTION_MEDIUM, "text_3")
        grid.addWidget(head, 0, column, _SIDES[column])
    for line, one in enumerate(reversed(view.history[-_MOST:]), start=1):
        who = "usage meter" if one.reported_by == "meter" else one.reported_by
        grid.addWidget(Label(near_day(one.day, today), Role.LABEL, "text_2"), line, 0)
        grid.addWidget(Label(value_text(one.value, view.goal.unit), Role.LABEL_MEDIUM), line, 1, _SIDES[1])
        grid.addWidget(Label(who, Role.LABEL, "text_2"), line, 2)
        grid.addWidget(ElidedLabel(one.note, Role.LABEL, "text_3"), line, 3)
    return grid
