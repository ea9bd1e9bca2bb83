from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.tiers import tier_price
from convergedesk.workspace.sample.billing import account_invoices, month_quantity, next_month
from convergedesk.workspace.sample.contracts import PriceBook, contracts_of
from convergedesk.workspace.sample.ledger import numbered_invoices, subscription_records
from convergedesk.workspace.sample.plan import AccountPlan
from convergedesk.workspace.sample.spec import LAST_DAY
from convergedesk.workspace.sample.world import World


def pace(world: World, account: AccountPlan) -> float:
    """Share of the running commitment billed over share of the billed months."""
    assert account.terms is not None
    start, promise = account.terms.starts_on, account.terms.commitments[0] * 100
    invoices = account_invoices(account, world.blocks(account), world.spec)
    billed = sum(i.total.minor_units for i in invoices if i.period_start >= start and i.total.minor_units > 0)
    return billed / promise / ((date(2026, 11, 30) - start).days / 365)


def by_key(world: World, key: str) -> AccountPlan:
    return next(account for account in world.accounts if account.key == key)


def test_every_line_is_the_months_usage_at_the_price_of_that_month(pilot: World) -> None:
    for account in pilot.accounts:
        book = PriceBook(contracts_of(account, pilot.spec.first_day))
        for invoice in account_invoices(account, pilot.blocks(account), pilot.spec):
            for line in invoice.lines:
                if line.meter is None or line.quantity is None:
                    continue
                used = month_quantity(
                    pilot.blocks(account), line.meter, invoice.period_start, invoice.period_end
                )
                assert line.quantity == Decimal(int(used))
                entry = book.price(line.meter, invoice.period_start)
                assert entry is not None
                charged = max(Decimal(0), line.quantity - book.included(line.meter, invoice.period_start))
                assert line.amount == tier_price(entry.model, entry.tiers, charged, account.currency)


def test_every_full_month_since_the_start_is_billed_once(pilot: World) -> None:
    months = [
        invoice.period_start
        for invoice in account_invoices(
            by_key(pilot, "kestrel"), pilot.blocks(by_key(pilot, "kestrel")), pilot.spec
        )
    ]
    expected = [date(2025, 1, 1)]
    while next_month(expected[-1]) <= date(2026, 11, 1):
        expected.append(next_month(expected[-1]))
    assert months == expected


def test_the_first_month_of_a_new_account_is_billed_by_the_day(pilot: World) -> None:
    quarry = by_key(pilot, "quarry")
    (invoice,) = account_invoices(quarry, pilot.blocks(quarry), pilot.spec)
    assert invoice.period_start == date(2026, 11, 21)
    assert invoice.lines[-1].description == "Platform fee, November 2026 (10 of 30 days)"
    assert invoice.lines[-1].amount.minor_units == 40_000
    assert invoice.total.currency == "USD"


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [("tindle", 0.7, 0.85), ("kestrel", 0.9, 1.0), ("fernhill", 1.15, 1.3), ("marlowe", 1.02, 1.12)],
)
def test_commitments_are_used_at_the_pace_of_the_story(
    pilot: World, key: str, low: float, high: float
) -> None:
    assert low <= pace(pilot, by_key(pilot, key)) <= high


def test_marlowes_price_falls_with_its_third_amendment(pilot: World) -> None:
    book = PriceBook(contracts_of(by_key(pilot, "marlowe"), pilot.spec.first_day))

    def third_tier(day: date) -> Decimal:
        entry = book.price("events_delivered", day)
        assert entry is not None
        return entry.tiers[2].unit_price

    assert third_tier(date(2026, 11, 30)) == Decimal("0.00115")
    assert third_tier(date(2026, 12, 1)) == Decimal("0.0011")


def test_amendments_name_the_contract_that_they_amend(pilot: World) -> None:
    contracts = contracts_of(by_key(pilot, "marlowe"), pilot.spec.first_day)
    known: set[str] = set()
    for contract in contracts:
        assert contract.amends is None or contract.amends in known
        known.add(contract.external_id)
    assert [contract.name.split(":")[0] for contract in contracts if contract.amends] == ["A1", "A2", "A3"]


def test_terms_follow_each_other_without_gaps(book: World) -> None:
    for account in book.accounts:
        bases = [c for c in contracts_of(account, book.spec.first_day) if c.amends is None]
        for earlier, later in pairwise(bases):
            assert later.starts_on - earlier.ends_on == timedelta(days=1)


def test_the_service_credit_is_a_credit_note_of_its_own(pilot: World) -> None:
    notes = [i for i in numbered_invoices(pilot) if i.plan.state is InvoiceState.CREDIT]
    assert [(i.number, i.plan.total.minor_units) for i in notes] == [("CRN-2610-004", -120_000)]


def test_invoices_are_issued_on_working_days_of_the_following_month(book: World) -> None:
    for invoice in numbered_invoices(book):
        if invoice.plan.state is not InvoiceState.CREDIT:
            assert invoice.plan.issued_on.weekday() < 5
            assert 0 < (invoice.plan.issued_on - invoice.plan.period_end).days <= 6


def test_one_subscription_runs_at_an_account_that_stays(book: World) -> None:
    running: dict[str, int] = {}
    for record in subscription_records(book):
        if record.ends_on is None or record.ends_on > LAST_DAY:
            key = str(record.account.external_id)
            running[key] = running.get(key, 0) + 1
    stays = {account.billing_key.external_id for account in book.accounts if account.last_day is None}
    assert running == dict.fromkeys(stays, 1)


def test_currencies_are_the_accounts_own(book: World) -> None:
    for invoice in numbered_invoices(book):
        assert {line.amount.currency for line in invoice.plan.lines} == {invoice.plan.account.currency}
    assert {account.currency for account in book.accounts} >= {"EUR", "GBP", "USD"}
