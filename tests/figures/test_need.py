from datetime import date, timedelta

import pytest

from convergedesk.domain.briefs import Outlook
from convergedesk.domain.portfolio import LostRole, PortfolioRow, PutOff
from convergedesk.figures.need import RULES, NeedKind, is_put_off, need_of, needs
from tests.desktop.book import (
    TODAY,
    brief,
    commitment,
    health,
    kestrel,
    quarry,
    row,
    silent_fall,
    ticket_dip,
    tindle,
    week,
)


def reasons(one: PortfolioRow, falls_up_to: float = 0.01) -> list[tuple[NeedKind, int]]:
    found = need_of(one, TODAY, falls_up_to=falls_up_to)
    return [(reason.kind, reason.points) for reason in found.reasons]


def test_a_quiet_account_needs_nobody() -> None:
    need = need_of(row(brief=brief()), TODAY)
    assert (need.points, need.reasons, need.asks) == (0, (), False)


def test_a_silent_dip_counts_more_where_it_stands_beside_the_others() -> None:
    dipped = row(brief=brief(fall=silent_fall(0.001)))
    assert reasons(dipped) == [(NeedKind.SILENT_DIP, 55)]
    assert reasons(dipped, falls_up_to=0.0) == [(NeedKind.SILENT_DIP, 40)]
    said = need_of(dipped, TODAY, falls_up_to=0.01).reasons[0].sentence
    assert said == (
        "Usage from 30 Nov to 9 Dec is 30\u202f% below expected (−40 to −20), and no ticket was open near it."
    )
    doubted = need_of(dipped, TODAY, falls_up_to=0.0).reasons[0].sentence
    assert doubted.endswith("beside the other accounts this may be chance.")


def test_a_dip_with_tickets_near_it_is_not_silent() -> None:
    assert reasons(row(brief=brief(fall=silent_fall(tickets=1)))) == []


def test_a_dip_after_a_ticket_says_which_and_how_sure_that_is() -> None:
    (reason,) = need_of(row(brief=brief(dips=(ticket_dip(),))), TODAY).reasons
    assert (reason.kind, reason.points, reason.ticket_id) == (NeedKind.TICKET_DIP, 48, 702)
    assert reason.flag == "−26\u202f% (−32 to −19)"
    assert reason.sentence == (
        "Usage is 26\u202f% below expected (−32 to −19) since 2 Dec, the day after #48702 was opened. "
        "It is still open."
    )
    closed = ticket_dip(resolved_on=date(2026, 12, 4), onset_on=date(2026, 11, 29))
    (reason,) = need_of(row(brief=brief(dips=(closed,))), TODAY).reasons
    assert reason.sentence.endswith(
        "since 29 Nov, 2 days before #48702 was opened. Closed 6 days ago, and value is not restored."
    )


def test_a_dip_that_may_be_chance_is_no_reason() -> None:
    assert reasons(row(brief=brief(dips=(ticket_dip(high=0.02),)))) == []


def test_usage_is_counted_once_however_much_is_known_of_it() -> None:
    everything = brief(fall=silent_fall(), dips=(ticket_dip(),), week=week(-0.3, -0.4, -0.2))
    assert [kind for kind, _ in reasons(row(usage_28=1.0, brief=everything))] == [NeedKind.SILENT_DIP]
    below = row(brief=brief(week=week(-0.3, -0.4, -0.2)))
    assert reasons(below) == [(NeedKind.BELOW, 35)]


def test_a_measured_week_that_is_inconclusive_outweighs_what_28_days_did() -> None:
    assert reasons(row(usage_28=1400.0, brief=brief())) == []
    assert reasons(row(usage_28=1400.0, brief=brief(week=week(None)))) == [(NeedKind.FELL, 20)]
    assert reasons(row(usage_28=1400.0)) == [(NeedKind.FELL, 20)]


def test_figures_of_long_ago_say_nothing_of_today() -> None:
    old = brief(fall=silent_fall(), as_of=TODAY - timedelta(days=30))
    assert reasons(row(brief=old)) == []


@pytest.mark.parametrize(
    ("one", "kind", "points"),
    [
        (kestrel(), NeedKind.HIGH_TICKETS, 34),
        (row(goals_overdue=2), NeedKind.GOALS, 15),
        (row(last_contact_on=TODAY - timedelta(days=61)), NeedKind.SILENCE, 10),
        (row(lost=LostRole("Petra", "champion", TODAY - timedelta(days=14))), NeedKind.CHAMPION, 30),
        (row(brief=brief(health=health(40.0, 45.0))), NeedKind.HEALTH, 20),
        (row(brief=brief(health=health(40.0, 60.0))), NeedKind.HEALTH, 30),
        (row(commitment=commitment(400_000)), NeedKind.COMMITMENT, 25),
    ],
)
def test_every_reason_has_its_points(one: PortfolioRow, kind: NeedKind, points: int) -> None:
    assert (kind, points) in reasons(one)


def test_a_commitment_that_ends_badly_counts_more() -> None:
    term = (TODAY - timedelta(days=250), TODAY + timedelta(days=114))
    early = Outlook("EUR", 47_000_000, 39_480_000, *term, 1.21, TODAY + timedelta(days=40), None, None, 0, 1)
    assert reasons(row(brief=brief(outlook=early))) == [(NeedKind.COMMITMENT, 34)]
    unused = early._replace(pace=0.7, exhausted=None, unused=11_000_000)
    assert reasons(row(brief=brief(outlook=unused))) == [(NeedKind.COMMITMENT, 36)]
    late = early._replace(exhausted=TODAY + timedelta(days=100))
    assert reasons(row(brief=brief(outlook=late))) == [(NeedKind.COMMITMENT, 24)]
    said = need_of(row(brief=brief(outlook=early)), TODAY).reasons[0].sentence
    assert said.startswith("84\u202f% of €470k is used with 31\u202f% of the term left.")


def test_a_term_that_ends_counts_only_beside_another_reason() -> None:
    soon = TODAY + timedelta(days=30)
    assert reasons(row(renews_on=soon)) == []
    assert reasons(row(renews_on=soon, goals_overdue=1)) == [(NeedKind.GOALS, 10), (NeedKind.RENEWAL, 10)]


def test_accounts_are_ordered_by_their_points_and_ask_from_thirty_on() -> None:
    found = needs((quarry(), tindle(), kestrel()), TODAY)
    assert [(one.name, need.points, need.asks) for one, need in found] == [
        ("Tindle Learning", 55, True),
        ("Kestrel Payments", 44, True),
        ("Quarry Robotics", 0, False),
    ]


def test_what_was_put_off_comes_back_after_its_day_or_when_its_need_grew() -> None:
    def put_off(until: date, need: int) -> bool:
        one = row(goals_overdue=1, put_off=PutOff(until, need, "Ana"))
        return is_put_off(one, need_of(one, TODAY), TODAY)

    assert put_off(TODAY, 10)
    assert not put_off(TODAY - timedelta(days=1), 10)
    assert not put_off(TODAY + timedelta(days=5), 0)


def test_every_kind_of_reason_has_a_published_rule() -> None:
    assert {rule.kind for rule in RULES} == set(NeedKind)
