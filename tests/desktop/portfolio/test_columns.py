from datetime import date, timedelta
from typing import Any

import pytest

from convergedesk.desktop.portfolio.columns import home_columns, list_columns
from convergedesk.desktop.portfolio.usage_columns import weekly_mean
from convergedesk.desktop.widgets.paint import IntervalValue
from convergedesk.domain.briefs import MonthSoFar, Outlook
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow, Spark, TicketTick
from tests.desktop.book import (
    TODAY,
    brief,
    commitment,
    health,
    kestrel,
    quarry,
    row,
    silent_fall,
    tindle,
    week,
)


def today() -> Any:
    return TODAY


HOME = {column.key: column for column in home_columns(today)}
LIST = {column.key: column for column in list_columns(today)}


def value(key: str, one: PortfolioRow) -> Any:
    column = HOME[key]
    assert column.value is not None
    return column.value(one)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("name", "Kestrel Payments"),
        ("health", "Not computed yet"),
        ("change", "0\u202f% in 28 days"),
        ("billed", "€4,000 billed Nov 2026"),
        ("pace", "–"),
        ("tickets", "4 open, 2 of high priority"),
        ("renews", "–"),
    ],
)
def test_every_cell_of_home_can_be_read_aloud(key: str, words: str) -> None:
    assert HOME[key].text(kestrel()) == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("tier", "–"),
        ("owner", "No owner"),
        ("country", "–"),
        ("lifecycle", "Trial"),
        ("change", "–"),
        ("billed", "–"),
        ("goals", "None agreed"),
        ("usage", "1,400 events in 28 days over 2 meters; 1 ticket opened in 90 days"),
    ],
)
def test_what_is_unknown_of_an_account_is_a_dash_or_says_so(key: str, words: str) -> None:
    assert LIST[key].text(quarry()) == words


def test_a_fall_of_15_per_cent_is_marked_and_a_smaller_one_is_not() -> None:
    assert value("change", tindle()).words.tone == "critical"
    assert value("change", row(usage_28=2400.0)).words.tone == "text_3"
    assert value("change", tindle()).interval is None


def test_a_measured_week_stands_with_its_interval_before_what_28_days_did() -> None:
    measured = value("change", row(usage_28=1.0, brief=brief(week=week(-0.26, -0.32, -0.19))))
    assert (measured.words.text, measured.words.tone) == ("−26\u202f%", "critical")
    assert measured.interval == IntervalValue(-0.32, -0.26, -0.19)
    unsure = value("change", row(brief=brief(week=week(-0.13, -0.27, 0.03))))
    assert unsure.words.tone == "text_3"
    assert unsure.interval.inconclusive


def test_a_week_of_long_ago_says_nothing_of_today() -> None:
    old = row(brief=brief(week=week(-0.26, -0.32, -0.19), as_of=TODAY - timedelta(days=40)))
    assert value("change", old).interval is None


def test_health_shows_score_band_and_how_it_moved() -> None:
    shown = value("health", row(brief=brief(health=health(46.4, 60.0))))
    assert (shown.score.text, shown.moved.text, shown.band.text) == ("46", "14", "At risk")
    assert shown.moved.tone == "critical"
    unknown = value("health", row(brief=brief(health=health(None))))
    assert (unknown.score.text, unknown.band.text) == ("–", "no score yet")


def test_the_month_stands_with_its_forecast() -> None:
    spend = (MonthSoFar("EUR", date(2026, 12, 1), date(2026, 12, 9), 594_000, 2_010_000, None, None),)
    cell = value("billed", row(brief=brief(spend=spend)))
    assert (cell.title, cell.sub) == ("€5,940", "of €20.1k")


def test_a_commitment_that_is_forecast_says_where_it_is_heading() -> None:
    term = (date(2026, 4, 1), date(2027, 3, 31))
    ahead = Outlook(
        "EUR", 47_000_000, 39_480_000, *term, 1.21, date(2027, 1, 19), None, None, None, 9_000_000
    )
    shown = value("pace", row(brief=brief(outlook=ahead)))
    assert (shown.figure, shown.text, shown.warn) == ("121\u202f%", "ends 19 Jan", True)
    behind = ahead._replace(pace=0.78, exhausted=None, unused=7_100_000)
    shown = value("pace", row(brief=brief(outlook=behind)))
    assert (shown.figure, shown.text, shown.warn) == ("78\u202f%", "€71k unspent", True)


def test_the_line_is_red_from_the_first_day_of_a_dip() -> None:
    assert value("usage", row(brief=brief())).below is None
    assert value("usage", row(brief=brief(fall=silent_fall()))).below == 80


def test_a_commitment_off_pace_is_marked_with_its_distance() -> None:
    pace = value("pace", tindle())
    assert pace.warn
    assert (pace.figure, pace.text) == ("73\u202f%", "€1,507 behind")
    assert not value("pace", row(commitment=commitment(550_000))).warn


def test_recurring_revenue_stands_where_there_are_no_invoices() -> None:
    cell = value("billed", row(billed=None, billed_month=None, mrr=Money(12_000, "USD")))
    assert (cell.title, cell.sub) == ("$120", "recurring")


def test_a_young_accounts_line_starts_where_its_usage_starts() -> None:
    nothing = float("nan")
    young = Spark(
        TODAY, (nothing,) * 80 + (5.0,) * 10, "event", 1, (TicketTick(3, True), TicketTick(85, True))
    )
    drawn = value("usage", row(spark=young))
    assert len(drawn.values) == 10
    assert drawn.slots == 90
    assert [(tick.slot, tick.high) for tick in drawn.ticks] == [(5, True)]
    assert value("usage", row(spark=Spark(None, (), "", 0))) is None


def test_a_weekly_rhythm_does_not_saw_the_line() -> None:
    week = [10.0, 10.0, 10.0, 10.0, 10.0, 3.0, 3.0]
    smooth = weekly_mean(week * 6)
    assert all(one == pytest.approx(sum(week) / 7) for one in smooth)


def test_an_account_that_reports_seldom_is_shown_as_single_days() -> None:
    seldom = tuple(4.0 if day % 10 == 0 else float("nan") for day in range(90))
    drawn = value("usage", row(spark=Spark(TODAY, seldom, "event", 1)))
    assert [one for one in drawn.values if one is not None] == [4.0] * 9


def test_a_day_without_a_report_stays_a_gap() -> None:
    smooth = weekly_mean([10.0] * 10 + [None] + [10.0] * 10)
    assert smooth[10] is None
    assert smooth[11] == 10.0


def test_lists_sort_renewals_by_day_and_put_the_unknown_last() -> None:
    key = HOME["renews"].sort_key
    assert key is not None
    assert key(row(renews_on=TODAY)) < key(row(renews_on=TODAY + timedelta(days=1)))
    assert key(row()) is None
