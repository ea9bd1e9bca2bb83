"""What the program noticed, as pages and the command line ask for it, and what people decide about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from convergedesk.domain.accounts import Account, AccountId, PodId
from convergedesk.domain.alerts import Alert, AlertId, AlertKind, AlertState, Finding, Severity
from convergedesk.domain.protocols import CancelToken, Progress, no_progress
from convergedesk.figures.wording import count, day, short_day
from convergedesk.store import accounts as store_accounts
from convergedesk.store import alerts as store_alerts
from convergedesk.store import insights as store_insights
from convergedesk.store import pods as store_pods
from convergedesk.store.settings import read_settings, write_setting
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.domain.tickets import Ticket
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.account import AccountUsage
    from convergedesk.figures.account_figures import PreparedBurnDown
    from convergedesk.figures.expected import ExpectedRange
    from convergedesk.figures.why import Why

_LAST_LOOK = "alerts.last_look"
_KINDS = frozenset({Kind.ALERTS})
NEWS_DAYS = 7
_MORNING = time(9)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert with the name of its account.

    Attributes:
        alert: The alert.
        account_name: Whose.
        pod_ids: Pods of the account, or of what it is a site of.
    """

    alert: Alert
    account_name: str
    pod_ids: frozenset[PodId]


@dataclass(frozen=True, slots=True)
class LastLook:
    """When everything was looked at last.

    Attributes:
        day: The workspace's day.
        at: When, UTC.
        accounts: How many accounts.
        meters: How many meters.
    """

    day: date
    at: datetime
    accounts: int
    meters: int


@dataclass(frozen=True, slots=True)
class AlertList:
    """Everything that was noticed and is worth showing.

    Attributes:
        rows: Open ones first, newest first; then those put off, expected, and closed of late.
        today: The workspace's today.
        last_look: The last look at everything, or None before the first.
        pods: Every pod by id.
    """

    rows: tuple[AlertRow, ...]
    today: date
    last_look: LastLook | None
    pods: tuple[tuple[PodId, str], ...]

    @property
    def open(self) -> tuple[AlertRow, ...]:
        """Those that nobody has decided about."""
        return tuple(row for row in self.rows if row.alert.state is AlertState.OPEN)

    def by_account(self) -> dict[AccountId, tuple[AlertRow, ...]]:
        """The open ones by account."""
        found: dict[AccountId, list[AlertRow]] = {}
        for row in self.open:
            found.setdefault(row.alert.finding.account_id, []).append(row)
        return {account_id: tuple(rows) for account_id, rows in found.items()}


@dataclass(frozen=True, slots=True)
class AlertContext:
    """What is shown beside one alert.

    Attributes:
        alert: The alert.
        account: Whose.
        usage: The account's usage, or None without any.
        ranges: What was expected, by meter; None for the total.
        tickets: The account's tickets around the event, newest first.
        burn_down: The commitment that the alert speaks of; None for other kinds.
    """

    alert: Alert
    account: Account
    usage: AccountUsage | None
    ranges: dict[MeterId | None, ExpectedRange]
    tickets: tuple[Ticket, ...]
    burn_down: PreparedBurnDown | None = None


def moment(workspace: Workspace) -> datetime:
    """The instant as of which tickets count: now, or in a sample the morning of its own day."""
    now = workspace.clock.now()
    if now.astimezone().date() == workspace.today:
        return now
    return datetime.combine(workspace.today, _MORNING, UTC)


def refresh_alerts(
    workspace: Workspace,
    touched: Collection[AccountId] | None = None,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Changes:
    """Looks at accounts; new alerts are raised, and those that do not hold any more are closed.

    Args:
        workspace: The workspace.
        touched: Only accounts that a change touched; None for all, as on every new day.
        progress: Told in accounts.
        cancel: Asked before each batch.

    Returns:
        The accounts whose alerts are others now.
    """
    from convergedesk.figures.alerts.engine import refresh_alerts as refresh

    now = workspace.clock.now()
    before = _last_look(read_settings(workspace.store).get(_LAST_LOOK))
    if before is None or before.day != workspace.today:
        touched = None
    outcome = refresh(
        workspace.store,
        touched,
        today=workspace.today,
        now=now,
        at=moment(workspace),
        progress=progress,
        cancel=cancel,
    )
    if outcome is None:
        return Changes(frozenset(), frozenset())
    if before is not None and touched is not None:
        return Changes(outcome.touched, _KINDS if outcome.touched else frozenset())
    look = LastLook(workspace.today, now, outcome.accounts, outcome.meters)
    first = before is None or replace(before, at=now) != look
    if first:
        kept = {**asdict(look), "day": look.day.isoformat(), "at": now.isoformat()}
        write_setting(workspace.store, _LAST_LOOK, kept, now=now)
    touched = outcome.touched
    return Changes(touched, _KINDS if touched or first else frozenset())


def alert_list(workspace: Workspace, account_id: AccountId | None = None) -> AlertList:
    """Everything that is open or put off, and what was closed in the last seven days.

    Args:
        workspace: The workspace.
        account_id: Only of this account and its sites; None for all.
    """
    store = workspace.store
    today = workspace.today
    with store.read_together():
        known = {account.id: account for account in store_accounts.list_accounts(store)}
        pods = store_pods.list_pods(store)
        # What a sample's own day calls the past may be closed today.
        since = _days_before(min(today, workspace.clock.now().date()), NEWS_DAYS)
        found = store_alerts.list_alerts(store, closed_since=since)
        kept = read_settings(store).get(_LAST_LOOK)
        among = set(known) if account_id is None else set(store_accounts.family(store, account_id))
    shared = {pod.id: frozenset(pod.account_ids) for pod in pods}
    rows = [
        AlertRow(
            alert,
            known[alert.finding.account_id].name,
            _pods(alert.finding.account_id, known, shared),
        )
        for alert in found
        if alert.finding.account_id in known and alert.finding.account_id in among
    ]
    order = {AlertState.OPEN: 0, AlertState.SNOOZED: 1, AlertState.EXPECTED: 1, AlertState.RESOLVED: 2}
    weight = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}
    rows.sort(
        key=lambda row: (
            order[row.alert.state],
            -row.alert.raised_on.toordinal(),
            weight[row.alert.finding.severity],
            row.account_name.casefold(),
            row.alert.id,
        )
    )
    return AlertList(tuple(rows), today, _last_look(kept), tuple((pod.id, pod.name) for pod in pods))


def alert_context(workspace: Workspace, alert_id: AlertId) -> AlertContext:
    """One alert with what is shown beside it. Raises NotFoundError."""
    from convergedesk.figures.alerts.expected import expected_without
    from convergedesk.workspace.accounts import account_tickets, account_usage

    alert = store_alerts.get(workspace.store, alert_id)
    account_id = alert.finding.account_id
    account = store_accounts.get(workspace.store, account_id)
    usage = account_usage(workspace, account_id)
    has_usage = usage.first_day is not None
    return AlertContext(
        alert=alert,
        account=account,
        usage=usage if has_usage else None,
        ranges=expected_without(
            usage, store_insights.episodes_of(workspace.store, [account_id]), alert.finding
        )
        if has_usage
        else {},
        tickets=account_tickets(workspace, account_id),
        burn_down=_burn_down(workspace, alert.finding),
    )


def _burn_down(workspace: Workspace, finding: Finding) -> PreparedBurnDown | None:
    if finding.kind is not AlertKind.COMMITMENT:
        return None
    from convergedesk.workspace.account_figures import burn_downs

    for one in burn_downs(workspace, finding.account_id):
        named = f"commitment:{one.figure.contract_id}:{one.figure.place}:"
        if finding.subject.startswith(named):
            return one
    return None


def explain_alert(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    """What stands behind the alert of an id such as 'alert:12'; None where the parts name none."""
    from convergedesk.figures.alerts.evidence import why_of_alert

    if len(parts) != 1 or not parts[0].isdigit():
        return None
    alert = store_alerts.get(workspace.store, AlertId(int(parts[0])))
    return why_of_alert(alert.finding.figures, alert.id)


def snooze(workspace: Workspace, ids: Collection[AlertId], until: date) -> Changes:
    """Put alerts off until a day; they come back then if they still hold."""
    return _decide(
        workspace,
        ids,
        f"Snoozed {{what}} until {short_day(until)}",
        state=AlertState.SNOOZED,
        snoozed_until=until,
        reason="",
    )


def expect(workspace: Workspace, ids: Collection[AlertId], reason: str, until: date | None = None) -> Changes:
    """Mark alerts as expected: their occurrence stays silent, or until a day if it still holds then."""
    return _decide(
        workspace,
        ids,
        "Marked {what} as expected",
        state=AlertState.EXPECTED,
        snoozed_until=until,
        reason=reason.strip(),
    )


def done(workspace: Workspace, ids: Collection[AlertId], reason: str = "") -> Changes:
    """Close alerts; the same occurrence is not raised again."""
    return _decide(
        workspace,
        ids,
        "Marked {what} as done",
        state=AlertState.RESOLVED,
        snoozed_until=None,
        reason=reason.strip(),
        resolved_at=workspace.clock.now(),
        resolved_by=workspace.author or "you",
    )


def take_up_again(workspace: Workspace, ids: Collection[AlertId]) -> Changes:
    """Open alerts again that were put off, expected or done."""
    return _decide(
        workspace,
        ids,
        "Opened {what} again",
        state=AlertState.OPEN,
        snoozed_until=None,
        reason="",
        resolved_at=None,
        resolved_by="",
    )


def mark_seen(workspace: Workspace, ids: Collection[AlertId]) -> Changes:
    """Note that somebody has looked at alerts; no edit, since nothing was decided."""
    now = workspace.clock.now()
    new = [alert.id for alert in store_alerts.list_alerts(workspace.store, ids=ids) if alert.seen_at is None]
    if not new:
        return Changes(frozenset(), frozenset())
    store_alerts.change(workspace.store, new, now=now, seen_at=now)
    return Changes(frozenset(), _KINDS)


def take_undelivered(workspace: Workspace) -> tuple[AlertRow, ...]:
    """The pressing alerts that no notification has told of; they count as told from now on."""
    waiting = [
        row
        for row in alert_list(workspace).open
        if row.alert.delivered_at is None and row.alert.finding.severity is not Severity.INFO
    ]
    if waiting:
        now = workspace.clock.now()
        store_alerts.change(workspace.store, [row.alert.id for row in waiting], now=now, delivered_at=now)
    return tuple(waiting)


def counts_by_state(rows: Sequence[AlertRow]) -> Counter[AlertState]:
    """How many alerts are in each state."""
    return Counter(row.alert.state for row in rows)


def state_words(alert: Alert) -> str:
    """What became of an alert, such as 'snoozed until 14 Dec' or 'closed by itself: value restored'."""
    reason = f": {alert.reason}" if alert.reason else ""
    until = "" if alert.snoozed_until is None else f" until {short_day(alert.snoozed_until)}"
    if alert.state is AlertState.OPEN:
        return f"raised {day(alert.raised_on)}"
    if alert.state is AlertState.SNOOZED:
        return f"snoozed{until}"
    if alert.state is AlertState.EXPECTED:
        return f"expected{until}{reason}"
    by = f"done, by {alert.resolved_by}" if alert.resolved_by else "closed by itself"
    return f"{by}{reason}"


def _decide(workspace: Workspace, ids: Collection[AlertId], label: str, **values: Any) -> Changes:
    with workspace.edit() as edit:
        found = store_alerts.list_alerts(workspace.store, ids=ids)
        if found:
            first = found[0].finding
            what = f"“{first.sentence}”" if len(found) == 1 else count(len(found), "alert")
            edit.label = label.format(what=what)
            edit.account_id = first.account_id if len(found) == 1 else None
            now = workspace.clock.now()
            store_alerts.change(workspace.store, [alert.id for alert in found], now=now, **values)
    return Changes(frozenset(a.finding.account_id for a in found), _KINDS, edit_id=edit.id)


def _pods(
    account_id: AccountId, known: dict[AccountId, Account], shared: dict[PodId, frozenset[AccountId]]
) -> frozenset[PodId]:
    family: set[AccountId] = set()
    above: AccountId | None = account_id
    while above is not None and above in known and above not in family:
        family.add(above)
        above = known[above].parent_id
    return frozenset(pod for pod, members in shared.items() if members & family)


def _days_before(today: date, days: int) -> date:
    return date.fromordinal(today.toordinal() - days)


def _last_look(kept: Any) -> LastLook | None:
    if not isinstance(kept, dict):
        return None
    values = cast("dict[str, Any]", kept)
    return LastLook(
        date.fromisoformat(values["day"]),
        datetime.fromisoformat(values["at"]),
        int(values["accounts"]),
        int(values["meters"]),
    )
