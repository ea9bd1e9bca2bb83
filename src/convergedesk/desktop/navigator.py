"""Where the person is, where they came from, and how a page sends them elsewhere.

Pages know places by name and never import one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from convergedesk.domain.alerts import AlertId
    from convergedesk.domain.feedback import FeedbackId
    from convergedesk.domain.goals import GoalId
    from convergedesk.domain.kinds import AccountId, PodId
    from convergedesk.domain.tickets import TicketId

HOME, ACCOUNTS, ACCOUNT = "home", "accounts", "account"
TICKETS, TICKET, IMPORT = "tickets", "ticket", "import"
SETTINGS = "settings"
CALENDAR, PODS, PILOT = "calendar", "pods", "pilot"
ACTIONS = "actions"
METRICS = "metrics"
ALERTS, ALERT_RULES = "alerts", "alert_rules"
OPPORTUNITIES, FEEDBACK = "opportunities", "feedback"
REJECTS, UNLINKED = "rejects", "unlinked"
GOALS, EDITS, DELETED, NEW = "goals", "edits", "deleted", "new"
_MOST_REMEMBERED = 100


class AccountPlace(NamedTuple):
    """An account, at one of its tabs (None: the one that was open last)."""

    account_id: AccountId
    tab: str | None = None


class Item(NamedTuple):
    """One thing on a page, such as a note among others.

    Attributes:
        kind: As `domain.search.SearchKind` names it, or 'message'.
        id: Its id among its kind.
    """

    kind: str
    id: int


class Place(NamedTuple):
    """A page with what it shows.

    Attributes:
        page: Key of the page.
        argument: What the page's `open` is given: an `AccountPlace`, a ticket's id, the
            name of a view or of a tab, paths to import, or None.
    """

    page: str
    argument: object = None


class Navigator(QObject):
    """The history of places, like a browser's."""

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._index = -1
        self._item: Item | None = None

    @property
    def place(self) -> Place | None:
        """Where the person is, or None before the first page."""
        return self._places[self._index] if self._places else None

    @property
    def can_go_back(self) -> bool:
        """True where there is a place before this one."""
        return self._index > 0

    @property
    def can_go_forward(self) -> bool:
        """True after going back."""
        return self._index < len(self._places) - 1

    def take_item(self) -> Item | None:
        """What the page that opens now is to bring into sight, once; None where nothing in particular."""
        item, self._item = self._item, None
        return item

    def go(self, place: Place, item: Item | None = None) -> None:
        """Go to a place, perhaps to one thing there; where it is the present one, it is only shown again."""
        self._item = item
        if place != self.place:
            self._places = [*self._places[: self._index + 1], place][-_MOST_REMEMBERED:]
            self._index = len(self._places) - 1
        self.arrived.emit(place)

    def stay(self, argument: object) -> None:
        """Note what the present page shows now (such as another tab), for coming back to it."""
        if self._places:
            self._places[self._index] = Place(self._places[self._index].page, argument)

    def back(self) -> None:
        """Go to the place before, if there is one."""
        if self.can_go_back:
            self._item = None
            self._index -= 1
            self.arrived.emit(self._places[self._index])

    def forward(self) -> None:
        """Undo `back`, if there is anything to undo."""
        if self.can_go_forward:
            self._item = None
            self._index += 1
            self.arrived.emit(self._places[self._index])

    def open_home(self) -> None:
        """Go to Home."""
        self.go(Place(HOME))

    def open_accounts(self, view: str | None = None) -> None:
        """Go to the list of accounts, in one of its computed views."""
        self.go(Place(ACCOUNTS, view))

    def open_account(self, account_id: AccountId, tab: str | None = None, item: Item | None = None) -> None:
        """Go to an account, perhaps to one thing on a tab. See `pages.account.tabs` for the tabs."""
        self.go(Place(ACCOUNT, AccountPlace(account_id, tab)), item)

    def open_tickets(self, query: object = None) -> None:
        """Go to the list of tickets, with the filter of a ticket query."""
        self.go(Place(TICKETS, query))

    def open_ticket(self, ticket_id: TicketId, item: Item | None = None) -> None:
        """Go to a ticket, perhaps to one of its messages."""
        self.go(Place(TICKET, ticket_id), item)

    def open_goals(self, goal_id: GoalId | None = None) -> None:
        """Go to the goals of all accounts, with one of them open."""
        self.go(Place(GOALS, goal_id))

    def add_goal(self) -> None:
        """Go to the goals of all accounts and begin a new one."""
        self.go(Place(GOALS, NEW))

    def open_edits(self, *, deleted: bool = False) -> None:
        """Go to the edits of the last 30 days, or to what was deleted in them."""
        self.go(Place(EDITS, DELETED if deleted else None))

    def open_actions(self) -> None:
        """Go to the actions of all accounts."""
        self.go(Place(ACTIONS))

    def open_alerts(self, alert_id: AlertId | None = None) -> None:
        """Go to the alerts, with one of them open."""
        self.go(Place(ALERTS, alert_id))

    def open_metrics(self) -> None:
        """Go to the metrics."""
        self.go(Place(METRICS))

    def open_opportunities(self) -> None:
        """Go to the opportunities."""
        self.go(Place(OPPORTUNITIES))

    def open_feedback(self, feedback_id: FeedbackId | None = None) -> None:
        """Go to the feedback, at the request that something was said about."""
        self.go(Place(FEEDBACK, feedback_id))

    def open_import(self, paths: Sequence[Path] = ()) -> None:
        """Go to the import, with files that were chosen already."""
        self.go(Place(IMPORT, tuple(paths)))

    def open_settings(self, group: str | None = None) -> None:
        """Go to the settings, at one of their groups."""
        self.go(Place(SETTINGS, group))

    def open_calendar(self) -> None:
        """Go to the calendar."""
        self.go(Place(CALENDAR))

    def open_pods(self, item: Item | None = None) -> None:
        """Go to the pods, perhaps to one colleague."""
        self.go(Place(PODS), item)

    def open_pilot(self, pod: PodId | None = None) -> None:
        """Go to the scorecard of a pod, or of the pilot."""
        self.go(Place(PILOT, pod))

    def open_rejects(self) -> None:
        """Go to the rows that were not taken in."""
        self.go(Place(IMPORT, REJECTS))

    def open_unlinked(self) -> None:
        """Go to the names whose account is not known."""
        self.go(Place(IMPORT, UNLINKED))
