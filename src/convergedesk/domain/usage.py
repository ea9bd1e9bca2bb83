"""Meters, features, and how much of each an account used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import AccountId

MeterId = NewType("MeterId", int)
FeatureId = NewType("FeatureId", int)


class Aggregation(StrEnum):
    """How a meter's values combine over days and sites."""

    SUM = "sum"
    MAX = "max"
    LAST = "last"


class Granularity(StrEnum):
    """The finest step at which usage is known. Monthly usage is never spread over days."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Meter:
    """Something that is counted and, usually, billed.

    Attributes:
        id: Our own id.
        key: The name in the source, such as 'events_delivered'.
        name: The name on screen.
        unit: What one is, such as 'event' or 'GB'; empty where unknown.
        aggregation: How values combine.
        absent_is_zero: True where the source states that a missing day is a zero.
    """

    id: MeterId
    key: str
    name: str
    unit: str = ""
    aggregation: Aggregation = Aggregation.SUM
    absent_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """A part of the product that customers use, raise tickets about and ask for."""

    id: FeatureId
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class UsageSeries:
    """What one account used of one meter.

    Attributes:
        account_id: Whose usage.
        meter_id: Of what.
        granularity: Days, or whole months where the source knows no finer.
        first_day: The day of `values[0]` (for months: the first of the month).
        values: float64, one per day (or month); NaN where nothing was reported,
            0 where zero was reported. Shape (n,), read-only.
    """

    account_id: AccountId
    meter_id: MeterId
    granularity: Granularity
    first_day: date
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class UsageMatrix:
    """Daily usage of many accounts on one day axis.

    Attributes:
        account_ids: Labels of axis 0, ascending.
        meter_ids: Labels of axis 1, ascending.
        first_day: The day of index 0 of axis 2.
        values: float64, shape (accounts, meters, days), read-only; NaN where nothing was
            reported.
    """

    account_ids: tuple[AccountId, ...]
    meter_ids: tuple[MeterId, ...]
    first_day: date
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MonthUsage:
    """What one account used of one meter in one month.

    Attributes:
        account_id: Whose usage.
        meter_id: Of what.
        month: First day of the month.
        quantity: Sum of the reported days; for other meters than sums their greatest value.
    """

    account_id: AccountId
    meter_id: MeterId
    month: date
    quantity: float
