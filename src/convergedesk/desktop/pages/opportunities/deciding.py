"""Decides about opportunities: opens the dialogs and keeps what they bring, as steps of 'Undo'."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.engagement.writing import make_edit, read_then
from convergedesk.desktop.pages.opportunities.words import action_title
from convergedesk.domain.engagement import Action
from convergedesk.workspace import opportunities as use_cases

if TYPE_CHECKING:
    from datetime import date

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.check_ins import CheckInChoices
    from convergedesk.workspace.opportunities import Opportunity
    from convergedesk.workspace.session import Workspace

_SOON = timedelta(days=14)


class Deciding(QObject):
    """One for the page. Dialogs cover the page's window."""

    def __init__(self, host: QWidget, context: PageContext) -> None:
        """Nothing is built before it is asked for."""
        super().__init__(host)
        self._host = host
        self._context = context

    def take_up(self, row: Opportunity) -> None:
        """Make an action with an owner and a day."""
        account_id = row.opening.account_id

        def read(workspace: Workspace) -> CheckInChoices:
            from convergedesk.workspace.check_ins import check_in_choices

            return check_in_choices(workspace, account_id)

        def show(choices: CheckInChoices) -> None:
            from convergedesk.desktop.engagement.action_dialog import ActionDialog

            owner = choices.author or row.owner
            proposed = Action(account_id, action_title(row), owner, self._context.today() + _SOON)
            dialog = ActionDialog(
                self._host, choices.account_name, choices.ours, self._context.today(), proposed
            )
            dialog.submitted.connect(partial(self._keep_action, dialog, row))
            dialog.open(dialog.title_field)

        read_then(self._context, read, show)

    def put_off(self, row: Opportunity) -> None:
        """Ask until when it is to stay out of the way."""
        from convergedesk.desktop.pages.opportunities.dialogs import PutOffDialog

        dialog = PutOffDialog(self._host, _called(row), self._context.today())

        def keep(until: date, reason: str) -> None:
            self._submit(
                dialog,
                lambda workspace: use_cases.put_off(workspace, row.key, row.opening.title, until, reason),
                f"“{row.opening.title}” put off",
            )

        dialog.submitted.connect(keep)
        dialog.open(dialog.day)

    def dismiss(self, row: Opportunity) -> None:
        """Ask why it is none."""
        from convergedesk.desktop.pages.opportunities.dialogs import DismissDialog

        dialog = DismissDialog(self._host, _called(row))

        def keep(reason: str) -> None:
            self._submit(
                dialog,
                lambda workspace: use_cases.dismiss(workspace, row.key, row.opening.title, reason),
                f"“{row.opening.title}” dismissed",
            )

        dialog.submitted.connect(keep)
        dialog.open(dialog.reason)

    def reopen(self, row: Opportunity) -> None:
        """Take back what was decided."""

        def change(workspace: Workspace) -> Changes:
            return use_cases.reopen(workspace, row.key, row.opening.title)

        make_edit(self._context, change, f"“{row.opening.title}” is open again")

    def _keep_action(self, dialog: KeepingDialog, row: Opportunity, action: Action) -> None:
        self._submit(
            dialog,
            lambda workspace: use_cases.take_up(workspace, row.key, action),
            f"Action “{action.title}” added",
        )

    def _submit(self, dialog: KeepingDialog, change: Callable[[Workspace], Changes], sentence: str) -> None:
        make_edit(self._context, change, sentence, on_done=dialog.accept, on_error=dialog.show_failure)


def _called(row: Opportunity) -> str:
    return f"{row.opening.title}, {row.opening.account}"
