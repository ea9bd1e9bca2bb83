"""The reporting currency, and the rates that somebody stated for a day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from convergedesk.desktop.amounts import amount_text, parse_amount
from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.domain.money import is_currency_code
from convergedesk.domain.rates import ExchangeRate
from convergedesk.figures.wording import day

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.rates import RateBook
    from convergedesk.workspace.session import Workspace

_LIST_HEIGHT = 180


class RatesDialog(Dialog):
    """Everything is kept as it is added; there is nothing to save at the end."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        """Reads the rates at once."""
        super().__init__(parent, "Exchange rates", width=720)
        self._context = context
        self._book: RateBook | None = None
        words = (
            "Amounts of several currencies are added up in the reporting currency alone, and only at rates "
            "stated here: each holds from its day until a later one of the same pair. Without a rate nothing "
            "is added up."
        )
        self.body.addWidget(Label(words, Role.BODY, "text_2", wrap=True))
        self.currency = TextField("none")
        self._currency_row = FormRow("Reporting currency", self.currency, "Three letters, or empty for none")
        self.currency.editingFinished.connect(self._on_currency)
        self.body.addWidget(self._currency_row)
        self.body.addWidget(Separator())
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(3, 1)
        scroll = ScrollArea(self._list)
        scroll.setFixedHeight(_LIST_HEIGHT)
        self.body.addWidget(scroll)
        self._make_fields()
        self.failure = StatusText("", "critical", "warning-octagon", Role.LABEL)
        self.failure.hide()
        self.body.addWidget(self.failure)
        close = self.add_button("Close")
        close.clicked.connect(self.accept)
        context.changes.published.connect(self._on_published)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the rates."""

        def work(_job: JobContext) -> RateBook:
            from convergedesk.workspace.rates import rate_book

            return rate_book(self._context.workspace())

        self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    @Slot()
    def state(self) -> None:
        """Keep the rate in the fields."""
        rate = self._read()
        if rate is None:
            return

        def write(workspace: Workspace) -> Changes:
            from convergedesk.workspace.rates import state_rate

            return state_rate(workspace, rate)

        self.rate.clear()
        words = f"1 {rate.currency} = {amount_text(rate.rate)} {rate.into_currency} from {day(rate.day)}"
        self._write(write, words)

    def forget(self, rate: ExchangeRate) -> None:
        """Delete a rate; 'Undo' brings it back."""

        def write(workspace: Workspace) -> Changes:
            from convergedesk.workspace.rates import forget_rate

            return forget_rate(workspace, rate)

        self._write(write, f"Deleted the rate {rate.currency} to {rate.into_currency} of {day(rate.day)}")

    def _make_fields(self) -> None:
        today = self._context.today()
        self.one = TextField("such as GBP")
        self.rate = TextField("such as 1.08")
        self.into = TextField("such as EUR")
        self.since = DateField(today, today)
        self.source = TextField("such as ECB, or a name")
        self._rows = {
            "one": FormRow("One", self.one),
            "rate": FormRow("Is worth", self.rate),
            "into": FormRow("Of", self.into),
            "since": FormRow("From", self.since),
            "source": FormRow("Stated by", self.source),
        }
        line = QHBoxLayout()
        line.setSpacing(12)
        for name, row in self._rows.items():
            line.addWidget(row, 3 if name in ("since", "source") else 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        add = Button("State this rate", icon="plus")
        add.clicked.connect(self.state)
        self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _read(self) -> ExchangeRate | None:
        one, into = self.one.text().strip().upper(), self.into.text().strip().upper()
        value, since = parse_amount(self.rate.text()), self.since.day()
        problems: dict[str, str] = {}
        for name, code in (("one", one), ("into", into)):
            if not is_currency_code(code):
                problems[name] = "Write three letters."
        if not problems and one == into:
            problems["into"] = "Choose another currency."
        if value is None or value <= 0:
            problems["rate"] = "Write a number above 0."
        if since is None:
            problems["since"] = self.since.fault() or "Write a day."
        if not self.source.text().strip():
            problems["source"] = "Say who states it."
        for name, row in self._rows.items():
            row.set_fault(problems.get(name, ""))
        if problems or value is None or since is None:
            return None
        return ExchangeRate(one, into, since, value, self.source.text().strip())

    @Slot()
    def _on_currency(self) -> None:
        code = self.currency.text().strip().upper()
        wrong = bool(code) and not is_currency_code(code)
        self._currency_row.set_fault("Write three letters, such as EUR." if wrong else "")
        if wrong or self._book is None or code == (self._book.currency or ""):
            return

        def write(workspace: Workspace) -> Changes:
            from convergedesk.workspace.rates import choose_reporting_currency

            return choose_reporting_currency(workspace, code or None)

        words = f"Sums are shown in {code}" if code else "Nothing is summed across currencies"
        self._write(write, words)

    def _write(self, write: Callable[[Workspace], Changes], sentence: str) -> None:
        self.failure.hide()

        def work(_job: JobContext) -> Changes:
            return write(self._context.workspace())

        def done(changes: Changes) -> None:
            self._context.edited(sentence, changes)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self._on_failed)

    def _on_read(self, book: RateBook) -> None:
        self._book = book
        if not self.currency.hasFocus():
            self.currency.setText(book.currency or "")
        if not self.into.text():
            self.into.setText(book.currency or "")
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not book.rates:
            self._grid.addWidget(Label("No rate is stated yet.", Role.BODY, "text_3"), 0, 0)
        for row, rate in enumerate(sorted(book.rates, key=lambda one: one.day, reverse=True)):
            self._add_row(row, rate)
        self._grid.setRowStretch(len(book.rates) + 1, 1)

    def _add_row(self, row: int, rate: ExchangeRate) -> None:
        pair = f"1 {rate.currency} = {amount_text(rate.rate)} {rate.into_currency}"
        self._grid.addWidget(Label(pair, Role.MEDIUM), row, 0)
        self._grid.addWidget(Label(f"from {day(rate.day)}", Role.BODY, "text_2"), row, 1)
        self._grid.addWidget(
            Label(f"stated by {rate.source}" if rate.source else "", Role.BODY, "text_2"), row, 2
        )
        delete = IconButton("x", f"Delete {pair}")
        delete.clicked.connect(partial(self.forget, rate))
        self._grid.addWidget(delete, row, 4)

    def _on_failed(self, error: Exception) -> None:
        self.failure.set_status(sentence_of(error), "critical", "warning-octagon")
        self.failure.show()

    @Slot(object)
    def _on_published(self, _changes: object) -> None:
        self.reload()
