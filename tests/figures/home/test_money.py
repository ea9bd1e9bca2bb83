from datetime import date
from decimal import Decimal

from convergedesk.domain.briefs import MonthSoFar
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.domain.rates import ExchangeRate
from convergedesk.figures.home.figure import HomeFigure, book_of
from convergedesk.figures.home.money import money_figure
from tests.desktop.book import brief, row, snapshot

RATE = ExchangeRate("USD", "EUR", date(2026, 11, 1), Decimal("0.9"), "ECB")


def spent(number: int, accrued: int, forecast: int | None, currency: str = "EUR") -> PortfolioRow:
    month = MonthSoFar(currency, date(2026, 12, 1), date(2026, 12, 9), accrued, forecast, None, None)
    return row(number, f"Account {number}", brief=brief(spend=(month,)))


def figure(
    *rows: PortfolioRow, currency: str | None = None, rates: tuple[ExchangeRate, ...] = ()
) -> HomeFigure:
    return money_figure(book_of(snapshot(*rows, currency=currency, rates=rates)))


def test_what_is_accrued_is_added_with_its_forecast_and_never_called_billed() -> None:
    shown = figure(spent(1, 100_000, 400_000), spent(2, 50_000, 100_000))
    assert (shown.label, shown.value) == ("Accrued, month to date", "€1,500")
    assert shown.note == "not yet invoiced · forecast €5,000"
    assert (shown.share, shown.elapsed) == (0.3, 9 / 31)


def test_without_a_reporting_currency_currencies_stand_apart() -> None:
    shown = figure(spent(1, 100_000, None), spent(2, 50_000, None), spent(3, 20_000, None, "USD"))
    assert (shown.value, shown.status) == ("€1,500", "and $200")
    assert shown.why is not None
    assert "no reporting currency is chosen" in shown.why().caution


def test_other_currencies_are_added_at_the_stated_rate_which_is_named() -> None:
    shown = figure(spent(1, 100_000, None), spent(2, 20_000, None, "USD"), currency="EUR", rates=(RATE,))
    assert (shown.value, shown.status) == ("€1,180", "")
    assert shown.why is not None
    assert ("1 USD in EUR", "0.9, stated for 1 Nov 2026 by ECB") in shown.why().rows


def test_a_currency_without_a_stated_rate_stays_apart_and_is_named() -> None:
    rows = (spent(1, 100_000, None), spent(2, 20_000, None, "USD"), spent(3, 10_000, None, "GBP"))
    shown = figure(*rows, currency="EUR", rates=(RATE,))
    assert (shown.value, shown.status, shown.tone) == ("€1,180", "and £100, no rate stated", "warning")
    assert shown.why is not None
    assert shown.why().caution == "£100 stand apart: no rate from GBP to EUR is stated."


def test_a_rate_that_was_stated_later_is_not_used_for_what_was_billed_before() -> None:
    rows = (row(1, billed=Money(100_000, "EUR")), row(2, billed=Money(10_000, "USD")))
    late = ExchangeRate("USD", "EUR", date(2026, 12, 2), Decimal("0.9"), "ECB")
    assert figure(*rows, currency="EUR", rates=(late,)).value == "€1,000"
    assert figure(*rows, currency="EUR", rates=(RATE,)).value == "€1,090"


def test_without_priced_usage_the_last_billed_month_stands_there() -> None:
    old = row(3, billed=Money(1, "EUR"), billed_month=date(2026, 10, 1))
    shown = figure(row(1), row(2, billed=None, billed_month=None), old)
    assert (shown.label, shown.value) == ("Billed, November 2026", "€4,000")
    assert shown.note == "1 of 3 accounts invoiced"


def test_without_invoices_the_recurring_revenue_stands_there() -> None:
    shown = figure(row(billed=None, billed_month=None, mrr=Money(120_000, "USD")))
    assert (shown.label, shown.value) == ("Monthly recurring revenue", "$1,200")
    nothing = figure(row(billed=None, billed_month=None))
    assert (nothing.value, nothing.why) == ("–", None)
