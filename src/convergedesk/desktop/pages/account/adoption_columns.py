"""The columns of the Adoption tab: every feature by month, and where it stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.pages.account.adoption_view import LOW, FeatureRow, FeatureState
from convergedesk.desktop.theme import Role, color, theme
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.table.cells import BadgeCell, TextCell, TextLine, TwoLine, TwoLineCell
from convergedesk.figures.wording import month, percent, short_money, short_number

_NOTHING = "–"
_MONTH_WIDTH, _SIDE = 44, 28
_FAINTEST = 0.10


STATES: dict[FeatureState, BadgeValue] = {
    FeatureState.IN_USE: BadgeValue("In use", "good", "check"),
    FeatureState.UNCLEAR: BadgeValue("Inconclusive", "neutral", "question"),
    FeatureState.REVIEW: BadgeValue("To look at", "neutral", "magnifying-glass"),
    FeatureState.UNDER_USED: BadgeValue("Under-used", "warning", "trend-down"),
    FeatureState.NOT_LATELY: BadgeValue("Not used lately", "warning", "clock"),
    FeatureState.NEVER: BadgeValue("Never adopted", "critical", "warning"),
}


class HeatCell:
    """A month as a square: the darker, the nearer to the feature's own peak."""

    def paint(self, painter: QPainter, rect: QRectF, value: float, *, right: bool) -> None:
        """See `Cell`: a share of the peak, NaN where nothing was reported."""
        side = min(float(theme().px(_SIDE)), rect.width(), rect.height() - 8)
        square = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if math.isnan(value):
            painter.setPen(color("text_3"))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "·")
            return
        if value <= 0.0:
            painter.setPen(QPen(color("line_strong"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            return
        fill = QColor(color("usage"))
        fill.setAlphaF(_FAINTEST + (1.0 - _FAINTEST) * min(value, 1.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(square, 4, 4)


def adoption_columns(months: Sequence[date]) -> tuple[Column[FeatureRow], ...]:
    """Name, one column a month, and where the feature stands."""
    return (
        Column(
            key="feature",
            title="Feature",
            text=lambda row: row.meter.name,
            value=lambda row: TwoLine(row.meter.name, _sub(row)),
            cell=TwoLineCell(),
            sort_key=lambda row: row.meter.name.casefold(),
            width=220,
            min_width=140,
            stretch=2,
        ),
        *(_month_column(position, day) for position, day in enumerate(months)),
        Column(
            key="lately",
            title="Last 28 days",
            text=lambda row: _units(row.meter.units_28),
            cell=TextCell(Role.BODY, "text_2"),
            align="right",
            sort_key=lambda row: row.meter.units_28,
            descending_first=True,
            width=96,
            min_width=80,
        ),
        Column(
            key="tier",
            title="Of tier's median",
            text=lambda row: _NOTHING if row.share is None else percent(row.share),
            value=_share,
            cell=TextCell(),
            align="right",
            sort_key=lambda row: row.share,
            header_tooltip="Units a month compared with the median of accounts of the same tier",
            width=112,
            min_width=90,
        ),
        Column(
            key="gap",
            title="Gap, a month",
            text=lambda row: _NOTHING if row.gap is None else short_money(row.gap.middle),
            cell=TextCell(Role.BODY, "text_2"),
            align="right",
            sort_key=lambda row: None if row.gap is None else row.gap.middle.minor_units,
            descending_first=True,
            header_tooltip="The gap to the tier's median at this account's contract price, estimated",
            width=104,
            min_width=84,
        ),
        Column(
            key="state",
            title="State",
            text=lambda row: STATES[row.state].text,
            value=lambda row: STATES[row.state],
            cell=BadgeCell(),
            sort_key=lambda row: list(STATES).index(row.state),
            descending_first=True,
            width=140,
            min_width=110,
        ),
    )


def _month_column(position: int, day: date) -> Column[FeatureRow]:
    name = month(day)

    def held(row: FeatureRow) -> float | None:
        return row.meter.months[position] if position < len(row.meter.months) else None

    def text(row: FeatureRow) -> str:
        units = held(row)
        if units is None:
            return f"{name}: not reported"
        share = f", {percent(units / row.peak)} of its peak" if row.peak > 0 else ""
        return f"{name}: {short_number(units)} {row.meter.unit}".rstrip() + share

    def value(row: FeatureRow) -> float:
        units = held(row)
        if units is None:
            return math.nan
        return units / row.peak if row.peak > 0 else 0.0

    return Column(
        key=f"month{position}",
        title=name.split()[0],
        text=text,
        value=value,
        cell=HeatCell(),
        tooltip=text,
        header_tooltip=name,
        width=_MONTH_WIDTH,
        min_width=26,
    )


def _sub(row: FeatureRow) -> str:
    entitled = {True: "in the contract", False: "not in the contract", None: "no contract says"}
    return " · ".join(part for part in (row.meter.unit, entitled[row.meter.entitled]) if part)


def _share(row: FeatureRow) -> TextLine:
    if row.share is None:
        return TextLine(_NOTHING, Role.BODY, "text_3")
    low = row.state in LOW
    return TextLine(percent(row.share), Role.STRONG if low else Role.BODY, "warning" if low else "text_2")


def _units(value: float | None) -> str:
    return _NOTHING if value is None else short_number(value)
