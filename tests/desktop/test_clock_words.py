"""Instants in the account's days, and durations."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from convergedesk.desktop.clock_words import days_between, minutes, moment, time_left, zone_of


def test_moments_are_told_in_the_accounts_zone() -> None:
    instant = datetime(2026, 10, 21, 22, 30, tzinfo=UTC)
    assert moment(instant, zone_of("Europe/Berlin"), date(2026, 12, 1)) == "22 Oct 00:30"
    assert moment(instant, zone_of("Nowhere/Atlantis")) == "21 Oct 2026 22:30"
    assert zone_of("../etc/passwd") is UTC


def test_days_between_counts_the_zones_own_midnights() -> None:
    opened = datetime(2026, 10, 21, 21, 30, tzinfo=UTC)
    closed = datetime(2026, 10, 21, 22, 30, tzinfo=UTC)
    assert days_between(opened, closed, UTC) == 0
    assert days_between(opened, closed, zone_of("Europe/Berlin")) == 1


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (0, "0 min"),
        (22, "22 min"),
        (60, "1 h"),
        (185, "3 h 5 min"),
        (1440, "1 day"),
        (1470, "1 day"),
        (3120, "2 days 4 h"),
    ],
)
def test_minutes_grow_into_hours_and_days(total: int, text: str) -> None:
    assert minutes(total) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1, "about 5 s left"), (41, "about 45 s left"), (61, "2 min left"), (4200, "1 h 10 min left")],
)
def test_time_left_is_rounded_up(seconds: float, text: str) -> None:
    assert time_left(seconds) == text
