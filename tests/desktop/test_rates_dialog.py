"""Rates are stated with a day and a name, and taken back."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.rates_dialog import RatesDialog
from convergedesk.desktop.theme import Theme
from convergedesk.workspace.rates import rate_book
from tests.desktop.pages.desk import TODAY, Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.workspace.close()


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot, light: Theme) -> RatesDialog:
    window = QWidget()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    shown = RatesDialog(window, desk.context)
    shown.open()
    return shown


def test_a_rate_needs_a_pair_a_number_a_day_and_who_says_so(desk: Desk, dialog: RatesDialog) -> None:
    dialog.state()
    assert rate_book(desk.workspace).rates == ()
    dialog.one.setText("gbp")
    dialog.into.setText("eur")
    dialog.rate.setText("1.15")
    dialog.state()
    assert rate_book(desk.workspace).rates == ()
    dialog.source.setText("ECB")
    dialog.state()
    (rate,) = rate_book(desk.workspace).rates
    assert (rate.currency, rate.into_currency, rate.rate) == ("GBP", "EUR", Decimal("1.15"))
    assert (rate.day, rate.source) == (TODAY, "ECB")
    dialog.forget(rate)
    assert rate_book(desk.workspace).rates == ()
    desk.notices.undo()
    assert rate_book(desk.workspace).rates == (rate,)


def test_the_reporting_currency_is_chosen_or_none(desk: Desk, dialog: RatesDialog) -> None:
    dialog.currency.setText("usd")
    dialog.currency.editingFinished.emit()
    assert rate_book(desk.workspace).currency == "USD"
    dialog.currency.setText("dollar")
    dialog.currency.editingFinished.emit()
    assert rate_book(desk.workspace).currency == "USD"
    dialog.currency.setText("")
    dialog.currency.editingFinished.emit()
    assert rate_book(desk.workspace).currency is None
