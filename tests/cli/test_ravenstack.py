"""A company's exports as others made them, imported by the command line with no word on what they are.

The figures to hold them against are computed here from the files alone.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import good

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ravenstack"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="needs the RavenStack exports beside the checkout"
)
KINDS = {
    "ravenstack_accounts.csv": "accounts",
    "ravenstack_churn_events.csv": "churn_events",
    "ravenstack_feature_usage.csv": "usage",
    "ravenstack_subscriptions.csv": "subscriptions",
    "ravenstack_support_tickets.csv": "tickets",
}


def lines(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"ravenstack_{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def outside_their_subscription() -> int:
    terms = {
        row["subscription_id"]: (
            date.fromisoformat(row["start_date"]),
            date.fromisoformat(row["end_date"]) if row["end_date"] else date.max,
        )
        for row in lines("subscriptions")
    }
    count = 0
    for row in lines("feature_usage"):
        first, last = terms[row["subscription_id"]]
        count += not first <= date.fromisoformat(row["usage_date"]) <= last
    return count


@dataclass(frozen=True)
class Imported:
    book: Path
    told: Any


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    book = tmp_path_factory.mktemp("ravenstack") / "book.converge"
    return Imported(book, good("import", FOLDER, "--workspace", book, "--json").json)


def test_every_table_is_recognised_and_no_row_is_lost(imported: Imported) -> None:
    told = imported.told
    assert {file["file"]: file["entity"] for file in told["files"]} == KINDS
    assert [skipped["file"] for skipped in told["skipped"]] == ["README_data.md"]
    for file in told["files"]:
        name = file["file"].removeprefix("ravenstack_").removesuffix(".csv")
        assert file["rows"] == sum(1 for _ in lines(name))
        assert file["rows"] == file["imported"] + file["rejected"]
    assert told["rows"] == told["imported"] + told["rejected"] == 33_100
    assert told["rejected"] == 0


def test_totals_are_those_of_the_files(imported: Imported) -> None:
    held = imported.told["workspace"]
    assert held["usage"] == sum(int(row["usage_count"]) for row in lines("feature_usage"))
    priorities = Counter(row["priority"] for row in lines("support_tickets"))
    words = {"medium": "normal"}
    assert held["tickets_by_priority"] == {words.get(name, name): n for name, n in priorities.items()}
    (recurring,) = held["recurring"]
    assert Decimal(recurring["amount"]) == sum(Decimal(row["mrr_amount"]) for row in lines("subscriptions"))
    assert recurring["currency"] == "USD"
    for key, name in (
        ("accounts", "accounts"),
        ("subscriptions", "subscriptions"),
        ("tickets", "support_tickets"),
        ("churn_events", "churn_events"),
    ):
        assert held[key] == sum(1 for _ in lines(name))


def test_usage_outside_its_subscription_is_taken_and_reported(imported: Imported) -> None:
    outside = outside_their_subscription()
    assert outside == 19_432
    assert imported.told["usage_outside_subscription"] == outside


def test_usage_reaches_accounts_through_their_subscriptions(imported: Imported) -> None:
    owners = {row["subscription_id"]: row["account_id"] for row in lines("subscriptions")}
    usage: Counter[str] = Counter()
    for row in lines("feature_usage"):
        usage[owners[row["subscription_id"]]] += int(row["usage_count"])
    tickets = Counter(row["account_id"] for row in lines("support_tickets"))
    for account_id in list(usage)[::100]:
        told = good("account", account_id, "--workspace", imported.book, "--json").json
        months = [sum(meter["by_month"].values()) for meter in told["usage"]["meters"]]
        assert sum(months) == usage[account_id]
        assert len(told["tickets"]) == tickets[account_id]


def test_a_second_import_changes_nothing(imported: Imported) -> None:
    before = good("accounts", "--workspace", imported.book, "--json").json
    told = good("import", FOLDER, "--workspace", imported.book, "--json").json
    assert (told["new"], told["changed"], told["unchanged"]) == (0, 0, 33_100)
    assert told["usage_outside_subscription"] == 19_432
    assert told["workspace"] == imported.told["workspace"]
    after = good("accounts", "--workspace", imported.book, "--json").json
    assert after["accounts"] == before["accounts"]
