"""Home is read straight from the file, and costs no heavy import."""

import json
import struct
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.engagement import CheckIn, ContactChannel
from convergedesk.domain.errors import WrongKeyError
from convergedesk.domain.freshness import FreshnessState
from convergedesk.domain.links import KeyState
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse, HomeSnapshot, PortfolioRow, TicketTick
from convergedesk.domain.records import EntityKind
from convergedesk.store import engagement, pods, tables
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.first_paint import read_home
from convergedesk.store.info import set_today
from convergedesk.store.keys import FileKey, Key, salt_of
from convergedesk.store.opening import connect
from tests.store.rows import NOW, add, add_account

TODAY = date(2026, 3, 10)


def home(store: Store, key: Key) -> HomeSnapshot:
    found = read_home(store.path, key, today=TODAY)
    assert found is not None
    return found[0]


def row(snapshot: HomeSnapshot, name: str) -> PortfolioRow:
    return next(row for row in snapshot.rows if row.name == name)


def test_an_empty_workspace(store: Store, key: Key) -> None:
    snapshot = home(store, key)
    assert (snapshot.workspace_name, snapshot.sample, snapshot.today) == ("Book", False, TODAY)
    assert (snapshot.rows, snapshot.pods, snapshot.rejects, snapshot.unlinked) == ((), (), 0, 0)
    assert [one.system for one in snapshot.freshness] == list(SystemKind)
    assert {one.state for one in snapshot.freshness} == {FreshnessState.NEVER}


def test_an_account_without_figures_yet(store: Store, key: Key) -> None:
    add_account(store, "New", tier="Pilot", gone_since=NOW)
    new = row(home(store, key), "New")
    assert (new.tier, new.gone_since, new.spark.values, new.usage_28) == ("Pilot", NOW, (), None)
    assert (new.billed, new.mrr, new.commitment, new.open_tickets) == (None, None, None, 0)


def test_kept_figures_come_back(store: Store, key: Key) -> None:
    account = add_account(store, "Acme")
    add(
        store,
        tables.account_summaries,
        account_id=account,
        spark=struct.pack("<90f", *range(90)),
        spark_last_day=date(2026, 3, 9),
        spark_unit="call",
        spark_meters=2,
        usage_28=30.0,
        usage_previous_28=40.0,
        tick_days=json.dumps([[3, 0], [80, 1]]),
        open_tickets=4,
        open_high=1,
        oldest_high_opened_at=NOW,
        billed_last_month_minor=1234,
        billed_month=2026 * 12 + 1,
        billed_currency="EUR",
        mrr_minor=500,
        mrr_currency="USD",
        commitment_minor=100_000,
        commitment_used_minor=40_000,
        commitment_currency="EUR",
        commitment_starts_on=date(2026, 1, 1),
        commitment_ends_on=date(2026, 12, 31),
        goals_open=3,
        goals_overdue=1,
        computed_at=NOW,
    )
    acme = row(home(store, key), "Acme")
    assert acme.spark.values == tuple(float(value) for value in range(90))
    assert (acme.spark.last_day, acme.spark.unit, acme.spark.meters) == (date(2026, 3, 9), "call", 2)
    assert acme.spark.ticks == (TicketTick(3, high=False), TicketTick(80, high=True))
    assert acme.usage_change == -0.25
    assert (acme.billed, acme.billed_month, acme.mrr) == (
        Money(1234, "EUR"),
        date(2026, 2, 1),
        Money(500, "USD"),
    )
    assert acme.commitment == CommitmentUse(
        Money(100_000, "EUR"), Money(40_000, "EUR"), date(2026, 1, 1), date(2026, 12, 31)
    )
    assert (acme.open_tickets, acme.open_high, acme.oldest_high_opened_at) == (4, 1, NOW)
    assert (acme.goals_open, acme.goals_overdue) == (3, 1)


def test_sites_count_for_their_parent_and_share_its_pods(store: Store, key: Key) -> None:
    group = add_account(store, "Group")
    country = add_account(store, "Country", parent_id=group)
    site = add_account(store, "Site", parent_id=country)
    add_account(store, "Merged", merged_into_id=group, parent_id=group)
    pod = pods.add_pod(store, "Pilot", now=NOW, account_ids=[group])
    held = datetime(2026, 2, 3, 22, tzinfo=UTC)
    contact = CheckIn(site, held, ContactChannel.CALL, "Amira", (), "Talked")
    engagement.add_check_in(store, contact, now=NOW)
    snapshot = home(store, key)
    assert [(one.name, one.sites, one.parent_id) for one in snapshot.rows] == [
        ("Country", 1, group),
        ("Group", 2, None),
        ("Site", 0, country),
    ]
    assert {one.pod_ids for one in snapshot.rows} == {(pod,)}
    assert {one.last_contact_on for one in snapshot.rows} == {date(2026, 2, 3)}
    assert [(one.pod_id, one.name, one.accounts) for one in snapshot.pods] == [(pod, "Pilot", 1)]


def test_what_waits_is_counted(store: Store, key: Key) -> None:
    reject = {
        "system": SystemKind.SUPPORT,
        "source": "files",
        "stream": "tickets.csv",
        "entity": EntityKind.TICKETS,
        "code": "bad_date",
        "reason": "The date cannot be read.",
        "created_at": NOW,
    }
    add(store, tables.rejects, **reject, line=2, rows=3)
    add(store, tables.rejects, **reject, line=9)
    add(store, tables.rejects, **reject, line=10, resolved_at=NOW)
    for number, state in enumerate(KeyState):
        key_row = {"system": SystemKind.CRM, "source": "files", "account_key": f"name:{number}"}
        add(store, tables.account_keys, **key_row, state=state, first_seen_at=NOW)
    snapshot = home(store, key)
    assert (snapshot.rejects, snapshot.unlinked) == (4, 2)


def test_freshness_is_of_the_newest_source(store: Store, key: Key) -> None:
    for source, day in (("files", 1), ("zendesk", 5)):
        as_of = datetime(2026, 3, day, tzinfo=UTC)
        add(store, tables.freshness, system=SystemKind.SUPPORT, source=source, as_of=as_of, received_at=NOW)
    support = {one.system: one for one in home(store, key).freshness}[SystemKind.SUPPORT]
    assert (support.as_of, support.received_at) == (datetime(2026, 3, 5, tzinfo=UTC), NOW)
    assert support.state is FreshnessState.CURRENT


def test_a_samples_day_stands_still(store: Store, key: Key) -> None:
    set_today(store, date(2025, 12, 10))
    assert home(store, key).today == date(2025, 12, 10)


def test_the_key_that_comes_back_opens_the_file_without_deriving_it_again(path: Path, key: Key) -> None:
    found = read_home(path, key, today=TODAY)
    assert found is not None
    open_workspace(path, Key.raw(found[1].key)).close()


def test_a_wrong_key_is_refused_here_too(path: Path) -> None:
    with pytest.raises(WrongKeyError):
        read_home(path, Key.random(), today=TODAY)


def test_a_key_that_was_derived_ahead_is_taken_for_its_own_file_only(path: Path, key: Key) -> None:
    salt = salt_of(path)
    # The passphrase is a wrong one: what opens the file is what was derived before.
    derived = FileKey(key.secret, salt)
    assert read_home(path, Key.passphrase("another"), today=TODAY, derived=derived) is not None
    elsewhere = FileKey(key.secret, bytes(len(salt)))
    with pytest.raises(WrongKeyError):
        read_home(path, Key.passphrase("another"), today=TODAY, derived=elsewhere)


def test_an_older_file_has_to_be_brought_up_to_date_first(path: Path, key: Key) -> None:
    connection = connect(path, key.for_salt(salt_of(path)))
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    assert read_home(path, key, today=TODAY) is None


HEAVY = ("sqlalchemy", "numpy", "alembic", "keyring", "PySide6")
PROBE = """
import sys
from datetime import date
from pathlib import Path
from convergedesk.store.first_paint import read_home
from convergedesk.store.keys import Key
read_home(Path(sys.argv[1]), Key.from_text(sys.argv[2]), today=date(2026, 3, 10))
print(*sys.modules, sep="\\n")
"""


def test_reading_home_imports_nothing_heavy(path: Path, key: Key) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path), key.text()], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "sqlcipher3" in loaded
    assert loaded.isdisjoint(HEAVY)
