"""One spelling of numbers, money and time on all screens."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from convergedesk.desktop import formats
from convergedesk.domain.money import Money

THIN = formats.THIN
MINUS = formats.MINUS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234.5, "1,234.5"),
        (97.4, "97.4"),
        (-2.25, f"{MINUS}2.25"),
        (-0.001, "0"),
        (float("nan"), formats.DASH),
    ],
)
def test_numbers_have_separators_and_a_true_minus(value: float, text: str) -> None:
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (941, "941"),
        (12.34, "12.3"),
        (999.7, "1.00k"),
        (168_000, "168k"),
        (2_357_000, f"2.36{THIN}M"),
        (-1_900_000, f"{MINUS}1.90{THIN}M"),
        (3.2e9, f"3.20{THIN}bn"),
    ],
)
def test_compact_numbers_keep_three_digits(value: float, text: str) -> None:
    assert formats.compact(value) == text


def test_percent_is_set_off_and_signed_on_request() -> None:
    assert formats.percent(-0.31) == f"{MINUS}31{THIN}%"
    assert formats.percent(0.05, signed=True) == f"+5{THIN}%"
    assert formats.percent(0.0, signed=True) == f"0{THIN}%"


@pytest.mark.parametrize(
    ("amount", "exact", "rounded"),
    [
        (Money(486000, "EUR"), "€4,860", "€4.86k"),
        (Money(486050, "USD"), "$4,860.50", "$4.86k"),
        (Money(-120000, "GBP"), f"{MINUS}£1,200", f"{MINUS}£1.20k"),
        (Money(1200, "CHF"), f"CHF{THIN}12", f"CHF{THIN}12"),
        (Money(1_260_000, "JPY"), "¥1,260,000", f"¥1.26{THIN}M"),
    ],
)
def test_money_follows_its_currency(amount: Money, exact: str, rounded: str) -> None:
    assert formats.money(amount) == exact
    assert formats.money_rounded(amount) == rounded


def test_days_leave_out_the_year_only_beside_the_same_year() -> None:
    assert formats.day(date(2026, 10, 21)) == "21 Oct 2026"
    assert formats.day(date(2026, 10, 21), date(2026, 12, 10)) == "21 Oct"
    assert formats.day(date(2025, 10, 21), date(2026, 12, 10)) == "21 Oct 2025"


def test_moments_are_told_in_the_accounts_zone() -> None:
    instant = datetime(2026, 10, 21, 22, 30, tzinfo=UTC)
    assert formats.moment(instant, formats.zone("Europe/Berlin"), date(2026, 12, 1)) == "22 Oct 00:30"
    assert formats.moment(instant, formats.zone("Nowhere/Atlantis")) == "21 Oct 2026 22:30"


def test_days_between_counts_the_accounts_own_midnights() -> None:
    opened = datetime(2026, 10, 21, 21, 30, tzinfo=UTC)
    closed = datetime(2026, 10, 21, 22, 30, tzinfo=UTC)
    assert formats.days_between(opened, closed) == 0
    assert formats.days_between(opened, closed, formats.zone("Europe/Berlin")) == 1


@pytest.mark.parametrize(
    ("n", "text"),
    [(0, "0 min"), (22, "22 min"), (60, "1 h"), (185, "3 h 05 min"), (1440, "1 day"), (3120, "2 days 4 h")],
)
def test_minutes_grow_into_hours_and_days(n: int, text: str) -> None:
    assert formats.minutes(n) == text


def test_time_left_and_sizes() -> None:
    assert formats.time_left(1) == "about 5 s left"
    assert formats.time_left(61) == "2 min left"
    assert formats.file_size(2048) == "2 KB"
    assert formats.file_size(14_200_000) == "14 MB"
    assert formats.file_size(1_420_000) == "1.4 MB"
    assert formats.count(1, "row") == "1 row"
    assert formats.count(4218, "row") == "4,218 rows"
