"""The columns of the goals of all accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from convergedesk.desktop.goal_words import bar_value, measured_by, standing_words, value_text
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.pages.goals.list_filter import RANK
from convergedesk.desktop.phrases import near_day, until
from convergedesk.desktop.theme import Role, font
from convergedesk.desktop.widgets.bars import GoalValue
from convergedesk.desktop.widgets.paint import paint_bar
from convergedesk.desktop.widgets.table.cells import (
    AvatarCell,
    StatusCell,
    TextCell,
    TextLine,
    TwoLine,
    TwoLineCell,
    paint_line,
)
from convergedesk.figures.wording import day
from convergedesk.workspace.goal_list import AccountGoal

_DASH = "\N{EN DASH}"
_QUIET = TextCell(Role.BODY, "text_2")
_BAR = 14.0


class GoalBarCell:
    """A `GoalValue`: the bar over start and target."""

    def paint(self, painter: QPainter, rect: QRectF, value: GoalValue, *, right: bool) -> None:
        """See `Cell`."""
        words = QFontMetricsF(font(Role.CAPTION)).height()
        top = rect.center().y() - (_BAR + words) / 2
        bar = QRectF(rect.left(), top, rect.width(), _BAR)
        fill = "warning_fill" if value.behind else "usage"
        paint_bar(painter, bar, value.progress, fill, tick=value.expected)
        line = QRectF(rect.left(), top + _BAR, rect.width(), words)
        paint_line(painter, line, TextLine(value.start, Role.CAPTION, "text_3"))
        paint_line(painter, line, TextLine(value.target, Role.CAPTION, "text_3"), right=True)


def goal_columns(today: Callable[[], date]) -> tuple[Column[AccountGoal], ...]:
    """Goal, way, value, state and why, source and reporter, agreed, owner, due."""
    return (
        Column(
            key="title",
            title="Goal",
            text=lambda row: row.view.goal.title,
            value=lambda row: TwoLine(row.view.goal.title, row.account_name),
            cell=TwoLineCell(),
            sort_key=lambda row: (row.account_name.casefold(), row.view.goal.title.casefold()),
            tooltip=lambda row: f"{row.view.goal.title}\n{row.account_name}",
            header_tooltip="In the customer's words",
            width=250,
            min_width=150,
            stretch=4,
        ),
        Column(
            key="progress",
            title="Start to target",
            text=_way,
            value=_bar,
            cell=GoalBarCell(),
            sort_key=lambda row: row.view.progress,
            tooltip=lambda row: row.view.rule,
            header_tooltip="Share of the way from start to target",
            width=200,
            min_width=110,
            stretch=2,
        ),
        Column(
            key="current",
            title="Now",
            text=lambda row: _now(row) or "no value yet",
            value=lambda row: TextLine(_now(row) or _DASH, Role.STRONG if _now(row) else Role.BODY),
            cell=TextCell(),
            tooltip=lambda row: value_text(row.view.goal.current or 0.0, row.view.goal.unit),
            width=84,
            min_width=64,
        ),
        Column(
            key="standing",
            title="State",
            text=lambda row: standing_words(row.view).text,
            value=_standing,
            cell=StatusCell(),
            sort_key=lambda row: RANK[row.view.standing],
            tooltip=lambda row: row.view.rule,
            width=122,
            min_width=88,
        ),
        Column(
            key="reason",
            title="Why",
            text=lambda row: row.view.reason,
            cell=_QUIET,
            tooltip=lambda row: row.view.rule,
            header_tooltip="How far of the way from start to target, and what was to be expected by today",
            width=200,
            min_width=160,
            stretch=3,
        ),
        Column(
            key="source",
            title="Measured by, reported by",
            text=lambda row: f"{_source(row)}, {_reported(row, today())}",
            value=lambda row: TwoLine(_source(row), _reported(row, today()), "text_2"),
            cell=TwoLineCell(Role.BODY),
            width=170,
            min_width=90,
            stretch=2,
        ),
        Column(
            key="agreed_on",
            title="Agreed",
            text=lambda row: day(row.view.goal.agreed_on) if row.view.goal.agreed_on else "not agreed yet",
            value=lambda row: _day(row.view.goal.agreed_on, today()),
            cell=_QUIET,
            sort_key=lambda row: row.view.goal.agreed_on,
            width=92,
            min_width=84,
        ),
        Column(
            key="owner",
            title="Owner",
            text=lambda row: row.view.goal.owner or "no owner",
            value=lambda row: row.view.goal.owner or "",
            cell=AvatarCell(),
            tooltip=lambda row: row.view.goal.owner or "No owner",
            sort_key=lambda row: (row.view.goal.owner or "\uffff").casefold(),
            width=64,
            min_width=52,
        ),
        Column(
            key="due_on",
            title="Due",
            text=lambda row: day(row.view.goal.due_on) if row.view.goal.due_on else "no due day",
            value=lambda row: _day(row.view.goal.due_on, today()),
            cell=_QUIET,
            align="right",
            sort_key=lambda row: row.view.goal.due_on,
            tooltip=lambda row: until(row.view.goal.due_on, today()) if row.view.goal.due_on else "",
            width=112,
            min_width=100,
        ),
    )


def _bar(row: AccountGoal) -> GoalValue:
    goal, value = row.view.goal, bar_value(row.view)
    ends = "%" if goal.unit.strip() == "%" else ""
    return value._replace(start=value_text(goal.start, ends), target=value_text(goal.target, ends))


def _way(row: AccountGoal) -> str:
    value = bar_value(row.view)
    return f"{value.start}, {value.target}"


def _now(row: AccountGoal) -> str:
    goal = row.view.goal
    if goal.current is None:
        return ""
    return value_text(goal.current, "%" if goal.unit.strip() == "%" else "")


def _standing(row: AccountGoal) -> TextLine:
    words = standing_words(row.view)
    return TextLine(words.text, Role.LABEL_MEDIUM, words.tone, words.icon)


def _source(row: AccountGoal) -> str:
    if row.view.meter is None and row.view.goal.evidence:
        return row.view.goal.evidence
    told = measured_by(row.view)
    return told[:1].upper() + told[1:]


def _reported(row: AccountGoal, today: date) -> str:
    if row.view.meter is not None:
        return "measures itself"
    if not row.view.history:
        return "nobody reported a value"
    last = row.view.history[-1]
    return f"{last.reported_by}, {near_day(last.day, today)}"


def _day(value: date | None, today: date) -> str:
    return _DASH if value is None else near_day(value, today)
