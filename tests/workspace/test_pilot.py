"""The scorecard of a real workspace: usage, bills and tiers, with a pilot that began in July."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.usage import MeterId
from convergedesk.store import tables
from convergedesk.store.keys import Key
from convergedesk.store.pods import add_pod, list_pods
from convergedesk.store.usage_blocks import write_days
from convergedesk.workspace.edits import undo
from convergedesk.workspace.explain import explain
from convergedesk.workspace.pilot import pilot_page, start_pilot
from convergedesk.workspace.session import Workspace, create_workspace
from tests.store.rows import NOW, add, add_account, add_meter, add_subject, epoch_day

KEY = Key.raw(bytes(range(32)))
TODAY = date(2026, 12, 10)
BEGAN = date(2026, 7, 1)
DAYS = 500


class Standing:
    def now(self) -> datetime:
        return datetime(2026, 12, 10, 9, tzinfo=UTC)


def write_usage(workspace: Workspace, account: AccountId, meter: MeterId, growth: float) -> None:
    """A level of about 100 a day with a weekly beat, which the pilot's first day multiplies."""
    first = TODAY - timedelta(days=DAYS)
    usage = 100.0 + 5.0 * np.sin(np.arange(DAYS) * 2 * np.pi / 7) + account
    usage[(BEGAN - first).days :] *= growth
    subject = add_subject(workspace.store, account, f"id:{account}")
    one = np.ones(DAYS, dtype=np.int64)
    days = np.arange(epoch_day(first), epoch_day(TODAY))
    with workspace.store.write() as connection:
        write_days(connection, one * subject, one * int(meter), days, usage)


def write_bills(workspace: Workspace, account: AccountId, cents: int) -> None:
    """The same invoice for every month of two years."""
    for number in range(24):
        month = date(2025 + number // 12, number % 12 + 1, 1)
        add(
            workspace.store,
            tables.invoices,
            source="files",
            number=f"{account}-{number}",
            account_id=account,
            issued_on=month,
            period_start=month,
            total_minor=cents,
            currency="EUR",
            state="paid",
        )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = create_workspace(tmp_path / "book.converge", KEY, name="Book", clock=Standing())
    yield made
    made.close()


def test_without_a_pod_or_a_first_day_it_says_what_is_missing(workspace: Workspace) -> None:
    assert pilot_page(workspace).book is None
    account = add_account(workspace.store, "Acme")
    add_pod(workspace.store, "Pilot", now=NOW, account_ids=[account])
    book = pilot_page(workspace).book
    assert book is not None
    assert book.missing[0].what == "Nobody said when the pilot began."
    (pod,) = list_pods(workspace.store)
    start_pilot(workspace, pod, TODAY - timedelta(days=10))
    young = pilot_page(workspace).book
    assert young is not None
    assert young.missing[0].what == "The pilot is 10 days old, and 28 are needed."
    undo(workspace)
    assert list_pods(workspace.store)[0].started_on is None


def test_a_pilot_that_grew_is_told_from_alike_accounts_that_did_not(workspace: Workspace) -> None:
    meter = add_meter(workspace.store, "events")
    pilots = [add_account(workspace.store, f"Pilot {n}", tier="Growth") for n in range(4)]
    others = [add_account(workspace.store, f"Other {n}", tier="Growth") for n in range(5)]
    for number, account in enumerate([*pilots, *others]):
        growth = 1.3 + 0.01 * number if account in pilots else 1.0 + 0.005 * number
        write_usage(workspace, account, meter, growth)
        write_bills(workspace, account, 500_000 + 10_000 * number)
    pod = add_pod(workspace.store, "Pilot", now=NOW, account_ids=pilots)
    start_pilot(workspace, list_pods(workspace.store)[0], BEGAN)
    book = pilot_page(workspace, pod).book
    assert book is not None
    assert (book.after, book.months, book.outside, book.matched) == ((BEGAN, date(2026, 12, 9)), 5, 5, 4)
    assert book.before == (date(2026, 1, 20), date(2026, 6, 30))
    usage, restored, billed, churned = book.measures
    assert (usage.verdict, usage.pairs) == ("better", 4)
    assert usage.difference == pytest.approx(1.315 / 1.03 - 1, abs=0.02)
    assert (restored.verdict, churned.verdict) == ("too few pairs", "nobody left")
    assert billed.pilot == (pytest.approx(515_000, rel=0.01), pytest.approx(515_000, rel=0.01))
    assert billed.difference == pytest.approx(0.0)
    assert explain(workspace, "pilot:usage-a-day").figure.startswith("+2")


def test_the_pod_called_a_pilot_is_taken_first(workspace: Workspace) -> None:
    add_pod(workspace.store, "Alps", now=NOW)
    pilot = add_pod(workspace.store, "Our pilot", now=NOW)
    page = pilot_page(workspace)
    assert page.book is not None
    assert page.book.pod_id == pilot


def test_what_is_not_measured_is_not_explained(workspace: Workspace) -> None:
    add_pod(workspace.store, "Pilot", now=NOW)
    with pytest.raises(NotFoundError, match="Nobody said when the pilot began"):
        explain(workspace, "pilot:usage-a-day")
    with pytest.raises(NotFoundError, match="No figure is called"):
        explain(workspace, f"pilot:usage-a-day:pod-{PodId(99)}")
