"""Which of our accounts a key can mean, by evidence that is exact or absent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.links import DirectoryAccount, FoundBy
from convergedesk.sync.keys import KeyParts
from convergedesk.sync.naming import NameForm, company_domain, name_form

_NOBODY: frozenset[AccountId] = frozenset()
# Every system counts its first customers 1, 2, 3: such an id says nothing in another system.
_SERIAL_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """What the evidence says.

    Attributes:
        account_id: The one account that fits, or None.
        found_by: The evidence that decided, or None.
        candidates: The accounts that fit where several do; empty where none does.
    """

    account_id: AccountId | None = None
    found_by: FoundBy | None = None
    candidates: tuple[AccountId, ...] = ()


UNKNOWN = Finding()


def _one(accounts: frozenset[AccountId]) -> AccountId | None:
    return next(iter(accounts)) if len(accounts) == 1 else None


def _several(*accounts: frozenset[AccountId]) -> Finding:
    return Finding(candidates=tuple(sorted(_NOBODY.union(*accounts))))


@dataclass(slots=True)
class Evidence:
    """Indices over all accounts by id, subscription, domain and name."""

    _ids: defaultdict[str, dict[tuple[SystemKind, str], AccountId]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _subscriptions: defaultdict[str, dict[str, AccountId]] = field(default_factory=lambda: defaultdict(dict))
    _domains: defaultdict[str, set[AccountId]] = field(default_factory=lambda: defaultdict(set))
    _stems: defaultdict[str, defaultdict[str, set[AccountId]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def add_account(self, account: DirectoryAccount) -> None:
        """Make an account findable by its domain and names."""
        domain = company_domain(account.domain)
        if domain is not None:
            self._domains[domain].add(account.id)
        for name in (account.name, *account.aliases):
            form = name_form(name)
            if form is not None:
                self._stems[form.stem][form.legal].add(account.id)

    def add_id(self, system: SystemKind, source: str, external_id: str, account_id: AccountId) -> None:
        """Make an account findable by an id; the same id again moves it."""
        self._ids[external_id][system, source] = account_id

    def add_subscription(self, source: str, external_id: str, account_id: AccountId) -> None:
        """Make an account findable by a subscription."""
        self._subscriptions[external_id][source] = account_id

    def find(self, parts: KeyParts, source: str, *, without: Iterable[AccountId] = ()) -> Finding:
        """The account that a key means, by the strongest evidence that speaks.

        The id as this source knows it, then the subscription, then the same id in any other
        system when one account alone has it, then the domain, then the name. Weaker evidence
        narrows what is ambiguous, and where domain and name contradict each other nobody is
        chosen.

        Args:
            parts: The key.
            source: The source that it comes from.
            without: Accounts that only the source's own id may mean.
        """
        known = self._known_id(parts, source)
        if known is not None:
            return Finding(known, FoundBy.ID)
        left_aside = frozenset(without)
        if parts.subscription is not None:
            owners = self._subscription_owners(parts.subscription, source) - left_aside
            if owners:
                return self._narrowed(owners, FoundBy.SUBSCRIPTION, parts)
        elsewhere = self._elsewhere(parts.external_id) - left_aside
        if elsewhere and not self._contradicted(elsewhere, parts):
            return self._narrowed(elsewhere, FoundBy.ID, parts)
        described = self._described(parts, left_aside)
        if elsewhere:
            return _several(elsewhere, frozenset(described.candidates), _as_set(described.account_id))
        return described

    def _described(self, parts: KeyParts, left_aside: frozenset[AccountId]) -> Finding:
        by_domain = self._by_domain(parts.domain) - left_aside
        by_name = self._by_name(parts.name) - left_aside
        if by_domain and by_name:
            both = by_domain & by_name
            one = _one(both)
            if one is not None:
                return Finding(one, FoundBy.DOMAIN if len(by_domain) == 1 else FoundBy.NAME)
            return _several(both or by_domain | by_name)
        for found, evidence in ((by_domain, FoundBy.DOMAIN), (by_name, FoundBy.NAME)):
            one = _one(found)
            if one is not None:
                return Finding(one, evidence)
            if found:
                return _several(found)
        return UNKNOWN

    def _elsewhere(self, external_id: str | None) -> frozenset[AccountId]:
        return frozenset(self._ids[external_id].values()) if external_id in self._ids else _NOBODY

    def _known_id(self, parts: KeyParts, source: str) -> AccountId | None:
        if parts.external_id is None or parts.external_id not in self._ids:
            return None
        return self._ids[parts.external_id].get((parts.system, source))

    def _subscription_owners(self, subscription: str, source: str) -> frozenset[AccountId]:
        owners = self._subscriptions.get(subscription, {})
        own = owners.get(source)
        return frozenset(owners.values()) if own is None else frozenset((own,))

    def _narrowed(self, accounts: frozenset[AccountId], found_by: FoundBy, parts: KeyParts) -> Finding:
        one = _one(accounts)
        if one is None:
            one = _one(accounts & (self._by_domain(parts.domain) | self._by_name(parts.name)))
        return _several(accounts) if one is None else Finding(one, found_by)

    def _contradicted(self, accounts: frozenset[AccountId], parts: KeyParts) -> bool:
        """True for a serial number that another system happens to use for a company called otherwise."""
        serial = parts.external_id or ""
        if not (serial.isdigit() and len(serial) <= _SERIAL_DIGITS):
            return False
        described = self._by_domain(parts.domain) | self._by_name(parts.name)
        return (parts.domain is not None or parts.name is not None) and not accounts & described

    def _by_domain(self, domain: str | None) -> frozenset[AccountId]:
        return frozenset(self._domains[domain]) if domain is not None and domain in self._domains else _NOBODY

    def _by_name(self, name: NameForm | None) -> frozenset[AccountId]:
        """Accounts of exactly that name; a legal form that only one side states does not part them."""
        if name is None or name.stem not in self._stems:
            return _NOBODY
        legals = self._stems[name.stem]
        if name.legal in legals:
            return frozenset(legals[name.legal])
        if name.legal:
            return frozenset(legals[""]) if "" in legals else _NOBODY
        return _NOBODY.union(*legals.values())


def _as_set(account_id: AccountId | None) -> frozenset[AccountId]:
    return _NOBODY if account_id is None else frozenset((account_id,))
