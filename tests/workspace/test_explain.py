"""Figures found again by their ids."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from convergedesk.domain.errors import NotFoundError
from convergedesk.store import accounts
from convergedesk.workspace.explain import account_of, explain, figure_kinds, freshness
from tests.store.rows import add_account
from tests.workspace.book import Book, open_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    "text",
    ["", ":", "nothing:here", "ticket", "ticket:1:nonsense", "ticket:../../etc/passwd:after7", "x" * 10_240],
)
def test_what_is_no_figure_is_answered_with_a_sentence(book: Book, text: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        explain(book.workspace, text)
    assert caught.value.fix
    assert len(caught.value.sentence) < 120


def test_a_ticket_that_is_not_there_is_named(book: Book) -> None:
    with pytest.raises(NotFoundError, match="no ticket “77”"):
        explain(book.workspace, "ticket:77:after7")


def test_an_account_is_found_by_its_part_its_name_and_its_words(book: Book) -> None:
    for text in (f"{book.acme}-acme", f"{book.acme}", f"{book.acme}-renamed-since", "Acme", "acme"):
        assert account_of(book.workspace, text) == book.acme
    assert account_of(book.workspace, "acme-lisbon") == book.site


def test_a_name_that_begins_with_a_number_is_no_number(book: Book) -> None:
    found = add_account(book.workspace.store, f"{book.acme} Labs")
    assert account_of(book.workspace, f"{book.acme}-labs") == found


def test_two_accounts_of_one_name_are_told_apart_by_number(book: Book) -> None:
    second = add_account(book.workspace.store, "ACME")
    assert accounts.get(book.workspace.store, second).name == "ACME"
    with pytest.raises(NotFoundError, match="Several") as caught:
        account_of(book.workspace, "acme")
    assert f"{second}-acme" in caught.value.fix
    assert account_of(book.workspace, f"{second}-acme") == second


def test_before_any_import_no_source_has_an_age(book: Book) -> None:
    assert [one.as_of for one in freshness(book.workspace)] == [None] * 4


def test_every_kind_says_how_its_ids_look() -> None:
    for word, kind in figure_kinds().items():
        assert kind.pattern.startswith(word)
        assert kind.meaning
