"""Holidays, releases, freezes and outages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, or_, select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, calendar_events


def of_accounts(store: Store, account_ids: Sequence[AccountId]) -> tuple[CalendarEvent, ...]:
    """The events that concern any of the accounts: their own, their countries' and everybody's."""
    table = calendar_events.c
    countries = select(accounts.c.country).where(
        accounts.c.id.in_(account_ids), accounts.c.country.is_not(None)
    )
    concerns = or_(
        table.account_id.in_(account_ids),
        and_(table.account_id.is_(None), or_(table.country.is_(None), table.country.in_(countries))),
    )
    query = select(calendar_events).where(concerns, table.gone_since.is_(None))
    with store.read() as connection:
        rows = connection.execute(query.order_by(table.first_day, table.id)).all()
    return tuple(
        CalendarEvent(
            kind=row.kind,
            title=row.title,
            first_day=row.first_day,
            last_day=row.last_day,
            account_id=None if row.account_id is None else AccountId(row.account_id),
            country=row.country,
        )
        for row in rows
    )


def add(store: Store, event: CalendarEvent, *, now: datetime) -> int:
    """Add an event and return its id."""
    with store.write() as connection:
        added = connection.execute(
            insert(calendar_events).values(
                created_at=now,
                updated_at=now,
                kind=event.kind,
                title=event.title,
                first_day=event.first_day,
                last_day=event.last_day,
                account_id=event.account_id,
                country=event.country,
            )
        )
        (new_id,) = added.inserted_primary_key or (0,)
    return new_id


def remove(store: Store, event_id: int) -> None:
    """Remove an event; silent where there is none."""
    with store.write() as connection:
        connection.execute(delete(calendar_events).where(calendar_events.c.id == event_id))
