"""Lists of tickets: filtered, sorted and cut in the file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.tickets import Priority, TicketId, TicketQuery, TicketStatus
from convergedesk.store import pods, tables, tickets
from convergedesk.store.engine import Store
from tests.store.rows import NOW, add, add_account, add_ticket


def numbers(store: Store, **query: object) -> list[str]:
    page = tickets.list_tickets(store, TicketQuery(**query))  # pyright: ignore[reportArgumentType]
    assert page.total >= len(page.rows)
    return [row.ticket.number for row in page.rows]


def test_a_ticket_comes_back_whole(store: Store) -> None:
    account = add_account(store, "Acme")
    feature = add(store, tables.features, key="export", name="Export")
    ticket_id = add_ticket(
        store,
        account,
        "48213",
        title="Exports fail",
        priority=Priority.URGENT,
        status=TicketStatus.CLOSED,
        closed_at=NOW + timedelta(hours=5),
        first_response_minutes=12,
        satisfaction=4,
        escalated=True,
        feature_id=feature,
        requester="Ada",
        assignee="Ben",
        url="https://desk.example/48213",
    )
    ticket = tickets.get(store, ticket_id)
    assert (ticket.number, ticket.account_id, ticket.title) == ("48213", account, "Exports fail")
    assert (ticket.priority, ticket.status) == (Priority.URGENT, TicketStatus.CLOSED)
    assert (ticket.opened_at, ticket.closed_at) == (NOW, NOW + timedelta(hours=5))
    assert (ticket.first_response_minutes, ticket.satisfaction, ticket.escalated) == (12, 4, True)
    assert (ticket.feature, ticket.requester, ticket.assignee) == ("Export", "Ada", "Ben")
    assert tickets.list_tickets(store, TicketQuery()).rows[0].account_name == "Acme"
    assert tickets.feature_names(store) == ("Export",)


def test_a_ticket_that_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no longer"):
        tickets.get(store, TicketId(5))


def test_deleted_tickets_show_only_when_asked_for_and_gone_ones_never(store: Store) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "shown")
    add_ticket(store, account, "deleted", status=TicketStatus.DELETED)
    add_ticket(store, account, "gone", gone_since=NOW)
    assert numbers(store) == ["shown"]
    assert numbers(store, status=TicketStatus.DELETED) == ["deleted"]
    assert [ticket.number for ticket in tickets.of_accounts(store, [account])] == ["shown"]


def test_an_accounts_list_includes_its_sites(store: Store) -> None:
    group = add_account(store, "Group")
    site = add_account(store, "Site", parent_id=group)
    other = add_account(store, "Other")
    for number, account in (("g", group), ("s", site), ("o", other)):
        add_ticket(store, account, number)
    pod = pods.add_pod(store, "Pilot", now=NOW, account_ids=[group])
    assert sorted(numbers(store, account_id=group)) == ["g", "s"]
    assert sorted(numbers(store, pod_id=pod)) == ["g", "s"]
    assert numbers(store, account_id=other) == ["o"]


def test_filters_narrow_together(store: Store) -> None:
    account = add_account(store, "Acme")
    feature = add(store, tables.features, key="export", name="Export")
    add_ticket(store, account, "1", priority=Priority.HIGH, feature_id=feature, title="Export is slow")
    add_ticket(store, account, "2", priority=Priority.LOW, feature_id=feature, title="Export is slow")
    add_ticket(store, account, "3", priority=Priority.URGENT, title="Log-in")
    add_ticket(store, account, "4", title="No priority")
    assert sorted(numbers(store, high_only=True)) == ["1", "3"]
    assert sorted(numbers(store, feature="Export")) == ["1", "2"]
    assert numbers(store, feature="Export", high_only=True, text="SLOW") == ["1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("482", ["48213"]),
        ("#48213", ["48213"]),
        ("ada", ["48213"]),
        ("50%", ["48213"]),
        ("5_%", []),
        ("x", []),
    ],
)
def test_words_are_looked_for_in_title_people_and_number(store: Store, text: str, found: list[str]) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "48213", title="Only 50% arrived", requester="Ada Lovelace")
    add_ticket(store, account, "9", title="Nothing", assignee="Ben")
    assert numbers(store, text=text) == found


def test_days_of_opening_include_both_ends(store: Store) -> None:
    account = add_account(store, "Acme")
    for day in (1, 2, 3, 4):
        add_ticket(store, account, str(day), opened_at=datetime(2026, 3, day, 23, 59, 59, tzinfo=UTC))
    assert sorted(numbers(store, opened_from=date(2026, 3, 2), opened_to=date(2026, 3, 3))) == ["2", "3"]


def test_unknown_values_come_last_in_either_direction(store: Store) -> None:
    account = add_account(store, "Acme")
    add_ticket(store, account, "low", priority=Priority.LOW)
    add_ticket(store, account, "urgent", priority=Priority.URGENT)
    add_ticket(store, account, "none")
    assert numbers(store, sort="priority", descending=True) == ["urgent", "low", "none"]
    assert numbers(store, sort="priority", descending=False) == ["low", "urgent", "none"]


def test_numbers_sort_as_numbers(store: Store) -> None:
    account = add_account(store, "Acme")
    for number in ("T-10", "T-9", "T-100"):
        add_ticket(store, account, number)
    assert numbers(store, sort="number", descending=False) == ["T-9", "T-10", "T-100"]


SORTS = [
    "opened_at",
    "closed_at",
    "to_closing",
    "priority",
    "status",
    "number",
    "title",
    "account",
    "feature",
    "assignee",
    "first_response",
    "satisfaction",
]


def in_pages(store: Store, size: int, **query: object) -> list[str]:
    """The numbers of all tickets, read so many at a time."""
    found: list[str] = []
    asked = TicketQuery(limit=size, **query)  # pyright: ignore[reportArgumentType]
    while True:
        page = tickets.list_tickets(store, asked)
        assert page.total == 12
        found += [row.ticket.number for row in page.rows]
        if page.after is None:
            return found
        asked = replace(asked, after=page.after)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_follow_one_another_in_the_order_of_the_whole(
    store: Store, sort: str, *, descending: bool
) -> None:
    feature = add(store, tables.features, key="export", name="Export")
    for place in range(12):
        known = place % 3 > 0
        opened_at = NOW + timedelta(hours=place % 4)
        add_ticket(
            store,
            add_account(store, f"Account {place % 2}"),
            f"T-{place}",
            opened_at=opened_at,
            closed_at=opened_at + timedelta(hours=place % 5) if known else None,
            title=f"title {place % 2}",
            priority=Priority(1 + place % 2) if known else None,
            feature_id=feature if known else None,
            satisfaction=1 + place % 2 if known else None,
        )
    whole = numbers(store, sort=sort, descending=descending)
    assert len(whole) == 12
    for size in (1, 3, 5, 12):
        assert in_pages(store, size, sort=sort, descending=descending) == whole


def test_a_ticket_that_arrives_in_between_is_not_listed_twice(store: Store) -> None:
    account = add_account(store, "Acme")
    for number in range(4):
        add_ticket(store, account, str(number), opened_at=NOW + timedelta(hours=number))
    first = tickets.list_tickets(store, TicketQuery(limit=2))
    add_ticket(store, account, "new", opened_at=NOW + timedelta(hours=9))
    second = tickets.list_tickets(store, TicketQuery(limit=2, after=first.after))
    shown = [row.ticket.number for page in (first, second) for row in page.rows]
    assert shown == ["3", "2", "1", "0"]


def test_time_to_closing_sorts_and_open_tickets_come_last(store: Store) -> None:
    account = add_account(store, "Acme")
    for number, hours in (("slow", 50), ("quick", 2), ("open", None)):
        closed_at = None if hours is None else NOW + timedelta(hours=hours)
        add_ticket(store, account, number, closed_at=closed_at)
    assert numbers(store, sort="to_closing", descending=True) == ["slow", "quick", "open"]
    assert numbers(store, sort="to_closing", descending=False) == ["quick", "slow", "open"]


def test_days_of_opening_are_those_of_the_accounts_time_zone(store: Store) -> None:
    # 23:30 in UTC on the second is the third in Tokyo, and still the second in New York.
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    for name, zone in (("t", "Asia/Tokyo"), ("n", "America/New_York"), ("x", "Nowhere/Known")):
        add_ticket(store, add_account(store, name, time_zone=zone), name, opened_at=late)
    assert sorted(numbers(store, opened_to=date(2026, 3, 2))) == ["n", "x"]
    assert numbers(store, opened_from=date(2026, 3, 3)) == ["t"]
    page = tickets.list_tickets(store, TicketQuery(opened_from=date(2026, 3, 3)))
    assert (page.total, page.rows[0].time_zone) == (1, "Asia/Tokyo")


def test_a_conversation_is_in_order_and_knows_what_is_internal(store: Store) -> None:
    ticket = add_ticket(store, add_account(store, "Acme"), "1")
    for minutes, audience in ((5, Audience.INTERNAL), (0, Audience.SHARED)):
        add(
            store,
            tables.ticket_messages,
            ticket_id=ticket,
            external_id=str(minutes),
            sent_at=NOW + timedelta(minutes=minutes),
            author="Ada",
            from_customer=audience is Audience.SHARED,
            audience=audience,
            body=f"after {minutes}",
        )
    found = tickets.messages(store, ticket)
    assert [(message.body, message.audience, message.from_customer) for message in found] == [
        ("after 0", Audience.SHARED, True),
        ("after 5", Audience.INTERNAL, False),
    ]
