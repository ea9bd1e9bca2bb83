"""Conversations of tickets, put together from what the two sides usually write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from convergedesk.workspace.sample.plan import Message, PersonPlan, TicketPlan
from convergedesk.workspace.sample.sentences import FOLLOW_UPS, talk_of
from convergedesk.workspace.sample.talk import Talk
from convergedesk.workspace.sample.vocabulary import TRADES

_JOINTS = ("Meanwhile {}.", "As long as it lasts, {}.", "The effect for us: {}.", "Right now {}.")
_FEW = ("two", "three", "four", "five", "six", "eight")


class ConversationWriter:
    """Writes the messages of one account's tickets from a stream of random numbers."""

    def __init__(self, industry: str, people: tuple[PersonPlan, ...], stream: np.random.Generator) -> None:
        """Keep the words of the trade, who may write, and the stream."""
        self._trade = TRADES[industry]
        self._titles = {person.name: person.title for person in people}
        self._stream = stream
        self._said: set[str] = set()

    def role_of(self, author: str) -> str:
        """The job title of a customer's person, or 'Support' for one of us."""
        return self._titles.get(author, "Support")

    def is_customer(self, author: str) -> bool:
        """True for people of the account."""
        return author in self._titles

    def write(self, ticket: TicketPlan, manager: str, until: datetime) -> Iterator[Message]:
        """The messages of a ticket in order, none later than `until` (account's wall clock)."""
        talk = talk_of(ticket.pattern, ticket.feature)
        self._said.clear()
        first = ticket.opened + timedelta(minutes=ticket.first_response_minutes or 45)
        slots = self._slots(ticket, first)
        yield Message(ticket.opened, ticket.requester, self._opening(ticket, talk, slots))
        if ticket.first_response_minutes is None or first > until:
            return
        yield Message(first, ticket.assignee, self._two(talk.replies, talk.promises, slots))
        yield from self._between(
            first, ticket.closed or until, list(self._middle(ticket, talk, manager, slots))
        )
        if ticket.closed is None:
            return
        closing = self._one(talk.solutions, slots)
        yield Message(ticket.closed, ticket.assignee, f"{closing} {self._one(_CLOSINGS, slots)}")
        if self._stream.random() < 0.42:
            later = _office(ticket.closed + timedelta(minutes=int(self._stream.integers(4, 400))))
            if ticket.closed < later <= until:
                yield Message(later, ticket.requester, self._one(talk.thanks, slots))

    def _between(
        self, first: datetime, end: datetime, lines: list[tuple[str, str, bool]]
    ) -> Iterator[Message]:
        last = first
        for place, (author, body, internal) in enumerate(lines, start=1):
            share = place / (len(lines) + 1) + 0.1 * float(self._stream.random() - 0.5)
            sent = _office(first + (end - first) * share)
            last = min(max(sent, last + timedelta(minutes=3)), end)
            yield Message(last, author, body, internal)

    def _middle(
        self, ticket: TicketPlan, talk: Talk, manager: str, slots: dict[str, str]
    ) -> Iterator[tuple[str, str, bool]]:
        stream = self._stream
        if stream.random() < 0.55:
            question, answers = talk.questions[self._below(len(talk.questions))]
            yield ticket.assignee, question.format_map(slots), False
            yield ticket.requester, self._one(answers, slots), False
        if stream.random() < (0.75 if ticket.priority.is_high else 0.25):
            yield ticket.assignee, self._one(talk.notes, slots), True
        if ticket.escalated:
            yield manager, self._one(FOLLOW_UPS, slots), True
        if ticket.reopened and talk.returns:
            yield ticket.assignee, self._one(talk.solutions, slots), False
            yield ticket.requester, self._one(talk.returns, slots), False
        elif talk.nudges and stream.random() < 0.3:
            yield ticket.requester, self._one(talk.nudges, slots), False
            yield ticket.assignee, self._one(talk.promises, slots), False

    def _opening(self, ticket: TicketPlan, talk: Talk, slots: dict[str, str]) -> str:
        first = self._one(talk.openings, slots)
        if (ticket.pattern == "fault" or ticket.pattern == "delay") and self._stream.random() < 0.7:
            harm = self._trade.harm[self._below(len(self._trade.harm))]
            return f"{first} {_JOINTS[self._below(len(_JOINTS))].format(harm)}"
        return first

    def _slots(self, ticket: TicketPlan, first: datetime) -> dict[str, str]:
        thing = ticket.thing
        system = self._trade.systems[self._below(len(self._trade.systems))]
        seen = ticket.opened - timedelta(minutes=15 + self._below(110))
        again = first + timedelta(hours=1 + self._below(4))
        return {
            "things": thing,
            "Things": thing[0].upper() + thing[1:],
            "system": system,
            "System": system[0].upper() + system[1:],
            "field": self._trade.fields[self._below(len(self._trade.fields))],
            "feature": ticket.feature,
            "first": ticket.requester.partition(" ")[0],
            "time": f"{seen.hour:02d}:{seen.minute // 5 * 5:02d}",
            "later": f"by {again.hour}:00" if 8 < again.hour < 19 else "tomorrow morning",
            "count": f"{int(np.exp(self._stream.normal(5.5, 1.3))) + 12:,}",
            "few": _FEW[self._below(len(_FEW))],
            "minutes": str(10 + 5 * self._below(9)),
            "days": str(2 + self._below(8)),
            "reference": f"LMP-{1_000 + self._below(8_999)}",
        }

    def _two(self, first: tuple[str, ...], second: tuple[str, ...], slots: dict[str, str]) -> str:
        return f"{self._one(first, slots)} {self._one(second, slots)}"

    def _one(self, pool: tuple[str, ...], slots: dict[str, str]) -> str:
        """A sentence of the pool that this ticket has not had, as long as there is one."""
        at = self._below(len(pool))
        for _ in pool:
            if pool[at] not in self._said:
                break
            at = (at + 1) % len(pool)
        self._said.add(pool[at])
        return pool[at].format_map(slots)

    def _below(self, limit: int) -> int:
        return int(self._stream.integers(limit))


_CLOSINGS = (
    "I close this; a reply opens it again.",
    "Please tell me if anything is left.",
    "I will look once more tomorrow morning.",
    "Closing for now.",
    "Thank you for your patience.",
    "The details follow by mail.",
    "Thank you for your help with it.",
    "Have a good day.",
)


def _office(moment: datetime) -> datetime:
    """The same day at an hour at which people write; minutes stay."""
    moment = moment.replace(second=0, microsecond=0)
    if moment.hour < 8:
        return moment.replace(hour=8 + moment.hour % 3)
    return moment if moment.hour < 19 else moment.replace(hour=15 + moment.hour % 4)
