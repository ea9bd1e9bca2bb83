"""Subscriptions, invoices and churn as billing stated them."""

from datetime import date
from decimal import Decimal

from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.money import Money
from convergedesk.store import billing, tables
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add, add_account, add_meter


def test_invoices_carry_their_lines_in_order(store: Store) -> None:
    account, meter = add_account(store, "Acme"), add_meter(store, "calls")
    for number, day in (("R-1", 1), ("R-2", 2)):
        invoice = add(
            store,
            tables.invoices,
            source="files",
            number=number,
            account_id=account,
            issued_on=date(2026, 3, day),
            total_minor=1050,
            currency="EUR",
            state=InvoiceState.OPEN,
        )
        for position, amount in ((2, 50), (1, 1000)):
            add(
                store,
                tables.invoice_lines,
                invoice_id=invoice,
                position=position,
                description=f"line {position}",
                amount_minor=amount,
                meter_id=meter if position == 1 else None,
                quantity=Decimal("12345678901234.000001") if position == 1 else None,
            )
    newest, oldest = billing.invoices_of(store, [account])
    assert (newest.number, oldest.number) == ("R-2", "R-1")
    assert newest.total == Money(1050, "EUR")
    assert [(line.description, line.amount, line.meter_id, line.quantity) for line in newest.lines] == [
        ("line 1", Money(1000, "EUR"), meter, Decimal("12345678901234.000001")),
        ("line 2", Money(50, "EUR"), None, None),
    ]


def test_a_subscription_may_have_no_price(store: Store) -> None:
    account = add_account(store, "Acme")
    shared = {"source": "files", "account_id": account}
    add(store, tables.subscriptions, **shared, external_id="S-1", starts_on=date(2026, 1, 1), trial=True)
    add(
        store,
        tables.subscriptions,
        **shared,
        external_id="S-2",
        starts_on=date(2026, 2, 1),
        mrr_minor=2786_00,
        currency="USD",
        auto_renews=False,
    )
    priced, trial = billing.subscriptions_of(store, [account])
    assert (priced.mrr, priced.trial, priced.auto_renews) == (Money(2786_00, "USD"), False, False)
    assert (trial.mrr, trial.trial, trial.auto_renews) == (None, True, None)


def test_what_a_whole_list_lacked_is_not_shown(store: Store) -> None:
    account = add_account(store, "Acme")
    shared = {"source": "files", "account_id": account, "gone_since": NOW}
    add(store, tables.subscriptions, **shared, external_id="S-1", starts_on=date(2026, 1, 1))
    add(store, tables.churn_events, **shared, external_id="C-1", day=date(2026, 1, 1))
    assert billing.subscriptions_of(store, [account]) == ()
    assert billing.churn_of(store, [account]) == ()


def test_churn_with_and_without_a_refund(store: Store) -> None:
    account = add_account(store, "Acme")
    shared = {"source": "files", "account_id": account}
    add(store, tables.churn_events, **shared, external_id="C-1", day=date(2025, 1, 1), feedback="too dear")
    add(
        store,
        tables.churn_events,
        **shared,
        external_id="C-2",
        day=date(2026, 1, 1),
        refund_minor=403,
        refund_currency="USD",
        reactivation=True,
    )
    latest, first = billing.churn_of(store, [account])
    assert (latest.refund, latest.reactivation) == (Money(403, "USD"), True)
    assert (first.refund, first.feedback) == (None, "too dear")
