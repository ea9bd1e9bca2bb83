"""Mappings of files to entities that a person confirmed, kept for the next import."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from convergedesk.domain.protocols import Clock, SystemClock
from convergedesk.store.engine import Store
from convergedesk.store.tables import mappings


def keep_mapping(store: Store, name: str, toml: str, *, clock: Clock | None = None) -> None:
    """Keep a mapping under a name, in place of a former one of that name."""
    now = (clock or SystemClock()).now()
    statement = insert(mappings).values(name=name, toml=toml, created_at=now, updated_at=now)
    changed = statement.on_conflict_do_update(
        ["name"], set_={"toml": toml, "updated_at": now}, where=mappings.c.toml != toml
    )
    with store.write() as connection:
        connection.execute(changed)


def kept_mapping(store: Store, name: str) -> str | None:
    """The mapping of that name as TOML, or None."""
    with store.read() as connection:
        return connection.execute(select(mappings.c.toml).where(mappings.c.name == name)).scalar()
