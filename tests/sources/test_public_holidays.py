"""Public holidays need no network and no account."""

from datetime import date

from convergedesk.domain.calendar import CalendarEventKind
from convergedesk.sources.public_holidays import countries, public_holidays, regions


def test_a_countrys_holidays_by_day() -> None:
    found = public_holidays("NL", None, [2026])
    assert all(one.kind is CalendarEventKind.HOLIDAY and one.country == "NL" for one in found)
    assert [one.first_day for one in found] == sorted(one.first_day for one in found)
    assert date(2026, 4, 27) in {one.first_day for one in found}


def test_a_region_has_holidays_of_its_own() -> None:
    country = {one.first_day for one in public_holidays("DE", None, [2026])}
    bavaria = {one.first_day for one in public_holidays("DE", "BY", [2026])}
    assert country < bavaria
    assert date(2026, 1, 6) in bavaria - country
    assert "BY" in regions("DE")


def test_what_is_not_known_has_no_holidays_and_no_fault() -> None:
    assert public_holidays("ZZ", None, [2026]) == ()
    assert public_holidays("DE", "nowhere", [2026]) == public_holidays("DE", None, [2026])
    assert regions("ZZ") == ()
    assert "DE" in countries()
