from dataclasses import replace
from datetime import date
from decimal import Decimal

from convergedesk.desktop.pages.account.billed_months import (
    billed_bars,
    billed_quarters,
    currency_words,
)
from convergedesk.desktop.pages.account.billing_columns import period_words
from convergedesk.domain.billing import Invoice, InvoiceState
from convergedesk.domain.money import Money
from convergedesk.domain.rates import ExchangeRate
from convergedesk.figures.account import BilledMonth, BillingView
from tests.desktop.account_book import invoice


def billing(*months: BilledMonth, currency: str = "EUR") -> BillingView:
    return BillingView(currency if months else None, months, (), (), (), (), None, None, None)


def month(number: int, *parts: tuple[str, int], currency: str = "EUR") -> BilledMonth:
    money = tuple((name, Money(units, currency)) for name, units in parts)
    total = Money(sum(units for _, units in parts), currency)
    return BilledMonth(date(2025 + (number - 1) // 12, (number - 1) % 12 + 1, 1), money, total, None)


def test_a_month_without_invoices_is_an_empty_bar_between_its_neighbours() -> None:
    bars = billed_bars(billing(month(4, ("Events", 100)), month(6, ("Events", 300))))
    assert bars is not None
    assert [(bar.label, bar.parts) for bar in bars.bars] == [
        ("Apr 2025", (100.0,)),
        ("May", (0.0,)),
        ("Jun", (300.0,)),
    ]
    assert bars.bars[1].title == "May 2025: nothing billed"


def test_small_meters_are_put_together_beyond_the_fourth() -> None:
    parts = [(f"Meter {n}", 1000 - n) for n in range(6)]
    bars = billed_bars(billing(month(4, *parts)))
    assert bars is not None
    assert bars.names == ("Meter 0", "Meter 1", "Meter 2", "Other meters")
    assert bars.bars[0].parts == (1000.0, 999.0, 998.0, 997.0 + 996.0 + 995.0)


def test_the_last_thirteen_months_are_shown_with_the_year_where_it_begins() -> None:
    bars = billed_bars(billing(*(month(n, ("Events", 100)) for n in range(1, 25))))
    assert bars is not None
    assert len(bars.bars) == 13
    assert [bar.label for bar in bars.bars][:3] == ["Dec 2025", "Jan 2026", "Feb"]


def test_bars_are_labelled_in_major_units_of_their_currency() -> None:
    euro = billed_bars(billing(month(4, ("Events", 11_840_000))))
    yen = billed_bars(billing(month(4, ("Events", 118_400), currency="JPY"), currency="JPY"))
    assert euro is not None
    assert yen is not None
    assert (euro.bars[0].text, euro.value_text(11_840_000)) == ("118k", "€118k")
    assert (yen.bars[0].text, yen.value_text(118_400)) == ("118k", "¥118k")


def test_without_invoices_there_is_nothing_to_draw() -> None:
    assert billed_bars(billing()) is None


def test_an_invoice_says_what_it_is_for() -> None:
    def words(start: date | None, end: date | None) -> str:
        whole = invoice(11, 1)
        plain = Invoice(
            whole.id, whole.account_id, "X", date(2026, 12, 3), start, end, whole.total, InvoiceState.OPEN
        )
        return period_words(plain)

    assert words(date(2026, 11, 1), date(2026, 11, 30)) == "November 2026"
    assert words(date(2026, 2, 1), date(2026, 2, 28)) == "February 2026"
    assert words(date(2026, 11, 10), date(2026, 11, 20)) == "10 Nov 2026 to 20 Nov 2026"
    assert words(None, None) == "Issued 3 Dec 2026"


def test_quarters_follow_the_fiscal_year() -> None:
    view = replace(billing(*(month(number, ("Events", 100)) for number in range(1, 8))), fiscal_month=2)
    bars = billed_quarters(view, date(2025, 7, 20))
    assert bars is not None
    # Quarters from November, February and May; January alone is in the first.
    assert [(bar.label, bar.parts) for bar in bars.bars] == [
        ("Q4 FY2025", (100.0,)),
        ("Q1 FY2026", (300.0,)),
        ("Q2 FY2026", (300.0,)),
    ]
    assert bars.bars[-1].title == "Q2 FY2026, so far"


def test_the_words_say_at_which_rates_or_why_something_is_left_out() -> None:
    rate = ExchangeRate("GBP", "EUR", date(2026, 10, 1), Decimal("1.08"), "ECB")
    together = replace(billing(month(1, ("Events", 100))), rates=(rate,))
    assert "GBP at 1.08 of 1 Oct 2026, stated by ECB" in currency_words(together)
    apart = replace(together, rates=(), other_currencies=("GBP",))
    assert currency_words(apart).endswith("GBP listed below only: no reporting currency is chosen")
    missing = replace(apart, missing=("GBP",), reporting="EUR")
    assert currency_words(missing).endswith("GBP listed below only: no rate to EUR is stated")
