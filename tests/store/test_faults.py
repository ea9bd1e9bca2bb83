"""What goes wrong around a workspace: each a plain sentence, and nothing damaged.

Disks are real ones: mounted for the test with a size of their own, or mounted read-only.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from convergedesk.domain.errors import (
    ConvergeDeskError,
    DamagedWorkspaceError,
    DiskFullError,
    NewerWorkspaceError,
    NotAWorkspaceError,
    ReadOnlyError,
    WorkspaceError,
    WrongKeyError,
)
from convergedesk.store.engine import Store, create_workspace, open_workspace
from convergedesk.store.keys import Key, salt_of
from convergedesk.store.opening import connect
from convergedesk.store.schema import SCHEMA

PAGE = 4096
BLOB = "INSERT INTO features (key, name) VALUES (hex(randomblob(16)), hex(randomblob(50000)))"


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def refuse(path: Path, key: Key, kind: type[ConvergeDeskError]) -> ConvergeDeskError:
    """Open, expect that fault, and expect the folder to be as before, byte for byte."""
    before = contents(path.parent)
    with pytest.raises(kind) as caught:
        open_workspace(path, key)
    assert contents(path.parent) == before
    assert type(caught.value) is kind
    assert path.name in caught.value.sentence
    assert caught.value.fix
    assert not re.search(r"[Ee]rror|sqlite|SQL|0x|\bcode\b", str(caught.value))
    return caught.value


def set_pragma(path: Path, key: Key, statement: str) -> None:
    connection = connect(path, key.for_salt(salt_of(path)))
    connection.execute(statement)
    connection.close()


def fill(store: Store, rows: int) -> None:
    with store.write() as connection:
        for _ in range(rows):
            connection.exec_driver_sql(BLOB)


def count(store: Store) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM features").scalar_one())


def test_a_wrong_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "book.converge"
    create_workspace(path, Key.passphrase("right"), name="Book").close()
    fault = refuse(path, Key.passphrase("wrong"), WrongKeyError)
    assert "passphrase" in fault.sentence


def test_a_wrong_key(path: Path) -> None:
    fault = refuse(path, Key.random(), WrongKeyError)
    assert "passphrase" not in fault.sentence


def test_a_wrong_key_writes_nothing_to_the_terminal(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    refuse(path, Key.random(), WrongKeyError)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_not_there(tmp_path: Path, key: Key) -> None:
    refuse(tmp_path / "gone.converge", key, WorkspaceError)


def test_a_folder_in_place_of_a_file(tmp_path: Path, key: Key) -> None:
    folder = tmp_path / "book.converge"
    folder.mkdir()
    with pytest.raises(NotAWorkspaceError, match="it is a folder"):
        open_workspace(folder, key)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"name,domain\nAcme,acme.example\n" * 500, "another kind"),
        (b"short", "too short|another kind"),
        (b"SQLite format 3\0" + bytes(8176), "another kind"),
        (os.urandom(1000), "too short"),
    ],
    ids=["zero bytes", "a table", "a word", "a plain database", "a quarter of a page"],
)
def test_a_file_that_is_no_workspace(tmp_path: Path, key: Key, content: bytes, words: str) -> None:
    path = tmp_path / "book.converge"
    path.write_bytes(content)
    fault = refuse(path, key, NotAWorkspaceError)
    assert re.search(words, fault.sentence)


def test_an_encrypted_database_of_another_program(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "other.db"
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(key.for_salt(bytes(16)).pragma())
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    fault = refuse(path, key, NotAWorkspaceError)
    assert "another program" in fault.sentence


@pytest.mark.parametrize("cut", [1, PAGE - 1, PAGE, 10 * PAGE, 150 * PAGE + 17])
def test_a_file_that_is_cut_short(path: Path, key: Key, cut: int) -> None:
    os.truncate(path, path.stat().st_size - cut)
    refuse(path, key, DamagedWorkspaceError)


def test_a_page_that_was_overwritten_from_outside(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        fill(store, 40)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 20 * PAGE)
        file.write(b"\0" * PAGE)
    damaged = pytest.raises(DamagedWorkspaceError, match="damaged")
    with open_workspace(path, key) as store, damaged, store.read() as connection:
        connection.exec_driver_sql("SELECT sum(length(name)) FROM features").all()


def test_a_newer_schema(path: Path, key: Key) -> None:
    set_pragma(path, key, f"PRAGMA user_version = {SCHEMA + 1}")
    fault = refuse(path, key, NewerWorkspaceError)
    assert "later version" in fault.sentence


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_folder_without_the_right_to_write(path: Path, key: Key, what: str) -> None:
    target = path if what == "file" else path.parent
    mode = target.stat().st_mode
    target.chmod(0o444 if what == "file" else 0o555)
    try:
        refuse(path, key, ReadOnlyError)
    finally:
        target.chmod(mode)


def test_a_read_only_disk(disk: Callable[[int], Path], path: Path, key: Key) -> None:
    folder = disk(16_000_000)
    there = folder / path.name
    there.write_bytes(path.read_bytes())
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    fault = refuse(there, key, ReadOnlyError)
    assert "read-only" in fault.sentence
    with pytest.raises(ReadOnlyError):
        create_workspace(folder / "new.converge", key, name="New")


def test_a_full_disk_while_writing(disk: Callable[[int], Path], path: Path, key: Key) -> None:
    there = disk(8_000_000) / path.name
    there.write_bytes(path.read_bytes())
    with open_workspace(there, key) as store:
        fill(store, 3)
        with pytest.raises(DiskFullError) as caught:
            fill(store, 500)
        assert "full" in caught.value.sentence
        assert count(store) == 3
    with open_workspace(there, key) as store:
        assert count(store) == 3
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_full_disk_while_opening(disk: Callable[[int], Path], path: Path, key: Key) -> None:
    folder = disk(2_000_000)
    there = folder / path.name
    there.write_bytes(path.read_bytes())
    fill_up(folder / "ballast")
    with pytest.raises(DiskFullError), open_workspace(there, key) as store:
        fill(store, 1)
    (folder / "ballast").unlink()
    with open_workspace(there, key) as store:
        assert count(store) == 0


def test_a_full_disk_while_creating_leaves_no_file(disk: Callable[[int], Path], key: Key) -> None:
    folder = disk(300_000)
    with pytest.raises(DiskFullError):
        create_workspace(folder / "new.converge", key, name="New")
    assert list(folder.iterdir()) == []


def test_a_file_that_may_not_grow_counts_as_a_full_disk(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        with store.read() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        def fill_limited() -> None:
            with store.write() as connection:
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
                try:
                    for _ in range(10):
                        connection.exec_driver_sql(BLOB)
                finally:
                    connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")

        with pytest.raises(DiskFullError):
            fill_limited()
        assert count(store) == 0


def test_a_bug_is_not_dressed_up_as_a_fault(store: Store) -> None:
    with pytest.raises(Exception, match="no such column") as caught, store.read() as connection:
        connection.exec_driver_sql("SELECT nonsense FROM features")
    assert not isinstance(caught.value, ConvergeDeskError)


def fill_up(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
