"""Signs of a ticket: what was promised, what is missed, what runs out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import Contract, ContractId, SlaTerm
from convergedesk.domain.episodes import Episode, EpisodeId, KeptRestoration
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketMessage, TicketStatus
from convergedesk.figures.service_flags import Flag, FlagKind, FlagState, service_flags

OPENED = datetime(2026, 12, 1, 9, tzinfo=UTC)
TERM = SlaTerm(date(2026, 1, 1), 3, 30, 480, 0.1, 0.15)
CONTRACT = Contract(
    ContractId(1), AccountId(1), None, "Order form", date(2026, 1, 1), None, "EUR", sla_terms=(TERM,)
)
TICKET = Ticket(
    TicketId(1), "48213", AccountId(1), "Late", Priority.HIGH, TicketStatus.OPEN, OPENED
)  # fmt: skip


def flags(ticket: Ticket = TICKET, after: timedelta = timedelta(), **given: Any) -> dict[FlagKind, Flag]:
    contracts = given.get("contracts", [CONTRACT])
    found = service_flags(
        ticket, contracts, given.get("messages", ()), given.get("episode"), now=OPENED + after
    )
    return {flag.kind: flag for flag in found}


def message(hours: float, *, customer: bool, audience: Audience = Audience.SHARED) -> TicketMessage:
    sent = OPENED + timedelta(hours=hours)
    return TicketMessage(TicketId(1), sent, "Dana", "", customer, audience, "Hello")


def test_an_answer_in_time_is_kept_and_a_late_one_missed() -> None:
    assert flags(replace(TICKET, first_response_minutes=30))[FlagKind.FIRST_RESPONSE].state is FlagState.KEPT
    late = flags(replace(TICKET, first_response_minutes=45))[FlagKind.FIRST_RESPONSE]
    assert late.state is FlagState.MISSED
    assert late.text == "First response 15 min late"
    assert "Order form" in late.why.definition
    assert ("Credit where missed", "10\u202f% of the monthly fee") in late.why.rows


def test_a_promise_runs_out_in_three_steps() -> None:
    def state(hours: float) -> FlagState:
        return flags(after=timedelta(hours=hours))[FlagKind.RESOLUTION].state

    assert [state(5.9), state(6.0), state(8.0), state(8.1)] == [
        FlagState.KEPT,
        FlagState.RISK,
        FlagState.RISK,
        FlagState.MISSED,
    ]


def test_a_closed_ticket_is_judged_by_its_closing() -> None:
    closed = replace(TICKET, status=TicketStatus.CLOSED, closed_at=OPENED + timedelta(hours=16))
    assert flags(closed, timedelta(days=30))[FlagKind.RESOLUTION].text == "Resolution 8 h late"


def test_nothing_is_said_of_promises_that_nobody_made() -> None:
    assert flags(contracts=[]) == {}
    assert flags(replace(TICKET, priority=Priority.LOW)) == {}
    assert flags(contracts=[CONTRACT, replace(CONTRACT, id=ContractId(2))]) == {}


def test_a_first_response_that_the_desk_does_not_state_is_not_judged() -> None:
    closed = replace(TICKET, status=TicketStatus.CLOSED, closed_at=OPENED)
    flag = flags(closed)[FlagKind.FIRST_RESPONSE]
    assert flag.state is FlagState.KEPT
    assert "does not say" in flag.why.caution


def test_a_customer_who_waits_a_day_is_a_sign() -> None:
    asked = [message(0, customer=True), message(1, customer=False, audience=Audience.INTERNAL)]
    assert FlagKind.WAITING not in flags(after=timedelta(hours=23), messages=asked)
    assert (
        flags(after=timedelta(hours=50), messages=asked)[FlagKind.WAITING].text
        == "Waits 2 days for an answer"
    )
    answered = [*asked, message(2, customer=False)]
    assert FlagKind.WAITING not in flags(after=timedelta(hours=50), messages=answered)


def test_usage_that_is_still_down_escalation_and_reopening_are_signs() -> None:
    back = KeptRestoration(4.0, False, date(2026, 12, 2), None, 3.0, None)
    episode = Episode(
        EpisodeId(1), AccountId(1), (TicketId(1),), date(2026, 12, 1), None, True, back, None, ()
    )
    found = flags(replace(TICKET, escalated=True, reopens=2), contracts=[], episode=episode)
    assert [flag.text for flag in found.values()] == [
        "Escalated",
        "Reopened 2 times",
        "Usage below expected since 2 Dec 2026",
    ]


def test_the_worst_comes_first() -> None:
    ticket = replace(TICKET, escalated=True, first_response_minutes=10)
    found = service_flags(ticket, [CONTRACT], (), None, now=OPENED + timedelta(days=1))
    assert [flag.state for flag in found] == [FlagState.MISSED, FlagState.RISK, FlagState.KEPT]
