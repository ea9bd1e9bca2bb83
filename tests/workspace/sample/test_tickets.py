from collections import Counter
from dataclasses import replace

import pytest

from convergedesk.domain.records import EntityKind, RecordPage, TicketMessageRecord
from convergedesk.domain.tickets import Priority
from convergedesk.workspace.sample.plan import TicketPlan
from convergedesk.workspace.sample.ticket_numbers import numbered
from convergedesk.workspace.sample.world import World

Tickets = tuple[TicketPlan, ...]


@pytest.fixture
def messages(book_pages: tuple[RecordPage, ...]) -> list[TicketMessageRecord]:
    pages = [page for page in book_pages if page.entity is EntityKind.TICKET_MESSAGES]
    return [record for page in pages for record in page.records if isinstance(record, TicketMessageRecord)]


def test_subjects_hardly_repeat_within_an_account(book_tickets: Tickets) -> None:
    titles = Counter((plan.account, plan.title) for plan in book_tickets)
    assert sum(count - 1 for count in titles.values()) <= 0.01 * titles.total()


def test_no_slot_is_left_unfilled(book_tickets: Tickets, messages: list[TicketMessageRecord]) -> None:
    texts = [plan.title for plan in book_tickets] + [message.body for message in messages]
    assert not [text for text in texts if "{" in text or "}" in text or "  " in text or not text.strip()]


def test_sentences_begin_with_a_capital_or_a_field(messages: list[TicketMessageRecord]) -> None:
    bodies = [message.body for message in messages]
    assert all(body[0].isupper() or body[0].isdigit() for body in bodies)
    assert all(body.rstrip()[-1] in ".?!" for body in bodies)


def test_ratings_have_gaps_and_open_tickets_have_none(book_tickets: Tickets) -> None:
    plans = book_tickets
    assert not [plan for plan in plans if plan.closed is None and plan.satisfaction is not None]
    closed = [plan for plan in plans if plan.closed is not None]
    answered = [plan.satisfaction for plan in closed if plan.satisfaction is not None]
    assert 0.25 < len(answered) / len(closed) < 0.45
    assert set(answered) == {1, 2, 3, 4, 5}


def test_urgent_tickets_are_answered_first(book_tickets: Tickets) -> None:
    def median(rank: Priority) -> float:
        minutes = sorted(
            plan.first_response_minutes
            for plan in book_tickets
            if plan.priority is rank and plan.first_response_minutes is not None
        )
        return minutes[len(minutes) // 2]

    assert median(Priority.URGENT) < median(Priority.HIGH) < median(Priority.NORMAL) < median(Priority.LOW)


def test_questions_and_invoices_are_never_high_priority(book_tickets: Tickets) -> None:
    calm = [plan for plan in book_tickets if plan.pattern in {"question", "billing", "request"}]
    assert calm
    assert not [plan for plan in calm if plan.priority.is_high]


def test_buyers_ask_about_invoices(book: World, book_tickets: Tickets) -> None:
    roles = {(site.key, person.name): person.role for site in book.sites for person in site.people}
    asked = Counter(
        roles[plan.account, plan.requester].value for plan in book_tickets if plan.pattern == "billing"
    )
    assert asked.most_common(1)[0][0] == "buyer"


def test_messages_of_a_ticket_are_in_order(messages: list[TicketMessageRecord]) -> None:
    last: dict[str, TicketMessageRecord] = {}
    for message in messages:
        if message.ticket_number in last:
            assert last[message.ticket_number].sent_at <= message.sent_at
        last[message.ticket_number] = message


def test_every_conversation_begins_with_the_customer(
    book_tickets: Tickets, messages: list[TicketMessageRecord]
) -> None:
    seen: set[str] = set()
    for message in messages:
        if message.ticket_number not in seen:
            assert message.from_customer
            seen.add(message.ticket_number)
    assert len(seen) == len(book_tickets)


def test_agents_do_not_say_the_same_twice_in_one_ticket(messages: list[TicketMessageRecord]) -> None:
    bodies = Counter((message.ticket_number, message.body) for message in messages)
    assert [key for key, count in bodies.items() if count > 1] == []


def test_incidents_bring_tickets(book: World, book_tickets: Tickets) -> None:
    wrote = {(plan.account, plan.opened) for plan in book_tickets}
    incidents = [
        (site.key, i.opened) for site in book.sites for i in site.incidents if i.opened and not i.scripted
    ]
    assert incidents
    assert set(incidents) <= wrote


def test_numbers_leave_room_only_where_there_is_some(pilot_tickets: Tickets) -> None:
    left, right = pilot_tickets[0:2]
    crowd: list[TicketPlan] = [left, *[_unnumbered(left) for _ in range(50)], right]
    numbers = [plan.number for plan in numbered(crowd, {left.account, right.account})]
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == left.number
    assert numbers[-1] == right.number


def _unnumbered(ticket: TicketPlan) -> TicketPlan:
    return replace(ticket, number="")
