"""Alerts: which are listed, which one is shown, and what is decided about them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.engagement.writing import make_edit
from convergedesk.desktop.pages.alerts.words import group_of, listed_words
from convergedesk.figures.wording import count, short_day
from convergedesk.workspace.changes import Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.alerts import AlertId
    from convergedesk.workspace.alerts import AlertContext, AlertList, AlertRow
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace

_LIST_KINDS = frozenset({Kind.ALERTS, Kind.ACCOUNTS, Kind.PODS, Kind.LINKS})
_CONTEXT_KINDS = frozenset({Kind.USAGE, Kind.TICKETS, Kind.INSIGHTS, Kind.GOALS})
ALL = "All"
STATES = (
    ("", "Any state"),
    ("open", "Open"),
    ("snoozed", "Snoozed"),
    ("expected", "Expected"),
    ("resolved", "Closed"),
)


class Section(NamedTuple):
    """A heading of the inbox with the alerts beneath it."""

    title: str
    rows: tuple[AlertRow, ...]


class AlertsViewModel(QObject):
    """State and commands of the Alerts page; follows the chosen pod.

    Signals:
        loading: The first reading is under way.
        changed: What is listed changed.
        context_changed: What is shown of the chosen alert changed; the `AlertContext` or None.
        failed: They could not be read; the exception.
        context_failed: The chosen one could not be read; the exception.
    """

    loading = Signal()
    changed = Signal()
    context_changed = Signal(object)
    failed = Signal(object)
    context_failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `set_shown`."""
        super().__init__(parent)
        self._context = context
        self._read: AlertList | None = None
        self._group = ALL
        self._state = ""
        self._shown = False
        self._stale = True
        self._reading: JobHandle | None = None
        self._one: AlertId | None = None
        self._shown_one: AlertContext | None = None
        self._reading_one: JobHandle | None = None
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)
        context.portfolio.pod_changed.connect(self._on_pod)

    @property
    def is_read(self) -> bool:
        """Whether the first reading is done."""
        return self._read is not None

    @property
    def was_looked(self) -> bool:
        """Whether everything was looked at before."""
        return self._read is not None and self._read.last_look is not None

    @property
    def chosen(self) -> AlertId | None:
        """The alert that is shown."""
        return self._one

    @property
    def rows(self) -> tuple[AlertRow, ...]:
        """All alerts of the chosen pod, whatever their kind."""
        if self._read is None:
            return ()
        pod = self._context.portfolio.pod
        return tuple(row for row in self._read.rows if pod is None or pod in row.pod_ids)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is listed: new, earlier, put off, closed by themselves or by somebody."""
        if self._read is None:
            return ()
        today = self._read.today
        week = today - timedelta(days=7)
        wanted = [
            row
            for row in self.rows
            if self._group in (ALL, group_of(row)) and self._state in ("", row.alert.state.value)
        ]
        waiting = [row for row in wanted if row.alert.state.value == "open"]
        new = [row for row in waiting if row.alert.raised_on >= today]
        earlier = [row for row in waiting if week < row.alert.raised_on < today]
        older = [row for row in waiting if row.alert.raised_on <= week]
        snoozed = [row for row in wanted if row.alert.state.value == "snoozed"]
        expected = [row for row in wanted if row.alert.state.value == "expected"]
        closed = [row for row in wanted if row.alert.state.value == "resolved"]
        off = " · ".join(
            text
            for text in (
                f"Snoozed, {len(snoozed)}" if snoozed else "",
                f"{'expected' if snoozed else 'Expected'}, {len(expected)}" if expected else "",
            )
            if text
        )
        found = (
            Section(f"New, {len(new)}", tuple(new)),
            Section(f"Earlier this week, {len(earlier)}", tuple(earlier)),
            Section(f"Older and still true, {len(older)}", tuple(older)),
            Section(off, (*snoozed, *expected)),
            Section(f"Closed lately, {len(closed)}", tuple(closed)),
        )
        return tuple(section for section in found if section.rows)

    @property
    def title(self) -> str:
        """What the page finds."""
        if self._read is None:
            return "Alerts"
        waiting = [row for row in self.rows if row.alert.state.value == "open"]
        if not waiting:
            return "Nothing needs attention" if self.was_looked else "Alerts"
        new = sum(row.alert.raised_on >= self._read.today for row in waiting)
        pressing = sum(row.alert.finding.severity.value == "critical" for row in waiting)
        said = f"{count(new, 'new alert')}" if new else f"{count(len(waiting), 'alert')} waiting"
        return f"{said}, {pressing} worth a call today" if pressing else said

    @property
    def subtitle(self) -> str:
        """When everything was looked at, and how much of it may be chance."""
        look = None if self._read is None else self._read.last_look
        if look is None:
            return "Accounts are looked at as soon as usage and tickets are known"
        said = f"Looked at {count(look.accounts, 'account')} and {count(look.meters, 'meter')}"
        when = "today" if self._read is not None and look.day == self._read.today else short_day(look.day)
        return f"{said} {when} · of the dips at most 1 in 10 is chance"

    def row(self, alert_id: AlertId) -> AlertRow | None:
        """The row of an alert that is read."""
        return next((row for row in self.rows if row.alert.id == alert_id), None)

    def set_shown(self, shown: bool) -> None:
        """Whether anybody looks at the page."""
        self._shown = shown
        if shown and self._stale:
            self._submit()

    @Slot(object)
    def choose_group(self, group: object) -> None:
        """List one group of kinds, or all."""
        self._group = str(group)
        self.changed.emit()

    @Slot(object)
    def choose_state(self, state: object) -> None:
        """List alerts of one state, or of any."""
        self._state = str(state or "")
        self.changed.emit()

    def choose(self, alert_id: AlertId | None) -> None:
        """Show one alert; it counts as seen."""
        if alert_id == self._one and self._shown_one is not None:
            return
        self._one = alert_id
        if self._reading_one is not None:
            self._reading_one.cancel()
            self._reading_one = None
        if alert_id is None:
            self._shown_one = None
            self.context_changed.emit(None)
            return
        self._submit_one(alert_id)

    def mark_seen(self, ids: Collection[AlertId]) -> None:
        """Note that somebody has looked at alerts."""
        new = [row.alert.id for row in self.rows if row.alert.id in ids and row.alert.seen_at is None]
        if not new:
            return

        def work(_job: JobContext) -> Changes:
            from convergedesk.workspace.alerts import mark_seen

            return mark_seen(self._context.workspace(), new)

        self._context.jobs.submit(
            work, write=True, on_done=self._context.changes.publish, on_error=self._on_failed
        )

    def mark_all_seen(self) -> None:
        """Nothing is new any more."""
        self.mark_seen([row.alert.id for row in self.rows])

    def snooze(self, ids: Collection[AlertId], until: date) -> None:
        """Put alerts off until a day."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.alerts import snooze

            return snooze(workspace, ids, until)

        self._decide(ids, change, f"snoozed until {short_day(until)}")

    def expect(self, ids: Collection[AlertId], reason: str, until: date | None) -> None:
        """Mark alerts as expected."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.alerts import expect

            return expect(workspace, ids, reason, until)

        self._decide(ids, change, "marked as expected")

    def done(self, ids: Collection[AlertId], reason: str = "") -> None:
        """Close alerts."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.alerts import done

            return done(workspace, ids, reason)

        self._decide(ids, change, "done")

    def take_up_again(self, ids: Collection[AlertId]) -> None:
        """Open alerts again."""

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.alerts import take_up_again

            return take_up_again(workspace, ids)

        self._decide(ids, change, "open again")

    @Slot()
    def reload(self) -> None:
        """Read again, or when the page is shown next."""
        self._stale = True
        if self._shown:
            self._submit()

    def _decide(self, ids: Collection[AlertId], change: Callable[[Workspace], Changes], outcome: str) -> None:
        if ids:
            make_edit(self._context, change, f"{listed_words(self.rows, ids)} {outcome}")

    def _submit(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        if self._read is None:
            self.loading.emit()
        self._stale = False

        def work(_job: JobContext) -> AlertList:
            from convergedesk.workspace.alerts import alert_list

            return alert_list(self._context.workspace())

        self._reading = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    def _submit_one(self, alert_id: AlertId) -> None:
        def work(_job: JobContext) -> AlertContext:
            from convergedesk.workspace.alerts import alert_context

            return alert_context(self._context.workspace(), alert_id)

        handle = self._context.jobs.submit(work, on_done=self._on_one, on_error=self.context_failed.emit)
        self._reading_one = None if handle.finished else handle

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if changes.kinds & _LIST_KINDS:
            self.reload()
        if self._one is not None and self._shown and changes.kinds & (_CONTEXT_KINDS | {Kind.ALERTS}):
            self._submit_one(self._one)

    @Slot(object)
    def _on_pod(self, _pod: object) -> None:
        if self._read is not None:
            self.changed.emit()

    def _on_read(self, read: AlertList) -> None:
        self._read = read
        self.changed.emit()

    def _on_one(self, found: AlertContext) -> None:
        self._reading_one = None
        if found.alert.id == self._one:
            self._shown_one = found
            self.context_changed.emit(found)

    def _on_failed(self, error: Exception) -> None:
        self._stale = True
        self.failed.emit(error)
