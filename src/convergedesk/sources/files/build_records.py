"""Typed cells of one row as the record of its kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from convergedesk.domain.accounts import ExternalReference, Lifecycle, SystemKind
from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import PriceModel
from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.domain.money import Money
from convergedesk.domain.records import (
    AccountKey,
    AccountRecord,
    CalendarEventRecord,
    ChurnRecord,
    ContractRecord,
    ContractTermRecord,
    EntityKind,
    GoalRecord,
    InvoiceLineRecord,
    InvoiceRecord,
    PersonRecord,
    Record,
    SubscriptionRecord,
    TicketMessageRecord,
    TicketRecord,
)
from convergedesk.domain.term_records import ContractTerm
from convergedesk.domain.tickets import Priority, TicketStatus
from convergedesk.sources.casting.places import company_domain, parse_domain
from convergedesk.sources.casting.words import is_customer
from convergedesk.sources.files.mapping import FileMapping
from convergedesk.sources.files.typed_cells import Unreadable
from convergedesk.sources.files.typed_row import Row

T = TypeVar("T")

SOURCE = "files"
_REFERENCES = {
    "crm_id": SystemKind.CRM,
    "support_id": SystemKind.SUPPORT,
    "usage_id": SystemKind.USAGE,
    "billing_id": SystemKind.BILLING,
}
# Record fields that are filled from fields of another name.
_STATED_AS = {
    **dict.fromkeys(("account_id", "account_name", "account_domain", "subscription_id"), "account"),
    **dict.fromkeys(("parent_id", "parent_name"), "parent"),
    **dict.fromkeys(_REFERENCES, "references"),
    **dict.fromkeys(("trial", "churned"), "lifecycle"),
    **dict.fromkeys(("first_name", "last_name"), "name"),
    **dict.fromkeys(("public", "private"), "audience"),
    "arr": "mrr",
    "first_response_at": "first_response_minutes",
    "requester_email": "account",
}


def _needed(value: T | None, what: str) -> T:
    if value is None:
        raise Unreadable("missing", f"The row has no {what}.")
    return value


def _account(row: Row) -> AccountRecord:
    external_id = row.text("external_id")
    stated = row.text("domain")
    domain = (company_domain(stated) if "@" in stated else parse_domain(stated)) if stated else None
    parent_id, parent_name = row.text("parent_id"), row.text("parent_name")
    references = tuple(
        ExternalReference(system, SOURCE, text)
        for key, system in _REFERENCES.items()
        if (text := row.text(key))
    )
    return AccountRecord(
        origin=row.origin,
        external_id=external_id,
        name=_needed(row.text("name") or domain or external_id, "name"),
        domain=domain,
        parent=AccountKey(parent_id, None, parent_name) if parent_id or parent_name else None,
        references=references,
        tier=row.text("tier"),
        industry=row.text("industry"),
        country=row.text("country"),
        time_zone=row.text("time_zone"),
        currency=row.text("currency"),
        lifecycle=_lifecycle(row),
        owner=row.text("owner"),
        success_manager=row.text("success_manager"),
        signed_up_on=row.day("signed_up_on"),
        renews_on=row.day("renews_on"),
        seats=row.whole("seats"),
    )


def _lifecycle(row: Row) -> Lifecycle | None:
    stated, trial, churned = row.value("lifecycle"), row.flag("trial"), row.flag("churned")
    if isinstance(stated, Lifecycle):
        return stated
    if churned:
        return Lifecycle.CHURNED
    if trial:
        return Lifecycle.TRIAL
    return None if trial is None and churned is None else Lifecycle.ACTIVE


def _person(row: Row) -> PersonRecord:
    whole = " ".join(part for part in (row.text("first_name"), row.text("last_name")) if part)
    return PersonRecord(
        origin=row.origin,
        external_id=row.text("external_id"),
        account=row.account(),
        name=_needed(row.text("name") or whole or row.text("email"), "name"),
        role=row.text("role"),
        title=row.text("title"),
        email=row.text("email"),
        left_on=row.day("left_on"),
    )


def _subscription(row: Row) -> SubscriptionRecord:
    mrr, arr = row.money("mrr"), row.money("arr")
    if mrr is None and arr is not None:
        mrr = Money(int((Decimal(arr.minor_units) / 12).to_integral_value()), arr.currency)
    return SubscriptionRecord(
        origin=row.origin,
        external_id=_needed(row.text("external_id"), "subscription id"),
        account=row.account(),
        starts_on=_needed(row.day("starts_on"), "start date"),
        ends_on=row.day("ends_on"),
        plan=row.text("plan"),
        mrr=mrr,
        seats=row.whole("seats"),
        billing_period=row.text("billing_period"),
        trial=row.flag("trial") or False,
        auto_renews=row.flag("auto_renews"),
    )


def _contract(row: Row) -> ContractRecord:
    commitment = row.money("commitment")
    return ContractRecord(
        origin=row.origin,
        external_id=row.text("external_id"),
        account=row.account(),
        name=_needed(row.text("name") or row.text("external_id"), "name"),
        starts_on=_needed(row.day("starts_on"), "start date"),
        ends_on=row.day("ends_on"),
        currency=_needed(commitment.currency if commitment else row.currency(), "currency"),
        commitment=commitment,
        prepaid=row.flag("prepaid") or False,
    )


def _contract_term(row: Row) -> ContractTermRecord:
    term, model, priority = row.value("term"), row.value("model"), row.value("priority")
    days = row.whole("notice_days")
    return ContractTermRecord(
        origin=row.origin,
        account=row.account(),
        contract=_needed(row.text("contract"), "contract"),
        term=_needed(term if isinstance(term, ContractTerm) else None, "term"),
        day=_needed(row.day("day"), "day from which it holds"),
        until=row.day("until"),
        currency=row.currency(),
        amends=row.text("amends"),
        meters=tuple(name.strip() for name in (row.text("meter") or "").split(";") if name.strip()),
        model=model if isinstance(model, PriceModel) else None,
        up_to=row.number("up_to"),
        unit_price=row.number("unit_price"),
        fee=row.number("fee"),
        package_size=row.number("package_size"),
        quantity=row.number("quantity"),
        amount=row.number("amount"),
        rollover_percent=row.number("rollover_percent"),
        prepaid=row.flag("prepaid") or False,
        priority=int(priority) if isinstance(priority, Priority) else None,
        first_response_minutes=row.whole("first_response_minutes"),
        resolution_minutes=row.whole("resolution_minutes"),
        credit_percent=row.number("credit_percent"),
        cap_percent=row.number("cap_percent"),
        overage_percent=row.number("overage_percent"),
        notice_days=None if days is None else max(0, days),
        billing_zone=row.text("billing_zone"),
    )


def _invoice(row: Row) -> InvoiceRecord:
    return InvoiceRecord(
        origin=row.origin,
        number=_needed(row.text("number"), "invoice number"),
        account=row.account(),
        issued_on=_needed(row.day("issued_on"), "date of issue"),
        total=_needed(row.money("total"), "total"),
        state=row.text("state"),
        period_start=row.day("period_start"),
        period_end=row.day("period_end"),
    )


def _invoice_line(row: Row) -> InvoiceLineRecord:
    meter = row.text("meter")
    return InvoiceLineRecord(
        origin=row.origin,
        invoice_number=_needed(row.text("invoice_number"), "invoice number"),
        position=row.whole("position"),
        account=row.account_or_none() or AccountKey(),
        description=row.text("description") or meter or "",
        amount=_needed(row.money("amount"), "amount"),
        meter=meter,
        quantity=row.number("quantity"),
        issued_on=row.day("issued_on"),
        period_start=row.day("period_start"),
        period_end=row.day("period_end"),
    )


def _ticket(row: Row) -> TicketRecord:
    opened = _needed(row.instant("opened_at"), "time of opening")
    closed, answered = row.instant("closed_at"), row.instant("first_response_at")
    priority, status, rating = row.value("priority"), row.value("status"), row.whole("satisfaction")
    response = row.whole("first_response_minutes")
    if response is None and answered is not None and answered >= opened:
        response = round((answered - opened).total_seconds() / 60)
    if status is None:
        status = TicketStatus.CLOSED if closed else TicketStatus.OPEN
    return TicketRecord(
        origin=row.origin,
        number=_needed(row.text("number"), "ticket number"),
        account=row.account(),
        opened_at=opened,
        title=row.text("title") or "",
        closed_at=closed,
        priority=priority if isinstance(priority, Priority) else None,
        status=status if isinstance(status, TicketStatus) else None,
        first_response_minutes=response,
        satisfaction=rating,
        escalated=row.flag("escalated") or False,
        feature=row.text("feature"),
        requester=row.text("requester") or row.text("requester_email"),
        assignee=row.text("assignee"),
        url=row.text("url"),
    )


def _ticket_message(row: Row) -> TicketMessageRecord:
    role = row.text("author_role") or ""
    from_customer = row.flag("from_customer")
    if from_customer is None:
        from_customer = is_customer(role) or False
    public, private = row.flag("public"), row.flag("private")
    # A customer's own words are theirs to see; anything else stays internal until it is said to be public.
    shared = (not private) if private is not None and public is None else (public or from_customer)
    return TicketMessageRecord(
        origin=row.origin,
        external_id=row.text("external_id"),
        ticket_number=_needed(row.text("ticket_number"), "ticket number"),
        sent_at=_needed(row.instant("sent_at"), "time"),
        author=row.text("author") or "",
        body=_needed(row.text("body"), "text"),
        author_role=role,
        from_customer=from_customer,
        audience=Audience.SHARED if shared else Audience.INTERNAL,
    )


def _churn(row: Row) -> ChurnRecord:
    return ChurnRecord(
        origin=row.origin,
        external_id=row.text("external_id"),
        account=row.account(),
        day=_needed(row.day("day"), "day"),
        reason=row.text("reason"),
        refund=row.money("refund"),
        reactivation=row.flag("reactivation") or False,
        feedback=row.text("feedback") or "",
    )


def _calendar_event(row: Row) -> CalendarEventRecord:
    kind = row.value("kind")
    first = _needed(row.day("first_day"), "first day")
    return CalendarEventRecord(
        origin=row.origin,
        external_id=row.text("external_id"),
        kind=_needed(kind if isinstance(kind, CalendarEventKind) else None, "kind"),
        title=_needed(row.text("title"), "title"),
        first_day=first,
        last_day=max(row.day("last_day") or first, first),
        account=row.account_or_none(),
        country=row.text("country"),
    )


def _goal(row: Row) -> GoalRecord:
    current = row.number("current")
    return GoalRecord(
        origin=row.origin,
        external_id=row.text("external_id"),
        account=row.account(),
        title=_needed(row.text("title"), "goal"),
        start=float(row.number("start") or 0),
        target=float(_needed(row.number("target"), "target")),
        current=None if current is None else float(current),
        unit=row.text("unit") or "",
        agreed_on=row.day("agreed_on"),
        due_on=row.day("due_on"),
        owner=row.text("owner"),
    )


_BUILDERS: dict[EntityKind, Callable[[Row], Record]] = {
    EntityKind.ACCOUNTS: _account,
    EntityKind.PERSONS: _person,
    EntityKind.SUBSCRIPTIONS: _subscription,
    EntityKind.CONTRACTS: _contract,
    EntityKind.CONTRACT_TERMS: _contract_term,
    EntityKind.INVOICES: _invoice,
    EntityKind.INVOICE_LINES: _invoice_line,
    EntityKind.TICKETS: _ticket,
    EntityKind.TICKET_MESSAGES: _ticket_message,
    EntityKind.CHURN_EVENTS: _churn,
    EntityKind.CALENDAR_EVENTS: _calendar_event,
    EntityKind.GOALS: _goal,
}


def build_record(kind: EntityKind, row: Row) -> Record:
    """The record of a row. Raises Unreadable where something that is needed is missing."""
    return _BUILDERS[kind](row)


def stated_fields(mapping: FileMapping) -> frozenset[str]:
    """Names of the record fields for which the file has a column or a constant."""
    keys = {column.field for column in mapping.columns if column.field}
    keys |= {key for key, _ in mapping.constants}
    if mapping.entity not in {EntityKind.ACCOUNTS, EntityKind.CONTRACTS}:
        keys.discard("currency")
    renamed = dict(_STATED_AS)
    if mapping.entity is not EntityKind.ACCOUNTS:
        del renamed["trial"]
    return frozenset(renamed.get(key, key) for key in keys)
