"""Support's traditional figures, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from convergedesk.insights import in_words, support_metrics

NAN = np.nan


def test_a_period_by_hand() -> None:
    found = support_metrics(
        [10, 20, 60, NAN], [100, 300, NAN, NAN], [5, 2, NAN, NAN], [True, False, True, False]
    )
    assert (found.volume, found.resolved, found.answered, found.asked) == (4, 2, 2, 2)
    assert (found.first_response, found.resolution) == (20, 200)
    assert (found.csat, found.reopen_rate) == (0.5, 0.5)


def test_no_ticket_has_no_time_and_no_satisfaction() -> None:
    found = support_metrics([], [], [], [])
    assert math.isnan(found.csat)
    assert math.isnan(found.first_response)
    assert "Nobody has rated a ticket of this period." in in_words(found.explanation)


def test_how_many_were_asked_stands_beside_how_many_answered() -> None:
    assert support_metrics([1.0], [2.0], [5.0], [False], asked=9).asked == 9


def test_one_value_for_each_ticket() -> None:
    with pytest.raises(ValueError, match="for each ticket"):
        support_metrics([1.0], [], [], [])
