"""Writing about a ticket: kept, merged while typing, undoable, and what an import cannot take away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.domain.audience import Audience
from convergedesk.domain.errors import NotFoundError
from convergedesk.domain.goals import GoalDraft, GoalId
from convergedesk.domain.tickets import TicketId, TicketQuery
from convergedesk.store import goals as store_goals
from convergedesk.store import tickets as store_tickets
from convergedesk.store.tables import features
from convergedesk.workspace.changes import Kind
from convergedesk.workspace.edits import history, undo
from convergedesk.workspace.goals import delete_goal
from convergedesk.workspace.ticket_notes import link_goal, notes_on, tag_ticket, unlink_goal, write_answers
from convergedesk.workspace.tickets import ticket_features, tickets
from tests.store.rows import add, add_ticket
from tests.workspace.book import START, Book, open_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as found:
        yield found


@pytest.fixture
def ticket(book: Book) -> TicketId:
    desks = add(book.workspace.store, features, key="webhooks", name="Webhooks")
    return add_ticket(book.workspace.store, book.acme, "48213", title="Late", feature_id=desks)


@pytest.fixture
def goal(book: Book) -> GoalId:
    return store_goals.create(book.workspace.store, book.acme, GoalDraft("Faster", 0.0, 10.0), now=START).id


def answer(book: Book, ticket: TicketId, text: str, audience: Audience = Audience.INTERNAL) -> None:
    write_answers(book.workspace, ticket, trying_to=text, blocks="It stops", audience=audience)


def test_answers_are_internal_and_signed(book: Book, ticket: TicketId) -> None:
    book.workspace.author = "Amira"
    answer(book, ticket, "Ship today")
    notes = notes_on(book.workspace, ticket)
    assert (notes.trying_to, notes.blocks, notes.author) == ("Ship today", "It stops", "Amira")
    assert notes.audience is Audience.INTERNAL


def test_typing_on_is_one_step_of_undo(book: Book, ticket: TicketId) -> None:
    for text in ("S", "Ship", "Ship today"):
        answer(book, ticket, text)
        book.clock.pass_(seconds=1)
    assert len(history(book.workspace)) == 1
    undone = undo(book.workspace)
    assert undone is not None
    assert Kind.TICKETS in undone.changes.kinds
    assert notes_on(book.workspace, ticket).trying_to == ""


def test_sharing_is_a_step_of_its_own(book: Book, ticket: TicketId) -> None:
    answer(book, ticket, "Ship today")
    answer(book, ticket, "Ship today", Audience.SHARED)
    undo(book.workspace)
    notes = notes_on(book.workspace, ticket)
    assert (notes.trying_to, notes.audience) == ("Ship today", Audience.INTERNAL)


def test_what_is_written_of_a_ticket_that_is_gone_is_refused(book: Book) -> None:
    with pytest.raises(NotFoundError):
        answer(book, TicketId(99), "Ship")


def test_our_tag_comes_before_the_desks_everywhere(book: Book, ticket: TicketId) -> None:
    other = add_ticket(book.workspace.store, book.acme, "2")
    tag_ticket(book.workspace, ticket, "Retry rules")
    assert store_tickets.get(book.workspace.store, ticket).feature == "Retry rules"
    assert ticket_features(book.workspace) == ("Retry rules", "Webhooks")
    found = tickets(book.workspace, TicketQuery(feature="Retry rules"))
    assert [row.ticket.id for row in found.rows] == [ticket]
    assert found.total == 1
    assert tickets(book.workspace, TicketQuery(feature="Webhooks")).total == 0
    tag_ticket(book.workspace, other, "webhooks")
    assert [r.ticket.id for r in tickets(book.workspace, TicketQuery(feature="Webhooks")).rows] == [other]


def test_our_tag_is_taken_back_by_undo_and_by_asking_for_the_desks(book: Book, ticket: TicketId) -> None:
    tag_ticket(book.workspace, ticket, "Retry rules")
    undo(book.workspace)
    assert store_tickets.get(book.workspace.store, ticket).feature == "Webhooks"
    tag_ticket(book.workspace, ticket, "Retry rules")
    tag_ticket(book.workspace, ticket, "  ")
    assert store_tickets.get(book.workspace.store, ticket).feature == "Webhooks"


def test_a_goal_is_linked_once_and_unlinked(book: Book, ticket: TicketId, goal: GoalId) -> None:
    link_goal(book.workspace, ticket, goal)
    link_goal(book.workspace, ticket, goal)
    assert notes_on(book.workspace, ticket).goal_ids == (goal,)
    unlink_goal(book.workspace, ticket, goal)
    assert notes_on(book.workspace, ticket).goal_ids == ()
    undo(book.workspace)
    assert notes_on(book.workspace, ticket).goal_ids == (goal,)


def test_a_deleted_goal_is_not_listed_and_comes_back_with_it(
    book: Book, ticket: TicketId, goal: GoalId
) -> None:
    link_goal(book.workspace, ticket, goal)
    delete_goal(book.workspace, goal)
    assert notes_on(book.workspace, ticket).goal_ids == ()
    undo(book.workspace)
    assert notes_on(book.workspace, ticket).goal_ids == (goal,)
