"""`convergedesk opportunities` and `feedback`, as a person types them."""

import shutil
from pathlib import Path

import pytest

from convergedesk.store.keys import Key
from convergedesk.workspace import opportunities
from convergedesk.workspace.session import open_workspace
from tests.cli.program import PASSPHRASE, good, run


@pytest.fixture(scope="session")
def built_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long enough for forecasts and enough accounts to compare."""
    path = tmp_path_factory.mktemp("openings") / "sample.converge"
    good("sample", "--workspace", path, "--accounts", "10", "--days", "400", "--tickets", "40")
    return path


def test_opportunities_are_listed_with_their_sum(built_book: Path) -> None:
    told = good("opportunities", "--workspace", built_book).out
    assert "a month within reach, likely" in told
    assert "commitment ahead" in told
    assert "(80 %)" in told


def test_their_json_holds_money_in_minor_units_and_the_explanation(built_book: Path) -> None:
    told = good("opportunities", "--workspace", built_book, "--json").json
    (whole,) = [one for one in told["within_reach_a_month"] if one["middle"]["currency"] == "EUR"]
    assert whole["low"]["minor_units"] <= whole["middle"]["minor_units"] <= whole["high"]["minor_units"]
    valued = [one for one in told["opportunities"] if one["value_a_month"]]
    assert valued
    for one in valued:
        money = one["value_a_month"]["middle"]
        assert isinstance(money["minor_units"], int)
        assert len(money["currency"]) == 3
        assert one["why"]["definition"]
        assert one["basis"]
        assert one["state"] == "open"
    assert {source["system"] for source in told["why"]["sources"]} == {"crm", "support", "usage", "billing"}


def test_one_account_and_its_decision(built_book: Path, tmp_path: Path) -> None:
    book = Path(shutil.copy(built_book, tmp_path / "book.converge"))
    with open_workspace(book, Key.passphrase(PASSPHRASE)) as workspace:
        row = opportunities.opportunity_book(workspace).rows[0]
        opportunities.dismiss(workspace, row.key, row.opening.title, "no need")
    name = row.opening.account
    told = good("opportunities", "--workspace", book, "--account", name, "--json").json
    assert {one["account"] for one in told["opportunities"]} == {name}
    decided = next(one for one in told["opportunities"] if one["subject"] == row.key.subject)
    assert decided["decision"]["reason"] == "no need"
    assert decided["state"] == "dismissed"


def test_feedback_is_listed_by_revenue_at_stake(built_book: Path) -> None:
    told = good("feedback", "--workspace", built_book).out
    assert told.startswith("Billed Dec 2025 to Nov 2026 to the accounts that ask")
    assert "Retry policy per destination" in told
    groups = good("feedback", "--workspace", built_book, "--json").json["groups"]
    asked = next(one for one in groups if one["title"] == "Retry policy per destination")
    assert asked["votes"] == sum(one["votes"] for one in asked["accounts"]) == len(asked["said"])
    assert asked["billed"][0]["minor_units"] == sum(
        one["billed"][0]["minor_units"] for one in asked["accounts"]
    )
    assert set(asked["why"]) == {"revenue_at_stake", "votes", "lost"}
    assert asked["why"]["revenue_at_stake"]["rows"]


def test_an_account_that_is_not_there_is_a_sentence(built_book: Path) -> None:
    for command in ("opportunities", "feedback"):
        failed = run(command, "--workspace", built_book, "--account", "Nobody at all")
        assert failed.code == 4
        assert "No account is called" in failed.err
