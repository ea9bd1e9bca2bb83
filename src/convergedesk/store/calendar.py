"""Holidays, releases, freezes and outages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, or_, select

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, calendar_events


def add_events(store: Store, events: Sequence[CalendarEvent], *, now: datetime) -> None:
    """Keep events that a person entered."""
    rows = [
        {
            "kind": event.kind,
            "title": event.title,
            "first_day": event.first_day,
            "last_day": event.last_day,
            "account_id": event.account_id,
            "country": event.country,
            "created_at": now,
            "updated_at": now,
        }
        for event in events
    ]
    if rows:
        with store.write() as connection:
            connection.execute(insert(calendar_events), rows)


def account_events(store: Store, account_ids: Sequence[AccountId]) -> tuple[CalendarEvent, ...]:
    """Events that concern any of the accounts: their own, their country's, and everybody's."""
    table = calendar_events.c
    countries = select(accounts.c.country).where(
        accounts.c.id.in_(account_ids), accounts.c.country.is_not(None)
    )
    theirs = or_(
        table.account_id.in_(account_ids),
        table.account_id.is_(None) & (table.country.is_(None) | table.country.in_(countries)),
    )
    query = (
        select(table.kind, table.title, table.first_day, table.last_day, table.account_id, table.country)
        .where(theirs, table.gone_since.is_(None))
        .order_by(table.first_day, table.id)
    )
    with store.read() as connection:
        return tuple(CalendarEvent(*row) for row in connection.execute(query))
