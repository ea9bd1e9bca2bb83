"""What stands behind the metrics of a period, by their ids."""

from __future__ import annotations

import re
from datetime import date, timedelta

from convergedesk.domain.fiscal import next_quarter
from convergedesk.domain.kinds import AccountId, PodId
from convergedesk.figures.metrics_why import METRICS, metrics_why
from convergedesk.figures.why import Why
from convergedesk.store import accounts as store_accounts
from convergedesk.workspace.explain import account_of
from convergedesk.workspace.metrics import MetricsQuery, metrics
from convergedesk.workspace.session import Workspace

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def explain_metrics(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """Behind 'metrics:WHAT:PERIOD[:FILTER…]', or None where that names no figure."""
    if len(parts) < 2 or parts[0] not in METRICS:
        return None
    period = period_of_id(parts[1])
    query = None if period is None else _query(workspace, period, parts[2:])
    if query is None:
        return None
    return metrics_why(metrics(workspace, query), parts[0], names_of(workspace), parts[2:])


def names_of(workspace: Workspace) -> dict[AccountId, str]:
    """Accounts' names."""
    return {one.id: one.name for one in store_accounts.list_accounts(workspace.store)}


def filters_of(query: MetricsQuery) -> tuple[str, ...]:
    """What narrows the tickets, as ids say it."""
    found: list[str] = []
    if query.account_id is not None:
        found.append(f"account={query.account_id}")
    if query.pod_id is not None:
        found.append(f"pod={query.pod_id}")
    if query.high_only:
        found.append("priority=high")
    if query.feature is not None:
        found.append(f"feature={query.feature}")
    return tuple(found)


def period_of_id(text: str) -> tuple[date, date] | None:
    """'2026-Q4' or '2026-10-01..2026-12-10' as first and last day; None for anything else."""
    quarter = _QUARTER.fullmatch(text)
    if quarter is not None:
        start = date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
        return start, next_quarter(start) - timedelta(days=1)
    first, between, last = text.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return days if between and days[0] <= days[1] else None


def _query(workspace: Workspace, period: tuple[date, date], filters: tuple[str, ...]) -> MetricsQuery | None:
    account: AccountId | None = None
    pod: PodId | None = None
    feature: str | None = None
    high = False
    for one in filters:
        name, _, value = one.partition("=")
        if name == "account":
            account = account_of(workspace, value)
        elif name == "pod" and value.isascii() and value.isdigit() and len(value) < 16:
            pod = PodId(int(value))
        elif name == "priority" and value == "high":
            high = True
        elif name == "feature" and value:
            feature = value
        else:
            return None
    return MetricsQuery(account, pod, *period, high_only=high, feature=feature)
