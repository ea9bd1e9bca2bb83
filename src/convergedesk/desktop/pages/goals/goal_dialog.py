"""Adds a goal; what is typed survives a fault as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.autosave import Autosave
from convergedesk.desktop.pages.goals.form import GoalForm
from convergedesk.desktop.pages.goals.inputs import GoalInputs
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.account_field import AccountField
from convergedesk.desktop.widgets.fields import FormRow
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.usage import Meter

_BACK = "What you had begun is here again."


class GoalDialog(KeepingDialog):
    """Emits `submitted`; whoever saves it calls `accept` or `show_failure`.

    Signals:
        submitted: A `GoalDraft` for the account in `account_id`.
        draft_changed: The `GoalForm` as it stands, a moment after the last key.
        account_chosen: Another account was chosen, whose meters should be offered.
        discarded: The person gave up what was typed.
    """

    submitted = Signal(object)
    draft_changed = Signal(object)
    account_chosen = Signal(object)
    discarded = Signal()

    def __init__(
        self,
        parent: QWidget,
        today: date,
        *,
        meters: Sequence[Meter] = (),
        account_id: AccountId | None = None,
        accounts: Sequence[tuple[AccountId, str]] = (),
        begun: GoalForm | None = None,
    ) -> None:
        """For one account, or for one to be chosen among `accounts`; `begun` is a draft to go on with."""
        super().__init__(parent, "New goal", save="Add goal")
        self.account_id = account_id
        self._account_row: FormRow | None = None
        if account_id is None:
            self.account = AccountField(accounts)
            self.account.chosen.connect(self._on_account)
            self._account_row = FormRow("Account", self.account)
            self.fields.addWidget(self._account_row)
        self.inputs = GoalInputs(meters, today, begun or GoalForm(agreed_on=today))
        self.fields.addWidget(self.inputs)
        if begun is not None:
            self.fields.addWidget(Label(_BACK, Role.LABEL, "text_3"))
        self._autosave = Autosave(self._keep_draft, self)
        self.inputs.edited.connect(self._autosave.touch)
        self.begin(None if begun is None else GoalForm(agreed_on=today))
        self.accepted.connect(self._autosave.forget)
        self.rejected.connect(self._autosave.forget)
        self.rejected.connect(self.discarded)

    @property
    def first_field(self) -> QWidget:
        """Where the keyboard goes."""
        return self.inputs.title_field if self._account_row is None else self.account

    def form(self) -> GoalForm:
        """The fields as they stand."""
        return self.inputs.form()

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        problems = self.inputs.problems()
        self.inputs.show_problems(problems)
        if self._account_row is not None:
            missing = "" if self.account_id is not None else "Say whose goal it is."
            self._account_row.set_fault(missing)
            if missing:
                self.account.setFocus()
                return False
        if problems:
            return False
        self.submitted.emit(self.form().draft())
        return True

    def _keep_draft(self) -> bool:
        self.draft_changed.emit(self.form())
        return True

    @Slot()
    def draft_kept(self) -> None:
        """The draft of `draft_changed` is kept."""
        self._autosave.saved()

    @Slot(object)
    def _on_account(self, account_id: AccountId) -> None:
        self.account_id = account_id
        self.account_chosen.emit(account_id)
