from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.account.month_card import MonthCard
from convergedesk.desktop.pages.account.retention_card import RetentionCard
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.why import WhyDialog
from convergedesk.domain.account_figures import Missing
from convergedesk.domain.money import Money
from tests.desktop.account_figures_book import euros, retained, spend
from tests.desktop.around import texts

LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, widget: QWidget) -> None:
    widget.resize(384, 200)
    qtbot.addWidget(widget)
    widget.show()


def test_the_month_shows_what_accrued_apart_from_what_is_forecast(qtbot: QtBot, light: Theme) -> None:
    card = MonthCard()
    shown(qtbot, card)
    card.set_spend((spend(),))
    assert card.accrued.accessibleName().startswith("Accrued (not yet invoiced): €33.1k")
    assert card.forecast.accessibleName().startswith("Forecast for December: €114k")
    assert "9 of 31 days" in texts(card, ElidedLabel)
    qtbot.mouseClick(card.accrued, LEFT)
    qtbot.keyClick(card.forecast, Qt.Key.Key_Return)
    assert len(card.findChildren(WhyDialog)) == 2


def test_an_unusual_rise_names_what_drives_it(qtbot: QtBot, light: Theme) -> None:
    card = MonthCard()
    shown(qtbot, card)
    card.set_spend((spend(forecast=euros(17_000_000)),))
    assert "+48\u202f% against a usual month of €115k." in texts(card, Label)


def test_other_currencies_and_what_is_missing_are_named(qtbot: QtBot, light: Theme) -> None:
    card = MonthCard()
    shown(qtbot, card)
    lack = Missing("“Replays” has no price.", "Add it under Contract.")
    dollars = spend(currency="USD", accrued=Money(5_000_00, "USD"))
    card.set_spend((dollars, spend(missing=(lack,))))
    [words] = [text for text in texts(card, Label) if "Replays" in text]
    assert words == "In other currencies: $5,000 accrued. “Replays” has no price. Add it under Contract."


def test_a_month_that_is_not_known_says_why(qtbot: QtBot, light: Theme) -> None:
    card = MonthCard()
    shown(qtbot, card)
    card.set_spend((), (Missing("No contract states a price.", "Add one under Contract."),))
    assert "No contract states a price. Add one under Contract." in texts(card, Label)
    assert card.accrued.accessibleName().startswith("Accrued (not yet invoiced): –")


def test_a_month_with_too_little_history_has_no_forecast(qtbot: QtBot, light: Theme) -> None:
    card = MonthCard()
    shown(qtbot, card)
    card.set_spend((spend(forecast=None, low=None, high=None),))
    assert "too little history" in card.forecast.accessibleName()


def test_retention_stands_with_its_basis_and_answers_why(qtbot: QtBot, light: Theme) -> None:
    card = RetentionCard()
    shown(qtbot, card)
    card.set_retention(retained(), "4-marlowe-freight")
    row = card.rows[0]
    assert (row.net.text(), row.gross.text()) == ("108\u202f%", "97\u202f%")
    assert "Billed, trailing 12 months, EUR" in texts(card, ElidedLabel)
    assert "Committed only: No commitment ran a year ago." in texts(card, Label)
    qtbot.mouseClick(row.net, LEFT)
    qtbot.keyClick(row.gross, Qt.Key.Key_W)
    titles = [dialog.why.title for dialog in card.findChildren(WhyDialog)]
    assert [title.split()[0] for title in titles] == ["Net", "Gross"]


def test_retention_of_nothing_says_what_would_bring_it(qtbot: QtBot, light: Theme) -> None:
    card = RetentionCard()
    shown(qtbot, card)
    card.set_retention(())
    assert "Bills or a commitment of a year ago bring it." in texts(card, Label)
