"""Tickets and their conversations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select, union

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import (
    Priority,
    Ticket,
    TicketId,
    TicketMessage,
    TicketPage,
    TicketQuery,
    TicketRow,
    TicketStatus,
)
from convergedesk.store.accounts import family_within
from convergedesk.store.engine import Store
from convergedesk.store.tables import (
    accounts,
    features,
    pod_accounts,
    ticket_contexts,
    ticket_messages,
    tickets,
)
from convergedesk.store.ticket_paging import Paging

# What our people tagged it with comes before what the support desk says.
FEATURE_ID = func.coalesce(ticket_contexts.c.feature_id, tickets.c.feature_id)
_LISTED = (tickets.c.gone_since.is_(None), tickets.c.status != TicketStatus.DELETED)


def _with_names() -> Select[Any]:
    joined = (
        tickets.join(accounts, accounts.c.id == tickets.c.account_id)
        .outerjoin(ticket_contexts, ticket_contexts.c.ticket_id == tickets.c.id)
        .outerjoin(features, features.c.id == FEATURE_ID)
    )
    names = (
        features.c.name.label("feature"),
        accounts.c.name.label("account_name"),
        accounts.c.time_zone.label("time_zone"),
    )
    return select(tickets, *names).select_from(joined)


def _count(query: TicketQuery) -> Select[Any]:
    counted = select(func.count()).select_from(tickets)
    if query.opened_from is not None or query.opened_to is not None:
        counted = counted.join(accounts, accounts.c.id == tickets.c.account_id)
    return counted


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        number=row.number,
        account_id=AccountId(row.account_id),
        title=row.title,
        priority=row.priority,
        status=row.status,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        first_response_minutes=row.first_response_minutes,
        satisfaction=row.satisfaction,
        escalated=row.escalated,
        feature=row.feature,
        requester=row.requester,
        assignee=row.assignee,
        url=row.url,
        reopens=row.reopens,
    )


def list_tickets(store: Store, query: TicketQuery) -> TicketPage:
    """The tickets that the query asks for, sorted and cut in the file."""
    paging = Paging(query)
    with store.read() as connection:
        found = _matching(connection, query)
        if query.after is None:
            total: int = connection.execute(_count(query).where(*found)).scalar_one()
        else:
            # Counted with the first page; the whole table is read for it.
            *place, total = query.after
            found.append(paging.after(place))
        shown = _with_names().add_columns(*paging.columns).where(*found).order_by(*paging.order())
        rows = connection.execute(shown.limit(query.limit)).all()
    full = bool(rows) and len(rows) == query.limit
    return TicketPage(
        tuple(TicketRow(_ticket(row), row.account_name, row.time_zone) for row in rows),
        total,
        (*paging.place(rows[-1]), total) if full else None,
    )


def of_accounts(
    store: Store,
    account_ids: Sequence[AccountId],
    *,
    opened_from: datetime | None = None,
    opened_before: datetime | None = None,
) -> tuple[Ticket, ...]:
    """Every ticket of the accounts (opened in a period) but deleted ones, newest first."""
    query = _with_names().where(*_LISTED, tickets.c.account_id.in_(account_ids))
    if opened_from is not None:
        query = query.where(tickets.c.opened_at >= opened_from)
    if opened_before is not None:
        query = query.where(tickets.c.opened_at < opened_before)
    with store.read() as connection:
        rows = connection.execute(query.order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())).all()
    return tuple(_ticket(row) for row in rows)


def by_ids(store: Store, ticket_ids: Sequence[TicketId]) -> dict[TicketId, Ticket]:
    """Some tickets, by id; those that are gone are left out."""
    listed = select(func.json_each(json.dumps(list(ticket_ids))).table_valued("value").c.value)
    with store.read() as connection:
        rows = connection.execute(_with_names().where(tickets.c.id.in_(listed))).all()
    return {TicketId(row.id): _ticket(row) for row in rows}


def get(store: Store, ticket_id: TicketId) -> Ticket:
    """One ticket, deleted ones too. Raises NotFoundError."""
    with store.read() as connection:
        row = connection.execute(_with_names().where(tickets.c.id == ticket_id)).one_or_none()
    if row is None:
        raise NotFoundError(
            "This ticket is no longer in the workspace.", fix="Go back to the list of tickets."
        )
    return _ticket(row)


def messages(store: Store, ticket_id: TicketId) -> tuple[TicketMessage, ...]:
    """The ticket's conversation, oldest first."""
    table = ticket_messages.c
    query = select(ticket_messages).where(table.ticket_id == ticket_id).order_by(table.sent_at, table.id)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return tuple(
        TicketMessage(
            ticket_id=TicketId(row.ticket_id),
            sent_at=row.sent_at,
            author=row.author,
            author_role=row.author_role,
            from_customer=row.from_customer,
            audience=row.audience,
            body=row.body,
            id=row.id,
        )
        for row in rows
    )


def feature_names(store: Store) -> tuple[str, ...]:
    """The features that any ticket is about, by name."""
    tagged = union(
        select(tickets.c.feature_id).where(tickets.c.feature_id.is_not(None)),
        select(ticket_contexts.c.feature_id).where(ticket_contexts.c.feature_id.is_not(None)),
    )
    query = select(features.c.name).where(features.c.id.in_(tagged)).order_by(features.c.name)
    with store.read() as connection:
        return tuple(connection.execute(query).scalars())


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _opened_within(
    connection: Connection, first: date | None, last: date | None
) -> list[ColumnElement[bool]]:
    """Opened on these days of the account's time zone, both included."""
    by_zone: list[ColumnElement[bool]] = []
    bounds: list[tuple[datetime | None, datetime | None]] = []
    for name in connection.execute(select(accounts.c.time_zone).distinct()).scalars():
        zone = _zone(name)
        begin = None if first is None else _midnight(first, zone)
        end = None if last is None else _midnight(last + timedelta(days=1), zone)
        bounds.append((begin, end))
        by_zone.append(and_(accounts.c.time_zone == name, *_between(begin, end)))
    # Around them all, for the index.
    earliest = min((begin for begin, _ in bounds if begin is not None), default=None)
    latest = max((end for _, end in bounds if end is not None), default=None)
    return [*_between(earliest, latest), or_(false(), *by_zone)]


def _between(begin: datetime | None, end: datetime | None) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if begin is not None:
        limits.append(tickets.c.opened_at >= begin)
    if end is not None:
        limits.append(tickets.c.opened_at < end)
    return limits


def _matching(connection: Connection, query: TicketQuery) -> list[ColumnElement[bool]]:
    # Rows whose link was taken back wait behind an account that is hidden as merged ones are.
    hidden = select(accounts.c.id).where(accounts.c.merged_into_id.is_not(None))
    found: list[ColumnElement[bool]] = [tickets.c.gone_since.is_(None), tickets.c.account_id.not_in(hidden)]
    if query.status is None:
        found.append(tickets.c.status != TicketStatus.DELETED)
    else:
        found.append(tickets.c.status == query.status)
    if query.account_id is not None:
        found.append(tickets.c.account_id.in_(family_within(connection, query.account_id)))
    if query.pod_id is not None:
        found.append(tickets.c.account_id.in_(_of_pod(connection, query.pod_id)))
    if query.high_only:
        found.append(tickets.c.priority >= Priority.HIGH)
    if query.feature is not None:
        found.append(_about(query.feature))
    if query.opened_from is not None or query.opened_to is not None:
        found += _opened_within(connection, query.opened_from, query.opened_to)
    if query.text.strip():
        found.append(_containing(query.text.strip()))
    return found


def _about(feature: str) -> ColumnElement[bool]:
    """True for tickets about a feature; in two parts, so that each finds its index."""
    wanted = select(features.c.id).where(features.c.name == feature)
    ours = select(ticket_contexts.c.ticket_id)
    return or_(
        and_(
            tickets.c.feature_id.in_(wanted),
            tickets.c.id.not_in(ours.where(ticket_contexts.c.feature_id.is_not(None))),
        ),
        tickets.c.id.in_(ours.where(ticket_contexts.c.feature_id.in_(wanted))),
    )


def _of_pod(connection: Connection, pod_id: PodId) -> set[AccountId]:
    shared = connection.execute(
        select(pod_accounts.c.account_id).where(pod_accounts.c.pod_id == pod_id)
    ).scalars()
    return {member for one in list(shared) for member in family_within(connection, AccountId(one))}


def _containing(text: str) -> ColumnElement[bool]:
    return or_(
        tickets.c.number.startswith(text.removeprefix("#"), autoescape=True),
        tickets.c.title.icontains(text, autoescape=True),
        tickets.c.requester.icontains(text, autoescape=True),
        tickets.c.assignee.icontains(text, autoescape=True),
    )
