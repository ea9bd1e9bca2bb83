"""Every row that people edit, for comparing a workspace with itself at another time."""

from typing import Any

from convergedesk.store.engine import Store
from convergedesk.store.tables import metadata
from convergedesk.store.tables.edits import UNDOABLE


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every undoable row, but for the instant of its last edit."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with store.read() as connection:
        for name in UNDOABLE:
            columns = [column.name for column in metadata.tables[name].c if column.name != "updated_at"]
            listed = ", ".join(f'"{column}"' for column in columns)
            rows = connection.exec_driver_sql(f"SELECT {listed} FROM {name} ORDER BY 1, 2")
            found[name] = [tuple(row) for row in rows]
    return found
