"""Writes the SQL of the first schema anew from `store/tables`: `make schema`.

Until the first release there is one schema, and a change of a table changes it. Afterwards a file out there
has been created by it, so a change is a revision of its own and this refuses.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import sqlalchemy
import sqlcipher3

from convergedesk.store.schema import SCHEMA
from convergedesk.store.tables import metadata
from installers.problem import SetUpError, exit_status

VERSIONS = "convergedesk.store.migrations"


def current_sql() -> str:
    """Every statement that creates the tables and indexes: by table, so that a change reads as one.

    The search index is left out: whatever the revision, an upgrade writes it anew.
    """
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=sqlcipher3,
        creator=lambda: sqlcipher3.connect(":memory:"),
        poolclass=sqlalchemy.StaticPool,
    )
    with engine.begin() as connection:
        metadata.create_all(connection)
        found = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger' AND name NOT IN "
            "(SELECT name FROM pragma_table_list WHERE type IN ('shadow', 'virtual')) "
            "ORDER BY tbl_name, type = 'index', name"
        )
        statements: list[str] = [str(row[0]) for row in found]
    engine.dispose()
    return ";\n\n".join(map(_tidy, statements)) + ";\n"


def _tidy(statement: str) -> str:
    lines = (line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())
    return "\n".join(line for line in lines if line)


def main() -> int:
    """Runs from the command line; returns the exit status."""
    if SCHEMA != 1:
        raise SetUpError("The first schema has been published. Write a revision in store/migrations instead.")
    package = Path(str(import_module(VERSIONS).__file__)).parent
    (package / "versions" / "schema_0001.sql").write_text(current_sql(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
