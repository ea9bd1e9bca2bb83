"""What people did with an account: contacts logged, notes written, actions owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience


class ContactChannel(StrEnum):
    """How a contact took place."""

    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A logged contact with a customer.

    Attributes:
        account_id: The customer.
        held_at: When, UTC.
        channel: How.
        author: Who of us.
        attendees: Who of them, as names.
        summary: What was said.
        next_step: What follows; may be empty.
    """

    account_id: AccountId
    held_at: datetime
    channel: ContactChannel
    author: str
    attendees: tuple[str, ...]
    summary: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Free text on an account; internal unless shared on purpose."""

    account_id: AccountId
    written_at: datetime
    author: str
    body: str
    audience: Audience = Audience.INTERNAL


@dataclass(frozen=True, slots=True)
class Action:
    """Something promised, with an owner and a date."""

    account_id: AccountId
    title: str
    owner: str
    due_on: date | None
    done_on: date | None = None
