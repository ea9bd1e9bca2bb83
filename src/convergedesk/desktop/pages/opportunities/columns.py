"""The columns of the list of opportunities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.pages.opportunities.words import (
    KINDS,
    SURE,
    decision_line,
    evidence_words,
    likely_words,
    value_words,
)
from convergedesk.desktop.theme import Role, color
from convergedesk.desktop.widgets.table.cells import StatusCell, TextCell, TwoLine, TwoLineCell
from convergedesk.workspace.opportunities import Opportunity

_DOT = 3.5
_LINE = 1.75
_MARGIN = 5.0


class RangeMark(NamedTuple):
    """An estimated amount with its limits, as shares of the largest of the list.

    Attributes:
        low: Lower limit, 0 to 1.
        middle: The estimate.
        high: Upper limit.
        sure: False draws it hollow and grey.
    """

    low: float
    middle: float
    high: float
    sure: bool = True


class RangeCell:
    """A `RangeMark` on a line that begins at zero; None paints the zero line alone."""

    def paint(self, painter: QPainter, rect: QRectF, value: RangeMark | None, *, right: bool) -> None:
        """See `Cell`."""
        middle = rect.center().y()
        left, room = rect.left() + _MARGIN, rect.width() - 2 * _MARGIN
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line_strong"), 1))
        painter.drawLine(QLineF(left, middle - 8, left, middle + 8))
        if value is not None:
            tone = color("usage") if value.sure else color("text_3")
            painter.setPen(QPen(tone, _LINE))
            painter.drawLine(QLineF(left + value.low * room, middle, left + value.high * room, middle))
            painter.setBrush(tone if value.sure else color("surface"))
            painter.setPen(Qt.PenStyle.NoPen if value.sure else QPen(tone, _LINE))
            painter.drawEllipse(QPointF(left + value.middle * room, middle), _DOT, _DOT)
        painter.restore()


def opportunity_columns(
    largest: Callable[[str], float], today: Callable[[], date]
) -> tuple[Column[Opportunity], ...]:
    """What and whose, kind and how sure, evidence, decision, value with its interval.

    Args:
        largest: The largest upper limit of a currency, in minor units.
        today: The workspace's today.
    """
    return (
        Column(
            key="title",
            title="Opening",
            text=lambda row: f"{row.opening.title}, {row.opening.account}",
            value=lambda row: TwoLine(row.opening.title, _whose(row)),
            cell=TwoLineCell(),
            sort_key=lambda row: (row.opening.account.casefold(), row.opening.title.casefold()),
            tooltip=_tooltip,
            width=210,
            min_width=150,
            stretch=3,
        ),
        Column(
            key="kind",
            title="Kind and how sure",
            text=lambda row: f"{KINDS[row.opening.kind].text}, {SURE[row.opening.confidence]}",
            value=lambda row: TwoLine(KINDS[row.opening.kind].text, SURE[row.opening.confidence], "text_2"),
            cell=TwoLineCell(Role.BODY),
            sort_key=lambda row: row.opening.kind.value,
            tooltip=lambda row: SURE[row.opening.confidence],
            width=176,
            min_width=130,
            stretch=2,
        ),
        Column(
            key="evidence",
            title="Evidence",
            text=evidence_words,
            cell=TextCell(Role.LABEL, "text_2"),
            tooltip=evidence_words,
            width=220,
            min_width=120,
            stretch=4,
        ),
        Column(
            key="decision",
            title="Decided",
            text=lambda row: line.text if (line := decision_line(row, today())) else "not decided",
            value=lambda row: decision_line(row, today()),
            cell=StatusCell(),
            sort_key=lambda row: row.state.value,
            tooltip=lambda row: "" if row.decision is None else row.decision.reason,
            width=150,
            min_width=96,
            stretch=1,
        ),
        Column(
            key="interval",
            title="80 % interval",
            text=lambda row: likely_words(row.value),
            value=lambda row: _mark(row, largest),
            cell=RangeCell(),
            header_tooltip="Estimated a month, from zero; amounts of one currency share a scale",
            width=110,
            min_width=90,
        ),
        Column(
            key="value",
            title="A month",
            text=lambda row: f"{value_words(row)} {likely_words(row.value)}".strip(),
            value=_value,
            cell=TwoLineCell(),
            align="right",
            sort_key=lambda row: _weight(row, largest),
            descending_first=True,
            tooltip=lambda row: row.opening.basis if row.value else row.opening.missing,
            header_tooltip="Estimated value a month; the tooltip of a row says what it rests on",
            width=118,
            min_width=104,
        ),
    )


def _whose(row: Opportunity) -> str:
    return f"{row.opening.account} · {row.tier}" if row.tier else row.opening.account


def _tooltip(row: Opportunity) -> str:
    goal = f"\nServes the goal “{row.goal.title}”" if row.goal is not None else ""
    owner = f"\n{row.owner}" if row.owner else ""
    return f"{row.opening.title}\n{_whose(row)}{owner}{goal}"


def _value(row: Opportunity) -> TwoLine:
    if row.value is None:
        return TwoLine(value_words(row), "", "text_3")
    return TwoLine(value_words(row), likely_words(row.value))


def _weight(row: Opportunity, largest: Callable[[str], float]) -> tuple[float, int] | None:
    """Amounts of one currency are ranked among themselves: currencies stand in blocks."""
    if row.value is None:
        return None
    return largest(row.value.middle.currency), row.value.middle.minor_units


def _mark(row: Opportunity, largest: Callable[[str], float]) -> RangeMark | None:
    value = row.value
    if value is None:
        return None
    top = largest(value.middle.currency) or 1.0
    low, middle, high = (max(0.0, one.minor_units / top) for one in (value.low, value.middle, value.high))
    return RangeMark(low, middle, high, row.opening.confidence != "inconclusive")
