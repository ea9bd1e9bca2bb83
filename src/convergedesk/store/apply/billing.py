"""Subscriptions, contracts, invoices and churn as their tables take them."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.billing import InvoiceState
from convergedesk.domain.records import (
    ChurnRecord,
    ContractRecord,
    EntityKind,
    InvoiceRecord,
    SubscriptionRecord,
)
from convergedesk.store.apply.rows import EntityTable, Prepared, UnsoundRowError

SUBSCRIPTIONS = EntityTable(
    EntityKind.SUBSCRIPTIONS,
    "subscriptions",
    "external_id",
    (
        "plan",
        "starts_on",
        "ends_on",
        "mrr_minor",
        "currency",
        "seats",
        "billing_period",
        "trial",
        "auto_renews",
    ),
    ("plan", "starts_on", "ends_on", "mrr", "mrr", "seats", "billing_period", "trial", "auto_renews"),
    flags=frozenset({"trial"}),
)
CONTRACTS = EntityTable(
    EntityKind.CONTRACTS,
    "contracts",
    "external_id",
    ("name", "starts_on", "ends_on", "currency"),
    ("name", "starts_on", "ends_on", "currency"),
    edited=True,
)
INVOICES = EntityTable(
    EntityKind.INVOICES,
    "invoices",
    "number",
    ("issued_on", "period_start", "period_end", "total_minor", "currency", "state", "from_lines"),
    ("issued_on", "period_start", "period_end", "total", "total", "state", "total"),
)
CHURN_EVENTS = EntityTable(
    EntityKind.CHURN_EVENTS,
    "churn_events",
    "external_id",
    ("day", "reason", "refund_minor", "refund_currency", "reactivation", "feedback"),
    ("day", "reason", "refund", "refund", "reactivation", "feedback"),
    flags=frozenset({"reactivation"}),
)

_STATES = {
    "draft": InvoiceState.DRAFT,
    "paid": InvoiceState.PAID,
    "settled": InvoiceState.PAID,
    "closed": InvoiceState.PAID,
    "void": InvoiceState.VOID,
    "voided": InvoiceState.VOID,
    "cancelled": InvoiceState.VOID,
    "canceled": InvoiceState.VOID,
    "deleted": InvoiceState.VOID,
    "uncollectible": InvoiceState.UNCOLLECTIBLE,
    "written off": InvoiceState.UNCOLLECTIBLE,
    "write-off": InvoiceState.UNCOLLECTIBLE,
    "bad debt": InvoiceState.UNCOLLECTIBLE,
    "credit": InvoiceState.CREDIT,
    "credit note": InvoiceState.CREDIT,
    "credit memo": InvoiceState.CREDIT,
    "refund": InvoiceState.CREDIT,
}


def iso(day: date | None) -> str | None:
    """A day as the tables keep it."""
    return None if day is None else day.isoformat()


def invoice_state(text: str | None, total_minor: int) -> InvoiceState:
    """What a source's word for an invoice's state means; unpaid by default, credit when negative."""
    word = " ".join((text or "").casefold().replace("_", " ").split())
    if word in _STATES:
        return _STATES[word]
    return InvoiceState.CREDIT if total_minor < 0 else InvoiceState.OPEN


def prepare_subscription(record: SubscriptionRecord) -> Prepared:
    """A subscription's row."""
    mrr = record.mrr
    return Prepared(
        record.external_id,
        (
            record.plan,
            record.starts_on.isoformat(),
            iso(record.ends_on),
            None if mrr is None else mrr.minor_units,
            None if mrr is None else mrr.currency,
            record.seats,
            record.billing_period,
            int(record.trial),
            None if record.auto_renews is None else int(record.auto_renews),
        ),
    )


def prepare_contract(record: ContractRecord, account_key: str) -> Prepared:
    """A contract's row; without an id it is what it is by account, name and first day.

    Raises:
        UnsoundRowError: It commits to an amount without an end by which it is to be spent.
    """
    starts_on, commitment = record.starts_on.isoformat(), record.commitment
    if commitment is not None and record.ends_on is None:
        raise UnsoundRowError("The commitment has no end: the contract states no last day.", "missing")
    committed = (
        () if commitment is None else (commitment.minor_units, commitment.currency, int(record.prepaid))
    )
    return Prepared(
        record.external_id or f"{account_key} {record.name} {starts_on}",
        (record.name, starts_on, iso(record.ends_on), record.currency),
        committed,
    )


def prepare_invoice(record: InvoiceRecord) -> Prepared:
    """An invoice's row."""
    total = record.total
    return Prepared(
        record.number,
        (
            record.issued_on.isoformat(),
            iso(record.period_start),
            iso(record.period_end),
            total.minor_units,
            total.currency,
            invoice_state(record.state, total.minor_units).value,
            0,
        ),
    )


def prepare_churn(record: ChurnRecord, account_key: str) -> Prepared:
    """A churn event's row; without an id it is what it is by account, day and reason."""
    refund = record.refund
    day = record.day.isoformat()
    return Prepared(
        record.external_id or f"{account_key} {day} {record.reason or ''}".rstrip(),
        (
            day,
            record.reason,
            None if refund is None else refund.minor_units,
            None if refund is None else refund.currency,
            int(record.reactivation),
            record.feedback,
        ),
    )
