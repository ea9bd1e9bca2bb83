"""What the sample's billing knows: subscriptions, invoices and their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.money import Money
from convergedesk.domain.records import InvoiceLineRecord, InvoiceRecord, Origin, SubscriptionRecord
from convergedesk.workspace.sample.billing import InvoicePlan, account_invoices
from convergedesk.workspace.sample.contracts import ContractPlan, contracts_of
from convergedesk.workspace.sample.plan import AccountPlan
from convergedesk.workspace.sample.spec import LAST_DAY
from convergedesk.workspace.sample.world import World


@dataclass(frozen=True, slots=True)
class NumberedInvoice:
    """An invoice with the number that is printed on it."""

    number: str
    plan: InvoicePlan


def numbered_invoices(world: World) -> tuple[NumberedInvoice, ...]:
    """Every invoice by day of issue; numbers count within the billed month."""
    plans = [
        plan
        for account in world.accounts
        for plan in account_invoices(account, world.blocks(account), world.spec)
    ]
    plans.sort(key=lambda plan: (plan.issued_on, plan.account.number))
    counts: dict[tuple[str, str], int] = {}
    found: list[NumberedInvoice] = []
    for plan in plans:
        kind = "CRN" if plan.state is InvoiceState.CREDIT else "INV"
        month = f"{plan.period_start:%y%m}"
        # The months' first numbers belong to customers who are not in this workspace.
        start = 3 if kind == "CRN" else 28 + int(month) % 7
        count = counts.get((kind, month), start) + 1
        counts[kind, month] = count
        found.append(NumberedInvoice(f"{kind}-{month}-{count:03d}", plan))
    return tuple(found)


def invoice_records(invoices: tuple[NumberedInvoice, ...]) -> Iterator[InvoiceRecord]:
    """The heads of the invoices."""
    for line, invoice in enumerate(invoices, start=2):
        plan = invoice.plan
        yield InvoiceRecord(
            Origin(line),
            invoice.number,
            plan.account.billing_key,
            plan.issued_on,
            plan.total,
            state=plan.state.value,
            period_start=plan.period_start,
            period_end=plan.period_end,
        )


def line_records(invoices: tuple[NumberedInvoice, ...]) -> Iterator[InvoiceLineRecord]:
    """The positions of the invoices, which add up to their totals."""
    line = 1
    for invoice in invoices:
        plan = invoice.plan
        for position, entry in enumerate(plan.lines, start=1):
            line += 1
            yield InvoiceLineRecord(
                Origin(line),
                invoice.number,
                position,
                plan.account.billing_key,
                entry.description,
                entry.amount,
                meter=entry.meter,
                quantity=entry.quantity,
                issued_on=plan.issued_on,
                period_start=plan.period_start,
                period_end=plan.period_end,
            )


def subscription_records(world: World) -> Iterator[SubscriptionRecord]:
    """One subscription a term; the running one states the recurring revenue of today."""
    line = 1
    for account in world.accounts:
        for contract in contracts_of(account, world.spec.first_day):
            if contract.amends is not None:
                continue
            line += 1
            left = (
                account.last_day
                if account.last_day is not None and account.last_day < contract.ends_on
                else None
            )
            yield SubscriptionRecord(
                Origin(line),
                f"sub_{account.key}_{contract.starts_on:%Y%m}",
                account.billing_key,
                contract.starts_on,
                ends_on=left or contract.ends_on,
                plan=f"{account.tier} {contract.starts_on.year}",
                mrr=_monthly(account, contract),
                seats=account.seats,
                billing_period="annual" if contract.commitment else "monthly",
                trial=account.lifecycle is Lifecycle.TRIAL,
                auto_renews=contract.ends_on > LAST_DAY and account.tier != "Strategic" and left is None,
            )


def _monthly(account: AccountPlan, contract: ContractPlan) -> Money:
    """A twelfth of the commitment, or the platform fee where nothing was promised."""
    if contract.commitment is not None:
        return Money.of((contract.commitment.amount.amount / 12).quantize(Decimal("0.01")), account.currency)
    return Money.of(0 if account.terms is None else account.terms.platform_fee, account.currency)
