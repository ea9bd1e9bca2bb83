"""Files kept beside contracts: written once, named by their content."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from convergedesk.domain.documents import Document
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.tables import contracts, documents, drafts

# A day longer than an edit can be undone, so that undoing it finds its file.
_KEPT_UNUSED = timedelta(days=31)


def keep(store: Store, document: Document, *, now: datetime) -> None:
    """Keep a file; one that is there already stays as it is."""
    values = {
        "digest": document.digest,
        "media_type": document.media_type,
        "content": document.content,
        "created_at": now,
    }
    with store.write() as connection:
        _forget_unused(connection, now)
        again = upsert(documents).values(values)
        connection.execute(
            again.on_conflict_do_update(index_elements=["digest"], set_={"unused_since": None})
        )


def get(store: Store, digest: str) -> Document:
    """A file that is kept. Raises NotFoundError."""
    with store.read() as connection:
        row = connection.execute(select(documents).where(documents.c.digest == digest)).one_or_none()
    if row is None:
        raise NotFoundError("This file is no longer in the workspace.")
    return Document(row.digest, row.media_type, row.content)


def _forget_unused(connection: Connection, now: datetime) -> None:
    """Note which files no contract and no draft names; drop those that none has named for a month."""
    named = select(contracts.c.signed_digest).where(
        contracts.c.signed_digest == documents.c.digest, contracts.c.deleted_at.is_(None)
    )
    drafted = select(drafts.c.key).where(
        drafts.c.key.startswith("contract:"), drafts.c.body.contains(documents.c.digest)
    )
    used = named.exists() | drafted.exists()
    connection.execute(update(documents).where(used).values(unused_since=None))
    connection.execute(
        update(documents).where(~used, documents.c.unused_since.is_(None)).values(unused_since=now)
    )
    connection.execute(documents.delete().where(documents.c.unused_since < now - _KEPT_UNUSED))
