"""The goals of all accounts stand where each account's own page says."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from convergedesk.domain.goals import GoalDraft, GoalId, MeterMeasure
from convergedesk.store.usage_blocks import write_days
from convergedesk.workspace import accounts, goals
from convergedesk.workspace.goal_list import all_goals, goal_detail
from tests.store.rows import add_account, add_meter, epoch_day
from tests.workspace.book import Book, open_book

TODAY = date(2026, 12, 10)
DAYS = 60


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Acme and its site use a meter, 10 and 5 a day."""
    with open_book(tmp_path) as opened:
        store = opened.workspace.store
        meter = add_meter(store, "calls")
        days = np.arange(epoch_day(TODAY - timedelta(days=DAYS)), epoch_day(TODAY))
        with store.write() as connection:
            for account, amount in ((opened.acme, 10.0), (opened.site, 5.0)):
                subject = connection.exec_driver_sql(
                    "INSERT INTO usage_subjects (source, account_key, account_id, created_at) "
                    "VALUES ('files', ?, ?, 1) RETURNING id",
                    (f"id:{account}", account),
                ).scalar_one()
                write_days(
                    connection,
                    np.full(DAYS, subject),
                    np.full(DAYS, meter),
                    days,
                    np.full(DAYS, amount),
                )
        linked = GoalDraft("20 calls a day", 0.0, 20.0, meter_id=meter, measure=MeterMeasure.DAILY_MEAN_28)
        goals.create_goal(opened.workspace, opened.acme, linked)
        goals.create_goal(opened.workspace, opened.site, linked)
        yield opened


def test_a_parent_is_measured_with_its_sites_and_a_site_by_itself(book: Book) -> None:
    found = {one.account_name: one.view.goal.current for one in all_goals(book.workspace)}
    assert found == {"Acme": 15.0, "Acme Lisbon": 5.0}


def test_the_account_says_the_same(book: Book) -> None:
    listed = {one.view.goal.id: one.view for one in all_goals(book.workspace)}
    for account in (book.acme, book.site):
        for view in accounts.account_goals(book.workspace, account):
            assert view == listed[view.goal.id]


def test_goals_of_accounts_that_were_merged_away_are_not_listed(book: Book) -> None:
    gone = add_account(book.workspace.store, "Old name", merged_into_id=book.acme)
    goals.create_goal(book.workspace, gone, GoalDraft("Of nobody", 0.0, 1.0))
    assert {one.account_name for one in all_goals(book.workspace)} == {"Acme", "Acme Lisbon"}


def test_one_goal_brings_its_targets_and_the_meters_of_its_account(book: Book) -> None:
    goal_id = next(one.view.goal.id for one in all_goals(book.workspace) if one.account_name == "Acme")
    goals.update_goal(book.workspace, GoalId(goal_id), GoalDraft("More", 0.0, 30.0))
    detail = goal_detail(book.workspace, goal_id)
    assert [one.target for one in detail.targets] == [20.0, 30.0]
    assert [meter.name for meter in detail.meters] == ["calls"]


def test_thousands_of_goals_are_read_in_one_go(book: Book) -> None:
    store = book.workspace.store
    with store.write() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            "INSERT INTO goals (uid, created_at, updated_at, account_id, title, start, target) "
            "SELECT 'u' || i, 1, 1, ?, 'Goal ' || i, 0, i FROM n",
            (book.acme,),
        )
    assert len(all_goals(book.workspace)) == 3002
