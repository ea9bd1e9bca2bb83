"""How large the sample is, and from which seed it grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np

from convergedesk.domain.errors import UsageError

LAST_DAY = date(2026, 12, 9)
"""The last complete day of usage; 'today' is the day after. The stories hang on it."""

MOST_METERS = 20
_TICKETS_PER_ACCOUNT = 60


@dataclass(frozen=True, slots=True)
class SampleSpec:
    """Size and seed of a sample workspace.

    Attributes:
        accounts: Customers, the ten of the pilot first; their sites come on top.
        meters: Meters of every account, or None for the 3 to 6 that suit each.
        days: Days of usage up to and including `LAST_DAY`.
        tickets: Tickets in all, or None for sixty an account.
        seed: The same seed and sizes give the same workspace.
        long_names: Every account has the longest name that a register of companies would take.

    Raises:
        UsageError: A size is out of range.
    """

    accounts: int = 10
    meters: int | None = None
    days: int = 730
    tickets: int | None = None
    seed: int = 7
    long_names: bool = False

    def __post_init__(self) -> None:
        """Refuse sizes that make no workspace."""
        _check("accounts", self.accounts, 1, 20_000)
        _check("meters", self.meters if self.meters is not None else 1, 1, MOST_METERS)
        _check("days", self.days, 1, 3_660)
        _check("tickets", self.ticket_count, 0, 2_000_000)
        _check("seed", self.seed, 0, 2**32 - 1)

    @property
    def ticket_count(self) -> int:
        """How many tickets the workspace has."""
        return self.accounts * _TICKETS_PER_ACCOUNT if self.tickets is None else self.tickets

    @property
    def first_day(self) -> date:
        """First day of usage."""
        return LAST_DAY - timedelta(days=self.days - 1)

    @property
    def today(self) -> date:
        """The day that the sample is shown as of."""
        return LAST_DAY + timedelta(days=1)

    def stream(self, *path: str) -> np.random.Generator:
        """Random numbers that depend on the seed and the path alone.

        Each account draws from its own stream, so the pilot accounts are the same in a
        workspace of ten and in one of three hundred.
        """
        keys = tuple(crc32(part.encode()) for part in path)
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=keys)))


def _check(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise UsageError(
            f"The sample cannot have {value:,} for --{name}.", fix=f"Choose {low:,} to {high:,}."
        )
