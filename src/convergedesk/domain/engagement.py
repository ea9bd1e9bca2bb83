"""What people did with an account: contacts logged, notes written, actions owed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from convergedesk.domain.accounts import AccountId, PersonId
from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import TicketId

CheckInId = NewType("CheckInId", int)
NoteId = NewType("NoteId", int)
ActionId = NewType("ActionId", int)


class ContactChannel(StrEnum):
    """How a contact took place."""

    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    CHAT = "chat"


class Pulse(StrEnum):
    """The success manager's own judgement of a relationship, beside all figures."""

    GOOD = "good"
    UNSURE = "unsure"
    AT_RISK = "at_risk"


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
        attendee_ids: Those of `attendees` who are known persons, in the same order.
        id: Our own id; 0 before it is kept.
    """

    account_id: AccountId
    held_at: datetime
    channel: ContactChannel
    author: str
    attendees: tuple[str, ...]
    summary: str
    next_step: str = ""
    attendee_ids: tuple[PersonId, ...] = ()
    id: CheckInId = CheckInId(0)


@dataclass(frozen=True, slots=True)
class Note:
    """Free text on an account; internal unless shared on purpose.

    Attributes:
        account_id: The customer.
        written_at: When it was begun, UTC.
        author: Who of us.
        body: Markdown. `![words](picture:DIGEST)` shows a picture that the workspace holds.
        audience: Internal unless somebody shared it.
        pulse: How the author judged the relationship then, or None.
        pulse_reason: Why, in a few words; never for the customer.
        updated_at: When it was last written to, or None before it is kept.
        id: Our own id; 0 before it is kept.
    """

    account_id: AccountId
    written_at: datetime
    author: str
    body: str
    audience: Audience = Audience.INTERNAL
    pulse: Pulse | None = None
    pulse_reason: str = ""
    updated_at: datetime | None = None
    id: NoteId = NoteId(0)


@dataclass(frozen=True, slots=True)
class Action:
    """Something promised, with an owner and a date.

    Attributes:
        account_id: The customer that it concerns.
        title: What is to be done, verb first.
        owner: Who answers for it; empty while nobody does.
        due_on: By which day, or None.
        done_on: The day it was done, or None while it is open.
        audience: Internal unless somebody shared it.
        check_in_id: The contact in which it was promised, or None.
        id: Our own id; 0 before it is kept.
    """

    account_id: AccountId
    title: str
    owner: str
    due_on: date | None
    done_on: date | None = None
    audience: Audience = Audience.INTERNAL
    check_in_id: CheckInId | None = None
    id: ActionId = ActionId(0)

    def days_overdue(self, today: date) -> int:
        """How many days an open action is past its day; 0 where it is not."""
        if self.done_on is not None or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)


@dataclass(frozen=True, slots=True)
class AccountAction:
    """An action with the account that it belongs to, for lists across accounts."""

    action: Action
    account_name: str


@dataclass(frozen=True, slots=True)
class AccountNote:
    """A note with the account that it is about, and who of us it mentions.

    Attributes:
        note: The note.
        account_name: What the account is called.
        mentioned: Names, in the order in which they stand.
    """

    note: Note
    account_name: str
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that notes show, kept in the workspace and named by its content.

    Attributes:
        digest: SHA-256 of `content`, hexadecimal; what a note's text names.
        media_type: 'image/png' or 'image/jpeg'.
        width: In pixels.
        height: In pixels.
        content: The encoded picture.
    """

    digest: str
    media_type: str
    width: int
    height: int
    content: bytes


_PICTURE_NAMED = re.compile(r"picture:([0-9a-f]{64})")


def pictures_named(text: str) -> tuple[str, ...]:
    """The digests of the pictures that a note's text shows, in order, each once."""
    return tuple(dict.fromkeys(_PICTURE_NAMED.findall(text)))


@dataclass(frozen=True, slots=True)
class TicketContact:
    """The last time that somebody spoke through the support desk.

    Attributes:
        who: Name or address, as the desk has it.
        at: When, UTC.
        ticket_id: In which ticket.
        number: Its number.
        wrote: True for a message in it, False for opening it.
    """

    who: str
    at: datetime
    ticket_id: TicketId
    number: str
    wrote: bool


@dataclass(frozen=True, slots=True)
class LastContact:
    """When a person was last in touch, and how that is known.

    Attributes:
        at: When, UTC.
        channel: How, where a check-in says it; None where the support desk does.
        ticket_id: The ticket in which they spoke, or None.
        number: Its number; empty without one.
        wrote: True where they wrote in the ticket, False where they opened it.
    """

    at: datetime
    channel: ContactChannel | None = None
    ticket_id: TicketId | None = None
    number: str = ""
    wrote: bool = False
