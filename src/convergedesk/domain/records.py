"""What a source hands in: typed records that still speak the source's own ids.

A source knows nothing of our tables. It says 'account 003A… has this ticket' and the sync
room finds out which of our accounts that is. Every record carries its origin, so that one
that cannot be linked becomes a reject with its file, line and raw text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import ExternalReference, Lifecycle, SystemKind
from convergedesk.domain.audience import Audience
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.money import Money
from convergedesk.domain.origins import AccountKey, Origin, Reject
from convergedesk.domain.term_records import ContractTermRecord
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.domain.usage import Granularity


class EntityKind(StrEnum):
    """What the rows of a stream or a file are."""

    ACCOUNTS = "accounts"
    PERSONS = "persons"
    SUBSCRIPTIONS = "subscriptions"
    CONTRACTS = "contracts"
    CONTRACT_TERMS = "contract_terms"
    INVOICES = "invoices"
    INVOICE_LINES = "invoice_lines"
    TICKETS = "tickets"
    TICKET_MESSAGES = "ticket_messages"
    USAGE = "usage"
    CHURN_EVENTS = "churn_events"
    CALENDAR_EVENTS = "calendar_events"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A customer as a source knows it. Fields as in `Account`; None means 'not stated'.

    Attributes:
        references: Further ids of the same company in other systems, such as a
            `zendesk_org_id` column of a CRM export.
        parent: The key of its parent company, or None.
    """

    origin: Origin
    external_id: str | None
    name: str
    domain: str | None = None
    parent: AccountKey | None = None
    references: tuple[ExternalReference, ...] = ()
    tier: str | None = None
    industry: str | None = None
    country: str | None = None
    time_zone: str | None = None
    currency: str | None = None
    lifecycle: Lifecycle | None = None
    owner: str | None = None
    success_manager: str | None = None
    signed_up_on: date | None = None
    renews_on: date | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A contact as a source knows it."""

    origin: Origin
    external_id: str | None
    account: AccountKey
    name: str
    role: str | None = None
    title: str | None = None
    email: str | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionRecord:
    """A subscription as billing knows it."""

    origin: Origin
    external_id: str
    account: AccountKey
    starts_on: date
    ends_on: date | None = None
    plan: str | None = None
    mrr: Money | None = None
    seats: int | None = None
    billing_period: str | None = None
    trial: bool = False
    auto_renews: bool | None = None


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """A contract's head and its commitment, as exports state them."""

    origin: Origin
    external_id: str | None
    account: AccountKey
    name: str
    starts_on: date
    ends_on: date | None
    currency: str
    commitment: Money | None = None
    prepaid: bool = False


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """An invoice as billing knows it."""

    origin: Origin
    number: str
    account: AccountKey
    issued_on: date
    total: Money
    state: str | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class InvoiceLineRecord:
    """One line of an invoice; `account` helps where the invoice itself is not in the files."""

    origin: Origin
    invoice_number: str
    position: int | None
    account: AccountKey
    description: str
    amount: Money
    meter: str | None = None
    quantity: Decimal | None = None
    issued_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket as the desk knows it. Times are UTC."""

    origin: Origin
    number: str
    account: AccountKey
    opened_at: datetime
    title: str = ""
    closed_at: datetime | None = None
    priority: Priority | None = None
    status: TicketStatus | None = None
    first_response_minutes: int | None = None
    satisfaction: int | None = None
    escalated: bool = False
    feature: str | None = None
    requester: str | None = None
    assignee: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TicketMessageRecord:
    """One message; internal unless the source says that it is public."""

    origin: Origin
    external_id: str | None
    ticket_number: str
    sent_at: datetime
    author: str
    body: str
    author_role: str = ""
    from_customer: bool = False
    audience: Audience = Audience.INTERNAL


@dataclass(frozen=True, slots=True)
class ChurnRecord:
    """A churn event."""

    origin: Origin
    external_id: str | None
    account: AccountKey
    day: date
    reason: str | None = None
    refund: Money | None = None
    reactivation: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEventRecord:
    """A holiday, release, freeze or outage; no account means all."""

    origin: Origin
    external_id: str | None
    kind: CalendarEventKind
    title: str
    first_day: date
    last_day: date
    account: AccountKey | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class GoalRecord:
    """A goal kept in another tool."""

    origin: Origin
    external_id: str | None
    account: AccountKey
    title: str
    start: float
    target: float
    current: float | None = None
    unit: str = ""
    agreed_on: date | None = None
    due_on: date | None = None
    owner: str | None = None


Record = (
    AccountRecord
    | PersonRecord
    | SubscriptionRecord
    | ContractRecord
    | ContractTermRecord
    | InvoiceRecord
    | InvoiceLineRecord
    | TicketRecord
    | TicketMessageRecord
    | ChurnRecord
    | CalendarEventRecord
    | GoalRecord
)


@dataclass(frozen=True, slots=True)
class UsageColumns:
    """Usage in columns, because it comes by the million.

    Attributes:
        accounts: The distinct account keys; `account_codes` index it.
        meters: The distinct meter names; `meter_codes` index it.
        account_codes: int32, shape (n,).
        meter_codes: int32, shape (n,).
        days: Days since 1970-01-01, int32, shape (n,); for months the first of the month.
        quantities: float64, shape (n,).
        lines: Line of each row (of the first one where rows were aggregated), int64, (n,).
        rows: How many rows of the file lie behind each entry, int32, shape (n,).
        granularity: Days or months.
    """

    accounts: tuple[AccountKey, ...]
    meters: tuple[str, ...]
    account_codes: NDArray[np.int32]
    meter_codes: NDArray[np.int32]
    days: NDArray[np.int32]
    quantities: NDArray[np.float64]
    lines: NDArray[np.int64]
    rows: NDArray[np.int32]
    granularity: Granularity = Granularity.DAY


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of a stream: committed together with its cursor, or not at all.

    Attributes:
        system: Kind of system that the rows speak for.
        source: Name of the source in this workspace.
        stream: Name of the stream within the source (a file's name for file imports).
        entity: What the records are.
        records: The rows that could be read and typed; empty for usage.
        usage: The usage of the page, for usage only.
        rejects: The rows of this page that could not.
        rows: Physical data rows that this page accounts for: for every page
            rows = len(records) (or usage.rows.sum()) + len(rejects).
        cursor: Where to go on after this page; opaque to everybody but the source.
        last: True on the last page of the stream.
        whole: True where the stream is the whole list, so that what it lacks is gone.
        account_system: The system whose ids `AccountKey.external_id` holds, such as CRM for a
            ticket export that names accounts by their CRM id; None where it is not known.
        stated: Names of the record fields that the stream has a column for: an empty cell of
            one of these empties what was known before. None: only what is filled in counts.
    """

    system: SystemKind
    source: str
    stream: str
    entity: EntityKind
    records: Sequence[Record] = ()
    usage: UsageColumns | None = None
    rejects: Sequence[Reject] = field(default=())
    rows: int = 0
    cursor: str = ""
    last: bool = False
    whole: bool = False
    account_system: SystemKind | None = None
    stated: frozenset[str] | None = None
