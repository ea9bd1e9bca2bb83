from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convergedesk.desktop.pages.account.ticket_effects import TicketEffect, ticket_effects
from convergedesk.domain.episodes import EffectPart, Episode
from convergedesk.domain.tickets import Priority, Ticket, TicketId
from tests.desktop.account_book import FIRST_DAY, effect, episode, insights, tickets

HIGH = tickets()[1]


def of(ticket: Ticket, *episodes: Episode, first_day: date | None = FIRST_DAY, **kept: Any) -> TicketEffect:
    others = [one for one in tickets() if one.id != ticket.id]
    found = insights(*(episodes or (episode(),)), **kept)
    return ticket_effects(found, (ticket, *others), first_day, UTC)[ticket.id]


def test_a_confirmed_dip_says_how_far_how_sure_and_when_it_was_over() -> None:
    found = of(HIGH)
    assert (found.words, found.limits, found.tone) == ("−31\u202f%", "−38 to −22", "critical")
    assert (found.restored, found.back, found.lowered) == ("6 days", True, True)
    assert found.interval is not None
    assert not found.interval.inconclusive
    assert found.note == "Usage in the 5 days from 21 Oct 2026 was 31\u202f% below expected."


def test_without_a_dip_the_week_after_closing_is_judged() -> None:
    after = effect(EffectPart.AFTER, horizon=7, estimate=0.01, low=-0.05, high=0.07, verdict="inconclusive")
    found = of(HIGH, episode(restoration=None, effects=(after,)))
    assert (found.words, found.icon, found.tone) == ("inconclusive", "question", "text_3")
    assert found.window == "days 1–7 after closing"
    assert not found.lowered


def test_tickets_that_overlap_say_so() -> None:
    found = of(HIGH, episode(ticket_ids=(TicketId(21), TicketId(11), TicketId(99))))
    assert "Judged together with #47655 and a site's ticket" in found.note


def test_a_ticket_that_formed_no_episode_had_no_dip() -> None:
    calm = replace(HIGH, id=TicketId(11), number="47655", priority=Priority.LOW)
    assert of(calm).words == "no dip"


def test_what_is_too_young_says_when_it_will_be_known() -> None:
    young = replace(tickets()[0], opened_at=datetime(2026, 12, 7, 9, tzinfo=UTC))
    assert of(young).words == "measuring until 21 Dec"
    closing = episode(resolved_on=date(2026, 12, 8), restoration=None, effects=())
    assert of(HIGH, closing).words == "measuring until 15 Dec"


def test_an_open_ticket_without_a_dip_says_so_far() -> None:
    still = episode(resolved_on=None, restoration=None, effects=())
    assert of(HIGH, still).words == "no dip so far"


def test_a_value_that_has_not_come_back_counts_on() -> None:
    back = episode().restoration
    assert back is not None
    found = of(HIGH, episode(restoration=replace(back, restored=False, restored_on=None, days=12.0)))
    assert (found.restored, found.back) == ("not yet, 12 days", False)


def test_what_cannot_be_measured_says_why() -> None:
    assert of(HIGH, computed_at=None).words == "being computed"
    assert of(HIGH, first_day=None).words == "no usage by day"
    assert of(HIGH, first_day=date(2026, 10, 10)).words == "too early"
    silent = effect(
        EffectPart.AFTER, horizon=7, estimate=None, low=None, high=None, abstained="usage is too low to tell"
    )
    found = of(HIGH, episode(restoration=None, effects=(silent,)))
    assert (found.words, found.note) == ("not measured", "Not measured: usage is too low to tell.")
