"""Links what waits, once more is known than when it came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.intake import PageOutcome
from convergedesk.domain.links import AccountKeyLink, KeyState, LinkingState
from convergedesk.sync.linking import Linker
from convergedesk.sync.naming import name_form

# Without a CRM's accounts list, accounts are founded by what these systems say, in this order.
_FOUNDERS = (SystemKind.BILLING, SystemKind.SUPPORT, SystemKind.USAGE)
# Linking can make more linkable: a subscription its usage, an account its sites.
_ROUNDS = 8


class LinkStore(Protocol):
    """Where links are kept and waiting rows come in."""

    def load(self) -> LinkingState:
        """What linking starts from."""
        ...

    def settle(self, touched: Sequence[AccountKeyLink]) -> PageOutcome:
        """Keep keys and pull in what waited for them."""
        ...


def link_late(store: LinkStore, *, found_accounts: bool) -> Linker:
    """Link every key that can be linked by now, and pull its rows in.

    Args:
        store: Where links are kept.
        found_accounts: True lets rows create accounts while no CRM has said which there are.

    Returns:
        The linker as it stands at the end.
    """
    linker = Linker(store.load())
    for _ in range(_ROUNDS):
        for link in linker.waiting:
            linker.retry(link)
        progress = _settle(store, linker)
        if found_accounts and not linker.has_accounts_list:
            for system in _FOUNDERS:
                founders = [link for link in linker.waiting if link.system is system and _may_found(link)]
                for link in founders:
                    linker.found(link)
                progress |= bool(founders) and _settle(store, linker)
        if not progress:
            break
        linker = Linker(store.load())
    return linker


def _settle(store: LinkStore, linker: Linker) -> bool:
    """Keep what was linked and pull its rows in; True where a key was linked."""
    touched = linker.take_touched()
    outcome = store.settle(touched)
    linker.accept(outcome.created, outcome.key_ids)
    return any(link.state is KeyState.LINKED for link in touched)


def _may_found(link: AccountKeyLink) -> bool:
    """True for a row of an accounts list, and for an id with a name in billing or support."""
    if link.state is not KeyState.UNKNOWN:
        return False
    named = link.external_id is not None and name_form(link.name) is not None
    is_id = link.text.startswith(f"{link.system}:id:")
    return link.stated or (named and is_id and link.system is not SystemKind.USAGE)
