"""Under-use is said only where a gap is left that chance does not make of small counts."""

from __future__ import annotations

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.usage import MeterId
from convergedesk.figures.under_use_book import FLAGGED, NEVER, BookMeter, UnderUsed, stands_out

MONTH = 365.0 / 12.0


def under_used(use: float, target: float, *, stock: bool = False) -> UnderUsed:
    meter = BookMeter(MeterId(1), "exports", "Exports", "export", stock)
    return UnderUsed(
        account_id=AccountId(1),
        account="Kestrel Payments",
        tier="Growth",
        meter=meter,
        confidence=NEVER if use == 0.0 else FLAGGED,
        use=use,
        median=target,
        target=target,
        peers=20,
        z=-3.0,
        gap=max(target - use, 0.0),
        value=None,
        missing="",
    )


@pytest.mark.parametrize(
    ("use", "target", "said"),
    [
        (7.5, 5.0, False),  # more than similar accounts: no gap, however far from its own size
        (3.4, 5.0, False),  # 10 against 15 in 90 days: chance does that
        (0.0, 1.0, False),  # fewer than five were to be expected
        (0.0, 5.0, True),
        (3.4, 50.0, True),
        (700.0, 1000.0, True),
    ],
)
def test_small_counts_and_no_gap_say_nothing(use: float, target: float, said: bool) -> None:
    assert stands_out(under_used(use, target)) is said


def test_a_stock_is_no_count_of_events() -> None:
    assert stands_out(under_used(2.0, 5.0, stock=True))
    assert not stands_out(under_used(6.0, 5.0, stock=True))


@pytest.mark.parametrize(("days_expected", "said"), [(4.99, False), (5.01, True)])
def test_five_events_must_be_expected_in_ninety_days(days_expected: float, said: bool) -> None:
    assert stands_out(under_used(0.0, days_expected / 90.0 * MONTH)) is said
