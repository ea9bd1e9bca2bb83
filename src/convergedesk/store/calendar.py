"""Holidays, releases, freezes and outages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, insert, or_, select, update

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent, CalendarEventId
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.tables import accounts, calendar_events

_GONE = "This calendar entry is no longer in the workspace."


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
    return _events(store, _kept().where(concerns))


def list_events(store: Store) -> tuple[CalendarEvent, ...]:
    """Every event, by first day."""
    return _events(store, _kept())


def get(store: Store, event_id: CalendarEventId) -> CalendarEvent:
    """One event. Raises NotFoundError."""
    found = _events(store, _kept().where(calendar_events.c.id == event_id))
    if not found:
        raise NotFoundError(_GONE)
    return found[0]


def add(store: Store, event: CalendarEvent, *, now: datetime) -> CalendarEventId:
    """Add an event and return its id; the event's own `id` does not count."""
    values = {"created_at": now, "updated_at": now, **_values(event)}
    with store.write() as connection:
        added = connection.execute(insert(calendar_events).values(values))
        (new_id,) = added.inserted_primary_key or (0,)
    return CalendarEventId(new_id)


def replace(store: Store, event: CalendarEvent, *, now: datetime) -> None:
    """Give the event with that id what `event` says. Raises NotFoundError."""
    _change(store, event.id, {"updated_at": now, **_values(event)})


def delete(store: Store, event_id: CalendarEventId, *, now: datetime) -> None:
    """Delete an event. Raises NotFoundError."""
    _change(store, event_id, {"updated_at": now, "deleted_at": now})


def _kept() -> Select[Any]:
    table = calendar_events.c
    return select(calendar_events).where(table.gone_since.is_(None), table.deleted_at.is_(None))


def _events(store: Store, query: Select[Any]) -> tuple[CalendarEvent, ...]:
    table = calendar_events.c
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
            id=CalendarEventId(row.id),
        )
        for row in rows
    )


def _values(event: CalendarEvent) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "title": event.title,
        "first_day": event.first_day,
        "last_day": event.last_day,
        "account_id": event.account_id,
        "country": event.country,
    }


def _change(store: Store, event_id: CalendarEventId | None, values: dict[str, Any]) -> None:
    table = calendar_events.c
    changed = update(calendar_events).where(table.id == event_id, table.deleted_at.is_(None)).values(values)
    with store.write() as connection:
        if connection.execute(changed).rowcount == 0:
            raise NotFoundError(_GONE)
