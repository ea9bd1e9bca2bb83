"""Home is read again after every edit: what nobody touched is not made again, and nothing old stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.briefs import AccountBrief, HealthBrief, UsageNow
from convergedesk.domain.engagement import CheckIn, ContactChannel
from convergedesk.domain.goals import GoalDraft, GoalMeasurement
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.store import engagement, goals, pods, tables
from convergedesk.store.briefs import outdated, write_briefs
from convergedesk.store.check_ins_put_off import put_off
from convergedesk.store.engine import Store
from convergedesk.store.home import home_snapshot
from tests.store.rows import NOW, add, add_account

TODAY = date(2026, 3, 10)


def rows(store: Store) -> dict[str, PortfolioRow]:
    return {row.name: row for row in home_snapshot(store, today=TODAY).rows}


def brief(score: float) -> AccountBrief:
    first = TODAY - timedelta(days=7)
    week = UsageNow(first, 7, -0.1234567, -0.2, -0.05, "down", 9.0, 10.0, None, 0.1, None, False)
    return AccountBrief(as_of=TODAY, week=week, health=HealthBrief(score, "watch", None, 1, "", ""))


def test_only_the_row_that_changed_is_made_again(store: Store) -> None:
    acme, other = add_account(store, "Acme"), add_account(store, "Other")
    before = rows(store)
    write_briefs(store, {acme: (brief(60.0), 1)})
    after = rows(store)
    assert after["Other"] is before["Other"]
    kept = after["Acme"].brief
    assert kept is not None
    assert kept.health == HealthBrief(60.0, "watch", None, 1, "", "")
    assert kept.week is not None
    assert (kept.week.estimate, kept.week.verdict) == (-0.123457, "down")
    write_briefs(store, {acme: (brief(61.0), 2)})
    again = rows(store)["Acme"].brief
    assert again is not None
    assert again.health is not None
    assert again.health.score == 61.0
    assert rows(store)["Other"].account_id == other


def test_what_stands_in_other_tables_is_seen_too(store: Store) -> None:
    acme = add_account(store, "Acme")
    site = add_account(store, "Site", parent_id=acme)
    before = rows(store)["Acme"]
    assert before.sites == 1
    pod = pods.add_pod(store, "Pilot", now=NOW, account_ids=[acme])
    assert rows(store)["Acme"].pod_ids == (pod,)
    held = datetime(2026, 3, 4, 9, tzinfo=UTC)
    check_in = CheckIn(site, held, ContactChannel.CALL, "Ana", (), "Spoke")
    engagement.add_check_in(store, check_in, now=NOW)
    assert rows(store)["Acme"].last_contact_on == held.date()
    put_off(store, acme, until=TODAY + timedelta(days=7), need=40, author="Ana", now=NOW)
    later = rows(store)["Acme"].put_off
    assert later is not None
    assert (later.need, later.author) == (40, "Ana")
    assert "Other" not in rows(store)


def person(store: Store, account: AccountId, name: str, left_on: date | None) -> None:
    add(
        store,
        tables.persons,
        account_id=account,
        name=name,
        name_key=name.casefold(),
        role=PersonRole.CHAMPION,
        left_on=left_on,
        created_at=NOW,
        updated_at=NOW,
    )


def test_a_champion_who_left_is_told_until_somebody_takes_the_role(store: Store) -> None:
    acme = add_account(store, "Acme")
    site = add_account(store, "Site", parent_id=acme)
    person(store, site, "Petra", TODAY - timedelta(days=14))
    lost = rows(store)["Acme"].lost
    assert lost is not None
    assert (lost.name, lost.role) == ("Petra", "champion")
    person(store, site, "Ola", None)
    assert rows(store)["Acme"].lost is None


def test_who_left_long_ago_is_no_news(store: Store) -> None:
    person(store, add_account(store, "Acme"), "Petra", TODAY - timedelta(days=200))
    assert rows(store)["Acme"].lost is None


def test_goals_that_the_customer_knows_are_news_once_reached(store: Store) -> None:
    acme = add_account(store, "Acme")
    shared = replace(GoalDraft("Faster exports", 100.0, 10.0), audience=Audience.SHARED)
    for draft in (shared, GoalDraft("Upsell", 0.0, 10.0)):
        goal = goals.create(store, acme, draft, now=NOW)
        far = 40.0 if draft is shared else 9.0
        goals.record(store, GoalMeasurement(goal.id, date(2026, 3, 1), far, "Ana"), now=NOW)
    assert rows(store)["Acme"].reached == ()
    for goal in goals.of_accounts(store, [acme]):
        goals.record(store, GoalMeasurement(goal.id, date(2026, 3, 8), goal.target, "Ana"), now=NOW)
    (reached,) = rows(store)["Acme"].reached
    assert (reached.title, reached.reached_on) == ("Faster exports", date(2026, 3, 8))


def test_a_brief_of_another_version_is_not_read_and_is_made_anew(store: Store) -> None:
    acme = add_account(store, "Acme")
    values = {"account_id": acme, "inputs": "x", "method": "2", "computed_at": NOW, "figures": "{}"}
    add(store, tables.account_insights, **values)
    (computed_at,) = outdated(store).values()
    write_briefs(store, {acme: (brief(60.0), computed_at)})
    assert outdated(store) == {}
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE account_briefs SET brief = '[0, 1, 2]'")
    assert rows(store)["Acme"].brief is None
    assert list(outdated(store)) == [acme]
