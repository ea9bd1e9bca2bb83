"""Search, as the palette and the command line ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.search import SearchHit, SearchKind, SearchResults
from convergedesk.store import search as store_search
from convergedesk.workspace.session import Workspace

GROUP_TITLES: Final = {
    SearchKind.ACCOUNT: "Accounts",
    SearchKind.PERSON: "People",
    SearchKind.TICKET: "Tickets",
    SearchKind.GOAL: "Goals",
    SearchKind.NOTE: "Notes",
    SearchKind.ACTION: "Actions",
    SearchKind.CHECK_IN: "Check-ins",
    SearchKind.FEEDBACK: "Feedback",
}
"""What the groups are called."""


def search(
    workspace: Workspace,
    text: str,
    *,
    limit: int = 6,
    account_id: AccountId | None = None,
    pod_id: PodId | None = None,
) -> SearchResults:
    """What somebody means by a few letters; see `convergedesk.store.search.search`."""
    return store_search.search(workspace.store, text, limit=limit, account_id=account_id, pod_id=pod_id)


def look_up(workspace: Workspace, wanted: Iterable[tuple[SearchKind, int]]) -> tuple[SearchHit, ...]:
    """What is known by kind and id, as hits, in that order; what is gone is left out."""
    return store_search.look_up(workspace.store, wanted)
