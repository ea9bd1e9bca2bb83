"""Pictures that notes show: kept once, named by their content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from convergedesk.domain.engagement import Picture, pictures_named
from convergedesk.store.engine import Store
from convergedesk.store.tables import notes, pictures

# A day longer than an edit can be undone, so that undoing it finds its picture.
_KEPT_UNUSED = timedelta(days=31)


def keep(store: Store, picture: Picture, *, now: datetime) -> None:
    """Keep a picture; one that is there already stays as it is."""
    values = {
        "digest": picture.digest,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "content": picture.content,
        "created_at": now,
    }
    with store.write() as connection:
        _forget_unused(connection, now)
        again = upsert(pictures).values(values)
        connection.execute(
            again.on_conflict_do_update(index_elements=["digest"], set_={"unused_since": None})
        )


def find(store: Store, digests: Sequence[str]) -> tuple[Picture, ...]:
    """Those of the pictures that the workspace holds."""
    if not digests:
        return ()
    with store.read() as connection:
        rows = connection.execute(select(pictures).where(pictures.c.digest.in_(digests))).all()
    return tuple(Picture(r.digest, r.media_type, r.width, r.height, r.content) for r in rows)


def _forget_unused(connection: Connection, now: datetime) -> None:
    """Note which pictures no text names any more, and drop those that none has named for a month."""
    texts = connection.execute(
        select(notes.c.body).where(notes.c.deleted_at.is_(None), notes.c.body.contains("picture:"))
    ).scalars()
    used = {digest for text in texts for digest in pictures_named(text)}
    unused = pictures.c.digest.not_in(used)
    connection.execute(update(pictures).where(~unused).values(unused_since=None))
    connection.execute(
        update(pictures).where(unused, pictures.c.unused_since.is_(None)).values(unused_since=now)
    )
    connection.execute(pictures.delete().where(pictures.c.unused_since < now - _KEPT_UNUSED))
