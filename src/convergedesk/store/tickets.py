"""Tickets and their conversations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

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
from convergedesk.store.tables import accounts, features, pod_accounts, ticket_messages, tickets

_LISTED = (tickets.c.gone_since.is_(None), tickets.c.status != TicketStatus.DELETED)
_SORTS: dict[str, ColumnElement[Any]] = {
    "closed_at": tickets.c.closed_at,
    "priority": tickets.c.priority,
    "status": tickets.c.status,
    "title": tickets.c.title,
    "account": accounts.c.name_key,
    "feature": features.c.name,
    "assignee": tickets.c.assignee,
    "first_response": tickets.c.first_response_minutes,
    "satisfaction": tickets.c.satisfaction,
}


def _with_names() -> Select[Any]:
    joined = tickets.join(accounts, accounts.c.id == tickets.c.account_id).outerjoin(
        features, features.c.id == tickets.c.feature_id
    )
    names = (features.c.name.label("feature"), accounts.c.name.label("account_name"))
    return select(tickets, *names).select_from(joined)


def _count(query: TicketQuery) -> Select[Any]:
    counted = select(func.count()).select_from(tickets)
    if query.feature is None:
        return counted
    return counted.join(features, features.c.id == tickets.c.feature_id)


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
    with store.read() as connection:
        found = _matching(connection, query)
        total = connection.execute(_count(query).where(*found)).scalar_one()
        rows = connection.execute(
            _with_names().where(*found).order_by(*_order(query)).limit(query.limit).offset(query.offset)
        ).all()
    return TicketPage(tuple(TicketRow(_ticket(row), row.account_name) for row in rows), total)


def of_accounts(store: Store, account_ids: Sequence[AccountId]) -> tuple[Ticket, ...]:
    """Every ticket of the accounts but deleted ones, newest first."""
    query = _with_names().where(*_LISTED, tickets.c.account_id.in_(account_ids))
    with store.read() as connection:
        rows = connection.execute(query.order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())).all()
    return tuple(_ticket(row) for row in rows)


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
        )
        for row in rows
    )


def feature_names(store: Store) -> tuple[str, ...]:
    """The features that any ticket is about, by name."""
    query = select(features.c.name).join(tickets, tickets.c.feature_id == features.c.id).distinct()
    with store.read() as connection:
        return tuple(connection.execute(query.order_by(features.c.name)).scalars())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


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
        found.append(features.c.name == query.feature)
    if query.opened_from is not None:
        found.append(tickets.c.opened_at >= _midnight(query.opened_from))
    if query.opened_to is not None:
        found.append(tickets.c.opened_at < _midnight(query.opened_to + timedelta(days=1)))
    if query.text.strip():
        found.append(_containing(query.text.strip()))
    return found


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


def _order(query: TicketQuery) -> list[ColumnElement[Any]]:
    if query.sort == "opened_at":
        # Exactly the order of the index, so that only the rows shown are read.
        newest = (tickets.c.opened_at.desc(), tickets.c.id.desc())
        oldest = (tickets.c.opened_at.asc(), tickets.c.id.asc())
        return [*(newest if query.descending else oldest)]
    if query.sort == "number":
        # 'T-9' before 'T-10': by length first.
        keys: list[ColumnElement[Any]] = [func.length(tickets.c.number), tickets.c.number]
    else:
        keys = [_SORTS[query.sort]]
    directed = [key.desc().nulls_last() if query.descending else key.asc().nulls_last() for key in keys]
    return [*directed, tickets.c.opened_at.desc(), tickets.c.id.desc()]
