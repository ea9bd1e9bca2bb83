"""How the names that other systems give an account come to mean one of our accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from convergedesk.domain.accounts import AccountId, ExternalReference, SystemKind


class KeyState(StrEnum):
    """Whether it is known which account a key means."""

    LINKED = "linked"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    IGNORED = "ignored"


class FoundBy(StrEnum):
    """What linked a key to its account; the strongest evidence first."""

    PERSON = "person"
    NEW = "new"
    ID = "id"
    SUBSCRIPTION = "subscription"
    DOMAIN = "domain"
    NAME = "name"


class DecisionKind(StrEnum):
    """What a person decided about links."""

    LINK = "link"
    CREATE = "create"
    IGNORE = "ignore"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class AccountKeyLink:
    """A key under which a source names an account, and what it means so far.

    Attributes:
        system: The system whose key it is.
        source: Name of the source in this workspace.
        text: The canonical text, unique within system and source: 'subscription:S-1',
            'id:0013000000AbCdEAAV', 'domain:acme.com', 'name:acme', 'domain:acme.com name:acme'.
        state: Linked, unknown, ambiguous or ignored.
        account_id: The account while linked, otherwise None. Negative inside one page for an
            account that the page itself creates.
        found_by: What linked it, or None while it waits.
        by_hand: True where a person decided; nothing but a person changes it then.
        external_id: As the rows write it, or None. So too `domain` and `name`.
        candidates: The accounts that fit while it is ambiguous.
        stated: True where an accounts list has a row under this key.
        id: Our own id of the key, or None before it is kept.
    """

    system: SystemKind
    source: str
    text: str
    state: KeyState
    account_id: AccountId | None = None
    found_by: FoundBy | None = None
    by_hand: bool = False
    external_id: str | None = None
    domain: str | None = None
    name: str | None = None
    candidates: tuple[AccountId, ...] = ()
    stated: bool = False
    id: int | None = None

    @property
    def label(self) -> str:
        """What a person would call it: the name, else the domain, else the id."""
        return self.name or self.domain or self.external_id or self.text.split(":", 2)[-1]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An account that a waiting key may mean.

    Attributes:
        account_id: The account.
        account_name: Its name.
        score: 0 to 100, 100 for equal names.
        reason: In plain words, such as 'same domain'.
    """

    account_id: AccountId
    account_name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class UnlinkedKey:
    """An entry of the Unlinked list.

    Attributes:
        key_id: Our id of the key.
        link: The key.
        rows: How many rows wait for it, usage included.
        entities: What the waiting rows are, such as ('tickets', 'usage').
        example: One waiting row as text, or empty.
        first_seen_at: When it first came in, UTC.
        suggestions: Accounts that it may mean, the best first.
    """

    key_id: int
    link: AccountKeyLink
    rows: int
    entities: tuple[str, ...]
    example: str
    first_seen_at: datetime
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """Something that a person decided about links, and can undo.

    Attributes:
        id: Our own id.
        kind: Link, create, ignore, merge or split.
        decided_at: UTC.
        author: Who, or empty.
        account_id: The account that was linked to, created, kept by a merge or split off.
        other_account_id: The account merged away, or split from.
        labels: What the keys concerned are called.
        undone_at: When it was undone, or None.
    """

    id: int
    kind: DecisionKind
    decided_at: datetime
    author: str
    account_id: AccountId | None
    other_account_id: AccountId | None
    labels: tuple[str, ...]
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkChange:
    """What a decision, or undoing one, changed.

    Attributes:
        decision_id: The decision, for undoing it.
        account_id: The account that was linked to, created or kept; None for ignoring.
        accounts: The accounts whose data changed.
        rows: Rows that waited and came in.
    """

    decision_id: int | None
    account_id: AccountId | None
    accounts: frozenset[AccountId]
    rows: int


@dataclass(frozen=True, slots=True)
class DirectoryAccount:
    """What linking knows of an account.

    Attributes:
        id: Our own id.
        name: Its name.
        domain: Its domain, or None.
        aliases: Further names that accounts lists state for it.
    """

    id: AccountId
    name: str
    domain: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriptionOwner:
    """Whose subscription it is, and when it runs; days as in `Subscription`."""

    source: str
    external_id: str
    account_id: AccountId
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class LinkingState:
    """Everything that linking starts from, as the workspace holds it.

    Attributes:
        accounts: Every account that is shown.
        keys: Every key seen so far.
        references: Ids by which accounts are known beside their keys.
        subscriptions: Whose subscription is whose.
        has_accounts_list: True once a CRM has stated which accounts there are.
    """

    accounts: tuple[DirectoryAccount, ...] = ()
    keys: tuple[AccountKeyLink, ...] = ()
    references: tuple[tuple[ExternalReference, AccountId], ...] = ()
    subscriptions: tuple[SubscriptionOwner, ...] = ()
    has_accounts_list: bool = False
