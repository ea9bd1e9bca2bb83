"""A real data set, made by others, with no mapping given."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind, SubscriptionRecord, TicketRecord
from convergedesk.domain.tickets import Priority
from convergedesk.sources.files import FileSet, guess, open_files, require_answers
from tests.sources.files.around import every_row_answered, fields, pages, records

DATA = Path(__file__).parents[4] / "shared" / "data" / "ravenstack"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the data set is not on this machine")


@pytest.fixture(scope="module")
def ravenstack() -> Iterator[FileSet]:
    with open_files([DATA]) as files:
        yield files


def raw(name: str) -> list[dict[str, str]]:
    with (DATA / f"ravenstack_{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_recognised(ravenstack: FileSet) -> None:
    mapping = guess(ravenstack)
    require_answers(mapping)
    assert {file.table: (file.entity, file.certainty.words) for file in mapping.files} == {
        "ravenstack_accounts.csv": (EntityKind.ACCOUNTS, "sure"),
        "ravenstack_churn_events.csv": (EntityKind.CHURN_EVENTS, "sure"),
        "ravenstack_feature_usage.csv": (EntityKind.USAGE, "sure"),
        "ravenstack_subscriptions.csv": (EntityKind.SUBSCRIPTIONS, "sure"),
        "ravenstack_support_tickets.csv": (EntityKind.TICKETS, "sure"),
    }
    assert [skipped.name for skipped in ravenstack.skipped] == ["README_data.md"]
    usage = mapping.file("ravenstack_feature_usage.csv")
    assert fields(usage)["subscription_id"] == "subscription_id"
    assert mapping.file("ravenstack_support_tickets.csv").account_system is SystemKind.CRM


def test_no_row_is_lost(ravenstack: FileSet) -> None:
    every_row_answered(ravenstack)
    found = pages(ravenstack)
    assert sum(page.rows for page in found) == 500 + 5_000 + 25_000 + 2_000 + 600
    assert sum(len(page.rejects) for page in found) == 0


def test_totals_are_the_files_own(ravenstack: FileSet) -> None:
    usage = [page.usage for page in pages(ravenstack) if page.usage is not None]
    assert sum(float(columns.quantities.sum()) for columns in usage) == sum(
        int(row["usage_count"]) for row in raw("feature_usage")
    )
    everything = records(ravenstack)
    priorities = Counter(record.priority for record in everything if isinstance(record, TicketRecord))
    words = Counter(row["priority"] for row in raw("support_tickets"))
    assert priorities == {
        Priority.URGENT: words["urgent"],
        Priority.HIGH: words["high"],
        Priority.NORMAL: words["medium"],
        Priority.LOW: words["low"],
    }
    mrr = [record.mrr for record in everything if isinstance(record, SubscriptionRecord) and record.mrr]
    assert {money.currency for money in mrr} == {"USD"}
    assert sum(money.minor_units for money in mrr) == 100 * sum(
        int(row["mrr_amount"]) for row in raw("subscriptions")
    )
