import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.navigator import Navigator
from convergedesk.desktop.pages.accounts.export import HEADER
from convergedesk.desktop.pages.accounts.view_model import AccountsState, AccountsViewModel
from convergedesk.desktop.portfolio.feed import Portfolio
from tests.desktop.book import row, snapshot


@pytest.fixture
def view_model() -> AccountsViewModel:
    portfolio = Portfolio(InlineJobs(), snapshot, first=snapshot())
    return AccountsViewModel(portfolio, Navigator(), InlineJobs())


def state_of(view_model: AccountsViewModel) -> AccountsState:
    assert view_model.state is not None
    return view_model.state


def test_the_title_states_what_the_view_found(view_model: AccountsViewModel) -> None:
    assert state_of(view_model).title == "3 accounts"
    assert state_of(view_model).subtitle == "2 active, 1 on trial"
    view_model.choose_view("off_pace")
    assert state_of(view_model).title == "1 of 3 accounts is off the pace of its commitment"
    view_model.choose_view("no_usage")
    assert state_of(view_model).title == "Every account has usage on record"


def test_filters_say_how_many_accounts_they_hide(view_model: AccountsViewModel) -> None:
    view_model.search("tindle")
    assert state_of(view_model).subtitle == "1 account shown, 2 hidden by filters"
    view_model.clear()
    assert len(state_of(view_model).rows) == 3


def test_counts_of_views_do_not_change_with_filters(view_model: AccountsViewModel) -> None:
    before = state_of(view_model).views
    view_model.narrow("country", "GB")
    assert state_of(view_model).views == before
    assert len(state_of(view_model).rows) == 1


def test_the_export_holds_the_accounts_on_screen(view_model: AccountsViewModel, tmp_path: Path) -> None:
    saved: list[tuple[Path, int]] = []
    view_model.exported.connect(lambda path, accounts: saved.append((path, accounts)))
    view_model.choose_view("off_pace")
    path = tmp_path / "accounts.csv"
    view_model.export(path)
    assert saved == [(path, 1)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert tuple(line) == HEADER
    assert line["Account"] == "Tindle Learning"
    assert line["Usage, last 28 days"] == "1876"
    assert line["Billed"] == "4000.00"
    assert line["Commitment billed"] == "4000.00"
    assert line["Renews on"] == "2027-01-09"


def test_what_is_unknown_is_empty_in_the_export(tmp_path: Path) -> None:
    lone = row(usage_28=None, usage_previous_28=None, billed=None, billed_month=None, tier=None)
    portfolio = Portfolio(InlineJobs(), snapshot, first=snapshot(lone))
    path = tmp_path / "accounts.csv"
    AccountsViewModel(portfolio, Navigator(), InlineJobs()).export(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert [line[name] for name in ("Tier", "Usage, last 28 days", "Billed", "Renews on")] == [""] * 4


def test_a_place_that_cannot_be_written_to_is_reported(view_model: AccountsViewModel, tmp_path: Path) -> None:
    faults: list[Exception] = []
    view_model.export_failed.connect(faults.append)
    view_model.export(tmp_path / "gone" / "accounts.csv")
    assert "could not be saved" in str(faults[0])


def test_accounts_missing_from_the_latest_list_stand_in_a_view_of_their_own() -> None:
    whole = snapshot()
    first, *others = whole.rows
    gone = replace(first, gone_since=datetime(2026, 12, 1, tzinfo=UTC))
    there = snapshot(gone, *others)
    view_model = AccountsViewModel(
        Portfolio(InlineJobs(), lambda: there, first=there), Navigator(), InlineJobs()
    )
    state = state_of(view_model)
    assert state.title == "2 accounts"
    assert state.subtitle == "1 active, 1 on trial · 1 missing from the latest list under “Gone”"
    assert gone not in state.rows
    assert [accounts for view, accounts in state.views if view.key == "gone"] == [1]
    view_model.search(first.name)
    assert state_of(view_model).rows == ()
    view_model.clear()
    view_model.choose_view("gone")
    assert state_of(view_model).title == "1 account missing from the latest list"
    assert state_of(view_model).rows == (gone,)


def test_there_is_no_view_of_gone_accounts_where_none_is(view_model: AccountsViewModel) -> None:
    assert "gone" not in [view.key for view, _ in state_of(view_model).views]
