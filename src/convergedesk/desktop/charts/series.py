"""What a usage chart shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

_NOWHERE = date(2000, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class DaySeries:
    """Usage by day.

    Attributes:
        key: Name in code.
        name: Name at the end of the line.
        first_day: The day of `values[0]`.
        values: float64, one per day; NaN where nothing was reported. Shape (n,).
        unit: What one is, for the read-out; may be empty.
        total: True for the sum of the others, drawn stronger.
    """

    key: str
    name: str
    first_day: date
    values: NDArray[np.float64]
    unit: str = ""
    total: bool = False

    @property
    def start(self) -> int:
        """Ordinal of the first day."""
        return self.first_day.toordinal()

    @property
    def end(self) -> int:
        """Ordinal of the day after the last."""
        return self.start + len(self.values)

    def at(self, ordinal: int) -> float:
        """The value on a day, NaN outside the series."""
        index = ordinal - self.start
        return float(self.values[index]) if 0 <= index < len(self.values) else float("nan")

    def window(self, first: float, last: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Ordinals and values of the days between two places on the axis, with one more at either side."""
        lower = max(0, int(np.floor(first)) - self.start - 1)
        upper = max(lower, min(len(self.values), int(np.ceil(last)) - self.start + 2))
        values = self.values[lower:upper]
        return np.arange(len(values), dtype=np.float64) + (self.start + lower), values


@dataclass(frozen=True, slots=True)
class MonthSeries:
    """Usage that is known by month only, drawn as steps across each month.

    Attributes:
        key: Name in code.
        name: Name at the end of the line.
        first_month: The first of the month of `values[0]`.
        values: float64, one per month; NaN where nothing was reported. Shape (n,).
        unit: What one is, for the read-out; may be empty.
        total: True for the sum of the others, drawn stronger.
    """

    key: str
    name: str
    first_month: date
    values: NDArray[np.float64]
    unit: str = ""
    total: bool = False

    @property
    def starts(self) -> NDArray[np.float64]:
        """Ordinals of the first days of all months and of the month after the last. Shape (n + 1,)."""
        first = np.datetime64(self.first_month, "M")
        days = (first + np.arange(len(self.values) + 1)).astype("datetime64[D]")
        # Day 1 of the proleptic Gregorian calendar is ordinal 1; numpy counts from 1 Jan 1970.
        return days.astype(np.float64) + date(1970, 1, 1).toordinal()

    @property
    def start(self) -> int:
        """Ordinal of the first day of the first month."""
        return self.first_month.toordinal()

    @property
    def end(self) -> int:
        """Ordinal of the day after the last month."""
        return int(self.starts[-1])

    def at(self, ordinal: int) -> float:
        """The value of the month that a day lies in, NaN outside the series."""
        day = date.fromordinal(ordinal)
        index = (day.year - self.first_month.year) * 12 + day.month - self.first_month.month
        return float(self.values[index]) if 0 <= index < len(self.values) else float("nan")

    def window(self, first: float, last: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """First days and values of the months that overlap a part of the axis."""
        starts = self.starts
        inside = (starts[1:] > first) & (starts[:-1] < last)
        return starts[:-1][inside], self.values[inside]


Series = DaySeries | MonthSeries


@dataclass(frozen=True, slots=True)
class Band:
    """The expected range by day.

    Attributes:
        first_day: The day of index 0.
        low: Lower edge, float64, NaN where nothing is expected. Shape (n,).
        high: Upper edge. Shape (n,).
        name: What is printed above it.
    """

    first_day: date
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    name: str = "Expected range"

    def at(self, ordinal: int) -> tuple[float, float]:
        """Both edges on a day, NaN outside the band."""
        index = ordinal - self.first_day.toordinal()
        if not 0 <= index < len(self.low):
            return float("nan"), float("nan")
        return float(self.low[index]), float(self.high[index])

    def low_at(self, ordinals: NDArray[np.float64]) -> NDArray[np.float64]:
        """The lower edge on some days, NaN outside the band."""
        index = ordinals.astype(np.int64) - self.first_day.toordinal()
        inside = (index >= 0) & (index < len(self.low))
        return np.where(inside, self.low[np.clip(index, 0, len(self.low) - 1)], np.nan)


@dataclass(frozen=True, slots=True)
class Target:
    """A value to reach, such as a goal's target.

    Attributes:
        value: Where the line lies.
        label: What is printed on it.
        first_day: Where it begins; None for the chart's edge.
        last_day: Where it ends; None for the chart's edge.
    """

    value: float
    label: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Days with a name: a holiday, a release, a freeze, an outage.

    Attributes:
        first_day: First day.
        last_day: Last day, included.
        label: Printed at its top where there is room, and in the read-out.
        incident: True for something that was broken.
        kind: 'holiday', 'release' (a line where it starts), 'freeze' (hatched), 'outage' (an
            incident), or empty for plain shading.
    """

    first_day: date
    last_day: date
    label: str = ""
    incident: bool = False
    kind: str = ""

    @property
    def edges(self) -> tuple[float, float]:
        """Ordinals of its left and right edge."""
        return self.first_day.toordinal() - 0.5, self.last_day.toordinal() + 0.5

    def covers(self, ordinal: int) -> bool:
        """True on its days."""
        return self.first_day.toordinal() <= ordinal <= self.last_day.toordinal()


@dataclass(frozen=True, slots=True)
class Dip:
    """Days on which usage lay under what was expected.

    Attributes:
        first_day: Its onset.
        last_day: The last day under the range; None while it lasts.
        title: Such as '−31 % after #48213'; printed beside it where there is room.
        sub: A second, quieter line, such as its interval.
        restored: The day on which value was restored, marked on the line; None where it is not.
    """

    first_day: date
    last_day: date | None
    title: str = ""
    sub: str = ""
    restored: date | None = None

    def edges(self, last: float) -> tuple[float, float]:
        """Ordinals of its left and right edge; one that lasts reaches up to `last`."""
        end = last if self.last_day is None else self.last_day.toordinal() + 0.5
        return self.first_day.toordinal() - 0.5, end

    def covers(self, ordinal: int) -> bool:
        """True on its days."""
        after = self.last_day is not None and ordinal > self.last_day.toordinal()
        return self.first_day.toordinal() <= ordinal and not after


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected to come: a dashed line in its fan.

    Attributes:
        first_day: The day of index 0.
        middle: The forecast itself, float64, NaN where there is none. Shape (n,).
        low: Lower edge of the fan, NaN where it is not known. Shape (n,).
        high: Upper edge. Shape (n,).
        name: Printed at its end.
        likely: Words for the fan, such as 'likely 109k to 120k'; printed beneath the name.
    """

    first_day: date
    middle: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    name: str = "Forecast"
    likely: str = ""

    @property
    def start(self) -> int:
        """Ordinal of the first day."""
        return self.first_day.toordinal()

    @property
    def end(self) -> int:
        """Ordinal of the day after the last."""
        return self.start + len(self.middle)

    @property
    def days(self) -> NDArray[np.float64]:
        """Ordinals of all days. Shape (n,)."""
        return np.arange(self.start, self.end, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class TicketMark:
    """A ticket on the time axis.

    Attributes:
        day: When it was opened (or closed, or its value was restored).
        label: Its number as printed, such as '#48213'.
        title: What it is about, for the read-out.
        high: True for high priority.
        kind: 'opened', 'closed' or 'restored'.
        payload: Handed back by `ticket_clicked`, such as the ticket's id.
        rule: True for a dashed line from the sign up through the plot.
    """

    day: date
    label: str
    title: str = ""
    high: bool = False
    kind: str = "opened"
    payload: object = None
    rule: bool = False


@dataclass(frozen=True, slots=True)
class ChartData:
    """Everything in one usage chart. See `UsageChart.set_data`."""

    series: tuple[Series, ...] = ()
    previous: DaySeries | None = None
    band: Band | None = None
    targets: tuple[Target, ...] = ()
    spans: tuple[Span, ...] = ()
    tickets: tuple[TicketMark, ...] = ()
    dips: tuple[Dip, ...] = ()
    forecast: Forecast | None = None
    origin: date | None = None

    @property
    def first(self) -> int:
        """Ordinal of the first day with a series; an arbitrary one where there is none."""
        return min((one.start for one in self.series), default=_NOWHERE)

    @property
    def last(self) -> int:
        """Ordinal of the last day with a series or a forecast."""
        parts: tuple[Series | Forecast, ...] = self.series
        if self.series and self.forecast is not None:
            parts = (*self.series, self.forecast)
        return max((one.end - 1 for one in parts), default=_NOWHERE + 1)

    @property
    def by_month(self) -> bool:
        """True where nothing finer than months is shown."""
        return bool(self.series) and all(isinstance(one, MonthSeries) for one in self.series)


def ordinal_day(place: float) -> date:
    """The day nearest to a place on the axis."""
    return date.fromordinal(max(1, round(place)))


def days_between(first: date, last: date) -> list[date]:
    """All days from one to another, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
