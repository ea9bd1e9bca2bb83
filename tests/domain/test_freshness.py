"""Old data is called late, whatever it is the age of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.freshness import FreshnessState, state_of

NOW = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("system", "days", "state"),
    [
        (SystemKind.USAGE, 6, FreshnessState.CURRENT),
        (SystemKind.USAGE, 8, FreshnessState.LATE),
        (SystemKind.SUPPORT, 691, FreshnessState.LATE),
        (SystemKind.BILLING, 34, FreshnessState.CURRENT),
        (SystemKind.BILLING, 36, FreshnessState.LATE),
    ],
)
def test_a_week_is_expected_and_of_bills_a_month(
    system: SystemKind, days: int, state: FreshnessState
) -> None:
    assert state_of(system, NOW - timedelta(days=days), now=NOW) is state


def test_nothing_yet_is_not_late_but_never() -> None:
    assert state_of(SystemKind.CRM, None, now=NOW) is FreshnessState.NEVER


def test_data_of_a_sample_that_lies_ahead_is_current() -> None:
    assert state_of(SystemKind.USAGE, NOW + timedelta(days=18), now=NOW) is FreshnessState.CURRENT
