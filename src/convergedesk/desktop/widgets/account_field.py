"""Chooses an account by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QWidget

from convergedesk.desktop.widgets.fields import TextField
from convergedesk.domain.accounts import AccountId


class AccountField(TextField):
    """Suggests accounts while a name is typed.

    Signals:
        chosen: The id of the account that is meant now.
    """

    chosen = Signal(object)

    def __init__(self, accounts: Sequence[tuple[AccountId, str]], parent: QWidget | None = None) -> None:
        """`accounts` by id and name."""
        super().__init__("Type a part of its name", parent=parent)
        self._accounts = {name: account_id for account_id, name in accounts}
        completer = QCompleter(sorted(self._accounts, key=str.casefold), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_name)
        self.setCompleter(completer)
        self.editingFinished.connect(self._on_finished)

    def choose(self, account_id: AccountId) -> None:
        """Fill in an account, without telling."""
        self.setText(next((name for name, known in self._accounts.items() if known == account_id), ""))

    @Slot(str)
    def _on_name(self, name: str) -> None:
        if name in self._accounts:
            self.setText(name)
            self.chosen.emit(self._accounts[name])

    @Slot()
    def _on_finished(self) -> None:
        typed = self.text().strip().casefold()
        fitting = [name for name in self._accounts if typed in name.casefold()]
        exact = [name for name in fitting if name.casefold() == typed]
        if typed and len(exact or fitting) == 1:
            self._on_name((exact or fitting)[0])
