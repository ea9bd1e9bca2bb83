"""What passes between linking and the workspace while data comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.links import AccountKeyLink, SubscriptionOwner
from convergedesk.domain.records import EntityKind, RecordPage


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page whose accounts were looked for.

    Attributes:
        page: As the source handed it in.
        links: What the key of each record means (of each of `usage.accounts` for usage; empty
            for entities without accounts of their own); None where a row names no account.
        touched: The keys that are new or mean something else since the last page.
    """

    page: RecordPage
    links: tuple[AccountKeyLink | None, ...] = ()
    touched: tuple[AccountKeyLink, ...] = ()


@dataclass(slots=True)
class Tally:
    """How the rows of one stream fared. rows = new + changed + unchanged + rejected, always.

    Attributes:
        rows: Physical rows.
        new: Rows that were not known.
        changed: Rows that were known otherwise.
        unchanged: Rows that were known just so; nothing was written.
        rejects: Rows that were not taken, by code.
        waiting: Those of the rejects that are kept and come in once their account is known.
        complete: True once the stream's last page is in.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejects: Counter[str] = field(default_factory=Counter[str])
    waiting: int = 0
    complete: bool = False

    def count(self, fate: str, rows: int = 1) -> None:
        """Count rows as 'new', 'changed' or 'unchanged'."""
        setattr(self, fate, getattr(self, fate) + rows)

    def take_back(self, code: str, rows: int, fate: str) -> None:
        """Count rows that waited as taken after all."""
        self.rejects[code] -= rows
        self.rejects += Counter()
        self.waiting -= rows
        self.count(fate, rows)

    @property
    def imported(self) -> int:
        """Rows that are in the workspace."""
        return self.new + self.changed + self.unchanged

    @property
    def rejected(self) -> int:
        """Rows that were not taken."""
        return self.rejects.total()


@dataclass(frozen=True, slots=True)
class StreamTally:
    """The tally of one stream, with what the stream is."""

    stream: str
    system: SystemKind
    entity: EntityKind
    tally: Tally


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What the workspace made of a page.

    Attributes:
        created: Ids of the accounts that were created, by their provisional ids.
        key_ids: Ids of the keys that were kept, by source and text.
        subscriptions: The subscriptions that the page brought, so that usage finds them.
    """

    created: Mapping[AccountId, AccountId] = field(default_factory=dict[AccountId, AccountId])
    key_ids: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    subscriptions: tuple[SubscriptionOwner, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedParent:
    """The parent company that an accounts list names for an account."""

    account_id: AccountId
    system: SystemKind
    source: str
    external_id: str | None
    domain: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class SubscriptionTerm:
    """First and last day of a subscription; no last day while it runs."""

    starts_on: date
    ends_on: date | None
