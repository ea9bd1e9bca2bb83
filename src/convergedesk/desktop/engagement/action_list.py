"""Actions beneath their headings, built as far as they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.engagement.action_row import ActionRow
from convergedesk.desktop.engagement.host import engagement_of
from convergedesk.desktop.engagement.words import is_soon
from convergedesk.desktop.engagement.writing import make_edit
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Separator
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.reveal import reveal
from convergedesk.desktop.widgets.scroll import ScrollArea

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.engagement import AccountAction, Action, ActionId
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace

_PAGE = 40


class Section(NamedTuple):
    """A heading with what stands beneath it."""

    title: str
    tone: str
    icon: str
    actions: tuple[AccountAction, ...]


def sections(listed: Sequence[AccountAction], today: date) -> tuple[Section, ...]:
    """Overdue, due within a week, later, without a date, done; those that have any."""
    late: list[AccountAction] = []
    soon: list[AccountAction] = []
    later: list[AccountAction] = []
    undated: list[AccountAction] = []
    done: list[AccountAction] = []
    for one in listed:
        action = one.action
        if action.done_on is not None:
            done.append(one)
        elif action.due_on is None:
            undated.append(one)
        elif action.days_overdue(today):
            late.append(one)
        else:
            (soon if is_soon(action, today) else later).append(one)
    found = (
        Section("Overdue", "warning", "clock", tuple(late)),
        Section("Due within a week", "text", "", tuple(soon)),
        Section("Later", "text", "", tuple(later)),
        Section("Without a date", "text_2", "", tuple(undated)),
        Section("Done", "good", "check-circle", tuple(done)),
    )
    return tuple(section for section in found if section.actions)


class ActionList(ScrollArea):
    """Marks actions done, edits and deletes them.

    Signals:
        account_opened: The id of an account that was clicked.
    """

    account_opened = Signal(object)

    def __init__(self, context: PageContext, *, with_account: bool) -> None:
        """`with_account` names each action's account."""
        self._holder = QWidget()
        super().__init__(self._holder)
        self._context = context
        self._with_account = with_account
        self._limit = _PAGE
        self._listed: tuple[AccountAction, ...] = ()
        self._wanted: ActionId | None = None
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def rows(self) -> list[ActionRow]:
        """The actions on screen, in order."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, ActionRow)]

    def start_over(self) -> None:
        """Other actions come: show the first of them."""
        self._limit = _PAGE
        self.verticalScrollBar().setValue(0)

    def show_actions(self, listed: Sequence[AccountAction]) -> None:
        """Show these, in the order of `sections`."""
        self._listed = tuple(listed)
        self._fill()
        self._show_wanted()

    def bring_into_sight(self, action_id: ActionId) -> None:
        """Scroll to an action and mark it; one that is not listed yet, when it comes."""
        self._wanted = action_id
        self._show_wanted()

    def _show_wanted(self) -> None:
        today = self._context.today()
        ordered = [one.action.id for section in sections(self._listed, today) for one in section.actions]
        if self._wanted is None or self._wanted not in ordered:
            return
        place = ordered.index(self._wanted)
        if place >= self._limit:
            self._limit = place + 1
            self._fill()
        row = next((one for one in self.rows() if one.action_shown.id == self._wanted), None)
        if row is not None:
            self._wanted = None
            reveal(self, row)

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        today = self._context.today()
        left = self._limit
        for section in sections(self._listed, today):
            if left <= 0:
                break
            if self._column.count() or not self._with_account:
                self._column.addWidget(Separator())
            self._column.addWidget(_heading(section))
            for one in section.actions[:left]:
                self._column.addWidget(Separator())
                self._column.addWidget(self._row(one, today))
            left -= len(section.actions)
        rest = len(self._listed) - self._limit
        if rest > 0:
            more = Button(f"Show {min(rest, _PAGE)} more of {rest}", "link")
            more.clicked.connect(self._on_more)
            self._column.addWidget(Separator())
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)

    def _row(self, one: AccountAction, today: date) -> ActionRow:
        row = ActionRow(one, today, with_account=self._with_account)
        row.done_changed.connect(self._on_done)
        row.edit_wanted.connect(self._on_edit)
        row.delete_wanted.connect(self._on_delete)
        row.account_opened.connect(self.account_opened)
        return row

    @Slot()
    def _on_more(self) -> None:
        self._limit += _PAGE
        self._fill()

    @Slot(object, bool)
    def _on_done(self, action: Action, done: bool) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.actions import complete_action

            return complete_action(workspace, action.id, done=done)

        said = f"“{action.title}” is done" if done else f"“{action.title}” is open again"
        make_edit(self._context, change, said)

    @Slot(object)
    def _on_edit(self, action: Action) -> None:
        engagement_of(self, self._context).edit_action(action)

    @Slot(object)
    def _on_delete(self, action: Action) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.actions import delete_action

            return delete_action(workspace, action.id)

        make_edit(self._context, change, f"Action “{action.title}” deleted")


def _heading(section: Section) -> QWidget:
    heading = QWidget()
    heading.setProperty("inset", True)
    row = QHBoxLayout(heading)
    row.setContentsMargins(16, 8, 16, 8)
    row.setSpacing(8)
    row.addWidget(StatusText(section.title, section.tone, section.icon, Role.STRONG))
    row.addWidget(Label(f"{len(section.actions):,}", Role.LABEL, "text_3"))
    row.addStretch(1)
    return heading
