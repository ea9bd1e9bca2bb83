"""Each kind is raised where its condition holds and not where it does not, and closes when it ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.domain.alert_rules import default_rule
from convergedesk.domain.alerts import Alert, AlertKind, AlertState, Severity
from convergedesk.domain.billing import (
    Commitment,
    Contract,
    ContractId,
    MeterPrice,
    PriceModel,
    PriceTier,
    SlaTerm,
)
from convergedesk.domain.engagement import CheckIn, ContactChannel
from convergedesk.domain.goals import GoalDraft
from convergedesk.domain.money import Money
from convergedesk.domain.tickets import Priority
from convergedesk.domain.usage import MeterId
from convergedesk.figures.alerts.replay import preview
from convergedesk.store import contracts, engagement, goals, people
from convergedesk.workspace.people import mark_left
from tests.figures.alert_world import TODAY, World, noon, open_world, steady


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as opened:
        yield opened


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def only(world: World, kind: AlertKind) -> Alert:
    world.look()
    (found,) = world.alerts(kind)
    return found


def none(world: World, kind: AlertKind) -> None:
    world.look()
    assert not world.alerts(kind)


def closes(world: World, kind: AlertKind) -> str:
    """The reason with which the one alert of that kind closes by itself."""
    world.look()
    (found,) = world.alerts(kind)
    assert found.state is AlertState.RESOLVED
    assert found.ended_on == world.workspace.today
    return found.reason


def test_an_escalated_ticket_that_is_open(world: World) -> None:
    account = world.account("Acme")
    ticket = world.ticket(account, "1", TODAY - timedelta(days=3), escalated=True)
    world.ticket(account, "2", TODAY - timedelta(days=3))
    world.ticket(account, "3", TODAY - timedelta(days=9), TODAY - timedelta(days=5), escalated=True)
    found = only(world, AlertKind.ESCALATION)
    assert found.finding.ticket_id == ticket
    assert "#1" in found.finding.sentence
    with world.workspace.store.write() as connection:
        connection.exec_driver_sql("UPDATE tickets SET escalated = 0 WHERE id = ?", (ticket,))
    assert closes(world, AlertKind.ESCALATION) == "the ticket was closed"


def test_a_high_ticket_that_stays_open(world: World) -> None:
    account = world.account("Acme")
    world.ticket(account, "1", TODAY - timedelta(days=6))
    world.ticket(account, "2", TODAY - timedelta(days=4))
    world.ticket(account, "3", TODAY - timedelta(days=60), priority=Priority.NORMAL)
    assert "#1" in only(world, AlertKind.OPEN_LONG).finding.sentence


def test_a_high_ticket_is_compared_with_those_like_it(world: World) -> None:
    account = world.account("Acme")
    for number in range(30):
        world.ticket(account, f"c{number}", TODAY - timedelta(days=60), TODAY - timedelta(days=50))
    world.ticket(account, "1", TODAY - timedelta(days=8))
    none(world, AlertKind.OPEN_LONG)
    world.ticket(account, "2", TODAY - timedelta(days=14))
    assert "#2" in only(world, AlertKind.OPEN_LONG).finding.sentence


def promise(world: World, account: AccountId, *, resolution: int = 3 * 24 * 60) -> None:
    term = SlaTerm(TODAY - timedelta(days=400), Priority.HIGH, 60, resolution, 0.05, 0.2)
    contract = Contract(
        ContractId(0), account, None, "Order", TODAY - timedelta(days=400), None, "EUR", sla_terms=(term,)
    )
    contracts.add(world.workspace.store, contract, now=noon(TODAY))


def test_a_promise_that_is_nearly_used_up_and_one_that_is_missed(world: World) -> None:
    account = world.account("Acme")
    promise(world, account, resolution=4 * 24 * 60)
    world.ticket(account, "1", TODAY - timedelta(days=1), first_response_minutes=20)
    none(world, AlertKind.SLA_RISK)
    world.go_to(TODAY + timedelta(days=2, hours=6))
    none(world, AlertKind.SLA_RISK)
    world.clock.pass_(hours=6)
    found = only(world, AlertKind.SLA_RISK)
    assert "left for the promised resolution" in found.finding.sentence
    world.go_to(TODAY + timedelta(days=4))
    found = only(world, AlertKind.SLA_RISK)
    assert "missed" in found.finding.sentence


def test_a_first_answer_that_is_due(world: World) -> None:
    account = world.account("Acme")
    promise(world, account)
    world.ticket(account, "1", TODAY)
    none(world, AlertKind.SLA_RISK)
    world.clock.pass_(minutes=50)
    assert "first answer" in only(world, AlertKind.SLA_RISK).finding.sentence


def test_without_a_promise_nothing_is_at_risk(world: World) -> None:
    world.ticket(world.account("Acme"), "1", TODAY - timedelta(days=30))
    none(world, AlertKind.SLA_RISK)


def test_a_dip_that_outlasts_its_ticket(world: World) -> None:
    account = world.account("Acme")
    values = steady(250, seed=1)
    values[-20:] = (values[-20:] * 0.6).round()
    world.usage(account, world.meter(), values)
    world.ticket(account, "1", TODAY - timedelta(days=20), TODAY - timedelta(days=17))
    found = only(world, AlertKind.NOT_RESTORED)
    assert found.finding.sentence == "Value not restored 20 days after #1"
    assert "support is done" in " ".join(found.finding.figures["because"])


def test_a_dip_that_is_young_or_over_is_not_stuck(world: World) -> None:
    meter = world.meter()
    young, over = world.account("Young"), world.account("Over")
    for account, first, last in ((young, -9, None), (over, -40, -30)):
        values = steady(250, seed=int(account))
        values[first:last] = (values[first:last] * 0.6).round()
        world.usage(account, meter, values)
        world.ticket(account, f"{account}", TODAY + timedelta(days=first), TODAY + timedelta(days=first + 2))
    none(world, AlertKind.NOT_RESTORED)


def test_a_goal_that_slips_and_comes_back(world: World) -> None:
    account = world.account("Acme")
    draft = GoalDraft(
        "Half the rejects", 0.0, 100.0, 0.0, agreed_on=before(100), due_on=TODAY + timedelta(days=20)
    )
    goal = goals.create(world.workspace.store, account, draft, now=noon(TODAY))
    on_track = GoalDraft("Fine", 0.0, 100.0, 95.0, agreed_on=before(100), due_on=TODAY + timedelta(days=20))
    goals.create(world.workspace.store, account, on_track, now=noon(TODAY))
    found = only(world, AlertKind.GOAL_SLIPPING)
    assert found.finding.figures["goal_id"] == goal.id
    assert "Half the rejects" in found.finding.sentence
    better = GoalDraft(
        "Half the rejects", 0.0, 100.0, 90.0, agreed_on=before(100), due_on=TODAY + timedelta(days=20)
    )
    goals.edit(world.workspace.store, goal.id, better, now=noon(TODAY))
    assert "back on its pace" in closes(world, AlertKind.GOAL_SLIPPING)


def test_only_overdue_goals_where_the_rule_says_so(world: World) -> None:
    world.rule(AlertKind.GOAL_SLIPPING, **{"from": "overdue"})
    account = world.account("Acme")
    for title, due in (("Late", -3), ("Behind", 20)):
        draft = GoalDraft(title, 0.0, 100.0, 10.0, agreed_on=before(100), due_on=TODAY + timedelta(days=due))
        goals.create(world.workspace.store, account, draft, now=noon(TODAY))
    assert "Late" in only(world, AlertKind.GOAL_SLIPPING).finding.sentence


def test_a_champion_who_left_until_somebody_takes_over(world: World) -> None:
    store, account = world.workspace.store, world.account("Acme")
    ada = people.add_person(store, "Ada Byron", PersonRole.CHAMPION, now=noon(TODAY), account_id=account)
    people.add_person(store, "Bo Diaz", PersonRole.USER, now=noon(TODAY), account_id=account)
    none(world, AlertKind.CHAMPION_LEFT)
    mark_left(world.workspace, ada, TODAY - timedelta(days=10))
    assert "Ada Byron" in only(world, AlertKind.CHAMPION_LEFT).finding.sentence
    people.add_person(store, "Cy Else", PersonRole.CHAMPION, now=noon(TODAY), account_id=account)
    assert "the role is taken" in closes(world, AlertKind.CHAMPION_LEFT)


def test_a_champion_who_left_long_ago_is_no_news(world: World) -> None:
    account = world.account("Acme")
    ada = people.add_person(
        world.workspace.store, "Ada", PersonRole.CHAMPION, now=noon(TODAY), account_id=account
    )
    mark_left(world.workspace, ada, TODAY - timedelta(days=200))
    none(world, AlertKind.CHAMPION_LEFT)


def talk(world: World, account: AccountId, days_ago: int, *who: str) -> None:
    held = noon(TODAY - timedelta(days=days_ago))
    check_in = CheckIn(account, held, ContactChannel.CALL, "Amira", who, "Talked.")
    engagement.add_check_in(world.workspace.store, check_in, now=noon(TODAY))


def test_a_sponsor_who_was_not_spoken_to(world: World) -> None:
    account = world.account("Acme")
    for name in ("Ada", "Bo"):
        people.add_person(
            world.workspace.store, name, PersonRole.SPONSOR, now=noon(TODAY), account_id=account
        )
    talk(world, account, 80, "Ada")
    talk(world, account, 10, "Bo")
    assert "Ada" in only(world, AlertKind.NOT_SPOKEN).finding.sentence
    talk(world, account, 0, "Ada")
    assert closes(world, AlertKind.NOT_SPOKEN) == "spoken to again"


def test_silence_is_not_held_against_anybody_where_nothing_was_ever_logged(world: World) -> None:
    people.add_person(
        world.workspace.store, "Ada", PersonRole.SPONSOR, now=noon(TODAY), account_id=world.account("Acme")
    )
    none(world, AlertKind.NOT_SPOKEN)


def test_a_message_in_a_ticket_is_contact(world: World) -> None:
    account = world.account("Acme")
    people.add_person(world.workspace.store, "Ada", PersonRole.CHAMPION, now=noon(TODAY), account_id=account)
    talk(world, account, 90, "Ada")
    world.ticket(
        account,
        "1",
        TODAY - timedelta(days=5),
        TODAY - timedelta(days=4),
        priority=Priority.LOW,
        requester="Ada",
    )
    none(world, AlertKind.NOT_SPOKEN)


def test_a_review_that_is_near(world: World) -> None:
    account = world.account("Acme")
    span = {"period_start": before(90), "period_end": before(1)}
    for title, days, state in (("Near", 5, "draft"), ("Far", 30, "draft"), ("Held", 3, "presented")):
        world.add(
            "reviews",
            account_id=account,
            title=title,
            held_at=noon(TODAY + timedelta(days=days)),
            state=state,
            **span,
        )
    assert "Near" in only(world, AlertKind.REVIEW_DUE).finding.sentence


def priced(world: World, account: AccountId, meter: MeterId, amount: int) -> None:
    first = TODAY.replace(month=1, day=1)
    price = MeterPrice(meter, first, PriceModel.FLAT, (PriceTier(None, Decimal("0.01")),))
    commitment = Commitment(first, TODAY.replace(month=12, day=31), Money(amount * 100, "EUR"))
    contract = Contract(
        ContractId(0),
        account,
        None,
        "Order 2026",
        first,
        None,
        "EUR",
        prices=(price,),
        commitments=(commitment,),
    )
    contracts.add(world.workspace.store, contract, now=noon(TODAY))


def test_the_highest_mark_of_a_commitment_that_was_passed(world: World) -> None:
    account = world.account("Acme", currency="EUR")
    meter = world.meter()
    values = steady(344, seed=1)
    world.usage(account, meter, values)
    spent = values.sum() * 0.01
    priced(world, account, meter, round(spent / 0.92))
    found = only(world, AlertKind.COMMITMENT)
    assert found.finding.subject.endswith(":90")
    assert 0.9 <= found.finding.figures["used"] < 1.0
    assert "committed" in found.finding.figures["why"]["formula"]


def test_a_mark_that_is_passed_on_an_even_pace_disturbs_nobody(world: World) -> None:
    account = world.account("Acme", currency="EUR")
    meter = world.meter()
    values = steady(344, seed=1)
    world.usage(account, meter, values)
    priced(world, account, meter, round(values.sum() * 0.01 / 0.91))
    assert only(world, AlertKind.COMMITMENT).finding.severity is Severity.INFO


def test_a_commitment_that_is_used_up_early_presses(world: World) -> None:
    account = world.account("Acme", currency="EUR")
    meter = world.meter()
    values = steady(344, seed=1)
    world.usage(account, meter, values)
    priced(world, account, meter, round(values.sum() * 0.01 / 1.4))
    found = only(world, AlertKind.COMMITMENT).finding
    assert found.subject.endswith(":100")
    assert found.severity is Severity.WARNING


def test_a_commitment_that_is_far_from_its_marks(world: World) -> None:
    account = world.account("Acme", currency="EUR")
    meter = world.meter()
    world.usage(account, meter, steady(344, seed=1))
    priced(world, account, meter, 1_000_000)
    none(world, AlertKind.COMMITMENT)


@pytest.mark.parametrize(("times", "raised"), [(2.2, True), (1.1, False)])
def test_a_month_far_above_the_usual_one(world: World, times: float, raised: bool) -> None:
    day = TODAY + timedelta(days=10)
    world.go_to(day)
    account = world.account("Acme", currency="EUR")
    meter = world.meter()
    values = steady(354, seed=1, last=day)
    values[-19:] = (values[-19:] * times).round()
    world.usage(account, meter, values, last=day)
    priced(world, account, meter, 1_000_000)
    world.look()
    found = world.alerts(AlertKind.BILL_SHOCK)
    assert bool(found) is raised
    if raised:
        assert found[0].finding.figures["rise"] > 0.3
        assert "calls drives" in " ".join(s for _, s in found[0].finding.figures["known"])


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_can_be_tried_out_where_nothing_is_known(world: World, kind: AlertKind) -> None:
    world.account("Acme")
    found = preview(world.workspace.store, default_rule(kind), today=TODAY)
    assert found is not None
    assert found.fired == ()
    assert found.accounts == 1
    assert found.approximations
