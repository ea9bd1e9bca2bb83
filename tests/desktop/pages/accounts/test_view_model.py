import csv
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
