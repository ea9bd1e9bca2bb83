from datetime import date

import pytest

from convergedesk.workspace.sample.holidays import easter_sunday, holidays


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter_sunday(day: date) -> None:
    assert easter_sunday(day.year) == day


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("US", date(2026, 11, 26), "Thanksgiving"),
        ("US", date(2026, 5, 25), "Memorial Day"),
        ("GB", date(2026, 8, 31), "Summer Bank Holiday"),
        ("IE", date(2026, 10, 26), "October Bank Holiday"),
        ("NL", date(2026, 4, 27), "King's Day"),
        ("DE", date(2026, 5, 14), "Ascension Day"),
        ("SE", date(2026, 12, 25), "Christmas Day"),
    ],
)
def test_movable_and_fixed_holidays(country: str, day: date, name: str) -> None:
    assert holidays(country, 2026)[day] == name


def test_an_unknown_country_has_none() -> None:
    assert holidays("ZZ", 2026) == {}
