"""Transactions: whole or not at all, between threads and between programs."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from convergedesk.domain.errors import WorkspaceBusyError, WorkspaceError
from convergedesk.store.engine import Store, create_workspace, open_workspace
from convergedesk.store.info import read_info
from convergedesk.store.keys import Key
from tests.store.rows import NOW, add_account

WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from convergedesk.store.engine import open_workspace
from convergedesk.store.keys import Key
with open_workspace(Path(sys.argv[1]), Key.from_text(sys.argv[2])) as store, store.write() as connection:
    connection.exec_driver_sql("INSERT INTO features (key, name) VALUES ('child', 'Child')")
    print("written", flush=True)
    if sys.stdin.readline().strip() != "commit":
        raise SystemExit("told to go")
"""


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM features ORDER BY id").scalars())


def insert_feature(store: Store, name: str) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO features (key, name) VALUES (?, ?)", (name, name))


def start_writer(path: Path, key: Key) -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), key.text()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    return child


def test_a_new_workspace_knows_its_name_and_that_it_is_a_sample(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "new folder" / "sample.converge"
    with create_workspace(path, key, name="Muster", sample=True) as store:
        info = read_info(store)
    assert (info.name, info.sample, len(info.uid)) == ("Muster", True, 32)
    assert [file.name for file in path.parent.iterdir()] == ["sample.converge"]


def test_nothing_is_created_over_a_file_that_is_there(path: Path, key: Key) -> None:
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match="already a file"):
        create_workspace(path, key, name="Other")
    assert path.read_bytes() == before


def test_nothing_readable_lies_on_the_disk(store: Store) -> None:
    add_account(store, "Verschlossene Gesellschaft")
    for file in store.path.parent.iterdir():
        content = file.read_bytes()
        assert b"Verschlossene" not in content
        assert b"CREATE TABLE" not in content


def test_a_failed_block_leaves_nothing_not_even_a_table(store: Store) -> None:
    def fail() -> None:
        with store.write() as connection:
            connection.exec_driver_sql("CREATE TABLE half (a INTEGER)")
            connection.exec_driver_sql("INSERT INTO features (key, name) VALUES ('a', 'a')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as connection:
        found = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name = 'half'").all()
    assert (found, names(store)) == ([], [])


def test_a_reader_keeps_the_state_it_began_with(store: Store) -> None:
    insert_feature(store, "before")
    with store.read() as connection:
        count = "SELECT count(*) FROM features"
        assert connection.exec_driver_sql(count).scalar() == 1
        insert_feature(store, "meanwhile")
        assert connection.exec_driver_sql(count).scalar() == 1
    assert names(store) == ["before", "meanwhile"]


def test_writers_of_many_threads_take_turns(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: insert_feature(store, f"f{number:02}"), range(24)))
    assert sorted(names(store)) == [f"f{number:02}" for number in range(24)]


def test_what_another_program_commits_shows_and_is_noticed(store: Store, key: Key) -> None:
    before = store.data_version()
    assert store.data_version() == before
    child = start_writer(store.path, key)
    assert names(store) == []
    assert store.data_version() == before
    child.communicate("commit\n")
    assert child.returncode == 0
    assert names(store) == ["Child"]
    assert store.data_version() != before


def test_our_own_commits_are_noticed_too(store: Store) -> None:
    before = store.data_version()
    insert_feature(store, "ours")
    assert store.data_version() != before


def test_a_killed_writer_leaves_the_file_as_it_was(path: Path, key: Key) -> None:
    child = start_writer(path, key)
    child.kill()
    child.communicate()
    with open_workspace(path, key) as store:
        assert names(store) == []
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_file_that_another_program_holds_says_so(path: Path, key: Key) -> None:
    with open_workspace(path, key, busy_seconds=0.05) as store:
        child = start_writer(path, key)
        try:
            with pytest.raises(WorkspaceBusyError, match=r"Another program is using “book\.converge”"):
                insert_feature(store, "late")
        finally:
            child.communicate("commit\n")
        insert_feature(store, "afterwards")
        assert names(store) == ["Child", "afterwards"]


def test_closing_folds_the_log_into_the_file(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        insert_feature(store, "kept")
        assert path.with_name("book.converge-wal").stat().st_size > 0
    assert [file.name for file in path.parent.iterdir()] == ["book.converge"]
    with open_workspace(path, key) as store:
        assert names(store) == ["kept"]


def test_foreign_keys_hold_on_every_connection(store: Store) -> None:
    def enforced(_: int) -> int:
        with store.read() as connection:
            return int(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one())

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(enforced, range(8))) == {1}


def test_the_creation_time_is_the_clocks(tmp_path: Path, key: Key) -> None:
    class Still:
        def now(self) -> datetime:
            return NOW

    with create_workspace(tmp_path / "a.converge", key, name="A", clock=Still()) as store, store.read() as c:
        assert c.exec_driver_sql("SELECT created_at FROM workspace_info").scalar() == int(
            NOW.timestamp() * 1_000_000
        )


def test_reads_together_see_one_state_whatever_is_written_meanwhile(store: Store) -> None:
    insert_feature(store, "first")
    with store.read_together():
        assert names(store) == ["first"]
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(insert_feature, store, "second").result()
        assert names(store) == ["first"]
    assert names(store) == ["first", "second"]


def test_the_version_of_others_stays_when_this_store_writes(store: Store) -> None:
    before = store.version_of_others()
    insert_feature(store, "ours")
    names(store)
    assert store.version_of_others() == before


def test_the_version_of_others_changes_when_another_program_writes(store: Store, key: Key) -> None:
    insert_feature(store, "ours")
    before = store.version_of_others()
    child = start_writer(store.path, key)
    child.communicate("commit\n")
    assert store.version_of_others() != before
    assert store.version_of_others() == store.version_of_others()


def test_the_version_of_others_is_not_asked_for_while_this_store_writes(store: Store) -> None:
    before = store.version_of_others()
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO features (key, name) VALUES ('a', 'A')")
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(store.version_of_others).result() == before
    assert store.version_of_others() == before


def test_nothing_is_written_in_a_transaction_that_only_reads(store: Store) -> None:
    with store.read_together(), pytest.raises(RuntimeError, match="read_together"), store.together():
        pass
    with store.read_together(), pytest.raises(RuntimeError, match="read_together"), store.write():
        pass
    with store.together(), store.read_together(), store.write() as connection:
        assert connection.in_transaction()
    insert_feature(store, "afterwards")
    assert names(store) == ["afterwards"]
