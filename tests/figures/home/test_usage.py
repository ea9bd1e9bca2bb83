import pytest

from convergedesk.figures.home.figure import book_of
from convergedesk.figures.home.usage import usage_figure, week_of_all
from tests.desktop.book import brief, quarry, row, snapshot, spark, tindle, week


def test_usage_of_one_unit_is_added_up_with_an_interval_of_independent_errors() -> None:
    down = row(1, "Down", brief=brief(week=week(-0.3, -0.4, -0.2)))
    level = row(2, "Level", brief=brief(week=week(0.0, -0.1, 0.1)))
    book = book_of(snapshot(down, level))
    found = week_of_all(book)
    assert found.estimate == pytest.approx(-0.15)
    reach = (2 * 100.0**2) ** 0.5 / 2000.0
    assert (found.low, found.high) == (pytest.approx(-0.15 - reach), pytest.approx(-0.15 + reach))
    figure = usage_figure(book)
    assert (figure.value, figure.unit, figure.status) == ("−15", "%", "1 account below expected")
    assert figure.why is not None
    why = figure.why()
    assert why.formula == "1,700 used ÷ 2,000 expected − 1 = −15\u202f%"
    assert [one.name for one in why.behind] == ["Down", "Level"]


def test_usage_of_several_units_is_counted_in_accounts_and_not_added() -> None:
    down = brief(week=week(-0.3, -0.4, -0.2))
    book = book_of(snapshot(row(1, brief=down), row(2, brief=brief(), spark=spark(unit="GB"))))
    figure = usage_figure(book)
    assert (figure.value, figure.unit) == ("1", "of 2 below")
    assert figure.why is not None
    assert "not added" in figure.why().caution


def test_accounts_without_a_judged_week_are_left_out_with_the_reason() -> None:
    rows = (row(1, brief=brief()), row(2, "New", brief=brief(week=week(None))), row(3, "Bare"))
    found = week_of_all(book_of(snapshot(*rows)))
    assert [(one.name, reason) for one, reason in found.left_out] == [
        ("New", "too little history before the event"),
        ("Bare", "not computed yet"),
    ]


def test_before_anything_is_computed_nothing_is_invented() -> None:
    figure = usage_figure(book_of(snapshot(tindle(), quarry())))
    assert (figure.value, figure.note, figure.why) == ("–", "not computed yet", None)
