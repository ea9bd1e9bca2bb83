"""Keeps the full-text index as true as the tables: what triggers noted is indexed before the commit."""

from __future__ import annotations

from sqlalchemy import Connection

from convergedesk.store.tables.search import ID_MASK, INDEX_TABLES, INDEXED, Indexed


def is_behind(connection: Connection) -> bool:
    """True where something was written past `Store.write`, such as by an upgrade of the file."""
    return bool(connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM search_queue)").scalar_one())


def catch_up(connection: Connection) -> None:
    """Index whatever changed in this transaction. Costs next to nothing where nothing did."""
    if not is_behind(connection):
        return
    for one in INDEXED:
        span = (one.first, one.last)
        # Left to itself SQLite walks through all that is indexed, to look each of it up in the queue.
        outdated = connection.exec_driver_sql(
            f"SELECT q.place FROM search_queue q CROSS JOIN {one.index}_docsize d ON d.id = q.place "  # noqa: S608
            "WHERE q.place BETWEEN ? AND ?",
            span,
        ).all()
        if outdated:
            connection.exec_driver_sql(
                f"DELETE FROM {one.index} WHERE rowid = ?",  # noqa: S608
                [tuple(row) for row in outdated],
            )
        # In the order of places, which is the one in which FTS5 need not flush between rows.
        connection.exec_driver_sql(
            f"{_indexing(one, 'search_queue q CROSS JOIN')} "
            f"WHERE q.place BETWEEN ? AND ? AND r.id = q.place & {ID_MASK} AND {one.place('r')} = q.place "
            "ORDER BY q.place",
            span,
        )
    connection.exec_driver_sql("DELETE FROM search_queue")


def rebuild(connection: Connection) -> None:
    """Throw the index away and write it anew from the tables."""
    for name in INDEX_TABLES:
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")  # noqa: S608
    for one in INDEXED:
        connection.exec_driver_sql(f"{_indexing(one)} ORDER BY 1")
    connection.exec_driver_sql("DELETE FROM search_queue")


def missing_rows(connection: Connection) -> int:
    """How many rows of the tables are not in the index, or the other way round; 0 where all is well.

    Raises:
        sqlalchemy.exc.DatabaseError: The index is damaged in itself; `rebuild` mends it.
    """
    for name in INDEX_TABLES:
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")  # noqa: S608
    wrong = 0
    for one in INDEXED:
        rows = f"SELECT {one.place('r')} AS place FROM {one.table} r"  # noqa: S608
        kept = f"SELECT id FROM {one.index}_docsize WHERE id BETWEEN {one.first} AND {one.last}"  # noqa: S608
        for more, less in ((rows, kept), (kept, rows)):
            wrong += connection.exec_driver_sql(
                f"SELECT count(*) FROM ({more} EXCEPT {less})"  # noqa: S608
            ).scalar_one()
    return wrong


def _indexing(one: Indexed, before: str = "") -> str:
    columns = INDEX_TABLES[one.index].split(", content")[0]
    return (
        f"INSERT INTO {one.index} (rowid, {columns}) "  # noqa: S608
        f"SELECT {one.place('r')}, {', '.join(one.texts)} FROM {before} {one.table} r {one.joins}"
    )
