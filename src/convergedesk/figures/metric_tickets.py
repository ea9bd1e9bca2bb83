"""The tickets of a period as columns: hundreds of thousands are summed up without an object for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.tickets import Ticket, TicketId

_WHOLE = 3
_DAY_US = 86_400_000_000
_MINUTE_US = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TicketColumns:
    """As much of tickets as the metrics need, one row each, by id.

    Attributes:
        ids: int64, ascending.
        accounts: int64, the account that each counts with.
        priority: int64, the rank; 0 where the source states none.
        opened: float64, microseconds since 1970 UTC.
        closed: float64, likewise; NaN while open.
        first_response: float64, minutes; NaN where not known.
        satisfaction: float64, 1 to 5; NaN where none was given.
        reopens: float64; NaN where the source does not count.
    """

    ids: NDArray[np.int64]
    accounts: NDArray[np.int64]
    priority: NDArray[np.int64]
    opened: NDArray[np.float64]
    closed: NDArray[np.float64]
    first_response: NDArray[np.float64]
    satisfaction: NDArray[np.float64]
    reopens: NDArray[np.float64]

    @classmethod
    def of_rows(cls, rows: Sequence[tuple[float | None, ...]]) -> Self:
        """From rows in the order of the fields, ids ascending; None where nothing is known."""
        table = np.array(rows, dtype=np.float64).reshape(len(rows), 8)
        ids, accounts, priority = (
            np.nan_to_num(table[:, column]).astype(np.int64) for column in range(_WHOLE)
        )
        opened, closed, response, rating, reopens = (
            table[:, column].copy() for column in range(_WHOLE, table.shape[1])
        )
        return cls(ids, accounts, priority, opened, closed, response, rating, reopens)

    @classmethod
    def of(cls, tickets: Sequence[Ticket]) -> Self:
        """From tickets."""
        return cls.of_rows(
            [
                (
                    one.id,
                    one.account_id,
                    0 if one.priority is None else int(one.priority),
                    _microseconds(one.opened_at),
                    None if one.closed_at is None else _microseconds(one.closed_at),
                    one.first_response_minutes,
                    one.satisfaction,
                    one.reopens,
                )
                for one in sorted(tickets, key=lambda one: one.id)
            ]
        )

    def __len__(self) -> int:
        """How many tickets."""
        return self.ids.size

    @property
    def minutes_to_closing(self) -> NDArray[np.float64]:
        """From opening to the final resolution, shape (tickets,); NaN while open."""
        return (self.closed - self.opened) / _MINUTE_US

    def days_since(self, first: date) -> NDArray[np.int64]:
        """Whole days (UTC) from `first` to the opening, shape (tickets,)."""
        days = np.floor_divide(self.opened, _DAY_US).astype(np.int64)
        return days - (first - date(1970, 1, 1)).days

    def counted_with(self, heads: Mapping[AccountId, AccountId]) -> Self:
        """A site's tickets count with the account that it rolls up into."""
        moved = self.accounts.copy()
        for account, head in heads.items():
            if account != head:
                moved[self.accounts == account] = head
        return type(self)(
            self.ids,
            moved,
            self.priority,
            self.opened,
            self.closed,
            self.first_response,
            self.satisfaction,
            self.reopens,
        )

    def by_account(self) -> dict[AccountId, int]:
        """How many each account has."""
        accounts, counts = np.unique(self.accounts, return_counts=True)
        return {
            AccountId(account): number
            for account, number in zip(accounts.tolist(), counts.tolist(), strict=True)
        }

    def ranks(self) -> dict[TicketId, int]:
        """The rank of each ticket by its id; 0 where the source states none."""
        return dict(zip(map(TicketId, self.ids.tolist()), self.priority.tolist(), strict=True))


def _microseconds(instant: datetime) -> float:
    return (instant - _EPOCH).total_seconds() * 1e6
