"""Bars: a share, a job's progress, a goal between start and target, a commitment's pace."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.paint import IntervalValue, PacingValue, paint_bar, paint_interval
from convergedesk.desktop.widgets.spoken import BAR, PICTURE, speak_as

_BAR_HEIGHT = 14
_MINUTE_S = 60
_HOUR_S = 3600


class ShareBar(QWidget):
    """A 6 px bar that is filled to a share, with an optional tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty at first."""
        super().__init__(parent)
        self._share = 0.0
        self._tick: float | None = None
        self._fill = "usage"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        speak_as(self, BAR)

    def set_share(self, share: float, *, tick: float | None = None, warn: bool = False) -> None:
        """Fill to `share` (0 to 1); `tick` marks a share; `warn` fills in amber."""
        self._share = share
        self._tick = tick
        self._fill = "warning_fill" if warn else "usage"
        by_now = f", {tick:.0%} expected by now" if tick is not None else ""
        self.setAccessibleName(f"{share:.0%}{by_now}")
        self.update()

    def set_pacing(self, value: PacingValue) -> None:
        """Show how much of a commitment is used against its term."""
        self.set_share(value.used, tick=value.elapsed, warn=value.warn)

    def sizeHint(self) -> QSize:
        return QSize(120, _BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), QRectF(self.rect()), self._share, self._fill, tick=self._tick)


def time_left(seconds: float) -> str:
    """'2 min left', in the words of the progress line."""
    if seconds < _MINUTE_S:
        return "under a minute left"
    if seconds < _HOUR_S:
        return f"{round(seconds / _MINUTE_S)} min left"
    return f"{seconds / _HOUR_S:.1f} h left"


class ProgressBar(QWidget):
    """What a job does, how far it is and how long it still takes."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        """Nothing done yet."""
        super().__init__(parent)
        self._label = ElidedLabel(label, Role.LABEL, "text")
        self._figures = Label("", Role.LABEL, "text_3")
        self._bar = ShareBar()
        words = QHBoxLayout()
        words.addWidget(self._label, 1)
        words.addWidget(self._figures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(words)
        column.addWidget(self._bar)

    def set_progress(
        self, label: str, done: int, total: int | None, *, seconds_left: float | None = None
    ) -> None:
        """Show `done` of `total`; without a total the count alone is shown and the bar stays empty."""
        self._label.setText(label)
        if not total:
            self._figures.setText(f"{done:,} so far" if done else "")
            self._bar.set_share(0.0)
        else:
            share = min(1.0, done / total)
            left = f", {time_left(seconds_left)}" if seconds_left is not None and share < 1 else ""
            self._figures.setText(f"{share * 100:.0f}\u202f%{left}")
            self._bar.set_share(share)
        self.setAccessibleName(f"{label} {self._figures.text()}".strip())


class GoalValue(NamedTuple):
    """Where a goal stands.

    Attributes:
        progress: Share of the way from start to target, 0 to 1.
        expected: Share that should be behind us by now; None where the goal has no due date.
        start: The start as printed, such as 'start 91.2 %'.
        current: The present value as printed.
        target: The target as printed.
        behind: True where progress is behind what is expected.
    """

    progress: float
    expected: float | None
    start: str
    current: str
    target: str
    behind: bool = False


class GoalBar(QWidget):
    """The way from start to target, with start, present value and target beneath."""

    def __init__(self, value: GoalValue | None = None, parent: QWidget | None = None) -> None:
        """An empty bar without words until there is a value."""
        super().__init__(parent)
        self._bar = ShareBar()
        self._start = Label("", Role.CAPTION, "text_3")
        self._current = Label("", Role.CAPTION_STRONG, "text")
        self._target = Label("", Role.CAPTION, "text_3")
        words = QHBoxLayout()
        words.addWidget(self._start)
        words.addStretch(1)
        words.addWidget(self._current)
        words.addStretch(1)
        words.addWidget(self._target)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._bar)
        column.addLayout(words)
        if value is not None:
            self.set_goal(value)

    def set_goal(self, value: GoalValue) -> None:
        """Show where the goal stands."""
        self._bar.set_share(value.progress, tick=value.expected, warn=value.behind)
        self._start.setText(value.start)
        self._current.setText(value.current)
        self._target.setText(value.target)
        self.setAccessibleName(f"{value.start}, now {value.current}, {value.target}")


class IntervalMark(QWidget):
    """An effect with its interval around a zero line."""

    def __init__(self, value: IntervalValue | None = None, parent: QWidget | None = None) -> None:
        """Empty until there is a value."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        speak_as(self, PICTURE)
        self.set_interval(value)

    def set_interval(self, value: IntervalValue | None) -> None:
        """Show another effect, or none."""
        self._value = value
        words = "" if value is None else f"{value.middle:+.0%}, from {value.low:+.0%} to {value.high:+.0%}"
        inconclusive = value is not None and value.inconclusive
        self.setAccessibleName(f"{words}, inconclusive" if inconclusive else words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(110, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._value is not None:
            paint_interval(QPainter(self), QRectF(self.rect()), self._value)
