"""An account's health: the score, what each factor adds to it, and what would raise it fastest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.askable import Askable, askable
from convergedesk.desktop.charts.spark import Spark
from convergedesk.desktop.pages.account.health_words import BANDS
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.badge import Badge, StatusText
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.paint import paint_bar
from convergedesk.desktop.widgets.spark_view import SparkView
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.cells import TextLine, paint_line
from convergedesk.figures.wording import day, number

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.account_figures import HealthFactor, HealthFigure
    from convergedesk.figures.why import Why
    from convergedesk.workspace.account_figures import HealthDay

FACTORS = 6
_HEALTHY_FROM = 75.0
_ROW = 22
_NARROW = 300
_TITLE, _BAR, _POINTS, _GAP = 116, 84, 26, 8


class HealthCard(Card):
    """Six factors on one scale. The score and every factor answer 'Why?'."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Health", link="How it is scored", parent=parent)
        self._health: HealthFigure | None = None
        self._part = ""
        self.score = Label("", Role.SECTION)
        self.trend = StatusText("", "text_3", "")
        self.band = Badge("")
        for widget in (self.band, self.trend, self.score):
            self.add_to_title(widget)
        self.history = SparkView()
        self._context = context
        self._asks_score = askable(self.score, self._why, context=context)
        self.link_clicked.connect(self._asks_score.open)
        self.rows = [FactorRow(self._why_factor, context) for _ in range(FACTORS)]
        self._foot = Label("", Role.LABEL, "text_3", wrap=True)
        content = QWidget()
        self._content = content
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for row in self.rows:
            column.addWidget(row)
        column.addSpacing(4)
        column.addWidget(Separator())
        column.addSpacing(2)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._foot, 1)
        foot.addWidget(self.history, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        column.addStretch(1)
        self._empty = EmptyState("heartbeat", "No health yet")
        self._empty.hide()
        self.add(content, 1)
        self.add(self._empty, 1)
        self.clear()

    def clear(self) -> None:
        """Another account's is being read."""
        self._health = None
        self._show_head(None)
        for row in self.rows:
            row.set_factor(None)
        self._foot.setText("")
        self._empty.hide()
        self._content.show()

    def set_health(
        self, health: HealthFigure | None, history: Sequence[HealthDay], part: str = "", note: str = ""
    ) -> None:
        """Show a score with its course.

        Args:
            health: The score, or None while it was never computed.
            history: Its course.
            part: How the ids of its figures name the account.
            note: How old it is while it is computed anew.
        """
        self._health, self._part = health, part
        known = health is not None and health.score is not None
        self._content.setVisible(known)
        self._empty.setVisible(not known)
        self._show_head(health if known else None)
        if health is None or not known:
            what = "It is being computed." if health is None else missing_words(health.factors)
            self._empty.set_empty("No health yet", what)
            self.history.set_spark(None)
            return
        for row, factor in zip(self.rows, health.factors, strict=False):
            row.set_factor(factor)
        self._foot.setText(" ".join(words for words in (_foot(health), note) if words))
        scores = _scores(health, history)
        self.history.set_spark(Spark(tuple(score for _, score in scores)) if len(scores) > 1 else None)
        course = _course(scores, len({one.method for one in history}))
        self.history.setToolTip(course)
        self.history.setAccessibleName(course)
        self._show_history()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_history()

    def _show_history(self) -> None:
        """Show the course where it is known, and the trend where the head has room for it."""
        self.history.setVisible(bool(self.history.toolTip()))
        self.trend.setVisible(bool(self.trend.text()) and self.width() >= theme().px(_NARROW))

    def _show_head(self, health: HealthFigure | None) -> None:
        for widget in (self.score, self.trend, self.band, self.history):
            widget.setVisible(health is not None)
        self.set_link("How it is scored" if health is not None else "")
        if health is None or health.score is None:
            return
        self.score.setText(f"{round(health.score)}")
        self.score.setAccessibleName(f"Health {round(health.score)} of 100")
        band = health.band or "watch"
        self.band.set_badge(band[:1].upper() + band[1:], *BANDS[band])
        change = health.change
        self.trend.setVisible(change is not None)
        if change is not None and health.before_on is not None and health.as_of is not None:
            since = near_day(health.before_on, health.as_of)
            points = round(change)
            tone, arrow = ("good", "trend-up") if points > 0 else ("critical", "trend-down")
            if points:
                self.trend.set_status(f"{abs(points)} since {since}", tone, arrow)
            else:
                self.trend.set_status(f"as on {since}", "text_3", "")

    def _why(self) -> Why | None:
        from convergedesk.figures.account_words import why_health

        return None if self._health is None else why_health(self._health, self._part)

    def _why_factor(self, factor: HealthFactor) -> Why | None:
        from convergedesk.figures.account_words import why_factor

        return None if self._health is None else why_factor(self._health, factor.factor, self._part)


class FactorRow(QWidget):
    """One factor: name, bar, points and the reason; it answers 'Why?'."""

    def __init__(
        self,
        explain: Callable[[HealthFactor], Why | None],
        context: PageContext | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Empty until `set_factor`."""
        super().__init__(parent)
        self._explain = explain
        self.factor: HealthFactor | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._asks: Askable = askable(self, self._why, context=context)
        self.set_factor(None)

    def set_factor(self, factor: HealthFactor | None) -> None:
        """Show a factor, or nothing."""
        self.factor = factor
        self._asks.set_enabled(enabled=factor is not None)
        if factor is not None:
            points = "not known" if factor.points is None else f"{round(factor.points)} of 100"
            reason = factor.sentence if factor.points is not None else factor.missing
            self.setAccessibleName(f"{factor.title}, {points}: {reason}")
            more = f" {factor.raise_by}" if factor.raise_by else ""
            self.setToolTip(f"{reason}.{more}" if factor.points is not None else reason)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, theme().px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        factor = self.factor
        if factor is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = float(self.height())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        title = float(theme().px(_TITLE))
        paint_line(painter, QRectF(0, 0, title, height), TextLine(factor.title, Role.BODY, "text_2"))
        bar = QRectF(title + _GAP, 0, min(theme().px(_BAR), self.width() * 0.18), height)
        points = factor.points
        good = points is not None and points >= _HEALTHY_FROM
        paint_bar(painter, bar, (points or 0.0) / 100, "usage" if good else "warning_fill")
        figure = QRectF(bar.right() + _GAP, 0, theme().px(_POINTS), height)
        said = "–" if points is None else f"{round(points)}"
        tone = "text_3" if points is None else "text"
        paint_line(painter, figure, TextLine(said, Role.STRONG, tone), right=True)
        left = figure.right() + _GAP + 2
        reason = factor.sentence if points is not None else factor.missing
        room = QRectF(left, 0, self.width() - left, height)
        paint_line(painter, room, TextLine(reason, Role.LABEL, "text_3"))

    def _why(self) -> Why | None:
        return None if self.factor is None else self._explain(self.factor)


def missing_words(factors: Sequence[HealthFactor]) -> str:
    """What would bring a score."""
    return " ".join(dict.fromkeys(one.missing for one in factors if one.missing))


def _foot(health: HealthFigure) -> str:
    known = FACTORS - len(health.missing)
    who = "Six factors" if known == FACTORS else f"The {known} of six factors that are known"
    base = f"{who} count equally."
    if not health.way_up or health.way_up_points is None:
        return base
    points = number(round(health.way_up_points, 1 if health.way_up_points < 1 else 0))
    return f"{base} Fastest way up: {health.way_up}, +{points}."


def _scores(health: HealthFigure, history: Sequence[HealthDay]) -> list[tuple[date, float]]:
    """The scores by day; the earlier one that the figure itself knows goes before those that were kept."""
    known = {one.day: one.score for one in history}
    if health.as_of is not None and health.score is not None:
        known[health.as_of] = health.score
    if health.before is not None and health.before_on is not None:
        known.setdefault(health.before_on, health.before)
    return sorted(known.items())


def _course(scores: Sequence[tuple[date, float]], methods: int) -> str:
    if len(scores) < 2:
        return ""
    (first, before), (last, now) = scores[0], scores[-1]
    note = " The method changed in between." if methods > 1 else ""
    return f"Health over time: {round(before)} on {day(first)}, {round(now)} on {day(last)}.{note}"
