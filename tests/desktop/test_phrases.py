from datetime import date

import pytest

from convergedesk.desktop import phrases

TODAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (TODAY, "today"),
        (date(2026, 12, 11), "in 1 day"),
        (date(2027, 3, 31), "in 111 days"),
        (date(2026, 12, 8), "2 days ago"),
    ],
)
def test_a_distance_is_said_in_whole_days(day: date, text: str) -> None:
    assert phrases.until(day, TODAY) == text


def test_days_and_months_are_written_in_full() -> None:
    assert phrases.long_day(TODAY) == "Thursday 10 December"
    assert phrases.long_month(TODAY) == "December 2026"
    assert phrases.near_day(TODAY, TODAY) == "10 Dec"
    assert phrases.near_day(date(2027, 3, 31), TODAY) == "31 Mar 2027"


def test_a_long_list_of_names_is_cut_with_its_rest_counted() -> None:
    assert phrases.listing([]) == ""
    assert phrases.listing(["A"]) == "A"
    assert phrases.listing(["A", "B"]) == "A and B"
    assert phrases.listing(["A", "B", "C", "D"], limit=2) == "A, B and 2 more"
