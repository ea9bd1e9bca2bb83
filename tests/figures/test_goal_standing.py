"""A goal's standing follows one stated rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import Goal, GoalId, GoalMeasurement, GoalState, MeterMeasure
from convergedesk.domain.usage import Meter, MeterId
from convergedesk.figures.account import GoalStanding, MeterUsage
from convergedesk.figures.goal_standing import goal_view, measure

TODAY = date(2026, 12, 10)
METER = Meter(MeterId(1), "events", "Events", "event")


def goal(**changes: Any) -> Goal:
    fields: dict[str, Any] = {
        "id": GoalId(1),
        "uid": "a",
        "account_id": AccountId(1),
        "title": "Fewer manual re-sends",
        "start": 340.0,
        "target": 80.0,
        "current": 210.0,
        "unit": "re-sends a week",
        "agreed_on": date(2026, 10, 1),
        "due_on": date(2026, 12, 31),
        "owner": None,
        "evidence": "",
        "audience": Audience.SHARED,
        "state": GoalState.OPEN,
        "meter_id": None,
        "measure": None,
        "updated_at": datetime(2026, 12, 1, tzinfo=UTC),
    }
    return Goal(**(fields | changes))


def test_half_way_with_most_of_the_time_gone_is_behind_and_says_why() -> None:
    view = goal_view(goal(), today=TODAY)
    assert view.progress == pytest.approx(0.5)
    assert view.expected == pytest.approx(70 / 91)
    assert view.standing is GoalStanding.BEHIND
    assert "(210 − 340) ÷ (80 − 340) = 50\u202f% of the way" in view.rule
    assert "77\u202f%" in view.rule


def test_nine_tenths_of_the_expected_way_is_on_track() -> None:
    on_pace = 340 - 260 * (70 / 91) * 0.905
    assert goal_view(goal(current=on_pace), today=TODAY).standing is GoalStanding.ON_TRACK


def test_past_the_target_is_reached_even_after_the_due_day() -> None:
    view = goal_view(goal(current=70.0, due_on=date(2026, 11, 1)), today=TODAY)
    assert view.standing is GoalStanding.REACHED


def test_past_the_due_day_is_overdue() -> None:
    view = goal_view(goal(due_on=date(2026, 12, 1)), today=TODAY)
    assert view.standing is GoalStanding.OVERDUE
    assert "9 days ago" in view.rule


def test_without_a_value_it_is_not_measured_rather_than_behind() -> None:
    view = goal_view(goal(current=None), today=TODAY)
    assert view.standing is GoalStanding.NOT_MEASURED
    assert view.progress is None


def test_a_goal_that_moved_away_is_stuck_with_negative_progress() -> None:
    view = goal_view(goal(current=400.0), today=TODAY)
    assert view.progress is not None
    assert view.progress < 0
    assert view.standing is GoalStanding.STUCK
    assert view.reason == "further away than its start"


def values(*known: tuple[int, float]) -> tuple[GoalMeasurement, ...]:
    """Recorded values: how many days before today, and the value."""
    return tuple(
        GoalMeasurement(GoalId(1), TODAY - timedelta(days=days), value, "Ana") for days, value in known
    )


def test_behind_and_no_nearer_than_28_days_ago_is_stuck_and_says_so() -> None:
    view = goal_view(goal(), today=TODAY, history=values((40, 210.0), (3, 210.0)))
    assert view.standing is GoalStanding.STUCK
    assert "28 days ago it was 50\u202f% of the way" in view.rule
    assert view.reason == "50\u202f%, no nearer in 28 days"


def test_a_value_that_nobody_has_reported_for_28_days_does_not_count_as_a_move() -> None:
    assert goal_view(goal(), today=TODAY, history=values((31, 210.0))).standing is GoalStanding.STUCK


def test_behind_but_nearer_than_28_days_ago_is_not_stuck() -> None:
    view = goal_view(goal(), today=TODAY, history=values((40, 260.0), (3, 210.0)))
    assert view.standing is GoalStanding.BEHIND


def test_a_goal_agreed_within_28_days_is_not_stuck_yet() -> None:
    fresh = goal(current=340.0, agreed_on=date(2026, 11, 20))
    assert goal_view(fresh, today=TODAY).standing is GoalStanding.BEHIND


def test_on_track_is_never_stuck() -> None:
    view = goal_view(goal(current=100.0), today=TODAY, history=values((60, 100.0)))
    assert view.standing is GoalStanding.ON_TRACK
    assert view.reason == "ahead by 15 points of the way"


def test_a_linked_meter_that_stands_still_leaves_the_goal_stuck() -> None:
    linked = goal(
        start=0.0, target=200.0, current=None, meter_id=METER.id, measure=MeterMeasure.DAILY_MEAN_28
    )
    for rise, standing in ((0.0, GoalStanding.STUCK), (40.0, GoalStanding.BEHIND)):
        daily = np.r_[np.full(60, 100.0 - rise), np.full(28, 100.0)]
        usage = MeterUsage(METER, daily, (), np.array([]))
        view = goal_view(linked, today=TODAY, meter=METER, usage=usage, first_day=date(2026, 9, 14))
        assert view.standing is standing


def test_a_linked_meter_measures_the_goal() -> None:
    daily = np.r_[np.full(60, 100.0), np.full(28, 150.0), [np.nan, np.nan]]
    usage = MeterUsage(METER, daily, (), np.array([]))
    linked = goal(
        start=100.0, target=200.0, current=None, meter_id=METER.id, measure=MeterMeasure.DAILY_MEAN_28
    )
    view = goal_view(linked, today=TODAY, meter=METER, usage=usage, first_day=date(2026, 9, 12))
    assert view.goal.current == 150.0
    assert view.progress == pytest.approx(0.5)


def test_too_few_reported_days_measure_nothing() -> None:
    sparse = np.full(28, np.nan)
    sparse[:13] = 5.0
    assert measure(sparse, TODAY, MeterMeasure.DAILY_MEAN_28) is None
    sparse[13] = 5.0
    assert measure(sparse, TODAY, MeterMeasure.DAILY_MEAN_28) == 5.0


def test_month_to_date_counts_the_month_alone() -> None:
    assert measure(np.ones(60), date(2026, 12, 10), MeterMeasure.MONTH_TO_DATE) == 10.0
