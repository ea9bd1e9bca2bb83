"""The doctor looks without touching, and says what to do."""

from pathlib import Path

from convergedesk.store.doctor import Finding, doctor
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.keys import Key, salt_of
from convergedesk.store.opening import connect
from tests.store.rows import add_account, add_ticket


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def test_a_sound_workspace(path: Path, key: Key) -> None:
    before = path.read_bytes()
    findings = doctor(path, key)
    assert [finding.name for finding in findings] == [
        "versions",
        "space",
        "opens",
        "schema",
        "integrity",
        "references",
        "search",
    ]
    assert all(finding.ok and not finding.fix for finding in findings)
    assert path.read_bytes() == before


def test_a_workspace_that_is_open_elsewhere(store: Store, key: Key) -> None:
    assert all(finding.ok for finding in doctor(store.path, key))


def test_a_wrong_key_ends_the_list(path: Path) -> None:
    last = doctor(path, Key.random())[-1]
    assert (last.name, last.ok) == ("opens", False)
    assert last.fix


def test_a_file_that_is_not_there(tmp_path: Path, key: Key) -> None:
    findings = by_name(doctor(tmp_path / "no" / "book.converge", key))
    assert not findings["space"].ok
    assert not findings["opens"].ok


def test_a_changed_page_is_found(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store, store.write() as connection:
        for _ in range(20):
            connection.exec_driver_sql(
                "INSERT INTO features (key, name) VALUES (hex(randomblob(16)), hex(randomblob(9000)))"
            )
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 12 * 4096)
        file.write(b"\0" * 4096)
    finding = by_name(doctor(path, key))["integrity"]
    assert not finding.ok
    assert "backup" in finding.fix


def test_a_row_whose_account_is_gone_is_found(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        add_ticket(store, add_account(store, "Acme"), "1")
    connection = connect(path, key.for_salt(salt_of(path)))
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM accounts")
    connection.close()
    findings = by_name(doctor(path, key))
    assert findings["integrity"].ok
    assert not findings["references"].ok
    assert findings["references"].sentence.startswith("1 row")
