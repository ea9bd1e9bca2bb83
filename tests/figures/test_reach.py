"""What openings come to together: limits, currencies, and what does not count."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.rates import ExchangeRate
from convergedesk.figures.openings import Opening, OpeningKind
from convergedesk.figures.reach import likely_words, reach_of, reach_words, value_in, why_reach
from convergedesk.figures.why import Why

TODAY = date(2026, 12, 10)
RATE = ExchangeRate("USD", "EUR", date(2026, 1, 1), Decimal("0.5"), "ECB")


def spread(middle: int, low: int, high: int, currency: str = "EUR") -> MoneyRange:
    return MoneyRange(*(Money(100 * amount, currency) for amount in (middle, low, high)))


def opening(
    value: MoneyRange | None, kind: OpeningKind = OpeningKind.UNDER_USED, account: int = 1
) -> Opening:
    return Opening(
        account_id=AccountId(account),
        account=f"Account {account}",
        kind=kind,
        subject="replay",
        meter_id=None,
        title="Replay",
        confidence="flagged",
        use=None,
        median=None,
        peers=None,
        z=None,
        gap=None,
        value=value,
        basis="",
        evidence="",
        why=Why("", "", ""),
        missing="" if value else "No contract states a price for it.",
    )


def test_limits_add_up_as_those_of_independent_estimates() -> None:
    reach = reach_of(
        [opening(spread(100, 70, 130)), opening(spread(200, 160, 240), account=2)], None, (), TODAY
    )
    (whole,) = reach.sums
    assert whole.middle == Money(30_000, "EUR")
    assert whole.low.minor_units == pytest.approx(30_000 - 100 * math.hypot(30, 40), abs=1)
    assert whole.high.minor_units == pytest.approx(30_000 + 100 * math.hypot(30, 40), abs=1)
    assert reach.accounts == 2


def test_unspent_promises_and_openings_without_a_price_are_named_and_not_counted() -> None:
    reach = reach_of(
        [opening(spread(100, 70, 130), OpeningKind.COMMITMENT_BEHIND), opening(None, account=2)],
        None,
        (),
        TODAY,
    )
    assert reach.sums == ()
    assert reach_words(reach) == ""
    assert {one.reason for one in reach.without} == {
        "promised already, so it brings no more",
        "No contract states a price for it",
    }
    assert why_reach(reach, None).formula == "0 openings added up = nothing"


def test_currencies_stand_apart_until_a_rate_is_stated() -> None:
    both = [opening(spread(100, 100, 100)), opening(spread(60, 60, 60, "USD"), account=2)]
    assert reach_words(reach_of(both, None, (), TODAY)) == "€100 and $60"
    apart = reach_of(both, "EUR", (), TODAY)
    assert (apart.converted, apart.missing_rates) == (None, ("USD",))
    assert likely_words(apart) == "€100 to €100, $60 to $60"
    together = reach_of(both, "EUR", (RATE,), TODAY)
    assert reach_words(together) == "€130"
    assert ("1 USD in EUR", "0.5 from 1 Jan 2026") in why_reach(together, TODAY).rows


def test_a_value_is_shown_in_the_reporting_currency_where_that_is_possible() -> None:
    value = spread(60, 50, 70, "USD")
    assert value_in(value, "EUR", (RATE,), TODAY) == spread(30, 25, 35)
    assert value_in(value, "EUR", (), TODAY) == value
    assert value_in(value, None, (RATE,), TODAY) == value
