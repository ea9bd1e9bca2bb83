"""What was billed, by month and meter, and how a commitment is drawn down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from convergedesk.domain.billing import Contract, Invoice, InvoiceState, Subscription
from convergedesk.domain.fiscal import CALENDAR_YEAR
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.domain.rates import ExchangeRate, rate_on
from convergedesk.domain.terms import promised_on
from convergedesk.domain.usage import MeterId
from convergedesk.figures.account import BilledMonth, BillingView

OTHER = "Fees and other"
_NOT_BILLED = {InvoiceState.DRAFT, InvoiceState.VOID}


def is_billed(invoice: Invoice) -> bool:
    """True for what was really billed: no drafts, no void invoices, no credit notes."""
    return invoice.state not in _NOT_BILLED and invoice.state is not InvoiceState.CREDIT


def billed_month_of(invoice: Invoice) -> date:
    """The month that an invoice is for: its period's first day, else its day of issue."""
    return (invoice.period_start or invoice.issued_on).replace(day=1)


def monthly_recurring(subscriptions: Sequence[Subscription], today: date) -> Money | None:
    """Sum of the subscriptions that run today and are no trials.

    Returns:
        None without one, or where they are in several currencies (no rate is stated).
    """
    running = [s.mrr for s in subscriptions if s.mrr is not None and runs_on(s, today) and not s.trial]
    if not running or len({m.currency for m in running}) > 1:
        return None
    return Money(sum(m.minor_units for m in running), running[0].currency)


def runs_on(subscription: Subscription, day: date) -> bool:
    """True where the subscription has begun and not ended by that day."""
    return subscription.starts_on <= day and (subscription.ends_on is None or subscription.ends_on >= day)


def commitment_use(
    contracts: Sequence[Contract], invoices: Sequence[Invoice], today: date
) -> CommitmentUse | None:
    """The commitment that runs today, with what was billed against it.

    Of several that run at once the one that began last counts; invoices in another
    currency do not draw it down.
    """
    running = [c for contract in contracts for c in contract.commitments if c.starts_on <= today <= c.ends_on]
    if not running:
        return None
    commitment = max(running, key=lambda c: (c.starts_on, c.amount.minor_units))
    currency = commitment.amount.currency
    billed = sum(
        invoice.total.minor_units
        for invoice in invoices
        if is_billed(invoice)
        and invoice.total.currency == currency
        and commitment.starts_on <= (invoice.period_start or invoice.issued_on) <= commitment.ends_on
    )
    promise = promised_on(commitment, today)
    return CommitmentUse(promise, Money(billed, currency), commitment.starts_on, commitment.ends_on)


def billing_view(
    invoices: Sequence[Invoice],
    subscriptions: Sequence[Subscription],
    contracts: Sequence[Contract],
    meter_names: Mapping[MeterId, str],
    *,
    today: date,
    reporting: str | None = None,
    rates: Sequence[ExchangeRate] = (),
    fiscal_month: int = CALENDAR_YEAR,
) -> BillingView:
    """The Billing tab of one account, sites rolled up by the caller.

    Invoices of several currencies are counted together in the reporting currency alone, each at
    the rate stated for its day of issue, and only where every one of them has a rate.
    """
    counted = [i for i in invoices if i.state not in _NOT_BILLED]
    together = _in_one_currency(counted, reporting, rates)
    counted = together.invoices
    currency = _main_currency(counted) if together.currency is None else together.currency
    others = tuple(sorted({i.total.currency for i in counted} - {currency}))
    months = _by_month([i for i in counted if i.total.currency == currency], meter_names)
    return BillingView(
        currency=currency,
        months=months,
        other_currencies=others,
        invoices=tuple(sorted(invoices, key=lambda i: (i.issued_on, i.number), reverse=True)),
        subscriptions=tuple(
            sorted(subscriptions, key=lambda s: (not runs_on(s, today), -s.starts_on.toordinal()))
        ),
        contracts=tuple(sorted(contracts, key=lambda c: c.starts_on, reverse=True)),
        commitment=commitment_use(contracts, invoices, today),
        mrr=monthly_recurring(subscriptions, today),
        as_of=max((i.issued_on for i in invoices), default=None),
        rates=together.rates,
        missing=together.missing,
        reporting=reporting,
        fiscal_month=fiscal_month,
    )


@dataclass(frozen=True, slots=True)
class _Together:
    """Invoices in one currency where that can be; `currency` None: as they were."""

    invoices: list[Invoice]
    currency: str | None = None
    rates: tuple[ExchangeRate, ...] = ()
    missing: tuple[str, ...] = ()


def _in_one_currency(
    invoices: list[Invoice], reporting: str | None, rates: Sequence[ExchangeRate]
) -> _Together:
    if reporting is None or len({one.total.currency for one in invoices}) < 2:
        return _Together(invoices)
    found: list[Invoice] = []
    used: dict[tuple[str, date], ExchangeRate] = {}
    missing: set[str] = set()
    for one in invoices:
        currency = one.total.currency
        if currency == reporting:
            found.append(one)
            continue
        rate = rate_on(rates, currency, reporting, one.issued_on)
        if rate is None:
            missing.add(currency)
            continue
        used[currency, rate.day] = rate
        found.append(_converted(one, rate))
    if missing:
        return _Together(invoices, missing=tuple(sorted(missing)))
    return _Together(found, reporting, tuple(used[key] for key in sorted(used)))


def _converted(invoice: Invoice, rate: ExchangeRate) -> Invoice:
    def at(amount: Money) -> Money:
        return Money.of(amount.amount * rate.rate, rate.into_currency)

    lines = tuple(replace(line, amount=at(line.amount)) for line in invoice.lines)
    return replace(invoice, total=at(invoice.total), lines=lines)


def _main_currency(invoices: Sequence[Invoice]) -> str | None:
    counts: dict[str, int] = {}
    for invoice in invoices:
        counts[invoice.total.currency] = counts.get(invoice.total.currency, 0) + 1
    return max(counts, key=lambda code: (counts[code], code), default=None)


def _by_month(invoices: Sequence[Invoice], names: Mapping[MeterId, str]) -> tuple[BilledMonth, ...]:
    billed: dict[date, dict[str, int]] = {}
    credited: dict[date, int] = {}
    for invoice in invoices:
        month = billed_month_of(invoice)
        if invoice.state is InvoiceState.CREDIT:
            credited[month] = credited.get(month, 0) + invoice.total.minor_units
            continue
        parts = billed.setdefault(month, {})
        rest = invoice.total.minor_units
        for line in invoice.lines:
            name = OTHER if line.meter_id is None else names.get(line.meter_id, OTHER)
            parts[name] = parts.get(name, 0) + line.amount.minor_units
            rest -= line.amount.minor_units
        # Exports often hold heads without lines, or lines that leave out tax or rounding.
        if rest:
            parts[OTHER] = parts.get(OTHER, 0) + rest
    if not invoices:
        return ()
    currency = invoices[0].total.currency
    return tuple(
        BilledMonth(
            month=month,
            by_meter=tuple(
                (name, Money(units, currency))
                for name, units in sorted(billed.get(month, {}).items(), key=lambda item: -item[1])
            ),
            total=Money(sum(billed.get(month, {}).values()), currency),
            credits=Money(credited[month], currency) if month in credited else None,
        )
        for month in sorted(billed.keys() | credited.keys())
    )
