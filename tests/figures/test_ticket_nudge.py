"""What is worth suggesting with a ticket, and when nothing is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from convergedesk.domain.account_figures import AdoptionFigure, MeterAdoption
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketMessage, TicketStatus
from convergedesk.domain.usage import MeterId
from convergedesk.figures.ticket_nudge import Nudge, nudges

OPENED = datetime(2026, 12, 1, 9, tzinfo=UTC)
TICKET = Ticket(
    TicketId(1), "48213", AccountId(1), "Failed payments are no longer retried", Priority.HIGH,
    TicketStatus.OPEN, OPENED, feature="Connectors",
)  # fmt: skip
RETRIES = MeterAdoption(
    MeterId(1), "auto_retries", "Automatic retries", "retry", True, None, None, None, None, None, None, (),
    "never used",
)  # fmt: skip


def adoption(*meters: MeterAdoption) -> AdoptionFigure:
    fields: dict[str, object] = dict.fromkeys(AdoptionFigure.__slots__)
    fields["meters"] = meters
    return AdoptionFigure(**fields)  # pyright: ignore[reportArgumentType]


def found(*meters: MeterAdoption, ticket: Ticket = TICKET, said: str = "") -> tuple[Nudge, ...]:
    messages = [TicketMessage(TicketId(1), OPENED, "Dana", "", True, Audience.SHARED, said)]
    return nudges(ticket, messages, adoption(*meters), AccountId(1), date(2026, 12, 9))


def test_what_they_have_never_used_and_speak_of_is_suggested() -> None:
    (nudge,) = found(RETRIES)
    assert nudge.title == "Automatic retries"
    assert nudge.sentence == (
        "Automatic retries is in their contract and has never been used. This ticket speaks of “retried”."
    )
    assert nudge.why.figure_id == "ticket:48213:nudge:auto_retries"


@pytest.mark.parametrize(
    "meter",
    [
        replace(RETRIES, entitled=False),
        replace(RETRIES, entitled=None),
        replace(RETRIES, state="in use", last_used=date(2026, 12, 9), depth=0.8),
        replace(RETRIES, name="Storage"),
    ],
)
def test_what_they_cannot_have_use_already_or_do_not_speak_of_is_not(meter: MeterAdoption) -> None:
    assert found(meter) == ()


def test_what_the_customer_wrote_counts_and_what_we_wrote_does_not() -> None:
    archive = replace(RETRIES, name="Archive export")
    assert [n.title for n in found(archive, said="Can we export this?")] == ["Archive export"]
    ours = TicketMessage(TicketId(1), OPENED, "Jonas", "", False, Audience.SHARED, "Use the export")
    assert nudges(TICKET, [ours], adoption(archive), AccountId(1), None) == ()


def test_hardly_used_counts_as_under_used() -> None:
    little = replace(RETRIES, state="in use", last_used=date(2026, 12, 9), depth=0.08)
    assert "8\u202f% of what is included" in found(little)[0].sentence


def test_without_adoption_nothing_is_suggested() -> None:
    assert nudges(TICKET, (), None, AccountId(1), None) == ()
