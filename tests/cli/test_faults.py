"""What can be wrong with a workspace or its disk: a plain sentence, a code, and not a byte changed."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from convergedesk.store.keys import Key, salt_of
from convergedesk.store.opening import connect
from convergedesk.store.schema import SCHEMA
from tests.cli.program import PASSPHRASE, Done, good, run

ACCOUNTS = "account_id,account_name\nA-1,Marlowe Freight\nA-2,Tindle Learning\n"
NOT_PLAIN = re.compile(r"sqlite|SQL|errno|0x|Exception|\bNone\b|\bcode\b|<class", re.IGNORECASE)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def assert_plain(done: Done, *, code: int) -> None:
    """One sentence for the person, and nothing on standard output."""
    assert done.code == code, done.err
    assert done.out == ""
    assert done.err.count("\n") == 1, done.err
    assert done.err[0].isupper() or done.err[0] == "“"
    assert done.err.endswith(".\n")
    assert not NOT_PLAIN.search(done.err), done.err


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 4096 // 2 * 4096)


def tear(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 100)


def overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(path.stat().st_size - 4096))


def make_newer(path: Path) -> None:
    with closing(connect(path, Key.passphrase(PASSPHRASE).for_salt(salt_of(path)))) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")


def make_plain_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut short": (cut, "damaged"),
    "torn within a page": (tear, "damaged"),
    "overwritten": (overwrite, "damaged"),
    "a later schema": (make_newer, "later version"),
    "an open database": (make_plain_database, "no ConvergeDesk workspace"),
    "a letter": (lambda path: path.write_text("Dear Sir or Madam, " * 900), "no ConvergeDesk workspace"),
    "empty": (lambda path: path.write_bytes(b""), "no ConvergeDesk workspace"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_opened(name: str, sample: Path, tmp_path: Path) -> None:
    spoil, words = FAULTS[name]
    spoil(sample)
    export = tmp_path / "accounts.csv"
    export.write_text(ACCOUNTS)
    before = contents(tmp_path)
    for command in (["accounts"], ["import", str(export)]):
        done = run(*command, "--workspace", sample)
        assert_plain(done, code=3)
        assert words in done.err
        assert sample.name in done.err
    assert contents(tmp_path) == before


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for command in (["accounts"], ["backup", "--to", str(tmp_path / "copy.converge")]):
        assert_plain(run(*command, "--workspace", tmp_path / "missing.converge"), code=3)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("command", ["account Marlowe", "backup", "doctor", "import", "pictures", "restore"])
def test_a_wrong_passphrase(command: str, sample: Path, tmp_path: Path) -> None:
    export = tmp_path / "accounts.csv"
    export.write_text(ACCOUNTS)
    before = contents(tmp_path)
    more = {
        "backup": ["--to", str(tmp_path / "copy.converge")],
        "import": [str(export)],
        "pictures": ["--out", str(tmp_path / "pictures")],
        "restore": ["--from", str(sample)],
    }
    target = tmp_path / "restored.converge" if command == "restore" else sample
    done = run(*command.split(), *more.get(command, []), "--workspace", target, passphrase="wrong")
    assert done.code == 3
    assert "This passphrase does not open" in done.err + done.out
    if command != "doctor":
        assert_plain(done, code=3)
    assert contents(tmp_path) == before


def test_faults_are_told_as_json_too(sample: Path) -> None:
    done = run("accounts", "--workspace", sample, "--json", passphrase="wrong")
    told = done.json["error"]
    assert told["exit_code"] == done.code == 3
    assert f"{told['sentence']} {told['fix']}\n" == done.err


@pytest.fixture
def read_only(disk: Callable[[int], Path]) -> Callable[[Path], Path]:
    """Puts a file on a disk of its own that is read-only then."""

    def place(path: Path) -> Path:
        folder = disk(path.stat().st_size + 4_000_000)
        there = folder / path.name
        there.write_bytes(path.read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        return there

    return place


def test_a_read_only_disk(read_only: Callable[[Path], Path], sample: Path, tmp_path: Path) -> None:
    export = tmp_path / "accounts.csv"
    export.write_text(ACCOUNTS)
    there = read_only(sample)
    before = contents(there.parent)
    done = run("import", export, "--workspace", there)
    assert_plain(done, code=3)
    assert "read-only" in done.err
    assert_plain(run("import", export, "--workspace", there.with_name("new.converge")), code=3)
    assert_plain(run("sample", "--workspace", there.with_name("new.converge")), code=3)
    assert contents(there.parent) == before


def test_a_disk_that_fills_up_while_importing(
    disk: Callable[[int], Path], sample: Path, tmp_path: Path
) -> None:
    there = disk(sample.stat().st_size + 2_000_000) / sample.name
    there.write_bytes(sample.read_bytes())
    before = good("accounts", "--workspace", there, "--json").json
    export = tmp_path / "tickets.csv"
    rows = "".join(f"T-{n},A-1,2026-01-02,{'word ' * 40}{n}\n" for n in range(20_000))
    export.write_text("ticket_id,account_id,opened_at,title\n" + rows)
    done = run("import", export, "--workspace", there)
    assert_plain(done, code=4)
    assert "full" in done.err
    export.unlink()
    # It has little room left to find, and nothing else to find fault with.
    findings = run("doctor", "--workspace", there, "--json").json["findings"]
    assert [finding["name"] for finding in findings if not finding["ok"]] == ["space"]
    assert good("accounts", "--workspace", there, "--json").json["accounts"] == before["accounts"]


def test_a_disk_without_room_for_a_backup_or_a_sample(disk: Callable[[int], Path], sample: Path) -> None:
    folder = disk(200_000)
    for command in (
        ["backup", "--workspace", str(sample), "--to", str(folder / "copy.converge")],
        ["sample", "--workspace", str(folder / "sample.converge")],
    ):
        done = run(*command)
        assert_plain(done, code=4)
        assert "full" in done.err
    assert contents(folder) == {}
