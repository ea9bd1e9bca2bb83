from datetime import date

from convergedesk.desktop.portfolio.asked import row_figures
from convergedesk.domain.briefs import MonthSoFar, Outlook
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.why import Why
from tests.desktop.book import TODAY, brief, health, row, week

COLUMNS = ("name", "health", "usage", "change", "billed", "pace", "tickets")


def asked(one: PortfolioRow, *, month_so_far: bool = True) -> dict[str, object]:
    figures = row_figures(lambda: TODAY, COLUMNS, month_so_far=month_so_far)(one)
    return {figure.column: figure.ask() for figure in figures}


def test_what_is_measured_is_explained_as_on_the_command_line() -> None:
    spend = (MonthSoFar("EUR", date(2026, 12, 1), date(2026, 12, 9), 594_000, None, None, None),)
    outlook = Outlook("EUR", 100, 90, date(2026, 1, 1), date(2026, 12, 31), 0.96, None, None, None, 0, 0)
    made = brief(week=week(-0.3, -0.4, -0.2), health=health(60.0), spend=spend, outlook=outlook)
    found = asked(row(7, "Acme", brief=made))
    assert found["health"] == "health:7-acme"
    assert found["change"] == "home:week:7-acme"
    assert found["billed"] == "spend:7-acme:EUR"
    assert found["pace"] == "commitment:7-acme"
    assert asked(row(7, "Acme", brief=made), month_so_far=False)["billed"] != "spend:7-acme:EUR"


def test_what_is_not_measured_is_explained_by_what_stands_in_the_cell() -> None:
    found = asked(row(7, "Acme", brief=brief(week=week(None))))
    assert "health" not in found
    change = found["change"]
    assert isinstance(change, Why)
    assert change.title.startswith("Usage")
