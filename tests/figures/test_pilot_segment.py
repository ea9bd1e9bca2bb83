"""The pilot is offered from what was billed, with reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.billing import BilledTotal
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.domain.rates import ExchangeRate
from convergedesk.figures.pilot_segment import PilotOffer, pilot_segment
from tests.desktop.book import row

MONTHS = (date(2025, 12, 1), date(2026, 11, 1))


def billed(account_id: int, euros: int, *, usage: int | None = None, currency: str = "EUR") -> BilledTotal:
    by_usage = euros if usage is None else usage
    return BilledTotal(
        AccountId(account_id), Money(euros * 100, currency), Money(by_usage * 100, currency), 3, True
    )


def offer(rows: list[PortfolioRow], bills: list[BilledTotal], **options: object) -> PilotOffer:
    return pilot_segment(rows, bills, months=MONTHS, **{"currency": None, **options})


ROWS = [row(AccountId(number), f"Account {number}") for number in range(1, 14)]


def test_the_ten_largest_come_first_with_figures() -> None:
    found = offer(ROWS, [billed(number, 1000 * number) for number in range(1, 14)])
    assert [one.account_id for one in found.candidates] == list(range(13, 3, -1))
    assert found.considered == 13
    assert found.total == Money(100_000 * sum(range(4, 14)), "EUR")
    assert "€13k billed" in found.candidates[0].reason
    assert "100" in found.candidates[0].reason
    assert "3 meters" in found.candidates[0].reason


def test_accounts_without_usage_in_their_bills_or_that_left_are_not_offered() -> None:
    rows = [ROWS[0], ROWS[1], replace(ROWS[2], lifecycle=Lifecycle.CHURNED)]
    found = offer(rows, [billed(1, 10), billed(2, 99, usage=0), billed(3, 99)])
    assert [one.account_id for one in found.candidates] == [1]


def test_sites_count_for_their_parent() -> None:
    rows = [replace(ROWS[0], sites=1), replace(ROWS[1], parent_id=AccountId(1)), ROWS[2]]
    found = offer(rows, [billed(1, 10), billed(2, 10), billed(3, 15)])
    assert [(one.account_id, one.billed.minor_units) for one in found.candidates] == [(1, 2000), (3, 1500)]
    assert "1 site counted in" in found.candidates[0].reason


def test_other_currencies_are_left_out_and_named_until_a_rate_is_stated() -> None:
    bills = [billed(1, 10), billed(2, 10), billed(3, 9, currency="GBP")]
    found = offer(ROWS[:3], bills)
    assert found.currency == "EUR"
    assert found.left_out == (("Account 3", "no rate from GBP to EUR is stated"),)
    rate = ExchangeRate("GBP", "EUR", date(2026, 10, 1), Decimal("1.2"), "ECB")
    found = offer(ROWS[:3], bills, rates=(rate,))
    assert found.candidates[0].billed == Money(1080, "EUR")
    assert found.rates == (rate,)


def test_without_bills_nothing_is_offered() -> None:
    found = offer(ROWS, [])
    assert found.candidates == ()
    assert found.total is None
