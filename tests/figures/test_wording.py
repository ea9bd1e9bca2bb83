"""Numbers and days read as the design system asks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.money import Money
from convergedesk.figures import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1,234.5"),
        (97.4, "97.4"),
        (0.05, "0.05"),
        (-31, "−31"),
        (0.0, "0"),
        (12.0, "12"),
        (-0.001, "0"),
        (float("nan"), "–"),
    ],
)
def test_number(value: float, text: str) -> None:
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2_360_000, "2.36\u202fM"),
        (168_000, "168k"),
        (20_100, "20.1k"),
        (9_994, "9,994"),
        (999_600, "1.00\u202fM"),
        (12_340_000, "12.3\u202fM"),
        (-1_260_000, "−1.26\u202fM"),
    ],
)
def test_short_number(value: float, text: str) -> None:
    assert wording.short_number(value) == text


def test_percent_has_a_true_minus_and_a_narrow_space() -> None:
    assert wording.percent(-0.31) == "−31\u202f%"
    assert wording.percent(0.04, signed=True) == "+4\u202f%"
    assert wording.percent(0.0, signed=True) == "0\u202f%"


def test_money_is_exact_and_short_money_is_rounded() -> None:
    assert wording.money(Money(486000, "EUR")) == "€4,860"
    assert wording.money(Money(486050, "EUR")) == "€4,860.50"
    assert wording.money(Money(-120000, "EUR")) == "−€1,200"
    assert wording.money(Money(12000, "JPY")) == "¥12,000"
    assert wording.money(Money(1200, "CHF")) == "CHF\u00a012"
    assert wording.short_money(Money(16_800_000, "EUR")) == "€168k"
    assert wording.short_money(Money(0, "USD")) == "$0"


def test_days_are_named_the_same_in_every_locale() -> None:
    assert wording.day(date(2026, 12, 10)) == "10 Dec 2026"
    assert wording.month(date(2026, 3, 1)) == "Mar 2026"


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_can_be_written(value: float) -> None:
    assert wording.number(value)
    assert wording.short_number(value)
    assert "-" not in wording.short_number(value)


def test_counts_take_the_plural() -> None:
    assert wording.count(1, "ticket") == "1 ticket"
    assert wording.count(4218, "ticket") == "4,218 tickets"
    assert wording.count(2, "company", "companies") == "2 companies"
