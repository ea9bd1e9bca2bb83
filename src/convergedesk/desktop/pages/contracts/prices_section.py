"""Prices by meter and day: a chip for each, and the tiers of the chosen one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.amounts import amount_text, parse_amount, round_text
from convergedesk.desktop.pages.contracts.form import ContractForm, PriceForm, TierForm
from convergedesk.desktop.pages.contracts.rows import FieldRows, clear
from convergedesk.desktop.pages.contracts.section import (
    Section,
    day_field,
    sentences,
    text_field,
)
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button, MenuButton
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import FormRow
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.billing import MeterPrice, PriceModel
from convergedesk.domain.contract_check import Part
from convergedesk.domain.money import Money
from convergedesk.domain.tiers import slices
from convergedesk.domain.usage import MeterId
from convergedesk.figures.wording import money, short_day

_MODELS = (
    (PriceModel.GRADUATED, "Graduated"),
    (PriceModel.VOLUME, "Volume"),
    (PriceModel.PACKAGE, "Package"),
    (PriceModel.FLAT, "Flat"),
)
_HELP = {
    PriceModel.GRADUATED: "Every unit at the price of its own tier.",
    PriceModel.VOLUME: "All units at the price of the tier that the month reaches.",
    PriceModel.PACKAGE: "Whole packages, at the price of the tier that the month reaches.",
    PriceModel.FLAT: "One price for every unit, and one fee for having any.",
}


class PricesSection(Section):
    """The prices of a contract."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, Part.PRICE, parent)
        self._place = 0

    @property
    def meter_id(self) -> MeterId | None:
        """The meter whose price is shown, or None without prices."""
        form = self._model.form
        if form is None or not form.prices:
            return None
        return form.prices[min(self._place, len(form.prices) - 1)].meter_id

    def show_price(self, place: int) -> None:
        """Show the tiers of another price."""
        self._place = place
        self.lay_out(self._form)

    def lay_out(self, form: ContractForm) -> None:
        clear(self._column)
        self._place = min(self._place, max(0, len(form.prices) - 1))
        self._column.addWidget(self._chips(form))
        self._tiers: FieldRows | None = None
        if not form.prices:
            words = "No price is stated here. Add one for each meter that this contract prices."
            self._column.addWidget(Label(words, Role.BODY, "text_2", wrap=True))
            return
        price = form.prices[self._place]
        self._column.addWidget(self._head(price))
        self._column.addWidget(self._rows(price))
        self._column.addWidget(self._foot())
        self.check()

    def check(self) -> None:
        if self._tiers is None:
            return
        path = f"prices.{self._place}"
        price = self._form.prices[self._place]
        for tier in range(len(price.tiers)):
            found = self._found(self._place, tier)
            wrong = [("", one) for one in sentences(found, blocking=True)]
            problems = self._problems(f"{path}.tiers.{tier}")
            self._tiers.set_faults(tier, problems or wrong, sentences(found, blocking=False))
        self._show_lower_limits(price)
        fault = dict(self._problems(path)).get("effective_from", "")
        whole = self._found(self._place)
        self._from_row.set_fault(fault or " ".join(sentences(whole, blocking=True)))
        notes = sentences(whole, blocking=False)
        every = [*whole, *(one for tier in range(len(price.tiers)) for one in self._found(self._place, tier))]
        sound = not self._problems(path) and not every
        self._verdict.set_tone("good" if sound else "warning")
        self._verdict.setText("No gaps, no overlaps, the price never rises" if sound else " ".join(notes))

    def _chips(self, form: ContractForm) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box)
        names = self._model.names
        for place, price in enumerate(form.prices):
            since = "" if price.effective_from is None else f", from {short_day(price.effective_from)}"
            chip = Chip(f"{names.get(price.meter_id, 'Meter')}{since}")
            chip.setChecked(place == self._place)
            chip.clicked.connect(partial(self.show_price, place))
            flow.addWidget(chip)
        add = MenuButton("Add a price", icon="plus", small=True)
        for meter_id, name in names.items():
            add.add_choice(name).triggered.connect(partial(self._add_price, meter_id))
        add.setEnabled(bool(names))
        flow.addWidget(add)
        return box

    def _head(self, price: PriceForm) -> QWidget:
        self._from = day_field(self._model, price.effective_from, self._on_changed)
        self._from_row = FormRow("Holds from", self._from, "Until a later price of the same meter")
        self._which = SegmentedControl(_MODELS)
        self._which.set_value(price.model)
        self._which.value_changed.connect(self._on_model)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._from_row, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(FormRow("How tiers work", self._which, _HELP[price.model]), 3)
        return box

    def _rows(self, price: PriceForm) -> QWidget:
        packages = price.model is PriceModel.PACKAGE
        headings = [("From", 2), ("Up to", 3), ("Price of one unit", 3), ("Fee for the tier", 3)]
        headings += [("Units in a package", 3)] if packages else []
        rows = FieldRows([*headings, ("Full tier", 3)])
        rows.removed = self._remove_tier if len(price.tiers) > 1 else None
        self._fields: list[dict[str, object]] = []
        self._lows: list[tuple[Label, Label]] = []
        for tier in price.tiers:
            low, full = Label("", Role.BODY, "text_2"), Label("", Role.BODY, "text_2")
            fields = {
                "up_to": text_field(tier.up_to, "no limit", self._on_changed),
                "unit_price": text_field(tier.unit_price, "such as 0.0016", self._on_changed),
                "flat": text_field(tier.flat, "none", self._on_changed),
            }
            if packages:
                fields["package"] = text_field(tier.package, "such as 1,000", self._on_changed)
            rows.add_row([("", low), *fields.items(), ("", full)])
            self._fields.append(dict(fields))
            self._lows.append((low, full))
        self._tiers = rows
        return rows

    def _foot(self) -> QWidget:
        add = Button("Add tier", icon="plus", small=True)
        add.clicked.connect(self._add_tier)
        out = Button("Take out this price", "quiet", small=True)
        out.clicked.connect(self._remove_price)
        self._verdict = Label("", Role.LABEL, "good", wrap=True)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(add)
        row.addWidget(self._verdict, 1)
        row.addWidget(out)
        return box

    def _show_lower_limits(self, price: PriceForm) -> None:
        contract = self._model.reading.contract
        above = "0"
        for place, (low, full) in enumerate(self._lows):
            low.setText(above)
            limit = parse_amount(price.tiers[place].up_to)
            above = round_text(limit) if limit is not None else "–"
            if contract is None:
                full.setText("")
            else:
                full.setText(_full_tier(contract.prices[self._place], place, contract.currency))

    @Slot()
    def _on_changed(self) -> None:
        form = self._form
        price = form.prices[self._place]
        tiers = tuple(
            replace(tier, **{name: field.text() for name, field in fields.items()})  # pyright: ignore[reportAttributeAccessIssue]
            for tier, fields in zip(price.tiers, self._fields, strict=True)
        )
        self._put(replace(price, effective_from=self._from.day(), tiers=tiers))

    @Slot(object)
    def _on_model(self, model: PriceModel) -> None:
        price = self._form.prices[self._place]
        tiers = price.tiers[:1] if model is PriceModel.FLAT else price.tiers
        if model is PriceModel.FLAT:
            tiers = tuple(replace(tier, up_to="") for tier in tiers)
        self._put(replace(price, model=model, tiers=tiers), rows=True)

    def _put(self, price: PriceForm, *, rows: bool = False) -> None:
        form = self._form
        prices = (*form.prices[: self._place], price, *form.prices[self._place + 1 :])
        self._model.edit(replace(form, prices=prices), rows=rows)

    @Slot()
    def _add_tier(self) -> None:
        price = self._form.prices[self._place]
        model = PriceModel.GRADUATED if price.model is PriceModel.FLAT else price.model
        package = price.tiers[-1].package
        self._put(replace(price, model=model, tiers=(*price.tiers, TierForm(package=package))), rows=True)

    def _remove_tier(self, place: int) -> None:
        price = self._form.prices[self._place]
        self._put(replace(price, tiers=(*price.tiers[:place], *price.tiers[place + 1 :])), rows=True)

    def _add_price(self, meter_id: MeterId) -> None:
        form = self._form
        model = self._model
        same = [one for one in form.prices if one.meter_id == meter_id]
        book = model.book
        start = form.starts_on
        if same and book is not None:
            start = max(book.today, form.starts_on or book.today)
        known = next((p for c in model.contracts for p in form_prices(c) if p.meter_id == meter_id), None)
        tiers = known.tiers if known is not None else (TierForm(),)
        price = PriceForm(meter_id, start, known.model if known is not None else PriceModel.GRADUATED, tiers)
        self._place = len(form.prices)
        model.edit(replace(form, prices=(*form.prices, price)), rows=True)

    @Slot()
    def _remove_price(self) -> None:
        form = self._form
        prices = (*form.prices[: self._place], *form.prices[self._place + 1 :])
        self._place = max(0, self._place - 1)
        self._model.edit(replace(form, prices=prices), rows=True)


def form_prices(contract: object) -> tuple[PriceForm, ...]:
    """The prices of a kept contract as fields, the latest first, to start a new one from."""
    from convergedesk.desktop.pages.contracts.form import form_of

    prices = form_of(contract).prices  # pyright: ignore[reportArgumentType]
    return tuple(reversed(prices))


def _full_tier(price: MeterPrice, place: int, currency: str) -> str:
    """What a wholly used tier costs; nothing for the last, which has no end."""
    tier = price.tiers[place]
    if tier.up_to is None:
        return ""
    try:
        parts = slices(price.model, price.tiers, tier.up_to, currency)
    except ValueError:
        return ""
    above = price.tiers[place - 1].up_to if place else Decimal(0)
    amount = sum((one.amount for one in parts if one.above == above), Decimal(0))
    exact = Money.of(amount, currency)
    return money(exact) if amount else amount_text(amount)
