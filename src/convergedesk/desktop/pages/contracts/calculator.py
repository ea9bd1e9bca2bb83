"""'What would this volume cost?': a quantity, a day, and the price with its working."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.amounts import amount_text, parse_amount
from convergedesk.desktop.askable import askable
from convergedesk.desktop.pages.contracts.cost_curve import CostCurve
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.pages.contracts.working import draw_words, working
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.key_values import KeyValue, KeyValueRows
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.usage import MeterId
from convergedesk.figures.small_why import why_price
from convergedesk.figures.why import Why
from convergedesk.figures.wording import day, money, month


class VolumeCheck(Card):
    """Prices a month's quantity of one meter by the terms of a day, the draft among them."""

    def __init__(self, model: ContractsViewModel, today: date, parent: QWidget | None = None) -> None:
        super().__init__("Check a volume", parent=parent)
        self._model = model
        self._meter = Select()
        self._quantity = TextField("such as 75 M")
        self._day = DateField(today, today)
        self._price = Label("", Role.KPI)
        self._explained: Why | None = None
        self._ask = askable(self._price, self._why)
        self._ask.set_enabled(enabled=False)
        self._context = Label("", Role.LABEL, "text_2", wrap=True)
        self._steps = KeyValueRows()
        self._notes = Label("", Role.LABEL, "text_2", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(FormRow("Units in a month", self._quantity), 1)
        line.addWidget(FormRow("By the terms of", self._day), 1)
        self.add(FormRow("Meter", self._meter))
        self.body.addLayout(line)
        self.curve = CostCurve()
        for widget in (self._price, self._context, self.curve, self._steps, self._notes):
            self.add(widget)
        self._meter.value_changed.connect(self._on_meter)
        self._quantity.textChanged.connect(self.refresh)
        self._day.day_changed.connect(self.refresh)

    @property
    def shown(self) -> str:
        """The price as it stands there."""
        return self._price.text()

    def set_meters(self, preferred: MeterId | None) -> None:
        """Offer the meters that have a price; keeps the choice where it is still one of them."""
        names = self._model.names
        priced = dict.fromkeys(price.meter_id for one in self._model.contracts for price in one.prices)
        before = self._meter.value()
        self._meter.blockSignals(True)
        self._meter.set_options([(meter, names.get(meter, "Meter")) for meter in priced])
        if before not in priced:
            first = preferred if preferred in priced else next(iter(priced), None)
            self._meter.set_value(first)
        self._meter.blockSignals(False)
        if before not in priced:
            self._on_meter()
        else:
            self.refresh()

    def ask(self, meter_id: MeterId, quantity: str, on: date) -> None:
        """Fill in a question."""
        self._meter.set_value(meter_id)
        self._quantity.setText(quantity)
        self._day.set_day(on)

    @Slot()
    def refresh(self) -> None:
        """Price what the fields ask."""
        meter, on = self._meter.value(), self._day.day()
        quantity = parse_amount(self._quantity.text())
        if not isinstance(meter, int) or on is None or quantity is None:
            empty = not self._quantity.text().strip()
            words = "Write how much is used in a month." if empty else "Write a number and a day."
            self._say("–", words if self._meter.count() else "No meter has a price yet.", ())
            return
        self._show(MeterId(meter), quantity, on)

    def _show(self, meter: MeterId, quantity: Decimal, on: date) -> None:
        quote = self._model.quote(meter, quantity, on)
        if not quote.lines or quote.charges is None:
            self._say("No price", " ".join(one.sentence for one in quote.findings), ())
            return
        (line,) = quote.lines
        contract = next((one for one in self._model.contracts if one.id == line.contract_id), None)
        name = contract.name if contract is not None else "the contract"
        steps = working(line)
        rows = [KeyValue(words, amount) for words, amount in steps]
        if len(steps) != 1:
            rows.append(KeyValue("Together", money(line.amount), strong=True, rule=True))
        since = f"“{name}”, price from {day(line.effective_from)}"
        self._say(money(line.amount), since, rows)
        self._show_curve(meter, quantity, on)
        notes = [*draw_words(quote), *(one.sentence for one in quote.findings)]
        self._notes.setText(". ".join(notes))
        self._notes.setVisible(bool(notes))
        self._explained = why_price("Price of a volume", line.amount, steps, since, self._notes.text())
        self._ask.set_enabled(enabled=True)

    def _why(self) -> Why | None:
        return self._explained

    def _show_curve(self, meter: MeterId, quantity: Decimal, on: date) -> None:
        from convergedesk.desktop.pages.contracts.cost_points import cost_points

        found = cost_points(self._model.contracts, meter, float(quantity), on)
        self.curve.setVisible(found is not None)
        if found is not None:
            self.curve.set_curve(*found)

    def _say(self, price: str, words: str, rows: object) -> None:
        self._price.setText(price)
        self._context.setText(words)
        self._steps.set_rows(tuple(rows))  # pyright: ignore[reportArgumentType]
        self._steps.setVisible(bool(rows))
        self._notes.hide()
        self.curve.hide()
        self._explained = None
        self._ask.set_enabled(enabled=False)

    @Slot()
    def _on_meter(self) -> None:
        book, meter = self._model.book, self._meter.value()
        if book is not None and isinstance(meter, int):
            used = book.last_month.get(MeterId(meter))
            if used is not None:
                self._quantity.setText(amount_text(used.quantize(Decimal(1))))
            self.set_title("Check a volume", f"{month(book.last_month_on)} is filled in" if used else "")
        self.refresh()
