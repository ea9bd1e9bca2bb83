"""With the switch, a parent's lists hold its sites' too; without it, its own alone."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.domain.audience import Audience
from convergedesk.domain.billing import Contract, ContractId
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel, Note
from convergedesk.domain.goals import GoalDraft
from convergedesk.store import contracts, engagement, goals, people
from convergedesk.workspace.accounts import account_billing, account_goals, account_timeline
from convergedesk.workspace.actions import account_actions
from convergedesk.workspace.check_ins import check_ins
from convergedesk.workspace.contracts import contract_book
from convergedesk.workspace.notes import notes
from convergedesk.workspace.people import account_people
from tests.workspace.book import START, Book, open_book

DAY = date(2026, 12, 1)


def _fill(book: Book, account: AccountId) -> None:
    store = book.workspace.store
    people.add_person(store, f"Person {account}", PersonRole.BUYER, now=START, account_id=account)
    engagement.add_note(store, Note(account, START, "Amira", "Text", Audience.INTERNAL), now=START)
    engagement.add_check_in(
        store, CheckIn(account, START, ContactChannel.CALL, "Amira", (), "Talked"), now=START
    )
    engagement.add_action(store, Action(account, "Send it", "Amira", DAY), now=START)
    goals.create(store, account, GoalDraft("Faster", 0.0, 10.0), now=START)
    contract = Contract(ContractId(0), account, None, "Order form", DAY, None, "EUR")
    contracts.add(store, contract, now=START)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        for account in (opened.acme, opened.site):
            _fill(opened, account)
        yield opened


@pytest.mark.parametrize(
    "whose",
    [
        lambda book, on: [one.account_id for one in notes(book.workspace, book.acme, with_sites=on)],
        lambda book, on: [one.account_id for one in check_ins(book.workspace, book.acme, with_sites=on)],
        lambda book, on: [
            one.account_id for one in account_actions(book.workspace, book.acme, with_sites=on)
        ],
        lambda book, on: [
            one.goal.account_id for one in account_goals(book.workspace, book.acme, with_sites=on)
        ],
        lambda book, on: [
            one.account_id for one in contract_book(book.workspace, book.acme, with_sites=on).contracts
        ],
        lambda book, on: [
            one.person.account_id
            for one in account_people(book.workspace, book.acme, with_sites=on).people
            if one.person.role is PersonRole.BUYER
        ],
    ],
    ids=["notes", "check-ins", "actions", "goals", "contracts", "people"],
)
def test_lists_hold_the_sites_or_leave_them_out(book: Book, whose: Callable[[Book, bool], list[Any]]) -> None:
    assert sorted(whose(book, True)) == [book.acme, book.site]
    assert whose(book, False) == [book.acme]


def test_the_timeline_and_the_bill_follow_the_same_switch(book: Book) -> None:
    workspace = book.workspace
    both = account_timeline(workspace, book.acme)
    alone = account_timeline(workspace, book.acme, with_sites=False)
    assert 0 < len(alone) < len(both)
    assert account_billing(workspace, book.acme, with_sites=False).contracts == contracts.of_accounts(
        workspace.store, [book.acme]
    )
