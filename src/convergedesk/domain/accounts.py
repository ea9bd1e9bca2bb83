"""Accounts, the people at them, and the ids under which other systems know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from convergedesk.domain.kinds import AccountId, Lifecycle, PersonId, PersonRole, PodId, SystemKind

__all__ = [
    "Account",
    "AccountId",
    "ExternalReference",
    "Lifecycle",
    "Person",
    "PersonId",
    "PersonRole",
    "Pod",
    "PodId",
    "SystemKind",
]


@dataclass(frozen=True, slots=True)
class Account:
    """A customer company, or one site of it.

    Attributes:
        id: Our own id, stable for the life of the workspace.
        name: As the customer writes it.
        domain: Web domain, lower case without 'www.', or None.
        parent_id: The company that this site belongs to; figures roll up to it.
        tier: The vendor's own segment, such as 'Strategic' or 'Enterprise'.
        industry: Free text.
        country: ISO 3166-1 alpha-2, or None.
        time_zone: IANA name; the account's days are days of this zone.
        currency: The billing currency, ISO 4217, or None where no bill was seen.
        lifecycle: Trial, active or churned.
        owner: The account owner's name, or None.
        success_manager: The success manager's name, or None.
        signed_up_on: First day as a customer, or None.
        renews_on: End of the current term, or None.
        seats: Licensed seats, or None.
        gone_since: When it was missing from a whole list, or None.
        fiscal_month: First month of the customer's fiscal year, or None for the vendor's.
        region: Part of the country with holidays of its own, after ISO 3166-2 without the country, or None.
    """

    id: AccountId
    name: str
    domain: str | None = None
    parent_id: AccountId | None = None
    tier: str | None = None
    industry: str | None = None
    country: str | None = None
    time_zone: str = "UTC"
    currency: str | None = None
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    owner: str | None = None
    success_manager: str | None = None
    signed_up_on: date | None = None
    renews_on: date | None = None
    seats: int | None = None
    gone_since: datetime | None = None
    fiscal_month: int | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class ExternalReference:
    """The id under which another system knows one of our things.

    Attributes:
        system: Kind of system.
        source: Name of the source in this workspace, such as 'files' or 'zendesk'.
        external_id: The id there, exactly as written, except that Salesforce ids are
            kept in their 18-character form.
    """

    system: SystemKind
    source: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a customer, or one of us.

    Attributes:
        id: Our own id.
        name: Full name.
        account_id: The customer that the person works for; None for our own people.
        role: What the person is to us.
        title: Job title, free text.
        email: Address, lower case, or None.
        left_on: The day the person left the company, or None.
    """

    id: PersonId
    name: str
    account_id: AccountId | None
    role: PersonRole
    title: str | None = None
    email: str | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pod:
    """One success manager, some support agents, and the accounts that they share.

    Attributes:
        id: Our own id.
        name: Such as 'Pilot pod'.
        member_ids: Our own people.
        account_ids: Its accounts.
        started_on: The first day on which it worked together, or None where nobody said.
    """

    id: PodId
    name: str
    member_ids: tuple[PersonId, ...] = ()
    account_ids: tuple[AccountId, ...] = ()
    started_on: date | None = None
