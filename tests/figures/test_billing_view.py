"""What was billed is what invoices say, and nothing is added across currencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    Invoice,
    InvoiceId,
    InvoiceLine,
    InvoiceState,
    Subscription,
    SubscriptionId,
)
from convergedesk.domain.money import Money
from convergedesk.domain.rates import ExchangeRate
from convergedesk.domain.usage import MeterId
from convergedesk.figures.billing_view import OTHER, billing_view, commitment_use, monthly_recurring

TODAY = date(2026, 12, 10)
ACCOUNT = AccountId(1)


def eur(major: int) -> Money:
    return Money(major * 100, "EUR")


def invoice(
    number: str, month: int, total: Money, *lines: InvoiceLine, state: InvoiceState = InvoiceState.PAID
) -> Invoice:
    issued = date(2026, month + 1, 3) if month < 12 else date(2027, 1, 3)
    return Invoice(
        InvoiceId(hash(number) % 1000),
        ACCOUNT,
        number,
        issued,
        date(2026, month, 1),
        None,
        total,
        state,
        lines,
    )


def subscription(mrr: Money | None, ends: date | None = None, *, trial: bool = False) -> Subscription:
    return Subscription(SubscriptionId(1), ACCOUNT, "S-1", "Pro", date(2026, 1, 1), ends, mrr, trial=trial)


def test_months_split_by_meter_and_what_no_line_explains_is_other() -> None:
    bill = invoice(
        "INV-1", 11, eur(100), InvoiceLine("Events", eur(70), MeterId(1)), InvoiceLine("Fee", eur(20))
    )
    view = billing_view([bill], [], [], {MeterId(1): "Events"}, today=TODAY)
    assert view.months[0].month == date(2026, 11, 1)
    assert view.months[0].by_meter == (("Events", eur(70)), (OTHER, eur(30)))
    assert view.months[0].total == eur(100)


def test_drafts_and_void_invoices_are_listed_but_not_billed() -> None:
    bills = [
        invoice("INV-1", 11, eur(100)),
        invoice("INV-2", 11, eur(50), state=InvoiceState.DRAFT),
        invoice("INV-3", 11, eur(50), state=InvoiceState.VOID),
    ]
    view = billing_view(bills, [], [], {}, today=TODAY)
    assert view.months[0].total == eur(100)
    assert len(view.invoices) == 3


def test_credit_notes_stay_apart() -> None:
    bills = [invoice("INV-1", 10, eur(100)), invoice("CRN-1", 10, eur(-12), state=InvoiceState.CREDIT)]
    (month,) = billing_view(bills, [], [], {}, today=TODAY).months
    assert month.total == eur(100)
    assert month.credits == eur(-12)


def test_another_currency_is_named_and_not_added() -> None:
    bills = [invoice("A", 10, eur(1)), invoice("B", 11, eur(1)), invoice("C", 11, Money(999, "USD"))]
    view = billing_view(bills, [], [], {}, today=TODAY)
    assert view.currency == "EUR"
    assert view.other_currencies == ("USD",)
    assert [m.total for m in view.months] == [eur(1), eur(1)]


def test_recurring_revenue_counts_what_runs_today() -> None:
    running = [subscription(eur(10)), subscription(eur(5)), subscription(eur(7), date(2026, 6, 30))]
    assert monthly_recurring([*running, subscription(eur(99), trial=True)], TODAY) == eur(15)
    assert monthly_recurring([*running, subscription(Money(1, "USD"))], TODAY) is None
    assert monthly_recurring([], TODAY) is None


def test_a_commitment_is_drawn_down_by_its_own_term_and_currency() -> None:
    term = Commitment(date(2026, 4, 1), date(2027, 3, 31), eur(1200))
    contract = Contract(
        ContractId(1), ACCOUNT, None, "Order", date(2026, 4, 1), None, "EUR", commitments=(term,)
    )
    bills = [
        invoice("before", 3, eur(500)),
        invoice("first", 4, eur(100)),
        invoice("later", 11, eur(200)),
        invoice("credit", 11, eur(-40), state=InvoiceState.CREDIT),
        invoice("other", 11, Money(1, "USD")),
    ]
    use = commitment_use([contract], bills, TODAY)
    assert use is not None
    assert use.billed == eur(300)
    assert use.used == 0.25
    assert round(use.term_elapsed(TODAY), 3) == round(254 / 365, 3)


def test_no_commitment_runs_after_its_last_day() -> None:
    term = Commitment(date(2025, 4, 1), date(2026, 3, 31), eur(1200))
    contract = Contract(
        ContractId(1), ACCOUNT, None, "Order", date(2025, 4, 1), None, "EUR", commitments=(term,)
    )
    assert commitment_use([contract], [], TODAY) is None


def test_several_currencies_are_counted_together_at_rates_stated_for_their_days_or_not_at_all() -> None:
    euros, dollars = invoice("1", 3, eur(100)), invoice("2", 4, Money(10_000, "USD"))
    bills = [euros, dollars]
    apart = billing_view(bills, [], [], {}, today=TODAY, reporting="EUR")
    assert apart.other_currencies
    assert apart.missing == ("USD",)
    rate = ExchangeRate("USD", "EUR", dollars.issued_on, Decimal("0.9"), "ECB")
    late = replace(rate, day=dollars.issued_on + timedelta(days=1))
    assert billing_view(bills, [], [], {}, today=TODAY, reporting="EUR", rates=[late]).missing == ("USD",)
    together = billing_view(bills, [], [], {}, today=TODAY, reporting="EUR", rates=[rate, late])
    assert sum(month.total.minor_units for month in together.months) == 19_000
    assert (together.currency, together.other_currencies, together.rates) == ("EUR", (), (rate,))
    assert together.invoices == apart.invoices
    # Without a reporting currency rates change nothing.
    assert billing_view(bills, [], [], {}, today=TODAY, rates=[rate]).other_currencies
