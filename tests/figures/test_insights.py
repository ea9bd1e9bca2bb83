"""What tickets did to usage: kept, and computed again only where something changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.calendar import CalendarEvent, CalendarEventKind
from convergedesk.domain.episodes import EffectPart, Episode, EpisodeId
from convergedesk.domain.tickets import TicketQuery
from convergedesk.figures.insights import refresh_insights
from convergedesk.store import accounts, calendar
from convergedesk.store.insights import episodes_of, forget, insights_of
from convergedesk.store.keys import Key
from convergedesk.workspace.insights import (
    account_insights,
    ticket_insights,
)
from convergedesk.workspace.insights import (
    refresh_insights as refresh,
)
from convergedesk.workspace.metrics import MetricsQuery, metrics
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import Workspace, open_workspace
from convergedesk.workspace.tickets import tickets

KEY = Key.random()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("insights") / "sample.converge"
    build_sample(path, KEY, SampleSpec())
    return path


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "copy.converge"
    path.write_bytes(built.read_bytes())
    with open_workspace(path, KEY) as opened:
        yield opened


def run(workspace: Workspace, touched: list[AccountId] | None = None) -> frozenset[AccountId]:
    chosen = None if touched is None else [account for account in known(workspace) if account in touched]
    return frozenset(
        refresh_insights(
            workspace.store, chosen, today=workspace.today, now=workspace.clock.now() + timedelta(hours=1)
        )
    )


def known(workspace: Workspace) -> list[AccountId]:
    return [account.id for account in accounts.list_accounts(workspace.store)]


def plain(found: tuple[Episode, ...]) -> list[Episode]:
    """Ids are new with every computation."""
    return [replace(episode, id=EpisodeId(0)) for episode in found]


def test_the_planted_dip_is_found_with_its_size_and_its_end(workspace: Workspace) -> None:
    row = tickets(workspace, TicketQuery(text="48213")).rows[0]
    found = ticket_insights(workspace, row.ticket.id)
    assert found.episode is not None
    during = found.episode.effect(EffectPart.DURING)
    assert during is not None
    assert during.verdict == "down"
    assert during.estimate is not None
    assert -0.45 < during.estimate < -0.2
    assert found.episode.restoration is not None
    assert found.episode.restoration.restored
    assert found.past


def test_what_has_not_changed_is_not_computed_again(workspace: Workspace) -> None:
    assert run(workspace) == frozenset()


def test_computing_again_gives_the_same(workspace: Workspace) -> None:
    before = plain(episodes_of(workspace.store))
    figures = {one.account_id: one.figures for one in insights_of(workspace.store)}
    forget(workspace.store, list(figures))
    assert run(workspace) == frozenset(figures)
    assert plain(episodes_of(workspace.store)) == before
    assert {one.account_id: one.figures for one in insights_of(workspace.store)} == figures


def test_one_account_alone_gives_what_all_together_give(workspace: Workspace) -> None:
    account = tickets(workspace, TicketQuery(text="48213")).rows[0].ticket.account_id
    before = plain(episodes_of(workspace.store, [account]))
    forget(workspace.store, [account])
    assert account in run(workspace, [account])
    assert plain(episodes_of(workspace.store, [account])) == before


def test_a_freeze_concerns_its_account_alone_and_ends_conclusions(workspace: Workspace) -> None:
    row = tickets(workspace, TicketQuery(text="48213")).rows[0]
    account = row.ticket.account_id
    kept = account_insights(workspace, account).now[0]
    event = CalendarEvent(
        CalendarEventKind.FREEZE, "Year-end freeze", kept.first_day, kept.first_day, account_id=account
    )
    calendar.add(workspace.store, event, now=workspace.clock.now())
    assert account in run(workspace)
    frozen = account_insights(workspace, account).now[0]
    assert frozen.unusual
    assert frozen.verdict == "inconclusive"


def test_a_stopped_run_goes_on_where_it_was(workspace: Workspace) -> None:
    forget(workspace.store, accounts_with_results(workspace))

    class Stopped:
        cancelled = True

    refresh(workspace, cancel=Stopped())
    assert not insights_of(workspace.store)
    assert refresh(workspace).accounts


def accounts_with_results(workspace: Workspace) -> list[AccountId]:
    return [one.account_id for one in insights_of(workspace.store)]


def test_sites_are_counted_once(workspace: Workspace) -> None:
    found = metrics(workspace, MetricsQuery())
    numbers = [one.ticket.number for one in found.effects]
    assert len(numbers) == len(set(numbers))
    rolled_up = {account.id for account in accounts.list_accounts(workspace.store) if account.parent_id}
    assert not rolled_up & {one.account_id for one in found.points}
