from datetime import timedelta

from convergedesk.desktop.pages.home.worth_a_look import next_renewals, reasons_of, worth_a_look
from convergedesk.domain.accounts import Lifecycle
from tests.desktop.book import TODAY, kestrel, quarry, row, tindle


def test_open_high_priority_tickets_outrank_falling_usage() -> None:
    found = worth_a_look((tindle(), quarry(), kestrel()), TODAY)
    assert [one.name for one in found] == ["Kestrel Payments", "Tindle Learning"]


def test_each_reason_carries_its_figures() -> None:
    tickets, goals = reasons_of(kestrel(), TODAY)
    assert tickets.sentence == "2 high-priority tickets are open, the oldest since 1 Dec, 9 days."
    assert goals.sentence == "1 goal is past the due day and not reached."
    usage, pace = reasons_of(tindle(), TODAY)
    assert usage.sentence == (
        "Usage of the last 28 days is 33\u202f% below the 28 days before. No ticket is open."
    )
    assert pace.flag == "73\u202f% of even pace"


def test_the_weightiest_reason_is_told_and_the_others_are_named() -> None:
    (one,) = worth_a_look((tindle(),), TODAY)
    assert one.reasons[0].tab == "overview"
    assert one.text.startswith("Usage of the last 28 days is 33")
    assert one.text.endswith("Also 73\u202f% of even pace.")


def test_a_quiet_account_is_not_mentioned() -> None:
    assert worth_a_look((row(), quarry()), TODAY) == ()


def test_renewals_are_listed_by_day_and_leave_out_who_left() -> None:
    rows = (
        row(1, "Later", renews_on=TODAY + timedelta(days=90)),
        row(2, "Soon", renews_on=TODAY + timedelta(days=3)),
        row(3, "Left", renews_on=TODAY, lifecycle=Lifecycle.CHURNED),
    )
    assert [(r.name, r.distance) for r in next_renewals(rows, TODAY)] == [
        ("Soon", "in 3 days"),
        ("Later", "in 90 days"),
    ]
