from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from convergedesk.desktop.pages.account.ticket_effects import TicketEffect, ticket_effects
from convergedesk.desktop.pages.account.ticket_figures import TicketFigure, ticket_figures
from convergedesk.domain.tickets import Ticket, TicketId
from tests.desktop.account_book import FIRST_DAY, episode, insights, tickets
from tests.desktop.book import TODAY

Effects = Mapping[TicketId, TicketEffect]
BERLIN = ZoneInfo("Europe/Berlin")


def figures(found: tuple[Ticket, ...], effects: Effects | None = None) -> dict[str, TicketFigure]:
    return {figure.label: figure for figure in ticket_figures(found, TODAY, BERLIN, effects=effects)}


def measured() -> Effects:
    return ticket_effects(insights(), tickets(), FIRST_DAY, BERLIN)


def test_every_figure_says_what_it_rests_on() -> None:
    found = figures(tickets(), measured())
    assert found["Opened in Q4 2026"].value == "2"
    assert found["Opened in Q4 2026"].context == "1 high priority, 1 open"
    closing = found["Median days to closing"]
    assert (closing.value, closing.unit, closing.context) == ("3", "days", "2 closed, an early sign")
    lowered = found["Lowered usage"]
    assert (lowered.value, lowered.unit) == ("1", "of 3")
    restored = found["Median time to value restored"]
    assert (restored.value, restored.unit, restored.context) == ("6", "days", "1 dip, an early sign")


def test_figures_over_effects_name_the_tickets_behind_them() -> None:
    found = figures(tickets(), measured())
    for label in ("Lowered usage", "Median time to value restored"):
        explanation = found[label].why
        assert explanation is not None
        assert [row.name for row in explanation.behind] == ["#48213 Customs gateway deliveries time out"]


def test_tickets_that_overlap_are_one_dip() -> None:
    both = episode(ticket_ids=(TicketId(21), TicketId(11)))
    effects = ticket_effects(insights(both), tickets(), FIRST_DAY, BERLIN)
    found = figures(tickets(), effects)
    assert found["Lowered usage"].value == "2"
    assert found["Median time to value restored"].context == "1 dip, an early sign"


def test_a_median_that_was_not_reached_is_an_answer() -> None:
    back = episode().restoration
    assert back is not None
    waiting = episode(restoration=replace(back, restored=False, restored_on=None))
    effects = ticket_effects(insights(waiting), tickets(), FIRST_DAY, BERLIN)
    assert figures(tickets(), effects)["Median time to value restored"].value == "not reached"


def test_what_is_still_being_computed_is_no_zero() -> None:
    found = figures(tickets())
    assert (found["Lowered usage"].value, found["Lowered usage"].context) == ("–", "being computed")


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


def test_an_account_without_tickets_has_dashes() -> None:
    found = figures((), {})
    for label in ("Median days to closing", "Lowered usage", "Median time to value restored"):
        assert found[label].value == "–"
