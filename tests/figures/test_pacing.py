from datetime import timedelta

import pytest

from convergedesk.figures.pacing import PaceState, explain, pace_of
from tests.desktop.book import TODAY, commitment


@pytest.mark.parametrize(
    ("billed", "state"),
    [
        (460_000, PaceState.BEHIND),
        (470_000, PaceState.ON_PACE),
        (630_000, PaceState.ON_PACE),
        (640_000, PaceState.AHEAD),
    ],
)
def test_a_commitment_is_off_pace_under_85_or_from_115_per_cent(billed: int, state: PaceState) -> None:
    # 201 of 365 days are over, so an even pace has billed 55.07 % of the promise.
    assert pace_of(commitment(billed), TODAY).state is state


def test_the_first_four_weeks_of_a_term_are_not_judged() -> None:
    assert pace_of(commitment(0, elapsed_days=27), TODAY).state is PaceState.EARLY
    assert pace_of(commitment(0, elapsed_days=28), TODAY).state is PaceState.BEHIND


def test_the_distance_is_to_what_an_even_pace_would_have_billed() -> None:
    pace = pace_of(commitment(400_000), TODAY)
    assert pace.distance.minor_units == 400_000 - round(1_000_000 * 201 / 365)
    assert pace.words == "73\u202f% · €1,507 behind"


def test_a_term_that_has_not_begun_has_no_pace() -> None:
    pace = pace_of(commitment(0, elapsed_days=-5), TODAY)
    assert pace.ratio is None
    assert not pace.off_pace


def test_the_explanation_names_both_amounts_and_the_days_left() -> None:
    use = commitment(400_000)
    text = explain(use, TODAY)
    assert "€4,000 of €10k billed (40\u202f%)" in text
    assert f"{(use.ends_on - TODAY) // timedelta(days=1)} days to" in text
