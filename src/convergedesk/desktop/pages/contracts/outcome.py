"""What saving the draft would change, and the mistakes that keep it from being saved."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.pages.contracts.rows import clear
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.pages.contracts.working import differences
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.money import Money
from convergedesk.figures.wording import money, month

_MOST = 6


class Outcome(Card):
    """Differences, findings, and the two ways out of a draft."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__("What saving would change", parent=parent)
        from PySide6.QtWidgets import QVBoxLayout

        self._model = model
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        self.discard = Button("Discard")
        self.save = Button("Save", "primary")
        self.save.setShortcut("Ctrl+Return")
        self.discard.clicked.connect(model.discard)
        self.save.clicked.connect(model.save)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.discard)
        line.addWidget(self.save, 1)
        self.body.addLayout(line)

    @Slot()
    def refresh(self) -> None:
        """Say what the draft changes and what is wrong with it."""
        model = self._model
        clear(self._lines)
        dirty = model.dirty
        self.set_title("What saving would change" if dirty else "What to know")
        for tone, icon, words in [*self._changes(), *self._found()][: _MOST + 4]:
            line = StatusText(words, tone, icon, Role.BODY) if tone else Label(words, Role.BODY, wrap=True)
            if isinstance(line, StatusText):
                line.setToolTip(words)
            self._lines.addWidget(line)
        if self._lines.count() == 0:
            words = "No gaps, no overlaps" if model.contracts else "Nothing is agreed yet"
            self._lines.addWidget(StatusText(words, "good", "check-circle", Role.BODY))
        self.discard.setVisible(dirty)
        self.save.setVisible(dirty)
        self.save.setEnabled(not model.blocking)
        form = model.form
        self.save.setText(f"Save {form.name}" if form is not None and 0 < len(form.name) < 24 else "Save")

    def _changes(self) -> list[tuple[str, str, str]]:
        model = self._model
        draft = model.reading.contract
        if not model.dirty:
            return []
        if draft is None:
            return [
                ("critical", "warning-octagon", one) for one in dict.fromkeys(model.reading.problems.values())
            ]
        found = [("", "", one) for one in differences(model.saved, draft, model.names)]
        shift = self._month()
        return [*found[:_MOST], *([("", "", shift)] if shift else [])]

    def _found(self) -> list[tuple[str, str, str]]:
        ordered = sorted(self._model.findings, key=lambda one: not one.blocking)
        return [
            ("critical", "warning-octagon", one.sentence)
            if one.blocking
            else ("warning", "warning", one.sentence)
            for one in ordered
        ]

    def _month(self) -> str:
        """What last month's usage would cost by the draft, beside what it costs by what is kept."""
        book = self._model.book
        draft = self._model.reading.contract
        if book is None or draft is None or not book.last_month:
            return ""
        on = max(book.today, draft.starts_on)
        sums: list[Money] = []
        for kept in (True, False):
            quotes = [
                self._model.quote(meter, used, on, kept=kept) for meter, used in book.last_month.items()
            ]
            charges = [quote.charges for quote in quotes if quote.charges is not None]
            if not charges or len({one.currency for one in charges}) > 1:
                return ""
            sums.append(Money(sum(one.minor_units for one in charges), charges[0].currency))
        before, after = sums
        if before == after:
            return f"A month like {month(book.last_month_on)}: {money(after)}, unchanged"
        return f"A month like {month(book.last_month_on)}: {money(before)} → {money(after)}"
