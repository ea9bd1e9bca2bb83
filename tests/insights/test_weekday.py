import numpy as np
import pytest

from convergedesk.insights.weekday import adjusted_for_weekday, weekday_factors

RHYTHM = np.array([1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5])


def weeks(count: int, first_weekday: int = 0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return 100.0 * RHYTHM[(first_weekday + np.arange(count * 7)) % 7]


@pytest.mark.parametrize("first_weekday", [0, 3, 6])
def test_a_pure_rhythm_becomes_a_level_line(first_weekday: int) -> None:
    adjusted = adjusted_for_weekday(weeks(20, first_weekday), first_weekday)
    assert adjusted is not None
    np.testing.assert_allclose(adjusted, 100.0)


def test_a_dip_keeps_its_days_and_its_depth() -> None:
    values = weeks(20)
    values[100:106] *= 0.7
    adjusted = adjusted_for_weekday(values, 0)
    assert adjusted is not None
    np.testing.assert_allclose(adjusted[100:106], 70.0)
    np.testing.assert_allclose(np.delete(adjusted, range(100, 106)), 100.0)


def test_only_the_last_sixteen_weeks_shape_the_factors() -> None:
    old = np.full(200, 7.0)
    factors = weekday_factors(np.concatenate([old, weeks(16)]), (-200) % 7)
    assert factors is not None
    np.testing.assert_allclose(factors, RHYTHM)


def test_missing_days_stay_missing() -> None:
    values = weeks(20)
    values[[3, 50]] = np.nan
    adjusted = adjusted_for_weekday(values, 0)
    assert adjusted is not None
    assert list(np.flatnonzero(np.isnan(adjusted))) == [3, 50]


def test_too_short_a_history_is_not_adjusted() -> None:
    assert adjusted_for_weekday(weeks(3), 0) is None
    assert adjusted_for_weekday(np.full(50, np.nan), 0) is None


def test_weekdays_that_are_nearly_silent_are_not_magnified() -> None:
    values = weeks(20)
    values[5::7] = 1.0
    assert adjusted_for_weekday(values, 0) is None
    assert adjusted_for_weekday(np.zeros(140), 0) is None
