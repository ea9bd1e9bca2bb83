"""The dialogs of goals, over whichever page shows them, and what they save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.pages.goals.form import GoalForm, ProgressForm, form_from_json, form_to_json
from convergedesk.desktop.pages.goals.goal_dialog import GoalDialog
from convergedesk.desktop.pages.goals.goal_sheet import GoalSheet
from convergedesk.desktop.pages.goals.progress_dialog import ProgressDialog
from convergedesk.desktop.pages.goals.writes import GoalWrites, Saved
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.workspace import drafts, goal_list
from convergedesk.workspace import goals as use_cases

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.goals import GoalDraft, GoalId
    from convergedesk.domain.usage import Meter
    from convergedesk.figures.account import GoalView
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.goal_list import GoalDetail


class GoalEditing(QObject):
    """Opens goals, adds them, records their values, and tells what was saved.

    Attributes:
        writes: Every change to goals.
    """

    def __init__(self, host: QWidget, context: PageContext) -> None:
        """Dialogs cover the window of `host`."""
        super().__init__(host)
        self._host = host
        self._context = context
        self.writes = GoalWrites(context, self)
        self._dialog: KeepingDialog | None = None
        self._sheet: GoalSheet | None = None
        self._unsaid: Saved | None = None
        self.writes.saved.connect(self._on_saved)
        self.writes.save_failed.connect(self._on_save_failed)
        context.changes.published.connect(self._on_changes)

    def add(self, account_id: AccountId | None, accounts: Sequence[tuple[AccountId, str]] = ()) -> None:
        """Add a goal to an account, or to one of `accounts` that is chosen in the dialog."""
        key = _draft_key(account_id)

        def read(_job: JobContext) -> tuple[GoalForm | None, tuple[Meter, ...]]:
            workspace = self._context.workspace()
            kept = drafts.find_draft(workspace, key)
            meters = () if account_id is None else use_cases.meters(workspace, account_id)
            return None if kept is None else form_from_json(kept), meters

        def show(found: tuple[GoalForm | None, tuple[Meter, ...]]) -> None:
            begun, meters = found
            dialog = GoalDialog(
                self._host,
                self._context.today(),
                meters=meters,
                account_id=account_id,
                accounts=accounts,
                begun=begun,
            )
            dialog.submitted.connect(partial(self._create, dialog, key))
            dialog.draft_changed.connect(partial(self._keep_draft, dialog, key))
            dialog.account_chosen.connect(partial(self._offer_meters, dialog))
            dialog.discarded.connect(partial(self._drop_draft, key))
            self._open(dialog, dialog.first_field)

        self._context.jobs.submit(read, on_done=show, on_error=self._tell_failure)

    def edit(self, goal_id: GoalId) -> None:
        """Open a goal; what is changed in it saves itself."""

        def show(detail: GoalDetail) -> None:
            if self._sheet is not None:
                return
            sheet = GoalSheet(
                self._host,
                detail.goal.view,
                detail.goal.account_name,
                meters=detail.meters,
                targets=detail.targets,
                today=self._context.today(),
            )
            sheet.changed.connect(self._on_changed)
            sheet.record_clicked.connect(self._on_record)
            sheet.delete_clicked.connect(self._on_delete)
            sheet.rejected.connect(self._on_sheet_closed)
            self._sheet = sheet
            sheet.open(sheet.inputs.title_field)

        self._read_detail(goal_id, show)

    def record(self, view: GoalView) -> None:
        """Record a value."""
        dialog = ProgressDialog(self._host, view, self._context.today())

        def submit(form: ProgressForm) -> None:
            self.writes.record(view, form)

        dialog.submitted.connect(submit)
        self._open(dialog, dialog.value)

    def close(self) -> None:
        """Close what is open; what was typed is saved first."""
        for dialog in (self._sheet, self._dialog):
            if dialog is not None:
                dialog.reject()

    def _open(self, dialog: KeepingDialog, focus: QWidget) -> None:
        self._dialog = dialog
        dialog.rejected.connect(self._on_dialog_closed)
        dialog.open(focus)

    def _read_detail(self, goal_id: GoalId, show: Callable[[GoalDetail], object]) -> None:
        def read(_job: JobContext) -> GoalDetail:
            return goal_list.goal_detail(self._context.workspace(), goal_id)

        self._context.jobs.submit(read, on_done=show, on_error=self._tell_failure)

    def _create(self, dialog: GoalDialog, key: str, draft: GoalDraft) -> None:
        if dialog.account_id is not None:
            self.writes.create(dialog.account_id, draft, key)

    def _keep_draft(self, dialog: GoalDialog, key: str, form: GoalForm) -> None:
        def keep(_job: JobContext) -> None:
            drafts.keep_draft(self._context.workspace(), key, form_to_json(form))

        # A draft that cannot be kept says nothing: adding the goal meets the same fault and tells it.
        self._context.jobs.submit(
            keep, write=True, on_done=lambda _nothing: dialog.draft_kept(), on_error=_nothing_to_say
        )

    def _drop_draft(self, key: str) -> None:
        def drop(_job: JobContext) -> None:
            drafts.drop_draft(self._context.workspace(), key)

        self._context.jobs.submit(drop, write=True, on_error=_nothing_to_say)

    def _offer_meters(self, dialog: GoalDialog, account_id: AccountId) -> None:
        def read(_job: JobContext) -> tuple[Meter, ...]:
            return use_cases.meters(self._context.workspace(), account_id)

        self._context.jobs.submit(read, on_done=dialog.inputs.set_meters, on_error=self._tell_failure)

    def _tell_failure(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")

    @Slot(object)
    def _on_changed(self, draft: GoalDraft) -> None:
        if self._sheet is not None:
            self.writes.update(self._sheet.view.goal, draft, quiet=True)

    @Slot()
    def _on_record(self) -> None:
        if self._sheet is not None:
            self.record(self._sheet.view)

    @Slot()
    def _on_delete(self) -> None:
        if self._sheet is not None:
            goal = self._sheet.view.goal
            self._sheet.accept()
            self._sheet = None
            self._unsaid = None
            self.writes.delete(goal.id, goal.title)

    @Slot()
    def _on_sheet_closed(self) -> None:
        self._sheet = None
        if self._unsaid is not None:
            self._context.notify(self._unsaid.sentence, undo=self._unsaid.undo)
            self._unsaid = None

    @Slot()
    def _on_dialog_closed(self) -> None:
        self._dialog = None

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        if saved.quiet:
            if saved.undo is not None:
                self._unsaid = saved
            if self._sheet is not None:
                self._sheet.saved()
            return
        if self._dialog is not None and self._dialog.saving:
            self._dialog.accept()
            self._dialog = None
        self._context.notify(saved.sentence, undo=saved.undo)

    @Slot(object)
    def _on_save_failed(self, error: Exception) -> None:
        if self._dialog is not None and self._dialog.saving:
            self._dialog.show_failure(error)
        elif self._sheet is not None:
            self._sheet.show_failure(error)
        else:
            self._tell_failure(error)

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        sheet = self._sheet
        if sheet is None or not changes.kinds & {"goals", "usage"}:
            return

        def show(detail: GoalDetail) -> None:
            if self._sheet is sheet:
                sheet.show_view(detail.goal.view, detail.targets)

        self._read_detail(sheet.view.goal.id, show)


def _draft_key(account_id: AccountId | None) -> str:
    return "new goal" if account_id is None else f"new goal:{account_id}"


def _nothing_to_say(_error: Exception) -> None:
    return None
