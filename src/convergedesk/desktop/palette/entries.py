"""The rows of the palette, and how a hit becomes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from convergedesk.desktop.phrases import near_day
from convergedesk.domain.audience import Audience
from convergedesk.domain.search import Marked, SearchHit, SearchKind
from convergedesk.domain.tickets import TicketStatus


class Part(NamedTuple):
    """A piece of an entry's first line.

    Attributes:
        text: The piece, with what matches.
        tone: Its colour where it does not match.
        medium: True for a name.
    """

    text: Marked
    tone: str = "text"
    medium: bool = False


class Entry(NamedTuple):
    """A row that can be chosen.

    Attributes:
        key: What makes it what it is, so that a choice outlasts a new answer.
        icon: Phosphor name.
        parts: The first line.
        run: Does it.
        note: A second line, such as what was said in a ticket.
        internal: True where the row shows something that is not for the customer.
        trail: A word at the right.
        trail_tone: Its colour.
        trail_icon: The icon before it, or empty.
        keys: Keys that do the same without the palette.
    """

    key: str
    icon: str
    parts: tuple[Part, ...]
    run: Callable[[], object]
    note: Marked = Marked("")
    internal: bool = False
    trail: str = ""
    trail_tone: str = "text_3"
    trail_icon: str = ""
    keys: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The row as a screen reader says it."""
        line = ", ".join(part.text.text for part in self.parts if part.text.text)
        inner = "internal" if self.internal else ""
        return ". ".join(piece for piece in (line, self.note.text, self.trail, inner) if piece)


class Heading(NamedTuple):
    """The name of a group of rows."""

    title: str


Row = Entry | Heading

_ICONS: Final = {
    SearchKind.ACCOUNT: "buildings",
    SearchKind.PERSON: "user",
    SearchKind.TICKET: "ticket",
    SearchKind.GOAL: "target",
    SearchKind.NOTE: "note",
    SearchKind.ACTION: "check-square",
    SearchKind.CHECK_IN: "note-pencil",
    SearchKind.FEEDBACK: "chat-centered-text",
}
_ROLES: Final = {
    "sponsor": "Sponsor",
    "champion": "Champion",
    "buyer": "Buyer",
    "user": "User",
    "success_manager": "Success manager",
    "account_owner": "Account owner",
    "support_agent": "Support agent",
}
_LIFECYCLES: Final = {"trial": "Trial", "churned": "Churned"}
_CHANNELS: Final = {"call": "Call", "meeting": "Meeting", "email": "Email", "chat": "Chat"}


class _Trail(NamedTuple):
    text: str
    tone: str = "text_3"
    icon: str = ""


def entry_of(hit: SearchHit, today: date, run: Callable[[], object]) -> Entry:
    """The row of a hit."""
    title = hit.title if hit.title.text else Marked("Without a title")
    parts = [Part(title, medium=hit.kind in (SearchKind.ACCOUNT, SearchKind.PERSON))]
    if hit.number.text:
        number = Marked(f"#{hit.number.text} ", tuple((a + 1, b + 1) for a, b in hit.number.spans))
        parts.insert(0, Part(number))
    said = hit.kind is SearchKind.TICKET and hit.audience is not None
    beside = [hit.account] if said else [hit.about, hit.account]
    parts += [
        part for text in beside if text.text for part in (Part(Marked(" · "), "text_3"), Part(text, "text_3"))
    ]
    trail = _trail(hit, today)
    return Entry(
        key=f"{hit.kind}:{hit.id}",
        icon=_ICONS[hit.kind],
        parts=tuple(parts),
        run=run,
        note=hit.about if said else Marked(""),
        internal=hit.audience is Audience.INTERNAL,
        trail=trail.text,
        trail_tone=trail.tone,
        trail_icon=trail.icon,
    )


def _trail(hit: SearchHit, today: date) -> _Trail:
    if hit.kind is SearchKind.TICKET:
        return _ticket_trail(hit, today)
    if hit.kind is SearchKind.ACCOUNT:
        return _Trail(_LIFECYCLES.get(hit.state, "Account"))
    if hit.kind is SearchKind.PERSON:
        return (
            _Trail("Left the company") if hit.due_on is not None else _Trail(_ROLES.get(hit.state, "Person"))
        )
    if hit.kind is SearchKind.GOAL:
        return _goal_trail(hit, today)
    if hit.kind is SearchKind.ACTION:
        return _action_trail(hit, today)
    when = "" if hit.at is None else near_day(hit.at.date(), today)
    what = "Feedback" if hit.kind is SearchKind.FEEDBACK else "Note"
    if hit.kind is SearchKind.CHECK_IN:
        what = _CHANNELS.get(hit.state, "Contact")
    return _Trail(f"{what}, {when}" if when else what)


def _ticket_trail(hit: SearchHit, today: date) -> _Trail:
    opened = "" if hit.at is None else near_day(hit.at.date(), today)
    if hit.state == TicketStatus.CLOSED:
        return _Trail(f"Closed, opened {opened}" if opened else "Closed")
    word = "Pending" if hit.state == TicketStatus.PENDING else "Open"
    icon = "hourglass-medium" if hit.state == TicketStatus.PENDING else "circle"
    return _Trail(f"{word} since {opened}" if opened else word, "text_2", icon)


def _goal_trail(hit: SearchHit, today: date) -> _Trail:
    if hit.state == "reached":
        return _Trail("Reached", "good", "flag-banner")
    if hit.state == "dropped":
        return _Trail("Dropped")
    return _due(hit.due_on, today) or _Trail("Goal")


def _action_trail(hit: SearchHit, today: date) -> _Trail:
    if hit.state == "done":
        return _Trail("Done", "good", "check-circle")
    return _due(hit.due_on, today) or _Trail("Action")


def _due(day: date | None, today: date) -> _Trail | None:
    if day is None:
        return None
    if day < today:
        return _Trail(f"Overdue since {near_day(day, today)}", "critical", "warning-octagon")
    return _Trail(f"Due {near_day(day, today)}")
