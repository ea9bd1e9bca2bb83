"""What tickets did to usage, as it is kept: episodes of trouble and their effects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.tickets import TicketId
from convergedesk.domain.usage import MeterId

EpisodeId = NewType("EpisodeId", int)


class EffectPart(StrEnum):
    """Which days an effect speaks of."""

    AFTER = "after"
    DURING = "during"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class KeptEffect:
    """Usage in a window against what was expected of it; None where nothing can be said.

    Attributes:
        part: After the last resolution, during the dip, or the days up to now.
        meter_id: One meter, or None for the account's total.
        first_day: First day of the window.
        horizon: Its length in days.
        lead: Days before it that the comparison bridges.
        estimate: Relative difference, −0.30 = 30 % below expected.
        low: Lower limit.
        high: Upper limit.
        verdict: 'down', 'up' or 'inconclusive'.
        smallest_detectable: The smallest dip that could have been seen.
        observed: Units of the window's observed days.
        expected: Units expected of these.
        year_earlier: Change of the daily mean against the same weekdays 364 days before.
        abstained: Why nothing can be said, or None.
        baseline: Days of the baseline; 0 where nothing can be said.
        placebos: How many earlier windows it was held against.
        effective: How many of these do not overlap.
        deviation: The usual error of the forecast.
        peer_weight: How strongly the peers' errors were taken off.
        unusual: Whether a holiday, a freeze or an outage falls into the window.
    """

    part: EffectPart
    meter_id: MeterId | None
    first_day: date
    horizon: int
    lead: int
    estimate: float | None
    low: float | None
    high: float | None
    verdict: str
    smallest_detectable: float | None
    observed: float | None
    expected: float | None
    year_earlier: float | None
    abstained: str | None
    baseline: int
    placebos: int
    effective: float | None
    deviation: float | None
    peer_weight: float
    unusual: bool

    @property
    def last_day(self) -> date:
        """Last day of the window."""
        return self.first_day + timedelta(days=self.horizon - 1)


@dataclass(frozen=True, slots=True)
class KeptRestoration:
    """When the value that was taken away came back.

    Attributes:
        days: Whole days from opening to the first restored day, or waited so far.
        restored: Whether it came back.
        onset_on: First day of the dip.
        restored_on: First restored day, or None.
        days_from_onset: As `days`, from the onset.
        days_after_resolution: As `days`, from the last resolution; None while open.
    """

    days: float
    restored: bool
    onset_on: date | None
    restored_on: date | None
    days_from_onset: float | None
    days_after_resolution: float | None


@dataclass(frozen=True, slots=True)
class Episode:
    """Tickets that overlap, and what usage did meanwhile and afterwards.

    Attributes:
        id: Our own id; a recomputation gives a new one.
        account_id: Whose; an account's episodes hold its sites' tickets too.
        ticket_ids: In order of opening.
        opened_on: Day of the first opening, in the account's time zone.
        resolved_on: Day of the last resolution, or None while a ticket is open.
        high: Whether one of its tickets is of high priority.
        restoration: Time to value restored, or None where no dip is confirmed.
        from_level_at_closing: Change of the 7 days after closing against the 7 before.
        effects: Of the total and of the meters that were affected.
    """

    id: EpisodeId
    account_id: AccountId
    ticket_ids: tuple[TicketId, ...]
    opened_on: date
    resolved_on: date | None
    high: bool
    restoration: KeptRestoration | None
    from_level_at_closing: float | None
    effects: tuple[KeptEffect, ...]

    def effect(
        self, part: EffectPart, horizon: int | None = None, meter_id: MeterId | None = None
    ) -> KeptEffect | None:
        """The effect of that part (and horizon) on the total or a meter, or None."""
        return next(
            (
                effect
                for effect in self.effects
                if effect.part is part and effect.meter_id == meter_id and horizon in (None, effect.horizon)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class KeptInsights:
    """What was found of one account.

    Attributes:
        account_id: Whose.
        inputs: Digest of everything that it was computed from.
        computed_at: When.
        as_of: Last day with usage, or None.
        figures: The account's figures as JSON; `figures.insights` reads them.
    """

    account_id: AccountId
    inputs: str
    computed_at: datetime
    as_of: date | None
    figures: str
