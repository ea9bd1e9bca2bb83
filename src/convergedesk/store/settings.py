"""Settings that belong to a workspace and travel with its file."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from convergedesk.store.engine import Store
from convergedesk.store.tables import settings, workspace_info

# What the file said before settings had a table; one place each, or the two would disagree.
_COLUMNS = {
    "workspace.name": workspace_info.c.name,
    "workspace.fiscal_month": workspace_info.c.fiscal_month,
    "workspace.currency": workspace_info.c.currency,
}


def read_settings(store: Store) -> dict[str, Any]:
    """Every stored value by its name, unknown names of later releases included."""
    with store.read() as connection:
        found: dict[str, Any] = {
            row.key: json.loads(row.value)
            for row in connection.execute(select(settings.c.key, settings.c.value))
        }
        kept = connection.execute(select(*_COLUMNS.values())).one()
    named = zip(_COLUMNS, kept, strict=True)
    return found | {name: value for name, value in named if value is not None}


def write_setting(store: Store, name: str, value: Any, *, now: datetime) -> None:
    """Keep a value that JSON can express; None forgets it."""
    with store.write() as connection:
        _write(connection, name, value, now)


def _write(connection: Connection, name: str, value: Any, now: datetime) -> None:
    if name in _COLUMNS:
        kept = None if name == "workspace.currency" and not value else value
        connection.execute(update(workspace_info).values({_COLUMNS[name].name: kept}))
    elif value is None:
        connection.execute(delete(settings).where(settings.c.key == name))
    else:
        row = {"value": json.dumps(value), "updated_at": now}
        adding = insert(settings).values(key=name, **row)
        connection.execute(adding.on_conflict_do_update(index_elements=["key"], set_=row))
