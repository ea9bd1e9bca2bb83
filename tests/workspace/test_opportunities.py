"""Opportunities: decisions hold however often they are computed, and what is decided is not within reach."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from convergedesk.domain.engagement import Action
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalDraft
from convergedesk.figures.openings import OpeningKind
from convergedesk.figures.wording import short_money
from convergedesk.store.keys import Key
from convergedesk.workspace import actions, edits, goals, opportunities
from convergedesk.workspace.explain import explain
from convergedesk.workspace.insights import refresh_insights
from convergedesk.workspace.opportunities import Opportunity, OpportunityState
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import Workspace, open_workspace

KEY = Key.raw(bytes(range(32)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.converge"
    build_sample(path, KEY, SampleSpec(accounts=10, days=420, tickets=40))
    return path


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "book.converge"
    shutil.copyfile(built, path)
    with open_workspace(path, KEY) as opened:
        opened.author = "Amira Haddad"
        yield opened


def rows(workspace: Workspace) -> dict[object, Opportunity]:
    return {row.key: row for row in opportunities.opportunity_book(workspace).rows}


def of_kind(workspace: Workspace, *kinds: OpeningKind) -> Opportunity:
    return next(row for row in rows(workspace).values() if row.opening.kind in kinds)


def of_meter(workspace: Workspace) -> Opportunity:
    return next(row for row in rows(workspace).values() if row.opening.meter_id is not None)


def test_the_sample_holds_openings_of_several_kinds_each_with_its_reasons(workspace: Workspace) -> None:
    found = rows(workspace)
    assert {row.opening.kind for row in found.values()} >= {
        OpeningKind.UNDER_USED,
        OpeningKind.COMMITMENT_AHEAD,
        OpeningKind.COMMITMENT_BEHIND,
    }
    for row in found.values():
        assert row.state is OpportunityState.OPEN
        assert row.opening.why.definition
        assert row.owner
        assert (row.value is None) is bool(row.opening.missing)


def test_taking_up_makes_an_action_and_is_one_step_of_undo(workspace: Workspace) -> None:
    row = of_kind(workspace, OpeningKind.COMMITMENT_AHEAD)
    due = workspace.today + timedelta(days=7)
    action = Action(row.key.account_id, "Plan the talk", "Lena Fischer", due)
    opportunities.take_up(workspace, row.key, action)
    taken = rows(workspace)[row.key]
    assert taken.state is OpportunityState.TAKEN_UP
    assert taken.action is not None
    assert (taken.action.owner, taken.action.due_on) == ("Lena Fischer", due)
    assert taken.decision is not None
    assert taken.decision.author == "Amira Haddad"
    titles = [one.title for one in actions.account_actions(workspace, row.key.account_id)]
    assert "Plan the talk" in titles
    edits.undo(workspace)
    assert rows(workspace)[row.key].state is OpportunityState.OPEN
    titles = [one.title for one in actions.account_actions(workspace, row.key.account_id)]
    assert "Plan the talk" not in titles
    edits.redo(workspace)
    assert rows(workspace)[row.key].action is not None


def test_a_decision_survives_recomputing(workspace: Workspace) -> None:
    row = of_meter(workspace)
    opportunities.dismiss(workspace, row.key, row.opening.title, "Another product covers it")
    with workspace.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM account_figures")
        connection.exec_driver_sql("DELETE FROM account_insights")
    assert row.key not in rows(workspace)
    refresh_insights(workspace)
    again = rows(workspace)[row.key]
    assert again.state is OpportunityState.DISMISSED
    assert again.decision is not None
    assert again.decision.reason == "Another product covers it"


def test_what_was_put_off_comes_back_on_its_day(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = of_meter(workspace)
    until = workspace.today + timedelta(days=30)
    opportunities.put_off(workspace, row.key, row.opening.title, until, "after their season")
    assert rows(workspace)[row.key].state is OpportunityState.NOT_NOW
    monkeypatch.setattr(workspace, "_fixed_today", until)
    back = rows(workspace)[row.key]
    assert back.state is OpportunityState.OPEN
    assert back.decision is not None
    assert back.decision.reason == "after their season"


def test_only_what_is_open_is_within_reach(workspace: Workspace) -> None:
    before = opportunities.opportunity_book(workspace).reach
    row = next(row for row in rows(workspace).values() if row.opening in before.counted)
    opportunities.dismiss(workspace, row.key, row.opening.title, "no")
    after = opportunities.opportunity_book(workspace)
    assert len(after.reach.counted) == len(before.counted) - 1
    assert after.rows[-1].key == row.key
    opportunities.reopen(workspace, row.key, row.opening.title)
    assert opportunities.opportunity_book(workspace).reach.sums == before.sums


def test_a_goal_that_the_meter_measures_is_named(workspace: Workspace) -> None:
    row = of_meter(workspace)
    meter = row.opening.meter_id
    assert meter is not None
    draft = GoalDraft("More of it", 0.0, 10.0, current=1.0)
    goals.create_goal(workspace, row.key.account_id, replace(draft, title=f"Use {row.opening.title} daily"))
    named = rows(workspace)[row.key].goal
    assert named is not None
    assert row.opening.title in named.title


def test_a_pod_sees_its_own_accounts(workspace: Workspace) -> None:
    row = of_meter(workspace)
    book = opportunities.opportunity_book(workspace, [row.key.account_id])
    assert {one.key.account_id for one in book.rows} == {row.key.account_id}
    assert opportunities.opportunity_book(workspace, []).rows == ()


def test_the_chart_shows_whole_months_of_the_meter_or_the_burn_down(workspace: Workspace) -> None:
    detail = opportunities.opportunity_detail(workspace, of_meter(workspace))
    assert len(detail.months) == len(detail.units) >= 6
    assert all(month.replace(day=28) < workspace.today for month in detail.months)
    commitment = of_kind(workspace, OpeningKind.COMMITMENT_AHEAD, OpeningKind.COMMITMENT_BEHIND)
    prepared = opportunities.opportunity_detail(workspace, commitment).burn_down
    assert prepared is not None
    assert prepared.path().first_day <= workspace.today


def test_the_value_of_every_opening_is_explained_by_its_id(workspace: Workspace) -> None:
    for row in rows(workspace).values():
        if row.opening.value is None:
            continue
        why = explain(workspace, row.opening.why.figure_id)
        assert why.figure == short_money(row.opening.value.middle)
        assert why.steps[-1].value == why.figure
    with pytest.raises(NotFoundError):
        explain(workspace, "opportunity:1:expansion:nothing")
