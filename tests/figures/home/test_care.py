from datetime import UTC, datetime, timedelta

from convergedesk.domain.portfolio import PortfolioRow, PutOff
from convergedesk.figures.home.care import (
    check_ins_figure,
    restored_figure,
    tickets_figure,
    why_account_needs,
    why_need,
)
from convergedesk.figures.home.figure import book_of
from convergedesk.figures.need import needs
from tests.desktop.book import PILOT, TODAY, brief, kestrel, row, snapshot, tindle, together


def test_the_median_says_its_interval_and_how_many_qualified() -> None:
    shown = restored_figure(book_of(snapshot(together={None: together()})))
    assert (shown.value, shown.unit) == ("5", "days")
    assert shown.note == "interval 4 to 6 · 14 of 29 qualified"
    assert shown.trend == (7.0, 6.0, 6.0, 5.0)
    assert shown.why is not None
    assert "2 still wait = 5 days" in shown.why().formula


def test_under_five_dips_it_is_an_early_sign_and_a_median_may_not_be_reached() -> None:
    few = together(tickets=3, out_of=9, median=None, high=None)
    shown = restored_figure(book_of(snapshot(together={None: few})))
    assert (shown.value, shown.status, shown.note) == ("not reached", "an early sign", "3 of 9 qualified")


def test_without_a_confirmed_dip_there_is_nothing_to_measure() -> None:
    none = together(tickets=0, out_of=3, waiting=0, median=None, low=None, high=None)
    shown = restored_figure(book_of(snapshot(together={None: none})))
    assert (shown.value, shown.note) == ("–", "no confirmed dip in 3 episodes")
    assert shown.why is not None
    assert (shown.why().figure, shown.why().interval) == ("nothing to measure", "")


def test_a_pod_has_its_own_median_and_says_where_none_is_computed() -> None:
    kept = snapshot(kestrel(), together={PILOT: together(median=2.0)})
    assert restored_figure(book_of(kept, PILOT)).value == "2"
    assert restored_figure(book_of(kept)).note == "not computed yet"


def test_the_oldest_high_priority_ticket_is_named_with_its_age() -> None:
    shown = tickets_figure(book_of(snapshot(kestrel(), row(4))))
    assert (shown.value, shown.status, shown.tone) == ("2", "oldest 9 days, Kestrel Payments", "warning")
    fresh = row(open_high=1, open_tickets=1, oldest_high_opened_at=datetime(2026, 12, 9, tzinfo=UTC))
    assert tickets_figure(book_of(snapshot(fresh))).status == ""
    calm = tickets_figure(book_of(snapshot(row(open_tickets=3))))
    assert (calm.value, calm.status, calm.note) == ("0", "none open", "3 open in all")


def test_who_needs_a_check_in_is_counted_without_those_put_off() -> None:
    later = PutOff(TODAY + timedelta(days=3), 55, "Ana")
    put_off = row(7, "Later", goals_overdue=3, last_contact_on=TODAY - timedelta(days=99), put_off=later)
    book = book_of(snapshot(tindle(), kestrel(), put_off))
    shown = check_ins_figure(book, needs(book.rows, TODAY))
    assert (shown.value, shown.unit) == ("2", "of 3")
    assert shown.note == "1 put off · Tindle Learning and Kestrel Payments"
    why = why_need(book, needs(book.rows, TODAY))
    assert "put off until 13 Dec 2026" in why.behind[-1].note


def test_an_account_s_need_opens_what_each_point_rests_on() -> None:
    book = book_of(snapshot(kestrel()))
    ((one, need),) = needs(book.rows, TODAY)
    why = why_account_needs(book, one, need)
    assert why.formula == "34 + 10 = 44 points"
    assert why.behind[0].name == "2 high-priority tickets are open, the oldest since 1 Dec, 9 days."
    assert why.window == "As of 10 Dec 2026. No check-in is logged."


def test_nobody_in_need_is_good_news_only_where_something_was_measured() -> None:
    def status(one: PortfolioRow) -> tuple[str, str]:
        book = book_of(snapshot(one))
        shown = check_ins_figure(book, needs(book.rows, TODAY))
        return shown.status, shown.tone

    assert status(row(brief=brief())) == ("nobody today", "good")
    silent = row(usage_28=None, usage_previous_28=None)
    assert status(silent) == ("nobody, by what is known", "text_3")
