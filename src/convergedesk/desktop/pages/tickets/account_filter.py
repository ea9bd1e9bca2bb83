"""Narrows the tickets to one account, chosen by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from convergedesk.desktop.theme import theme
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.domain.accounts import AccountId


class AccountFilter(QWidget):
    """A field with suggestions; once an account is chosen, a chip that removes it again.

    Signals:
        account_chosen: The account's id, or None for all.
    """

    account_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No suggestions until `set_accounts`."""
        super().__init__(parent)
        self._accounts: dict[str, AccountId] = {}
        self._names = QStringListModel(self)
        self.field = _NameField()
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_name)
        self.field.setCompleter(completer)
        self.field.setFixedWidth(theme().px(180))
        self.field.entered.connect(self._on_entered)
        self.chip = Chip("", checkable=False, removable=True, icon="buildings")
        self.chip.removed.connect(self._on_removed)
        self.chip.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addWidget(self.chip)

    def set_accounts(self, accounts: Sequence[tuple[AccountId, str]]) -> None:
        """Offer these accounts, by name."""
        self._accounts = {name: account_id for account_id, name in accounts}
        self._names.setStringList(sorted(self._accounts, key=str.casefold))

    def show_account(self, account_id: AccountId | None) -> None:
        """Show which account is chosen, without telling anybody."""
        name = next((name for name, known in self._accounts.items() if known == account_id), None)
        chosen = account_id is not None
        self.chip.set_label(name or "One account")
        self.chip.setVisible(chosen)
        self.field.setVisible(not chosen)
        self.field.clear()

    @Slot(str)
    def _on_name(self, name: str) -> None:
        if name in self._accounts:
            self.account_chosen.emit(self._accounts[name])

    @Slot()
    def _on_entered(self) -> None:
        typed = self.field.text().strip().casefold()
        fitting = [name for name in self._accounts if typed in name.casefold()]
        exact = [name for name in fitting if name.casefold() == typed]
        if typed and len(exact or fitting) == 1:
            self._on_name((exact or fitting)[0])

    @Slot()
    def _on_removed(self) -> None:
        self.account_chosen.emit(None)
        self.field.setFocus()


class _NameField(SearchField):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("Any account")
        self.setProperty("small", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
