"""Linking, merging and splitting are steps of 'Undo' like any other, also after the file was closed."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.goals import GoalDraft
from convergedesk.domain.records import EntityKind
from convergedesk.store import accounts as account_store
from convergedesk.sync.import_run import run_import
from convergedesk.workspace import edits, goals, links
from convergedesk.workspace.session import Workspace, create_workspace, open_workspace
from tests.sync import pages as p
from tests.sync.content import content
from tests.workspace.book import KEY, TickingClock

MARLOW = p.key(name="Marlow Frieght")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "book.converge"
    with create_workspace(path, KEY, name="Book", clock=TickingClock()) as workspace:
        run_import(
            workspace.store,
            [
                p.accounts(
                    p.account("001", "Marlowe Freight", domain="marlowe.com", tier="Gold"),
                    p.account("002", "Cobalt & Pine", 3, domain="cobalt.com", seats=7),
                ),
                p.tickets(p.ticket("T-1", MARLOW), p.ticket("T-2", p.key("002"), 3)),
                p.page(EntityKind.TICKET_MESSAGES, [p.message("T-1", "Help")]),
                p.usage([(p.key("002"), "events", date(2026, 3, 1), 1.0)]),
            ],
        )
    return path


@pytest.fixture
def book(path: Path) -> Iterator[Workspace]:
    with open_workspace(path, KEY, clock=TickingClock()) as workspace:
        yield workspace


def named(workspace: Workspace, name: str) -> AccountId:
    return next(one.id for one in account_store.list_accounts(workspace.store) if one.name == name)


def _link(book: Workspace) -> None:
    (key,) = links.unlinked_keys(book)
    links.link(book, key.key_id, named(book, "Marlowe Freight"))


def _create(book: Workspace) -> None:
    (key,) = links.unlinked_keys(book)
    links.create_account_for(book, key.key_id, name="Marlow")


def _ignore(book: Workspace) -> None:
    (key,) = links.unlinked_keys(book)
    links.ignore(book, key.key_id)


def _merge(book: Workspace) -> None:
    links.merge(book, keep=named(book, "Marlowe Freight"), merged=named(book, "Cobalt & Pine"))


def _split(book: Workspace) -> None:
    account = named(book, "Cobalt & Pine")
    links.split(book, account, [links.account_keys(book, account)[0].id or 0], name="Cobalt alone")


def shown(book: Workspace) -> dict[str, Any]:
    """What a person sees: of which account each row is, and what waits."""
    seen = content(book.store, without=("account_keys", "accounts", "waiting_rows", "rejects"))
    accounts = sorted(one.name for one in account_store.list_accounts(book.store))
    return {**seen, "accounts": accounts, "waiting": [key.link.label for key in links.unlinked_keys(book)]}


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (_link, "Linked “Marlow Frieght” to Marlowe Freight"),
        (_create, "Made the account Marlow for “Marlow Frieght”"),
        (_ignore, "Ignored “Marlow Frieght”"),
        (_merge, "Merged Cobalt & Pine into Marlowe Freight"),
        (_split, "Split Cobalt & Pine off Cobalt & Pine"),
    ],
    ids=["link", "create", "ignore", "merge", "split"],
)
def test_a_decision_is_one_step_back_and_forth_also_after_a_restart(
    path: Path, act: Callable[[Workspace], None], label: str
) -> None:
    with open_workspace(path, KEY, clock=TickingClock()) as book:
        before = shown(book)["accounts"], shown(book)["waiting"]
        act(book)
        after = shown(book)
        assert edits.history(book)[0].label == label
    with open_workspace(path, KEY, clock=TickingClock()) as book:
        undone = edits.undo(book)
        assert undone is not None
        assert undone.sentence == f"Undone: {label}"
        now = shown(book)
        assert (now["accounts"], now["waiting"]) == before
        assert edits.undo(book) is None
    with open_workspace(path, KEY, clock=TickingClock()) as book:
        assert edits.redo(book) is not None
        assert shown(book) == after
        assert edits.redo(book) is None
        assert edits.undo(book) is not None
        assert (shown(book)["accounts"], shown(book)["waiting"]) == before


def test_steps_before_and_after_a_merge_are_walked_in_their_order(book: Workspace) -> None:
    cobalt, marlowe = named(book, "Cobalt & Pine"), named(book, "Marlowe Freight")
    goals.create_goal(book, cobalt, GoalDraft("Faster", 0.0, 10.0))
    _merge(book)
    goals.create_goal(book, marlowe, GoalDraft("Cheaper", 0.0, 10.0))
    for expected in ("Undone: Added", "Undone: Merged", "Undone: Added"):
        done = edits.undo(book)
        assert done is not None
        assert done.sentence.startswith(expected)
    assert "Cobalt & Pine" in shown(book)["accounts"]
    for expected in ("Done again: Added", "Done again: Merged", "Done again: Added"):
        done = edits.redo(book)
        assert done is not None
        assert done.sentence.startswith(expected)
    assert shown(book)["accounts"] == ["Marlowe Freight"]


def test_one_that_is_not_the_newest_is_taken_back_and_leaves_the_list(book: Workspace) -> None:
    _link(book)
    linked = edits.history(book)[0]
    goals.create_goal(book, named(book, "Cobalt & Pine"), GoalDraft("Faster", 0.0, 10.0))
    edits.undo_edit(book, linked.id)
    assert shown(book)["waiting"] == ["Marlow Frieght"]
    assert [edit.label for edit in edits.history(book)] == ["Added goal “Faster”"]
    undone = edits.undo(book)
    assert undone is not None
    assert "Faster" in undone.sentence


def test_what_the_import_page_takes_back_is_no_step_any_more(book: Workspace) -> None:
    _link(book)
    links.undo(book, links.link_decisions(book)[0].id)
    assert edits.history(book) == ()
    assert edits.undo(book) is None


def test_one_that_a_later_decision_rests_on_stays_and_says_so(book: Workspace) -> None:
    _link(book)
    linked = edits.history(book)[0]
    marlowe = named(book, "Marlowe Freight")
    key = next(one for one in links.account_keys(book, marlowe) if one.name == "Marlow Frieght")
    links.split(book, marlowe, [key.id or 0], name="Marlow")
    before, history = shown(book), edits.history(book)
    with pytest.raises(ConvergeDeskError, match="later decision"):
        edits.undo_edit(book, linked.id)
    assert shown(book) == before
    assert edits.history(book) == history
