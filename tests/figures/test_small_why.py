"""Explanations of goals, of tickets in lists, of counts, prices and offers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import Goal, GoalId, GoalMeasurement, GoalState
from convergedesk.domain.money import Money
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketStatus
from convergedesk.figures.account import GoalStanding, GoalView, TimelineEntry, TimelineKind
from convergedesk.figures.goal_why import goal_why
from convergedesk.figures.pilot_segment import PilotCandidate, PilotOffer
from convergedesk.figures.small_why import why_entries, why_offered, why_price
from convergedesk.figures.ticket_now import goal_meanwhile, trouble_days, why_goal
from convergedesk.figures.ticket_row_why import ticket_row_why
from convergedesk.figures.why import LinkKind

TODAY = date(2026, 12, 10)
OPENED = datetime(2026, 10, 21, 8, tzinfo=UTC)
GOAL = Goal(
    GoalId(3), "g", AccountId(1), "Manual re-sends a week", 340.0, 80.0, 210.0, "re-sends", date(2026, 9, 17),
    date(2027, 1, 15), None, "Weekly report", Audience.SHARED, GoalState.OPEN, None, None, OPENED,
)  # fmt: skip
VALUES = tuple(
    GoalMeasurement(GoalId(3), day, value, "Dana")
    for day, value in (
        (date(2026, 10, 15), 250.0),
        (date(2026, 10, 22), 410.0),
        (date(2026, 10, 29), 352.0),
        (date(2026, 12, 8), 210.0),
    )
)
VIEW = GoalView(GOAL, None, 0.5, 0.7, GoalStanding.BEHIND, "The rule.", VALUES, "behind")
TICKET = Ticket(
    TicketId(7), "48213", AccountId(1), "Late", Priority.HIGH, TicketStatus.OPEN, OPENED
)  # fmt: skip


def test_a_goal_shows_its_way_and_the_values_behind_it() -> None:
    why = goal_why(VIEW, TODAY)
    assert why.formula.replace("\u202f", " ") == "(210 − 340) ÷ (80 − 340) = 50 % of the way"
    assert [step.value.replace("\u202f", " ") for step in why.steps] == ["50 %", "70 %", "behind"]
    assert why.behind[0].link is not None
    assert why.behind[0].link.kind is LinkKind.GOAL
    assert [row.value for row in why.behind[1:]] == ["210", "352", "410", "250"]


def test_a_goal_that_was_never_measured_says_so() -> None:
    unknown = replace(VIEW, goal=replace(GOAL, current=None), progress=None, history=())
    why = goal_why(unknown, TODAY)
    assert ("Now", "not measured yet") in why.rows
    assert not why.steps


def test_what_a_goal_did_around_a_ticket_is_its_worst_value() -> None:
    opened, closed = date(2026, 10, 21), date(2026, 10, 23)
    assert goal_meanwhile(VIEW, None, opened, closed) == "250 before, 410 meanwhile, 210 now"
    rising = replace(VIEW, goal=replace(GOAL, start=80.0, target=500.0))
    assert goal_meanwhile(rising, None, opened, closed).startswith("250 before, 410 meanwhile")
    assert goal_meanwhile(replace(VIEW, history=VALUES[1:]), None, opened, closed) == ""
    days = trouble_days(None, opened, closed)
    assert "Around the ticket" in why_goal(VIEW, "250 before", days, TODAY).window


def test_a_tickets_times_and_rating_are_taken_apart() -> None:
    closed = replace(TICKET, status=TicketStatus.CLOSED, closed_at=OPENED + timedelta(days=2), reopens=1)
    why = ticket_row_why(closed, "to-closing", UTC, TODAY)
    assert why is not None
    assert why.formula == "23 Oct 2026 final resolution − 21 Oct 2026 opened = 2 days"
    assert "opened again" in why.caution
    waiting = ticket_row_why(TICKET, "to-closing", UTC, TODAY)
    assert waiting is not None
    assert waiting.figure == "50 days"
    assert ticket_row_why(TICKET, "response", UTC, TODAY) is None
    assert ticket_row_why(TICKET, "rating", UTC, TODAY) is None
    assert ticket_row_why(replace(TICKET, satisfaction=4), "rating", UTC, TODAY) is not None


def test_a_count_lists_what_it_counted() -> None:
    entry = TimelineEntry(OPENED, False, TimelineKind.TICKET_OPENED, "Opened #48213", "", 7, False)
    note = replace(entry, kind=TimelineKind.NOTE, title="A note")
    why = why_entries("Tickets", [entry, note], UTC)
    assert why.figure == "2"
    assert [row.link is not None for row in why.behind] == [True, False]


def test_a_price_adds_its_steps_up() -> None:
    steps = [("first 1,000 at €1", "€1,000"), ("500 at €0.50", "€250")]
    assert (
        why_price("Price", Money(125_000, "EUR"), steps, "since May", "").formula == "€1,000 + €250 = €1,250"
    )


def test_an_offered_account_says_its_place() -> None:
    one = PilotCandidate(AccountId(1), "Acme", Money(100_000, "EUR"), 0.8, "Mostly usage.")
    offer = PilotOffer((one,), 4, date(2026, 1, 1), date(2026, 12, 1), "EUR", (), (("Boreal", "no rate"),))
    why = why_offered(one, offer)
    assert ("Place", "1 of 1") in why.rows
    assert "Boreal" in why.caution
