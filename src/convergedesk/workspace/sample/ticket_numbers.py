"""Numbers of tickets: they rise with time, and the stories keep the numbers they are known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from convergedesk.workspace.sample.plan import TicketPlan

# The desk's usual pace before the first number that is known: the other numbers are of
# customers who are not in this workspace.
_A_DAY = 8.5
_SECOND_DESK = 200_001


def numbered(tickets: Iterable[TicketPlan], pilots: set[str]) -> Iterator[TicketPlan]:
    """The tickets with their numbers, in the order given (by opening).

    The pilot's numbers lie between the known ones; what finds no room there, and everybody
    else's tickets, count on from a second desk's first number.
    """
    listed = list(tickets)
    mine = [ticket for ticket in listed if ticket.account in pilots]
    given = _between_known(mine)
    following = _SECOND_DESK
    for ticket in listed:
        number = given.get(id(ticket)) if ticket.account in pilots else None
        if number is None:
            number, following = following, following + 1
        yield ticket if ticket.number else replace(ticket, number=str(number))


def _between_known(tickets: list[TicketPlan]) -> dict[int, int]:
    known = [place for place, ticket in enumerate(tickets) if ticket.number]
    given: dict[int, int] = {id(tickets[place]): int(tickets[place].number) for place in known}
    if not known:
        return given
    for left, right in pairwise(known):
        _spread(tickets[left + 1 : right], tickets[left], tickets[right], given)
    first = tickets[known[0]]
    before, start = tickets[: known[0]], int(first.number)
    low = start
    for ticket in reversed(before):
        low = min(low - 1, start - round(_days(ticket.opened, first.opened) * _A_DAY))
        if low > 0:
            given[id(ticket)] = low
    high = int(tickets[known[-1]].number)
    for ticket in tickets[known[-1] + 1 :]:
        high = max(
            high + 1,
            int(tickets[known[-1]].number) + round(_days(tickets[known[-1]].opened, ticket.opened) * _A_DAY),
        )
        given[id(ticket)] = high
    return given


def _spread(between: list[TicketPlan], left: TicketPlan, right: TicketPlan, given: dict[int, int]) -> None:
    low, high = int(left.number), int(right.number)
    span = _days(left.opened, right.opened) or 1.0
    for place, ticket in enumerate(between):
        # Room must be left for those that follow.
        top = high - (len(between) - place)
        number = max(
            low + 1,
            min(
                top,
                int(left.number)
                + round(_days(left.opened, ticket.opened) / span * (high - int(left.number))),
            ),
        )
        if low < number <= top:
            given[id(ticket)] = low = number


def _days(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds() / 86_400
