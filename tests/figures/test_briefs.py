"""What Home reads of the statistics, shortened from what is kept."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.briefs import AccountBrief, account_brief, portfolio_brief, to_text
from convergedesk.domain.episodes import KeptInsights
from convergedesk.figures.briefs import brief_of, portfolio_briefs, refresh_briefs
from convergedesk.store import pods, tables
from convergedesk.store.briefs import DipRow, DipTicket, heads
from convergedesk.store.engine import Store
from convergedesk.store.home import home_snapshot
from convergedesk.store.keys import Key
from convergedesk.workspace.session import create_workspace
from tests.store.rows import NOW, add, add_account, add_ticket

TODAY = date(2026, 3, 10)
ACME = AccountId(1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    workspace = create_workspace(tmp_path / "book.converge", Key.raw(bytes(range(32))), name="Book")
    yield workspace.store
    workspace.close()


def effect(horizon: int, estimate: float | None, verdict: str = "inconclusive") -> dict[str, object]:
    return {
        "part": "now",
        "meter_id": None,
        "first_day": "2026-03-03",
        "horizon": horizon,
        "lead": 0,
        "estimate": estimate,
        "low": None if estimate is None else estimate - 0.1,
        "high": None if estimate is None else estimate + 0.1,
        "verdict": verdict,
        "smallest_detectable": -0.1,
        "observed": 90.0,
        "expected": 100.0,
        "year_earlier": None,
        "abstained": None if estimate is not None else "too little history before the event",
        "baseline": 28,
        "placebos": 100,
        "effective": 14.0,
        "deviation": 0.1,
        "peer_weight": 0.0,
        "unusual": False,
    }


def insights(**figures: object) -> KeptInsights:
    return KeptInsights(ACME, "x", NOW, date(2026, 3, 9), json.dumps(figures))


def dip(number: str, onset: date, restored: date | None, *, opened: date | None = None) -> DipRow:
    ticket = DipTicket(int(number), number, opened or onset)
    return DipRow(
        ACME,
        ticket,
        ticket,
        opened or onset,
        None,
        onset,
        restored,
        5.0,
        restored is not None,
        -0.3,
        -0.4,
        -0.2,
    )


def test_the_week_and_what_cannot_be_said_of_it() -> None:
    made = brief_of(insights(now=[effect(7, -0.1), effect(28, 0.2)]), None, ())
    assert made.week is not None
    assert (made.week.days, made.week.estimate, made.week.smallest) == (7, -0.1, -0.1)
    nothing = brief_of(insights(now=[effect(7, None)]), None, ()).week
    assert nothing is not None
    assert nothing.abstained == "too little history before the event"
    assert brief_of(None, None, ()) == AccountBrief()


def test_only_a_dip_that_fired_is_one() -> None:
    kept = {
        "fired": True,
        "first_day": "2026-03-01",
        "days": 7,
        "estimate": -0.3,
        "low": -0.4,
        "high": -0.2,
        "p_value": 0.01,
        "tickets": 0,
    }
    fall = brief_of(insights(now=[], recent_dip=kept), None, ()).fall
    assert fall is not None
    assert (fall.days, fall.estimate, fall.low, fall.tickets) == (7, -0.3, -0.4, 0)
    assert brief_of(insights(now=[], recent_dip={**kept, "fired": False}), None, ()).fall is None


def test_dips_that_wait_are_news_for_sixty_days_and_the_last_restored_one_is_kept() -> None:
    rows = (
        dip("1", date(2025, 12, 1), None),
        dip("2", date(2026, 2, 20), None),
        dip("3", date(2026, 1, 5), date(2026, 1, 9)),
        dip("4", date(2026, 1, 20), date(2026, 1, 25)),
    )
    made = brief_of(insights(now=[]), None, rows)
    assert [one.number for one in made.dips] == ["2"]
    assert made.restored is not None
    assert (made.restored.number, made.restored.restored_on) == ("4", date(2026, 1, 25))


def test_a_brief_comes_back_as_it_was_kept() -> None:
    made = brief_of(insights(now=[effect(7, -0.1)]), None, (dip("2", date(2026, 2, 20), None),))
    assert account_brief(to_text(made)) == made


def episode(store: Store, account: AccountId, opened: date, days: float | None, *, restored: bool) -> None:
    values = {"account_id": account, "opened_on": opened, "days": days, "restored": restored, "high": True}
    add(store, tables.episodes, **values)


@pytest.fixture
def book(store: Store) -> tuple[AccountId, AccountId, AccountId]:
    acme = add_account(store, "Acme")
    return acme, add_account(store, "Site", parent_id=acme), add_account(store, "Other")


def test_the_median_counts_parents_once_and_only_the_last_year(
    store: Store, book: tuple[AccountId, AccountId, AccountId]
) -> None:
    acme, site, other = book
    for days in (2.0, 4.0, 6.0, 8.0, 10.0):
        episode(store, acme, date(2026, 2, 1), days, restored=True)
        # The parent's episodes hold its sites' tickets already.
        episode(store, site, date(2026, 2, 1), 99.0, restored=True)
    episode(store, other, date(2026, 1, 1), None, restored=False)
    episode(store, other, date(2024, 1, 1), 300.0, restored=True)
    pilot = pods.add_pod(store, "Pilot", now=NOW, account_ids=[other])
    made = portfolio_briefs(store, heads(store), TODAY)
    everybody = made[next(pod for pod in made if pod != pilot)].restoration
    assert (everybody.median, everybody.tickets, everybody.out_of, everybody.waiting) == (6.0, 5, 6, 0)
    assert (made[pilot].restoration.tickets, made[pilot].restoration.out_of) == (0, 1)
    assert portfolio_brief(to_text(made[pilot])) == made[pilot]


def test_dips_are_held_against_all_that_were_looked_for(
    store: Store, book: tuple[AccountId, AccountId, AccountId]
) -> None:
    for account, p_value in zip((book[0], book[2]), (0.001, 0.8), strict=True):
        figures = json.dumps({"recent_dip": {"p_value": p_value}})
        values = {"account_id": account, "method": "2", "inputs": "x", "computed_at": NOW, "figures": figures}
        add(store, tables.account_insights, **values)
    made = portfolio_briefs(store, heads(store), TODAY)
    (everybody,) = made.values()
    assert (everybody.falls_up_to, everybody.looked_at) == (0.001, 2)


def test_only_what_is_out_of_date_is_made_again(
    store: Store, book: tuple[AccountId, AccountId, AccountId]
) -> None:
    acme = book[0]
    add_ticket(store, acme, "1")
    figures = json.dumps({"now": [effect(7, -0.1)]})
    values = {"account_id": acme, "method": "2", "inputs": "x", "computed_at": NOW, "figures": figures}
    add(store, tables.account_insights, **values)
    now = datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert acme in refresh_briefs(store, today=TODAY, now=now)
    snapshot = home_snapshot(store, today=TODAY)
    assert (snapshot.computed_at, snapshot.not_computed) == (NOW, 2)
    assert refresh_briefs(store, today=TODAY, now=now) == frozenset()
    assert refresh_briefs(store, today=TODAY, now=now, computed=[acme]) == {acme}
