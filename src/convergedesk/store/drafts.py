"""What somebody is writing: kept beside the edits, so that a fault does not take the words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from convergedesk.store.engine import Store
from convergedesk.store.tables import drafts


def keep(store: Store, key: str, body: Mapping[str, object], *, now: datetime) -> None:
    """Keep a draft in place of the one before it."""
    values = {"body": json.dumps(body, ensure_ascii=False), "updated_at": now}
    with store.write() as connection:
        connection.execute(
            insert(drafts)
            .values(key=key, **values)
            .on_conflict_do_update(index_elements=["key"], set_=values)
        )


def find(store: Store, key: str) -> dict[str, object] | None:
    """The draft, or None where there is none."""
    with store.read() as connection:
        body = connection.execute(select(drafts.c.body).where(drafts.c.key == key)).scalar_one_or_none()
    return None if body is None else json.loads(body)


def drop(store: Store, key: str) -> None:
    """Forget a draft, because it was kept for good or given up."""
    with store.write() as connection:
        connection.execute(delete(drafts).where(drafts.c.key == key))
