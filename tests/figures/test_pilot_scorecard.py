import math
from datetime import date

import numpy as np
import pytest

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.figures.pilot_scorecard import (
    Measure,
    PilotAccount,
    PilotBook,
    compare_pilot,
    what_is_missing,
)
from convergedesk.figures.pilot_words import change_words, difference_words, finding, why_measure

NOTHING = (math.nan, math.nan)


def account(
    number: int, *, pilot: bool, usage: tuple[float, float] = (100.0, 100.0), tier: str = "Growth"
) -> PilotAccount:
    return PilotAccount(
        account_id=AccountId(number),
        name=f"Account {number}",
        tier=tier,
        in_pilot=pilot,
        revenue=1_000_000.0 + number,
        trend=0.01 * number,
        values={
            Measure.USAGE: usage,
            Measure.RESTORED: NOTHING,
            Measure.BILLED: (100_000.0, 110_000.0),
            Measure.CHURNED: (0.0, 0.0),
        },
    )


def book(accounts: list[PilotAccount]) -> PilotBook:
    measures, pairs = compare_pilot(accounts)
    outside = sum(not one.in_pilot for one in accounts)
    return PilotBook(
        pod_id=PodId(1),
        pod="Pilot",
        started_on=date(2026, 7, 1),
        before=(date(2026, 1, 20), date(2026, 6, 30)),
        after=(date(2026, 7, 1), date(2026, 12, 9)),
        months=5,
        currency="EUR",
        measures=measures,
        pairs=pairs,
        outside=outside,
        missing=what_is_missing(measures, pairs, outside, "Pilot"),
    )


def pilot_and_others(growth: float) -> PilotBook:
    pilots = [account(n, pilot=True, usage=(100.0, 100.0 * (growth + 0.01 * n))) for n in range(4)]
    others = [account(10 + n, pilot=False, usage=(10_000.0, 10_000.0 + 50 * n)) for n in range(6)]
    return book([*pilots, *others])


def test_growth_is_compared_by_its_logarithm_so_that_size_does_not_count() -> None:
    usage = pilot_and_others(1.3).measures[0]
    assert usage.pilot[0] == pytest.approx(100.0)
    assert usage.matched[0] == pytest.approx(10_000.0)
    expected = np.exp(np.mean([np.log(1.3 + 0.01 * n) for n in range(4)])) - 1
    assert usage.difference == pytest.approx(expected, abs=0.02)
    assert (usage.verdict, usage.pairs) == ("better", 4)


def test_less_growth_than_alike_accounts_is_worse_and_little_difference_is_inconclusive() -> None:
    assert pilot_and_others(0.7).measures[0].verdict == "worse"
    assert pilot_and_others(0.99).measures[0].verdict == "inconclusive"


def test_what_is_not_known_is_missing_and_says_what_would_bring_it() -> None:
    made = pilot_and_others(1.3)
    restored = made.measures[1]
    assert (restored.verdict, restored.pairs, difference_words(restored)) == ("too few pairs", 0, "–")
    (missing,) = made.missing
    assert missing.what.startswith("Days to value restored: known before and after for 0 of 4 pairs")
    assert missing.brings == "Tickets with a confirmed dip in usage, before the pilot and after."


def test_where_nobody_left_there_is_nothing_to_compare() -> None:
    churned = pilot_and_others(1.3).measures[3]
    assert (churned.verdict, difference_words(churned)) == ("nobody left", "–")


def test_only_accounts_of_the_same_tier_are_compared() -> None:
    made = book([account(1, pilot=True), account(2, pilot=False, tier="Scale"), account(3, pilot=False)])
    (pair,) = made.pairs
    assert [one.name for one, _ in pair.matches] == ["Account 3"]
    alone = book([account(1, pilot=True), account(2, pilot=False, tier="Scale")])
    assert alone.missing[0].what == "Account 1 has no counterpart."


def test_a_pilot_without_anybody_outside_says_so() -> None:
    made = book([account(1, pilot=True)])
    assert made.missing[0].what.startswith("Every account is in Pilot")


def test_the_finding_names_what_went_better_and_never_more_than_is_known() -> None:
    assert finding(pilot_and_others(1.3)) == "Usage a day went better than at accounts like them"
    assert finding(pilot_and_others(0.99)).startswith("Inconclusive")
    assert finding(book([account(1, pilot=True), account(2, pilot=False)])).startswith("Too few pairs")


def test_why_puts_the_values_in_and_names_every_pair() -> None:
    made = pilot_and_others(1.3)
    why = why_measure(made, made.measures[0])
    assert change_words(made, made.measures[0], made.measures[0].pilot) in why.formula
    assert len(why.behind) == 4
    assert why.behind[0].note.startswith("compared with Account 1")
    assert why.figure_id == "pilot:usage-a-day:pod-1"
