"""Looks for what needs attention whenever something changed, counts it, and tells of what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from convergedesk.desktop.alerting.quiet_hours import hour_of, is_quiet
from convergedesk.domain.declared_settings import NOTIFICATIONS, QUIET_FROM, QUIET_TO
from convergedesk.figures.wording import count
from convergedesk.workspace.changes import Changes, Kind

if TYPE_CHECKING:
    from convergedesk.desktop.alerting.tray import Notifier
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.accounts import AccountId
    from convergedesk.domain.settings import Setting
    from convergedesk.workspace.alerts import AlertRow

_INPUTS = frozenset(
    {
        *(Kind.INSIGHTS, Kind.TICKETS, Kind.GOALS, Kind.PEOPLE, Kind.ENGAGEMENT, Kind.CONTRACTS),
        *(Kind.PODS, Kind.ALERT_RULES, Kind.LINKS, Kind.CALENDAR),
    }
)
_OF_ALL = frozenset({Kind.PODS, Kind.ALERT_RULES, Kind.LINKS, Kind.CALENDAR})
# What is computed from usage comes first, so that one look sees all of it.
_FIRST_MS = 4_000
_SETTLED_MS = 1_500
# A new day, the end of a snooze or of the quiet hours.
_TICK_MS = 900_000
_MOST_NAMED = 3


class _Looked(NamedTuple):
    changes: Changes
    unseen: int
    told: tuple[AlertRow, ...]


class AlertKeeper(QObject):
    """One look at a time, off the GUI thread.

    Signals:
        unseen_changed: How many open alerts nobody has looked at.
        alert_wanted: The id of the alert that a notification told of, or None for several; it was clicked.
    """

    unseen_changed = Signal(int)
    alert_wanted = Signal(object)

    def __init__(
        self,
        setting: Callable[[Setting[Any]], Any],
        notifier: Notifier,
        *,
        local_now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        is_watched: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        """Nothing happens before `begin`.

        Args:
            setting: Reads a setting of this computer.
            notifier: Shows notifications.
            local_now: The time on this computer's clock, for the quiet hours.
            is_watched: Whether somebody has the window before them: then the inbox tells by itself.
            parent: Owner.
        """
        super().__init__(parent)
        self._setting = setting
        self._notifier = notifier
        self._local_now = local_now
        self._is_watched = is_watched
        self._context: PageContext | None = None
        self._running: JobHandle | None = None
        self._again = False
        # What a change touched; None where everything has to be looked at.
        self._touched: set[AccountId] | None = None
        self._told: tuple[AlertRow, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def begin(self, context: PageContext) -> None:
        """Look after this workspace from now on."""
        self.stop()
        self._context = context
        self._touched = None
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self._on_written_elsewhere)
        self._timer.start(_FIRST_MS)
        self._tick.start()

    def stop(self) -> None:
        """The workspace is about to be closed."""
        self._timer.stop()
        self._tick.stop()
        if self._running is not None:
            self._running.cancel()
            self._running = None
        # A desk that was closed has taken its signals along.
        if self._context is not None and isValid(self._context.changes):
            self._context.changes.published.disconnect(self._on_published)
            self._context.changes.written_elsewhere.disconnect(self._on_written_elsewhere)
        self._context = None
        self._told = ()

    @property
    def may_tell(self) -> bool:
        """Whether a notification may come now."""
        if not self._setting(NOTIFICATIONS) or self._is_watched():
            return False
        begin, end = hour_of(self._setting(QUIET_FROM)), hour_of(self._setting(QUIET_TO))
        return not is_quiet(self._local_now().time(), begin, end)

    @Slot()
    def look(self) -> None:
        """Look at what changed, or as soon as the look that is under way is done."""
        context = self._context
        if context is None:
            return
        if context.changes.computing:
            self._timer.start(_SETTLED_MS)
            return
        if self._running is not None:
            self._again = True
            return
        may_tell = self.may_tell
        touched, self._touched = self._touched, set()

        def work(job: JobContext) -> _Looked:
            from convergedesk.workspace.alerts import alert_list, refresh_alerts, take_undelivered

            workspace = context.workspace()
            changes = refresh_alerts(workspace, touched, cancel=job)
            told = take_undelivered(workspace) if may_tell else ()
            unseen = sum(row.alert.seen_at is None for row in alert_list(workspace).open)
            return _Looked(changes, unseen, told)

        handle = context.jobs.submit(work, on_done=self._on_done, on_error=self._on_error)
        self._running = None if handle.finished else handle

    def open_told(self) -> None:
        """Show what the last notification told of."""
        told = self._told
        self.alert_wanted.emit(told[0].alert.id if len(told) == 1 else None)

    def _on_done(self, looked: _Looked) -> None:
        self._running = None
        if self._context is not None and looked.changes.kinds:
            self._context.changes.publish(looked.changes)
        self.unseen_changed.emit(looked.unseen)
        if looked.told:
            self._told = looked.told
            self._notifier.tell(*notification(looked.told))
        if self._again:
            self._again = False
            self._timer.start(_SETTLED_MS)

    def _on_error(self, _error: Exception) -> None:
        # The next change looks again; the page says so where it cannot read.
        self._running = None

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if changes.kinds & _INPUTS:
            if changes.kinds & _OF_ALL or not changes.accounts:
                self._touched = None
            elif self._touched is not None:
                self._touched |= changes.accounts
            self._timer.start(_SETTLED_MS)
        elif Kind.ALERTS in changes.kinds:
            self._count()

    @Slot()
    def _on_written_elsewhere(self) -> None:
        self._touched = None
        self._timer.start(_FIRST_MS)

    @Slot()
    def _on_tick(self) -> None:
        self._touched = None
        self.look()

    def _count(self) -> None:
        context = self._context
        if context is None:
            return

        def work(_job: JobContext) -> int:
            from convergedesk.workspace.alerts import alert_list

            return sum(row.alert.seen_at is None for row in alert_list(context.workspace()).open)

        context.jobs.submit(work, on_done=self.unseen_changed.emit, on_error=self._on_error)


def notification(told: Sequence[AlertRow]) -> tuple[str, str]:
    """Title and text of a notification."""
    if len(told) == 1:
        return told[0].account_name, told[0].alert.finding.sentence
    lines = [f"{row.account_name}: {row.alert.finding.sentence}" for row in told[:_MOST_NAMED]]
    rest = len(told) - _MOST_NAMED
    if rest > 0:
        lines.append(f"and {rest:,} more")
    return count(len(told), "new alert"), "\n".join(lines)
