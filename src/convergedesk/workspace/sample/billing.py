"""Invoices of the sample: every line is the month's usage priced by the contract of that month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.money import Money
from convergedesk.domain.month_names import MONTHS
from convergedesk.domain.tiers import tier_price
from convergedesk.domain.usage import Aggregation
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.contracts import PriceBook, contracts_of
from convergedesk.workspace.sample.plan import AccountPlan
from convergedesk.workspace.sample.spec import LAST_DAY, SampleSpec
from convergedesk.workspace.sample.usage import UsageBlock


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One position; fees have no meter."""

    description: str
    amount: Money
    meter: str | None = None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InvoicePlan:
    """An invoice or credit note before it has a number."""

    account: AccountPlan
    issued_on: date
    period_start: date
    period_end: date
    state: InvoiceState
    lines: tuple[LinePlan, ...]

    @property
    def total(self) -> Money:
        """The sum of the lines."""
        return Money(sum(line.amount.minor_units for line in self.lines), self.account.currency)


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit for service that fell short of what the contract promises."""

    account: str
    ticket: str
    issued_on: date
    amount: int


# Ten per cent of Marlowe's platform fee, under the cap of fifteen.
CREDITS = (Credit("marlowe", "48213", date(2026, 10, 30), 1_200),)


def month_starts(first_day: date, last_day: date) -> tuple[date, ...]:
    """The first days of the months that the span touches."""
    found: list[date] = []
    month = first_day.replace(day=1)
    while month <= last_day:
        found.append(month)
        month = next_month(month)
    return tuple(found)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_quantity(blocks: Sequence[UsageBlock], meter: str, start: date, end: date) -> float:
    """What an account and its sites used of a meter from `start` to `end`, both inclusive.

    Flows add up. Of stocks and people the highest day counts, site by site.
    """
    total = 0.0
    peak = PRODUCTS[meter].aggregation is Aggregation.MAX
    for block in blocks:
        low, high = (start - block.first_day).days, (end - block.first_day).days + 1
        for plan, row in zip(block.plan.meters, block.values, strict=True):
            days = row[max(0, low) : max(0, high)]
            if plan.key == meter and days.size and not np.all(np.isnan(days)):
                total += float(np.nanmax(days) if peak else np.nansum(days))
    return total


def account_invoices(
    plan: AccountPlan, blocks: Sequence[UsageBlock], spec: SampleSpec
) -> Iterator[InvoicePlan]:
    """Every invoice and credit note of an account, oldest first.

    A month is billed when it lies wholly within the usage that the workspace holds, or when
    the account began in it.
    """
    terms = plan.terms
    if terms is None:
        return
    book = PriceBook(contracts_of(plan, spec.first_day))
    began = plan.first_day or spec.first_day
    meters = list(dict.fromkeys(meter.key for site in plan.all_sites for meter in site.meters))
    for month in month_starts(spec.first_day, LAST_DAY):
        end = next_month(month) - timedelta(days=1)
        start = max(month, began)
        whole = month >= spec.first_day or began > spec.first_day
        if (
            end > LAST_DAY
            or start > end
            or not whole
            or (plan.last_day is not None and start > plan.last_day)
        ):
            continue
        lines = tuple(_lines(plan, book, blocks, meters, start, end, terms.platform_fee))
        if lines:
            yield InvoicePlan(plan, _issue_day(plan, end), start, end, _state(plan, end), lines)
    for credit in CREDITS:
        if credit.account == plan.key and credit.issued_on >= spec.first_day:
            yield _credit_note(plan, credit)


def _lines(
    plan: AccountPlan,
    book: PriceBook,
    blocks: Sequence[UsageBlock],
    meters: Sequence[str],
    start: date,
    end: date,
    fee: int,
) -> Iterator[LinePlan]:
    period = f"{MONTHS[start.month - 1]} {start.year}"
    for meter in meters:
        entry = book.price(meter, start)
        quantity = Decimal(int(month_quantity(blocks, meter, start, end)))
        if entry is None or not quantity:
            continue
        billed = max(Decimal(0), quantity - book.included(meter, start))
        amount = tier_price(entry.model, entry.tiers, billed, plan.currency)
        yield LinePlan(f"{PRODUCTS[meter].name}, {period}", amount, meter, quantity)
    if fee:
        days, whole = (end - start).days + 1, (end - start.replace(day=1)).days + 1
        part = "" if days == whole else f" ({days} of {whole} days)"
        yield LinePlan(f"Platform fee, {period}{part}", Money.of(Decimal(fee) * days / whole, plan.currency))


def _issue_day(plan: AccountPlan, end: date) -> date:
    # The second to the fourth of the next month, never at a weekend.
    day = end + timedelta(days=2 + plan.number % 3)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def _state(plan: AccountPlan, end: date) -> InvoiceState:
    if plan.terms is not None and plan.terms.prepaid:
        return InvoiceState.PAID
    unpaid = 2 if plan.number % 7 == 1 else 1
    months_ago = (LAST_DAY.year - end.year) * 12 + LAST_DAY.month - end.month
    return InvoiceState.OPEN if months_ago <= unpaid else InvoiceState.PAID


def _credit_note(plan: AccountPlan, credit: Credit) -> InvoicePlan:
    start = credit.issued_on.replace(day=1)
    line = LinePlan(f"SLA credit, #{credit.ticket}", -Money.of(credit.amount, plan.currency))
    end = next_month(start) - timedelta(days=1)
    return InvoicePlan(plan, credit.issued_on, start, end, InvoiceState.CREDIT, (line,))
