"""A commitment's pace and an account's change say what they claim, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import CommitmentUse, PortfolioRow, Spark


def use(billed: int, committed: int = 1_200) -> CommitmentUse:
    return CommitmentUse(
        Money(committed * 100, "EUR"), Money(billed * 100, "EUR"), date(2026, 1, 1), date(2026, 12, 31)
    )


def row(usage: float | None, previous: float | None) -> PortfolioRow:
    return PortfolioRow(
        account_id=AccountId(1),
        name="Marlowe Freight",
        tier=None,
        industry=None,
        country=None,
        owner=None,
        success_manager=None,
        lifecycle=Lifecycle.ACTIVE,
        parent_id=None,
        sites=0,
        spark=Spark(None, (), "", 0),
        usage_28=usage,
        usage_previous_28=previous,
        billed_month=None,
        billed=None,
        mrr=None,
        commitment=None,
        open_tickets=0,
        open_high=0,
        oldest_high_opened_at=None,
        goals_open=0,
        goals_overdue=0,
        renews_on=None,
        last_contact_on=None,
        pod_ids=(),
    )


def test_half_the_money_in_half_the_time_is_on_pace() -> None:
    half = use(600)
    assert half.used == 0.5
    assert half.term_elapsed(date(2026, 7, 2)) == pytest.approx(183 / 365)
    assert half.pace(date(2026, 7, 2)) == pytest.approx(0.997, abs=0.001)


def test_the_last_day_of_a_term_is_the_whole_term() -> None:
    assert use(0).term_elapsed(date(2026, 12, 31)) == 1.0
    assert use(0).term_elapsed(date(2027, 6, 1)) == 1.0


def test_before_the_term_there_is_no_pace() -> None:
    assert use(0).pace(date(2025, 12, 31)) is None


def test_a_commitment_of_nothing_is_not_divided_by() -> None:
    assert use(100, committed=0).used == 0.0


def test_change_is_unknown_without_two_comparable_windows() -> None:
    assert row(110.0, 100.0).usage_change == pytest.approx(0.1)
    assert row(110.0, None).usage_change is None
    assert row(None, 100.0).usage_change is None
    assert row(110.0, 0.0).usage_change is None
