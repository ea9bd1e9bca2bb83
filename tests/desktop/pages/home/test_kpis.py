from datetime import UTC, date, datetime, timedelta

import pytest

from convergedesk.desktop.pages.home.kpis import (
    added_up,
    data_kpi,
    goals_kpi,
    money_kpi,
    tickets_kpi,
    usage_kpi,
)
from convergedesk.domain.money import Money
from tests.desktop.book import TODAY, kestrel, quarry, row, snapshot, spark, tindle


def test_usage_of_one_unit_is_added_up() -> None:
    kpi = usage_kpi((tindle(), kestrel(), quarry()))
    assert (kpi.value, kpi.unit) == ("−16.5", "%")
    assert kpi.context == "1 account down 15\u202f% or more"
    assert kpi.tone == "critical"


def test_usage_of_several_units_is_counted_in_accounts_not_added() -> None:
    kpi = usage_kpi((tindle(), row(spark=spark(unit="GB"))))
    assert (kpi.value, kpi.unit) == ("1", "of 2 steady or up")
    assert kpi.trend == ()


def test_usage_without_a_unit_is_never_added() -> None:
    assert usage_kpi((row(spark=spark(unit="")), row(spark=spark(unit="")))).unit == "of 2 steady or up"


def test_usage_without_two_periods_is_not_invented() -> None:
    assert usage_kpi((quarry(),)).value == "–"


def test_the_trend_ends_on_the_last_day_that_all_current_accounts_reported() -> None:
    late = spark(10.0)
    late = type(late)(TODAY - timedelta(days=3), late.values, "event", 1)
    trend = added_up((row(), row(spark=late)))
    assert len(trend) == 90
    assert trend[-1] == pytest.approx(110.0)


def test_billing_sums_each_currency_apart() -> None:
    rows = (
        row(billed=Money(100_000, "EUR")),
        row(billed=Money(250_000, "EUR")),
        row(billed=Money(990_000, "USD")),
        row(billed=None, billed_month=None),
    )
    kpi = money_kpi(rows)
    assert kpi.label == "Billed, November 2026"
    assert kpi.value == "€3,500"
    assert kpi.context == "and $9,900 · 3 of 4 accounts"


def test_an_older_month_of_one_account_is_not_mixed_into_the_last() -> None:
    old = row(billed=Money(1, "EUR"), billed_month=date(2026, 10, 1))
    assert money_kpi((row(), old)).context == "1 of 2 accounts invoiced"


def test_without_invoices_the_recurring_revenue_stands_instead() -> None:
    kpi = money_kpi((row(billed=None, billed_month=None, mrr=Money(120_000, "USD")),))
    assert (kpi.label, kpi.value) == ("Monthly recurring revenue", "$1,200")


def test_the_oldest_high_priority_ticket_is_named_with_its_age() -> None:
    kpi = tickets_kpi((kestrel(), row()), TODAY)
    assert kpi.value == "2"
    assert kpi.context == "oldest 9 days, Kestrel Payments"
    assert kpi.tone == "warning"
    fresh = row(open_high=1, open_tickets=1, oldest_high_opened_at=datetime(2026, 12, 9, tzinfo=UTC))
    assert tickets_kpi((fresh,), TODAY).tone == "text_3"


def test_no_open_high_priority_ticket_is_good_news() -> None:
    kpi = tickets_kpi((row(open_tickets=3),), TODAY)
    assert (kpi.value, kpi.context, kpi.note) == ("0", "none open", "3 open in all")


def test_goals_say_when_none_were_agreed() -> None:
    assert goals_kpi((row(),)).value == "–"
    assert goals_kpi((kestrel(),)).unit == "of 3 open"


def test_rows_that_wait_are_counted_over_the_whole_workspace() -> None:
    kpi = data_kpi(snapshot(rejects=3, unlinked=1))
    assert kpi.value == "4"
    assert kpi.context == "3 not taken in · 1 to link"
    assert data_kpi(snapshot()).tone == "good"
