"""What an account's overview reads of contracts and invoices agrees with what is read of them whole."""

from dataclasses import replace
from datetime import date

from convergedesk.domain.billing import Commitment, Contract, ContractId, InvoiceState, Ramp
from convergedesk.domain.money import Money
from convergedesk.store import billing, commitments, contracts, tables
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add, add_account, add_meter

START, END = date(2026, 4, 1), date(2027, 3, 31)


def test_committed_contracts_are_the_whole_ones_with_nothing_but_their_commitments(store: Store) -> None:
    acme, other = add_account(store, "Acme"), add_account(store, "Other")
    meter = add_meter(store, "calls")
    promise = Commitment(
        START,
        END,
        Money(120_000, "EUR"),
        meter_ids=(meter,),
        ramps=(Ramp(date(2026, 10, 1), Money(20_000, "EUR")),),
        rollover_share=0.25,
        prepaid=True,
    )
    later = Commitment(date(2026, 6, 1), END, Money(5, "USD"))
    for account, name, promised in (
        (acme, "Order form", (promise, later)),
        (acme, "Without a promise", ()),
        (other, "Another customer's", (promise,)),
    ):
        contract = Contract(ContractId(0), account, None, name, START, None, "EUR", commitments=promised)
        contracts.add(store, contract, now=NOW)
    whole = contracts.of_accounts(store, [acme])
    found = commitments.committed_contracts(store, [acme])
    assert found == tuple(one for one in whole if one.commitments)
    assert [one.name for one in found] == ["Order form"]
    assert commitments.committed_contracts(store, []) == ()


def test_invoice_heads_are_the_invoices_without_their_lines(store: Store) -> None:
    acme = add_account(store, "Acme")
    for number, issued, start in (
        ("I-1", date(2026, 5, 3), date(2026, 4, 1)),
        ("I-2", date(2026, 6, 3), None),
    ):
        invoice = add(
            store,
            tables.invoices,
            source="files",
            number=number,
            account_id=acme,
            issued_on=issued,
            period_start=start,
            total_minor=100,
            currency="EUR",
            state=InvoiceState.PAID,
        )
        add(
            store,
            tables.invoice_lines,
            invoice_id=invoice,
            position=1,
            description="Calls",
            amount_minor=100,
        )
    heads = commitments.invoice_heads(store, [acme])
    assert [head.number for head in heads] == ["I-2", "I-1"]
    assert heads == tuple(replace(one, lines=()) for one in billing.invoices_of(store, [acme]))
