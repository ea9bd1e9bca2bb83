"""Finds the account that a row means, and remembers every key it has seen.

A key that was linked once stays linked until a person decides otherwise, so importing the
same files again gives the same result whatever was added in between. Nothing is ever linked
because it looks similar: what does not fit exactly one account waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.links import AccountKeyLink, DirectoryAccount, FoundBy, KeyState, LinkingState
from convergedesk.domain.records import AccountKey, AccountRecord
from convergedesk.sync.evidence import Evidence, Finding
from convergedesk.sync.keys import KeyParts, external_id_form, key_parts

_Place = tuple[SystemKind, str]
# An accounts list that states an id outweighs what was only inferred.
_INFERRED = frozenset({FoundBy.SUBSCRIPTION, FoundBy.DOMAIN, FoundBy.NAME})


class Linker:
    """Links keys to accounts for the length of one run.

    Attributes:
        has_accounts_list: True once a CRM has stated which accounts there are.
    """

    def __init__(self, state: LinkingState) -> None:
        """Start from what the workspace knows."""
        self.has_accounts_list = state.has_accounts_list
        self._evidence = Evidence()
        self._keys: dict[tuple[str, str], AccountKeyLink] = {}
        self._with_id: defaultdict[_Place, set[AccountId]] = defaultdict(set)
        self._touched: dict[tuple[str, str], AccountKeyLink] = {}
        self._described: list[DirectoryAccount] = []
        self._provisional = 0
        self._asked: dict[tuple[AccountKey, SystemKind, str], AccountKeyLink | None] = {}
        for account in state.accounts:
            self._evidence.add_account(account)
        for reference, account_id in state.references:
            external_id = external_id_form(reference.external_id)
            if external_id is not None:
                self._add_id(reference.system, reference.source, external_id, account_id)
        for subscription in state.subscriptions:
            self.add_subscription(subscription.source, subscription.external_id, subscription.account_id)
        for link in state.keys:
            self._keys[link.source, link.text] = link
            self._learn_id(link)

    @property
    def waiting(self) -> tuple[AccountKeyLink, ...]:
        """The keys whose account is not known, in the order in which they were first seen."""
        return tuple(link for link in self._keys.values() if _is_open(link))

    def link(self, key: AccountKey, system: SystemKind, source: str) -> AccountKeyLink | None:
        """What a row's key means; None where the row names no account at all.

        Args:
            key: As the row states it.
            system: The system whose ids `key.external_id` holds.
            source: Name of the source.
        """
        asked = (key, system, source)
        if asked not in self._asked:
            self._asked[asked] = self._find(key, system, source)
        return self._asked[asked]

    def link_account(self, record: AccountRecord, system: SystemKind, source: str) -> AccountKeyLink:
        """What a row of an accounts list means. A CRM's row creates the account that it lacks."""
        parts = _account_parts(record, system)
        link = self._remembered(parts, record.external_id, record.domain, record.name, source)
        if not link.stated:
            link = self._keep(replace(link, stated=True))
        if _is_open(link):
            link = self._decided(link, self._find_account(record, parts, source))
        if link.state is KeyState.UNKNOWN and system is SystemKind.CRM:
            link = self._new(link)
        if system is SystemKind.CRM:
            self.has_accounts_list = True
        if link.account_id is not None:
            self._described.append(DirectoryAccount(link.account_id, record.name, record.domain))
            self._link_references(record, link.account_id, source)
        return link

    def account_of(self, key: AccountKey, system: SystemKind, source: str) -> AccountId | None:
        """The account that a key means by now, without remembering the key."""
        parts = key_parts(key, system)
        known = self._keys.get((source, parts.text or ""))
        if known is not None and known.account_id is not None:
            return known.account_id
        return self._evidence.find(parts, source).account_id

    def found(self, link: AccountKeyLink) -> AccountKeyLink:
        """Create an account for a key that waits, unless it can be linked by now."""
        found = self.retry(link)
        return self._new(found) if found.state is KeyState.UNKNOWN else found

    def retry(self, link: AccountKeyLink) -> AccountKeyLink:
        """Try again to link a key that waits."""
        subscription = link.text.partition(":subscription:")[2] or None
        parts = key_parts(AccountKey(link.external_id, link.domain, link.name, subscription), link.system)
        found = self._decided(link, self._look(parts, link.source, stated=link.stated))
        is_crm_row = found.stated and found.system is SystemKind.CRM
        return self._new(found) if is_crm_row and found.state is KeyState.UNKNOWN else found

    def add_subscription(self, source: str, external_id: str, account_id: AccountId) -> None:
        """Make an account findable by a subscription."""
        self._evidence.add_subscription(source, external_id, account_id)

    def take_touched(self) -> tuple[AccountKeyLink, ...]:
        """The keys that are new or mean something else since the last call; the page keeps them."""
        touched = tuple(self._touched.values())
        self._touched.clear()
        self._asked.clear()
        return touched

    def accept(self, created: Mapping[AccountId, AccountId], kept: Mapping[tuple[str, str], int]) -> None:
        """Learn what the store made of a page.

        Args:
            created: The id of every account that was created, by its provisional id.
            kept: The id of every key that was kept, by source and text.
        """
        for place, key_id in kept.items():
            link = self._keys[place]
            account_id = (
                link.account_id if link.account_id is None else created.get(link.account_id, link.account_id)
            )
            self._keys[place] = replace(link, id=key_id, account_id=account_id)
            self._learn_id(self._keys[place])
        for account in self._described:
            self._evidence.add_account(replace(account, id=created.get(account.id, account.id)))
        self._described.clear()

    def _find(self, key: AccountKey, system: SystemKind, source: str) -> AccountKeyLink | None:
        parts = key_parts(key, system)
        if parts.text is None:
            return None
        link = self._remembered(parts, key.external_id, key.domain, key.name, source)
        return self._decided(link, self._look(parts, source, stated=False)) if _is_open(link) else link

    def _look(self, parts: KeyParts, source: str, *, stated: bool) -> Finding:
        """The evidence for a key.

        A CRM that gives two companies two ids means two accounts, whatever they are called; so
        does every other system while no CRM has said which accounts there are.
        """
        crm_row = stated and parts.system is SystemKind.CRM
        no_list_yet = not self.has_accounts_list and parts.subscription is None
        apart = parts.external_id is not None and (crm_row or no_list_yet)
        without = self._with_id[parts.system, source] if apart else ()
        return self._evidence.find(parts, source, without=without)

    def _remembered(
        self, parts: KeyParts, external_id: str | None, domain: str | None, name: str | None, source: str
    ) -> AccountKeyLink:
        """The key as it is known, filled in by what this row says."""
        text = parts.text or ""
        known = self._keys.get((source, text))
        if known is None:
            link = AccountKeyLink(parts.system, source, text, KeyState.UNKNOWN)
            link = replace(link, external_id=external_id, domain=domain, name=name)
            return self._keep(link)
        filled = replace(
            known,
            external_id=known.external_id or external_id,
            domain=known.domain or domain,
            name=known.name or name,
        )
        return known if filled == known else self._keep(filled)

    def _find_account(self, record: AccountRecord, parts: KeyParts, source: str) -> Finding:
        by_reference = {
            found.account_id
            for reference in record.references
            if (
                found := self._evidence.find(
                    _reference_parts(reference.system, reference.external_id), source
                )
            )
            and found.account_id is not None
        }
        if len(by_reference) == 1:
            return Finding(by_reference.pop(), FoundBy.ID)
        if by_reference:
            return Finding(candidates=tuple(sorted(by_reference)))
        return self._look(parts, source, stated=True)

    def _link_references(self, record: AccountRecord, account_id: AccountId, source: str) -> None:
        for reference in record.references:
            parts = _reference_parts(reference.system, reference.external_id)
            if parts.text is None:
                continue
            link = self._remembered(parts, reference.external_id, None, None, reference.source or source)
            inferred = link.found_by in _INFERRED and link.account_id != account_id
            if not link.by_hand and (link.state is not KeyState.LINKED or inferred):
                self._decided(link, Finding(account_id, FoundBy.ID))

    def _decided(self, link: AccountKeyLink, finding: Finding) -> AccountKeyLink:
        if finding.account_id is not None:
            state = KeyState.LINKED
        else:
            state = KeyState.AMBIGUOUS if finding.candidates else KeyState.UNKNOWN
        decided = replace(
            link,
            state=state,
            account_id=finding.account_id,
            found_by=finding.found_by,
            candidates=finding.candidates,
        )
        return link if decided == link else self._keep(decided)

    def _new(self, link: AccountKeyLink) -> AccountKeyLink:
        self._provisional -= 1
        account_id = AccountId(self._provisional)
        self._described.append(DirectoryAccount(account_id, link.name or link.label, link.domain))
        return self._decided(link, Finding(account_id, FoundBy.NEW))

    def _keep(self, link: AccountKeyLink) -> AccountKeyLink:
        self._keys[link.source, link.text] = link
        self._touched[link.source, link.text] = link
        return link

    def _learn_id(self, link: AccountKeyLink) -> None:
        is_id = link.text.startswith(f"{link.system}:id:")
        external_id = external_id_form(link.external_id)
        if is_id and external_id is not None and link.account_id is not None:
            self._add_id(link.system, link.source, external_id, link.account_id)

    def _add_id(self, system: SystemKind, source: str, external_id: str, account_id: AccountId) -> None:
        self._evidence.add_id(system, source, external_id, account_id)
        self._with_id[system, source].add(account_id)


def _is_open(link: AccountKeyLink) -> bool:
    return not link.by_hand and link.state in {KeyState.UNKNOWN, KeyState.AMBIGUOUS}


def _account_parts(record: AccountRecord, system: SystemKind) -> KeyParts:
    """The parts of an accounts row: its id, else its name; the domain only helps to find it."""
    parts = key_parts(AccountKey(record.external_id, record.domain, record.name), system)
    if parts.external_id is None:
        name = parts.name or record.name.strip()
        return replace(parts, text=f"{system}:name:{name}")
    return parts


def _reference_parts(system: SystemKind, external_id: str) -> KeyParts:
    return key_parts(AccountKey(external_id), system)
