import pytest

from convergedesk.desktop.pages.accounts.filters import AccountsFilter, matching, options
from convergedesk.domain.accounts import AccountId
from tests.desktop.book import TODAY, kestrel, quarry, row, tindle

ROWS = (tindle(), kestrel(), quarry(), row())


def names(chosen: AccountsFilter) -> list[str]:
    return [one.name for one in matching(ROWS, chosen, TODAY)]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (AccountsFilter(), ["Tindle Learning", "Kestrel Payments", "Quarry Robotics", "Quiet Ltd"]),
        (AccountsFilter(text="REYES kestrel"), ["Kestrel Payments"]),
        (AccountsFilter(text="kestrel tindle"), []),
        (AccountsFilter(tier="Strategic"), ["Kestrel Payments"]),
        (AccountsFilter(tier=""), ["Quarry Robotics"]),
        (AccountsFilter(country="DE", owner="Anna Hoff"), ["Tindle Learning", "Quiet Ltd"]),
        (AccountsFilter(lifecycle="trial"), ["Quarry Robotics"]),
        (AccountsFilter(view="off_pace", country="GB"), []),
        (AccountsFilter(view="off_pace", country="DE"), ["Tindle Learning"]),
    ],
)
def test_filters_narrow_together(chosen: AccountsFilter, expected: list[str]) -> None:
    assert names(chosen) == expected


def test_choices_are_counted_and_the_unknown_comes_last() -> None:
    assert options(ROWS, "tier") == (("Growth", 2), ("Strategic", 1), ("", 1))


def test_filters_in_force_are_named_in_words() -> None:
    chosen = AccountsFilter(tier="", lifecycle="trial")
    assert chosen.active == (("tier", "Tier: Not set"), ("lifecycle", "Lifecycle: Trial"))
    assert chosen.with_value("tier", None).active == (("lifecycle", "Lifecycle: Trial"),)


def test_a_site_is_found_by_its_name_and_otherwise_stands_in_its_parents_row() -> None:
    rows = (row(), row(5, "Quiet North", parent_id=AccountId(9)))
    assert [one.name for one in matching(rows, AccountsFilter(), TODAY)] == ["Quiet Ltd"]
    assert [one.name for one in matching(rows, AccountsFilter(text="north"), TODAY)] == ["Quiet North"]


def test_sites_stand_by_themselves_where_they_are_wanted() -> None:
    parent = row(AccountId(90), "Aurelia Hotels", sites=1)
    site = row(AccountId(91), "Aurelia Lisbon", parent_id=AccountId(90))
    found = {
        wanted: [one.name for one in matching((parent, site), AccountsFilter(sites=wanted), TODAY)]
        for wanted in (False, True)
    }
    assert found == {False: ["Aurelia Hotels"], True: ["Aurelia Hotels", "Aurelia Lisbon"]}
