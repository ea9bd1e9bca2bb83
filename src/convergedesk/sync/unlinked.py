"""The Unlinked list: what waits for its account, with suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.links import AccountKeyLink, DirectoryAccount, Suggestion, UnlinkedKey
from convergedesk.store.engine import Store
from convergedesk.store.linking import keys_of_account, list_unlinked, load_linking_state
from convergedesk.sync.naming import company_domain, name_form

# Below this a likeness of names is chance.
_WORTH_SHOWING = 60.0
_CANDIDATE_SCORE = 100.0


def unlinked(store: Store, *, limit: int = 200, suggestions: int = 3) -> tuple[UnlinkedKey, ...]:
    """The keys that wait for their account, those with most rows first.

    Args:
        store: The workspace.
        limit: At most so many keys.
        suggestions: At most so many accounts suggested for each. They are only ever shown;
            nothing is linked by likeness.
    """
    waiting = list_unlinked(store, limit=limit)
    accounts = load_linking_state(store).accounts if waiting else ()
    index = _Names(accounts)
    return tuple(replace(key, suggestions=index.suggest(key.link, suggestions)) for key in waiting)


def account_keys(store: Store, account_id: AccountId) -> tuple[AccountKeyLink, ...]:
    """The ids, domains and names under which other systems know an account."""
    return keys_of_account(store, account_id)


class _Names:
    """Account names in their compared form, for likeness."""

    def __init__(self, accounts: Sequence[DirectoryAccount]) -> None:
        self._accounts = {account.id: account for account in accounts}
        self._forms = {
            account.id: str(form) for account in accounts if (form := name_form(account.name)) is not None
        }
        self._domains: dict[str, list[AccountId]] = {}
        for account in accounts:
            domain = company_domain(account.domain)
            if domain is not None:
                self._domains.setdefault(domain, []).append(account.id)

    def suggest(self, link: AccountKeyLink, limit: int) -> tuple[Suggestion, ...]:
        found: dict[AccountId, tuple[float, str]] = {}
        for account_id in link.candidates:
            found[account_id] = (_CANDIDATE_SCORE, "fits exactly, as others do")
        domain = company_domain(link.domain)
        for account_id in self._domains.get(domain, ()) if domain is not None else ():
            found.setdefault(account_id, (_CANDIDATE_SCORE, "same domain"))
        form = name_form(link.name or _words_of(domain))
        if form is not None:
            alike = process.extract(
                str(form),
                self._forms,
                scorer=fuzz.WRatio,
                limit=limit + len(found),
                score_cutoff=_WORTH_SHOWING,
            )
            for _, score, account_id in alike:
                reason = "same name" if score == _CANDIDATE_SCORE else "similar name"
                found.setdefault(account_id, (score, reason))
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], self._name(item[0]), item[0]))
        return tuple(
            Suggestion(account_id, self._name(account_id), round(score, 1), reason)
            for account_id, (score, reason) in ranked[:limit]
            if account_id in self._accounts
        )

    def _name(self, account_id: AccountId) -> str:
        account = self._accounts.get(account_id)
        return "" if account is None else account.name


def _words_of(domain: str | None) -> str | None:
    """'marlowe-freight.com' as 'marlowe freight'."""
    return None if domain is None else domain.split(".")[-2].replace("-", " ")
