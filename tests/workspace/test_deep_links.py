"""What addresses lead to in a workspace."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from convergedesk.domain.deep_links import BadLinkError
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.tables import reviews
from convergedesk.workspace.deep_links import LinkTarget, resolve_link
from tests.store.rows import add, add_ticket
from tests.workspace.book import Book, open_book

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as found:
        yield found


def test_a_ticket_is_found_by_its_number(book: Book) -> None:
    ticket = add_ticket(book.workspace.store, book.site, "AB-12")
    assert resolve_link(book.workspace, "convergedesk://ticket/AB-12") == LinkTarget(book.site, ticket)
    assert resolve_link(book.workspace, "convergedesk://ticket/%23AB-12") == LinkTarget(book.site, ticket)


def test_an_account_is_found_by_its_name(book: Book) -> None:
    assert resolve_link(book.workspace, "convergedesk://account/acme") == LinkTarget(book.acme)
    assert resolve_link(book.workspace, "convergedesk://account/Acme%20Lisbon") == LinkTarget(book.site)


def test_a_review_leads_to_its_account(book: Book) -> None:
    period = {"period_start": date(2026, 10, 1), "period_end": date(2026, 12, 31)}
    dated = {"created_at": NOW, "updated_at": NOW}
    number = add(book.workspace.store, reviews, account_id=book.acme, title="Q4", **period, **dated)
    assert resolve_link(book.workspace, f"convergedesk://review/{number}") == LinkTarget(book.acme)


@pytest.mark.parametrize(
    "text", ["ticket/404", "account/Nobody", "review/404", "review/x", "review/" + "9" * 30]
)
def test_what_is_not_there_is_named(book: Book, text: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve_link(book.workspace, f"convergedesk://{text}")
    assert text.partition("/")[2] in caught.value.sentence


def test_two_tickets_of_one_number_are_not_guessed_at(book: Book) -> None:
    for source in ("zendesk", "files"):
        add_ticket(book.workspace.store, book.acme, "7", source=source)
    with pytest.raises(NotFoundError, match="2 tickets"):
        resolve_link(book.workspace, "convergedesk://ticket/7")


def test_what_is_no_address_of_ours_is_not_looked_for(book: Book) -> None:
    with pytest.raises(BadLinkError):
        resolve_link(book.workspace, "https://example.org/ticket/7")
