"""The same figure is the same wherever it is shown, and sites roll up into their parent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalDraft, MeterMeasure
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow
from convergedesk.domain.tickets import TicketQuery
from convergedesk.figures.account import GoalStanding
from convergedesk.store.keys import Key
from convergedesk.workspace import accounts, goals, tickets
from convergedesk.workspace.edits import undo
from convergedesk.workspace.portfolio import home, home_first_paint
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import Workspace, open_workspace

KEY = Key.raw(bytes(range(32)))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("sample") / "sample.converge"
    build_sample(path, KEY, SampleSpec(days=400, tickets=200, seed=3))
    with open_workspace(path, KEY) as opened:
        yield opened


@pytest.fixture
def snapshot(workspace: Workspace) -> HomeSnapshot:
    return home(workspace)


def row_of(snapshot: HomeSnapshot, name: str) -> PortfolioRow:
    return next(row for row in snapshot.rows if row.name == name)


def test_home_shows_what_the_account_page_shows(workspace: Workspace, snapshot: HomeSnapshot) -> None:
    compared = 0
    for row in snapshot.top_level:
        usage = accounts.account_usage(workspace, row.account_id)
        if usage.total is None or usage.first_day is None or row.usage_28 is None:
            continue
        last = usage.first_day + timedelta(days=usage.days - 1)
        assert row.spark.last_day == last
        assert row.usage_28 == pytest.approx(np.nansum(usage.total[-28:]))
        header = accounts.account_header(workspace, row.account_id)
        assert row.open_tickets == header.open_tickets
        assert row.goals_open == header.open_goals
        assert row.commitment == header.commitment
        assert row.mrr == header.mrr
        compared += 1
    assert compared >= 8


def test_a_parent_shows_the_sum_of_its_sites(workspace: Workspace, snapshot: HomeSnapshot) -> None:
    parent = row_of(snapshot, "Aurelia Hotels")
    sites = [row for row in snapshot.rows if row.parent_id == parent.account_id]
    assert len(sites) == parent.sites == 3
    assert parent.usage_28 == pytest.approx(sum(site.usage_28 or 0.0 for site in sites))
    assert parent.open_tickets >= sum(site.open_tickets for site in sites)
    assert parent not in sites
    assert len(snapshot.top_level) == 10


def test_the_first_paint_reads_what_the_open_workspace_reads(
    workspace: Workspace, snapshot: HomeSnapshot
) -> None:
    first = home_first_paint(workspace.path, KEY, today=workspace.today)
    assert first is not None
    assert [row.name for row in first[0].rows] == [row.name for row in snapshot.rows]
    # NaN is not equal to itself, so the sparkline's gaps are compared apart.
    for mine, theirs in zip(first[0].rows, snapshot.rows, strict=True):
        np.testing.assert_array_equal(mine.spark.values, theirs.spark.values)
        assert mine.usage_28 == theirs.usage_28
        assert mine.commitment == theirs.commitment
    assert first[0].sample


def test_totals_by_month_are_the_sum_of_the_days(workspace: Workspace) -> None:
    usage = accounts.account_usage(workspace, accounts.find_account(workspace, "Marlowe Freight"))
    summed = [one for one in usage.meters if one.daily is not None and one.meter.aggregation.value == "sum"]
    assert summed
    for one in summed:
        assert one.daily is not None
        assert one.monthly.sum() == pytest.approx(np.nansum(one.daily))


def test_invoices_add_up_to_the_months(workspace: Workspace) -> None:
    billing = accounts.account_billing(workspace, accounts.find_account(workspace, "Marlowe Freight"))
    assert billing.months
    by_months = sum(month.total.minor_units for month in billing.months)
    by_months += sum(month.credits.minor_units for month in billing.months if month.credits)
    counted = [one for one in billing.invoices if one.state.value not in ("draft", "void")]
    assert by_months == sum(one.total.minor_units for one in counted)


def test_a_goal_linked_to_a_meter_measures_itself(workspace: Workspace) -> None:
    account_id = accounts.find_account(workspace, "Brightwater Health")
    usage = accounts.account_usage(workspace, account_id)
    meter = next(one for one in usage.meters if one.daily is not None)
    assert meter.daily is not None
    reported = meter.daily[~np.isnan(meter.daily)]
    mean = float(reported[-28:].mean())
    draft = GoalDraft(
        "More of it", 0.0, mean * 2, meter_id=meter.meter.id, measure=MeterMeasure.DAILY_MEAN_28
    )
    changes = goals.create_goal(workspace, account_id, draft)
    view = next(v for v in accounts.account_goals(workspace, account_id) if v.goal.id == changes.goal_id)
    assert view.goal.current == pytest.approx(mean)
    assert view.progress == pytest.approx(0.5)
    assert changes.goal_id is not None
    goals.delete_goal(workspace, changes.goal_id)
    assert all(v.goal.id != changes.goal_id for v in accounts.account_goals(workspace, account_id))


def test_home_counts_a_goal_at_once_and_forgets_it_when_deleted(workspace: Workspace) -> None:
    account_id = accounts.find_account(workspace, "Ostara Foods")
    before = row_of(home(workspace), "Ostara Foods").goals_open
    changes = goals.create_goal(workspace, account_id, GoalDraft("Another", 0.0, 1.0))
    assert account_id in changes.accounts
    assert row_of(home(workspace), "Ostara Foods").goals_open == before + 1
    assert changes.goal_id is not None
    goals.delete_goal(workspace, changes.goal_id)
    assert row_of(home(workspace), "Ostara Foods").goals_open == before
    assert undo(workspace) is not None
    view = next(v for v in accounts.account_goals(workspace, account_id) if v.goal.id == changes.goal_id)
    assert view.standing is GoalStanding.NOT_MEASURED
    goals.delete_goal(workspace, changes.goal_id)


def test_a_ticket_stands_in_its_context(workspace: Workspace) -> None:
    page = tickets.tickets(workspace, TicketQuery(text="48213"))
    (found,) = page.rows
    detail = tickets.ticket_detail(workspace, found.ticket.id)
    assert detail.account.name == found.account_name == "Marlowe Freight"
    assert any(message.audience.value == "internal" for message in detail.messages)
    assert found.ticket.id not in {other.id for other in detail.others}
    assert [other.opened_at for other in detail.others] == sorted(
        (other.opened_at for other in detail.others), reverse=True
    )


def test_the_timeline_is_newest_first_and_marks_what_is_internal(workspace: Workspace) -> None:
    entries = accounts.account_timeline(workspace, accounts.find_account(workspace, "Marlowe Freight"))
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert all(entry.internal for entry in entries if entry.kind.value == "check_in")


def test_names_are_found_by_their_start_and_doubts_are_said(workspace: Workspace) -> None:
    assert accounts.find_account(workspace, "marlowe") == accounts.find_account(workspace, "Marlowe Freight")
    with pytest.raises(NotFoundError, match="No account is called"):
        accounts.find_account(workspace, "Nobody Ltd")
    with pytest.raises(NotFoundError, match="Several accounts fit"):
        accounts.find_account(workspace, "re")


def test_who_looks_after_an_account_is_known(workspace: Workspace) -> None:
    people = accounts.account_people(workspace, accounts.find_account(workspace, "Marlowe Freight"))
    header = accounts.account_header(workspace, accounts.find_account(workspace, "Marlowe Freight"))
    assert {person.name for person in people.ours} >= set(header.support_agents)
    assert header.support_agents
    assert people.customers
