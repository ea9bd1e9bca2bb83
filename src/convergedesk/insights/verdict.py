"""What may be said about an effect."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How usage compares with what was expected."""

    DOWN = "down"
    UP = "up"
    INCONCLUSIVE = "inconclusive"


def verdict_of(low: float, high: float) -> Verdict:
    """Down when the whole interval lies below zero, up when above, otherwise inconclusive."""
    if high < 0.0:
        return Verdict.DOWN
    return Verdict.UP if low > 0.0 else Verdict.INCONCLUSIVE
