"""Contacts, pulses, actions and roles as the screens print them."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import NamedTuple

from convergedesk.desktop.phrases import long_day, near_day
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.engagement import Action, ContactChannel, LastContact, Pulse
from convergedesk.figures.note_text import PULSE_WORDS
from convergedesk.figures.wording import count

CHANNELS = (
    (ContactChannel.CALL, "Call"),
    (ContactChannel.MEETING, "Meeting"),
    (ContactChannel.EMAIL, "Email"),
    (ContactChannel.CHAT, "Chat"),
)
CHANNEL_ICONS = {
    ContactChannel.CALL: "phone",
    ContactChannel.MEETING: "users",
    ContactChannel.EMAIL: "envelope-simple",
    ContactChannel.CHAT: "chat-centered-text",
}
CUSTOMER_ROLES = (
    (PersonRole.SPONSOR, "Sponsor"),
    (PersonRole.CHAMPION, "Champion"),
    (PersonRole.BUYER, "Buyer"),
    (PersonRole.USER, "User"),
)
OWN_ROLES = (
    (PersonRole.SUCCESS_MANAGER, "Success manager"),
    (PersonRole.SUPPORT_AGENT, "Support agent"),
    (PersonRole.ACCOUNT_OWNER, "Account owner"),
)
ROLE_WORDS = {**dict(CUSTOMER_ROLES), **dict(OWN_ROLES)}
PULSES = ((None, "No pulse"), *((pulse, PULSE_WORDS[pulse]) for pulse in Pulse))
_PULSE_LOOKS = {
    Pulse.GOOD: ("good", "smiley"),
    Pulse.UNSURE: ("warning", "smiley-meh"),
    Pulse.AT_RISK: ("critical", "smiley-sad"),
}
_SOON_DAYS = 6


class Words(NamedTuple):
    """A short text with its tone and icon."""

    text: str
    tone: str
    icon: str


def pulse_badge(pulse: Pulse) -> BadgeValue:
    """A pulse as a badge."""
    kind, icon = _PULSE_LOOKS[pulse]
    return BadgeValue(PULSE_WORDS[pulse], kind, icon)


def due_words(action: Action, today: date) -> Words:
    """Where an action stands: '2 days late', 'due Fri 11 Dec', 'done 4 Dec'."""
    if action.done_on is not None:
        return Words(f"done {near_day(action.done_on, today)}", "text_3", "")
    if action.due_on is None:
        return Words("no date", "text_3", "")
    late = action.days_overdue(today)
    if late:
        return Words(f"{count(late, 'day')} late", "warning", "clock")
    if action.due_on == today:
        return Words("due today", "text", "clock")
    weekday = long_day(action.due_on)[:3]
    return Words(f"due {weekday} {near_day(action.due_on, today)}", "text_3", "")


def is_soon(action: Action, today: date) -> bool:
    """Whether an open action is due within a week."""
    return action.due_on is not None and 0 <= (action.due_on - today).days <= _SOON_DAYS


def contact_words(contact: LastContact | None, today: date, zone: tzinfo) -> tuple[str, str]:
    """When somebody was last in touch, and how that is known: '7 Dec, 3 days ago', 'call'."""
    if contact is None:
        return "Never", "no check-in and no ticket"
    on = contact.at.astimezone(zone).date()
    days = (today - on).days
    ago = "today" if days <= 0 else "yesterday" if days == 1 else f"{count(days, 'day')} ago"
    if contact.channel is not None:
        how = dict(CHANNELS)[contact.channel].lower()
        return f"{near_day(on, today)}, {ago}", f"check-in, {how}"
    verb = "wrote in" if contact.wrote else "opened"
    return f"{near_day(on, today)}, {ago}", f"{verb} ticket #{contact.number}"
