"""The axes of a usage chart: days beneath, round figures at the left."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg

from convergedesk.desktop.charts.marks import LANE
from convergedesk.desktop.charts.ticks import (
    day_text,
    day_ticks,
    month_ticks,
    value_step,
    value_text,
    value_ticks,
)
from convergedesk.desktop.theme import Role, color, font, theme

_PX_PER_DAY_TICK = 92
_PX_PER_VALUE_TICK = 56
_TEXT_HEIGHT = 22
_GAP = 8
_HALF_MONTH = 15


class _Axis(pg.AxisItem):
    """No tick marks, quiet text."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation=orientation, maxTickLength=0)
        self.enableAutoSIPrefix(enable=False)
        self.dress()

    def dress(self) -> None:
        """Take colours and fonts from the theme on screen."""
        self.setStyle(tickFont=font(Role.CAPTION), tickLength=0)
        self.setTextPen(color("text_3"))


class DayAxis(_Axis):
    """Names days, Mondays or months, whichever has room; leaves a lane for tickets above the text."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._ticks: tuple[int, ...] = ()
        self._months = False
        self.set_lane(shown=False)

    def dress(self) -> None:
        super().dress()
        self.setPen(color("axis"))

    def set_lane(self, *, shown: bool) -> None:
        """Leave room for tickets between the axis and its text, or not."""
        lane = round(LANE) if shown else 0
        self.setStyle(tickTextOffset=lane + _GAP)
        self.setHeight(lane + _GAP + theme().px(_TEXT_HEIGHT))

    def set_months(self, months: bool) -> None:
        """Name whole months in their middle, where nothing finer is shown."""
        self._months = months

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, Sequence[int]]]:
        wanted = max(2, int(size / theme().px(_PX_PER_DAY_TICK)))
        if not self._months:
            self._ticks = day_ticks(minVal, maxVal, wanted)
            return [(1.0, self._ticks)]
        self._ticks = month_ticks(minVal, maxVal, wanted)
        middles = [tick + _HALF_MONTH for tick in self._ticks]
        return [(1.0, [middle for middle in middles if middle < maxVal])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        shift = _HALF_MONTH if self._months else 0
        return [day_text(int(value - shift), self._ticks) for value in values]


class ValueAxis(_Axis):
    """Round figures without a line."""

    def __init__(self) -> None:
        super().__init__("left")
        self.setStyle(tickTextOffset=_GAP)

    def dress(self) -> None:
        super().dress()
        self.setPen(None)

    def ticks(self, low: float, high: float, height: float) -> tuple[float, ...]:
        """The values that are named, and on which the grid lies."""
        return value_ticks(low, high, self.wanted(height))

    @staticmethod
    def wanted(height: float) -> int:
        """How many figures have room in a height."""
        return max(2, min(6, int(height / theme().px(_PX_PER_VALUE_TICK))))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, Sequence[float]]]:
        ticks = self.ticks(minVal, maxVal, size)
        return [(value_step(maxVal - minVal, self.wanted(size)), ticks)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [value_text(value, spacing) for value in values]
