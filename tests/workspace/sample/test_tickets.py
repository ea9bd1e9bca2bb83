from collections import Counter

from convergedesk.domain.records import TicketMessageRecord
from convergedesk.domain.tickets import Priority
from convergedesk.workspace.sample.plan import TicketPlan
from convergedesk.workspace.sample.support import message_records
from convergedesk.workspace.sample.ticket_numbers import numbered
from convergedesk.workspace.sample.tickets import tickets_of
from convergedesk.workspace.sample.world import World


def messages_of(world: World) -> list[TicketMessageRecord]:
    return list(message_records(world, tickets_of(world)))


def test_subjects_hardly_repeat_within_an_account(book: World) -> None:
    titles = Counter((plan.account, plan.title) for plan in tickets_of(book))
    assert sum(count - 1 for count in titles.values()) <= 0.01 * titles.total()


def test_no_slot_is_left_unfilled(book: World) -> None:
    texts = [plan.title for plan in tickets_of(book)] + [message.body for message in messages_of(book)]
    assert not [text for text in texts if "{" in text or "}" in text or "  " in text or not text.strip()]


def test_sentences_begin_with_a_capital_or_a_field(book: World) -> None:
    bodies = [message.body for message in messages_of(book)]
    assert all(body[0].isupper() or body[0].isdigit() for body in bodies)
    assert all(body.rstrip()[-1] in ".?!" for body in bodies)


def test_ratings_have_gaps_and_open_tickets_have_none(book: World) -> None:
    plans = tickets_of(book)
    assert not [plan for plan in plans if plan.closed is None and plan.satisfaction is not None]
    closed = [plan for plan in plans if plan.closed is not None]
    answered = [plan.satisfaction for plan in closed if plan.satisfaction is not None]
    assert 0.25 < len(answered) / len(closed) < 0.45
    assert set(answered) == {1, 2, 3, 4, 5}


def test_urgent_tickets_are_answered_first(book: World) -> None:
    def median(rank: Priority) -> float:
        minutes = sorted(
            plan.first_response_minutes
            for plan in tickets_of(book)
            if plan.priority is rank and plan.first_response_minutes is not None
        )
        return minutes[len(minutes) // 2]

    assert median(Priority.URGENT) < median(Priority.HIGH) < median(Priority.NORMAL) < median(Priority.LOW)


def test_questions_and_invoices_are_never_high_priority(book: World) -> None:
    calm = [plan for plan in tickets_of(book) if plan.pattern in {"question", "billing", "request"}]
    assert calm
    assert not [plan for plan in calm if plan.priority.is_high]


def test_buyers_ask_about_invoices(book: World) -> None:
    roles = {(site.key, person.name): person.role for site in book.sites for person in site.people}
    asked = Counter(
        roles[plan.account, plan.requester].value for plan in tickets_of(book) if plan.pattern == "billing"
    )
    assert asked.most_common(1)[0][0] == "buyer"


def test_messages_of_a_ticket_are_in_order(book: World) -> None:
    last: dict[str, TicketMessageRecord] = {}
    for message in messages_of(book):
        if message.ticket_number in last:
            assert last[message.ticket_number].sent_at <= message.sent_at
        last[message.ticket_number] = message


def test_every_conversation_begins_with_the_customer(book: World) -> None:
    seen: set[str] = set()
    for message in messages_of(book):
        if message.ticket_number not in seen:
            assert message.from_customer
            seen.add(message.ticket_number)
    assert len(seen) == len(tickets_of(book))


def test_agents_do_not_say_the_same_twice_in_one_ticket(book: World) -> None:
    bodies = Counter((message.ticket_number, message.body) for message in messages_of(book))
    assert [key for key, count in bodies.items() if count > 1] == []


def test_incidents_bring_tickets(book: World) -> None:
    wrote = {(plan.account, plan.opened) for plan in tickets_of(book)}
    incidents = [
        (site.key, i.opened) for site in book.sites for i in site.incidents if i.opened and not i.scripted
    ]
    assert incidents
    assert set(incidents) <= wrote


def test_numbers_leave_room_only_where_there_is_some(pilot: World) -> None:
    left, right = tickets_of(pilot)[0:2]
    crowd: list[TicketPlan] = [left, *[_unnumbered(left) for _ in range(50)], right]
    numbers = [plan.number for plan in numbered(crowd, {left.account, right.account})]
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == left.number
    assert numbers[-1] == right.number


def _unnumbered(ticket: TicketPlan) -> TicketPlan:
    from dataclasses import replace

    return replace(ticket, number="")
