"""The orders in which tickets are listed, and where a page of such a list goes on.

A page begins after the last row of the one before, found by what it is sorted by. Leaving out so many rows
would read all of them again, more with every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, func, or_, type_coerce

from convergedesk.domain.tickets import TicketQuery
from convergedesk.store.tables import accounts, features, tickets

_OPENED_AT = type_coerce(tickets.c.opened_at, Integer)
_CLOSED_AT = type_coerce(tickets.c.closed_at, Integer)
_SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "opened_at": (),
    "closed_at": (_CLOSED_AT,),
    "to_closing": (_CLOSED_AT - _OPENED_AT,),
    "priority": (type_coerce(tickets.c.priority, Integer),),
    "status": (tickets.c.status,),
    # 'T-9' before 'T-10': by length first.
    "number": (func.length(tickets.c.number), tickets.c.number),
    "title": (tickets.c.title,),
    "account": (accounts.c.name_key,),
    "feature": (features.c.name,),
    "assignee": (tickets.c.assignee,),
    "first_response": (tickets.c.first_response_minutes,),
    "satisfaction": (tickets.c.satisfaction,),
}


class _Key(NamedTuple):
    column: ColumnElement[Any]
    descending: bool


class Paging:
    """One order of tickets.

    Attributes:
        columns: What the list is sorted by; selected with every row, their values say where it stands.
    """

    def __init__(self, query: TicketQuery) -> None:
        """For the sort of a query. Raises KeyError for one that there is not."""
        sorts = [_Key(column, query.descending) for column in _SORTS[query.sort]]
        # Newest first among equals; exactly the order of an index where that alone is asked for.
        newest_first = query.descending if query.sort == "opened_at" else True
        self._keys = (*sorts, _Key(_OPENED_AT, newest_first), _Key(tickets.c.id, newest_first))
        self.columns = tuple(key.column.label(f"key_{n}") for n, key in enumerate(self._keys))

    def order(self) -> list[ColumnElement[Any]]:
        """For `order_by`; what is unknown comes last in either direction."""
        *first, opened, by_id = (
            key.column.desc() if key.descending else key.column.asc() for key in self._keys
        )
        return [*(one.nulls_last() for one in first), opened, by_id]

    def place(self, row: Any) -> tuple[Any, ...]:
        """Where a row stands, for `after`."""
        return tuple(getattr(row, column.name) for column in self.columns)

    def after(self, place: Sequence[Any]) -> ColumnElement[bool]:
        """True for the rows behind that place."""
        opened, by_id = place[-2:]
        *first, at_opened, at_id = self._keys
        # Bounded by itself too, so that the index is entered at the place.
        behind = and_(
            _beyond(at_opened, opened, with_equal=True),
            or_(_beyond(at_opened, opened), _beyond(at_id, by_id)),
        )
        for key, value in zip(reversed(first), reversed(place[:-2]), strict=True):
            if value is None:
                behind = and_(key.column.is_(None), behind)
            else:
                same = and_(key.column == value, behind)
                behind = or_(_beyond(key, value), key.column.is_(None), same)
        return behind


def _beyond(key: _Key, value: object, *, with_equal: bool = False) -> ColumnElement[bool]:
    if key.descending:
        return key.column <= value if with_equal else key.column < value
    return key.column >= value if with_equal else key.column > value
