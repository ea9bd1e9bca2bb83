"""Pages of records that have an account and a table of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from convergedesk.domain.accounts import PersonRole, SystemKind
from convergedesk.domain.intake import LinkedPage, SubscriptionTerm
from convergedesk.domain.links import AccountKeyLink, SubscriptionOwner
from convergedesk.domain.records import (
    AccountKey,
    CalendarEventRecord,
    EntityKind,
    PersonRecord,
    Record,
    SubscriptionRecord,
)
from convergedesk.store.apply.billing import (
    CHURN_EVENTS,
    CONTRACTS,
    INVOICES,
    SUBSCRIPTIONS,
    prepare_churn,
    prepare_contract,
    prepare_invoice,
    prepare_subscription,
)
from convergedesk.store.apply.commitments import write_commitments
from convergedesk.store.apply.context import RunContext, refuse_link, refuse_nameless
from convergedesk.store.apply.people import (
    CALENDAR_EVENTS,
    GOALS,
    PERSONS,
    person_role,
    prepare_calendar_event,
    prepare_goal,
    prepare_person,
)
from convergedesk.store.apply.rejects import DUPLICATE, UNREADABLE, Refusal, settle_places
from convergedesk.store.apply.rows import (
    Changes,
    EntityTable,
    Prepared,
    UnsoundRowError,
    columns_as_json,
    filled_in,
    kept_positions,
    read_known,
    require_sound,
)
from convergedesk.store.apply.tickets import TICKETS, prepare_ticket
from convergedesk.store.apply.waiting import Waiting, forget, keep_waiting, waiting_keys

TABLES: Final[Mapping[EntityKind, EntityTable]] = {
    table.entity: table
    for table in (
        TICKETS,
        SUBSCRIPTIONS,
        CONTRACTS,
        INVOICES,
        CHURN_EVENTS,
        PERSONS,
        GOALS,
        CALENDAR_EVENTS,
    )
}
# Takes the record and the text of its account key.
_Prepare = Callable[[Any, str], Prepared]
_OWN_ROLES: Final = (PersonRole.SUCCESS_MANAGER, PersonRole.ACCOUNT_OWNER, PersonRole.SUPPORT_AGENT)


def apply_records(connection: Connection, context: RunContext, linked: LinkedPage) -> None:
    """Write a page of one of `TABLES`; rows without a known account wait."""
    page = linked.page
    table = TABLES[page.entity]
    tally = context.tally(page)
    prepare = _preparation(connection, context, page.entity)
    rows: list[tuple[Record, Prepared, AccountKeyLink | None]] = []
    refusals: list[Refusal] = []
    for record, link in zip(page.records, linked.links, strict=True):
        try:
            row = prepare(record, "" if link is None else link.text)
            require_sound(table.columns, row.values)
        except UnsoundRowError as error:
            refusals.append(Refusal(record.origin.line, error.code, str(error), record.origin.raw))
        else:
            rows.append((record, row, link))
    known = read_known(connection, table, page.source, [row.key for _, row, _ in rows])
    changes = Changes(table, page.source, context.run_id, context.now, known)
    kept = kept_positions(table, page.stated)
    seen = context.seen[page.entity]
    waiting: list[Waiting] = []
    taken: list[tuple[Prepared, str]] = []
    for record, row, link in rows:
        former = known.get(row.key)
        if link is None:
            if former is None and not _needs_no_account(record):
                refusals.append(refuse_nameless(record.origin))
                continue
            account_id = None if former is None else former.account_id
            account_key = None if former is None else former.account_key
        elif link.account_id is None:
            refusals.append(refuse_link(link, record.origin))
            waiting.append(_waiting(table, record, row, context.key_id(link)))
            continue
        else:
            account_id, account_key = link.account_id, link.text
        first = seen.setdefault(row.key, page.stream)
        if first != page.stream and former is not None:
            if filled_in(table, row.values, former.values, kept) == former.values:
                tally.unchanged += 1
            else:
                refusals.append(_duplicate(record, row, first))
            continue
        fate = changes.put(row, account_id, account_key, kept)
        taken.append((row, fate))
        if fate != "unchanged" and account_id is not None:
            context.touched.add(account_id)
    changes.write(connection)
    recommitted = write_commitments(connection, page.source, [row for row, _ in taken])
    fates = Counter(
        "changed" if row.key in recommitted and fate == "unchanged" else fate for row, fate in taken
    )
    for fate, count in fates.items():
        tally.count(fate, count)
    no_longer_waiting(connection, context, page.entity, [row.key for row, _ in taken])
    refuse(connection, context, linked, refusals)
    let_wait(connection, context, linked, waiting, refusals)


def refuse(connection: Connection, context: RunContext, linked: LinkedPage, refusals: list[Refusal]) -> None:
    """Count and keep refusals, together with what the source itself could not read."""
    page = linked.page
    tally = context.tally(page)
    if any(refusal.code in UNREADABLE for refusal in refusals):
        context.whole[page.system, page.entity] = False
    read = [Refusal(r.line, r.code, r.reason, r.raw) for r in page.rejects]
    for refusal in (*read, *refusals):
        tally.rejects[refusal.code] += refusal.rows
        tally.waiting += refusal.rows if refusal.waits else 0
    context.rejects.write(connection, page.stream, page.system, page.entity, [*read, *refusals])


def subscriptions_of(linked: LinkedPage) -> tuple[SubscriptionOwner, ...]:
    """The subscriptions of a page whose accounts are known."""
    owners: list[SubscriptionOwner] = []
    if linked.page.entity is not EntityKind.SUBSCRIPTIONS:
        return ()
    for record, link in zip(linked.page.records, linked.links, strict=True):
        if isinstance(record, SubscriptionRecord) and link is not None and link.account_id is not None:
            owner = link.account_id
            owners.append(
                SubscriptionOwner(
                    linked.page.source, record.external_id, owner, record.starts_on, record.ends_on
                )
            )
    return tuple(owners)


def let_wait(
    connection: Connection,
    context: RunContext,
    linked: LinkedPage,
    rows: list[Waiting],
    refusals: list[Refusal],
) -> None:
    """Keep rows until what they belong to is known; `refusals` tells under which codes they count."""
    page = linked.page
    keep_waiting(connection, page.source, page.stream, page.entity, rows, context.run_id)
    codes = {refusal.line: refusal.code for refusal in refusals if refusal.waits}
    for row in rows:
        context.counted[page.entity, row.row_key].append((page.stream, codes[row.line], row.line))
    if page.entity in context.waiting:
        context.waiting[page.entity].update(row.row_key for row in rows)


def no_longer_waiting(
    connection: Connection, context: RunContext, entity: EntityKind, row_keys: Iterable[str]
) -> None:
    """Forget waiting rows that came in by themselves, and settle their rejects."""
    if entity not in context.waiting:
        context.waiting[entity] = waiting_keys(connection, context.source, entity)
    arrived = context.waiting[entity].intersection(row_keys)
    if not arrived:
        return
    places = forget(connection, context.source, entity, arrived)
    for row_key in arrived:
        places += context.come_in(entity, row_key, "unchanged")
    settle_places(connection, ((context.source, *place) for place in places), context.now)
    context.waiting[entity] -= arrived


def learn_terms(context: RunContext, owners: Iterable[SubscriptionOwner]) -> None:
    """Remember from when to when subscriptions run."""
    for owner in owners:
        text = f"{SystemKind.BILLING}:subscription:{owner.external_id}"
        context.terms[text] = SubscriptionTerm(owner.starts_on, owner.ends_on)


def _waiting(table: EntityTable, record: Record, row: Prepared, key_id: int) -> Waiting:
    return Waiting(row.key, columns_as_json(table, row), record.origin.line, record.origin.raw, key_id)


def _duplicate(record: Record, row: Prepared, stream: str) -> Refusal:
    reason = f"“{row.key}” already came in with “{stream}”, with other values."
    return Refusal(record.origin.line, DUPLICATE, reason, record.origin.raw)


def _needs_no_account(record: Record) -> bool:
    """True for what may concern all accounts, and for our own people."""
    if isinstance(record, CalendarEventRecord):
        return record.account is None or record.account == AccountKey()
    return isinstance(record, PersonRecord) and person_role(record.role) in _OWN_ROLES


def _preparation(connection: Connection, context: RunContext, entity: EntityKind) -> _Prepare:
    feature = partial(context.lookups.feature, connection)
    preparations: dict[EntityKind, _Prepare] = {
        EntityKind.TICKETS: lambda record, _: prepare_ticket(record, feature),
        EntityKind.SUBSCRIPTIONS: lambda record, _: prepare_subscription(record),
        EntityKind.CONTRACTS: prepare_contract,
        EntityKind.INVOICES: lambda record, _: prepare_invoice(record),
        EntityKind.CHURN_EVENTS: prepare_churn,
        EntityKind.PERSONS: prepare_person,
        EntityKind.GOALS: prepare_goal,
        EntityKind.CALENDAR_EVENTS: prepare_calendar_event,
    }
    return preparations[entity]
