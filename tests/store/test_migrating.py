"""Bringing older files up to date: whole or not at all, and the same as a fresh file."""

import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from convergedesk.domain.errors import DiskFullError, WorkspaceError
from convergedesk.store import migrating
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.keys import FileKey, Key, salt_of
from convergedesk.store.migrating import copy_before, upgrade
from convergedesk.store.opening import connect
from convergedesk.store.schema import APPLICATION_ID, SCHEMA
from tests.store.rows import add_account, add_ticket

STEP = '''
"""A step of a test."""
from alembic import op
import sqlalchemy as sa
revision = "{number:04}"
down_revision = "{before:04}"
{extra}

def upgrade():
{body}
'''
NEXT = SCHEMA + 1


@pytest.fixture
def file_key(path: Path, key: Key) -> FileKey:
    return key.for_salt(salt_of(path))


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of steps that holds the program's own."""
    folder = tmp_path / "steps"
    shutil.copytree(str(files("convergedesk.store") / "migrations" / "versions"), folder / "versions")
    return folder


def add_step(scripts: Path, body: str, *, extra: str = "") -> None:
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    text = STEP.format(number=NEXT, before=SCHEMA, body=lines, extra=extra)
    (scripts / "versions" / "next.py").write_text(text)


def shape(path: Path, key: FileKey) -> dict[str, object]:
    """Everything about tables and indices that does not depend on how their text is laid out."""
    connection = connect(path, key)

    def ask(statement: str) -> list[tuple[object, ...]]:
        return sorted(connection.execute(statement).fetchall(), key=str)

    found: dict[str, object] = {}
    for kind, name, table, sql in ask("SELECT type, name, tbl_name, sql FROM sqlite_schema"):
        found[f"{kind} {name}"] = table
        if kind == "table":
            checks = re.findall(r"CONSTRAINT \w+ CHECK \(.*\)", str(sql))
            found[f"columns of {name}"] = ask(f'SELECT * FROM pragma_table_xinfo("{name}")')
            # Numbered by their place in the text, which says nothing.
            references = ask(f'SELECT * FROM pragma_foreign_key_list("{name}")')
            found[f"references of {name}"] = sorted((row[2:] for row in references), key=str)
            found[f"checks of {name}"] = sorted(checks)
            found[f"kind of {name}"] = ask(f"SELECT wr, strict FROM pragma_table_list('{name}')")
        else:
            found[f"columns of {name}"] = ask(f'SELECT * FROM pragma_index_xinfo("{name}")')
    connection.close()
    return found


def rows_of(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_an_upgraded_file_is_the_same_as_a_fresh_one(path: Path, file_key: FileKey, tmp_path: Path) -> None:
    old = tmp_path / "old.converge"
    connection = connect(old, file_key, create=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    upgrade(old, file_key, 0)
    assert shape(old, file_key) == shape(path, file_key), (
        "store/tables and migrations/versions lead to different files: add a migration"
    )


def test_an_older_file_is_brought_up_to_date_when_it_is_opened(tmp_path: Path, key: Key) -> None:
    old = tmp_path / "old.converge"
    connection = connect(old, key.for_salt(bytes(16)), create=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    with open_workspace(old, key) as store:
        assert rows_of(store, "accounts") == 0
        with store.read() as reading:
            assert reading.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA
    assert copy_before(old, 0).exists()


def test_a_step_changes_the_schema_and_keeps_every_row(
    store: Store, file_key: FileKey, scripts: Path
) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "1")
    add_step(scripts, "op.add_column('accounts', sa.Column('nickname', sa.Text))")
    copy = upgrade(store.path, file_key, SCHEMA, target=NEXT, scripts=scripts)
    assert rows_of(store, "tickets") == 1
    assert rows_of(store, "accounts WHERE nickname IS NULL") == 1
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
    assert "columns of accounts" in shape(copy, file_key)


def test_a_rebuilt_parent_table_keeps_its_children(store: Store, file_key: FileKey, scripts: Path) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "1")
    body = """
with op.batch_alter_table('accounts', recreate='always') as batch:
    batch.alter_column('industry', new_column_name='sector')
"""
    add_step(scripts, body)
    upgrade(store.path, file_key, SCHEMA, target=NEXT, scripts=scripts)
    assert rows_of(store, "tickets") == 1
    assert rows_of(store, "accounts WHERE sector IS NULL") == 1


FAILURES = {
    "an exception half-way": """
op.create_table('half', sa.Column('a', sa.Integer))
op.execute("DELETE FROM tickets")
op.execute("INSERT INTO half VALUES (1)")
raise RuntimeError('deliberate')
""",
    "children that went missing": "op.execute('DELETE FROM tickets')",
    "references into nothing": "op.execute('DELETE FROM accounts')",
}


@pytest.mark.parametrize("body", FAILURES.values(), ids=FAILURES.keys())
def test_a_failed_step_leaves_the_file_as_it_was(
    store: Store, file_key: FileKey, scripts: Path, body: str
) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "1")
    before = shape(store.path, file_key)
    # The step may change accounts, so that only the broken reference is left to notice.
    add_step(scripts, body, extra="tables_whose_rows_change = ('accounts',)")
    with pytest.raises(WorkspaceError, match="It is as it was before") as caught:
        upgrade(store.path, file_key, SCHEMA, target=NEXT, scripts=scripts)
    assert caught.value.details
    assert shape(store.path, file_key) == before
    assert (rows_of(store, "accounts"), rows_of(store, "tickets")) == (1, 1)
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA
    assert not copy_before(store.path, SCHEMA).exists()


def test_a_step_that_means_to_remove_rows_says_so(store: Store, file_key: FileKey, scripts: Path) -> None:
    add_ticket(store, add_account(store, "Acme"), "1")
    add_step(scripts, "op.execute('DELETE FROM tickets')", extra="tables_whose_rows_change = ('tickets',)")
    upgrade(store.path, file_key, SCHEMA, target=NEXT, scripts=scripts)
    assert rows_of(store, "tickets") == 0


def test_without_room_for_the_copy_nothing_is_touched(
    disk: Callable[[int], Path], path: Path, key: Key, file_key: FileKey, scripts: Path
) -> None:
    there = disk(int(path.stat().st_size * 1.5)) / path.name
    shutil.copyfile(path, there)
    before = there.read_bytes()
    add_step(scripts, "op.add_column('accounts', sa.Column('nickname', sa.Text))")
    with pytest.raises(DiskFullError):
        upgrade(there, file_key, SCHEMA, target=NEXT, scripts=scripts)
    assert there.read_bytes() == before
    assert [file.name for file in there.parent.iterdir()] == [there.name]
    open_workspace(there, key).close()


def test_the_copy_opens_with_the_same_key(path: Path, key: Key, file_key: FileKey, scripts: Path) -> None:
    add_step(scripts, "op.add_column('accounts', sa.Column('nickname', sa.Text))")
    copy = migrating.upgrade(path, file_key, SCHEMA, target=NEXT, scripts=scripts)
    open_workspace(copy, key).close()


def test_what_waits_and_what_was_rejected_comes_along_and_new_kinds_of_data_fit(
    tmp_path: Path, file_key: FileKey
) -> None:
    old = tmp_path / "old.converge"
    connection = connect(old, file_key, create=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    versions = files("convergedesk.store") / "migrations" / "versions"
    for number in (1, 2):
        connection.executescript((versions / f"schema_{number:04}.sql").read_text("utf-8"))
    connection.execute("PRAGMA user_version = 2")
    with connection:
        connection.execute(
            "INSERT INTO waiting_rows (source, stream, entity, row_key, columns, line) "
            "VALUES ('files', 'a.csv', 'tickets', 'T-1', '{}', 2)"
        )
        connection.execute(
            "INSERT INTO rejects (system, source, stream, entity, line, code, reason, created_at) "
            "VALUES ('support', 'files', 'a.csv', 'tickets', 2, 'bad_date', 'No day.', 0)"
        )
    connection.close()
    upgrade(old, file_key, 2)
    connection = connect(old, file_key)
    assert connection.execute("SELECT row_key, line FROM waiting_rows").fetchall() == [("T-1", 2)]
    assert connection.execute("SELECT reason FROM rejects").fetchall() == [("No day.",)]
    with connection:
        connection.execute(
            "INSERT INTO waiting_rows (source, stream, entity, row_key, columns, line) "
            "VALUES ('files', 'b.csv', 'contract_terms', 'A #1', '{}', 2)"
        )
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
