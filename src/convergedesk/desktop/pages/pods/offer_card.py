"""The pilot that the data suggest: ten accounts, what they were billed, and why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.figures.pilot_segment import PilotCandidate, PilotOffer
from convergedesk.figures.small_why import why_offered
from convergedesk.figures.wording import count, day, money, month, short_money


class OfferCard(Card):
    """Asks for the offer, then shows it.

    Signals:
        asked: The person wants to see the offer.
        taken: The person wants a pod of these accounts.
        rates_wanted: The person wants to state exchange rates.
    """

    asked = Signal()
    taken = Signal()
    rates_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Suggest the pilot", parent=parent)
        words = "The ten usage-based accounts that were billed most, from your own invoices."
        self._words = Label(words, Role.BODY, "text_2", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._notes = Label("", Role.LABEL, "text_2", wrap=True)
        self._notes.hide()
        self.ask = Button("Suggest ten accounts", icon="magic-wand")
        self.ask.clicked.connect(self.asked)
        self.take = Button("Make them a pod", "primary", icon="plus")
        self.take.clicked.connect(self.taken)
        self.take.hide()
        self.rates = Button("State rates…", "quiet")
        self.rates.clicked.connect(self.rates_wanted)
        self.rates.hide()
        buttons = QWidget()
        foot = FlowLayout(buttons)
        for button in (self.ask, self.take, self.rates):
            foot.addWidget(button)
        self.add(self._words)
        self.body.addLayout(self._lines)
        self.add(self._notes)
        self.add(buttons)

    @Slot(object)
    def show_offer(self, offer: PilotOffer) -> None:
        """Show what the data suggest."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = offer.candidates
        for place, one in enumerate(found, 1):
            self._lines.addWidget(_line(place, one, offer))
        period = f"{month(offer.first_month)} to {month(offer.last_month)}"
        self._words.setText(
            f"{count(len(found), 'account')} of {offer.considered} usage-based ones, by billed revenue "
            f"from {period}."
            if found
            else f"No usage-based account was billed from {period}. Import invoices first."
        )
        self._notes.setText(" ".join(_notes(offer)))
        self._notes.setVisible(bool(self._notes.text()))
        self.take.setVisible(bool(found))
        self.rates.setVisible(bool(offer.left_out))
        self.ask.setText("Ask again")


def _line(place: int, one: PilotCandidate, offer: PilotOffer) -> QWidget:
    line = QWidget()
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = QHBoxLayout()
    head.addWidget(ElidedLabel(f"{place}. {one.name}", Role.MEDIUM), 1)
    amount = Label(short_money(one.billed), Role.STRONG)
    amount.setAccessibleName(f"{one.name}: {money(one.billed)}")
    askable(amount, partial(why_offered, one, offer))
    head.addWidget(amount)
    column.addLayout(head)
    column.addWidget(ElidedLabel(one.reason, Role.CAPTION, "text_3"))
    return line


def _notes(offer: PilotOffer) -> list[str]:
    found: list[str] = []
    if offer.total is not None and offer.candidates:
        found.append(f"Together {short_money(offer.total)}.")
    for rate in offer.rates:
        said = f", stated by {rate.source}" if rate.source else ""
        found.append(
            f"{rate.currency} counted at {rate.rate:f} {rate.into_currency} of {day(rate.day)}{said}."
        )
    if offer.left_out:
        names = listing([name for name, _ in offer.left_out])
        reasons = "; ".join(dict.fromkeys(reason for _, reason in offer.left_out))
        found.append(f"Not compared: {names} ({reasons}).")
    return found
