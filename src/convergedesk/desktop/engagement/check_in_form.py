"""What a person typed about a contact, and what is still wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.engagement import Action, CheckIn, ContactChannel
from convergedesk.figures.wording import day

_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def parse_time(text: str) -> time | None:
    """A typed time of day: '9:45', '09.45', '0945', '9', '2:10 pm'; None where it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@dataclass(frozen=True, slots=True)
class CheckInForm:
    """The fields of the check-in dialog as they stand.

    Attributes:
        names: Who of them took part.
        day: On which day, the customer's, or None.
        time: At what time there, as typed.
        channel: How.
        summary: What was said.
        next_step: What follows.
        as_action: True where the next step becomes an action.
        owner: Whose action.
        due_on: By when, or None.
        author: Who of us.
    """

    names: tuple[str, ...] = ()
    day: date | None = None
    time: str = ""
    channel: ContactChannel = ContactChannel.CALL
    summary: str = ""
    next_step: str = ""
    as_action: bool = False
    owner: str = ""
    due_on: date | None = None
    author: str = ""

    def problems(self, today: date) -> dict[str, str]:
        """What keeps the contact from being logged: field name to a plain sentence."""
        found: dict[str, str] = {}
        if not self.summary.strip():
            found["summary"] = "Say in a sentence what was said."
        if self.day is None:
            found["day"] = "Say on which day it was."
        elif self.day > today:
            found["day"] = f"A check-in is logged after it took place; today is {day(today)}."
        if parse_time(self.time) is None:
            found["time"] = "Write the time like 14:30."
        if self.as_action and not self.next_step.strip():
            found["next_step"] = "Say what is to be done."
        return found

    @property
    def is_blank(self) -> bool:
        """True where nothing was said yet."""
        return not (self.names or self.summary.strip() or self.next_step.strip())

    def check_in(self, account_id: AccountId, zone: tzinfo) -> CheckIn:
        """The contact to log. Raises ValueError where `problems` names the day or the time."""
        at = parse_time(self.time)
        if self.day is None or at is None:
            raise ValueError("a check-in needs a day and a time")
        held = datetime.combine(self.day, at, tzinfo=zone).astimezone(UTC)
        return CheckIn(
            account_id,
            held,
            self.channel,
            self.author.strip(),
            self.names,
            self.summary.strip(),
            self.next_step.strip(),
        )

    def action(self, account_id: AccountId) -> Action | None:
        """The action that follows, or None."""
        if not self.as_action:
            return None
        return Action(account_id, self.next_step.strip(), self.owner.strip(), self.due_on)

    def to_draft(self) -> dict[str, object]:
        """The fields as JSON can hold them."""
        kept = asdict(self)
        for name in ("day", "due_on"):
            kept[name] = None if kept[name] is None else kept[name].isoformat()
        return {**kept, "names": list(self.names), "channel": self.channel.value}


def form_of(check_in: CheckIn, zone: tzinfo) -> CheckInForm:
    """The form filled with a contact, as the dialog opens for editing."""
    local = check_in.held_at.astimezone(zone)
    return CheckInForm(
        names=check_in.attendees,
        day=local.date(),
        time=f"{local:%H:%M}",
        channel=check_in.channel,
        summary=check_in.summary,
        next_step=check_in.next_step,
        author=check_in.author,
    )


def from_draft(kept: Mapping[str, Any], blank: CheckInForm) -> CheckInForm:
    """A form that was not logged yet; fields that cannot be read stay as in `blank`."""
    form = blank
    for name in ("time", "summary", "next_step", "owner", "author"):
        if isinstance(kept.get(name), str):
            form = replace(form, **{name: kept[name]})
    names: Any = kept.get("names")
    if isinstance(names, list):
        form = replace(form, names=tuple(str(name) for name in names))
    try:
        form = replace(
            form,
            channel=ContactChannel(kept.get("channel", blank.channel)),
            day=_day(kept.get("day")) or blank.day,
            due_on=_day(kept.get("due_on")),
        )
    except (TypeError, ValueError):
        return replace(form, as_action=bool(kept.get("as_action")))
    return replace(form, as_action=bool(kept.get("as_action")))


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
