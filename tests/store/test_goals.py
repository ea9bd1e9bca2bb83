"""Goals: what people set stays, what was measured adds up to where it stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalDraft, GoalId, GoalMeasurement, GoalState, MeterMeasure
from convergedesk.store import goals
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add_account, add_meter

DRAFT = GoalDraft(
    title="Fewer manual re-sends",
    start=40,
    target=5,
    unit="re-sends a week",
    agreed_on=date(2026, 1, 5),
    due_on=date(2026, 6, 30),
    owner="Marta",
    evidence="Weekly report",
    audience=Audience.SHARED,
)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def account(store: Store) -> AccountId:
    return add_account(store, "Acme")


def value(goal: GoalId, day: date, amount: float, note: str = "") -> GoalMeasurement:
    return GoalMeasurement(goal, day, amount, "Marta", note)


def test_a_goal_comes_back_as_it_was_set(store: Store, account: AccountId) -> None:
    meter = add_meter(store, "resends")
    draft = replace(DRAFT, meter_id=meter, measure=MeterMeasure.WEEKLY_TOTAL)
    goal = goals.create(store, account, draft, now=NOW)
    assert goals.get(store, goal.id) == goal
    assert goals.of_accounts(store, [account]) == (goal,)
    for name in GoalDraft.__slots__:
        assert getattr(goal, name) == getattr(draft, name)
    assert (goal.account_id, goal.updated_at, len(goal.uid)) == (account, NOW, 32)


def test_editing_keeps_identity_and_history_of_the_target(store: Store, account: AccountId) -> None:
    goal = goals.create(store, account, DRAFT, now=NOW)
    edited = goals.edit(store, goal.id, replace(DRAFT, target=2, state=GoalState.REACHED), now=LATER)
    goals.edit(store, goal.id, replace(DRAFT, target=2, title="Other words"), now=LATER)
    assert (edited.uid, edited.target, edited.state, edited.updated_at) == (
        goal.uid,
        2,
        GoalState.REACHED,
        LATER,
    )
    assert [(target.changed_at, target.target) for target in goals.targets(store, goal.id)] == [
        (NOW, 5),
        (LATER, 2),
    ]


def test_the_latest_day_is_where_the_goal_stands(store: Store, account: AccountId) -> None:
    goal = goals.create(store, account, DRAFT, now=NOW)
    goals.record(store, value(goal.id, date(2026, 3, 1), 20, "counted"), now=NOW)
    assert goals.record(store, value(goal.id, date(2026, 2, 1), 30), now=LATER).current == 20
    history = goals.history(store, [goal.id])[goal.id]
    assert [(entry.day.month, entry.value, entry.note) for entry in history] == [
        (2, 30, ""),
        (3, 20, "counted"),
    ]


def test_a_second_value_for_a_day_replaces_the_first(store: Store, account: AccountId) -> None:
    goal = goals.create(store, account, DRAFT, now=NOW)
    day = date(2026, 3, 1)
    goals.record(store, value(goal.id, day, 20), now=NOW)
    assert goals.record(store, value(goal.id, day, 18), now=LATER).current == 18
    assert len(goals.history(store, [goal.id])[goal.id]) == 1


def test_a_value_taken_back_lets_the_one_before_stand(store: Store, account: AccountId) -> None:
    goal = goals.create(store, account, DRAFT, now=NOW)
    goals.record(store, value(goal.id, date(2026, 2, 1), 30), now=NOW)
    goals.record(store, value(goal.id, date(2026, 3, 1), 20), now=NOW)
    assert goals.forget(store, goal.id, date(2026, 3, 1), now=LATER).current == 30
    assert goals.forget(store, goal.id, date(2026, 2, 1), now=LATER).current is None


def test_a_deleted_goal_comes_back_with_everything(store: Store, account: AccountId) -> None:
    goal = goals.create(store, account, DRAFT, now=NOW)
    goals.record(store, value(goal.id, date(2026, 3, 1), 20), now=NOW)
    assert goals.delete(store, goal.id, now=NOW) == account
    assert goals.of_accounts(store, [account]) == ()
    with pytest.raises(NotFoundError):
        goals.get(store, goal.id)
    goals.restore(store, goal.id, now=NOW)
    assert goals.get(store, goal.id).current == 20


def test_nothing_happens_to_a_goal_that_is_not_there(store: Store) -> None:
    missing = GoalId(7)
    for attempt in (
        lambda: goals.get(store, missing),
        lambda: goals.edit(store, missing, DRAFT, now=NOW),
        lambda: goals.record(store, value(missing, date(2026, 3, 1), 1), now=NOW),
        lambda: goals.delete(store, missing, now=NOW),
        lambda: goals.restore(store, missing, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_goals_without_a_due_day_come_last(store: Store, account: AccountId) -> None:
    for title, due in (("open end", None), ("summer", date(2026, 7, 1)), ("spring", date(2026, 4, 1))):
        goals.create(store, account, replace(DRAFT, title=title, due_on=due), now=NOW)
    assert [goal.title for goal in goals.of_accounts(store, [account])] == ["spring", "summer", "open end"]
