"""What every account brings to the pilot's scorecard: usage, dips, bills and departures, before and after."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from convergedesk.domain.account_figures import Missing
from convergedesk.domain.accounts import Account, AccountId, Pod
from convergedesk.domain.billing import BilledTotal
from convergedesk.domain.money import Money
from convergedesk.domain.protocols import CancelToken, Progress, no_progress
from convergedesk.domain.rates import ExchangeRate, convert
from convergedesk.figures.pilot_scorecard import (
    FEWEST_DAYS,
    Measure,
    PilotAccount,
    PilotBook,
    compare_pilot,
    what_is_missing,
)
from convergedesk.figures.study_inputs import AccountStudy, Surroundings, read_studies
from convergedesk.store.accounts import list_accounts
from convergedesk.store.billing import billed_between
from convergedesk.store.briefs import EpisodeRow, episode_rows
from convergedesk.store.engine import Store
from convergedesk.store.pods import list_pods
from convergedesk.store.usage import meters

LONGEST = 182
TREND_DAYS = 90
_ACCOUNTS_AT_ONCE = 100
_NAN = (math.nan, math.nan)


def read_pilot(
    store: Store,
    pod: Pod,
    *,
    today: date,
    currency: str | None,
    rates: Sequence[ExchangeRate] = (),
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> PilotBook:
    """Reads everything and makes the scorecard of a pod.

    Args:
        store: The workspace.
        pod: The pilot.
        today: The workspace's today.
        currency: The reporting currency; None: the one that most accounts are billed in.
        rates: Stated rates; an account that cannot be converted has no revenue to be matched by.
        progress: Told in accounts.
        cancel: Asked between batches; what is missing then is said to be missing.
    """
    started = pod.started_on
    days = 0 if started is None else min((today - started).days, LONGEST)
    if started is None or days < FEWEST_DAYS:
        return _not_yet(pod, started, days)
    before = (started - timedelta(days=days), started - timedelta(days=1))
    after = (started, started + timedelta(days=days - 1))
    known = {one.id: one for one in list_accounts(store) if one.gone_since is None}
    heads = _heads(known)
    pilot = {heads[one] for one in pod.account_ids if one in heads}
    others = _in_other_pilots(store, pod, started, heads)
    groups: dict[AccountId, list[AccountId]] = {}
    for account, head in heads.items():
        if head not in others or head in pilot:
            groups.setdefault(head, []).append(account)
    months = _months(started, after[1])
    bills = _Bills(store, heads, (started.replace(day=1), months), currency, rates)
    episodes = _Dips(episode_rows(store, before[0]), heads)
    around = Surroundings({one.id: one for one in meters(store)}, known, (), today)
    accounts: list[PilotAccount] = []
    order = sorted(groups)
    for first in range(0, len(order), _ACCOUNTS_AT_ONCE):
        if cancel is not None and cancel.cancelled:
            break
        progress(first, len(order), "Comparing the pilot with accounts like it")
        batch = {head: groups[head] for head in order[first : first + _ACCOUNTS_AT_ONCE]}
        for study in read_studies(store, batch, around):
            account = known[study.account_id]
            # Who left before the pilot began is nobody to be compared with.
            if study.left is None or study.left >= started:
                accounts.append(
                    _account(study, account, study.account_id in pilot, (before, after), bills, episodes)
                )
    measures, pairs = compare_pilot(accounts)
    outside = sum(1 for one in accounts if not one.in_pilot)
    return PilotBook(
        pod_id=pod.id,
        pod=pod.name,
        started_on=started,
        before=before,
        after=after,
        months=len(months),
        currency=bills.currency,
        measures=measures if outside else (),
        pairs=pairs,
        outside=outside,
        missing=what_is_missing(measures, pairs, outside, pod.name)
        if pairs
        else (Missing(f"{pod.name} has no accounts.", "Add accounts to the pod."),),
    )


def _not_yet(pod: Pod, started: date | None, days: int) -> PilotBook:
    if started is None:
        missing = Missing("Nobody said when the pilot began.", "State its first day above.")
    else:
        left = FEWEST_DAYS - max(days, 0)
        missing = Missing(
            f"The pilot is {max(days, 0)} days old, and {FEWEST_DAYS} are needed.",
            f"It can be compared in {left} days.",
        )
    return PilotBook(pod.id, pod.name, started, None, None, 0, None, (), (), 0, (missing,))


def _heads(known: Mapping[AccountId, Account]) -> dict[AccountId, AccountId]:
    heads: dict[AccountId, AccountId] = {}
    for one in known:
        head, seen = one, {one}
        while (above := known[head].parent_id) is not None and above in known and above not in seen:
            head = above
            seen.add(above)
        heads[one] = head
    return heads


def _in_other_pilots(
    store: Store, pod: Pod, started: date, heads: Mapping[AccountId, AccountId]
) -> set[AccountId]:
    """Accounts of other pods that are known to have begun as well: they were changed too."""
    return {
        heads[one]
        for other in list_pods(store)
        if other.id != pod.id and other.started_on is not None and other.started_on <= started
        for one in other.account_ids
        if one in heads
    }


def _months(started: date, last: date) -> list[date]:
    """First days of the whole months of the pilot so far, which began with one of them or within one."""
    month = started if started.day == 1 else _next(started)
    found: list[date] = []
    while _next(month) - timedelta(days=1) <= last:
        found.append(month)
        month = _next(month)
    return found


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _months_before(month: date, count: int) -> date:
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


class _Bills:
    """What accounts were billed: in the year before, and in as many months before as after."""

    def __init__(
        self,
        store: Store,
        heads: Mapping[AccountId, AccountId],
        turn: tuple[date, Sequence[date]],
        currency: str | None,
        rates: Sequence[ExchangeRate],
    ) -> None:
        """`turn` is the month in which the pilot began, which belongs to neither side, and those after it."""
        began, months = turn
        self._rates = rates
        self._months = len(months)
        until = _next(months[-1]) if months else began
        self._year = self._of(store, heads, _months_before(began, 12), began)
        self._before = self._of(store, heads, _months_before(began, self._months), began) if months else {}
        self._after = self._of(store, heads, months[0], until) if months else {}
        self._on = until - timedelta(days=1)
        uses = Counter(money.currency for amounts in self._year.values() for money in amounts)
        usual = max(uses, key=lambda code: (uses[code], code), default=None)
        self.currency = currency or usual

    @staticmethod
    def _of(
        store: Store, heads: Mapping[AccountId, AccountId], first: date, until: date
    ) -> dict[AccountId, list[Money]]:
        found: dict[AccountId, list[Money]] = {}
        bills: tuple[BilledTotal, ...] = billed_between(store, first, until - timedelta(days=1))
        for one in bills:
            if one.account_id in heads:
                found.setdefault(heads[one.account_id], []).append(one.total)
        return found

    def revenue(self, account: AccountId) -> float:
        """Billed in the twelve months before, in minor units; NaN where that is not known."""
        return self._sum(self._year.get(account))

    def monthly(self, account: AccountId) -> tuple[float, float]:
        """Billed a month, before and after."""
        if not self._months:
            return _NAN
        return (
            self._sum(self._before.get(account)) / self._months,
            self._sum(self._after.get(account)) / self._months,
        )

    def _sum(self, amounts: Sequence[Money] | None) -> float:
        if not amounts or self.currency is None:
            return math.nan
        total = convert(amounts, self.currency, self._rates, self._on).total
        return math.nan if total is None else float(total.minor_units)


class _Dips:
    """Days to value restored of dips by account; who still waits counts with the days so far."""

    def __init__(self, rows: Sequence[EpisodeRow], heads: Mapping[AccountId, AccountId]) -> None:
        self._rows: dict[AccountId, list[EpisodeRow]] = {}
        for row in rows:
            # A parent's episodes hold its sites' tickets already.
            if row.days is not None and heads.get(row.account_id) == row.account_id:
                self._rows.setdefault(row.account_id, []).append(row)

    def days(self, account: AccountId, window: tuple[date, date]) -> float:
        """The mean over an account's dips; NaN without any."""
        days = [
            row.days
            for row in self._rows.get(account, ())
            if row.days is not None and window[0] <= row.opened_on <= window[1]
        ]
        return float(np.mean(days)) if days else math.nan


def _account(
    study: AccountStudy,
    account: Account,
    in_pilot: bool,
    windows: tuple[tuple[date, date], tuple[date, date]],
    bills: _Bills,
    dips: _Dips,
) -> PilotAccount:
    before, after = windows
    left = study.left is not None and study.left <= after[1]
    return PilotAccount(
        account_id=account.id,
        name=account.name,
        tier=account.tier or "",
        in_pilot=in_pilot,
        revenue=bills.revenue(account.id),
        trend=_trend(study, before[1]),
        values={
            Measure.USAGE: (_a_day(study, *before), _a_day(study, *after)),
            Measure.RESTORED: (dips.days(account.id, before), dips.days(account.id, after)),
            Measure.BILLED: bills.monthly(account.id),
            Measure.CHURNED: (0.0, 1.0 if left else 0.0),
        },
    )


def _trend(study: AccountStudy, last: date) -> float:
    half = TREND_DAYS // 2
    middle = last - timedelta(days=half)
    earlier = _a_day(study, middle - timedelta(days=half - 1), middle)
    later = _a_day(study, middle + timedelta(days=1), last)
    return later / earlier - 1.0 if earlier > 0 else math.nan


def _a_day(study: AccountStudy, first: date, last: date) -> float:
    """Mean of the observed days; NaN where fewer than two thirds were reported."""
    if study.total is None:
        return math.nan
    start, end = study.index(first), study.index(last) + 1
    days = study.total[max(start, 0) : max(end, 0)]
    seen = days[np.isfinite(days)]
    return float(seen.mean()) if seen.size * 3 >= (end - start) * 2 else math.nan
