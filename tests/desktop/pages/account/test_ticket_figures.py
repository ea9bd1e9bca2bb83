from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from convergedesk.desktop.pages.account.ticket_figures import TicketFigure, ticket_figures
from convergedesk.domain.tickets import Ticket
from tests.desktop.account_book import tickets
from tests.desktop.book import TODAY

BERLIN = ZoneInfo("Europe/Berlin")


def figures(found: tuple[Ticket, ...]) -> dict[str, TicketFigure]:
    return {figure.label: figure for figure in ticket_figures(found, TODAY, BERLIN)}


def test_every_figure_says_what_it_rests_on() -> None:
    found = figures(tickets())
    assert found["Opened in Q4 2026"].value == "2"
    assert found["Opened in Q4 2026"].context == "1 of high priority"
    assert found["Open now"].value == "1"
    closing = found["Median days to closing"]
    assert (closing.value, closing.unit, closing.context) == ("3", "days", "2 closed, an early sign")
    assert found["Median first response"].value == "31 min"
    assert found["Satisfaction"].context == "1 of 3 rated, last 365 days"


def test_five_tickets_are_more_than_an_early_sign() -> None:
    closed = tickets()[1]
    many = tuple(replace(closed, number=str(number)) for number in range(5))
    assert figures(many)["Median days to closing"].context == "5 closed, last 365 days"


def test_old_tickets_are_left_out_of_medians() -> None:
    old = replace(
        tickets()[1],
        opened_at=datetime(2024, 1, 1, tzinfo=UTC),
        closed_at=datetime(2024, 12, 1, tzinfo=UTC),
        first_response_minutes=9_000,
    )
    assert figures((*tickets(), old))["Median days to closing"].value == "3"


def test_what_no_ticket_states_is_a_dash() -> None:
    bare = replace(tickets()[0], first_response_minutes=None, satisfaction=None)
    found = figures((bare,))
    for label in ("Median days to closing", "Median first response", "Satisfaction"):
        assert found[label].value == "–"
