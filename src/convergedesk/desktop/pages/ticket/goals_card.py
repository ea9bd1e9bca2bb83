"""The goals that a ticket touches, what they did meanwhile, and the account's other ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.engagement.writing import make_edit
from convergedesk.desktop.goal_words import standing_words
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.button import Button, IconButton, Menu
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.figures.ticket_now import goal_meanwhile, trouble_days, why_goal

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.goals import GoalId
    from convergedesk.figures.account import GoalView
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace
    from convergedesk.workspace.ticket_context import TicketContext

_MOST = 4


class GoalsCard(Card):
    """Goals that the ticket touches first; others of the account can be linked."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_context`."""
        super().__init__("Goals affected", link="All goals", parent=parent)
        self._context = context
        self._shown: TicketContext | None = None
        self._zone: tzinfo | None = None
        self.menu: Menu | None = None
        self.link_goal: Button | None = None

    def show_context(self, shown: TicketContext, zone: tzinfo) -> None:
        """Show what the ticket touches; without any, the account's open goals."""
        self._shown, self._zone = shown, zone
        _clear(self.body)
        linked = [view for view in shown.detail.goals if view.goal.id in shown.notes.goal_ids]
        others = [view for view in self._unlinked(shown) if view.goal.state.value == "open"]
        for index, view in enumerate([*linked, *others[: max(_MOST - len(linked), 0)]]):
            if index:
                self.add(Separator())
            self.add(self._goal(shown, view, affected=view in linked))
        if not shown.detail.goals:
            self.add(Label("No goals are recorded yet.", Role.BODY, "text_3", wrap=True))
        self.set_link("All goals" if shown.detail.goals else "Add a goal")
        self.set_sub("" if linked else "none is linked yet" if shown.detail.goals else "")
        self.link_goal = None
        if self._unlinked(shown):
            self.link_goal = Button("Link a goal", "link", small=True, icon="plus")
            self.link_goal.clicked.connect(self._on_link)
            self.add(self.link_goal)
        self.body.addStretch(1)

    def _unlinked(self, shown: TicketContext) -> list[GoalView]:
        return [view for view in shown.detail.goals if view.goal.id not in shown.notes.goal_ids]

    def _goal(self, shown: TicketContext, view: GoalView, *, affected: bool) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(ElidedLabel(view.goal.title, Role.STRONG if affected else Role.BODY), 1)
        words = standing_words(view)
        standing = StatusText(words.text, words.tone, words.icon)
        standing.setAccessibleName(f"{view.goal.title}: {words.text}")
        head.addWidget(standing)
        column.addLayout(head)
        meanwhile, days = self._meanwhile(shown, view)
        askable(
            standing, partial(why_goal, view, meanwhile, days, self._context.today()), context=self._context
        )
        if affected:
            remove = IconButton("x", f"{view.goal.title} is not affected")
            remove.clicked.connect(partial(self._unlink, view.goal.id, view.goal.title))
            head.addWidget(remove)
            told = meanwhile or view.reason
            if told:
                column.addWidget(Label(told, Role.LABEL, "text_2", wrap=True))
        return block

    def _meanwhile(self, shown: TicketContext, view: GoalView) -> tuple[str, tuple[date, date]]:
        ticket, zone = shown.detail.ticket, self._zone
        opened = ticket.opened_at.astimezone(zone).date()
        closed = None if ticket.closed_at is None else ticket.closed_at.astimezone(zone).date()
        episode = shown.insights.episode
        return goal_meanwhile(view, episode, opened, closed), trouble_days(episode, opened, closed)

    @Slot()
    def _on_link(self) -> None:
        if self._shown is None or self.link_goal is None:
            return
        menu = Menu(self)
        menu.setAccessibleName("Goals of this account")
        for view in self._unlinked(self._shown):
            action = menu.addAction(view.goal.title.replace("&", "&&"))
            action.triggered.connect(partial(self._begin_link, view.goal.id, view.goal.title))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(self.link_goal.mapToGlobal(QPoint(0, self.link_goal.height())))

    def _begin_link(self, goal_id: GoalId, title: str, _checked: bool = False) -> None:
        self._change(goal_id, f"“{title}” is affected", linked=True)

    def _unlink(self, goal_id: GoalId, title: str, _checked: bool = False) -> None:
        self._change(goal_id, f"“{title}” is not affected", linked=False)

    def _change(self, goal_id: GoalId, said: str, *, linked: bool) -> None:
        if self._shown is None:
            return
        ticket_id = self._shown.detail.ticket.id

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.ticket_notes import link_goal, unlink_goal

            return (link_goal if linked else unlink_goal)(workspace, ticket_id, goal_id)

        make_edit(self._context, change, said)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
