"""The made-up chart of the gallery."""

from __future__ import annotations

from datetime import date

import numpy as np

from convergedesk.desktop.charts.series import Band, DaySeries, TicketMark
from convergedesk.desktop.charts.usage_chart import UsageChart

_DAYS = 60
_DIP = slice(18, 25)


def made_up_chart() -> UsageChart:
    """A quarter with a dip, its expected range, the quarter before and two tickets."""
    noise = np.random.default_rng(7)
    first = date(2026, 10, 6)
    trend = np.linspace(2.22e6, 2.38e6, _DAYS)
    now = trend + noise.normal(0, 4e4, _DAYS)
    now[_DIP] = [2.05e6, 1.7e6, 1.53e6, 1.52e6, 1.52e6, 1.75e6, 2.1e6]
    before = np.linspace(2.1e6, 2.18e6, _DAYS) + noise.normal(0, 2.5e4, _DAYS)
    chart = UsageChart()
    chart.set_data(
        [DaySeries("now", "Now", first, now)],
        previous=DaySeries("before", "Q3", first, before),
        band=Band(first, trend - 1.6e5, trend + 1.6e5, ""),
        tickets=(
            TicketMark(date(2026, 10, 26), "high", high=True),
            TicketMark(date(2026, 11, 19), "other"),
        ),
    )
    return chart
