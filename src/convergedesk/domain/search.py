"""What a person looks for, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.audience import Audience

Span = tuple[int, int]
"""Where a match begins and ends in a text, in characters."""


class SearchKind(StrEnum):
    """What can be found; in this order the groups are shown."""

    ACCOUNT = "account"
    PERSON = "person"
    TICKET = "ticket"
    GOAL = "goal"
    NOTE = "note"
    ACTION = "action"
    CHECK_IN = "check_in"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places that match what was typed.

    Attributes:
        text: One line.
        spans: Where the typed words stand in it, in order, without overlap.
    """

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing that was found.

    Attributes:
        kind: What it is.
        id: Its id among its kind.
        title: Its name, subject or words.
        account_id: Whose it is (of an account, itself); None for a colleague's.
        account: That account's name; empty where `title` is that name.
        about: A second piece of text: what was said in a ticket, a person's job, an account's domain.
        audience: Who may see what the hit shows: of a ticket that is the message in `about`. None where
            the kind has no audience.
        number: A ticket's number; empty elsewhere.
        state: A ticket's status, a goal's or a request's state, 'done' or 'open' for an action, a person's
            role, an account's lifecycle; as kept, for code and not for eyes.
        at: When a ticket was opened, a note written, a contact held, feedback given; else None.
        due_on: When a goal or an action is due, or None.
        message_id: Of a ticket that was found by what was said in it, the message in `about`; else None.
    """

    kind: SearchKind
    id: int
    title: Marked
    account_id: AccountId | None = None
    account: Marked = Marked("")
    about: Marked = Marked("")
    audience: Audience | None = None
    number: Marked = Marked("")
    state: str = ""
    at: datetime | None = None
    due_on: date | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Hits of one kind, best first."""

    kind: SearchKind
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What was found.

    Attributes:
        text: What was typed.
        groups: One for each kind of which something was found.
    """

    text: str
    groups: tuple[SearchGroup, ...]

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """All hits in the order in which they are shown."""
        return tuple(hit for group in self.groups for hit in group.hits)


_PREFIXES = {"#": SearchKind.TICKET, "@": SearchKind.PERSON}


def only_kind(text: str) -> tuple[SearchKind | None, str]:
    """Read the filter at the beginning: `#` leaves tickets, `@` people.

    Returns:
        The kind to which the search is narrowed, or None, and the rest of the text.
    """
    stripped = text.strip()
    kind = _PREFIXES.get(stripped[:1])
    return kind, stripped if kind is None else stripped[1:].strip()
