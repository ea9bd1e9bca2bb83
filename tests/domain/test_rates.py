"""Money of several currencies is added at stated, dated rates, or not at all."""

from datetime import date
from decimal import Decimal

from convergedesk.domain.money import Money
from convergedesk.domain.rates import ExchangeRate, convert, rate_on

OCTOBER = date(2026, 10, 1)
EURO_TO_DOLLAR = ExchangeRate("EUR", "USD", OCTOBER, Decimal("1.08"), "ECB")
LATER = ExchangeRate("EUR", "USD", date(2026, 12, 1), Decimal("1.10"), "ECB")
YEN_TO_DOLLAR = ExchangeRate("JPY", "USD", OCTOBER, Decimal("0.0067"), "ECB")
RATES = (EURO_TO_DOLLAR, LATER, YEN_TO_DOLLAR)


def test_a_rate_holds_from_its_day_until_the_next() -> None:
    assert rate_on(RATES, "EUR", "USD", date(2026, 9, 30)) is None
    assert rate_on(RATES, "EUR", "USD", OCTOBER) == EURO_TO_DOLLAR
    assert rate_on(RATES, "EUR", "USD", date(2026, 11, 30)) == EURO_TO_DOLLAR
    assert rate_on(RATES, "EUR", "USD", date(2027, 5, 1)) == LATER


def test_an_inverse_that_nobody_stated_is_not_made_up() -> None:
    assert rate_on(RATES, "USD", "EUR", OCTOBER) is None


def test_amounts_add_up_in_each_currencys_own_minor_unit() -> None:
    # 1,000.00 x 1.08 = 1,080.00; 12,345 yen x 0.0067 = 82.7115; and 5.00 as they are.
    found = convert(
        [Money(50_000, "EUR"), Money(50_000, "EUR"), Money(12_345, "JPY"), Money(500, "USD")],
        "USD",
        RATES,
        OCTOBER,
    )
    assert found.total == Money(108_000 + 8_271 + 500, "USD")
    assert found.rates == (EURO_TO_DOLLAR, YEN_TO_DOLLAR)


def test_without_a_rate_there_is_no_total_and_what_is_missing_is_named() -> None:
    found = convert([Money(1, "EUR"), Money(1, "CHF"), Money(1, "USD")], "USD", RATES, OCTOBER)
    assert found.total is None
    assert found.missing == ("CHF",)


def test_one_currency_needs_no_rate() -> None:
    assert convert([Money(1, "USD"), Money(2, "USD")], "USD", (), OCTOBER).total == Money(3, "USD")
    assert convert([], "USD", (), OCTOBER).total == Money(0, "USD")
