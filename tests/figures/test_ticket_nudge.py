"""What is worth suggesting with a ticket, and when nothing is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from convergedesk.domain.account_figures import AdoptionFigure, MeterAdoption
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import Priority, Ticket, TicketId, TicketMessage, TicketStatus
from convergedesk.domain.usage import MeterId
from convergedesk.figures.ticket_nudge import Nudge, nudges, spoken_of

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
    fields: dict[str, Any] = dict.fromkeys(AdoptionFigure.__slots__)
    fields["meters"] = meters
    return AdoptionFigure(**fields)


def found(*meters: MeterAdoption, said: str = "", ours: str = "", evidence: str = "") -> tuple[Nudge, ...]:
    def message(body: str, *, customer: bool) -> TicketMessage:
        return TicketMessage(TicketId(1), OPENED, "Dana", "", customer, Audience.SHARED, body)

    messages = [message(said, customer=True), message(ours, customer=False)]
    spoken = spoken_of(TICKET, messages, adoption(*meters))
    under_used = {MeterId(1): evidence} if evidence else {}
    return nudges(TICKET, spoken, under_used, AccountId(1), date(2026, 12, 9))


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
    assert found(archive, ours="Use the export") == ()


def test_hardly_used_counts_as_under_used() -> None:
    little = replace(RETRIES, state="in use", last_used=date(2026, 12, 9), depth=0.08)
    assert "8\u202f% of what is included" in found(little)[0].sentence


def test_less_than_similar_accounts_counts_as_under_used() -> None:
    used = replace(RETRIES, state="in use", last_used=date(2026, 12, 9))
    assert found(used) == ()
    assert "20k a month, others 369k" in found(used, evidence="20k a month, others 369k")[0].sentence


def test_a_word_that_several_meters_share_tells_nothing() -> None:
    others = (replace(RETRIES, meter_id=MeterId(2), name="Manual retries"), RETRIES)
    assert found(*others) == ()


def test_without_adoption_nothing_is_suggested() -> None:
    assert spoken_of(TICKET, (), None) == ()
