"""A small book of business in which something happens, and a clock that a test moves."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.alert_rules import AlertRule, default_rule
from convergedesk.domain.alerts import Alert, AlertKind, AlertState
from convergedesk.domain.tickets import Priority, TicketId, TicketStatus
from convergedesk.domain.usage import MeterId
from convergedesk.store import alerts as store_alerts
from convergedesk.store import tables
from convergedesk.store.usage_blocks import write_days
from convergedesk.workspace.alert_rules import save_rule
from convergedesk.workspace.alerts import refresh_alerts
from convergedesk.workspace.insights import refresh_insights
from convergedesk.workspace.session import Workspace, create_workspace
from tests.store.rows import add, add_account, add_meter, add_ticket, epoch_day
from tests.workspace.book import KEY, TickingClock

TODAY = date(2026, 12, 10)
_WEEK = np.array([1.0, 1.05, 1.0, 0.95, 0.9, 0.4, 0.35])


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def steady(days: int, *, seed: int, level: float = 1000.0, last: date = TODAY) -> NDArray[np.float64]:
    """Daily counts up to the day before `last`, weekdays heavier than weekends."""
    rng = np.random.default_rng(seed)
    first = last - timedelta(days=days)
    weekdays = (first.weekday() + np.arange(days)) % 7
    return rng.poisson(level * _WEEK[weekdays] * np.exp(rng.normal(0.0, 0.04, days))).astype(float)


@dataclass
class World:
    """A workspace, its clock, and short ways to make things happen."""

    workspace: Workspace
    clock: TickingClock

    def account(self, name: str, **values: Any) -> AccountId:
        return add_account(self.workspace.store, name, **values)

    def meter(self, name: str = "calls") -> MeterId:
        return add_meter(self.workspace.store, name)

    def usage(
        self, account: AccountId, meter: MeterId, values: NDArray[np.float64], *, last: date = TODAY
    ) -> None:
        """Usage of the days up to the one before `last`; NaN days are not reported."""
        known = np.flatnonzero(np.isfinite(values))
        first = epoch_day(last) - values.size
        with self.workspace.store.write() as connection:
            subject = connection.exec_driver_sql(
                "INSERT INTO usage_subjects (source, account_key, account_id, created_at) "
                "VALUES ('files', ?, ?, 1) RETURNING id",
                (f"id:{account}:{meter}", account),
            ).scalar_one()
            write_days(
                connection,
                np.full(known.size, subject),
                np.full(known.size, meter),
                first + known,
                values[known],
            )

    def ticket(
        self,
        account: AccountId,
        number: str,
        opened: date,
        closed: date | None = None,
        *,
        priority: Priority = Priority.HIGH,
        **values: Any,
    ) -> TicketId:
        return add_ticket(
            self.workspace.store,
            account,
            number,
            opened_at=noon(opened),
            closed_at=None if closed is None else noon(closed),
            status=TicketStatus.OPEN if closed is None else TicketStatus.CLOSED,
            priority=priority,
            **values,
        )

    def go_to(self, day: date) -> None:
        self.clock.instant = noon(day)

    def look(self) -> tuple[Alert, ...]:
        """Compute what changed, look at everything, and read all alerts."""
        refresh_insights(self.workspace)
        refresh_alerts(self.workspace)
        return self.alerts()

    def alerts(self, kind: AlertKind | None = None) -> tuple[Alert, ...]:
        found = store_alerts.list_alerts(self.workspace.store)
        return tuple(one for one in found if kind is None or one.finding.kind is kind)

    def open(self, kind: AlertKind) -> list[Alert]:
        return [one for one in self.alerts(kind) if one.state is AlertState.OPEN]

    def rule(self, kind: AlertKind, **parameters: Any) -> AlertRule:
        """Change the rule of a kind for all accounts."""
        known = default_rule(kind)
        changed = AlertRule(None, kind, True, known.severity, parameters)
        return save_rule(self.workspace, changed)[0]

    def add(self, table: str, **values: Any) -> int:
        dated = {"created_at": noon(TODAY), "updated_at": noon(TODAY)}
        known = getattr(tables, table)
        return add(self.workspace.store, known, **{n: v for n, v in dated.items() if n in known.c}, **values)


@contextmanager
def open_world(folder: Path) -> Generator[World]:
    clock = TickingClock(noon(TODAY))
    with create_workspace(folder / "world.converge", KEY, name="World", clock=clock) as workspace:
        yield World(workspace, clock)
