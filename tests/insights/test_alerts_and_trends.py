"""Alerts, the trend after closing, episodes, and what survives when many questions are asked."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergedesk.insights import (
    Direction,
    adjusted_p_values,
    benjamini_hochberg,
    closing_trend,
    count_directions,
    dip_alert,
    episodes,
    expected_range,
    in_words,
    incident_days,
)
from convergedesk.insights.explanation import DayRange, Left, exclusions
from tests.insights.worlds import after, steady


def test_a_deep_dip_is_seen_on_the_third_day() -> None:
    found = dip_alert(after(steady(220, seed=1), 200, 0.3), 0, 200, 14)
    assert (found.fired, found.day) == (True, 3)
    assert found.p_value < 0.05


def test_a_look_waits_for_its_last_day() -> None:
    usage = after(steady(220, seed=1), 200, 0.3)
    usage[202:] = np.nan
    assert dip_alert(usage, 0, 200, 14).looks == ()
    assert dip_alert(usage[:202], 0, 200, 14).looks == ()


def test_no_look_goes_beyond_the_days_asked_for() -> None:
    found = dip_alert(steady(220, seed=1), 0, 200, 7)
    assert [look.day for look in found.looks] == [3, 5, 7]


def test_a_dip_below_ten_percent_never_fires() -> None:
    usage = after(steady(300, seed=1, rate=1e6, noise=0.002), 280, 0.93)
    assert not dip_alert(usage, 0, 280, 14).fired


def test_the_level_at_closing_is_told_apart_from_expected() -> None:
    usage = after(steady(230, seed=3, noise=0.08), 200, 0.4, 210)
    incident = np.zeros(230, dtype=np.bool_)
    incident[200:210] = True
    found = closing_trend(usage, 0, 210, masked=incident)
    assert abs(found.estimate) < 0.15
    assert found.from_level_at_closing > 1.0
    fallen = closing_trend(after(usage, 210, 0.5), 0, 210, masked=incident)
    counted = count_directions([found, fallen])
    assert counted == {Direction.RISING: 0, Direction.FALLING: 1, Direction.INCONCLUSIVE: 1}


def test_overlapping_tickets_are_one_episode_with_one_effect() -> None:
    found = episodes([50, 10, 14, 90], [55, 12, 20, None], 7)
    assert [episode.tickets for episode in found] == [(1, 2), (0,), (3,)]
    assert [episode.event_index for episode in found] == [21, 56, None]
    flags = incident_days(found, 100, recovery=2)
    assert flags[10:23].all()
    assert not flags[23:50].any()
    assert flags[90:].all()


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=20), st.integers(0, 28))
def test_every_ticket_is_in_one_episode_and_no_two_touch(
    tickets: list[tuple[int, int]], horizon: int
) -> None:
    opened, resolved = [t[0] for t in tickets], [t[0] + t[1] for t in tickets]
    found = episodes(opened, resolved, horizon)
    assert sorted(i for episode in found for i in episode.tickets) == list(range(len(tickets)))
    for one, other in pairwise(found):
        assert one.event_index is not None
        assert other.opened > one.event_index - 1 + horizon


def test_benjamini_hochberg_as_in_the_paper() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719]
    p += [0.6528, 0.7590, 1.0]
    assert benjamini_hochberg(p, 0.05).sum() == 4
    assert np.isnan(adjusted_p_values([0.5, np.nan])[1])


@settings(max_examples=20)
@given(st.integers(0, 999))
def test_the_expected_range_ignores_a_masked_incident_and_holds_ordinary_days(seed: int) -> None:
    usage = steady(260, seed=seed)
    incident = np.zeros(260, dtype=np.bool_)
    incident[200:240] = True
    clean, masked = (
        expected_range(series, 0, masked=incident) for series in (usage, after(usage, 200, 0.2, 240))
    )
    np.testing.assert_allclose(clean.expected, masked.expected)
    known = np.isfinite(clean.expected)
    inside = (clean.low <= usage) & (usage <= clean.high)
    assert inside[known].mean() > 0.88
    assert not ((after(usage, 200, 0.2) >= masked.low)[200:240]).any()


def test_left_out_days_are_named_once_with_their_reason() -> None:
    found = exclusions(np.array([True, True, False, True]), Left.HOLIDAY, 10)
    assert [part.days for part in found] == [DayRange(10, 11), DayRange(13, 13)]
    usage = steady(220, seed=1)
    from_words = in_words(dip_alert(usage, 0, 200, 7).explanation)
    assert from_words[0].startswith("Usage since the interaction")


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        expected_range(steady(90, seed=1), 0, level=level)
