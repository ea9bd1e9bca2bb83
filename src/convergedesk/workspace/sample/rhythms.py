"""How the usage of a trade runs through the week and the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from convergedesk.workspace.sample.holidays import holidays


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The calendar of a trade.

    Attributes:
        weekdays: Monday to Sunday, mean 1 after scaling.
        season: (month, day, factor), joined by straight lines round the year.
        holiday: Factor of a public holiday.
    """

    weekdays: tuple[float, float, float, float, float, float, float]
    season: tuple[tuple[int, int, float], ...]
    holiday: float


_QUIET_YEAR_END = (
    (1, 1, 0.90),
    (1, 9, 1.0),
    (7, 1, 1.0),
    (8, 10, 0.95),
    (9, 5, 1.0),
    (12, 17, 1.0),
    (12, 27, 0.88),
)
OFFICE = Rhythm((1.05, 1.09, 1.08, 1.06, 0.98, 0.42, 0.36), _QUIET_YEAR_END, 0.45)
PLANT = Rhythm((1.04, 1.06, 1.06, 1.05, 1.00, 0.62, 0.50), _QUIET_YEAR_END, 0.55)
ALWAYS = Rhythm((1.01, 1.01, 1.01, 1.01, 1.00, 0.98, 0.97), ((1, 1, 0.98), (7, 1, 1.0), (12, 1, 1.0)), 0.94)
FREIGHT = Rhythm(
    (1.03, 1.06, 1.06, 1.05, 1.03, 0.90, 0.84),
    ((1, 1, 0.88), (1, 12, 0.97), (4, 1, 1.0), (8, 5, 0.97), (10, 1, 1.0), (12, 18, 1.02), (12, 27, 0.86)),
    0.74,
)
PAYMENTS = Rhythm(
    (0.99, 0.98, 0.99, 1.02, 1.09, 1.04, 0.89),
    ((1, 1, 0.97), (2, 1, 0.96), (6, 1, 1.0), (11, 20, 1.0), (11, 28, 1.05), (12, 14, 1.05), (12, 23, 1.09)),
    0.90,
)
RETAIL = Rhythm(
    (0.95, 0.93, 0.95, 0.98, 1.07, 1.16, 0.96),
    (
        (1, 1, 0.78),
        (1, 20, 0.66),
        (3, 1, 0.66),
        (6, 1, 0.68),
        (9, 1, 0.68),
        (10, 10, 0.70),
        (11, 1, 0.78),
        (11, 27, 1.06),
        (12, 9, 1.05),
        (12, 20, 1.10),
        (12, 27, 0.92),
    ),
    0.80,
)
SCHOOL = Rhythm(
    (1.13, 1.16, 1.15, 1.10, 0.96, 0.66, 0.84),
    (
        (1, 1, 0.70),
        (1, 12, 1.0),
        (6, 5, 1.0),
        (6, 25, 0.74),
        (8, 5, 0.72),
        (8, 24, 1.0),
        (12, 16, 1.0),
        (12, 24, 0.70),
    ),
    0.55,
)
TRAVEL = Rhythm(
    (0.88, 0.90, 0.95, 1.00, 1.12, 1.16, 0.99),
    (
        (1, 1, 0.98),
        (2, 1, 0.96),
        (5, 1, 1.08),
        (7, 15, 1.16),
        (9, 1, 1.08),
        (11, 5, 1.0),
        (12, 10, 1.0),
        (12, 28, 1.08),
    ),
    1.04,
)
ENERGY = Rhythm(
    (1.01, 1.02, 1.02, 1.02, 1.01, 0.97, 0.95),
    ((1, 15, 1.05), (4, 1, 0.99), (7, 1, 0.95), (10, 1, 0.98), (12, 9, 1.02)),
    0.95,
)
CLINIC = Rhythm((1.07, 1.09, 1.08, 1.06, 1.00, 0.88, 0.82), _QUIET_YEAR_END, 0.80)

BY_INDUSTRY: dict[str, Rhythm] = {
    "Education": SCHOOL,
    "Energy": ENERGY,
    "Food supply": PLANT,
    "Games": ALWAYS,
    "Healthcare": CLINIC,
    "Hospitality": TRAVEL,
    "Insurance": OFFICE,
    "Logistics": FREIGHT,
    "Manufacturing": PLANT,
    "Media": ALWAYS,
    "Mobility": PAYMENTS,
    "Payments": PAYMENTS,
    "Property": OFFICE,
    "Retail": RETAIL,
    "Software": OFFICE,
    "Telecoms": ALWAYS,
    "Textiles": PLANT,
    "Travel": TRAVEL,
    "Water": ENERGY,
}

# Days on which the vendor itself stood still for some hours, and what was caught up after.
OUTAGES: tuple[tuple[date, str, tuple[float, ...]], ...] = (
    (date(2025, 9, 16), "Delivery stood still for 3 hours", (0.84, 1.07)),
    (date(2026, 3, 18), "Delivery stood still for 5 hours", (0.76, 1.12, 1.04)),
)


@cache
def calendar_factors(rhythm: Rhythm, country: str, first_day: date, days: int) -> NDArray[np.float64]:
    """Weekday, season, holidays and outages as one factor a day, shape (days,), read-only."""
    weekdays = np.array(rhythm.weekdays) / np.mean(rhythm.weekdays)
    offsets = np.arange(days)
    factors = weekdays[(first_day.weekday() + offsets) % 7] * _season(rhythm, first_day, days)
    for year in range(first_day.year, first_day.year + days // 365 + 2):
        for day in holidays(country, year):
            at = (day - first_day).days
            if 0 <= at < days:
                # A holiday at the weekend moves nobody further than the weekend does.
                factors[at] *= min(1.0, rhythm.holiday / min(1.0, weekdays[day.weekday()]))
    for day, _, course in OUTAGES:
        at = (day - first_day).days
        for step, factor in enumerate(course):
            if 0 <= at + step < days:
                factors[at + step] *= factor
    factors.setflags(write=False)
    return factors


def _season(rhythm: Rhythm, first_day: date, days: int) -> NDArray[np.float64]:
    anchors = [
        ((date(2025, month, day) - date(2025, 1, 1)).days, factor) for month, day, factor in rhythm.season
    ]
    positions = [anchors[-1][0] - 365, *(at for at, _ in anchors), anchors[0][0] + 365]
    values = [anchors[-1][1], *(factor for _, factor in anchors), anchors[0][1]]
    of_year = [(first_day + timedelta(days=i)).timetuple().tm_yday - 1 for i in range(days)]
    return np.interp(np.array(of_year), positions, values)
