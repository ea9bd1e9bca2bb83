"""Usage against expected: what it says of series whose truth is known, and when it holds its tongue."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.insights import Abstention, ErrorMatrix, Verdict, in_words, usage_impact, usage_impacts
from convergedesk.insights.peers import PeerErrors, peer_errors
from tests.insights.worlds import after, steady

EVENT = 210


def test_a_dip_is_down_and_its_interval_holds_the_truth() -> None:
    found = usage_impact(after(steady(220, seed=1), EVENT, 0.6), 0, EVENT, 7)
    assert found.verdict is Verdict.DOWN
    assert found.low < -0.4 < found.high < 0.0
    assert -0.3 < found.smallest_detectable < 0.0


def test_a_rise_is_up() -> None:
    assert usage_impact(after(steady(220, seed=1), EVENT, 1.6), 0, EVENT, 7).verdict is Verdict.UP


def test_nothing_is_inconclusive_and_names_the_smallest_dip() -> None:
    found = usage_impact(steady(220, seed=3), 0, EVENT, 7)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert any("could not have been told from chance" in line for line in in_words(found.explanation))


@pytest.mark.parametrize(
    ("horizon", "history", "abstains"),
    [(7, 27, True), (7, 28, False), (14, 41, True), (14, 42, False), (28, 55, True), (28, 56, False)],
)
def test_too_little_history_is_left_alone(horizon: int, history: int, abstains: bool) -> None:
    found = usage_impact(steady(history + 28, seed=5), 0, history, horizon)
    assert (found.abstained is Abstention.SHORT_HISTORY) is abstains
    assert math.isnan(found.estimate) is abstains


def test_history_before_an_account_existed_does_not_count() -> None:
    usage = steady(220, seed=5)
    usage[:190] = np.nan
    assert usage_impact(usage, 0, EVENT, 7).abstained is Abstention.SHORT_HISTORY


def test_low_usage_and_missing_windows_are_left_alone() -> None:
    assert usage_impact(steady(220, seed=2, rate=0.3), 0, EVENT, 7).abstained is Abstention.LITTLE_USAGE
    usage = steady(220, seed=2)
    usage[EVENT : EVENT + 5] = np.nan
    assert usage_impact(usage, 0, EVENT, 7).abstained is Abstention.MISSING_DAYS
    assert usage_impact(usage, 0, 220, 7).abstained is Abstention.NO_WINDOW


def test_missing_days_of_the_window_widen_the_interval_and_are_named() -> None:
    usage = steady(220, seed=2)
    whole = usage_impact(usage, 0, EVENT, 7)
    usage[EVENT + 2 : EVENT + 5] = np.nan
    part = usage_impact(usage, 0, EVENT, 7)
    assert part.smallest_detectable < whole.smallest_detectable
    assert [(e.days.first, e.days.last) for e in part.explanation.excluded] == [(EVENT + 2, EVENT + 4)]


def test_a_true_zero_is_a_dip_and_a_missing_day_is_not() -> None:
    usage = steady(220, seed=2)
    silent, unknown = usage.copy(), usage.copy()
    silent[EVENT : EVENT + 4], unknown[EVENT : EVENT + 4] = 0.0, np.nan
    assert usage_impact(silent, 0, EVENT, 7).verdict is Verdict.DOWN
    assert usage_impact(unknown, 0, EVENT, 7).verdict is Verdict.INCONCLUSIVE


def test_a_masked_incident_before_the_event_is_no_yardstick() -> None:
    usage = after(steady(220, seed=4), EVENT - 12, 0.3, EVENT)
    incident = np.zeros(220, dtype=np.bool_)
    incident[EVENT - 12 : EVENT] = True
    assert usage_impact(usage, 0, EVENT, 7).estimate > 0.25
    assert abs(usage_impact(usage, 0, EVENT, 7, masked=incident).estimate) < 0.15


def test_a_holiday_in_the_window_is_inconclusive_unless_peers_shared_it() -> None:
    usage = after(steady(220, seed=6), EVENT, 0.5)
    holidays = np.zeros(220, dtype=np.bool_)
    holidays[EVENT + 1] = True
    assert usage_impact(usage, 0, EVENT, 7, holidays=holidays).verdict is Verdict.INCONCLUSIVE
    common = np.exp(np.random.default_rng(0).normal(0.0, 0.25, 220 // 7 + 1)).repeat(7)[:220]
    peers = np.stack([steady(220, seed=50 + i) * common for i in range(12)])
    found = usage_impact(usage * common, 0, EVENT, 7, holidays=holidays, peers=peers)
    assert found.verdict is Verdict.DOWN


def test_peers_take_off_what_happened_to_everybody() -> None:
    common = np.exp(np.random.default_rng(1).normal(0.0, 0.3, 32)).repeat(7)[:220]
    usage = after(steady(220, seed=7) * common, EVENT, 0.75)
    peers = np.stack([steady(220, seed=80 + i) * common for i in range(15)])
    alone, together = usage_impact(usage, 0, EVENT, 7), usage_impact(usage, 0, EVENT, 7, peers=peers)
    assert together.high - together.low < 0.6 * (alone.high - alone.low)
    assert together.verdict is Verdict.DOWN


def test_fewer_than_eight_peers_are_not_asked() -> None:
    usage = steady(220, seed=7)
    peers = np.stack([steady(220, seed=80 + i) for i in range(7)])
    assert usage_impact(usage, 0, EVENT, 7, peers=peers) == usage_impact(usage, 0, EVENT, 7)


def test_the_median_of_the_others_is_that_without_the_account() -> None:
    rng = np.random.default_rng(3)
    usage = np.stack([steady(90, seed=i, rate=50.0) for i in range(11)])
    usage[rng.random(usage.shape) < 0.1] = np.nan
    matrix = ErrorMatrix(usage, 0, 7)
    peers = PeerErrors(matrix)
    for row in (0, 5, 10):
        others = np.delete(matrix.errors[14], row, axis=0)
        expected = np.full(91, np.nan)
        judged = np.isfinite(others).sum(axis=0) >= 8
        expected[judged] = np.nanmedian(others[:, judged], axis=0)
        np.testing.assert_allclose(peers.median(14, leaving_out=row), expected)


def test_read_only_peers_are_judged_once() -> None:
    peers = np.stack([steady(90, seed=i) for i in range(9)])
    assert peer_errors(peers, 0, 7) is not peer_errors(peers, 0, 7)
    peers.setflags(write=False)
    assert peer_errors(peers, 0, 7) is peer_errors(peers, 0, 7)
    assert peer_errors(peers, 1, 7) is not peer_errors(peers, 0, 7)


def test_many_tickets_at_once_are_the_same_as_one_by_one() -> None:
    usage = np.stack([steady(230, seed=i) for i in range(12)])
    matrix = ErrorMatrix(usage, 0, 7)
    rows, events = [3, 3, 11], [150, 210, 223]
    alone = usage_impacts(matrix, rows, events, peers=False)
    together = usage_impacts(matrix, rows, events)
    for i, (row, event) in enumerate(zip(rows, events, strict=True)):
        one = usage_impact(usage[row], 0, event, 7)
        peers = np.delete(usage, row, axis=0)
        assert alone[i].low == pytest.approx(one.low)
        assert alone[i].year_earlier == pytest.approx(one.year_earlier, nan_ok=True)
        assert together[i].low == pytest.approx(usage_impact(usage[row], 0, event, 7, peers=peers).low)


def test_the_same_weeks_a_year_earlier_stand_beside_it() -> None:
    usage = steady(420, seed=8)
    declined = usage * np.linspace(1.0, 0.5, 420)
    assert usage_impact(declined, 0, 400, 7).year_earlier == pytest.approx(-0.47, abs=0.1)
    assert math.isnan(usage_impact(usage[200:], 4, 200, 7).year_earlier)


@settings(max_examples=40)
@given(st.integers(0, 500), st.integers(1, 6), st.floats(0.2, 1.5))
def test_renaming_the_weekdays_changes_nothing(seed: int, shift: int, factor: float) -> None:
    usage = after(steady(160, seed=seed), 150, factor)
    one, other = (usage_impact(usage, day, 150, 7) for day in (0, shift))
    assert one.estimate == pytest.approx(other.estimate)
    assert one.low == pytest.approx(other.low)


@settings(max_examples=40)
@given(st.integers(0, 500), st.sampled_from([0.2, 0.5, 0.9, 1.0, 1.3]))
def test_the_unit_of_a_busy_meter_changes_nothing(seed: int, factor: float) -> None:
    usage = after(steady(160, seed=seed, rate=1e6), 150, factor)
    one, other = usage_impact(usage, 0, 150, 7), usage_impact(usage * 1000.0, 0, 150, 7)
    assert one.estimate == pytest.approx(other.estimate, abs=1e-4)
    assert one.verdict is other.verdict


@settings(max_examples=40)
@given(st.integers(0, 500), st.floats(0.1, 0.9))
def test_less_usage_never_reads_as_more(seed: int, factor: float) -> None:
    usage = steady(160, seed=seed)
    whole, less = (usage_impact(after(usage, 150, f), 0, 150, 7) for f in (1.0, factor))
    assert less.estimate <= whole.estimate
    assert less.low <= whole.low
    assert less.high <= whole.high


@settings(max_examples=40)
@given(st.integers(0, 500), st.floats(0.3, 1.6))
def test_counting_noise_moves_no_verdict_and_more_confidence_no_limit_inwards(
    seed: int, factor: float
) -> None:
    usage = after(steady(160, seed=seed, rate=6.0), 150, factor)
    narrow, wide = (usage_impact(usage, 0, 150, 7, level=level) for level in (0.8, 0.95))
    assert wide.low <= narrow.low <= narrow.estimate <= narrow.high <= wide.high


@settings(max_examples=25)
@given(st.integers(0, 500))
def test_days_after_the_window_and_long_before_the_placebos_do_not_matter(seed: int) -> None:
    usage = steady(800, seed=seed)
    other = usage.copy()
    other[:100], other[757:] = 9999.0, 0.0
    assert usage_impact(usage, 0, 750, 7).low == pytest.approx(usage_impact(other, 0, 750, 7).low)
