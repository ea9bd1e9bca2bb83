"""Edits that people made, and the triggers that keep what every edited row was before and after.

While an edit is open (`edit_open` holds a row, within one transaction), each change of a row in
the tables below is noted in `edit_rows` under `OPEN`; `store.edits` gives the notes to the edit
when it ends. Cascades are noted too. Imports open no edit, so they note nothing.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, MetaData, Table, Text, event

from convergedesk.store.tables.columns import Instant, flag, metadata, new_uid, text

# The edit number under which rows are noted until the edit ends.
OPEN: Final = 0

UNDOABLE: Final = (
    "accounts",
    "actions",
    "alert_rules",
    "alerts",
    "calendar_events",
    "check_ins",
    "check_ins_put_off",
    "commitment_meters",
    "commitments",
    "contracts",
    "decisions",
    "entitlements",
    "exchange_rates",
    "features",
    "feedback_items",
    "feedback_requests",
    "goal_measurements",
    "goal_targets",
    "goals",
    "handoffs",
    "huddle_items",
    "huddles",
    "meter_prices",
    "meters",
    "notes",
    "opportunity_decisions",
    "persons",
    "pod_accounts",
    "pod_members",
    "pods",
    "price_tiers",
    "ramps",
    "review_slides",
    "reviews",
    "sla_terms",
    "ticket_contexts",
    "ticket_goals",
)

edits = Table(
    "edits",
    metadata,
    # The order in which edits were made, whatever the clock said; a number never comes again.
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True, default=new_uid),
    text("label"),
    text("author"),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("made_at", Instant, nullable=False),
    # Never earlier than that of the edit before, so that a clock set back shortens nobody's 30 days.
    Column("aged_from", Instant, nullable=False),
    flag("deletes", default=False),
    # Edits that follow each other with the same word are one step; empty: never.
    text("merge"),
    Column("undone_at", Instant),
    Column("restores_id", Integer, ForeignKey("edits.id", ondelete="SET NULL")),
    Index(None, "restores_id"),
    Index(None, "account_id"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

edit_rows = Table(
    "edit_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edit_id", Integer, nullable=False),
    Column("table_name", Text, nullable=False),
    # The primary key as a JSON list.
    Column("row_key", Text, nullable=False),
    # The whole row as a JSON object; NULL where there was none.
    Column("before", Text),
    Column("after", Text),
    Index(None, "edit_id"),
    sqlite_strict=True,
)

edit_open = Table(
    "edit_open",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    sqlite_strict=True,
)

# What is being written and has not been kept yet, so that it is there again after a fault.
drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    # A JSON object.
    Column("body", Text, nullable=False),
    Column("updated_at", Instant, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


def _image(row: str, columns: list[tuple[str, str]]) -> str:
    # JSON cannot hold bytes.
    values = [
        f"'{name}', "
        + (f"iif({row}.{name} IS NULL, NULL, hex({row}.{name}))" if kind == "BLOB" else f"{row}.{name}")
        for name, kind in columns
    ]
    return f"json_object({', '.join(values)})"


def _triggers_of(connection: Connection, table: str) -> list[str]:
    # From the file itself, since an upgrade may be on its way to another schema than this one.
    found = connection.exec_driver_sql(
        "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", (table,)
    ).all()
    columns = [(row.name, row.type) for row in found]
    keys = [row.name for row in sorted(found, key=lambda row: row.pk) if row.pk]
    made: list[str] = []
    for when, before, after in (("INSERT", "", "new"), ("UPDATE", "old", "new"), ("DELETE", "old", "")):
        key = ", ".join(f"{before or after}.{name}" for name in keys)
        images = ", ".join(_image(row, columns) if row else "NULL" for row in (before, after))
        made.append(
            f"CREATE TRIGGER edits_{table}_{when.lower()} AFTER {when} ON {table} "  # noqa: S608
            "WHEN EXISTS (SELECT 1 FROM edit_open) BEGIN\n"
            "  INSERT INTO edit_rows (edit_id, table_name, row_key, before, after) "
            f"VALUES ({OPEN}, '{table}', json_array({key}), {images});\nEND"
        )
    return made


def create_edit_triggers(connection: Connection) -> None:
    """Create the triggers of every table that people edit and that the file has."""
    for table in UNDOABLE:
        for statement in _triggers_of(connection, table):
            connection.exec_driver_sql(statement)


def drop_edit_triggers(connection: Connection) -> None:
    """Remove the triggers, where they are."""
    named = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'edits\\_%' ESCAPE '\\'"
    ).scalars()
    for name in list(named):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


@event.listens_for(metadata, "after_create")
def _after_create(_target: MetaData, connection: Connection, **_: Any) -> None:
    create_edit_triggers(connection)
