"""Which period and tickets the metrics speak of, and the metrics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.metrics.filters import HIGH
from convergedesk.domain.fiscal import previous_quarter, quarter_start

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.domain.kinds import AccountId, PodId
    from convergedesk.figures.metrics import Metrics
    from convergedesk.workspace.changes import Changes

QUARTER, BEFORE, YEAR = "quarter", "before", "year"
_SHOWN = frozenset({"insights", "tickets", "accounts", "pods"})
_YEAR_DAYS = 365


class MetricsReading(NamedTuple):
    """The metrics with what the page needs to word them.

    Attributes:
        metrics: The metrics.
        names: Accounts' names.
        features: Features that tickets are about.
        filters: What narrows the tickets, as ids say it.
    """

    metrics: Metrics
    names: Mapping[AccountId, str]
    features: tuple[str, ...]
    filters: tuple[str, ...]


class MetricsViewModel(QObject):
    """State and commands of the Metrics page.

    Signals:
        loading: Nothing is on screen yet and a read began.
        loaded: The `Metrics`.
        failed: The exception.
    """

    loading = Signal()
    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `reload`."""
        super().__init__(parent)
        self._context = context
        self._period = YEAR
        self._high_only = False
        self._feature: str | None = None
        self._reading: JobHandle | None = None
        self._reading_shown: MetricsReading | None = None
        self._outdated = True
        self._on_screen = False
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self._on_written_elsewhere)
        context.portfolio.pod_changed.connect(self._on_pod)

    @property
    def shown(self) -> Metrics | None:
        """What is on screen, or None before the first answer."""
        return None if self._reading_shown is None else self._reading_shown.metrics

    @property
    def reading(self) -> MetricsReading | None:
        """The same with names and filters."""
        return self._reading_shown

    @property
    def feature(self) -> str | None:
        """The feature that is chosen, or None for all."""
        return self._feature

    def appear(self) -> None:
        """The page is on screen: read where something changed since the last time."""
        self._on_screen = True
        if self._outdated:
            self.reload()

    def disappear(self) -> None:
        """The page is left: what changes meanwhile is read when it is back."""
        self._on_screen = False

    def choose_period(self, period: object) -> None:
        """This quarter, the one before, or the last 12 months."""
        self._period = str(period)
        self.reload()

    def choose_priority(self, priority: object) -> None:
        """All tickets, or those of high priority."""
        self._high_only = priority == HIGH
        self.reload()

    def choose_feature(self, feature: object) -> None:
        """Tickets about one feature; None for all."""
        self._feature = None if feature is None else str(feature)
        self.reload()

    def days(self) -> tuple[date, date]:
        """First and last day of the period."""
        today = self._context.today()
        if self._period == YEAR:
            return today - timedelta(days=_YEAR_DAYS - 1), today
        start = quarter_start(today)
        if self._period == QUARTER:
            return start, today
        return previous_quarter(start), start - timedelta(days=1)

    @Slot()
    def reload(self) -> None:
        """Read again; what is on screen stays until the answer is there."""
        self._outdated = False
        if self._reading is not None:
            self._reading.cancel()
        if self._reading_shown is None:
            self.loading.emit()
        first, last = self.days()
        narrowed = (self._context.portfolio.pod, self._high_only, self._feature)
        work = partial(_read, self._context, first, last, *narrowed)
        self._reading = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_error)

    def _on_read(self, reading: MetricsReading) -> None:
        self._reading_shown = reading
        self.loaded.emit(reading.metrics)

    def _on_error(self, error: Exception) -> None:
        self._outdated = True
        self.failed.emit(error)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if changes.kinds & _SHOWN:
            self._change()

    @Slot()
    def _on_written_elsewhere(self) -> None:
        self._change()

    @Slot(object)
    def _on_pod(self, _pod: object) -> None:
        self._change()

    def _change(self) -> None:
        self._outdated = True
        if self._on_screen:
            self.reload()


def _read(
    context: PageContext,
    first: date,
    last: date,
    pod: PodId | None,
    high_only: bool,
    feature: str | None,
    _job: JobContext,
) -> MetricsReading:
    from convergedesk.workspace.metrics import MetricsQuery, metrics
    from convergedesk.workspace.metrics_figures import filters_of, names_of
    from convergedesk.workspace.tickets import ticket_features

    workspace = context.workspace()
    query = MetricsQuery(pod_id=pod, first_day=first, last_day=last, high_only=high_only, feature=feature)
    return MetricsReading(
        metrics(workspace, query), names_of(workspace), ticket_features(workspace), filters_of(query)
    )
