"""Money is exact, and two currencies never become one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergedesk.domain.money import Money, is_currency_code, minor_digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("12.345", "EUR", 1234),
        ("12.355", "EUR", 1236),
        ("1200", "JPY", 1200),
        ("1.234", "KWD", 1234),
    ],
)
def test_amounts_become_whole_minor_units_rounded_half_even(amount: str, currency: str, minor: int) -> None:
    assert Money.of(amount, currency).minor_units == minor


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_an_amount_survives_the_way_there_and_back(minor: int, currency: str) -> None:
    assert Money.of(Money(minor, currency).amount, currency) == Money(minor, currency)


def test_currencies_are_not_added() -> None:
    assert Money(1, "EUR") + Money(2, "EUR") == Money(3, "EUR")
    with pytest.raises(ValueError, match="without a rate"):
        _ = Money(1, "EUR") + Money(1, "USD")


def test_negation_keeps_the_currency() -> None:
    assert -Money(5, "GBP") == Money(-5, "GBP")
    assert Money(-1234, "EUR").amount == Decimal("-12.34")


def test_codes_and_digits_follow_iso_4217() -> None:
    assert is_currency_code("EUR")
    assert not is_currency_code("eur")
    assert [minor_digits(code) for code in ("EUR", "JPY", "BHD", "CLF")] == [2, 0, 3, 4]
