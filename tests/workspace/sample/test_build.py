from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import CancelledError, WorkspaceError
from convergedesk.domain.feedback import RequestStatus
from convergedesk.domain.freshness import FreshnessState
from convergedesk.domain.protocols import no_progress
from convergedesk.figures.account import GoalStanding
from convergedesk.store import usage as usage_store
from convergedesk.store.keys import Key
from convergedesk.workspace.accounts import (
    account_billing,
    account_goals,
    account_header,
    account_people,
    account_tickets,
    account_timeline,
    account_usage,
    find_account,
)
from convergedesk.workspace.feedback import duplicates, feedback_book
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.sample.build import SampleSummary, build_sample
from convergedesk.workspace.sample.catalogue import PRODUCTS
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import Workspace, open_workspace

KEY = Key.raw(bytes(range(32)))
SPEC = SampleSpec(accounts=12, days=260, tickets=150)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleSummary]:
    path = tmp_path_factory.mktemp("sample") / "sample.converge"
    return path, build_sample(path, KEY, SPEC)


@pytest.fixture
def workspace(built: tuple[Path, SampleSummary]) -> Iterator[Workspace]:
    with open_workspace(built[0], KEY) as opened:
        yield opened


class Stopped:
    """A token that is pulled after some questions."""

    def __init__(self, after: int) -> None:
        self._left = after

    @property
    def cancelled(self) -> bool:
        self._left -= 1
        return self._left < 0


def test_the_summary_counts_what_was_asked_for(built: tuple[Path, SampleSummary]) -> None:
    summary = built[1]
    assert (summary.accounts, summary.sites, summary.tickets) == (12, 3, 150)
    assert summary.today == "2026-12-10"


def test_it_says_that_it_is_a_sample_of_its_own_day(workspace: Workspace) -> None:
    assert workspace.sample
    assert workspace.today == date(2026, 12, 10)


def test_its_data_is_as_old_as_the_sample_says(workspace: Workspace) -> None:
    ages = {one.system: one for one in home(workspace).freshness}
    assert {one.state for one in ages.values()} == {FreshnessState.CURRENT}
    reaches = {system: one.as_of.date() for system, one in ages.items() if one.as_of is not None}
    assert reaches[SystemKind.SUPPORT] in {date(2026, 12, 9), date(2026, 12, 10)}
    assert reaches[SystemKind.USAGE] == date(2026, 12, 10)


def test_every_row_is_taken_and_linked(workspace: Workspace) -> None:
    snapshot = home(workspace)
    assert (snapshot.rejects, snapshot.unlinked) == (0, 0)
    assert {pod.name for pod in snapshot.pods} == {"Pilot pod", "North pod"}
    parents = [row for row in snapshot.rows if row.parent_id is None]
    assert len(parents) == SPEC.accounts


def test_sites_roll_up_into_their_company(workspace: Workspace) -> None:
    hotels = find_account(workspace, "Aurelia Hotels")
    assert len(account_header(workspace, hotels).sites) == 3
    usage = account_usage(workspace, hotels)
    assert {meter.meter.key for meter in usage.meters} >= {"events_delivered", "storage_gb"}
    row = next(row for row in home(workspace).rows if row.account_id == hotels)
    assert row.sites == 3
    assert row.open_high == 1


def test_stored_usage_is_the_usage_that_was_drawn(workspace: Workspace) -> None:
    from convergedesk.workspace.sample.world import build_world

    world = build_world(SPEC)
    kestrel = find_account(workspace, "Kestrel Payments")
    stored = {series.meter_id: series for series in usage_store.account_series(workspace.store, [kestrel])}
    names = {meter.id: meter.key for meter in usage_store.meters(workspace.store)}
    block = world.usage["kestrel"]
    assert len(stored) == len(block.plan.meters)
    for meter_id, series in stored.items():
        row = [meter.key for meter in block.plan.meters].index(names[meter_id])
        offset = (series.first_day - block.first_day).days
        expected = np.full(len(series.values), np.nan)
        lo, hi = max(0, offset), min(len(block.values[row]), offset + len(series.values))
        expected[lo - offset : hi - offset] = block.values[row][lo:hi]
        assert np.array_equal(series.values, expected, equal_nan=True)


def test_meters_have_their_names_units_and_ways_of_combining(workspace: Workspace) -> None:
    for meter in usage_store.meters(workspace.store):
        product = PRODUCTS[meter.key]
        assert (meter.name, meter.unit, meter.aggregation) == (
            product.name,
            product.unit,
            product.aggregation,
        )


def test_billing_shows_commitment_contracts_and_the_credit(workspace: Workspace) -> None:
    billing = account_billing(workspace, find_account(workspace, "Marlowe Freight"))
    assert billing.commitment is not None
    assert billing.commitment.committed.minor_units == 126_000_000
    assert [contract.name.split(":")[0] for contract in billing.contracts if contract.amends_id] == [
        "A3",
        "A2",
        "A1",
    ]
    credited = [month.credits for month in billing.months if month.credits]
    assert [credit.minor_units for credit in credited] == [-120_000]
    for invoice in billing.invoices:
        assert sum(line.amount.minor_units for line in invoice.lines) == invoice.total.minor_units


def test_goals_of_every_standing_are_there(workspace: Workspace) -> None:
    goals = [
        goal
        for row in home(workspace).rows
        if row.parent_id is None
        for goal in account_goals(workspace, row.account_id)
    ]
    assert {goal.standing for goal in goals} >= {
        GoalStanding.ON_TRACK,
        GoalStanding.BEHIND,
        GoalStanding.REACHED,
        GoalStanding.OVERDUE,
        GoalStanding.DROPPED,
    }
    assert {goal.goal.audience for goal in goals} == {Audience.SHARED, Audience.INTERNAL}
    assert sum(goal.meter is not None for goal in goals) >= 5
    assert all(goal.history for goal in goals if goal.meter is None)


def test_the_incident_shows_in_the_goals_history(workspace: Workspace) -> None:
    goals = {goal.goal.title: goal for goal in account_goals(workspace, find_account(workspace, "Marlowe"))}
    resent = {measured.day: measured.value for measured in goals["Manual re-sends a week"].history}
    assert resent[date(2026, 10, 22)] > resent[date(2026, 10, 15)] > resent[date(2026, 12, 8)]
    in_time = {measured.day: measured.value for measured in goals["Customs events within 60 seconds"].history}
    assert min(in_time, key=lambda day: in_time[day]) == date(2026, 10, 22)


def test_tindles_sessions_fell_below_where_their_goal_began(workspace: Workspace) -> None:
    (goal,) = [g for g in account_goals(workspace, find_account(workspace, "Tindle")) if g.meter is not None]
    assert goal.progress is not None
    assert goal.progress < 0


def test_people_on_both_sides_are_known(workspace: Workspace) -> None:
    people = account_people(workspace, find_account(workspace, "Marlowe"))
    assert {person.name for person in people.ours} == {"Amira Haddad", "Jonas Weber", "Priya Nair"}
    assert "Dana Whitlock" in {person.name for person in people.customers}


def test_the_timeline_tells_of_contacts_notes_and_tickets(workspace: Workspace) -> None:
    entries = account_timeline(workspace, find_account(workspace, "Marlowe"))
    assert {entry.kind.value for entry in entries} >= {
        "ticket_opened",
        "ticket_closed",
        "invoice",
        "contract",
        "goal",
        "check_in",
        "note",
        "event",
    }


def test_tickets_carry_their_story(workspace: Workspace) -> None:
    tickets = account_tickets(workspace, find_account(workspace, "Marlowe"))
    story = next(ticket for ticket in tickets if ticket.number == "48213")
    assert (story.requester, story.assignee, story.feature) == (
        "Dana Whitlock",
        "Jonas Weber",
        "Webhook delivery",
    )
    assert story.escalated


def test_feedback_has_requests_of_every_kind_and_something_to_do(workspace: Workspace) -> None:
    book = feedback_book(workspace)
    requests = [group for group in book.groups if group.request is not None]
    assert len(requests) >= 8
    assert {group.request.status for group in requests if group.request is not None} >= {
        RequestStatus.OPEN,
        RequestStatus.PLANNED,
        RequestStatus.DECLINED,
    }
    assert all(group.billed for group in requests if group.votes)
    assert any(group.merged for group in requests)
    assert book.unsorted
    assert duplicates(workspace)
    audiences = {item.audience for group in requests for item in group.items}
    assert audiences == {Audience.SHARED, Audience.INTERNAL}
    assert any(item.ticket_id for group in requests for item in group.items)


@pytest.mark.parametrize("after", [0, 4, 30])
def test_a_stopped_build_leaves_nothing_behind(tmp_path: Path, after: int) -> None:
    path = tmp_path / "sample.converge"
    with pytest.raises(CancelledError):
        build_sample(path, KEY, SampleSpec(accounts=30, days=30, tickets=60), cancel=Stopped(after))
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "mine.converge"
    path.write_bytes(b"something of mine")
    with pytest.raises(WorkspaceError):
        build_sample(path, KEY, SPEC)
    assert path.read_bytes() == b"something of mine"


def test_progress_is_told_in_words(tmp_path: Path) -> None:
    told: list[str] = []

    def progress(done: int, total: int | None, message: str) -> None:
        no_progress(done, total, message)
        assert total is None or done <= total
        told.append(message)

    build_sample(tmp_path / "s.converge", KEY, SampleSpec(accounts=2, days=10, tickets=4), progress=progress)
    assert "Adding contracts, goals and notes" in told
