"""Asks for accounts and names: to link, create, merge and split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from convergedesk.desktop.pages.importing.link_words import outside_facts, system_name
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.choice import Checkbox
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import ScrollArea
from convergedesk.domain.accounts import AccountId

if TYPE_CHECKING:
    from convergedesk.domain.links import AccountKeyLink

_WIDTH = 480
_KEYS_HEIGHT = 220
Accounts = Sequence[tuple[AccountId, str]]


class AccountField(TextField):
    """A field with suggestions by a part of the name; `account` is what it means."""

    def __init__(self, accounts: Accounts, placeholder: str = "Name of an account") -> None:
        """`accounts` are offered by name."""
        super().__init__(placeholder)
        self._accounts = {name: account_id for account_id, name in accounts}
        completer = QCompleter(QStringListModel(sorted(self._accounts, key=str.casefold), self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def account(self) -> tuple[AccountId, str] | None:
        """The account that the text names exactly or alone begins, or None."""
        typed = self.text().strip().casefold()
        fitting = [name for name in self._accounts if name.casefold() == typed] or [
            name for name in self._accounts if typed and typed in name.casefold()
        ]
        return (self._accounts[fitting[0]], fitting[0]) if len(fitting) == 1 else None

    def fault(self) -> str:
        """A sentence where the text names no one account."""
        if self.account() is not None:
            return ""
        return "Choose an account from the list." if self.text().strip() else "Name an account."


class PickDialog(Dialog):
    """Asks for one account; `picked` brings its id and name."""

    picked = Signal(object, str)

    def __init__(self, parent: QWidget, title: str, verb: str, accounts: Accounts) -> None:
        """`verb` is the text of the button."""
        super().__init__(parent, title, width=theme().px(_WIDTH))
        self.search = AccountField(accounts)
        self._row = FormRow("Account", self.search)
        self.body.addWidget(self._row)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.confirm = self.add_button(verb, "primary")
        self.confirm.clicked.connect(self._on_confirm)
        self.search.returnPressed.connect(self._on_confirm)

    @Slot()
    def _on_confirm(self) -> None:
        self._row.set_fault(self.search.fault())
        found = self.search.account()
        if found is not None:
            self.picked.emit(*found)
            self.accept()


class NameDialog(Dialog):
    """Asks for the name of a new account; `named` brings it."""

    named = Signal(str)

    def __init__(self, parent: QWidget, title: str, name: str) -> None:
        """`name` is what the rows say."""
        super().__init__(parent, title, width=theme().px(_WIDTH))
        self.name = TextField(text=name)
        self._row = FormRow("Name of the account", self.name, "Its waiting rows come in at once")
        self.body.addWidget(self._row)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.confirm = self.add_button("Create account", "primary")
        self.confirm.clicked.connect(self._on_confirm)
        self.name.returnPressed.connect(self._on_confirm)

    @Slot()
    def _on_confirm(self) -> None:
        name = self.name.text().strip()
        self._row.set_fault("" if name else "The account needs a name.")
        if name:
            self.named.emit(name)
            self.accept()


class MergeDialog(Dialog):
    """Asks which of two accounts stays; `chosen` brings (kept, merged), each an id with its name."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, accounts: Accounts) -> None:
        """Both are empty at first."""
        super().__init__(parent, "Merge two accounts", width=theme().px(_WIDTH))
        self.keep = AccountField(accounts)
        self.merged = AccountField(accounts)
        self._rows = (
            FormRow("This account stays", self.keep),
            FormRow("This one becomes part of it", self.merged, "With its tickets, usage, bills and goals"),
        )
        for row in self._rows:
            self.body.addWidget(row)
        self.body.addWidget(
            Label("You can undo it as long as the decision is listed.", Role.LABEL, "text_3", wrap=True)
        )
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.confirm = self.add_button("Merge", "primary")
        self.confirm.clicked.connect(self._on_confirm)

    @Slot()
    def _on_confirm(self) -> None:
        keep, merged = self.keep.account(), self.merged.account()
        self._rows[0].set_fault(self.keep.fault())
        same = keep is not None and merged is not None and keep[0] == merged[0]
        self._rows[1].set_fault("These are the same account." if same else self.merged.fault())
        if keep is not None and merged is not None and not same:
            self.chosen.emit(keep, merged)
            self.accept()


class SplitDialog(Dialog):
    """Asks which names of an account belong to another one.

    Signals:
        account_chosen: An account's id; answer with `show_keys`.
        chosen: (account as id with name, ids of the keys, name of the new account).
    """

    account_chosen = Signal(object)
    chosen = Signal(object, object, str)

    def __init__(self, parent: QWidget, accounts: Accounts) -> None:
        """No account is chosen at first."""
        super().__init__(parent, "Split an account", width=theme().px(_WIDTH))
        self.account = AccountField(accounts)
        self.name = TextField("Name of the new account")
        self.boxes: list[tuple[Checkbox, int]] = []
        self._account_row = FormRow("This account is in truth several", self.account)
        self._name_row = FormRow("New account", self.name)
        self._hint = Label("Choose an account to see its names.", Role.LABEL, "text_3", wrap=True)
        names = QWidget()
        self._names = QVBoxLayout(names)
        self._names.setContentsMargins(3, 3, 3, 3)
        self._names.setSpacing(4)
        self._area = ScrollArea(names)
        self._area.setFixedHeight(theme().px(_KEYS_HEIGHT))
        self._area.hide()
        for widget in (self._account_row, self._hint, self._area, self._name_row):
            self.body.addWidget(widget)
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.confirm = self.add_button("Split", "primary")
        self.confirm.clicked.connect(self._on_confirm)
        self.account.editingFinished.connect(self._on_account)
        self.account.returnPressed.connect(self._on_account)

    def show_keys(self, account_id: AccountId, keys: Sequence[AccountKeyLink]) -> None:
        """Offer the names of the chosen account; an answer for another one is dropped."""
        found = self.account.account()
        if found is None or found[0] != account_id:
            return
        while (item := self._names.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = []
        for key in keys:
            if key.id is None:
                continue
            facts = outside_facts(key)
            box = Checkbox(f"{key.label} ({system_name(key.system)}{f', {facts}' if facts else ''})")
            self.boxes.append((box, key.id))
            self._names.addWidget(box)
        self._names.addStretch(1)
        several = len(self.boxes) > 1
        self._hint.setText(
            "These names and their rows go to the new account:"
            if several
            else "This account is known under one name only, so there is nothing to split."
        )
        self._area.setVisible(several)

    @Slot()
    def _on_account(self) -> None:
        found = self.account.account()
        if found is not None:
            self.account_chosen.emit(found[0])

    @Slot()
    def _on_confirm(self) -> None:
        found, name = self.account.account(), self.name.text().strip()
        keys = tuple(key_id for box, key_id in self.boxes if box.isChecked())
        self._account_row.set_fault(self.account.fault() or self._choice_fault(keys))
        self._name_row.set_fault("" if name else "The new account needs a name.")
        if found is not None and name and not self._choice_fault(keys):
            self.chosen.emit(found, keys, name)
            self.accept()

    def _choice_fault(self, keys: tuple[int, ...]) -> str:
        if not keys:
            return "Choose at least one name that belongs to the new account."
        return "At least one name must stay." if len(keys) == len(self.boxes) else ""
