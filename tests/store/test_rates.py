"""Stated exchange rates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from convergedesk.domain.rates import ExchangeRate
from convergedesk.store import info, rates
from convergedesk.store.engine import Store
from tests.store.rows import NOW

RATE = ExchangeRate("EUR", "USD", date(2026, 10, 1), Decimal("1.0800000001"), "ECB")


def test_a_rate_keeps_its_digits_and_is_replaced_on_its_day(store: Store) -> None:
    later = replace(RATE, day=date(2026, 12, 1), rate=Decimal("1.1"))
    rates.state(store, later, now=NOW)
    rates.state(store, RATE, now=NOW)
    assert rates.list_rates(store) == (RATE, later)
    mended = replace(RATE, rate=Decimal("1.07"), source="Treasury")
    rates.state(store, mended, now=NOW)
    assert rates.list_rates(store) == (mended, later)
    rates.forget(store, "EUR", "USD", RATE.day)
    assert rates.list_rates(store) == (later,)


def test_nothing_is_reported_across_currencies_until_one_is_chosen(store: Store) -> None:
    assert info.read_info(store).currency is None
    rates.set_reporting_currency(store, "USD")
    assert info.read_info(store).currency == "USD"
