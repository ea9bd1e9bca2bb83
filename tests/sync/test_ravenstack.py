"""Exports that others made, from their files into a workspace, checked against the files themselves."""

import csv
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from convergedesk.domain.records import RecordPage
from convergedesk.figures.insights import refresh_insights
from convergedesk.sources.files import Answers, FileSource, guess, open_files
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.insights import episodes_of
from convergedesk.sync.import_run import ImportSummary, run_import
from tests.sync.conftest import KEY
from tests.sync.content import content, count, usage_total

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ravenstack"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="needs the RavenStack exports beside the checkout"
)


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"ravenstack_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def pages() -> list[RecordPage]:
    with open_files([FOLDER]) as files:
        source = FileSource(files, guess(files, answers=Answers(currency="USD")))
        return [page for stream in source.streams() for page in source.read(stream.name)]


@pytest.fixture(scope="module")
def imported(
    blank: Path, tmp_path_factory: pytest.TempPathFactory, pages: list[RecordPage]
) -> Iterator[tuple[Store, ImportSummary]]:
    path = tmp_path_factory.mktemp("ravenstack") / blank.name
    shutil.copyfile(blank, path)
    with open_workspace(path, KEY) as store:
        yield store, run_import(store, pages)


def test_totals_equal_the_files_own(imported: tuple[Store, ImportSummary]):
    store, summary = imported
    rows = {
        name: read(name)
        for name in ("accounts", "subscriptions", "feature_usage", "support_tickets", "churn_events")
    }
    assert summary.rows == sum(map(len, rows.values())) == summary.imported + summary.rejected
    assert summary.rejected == 0
    assert usage_total(store) == sum(float(row["usage_count"]) for row in rows["feature_usage"])
    by_meter: defaultdict[str, float] = defaultdict(float)
    for subject, meter, _, values in content(store)["usage_days"]:
        assert subject.startswith("billing:subscription:S-")
        by_meter[meter] += sum(value for value in values if value is not None)
    expected: defaultdict[str, float] = defaultdict(float)
    for row in rows["feature_usage"]:
        expected[row["feature_name"]] += float(row["usage_count"])
    assert by_meter == expected
    with store.read() as connection:
        by_priority = "SELECT priority, count(*) FROM tickets GROUP BY priority"
        priorities = {row[0]: row[1] for row in connection.exec_driver_sql(by_priority)}
        mrr = connection.exec_driver_sql("SELECT sum(mrr_minor) FROM subscriptions").scalar_one()
        owners = {
            row[0]: row[1]
            for row in connection.exec_driver_sql(
                "SELECT s.external_id, k.external_id FROM subscriptions s "
                "JOIN account_keys k ON k.account_id = s.account_id AND k.account_key LIKE 'crm:id:%'"
            )
        }
    ranks = {"low": 1, "medium": 2, "high": 3, "urgent": 4}
    assert priorities == Counter(ranks[row["priority"]] for row in rows["support_tickets"])
    assert Decimal(mrr) / 100 == sum(Decimal(row["mrr_amount"]) for row in rows["subscriptions"])
    assert owners == {row["subscription_id"]: row["account_id"] for row in rows["subscriptions"]}
    assert count(store, "churn_events") == 600


def test_usage_outside_its_subscription_is_linked_all_the_same_and_counted(
    imported: tuple[Store, ImportSummary],
):
    _, summary = imported
    terms = {
        row["subscription_id"]: (row["start_date"], row["end_date"] or "9999")
        for row in read("subscriptions")
    }
    outside = 0
    for row in read("feature_usage"):
        first, last = terms[row["subscription_id"]]
        outside += not first <= row["usage_date"] <= last
    assert summary.usage_outside_subscription == outside == 19_432


def test_importing_the_folder_again_changes_nothing(
    imported: tuple[Store, ImportSummary], pages: list[RecordPage]
):
    store, _ = imported
    before = content(store)
    again = run_import(store, pages)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 33_100)
    assert content(store) == before


def test_usage_of_each_account_is_that_of_its_subscriptions(imported: tuple[Store, ImportSummary]):
    store, _ = imported
    owner = {row["subscription_id"]: row["account_id"] for row in read("subscriptions")}
    expected: defaultdict[str, float] = defaultdict(float)
    for row in read("feature_usage"):
        expected[owner[row["subscription_id"]]] += float(row["usage_count"])
    with store.read() as connection:
        blobs = connection.exec_driver_sql(
            "SELECT k.external_id, d.quantities FROM usage_days d "
            "JOIN usage_subjects s ON s.id = d.subject_id JOIN account_keys k "
            "ON k.account_id = s.account_id AND k.account_key LIKE 'crm:id:%'"
        ).all()
    found: defaultdict[str, float] = defaultdict(float)
    for account, blob in blobs:
        found[account] += float(np.nansum(np.frombuffer(blob, "<f8")))
    assert found == expected


def test_of_usage_without_effects_nothing_is_said_that_is_not_there(imported: tuple[Store, ImportSummary]):
    store, _ = imported
    refresh_insights(store, None, today=date(2025, 1, 2), now=datetime(2025, 1, 2, 12, tzinfo=UTC))
    verdicts = Counter(
        "not measured" if effect.abstained else effect.verdict
        for episode in episodes_of(store)
        for effect in episode.effects
    )
    found = verdicts["down"] + verdicts["up"]
    assert verdicts.total() > 1000
    assert found <= 0.07 * verdicts.total()
