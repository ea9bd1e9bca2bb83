"""What saving the draft would change, what keeps it from being saved, and the two ways out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.pages.contracts.rows import clear
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.pages.contracts.working import differences
from convergedesk.desktop.theme import Role, color, paint_icon
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.money import Money
from convergedesk.figures.wording import money, month

_MOST = 6
_MOST_LINES = 10
_ICON = 16
_SHORT = 24


class Outcome(Card):
    """Differences and findings."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__("What saving would change", parent=parent)
        self._model = model
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)

    @Slot()
    def refresh(self) -> None:
        """Say what the draft changes and what is wrong with it."""
        model = self._model
        clear(self._lines)
        dirty = model.dirty
        self.set_title("What saving would change" if dirty else "What to know")
        lines = [*self._changes(), *self._found()]
        for tone, icon, words in lines[:_MOST_LINES]:
            self._lines.addWidget(_Line(words, tone, icon) if tone else Label(words, Role.BODY, wrap=True))
        if len(lines) > _MOST_LINES:
            self._lines.addWidget(Label(f"and {len(lines) - _MOST_LINES} more", Role.LABEL, "text_3"))
        if self._lines.count() == 0:
            words = "No gaps, no overlaps" if model.contracts else "Nothing is agreed yet"
            self._lines.addWidget(StatusText(words, "good", "check-circle", Role.BODY))

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
        model = self._model
        names = {one.id: one.name for one in model.contracts}
        chosen = model.form.contract_id if model.form is not None else None
        found: dict[tuple[str, str, str], None] = {}
        # The contract on screen first, then what is wrong in the others.
        for one in sorted(model.findings, key=lambda each: (each.contract_id != chosen, not each.blocking)):
            if one.contract_id != chosen and not one.blocking:
                continue
            where = "" if one.contract_id == chosen else f"{names.get(one.contract_id, '')}: "
            tone, icon = ("critical", "warning-octagon") if one.blocking else ("warning", "warning")
            found[tone, icon, f"{where}{one.sentence}"] = None
        return list(found)

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


class _Line(QWidget):
    """An icon and a sentence that wraps."""

    def __init__(self, words: str, tone: str, icon: str) -> None:
        super().__init__()
        self._tone, self._icon = tone, icon
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + 8, 0, 0, 0)
        row.addWidget(Label(words, Role.BODY, tone, wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(0, 2, _ICON, _ICON), self._icon, color(self._tone))


class DraftBar(QWidget):
    """At the foot of the tab while there is something to save, whatever is scrolled to."""

    def __init__(self, model: ContractsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = StatusText("", "accent_text", "note-pencil", Role.BODY)
        self.discard = Button("Discard")
        self.save = Button("Save", "primary")
        self.save.setShortcut("Ctrl+Return")
        self.discard.clicked.connect(model.discard)
        self.save.clicked.connect(model.save)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.discard)
        row.addWidget(self.save)
        self.hide()

    @Slot()
    def refresh(self) -> None:
        """Show whether the draft can be saved, and as what."""
        model, form = self._model, self._model.form
        self.setVisible(model.dirty)
        if form is None:
            return
        name = form.name.strip()
        self.save.setEnabled(not model.blocking)
        self.save.setText(f"Save {name}" if 0 < len(name) < _SHORT else "Save")
        if model.blocking:
            self._words.set_status("Mend what is marked in red, then save", "critical", "warning-octagon")
        else:
            self._words.set_status(f"Changes to “{name}” are not saved yet", "accent_text", "note-pencil")
