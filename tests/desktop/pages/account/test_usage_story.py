from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from convergedesk.desktop.charts.series import DaySeries, MonthSeries
from convergedesk.desktop.pages.account.usage_story import (
    EACH,
    TOTAL,
    UsageStory,
    can_compare,
    choices,
    key_of,
    usage_story,
)
from convergedesk.domain.goals import MeterMeasure
from convergedesk.figures.account import AccountUsage
from convergedesk.figures.goal_standing import goal_view
from tests.desktop.account_book import CALLS, EVENTS, STORAGE, linked_goal, no_usage, usage
from tests.desktop.book import TODAY

BERLIN = ZoneInfo("Europe/Berlin")


def story(choice: str, *, compare: bool = False, used: AccountUsage | None = None) -> UsageStory:
    goals = tuple(
        goal_view(linked_goal(measure), today=TODAY, meter=EVENTS)
        for measure in (MeterMeasure.DAILY_MEAN_28, MeterMeasure.WEEKLY_TOTAL)
    )
    found = usage_story(used or usage(), goals, choice, BERLIN, compare=compare)
    assert found is not None
    return found


def test_the_total_comes_first_then_the_meters_apart_then_each_meter() -> None:
    assert choices(usage()) == (
        (TOTAL, "Total of 2 meters"),
        (EACH, "Each of 2 meters"),
        (key_of(EVENTS), "Events delivered"),
        (key_of(CALLS), "API calls"),
        (key_of(STORAGE), "Storage"),
    )
    assert choices(no_usage()) == ()


def test_the_meters_apart_are_those_that_the_total_adds() -> None:
    assert [one.name for one in story(EACH).series] == ["Events delivered", "API calls"]
    (total,) = story(TOTAL).series
    assert isinstance(total, DaySeries)
    assert set(total.values) == {250.0}
    assert total.unit == "events"


def test_a_meter_known_by_month_is_drawn_by_month_with_its_gap() -> None:
    monthly = story(key_of(STORAGE))
    (series,) = monthly.series
    assert isinstance(series, MonthSeries)
    np.testing.assert_array_equal(series.values, [5.0, 6.0, np.nan, 8.0])
    assert (monthly.scale, monthly.last) == ("GB a month", date(2026, 4, 30))


def test_tickets_stand_on_the_day_of_the_account() -> None:
    marks = story(TOTAL).tickets
    assert [(mark.label, mark.high) for mark in marks] == [
        ("#47655", False),
        ("#48213", True),
        ("#48731", False),
    ]
    assert marks[1].day == date(2026, 10, 21)


def test_targets_belong_to_the_meter_that_the_goal_follows() -> None:
    daily, weekly = story(key_of(EVENTS)).targets
    assert daily.value == 210.0
    assert weekly.value == 30.0
    assert weekly.label == "More events: target 210 a week, 30 a day"
    assert story(key_of(CALLS)).targets == ()
    assert story(TOTAL).targets == ()


def test_only_one_line_by_day_is_compared_with_its_quarter_before() -> None:
    compared = story(TOTAL, compare=True)
    assert compared.comparison.startswith("Q4 2026 so far: 250 events a day (0\u202f%) compared with 250")
    assert compared.previous is not None
    assert compared.previous.name == "Q3 2026, same days"
    assert story(EACH, compare=True).previous is None
    assert story(key_of(STORAGE), compare=True).comparison == ""
    assert [can_compare(usage(), key) for key in (TOTAL, EACH, key_of(STORAGE))] == [True, False, False]


def test_the_last_day_is_the_last_that_was_reported() -> None:
    used = usage()
    assert used.total is not None
    silent = used.total.copy()
    silent[-5:] = np.nan
    quiet = replace(used, total=silent)
    assert story(TOTAL, used=quiet).last == date(2026, 12, 4)


def test_spans_tell_outages_apart_from_other_days() -> None:
    (span,) = story(TOTAL).spans
    assert (span.label, span.incident) == ("Outage", True)


def test_a_weekly_rhythm_is_taken_out_and_what_was_reported_is_kept() -> None:
    used = usage()
    assert used.total is not None
    assert used.first_day is not None
    weekend = (used.first_day.weekday() + np.arange(used.days)) % 7 >= 5
    rhythm = replace(used, total=np.where(weekend, 100.0, 250.0))
    found = usage_story(rhythm, (), TOTAL, BERLIN, compare=True, adjust=True)
    assert found is not None
    assert found.adjusted
    assert found.scale == "events a day"
    assert np.ptp(found.series[0].values) < 1e-9
    assert set(found.reported[0].values) == {100.0, 250.0}
    monthly = usage_story(rhythm, (), key_of(STORAGE), BERLIN, compare=False, adjust=True)
    assert monthly is not None
    assert not monthly.adjusted


def test_a_choice_without_usage_has_no_story() -> None:
    assert usage_story(no_usage(), (), TOTAL, BERLIN, compare=False) is None
