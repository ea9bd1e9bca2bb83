"""Shortens what is kept of accounts to what Home shows, whenever something of it is new."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from convergedesk.domain.account_figures import AccountFigures, CommitmentFigure, HealthFigure, SpendFigure
from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.briefs import (
    AccountBrief,
    HealthBrief,
    MonthSoFar,
    Outlook,
    PortfolioBrief,
    RecentFall,
    RestorationBrief,
    TicketDip,
    UsageNow,
    ValueRestored,
)
from convergedesk.domain.episodes import KeptInsights
from convergedesk.insights.false_discovery import adjusted_p_values
from convergedesk.insights.survival import RestorationCurve, restoration_curve
from convergedesk.store.account_figures import kept_figures
from convergedesk.store.briefs import (
    EVERYBODY,
    DipRow,
    EpisodeRow,
    dips_of,
    drop_orphans,
    episode_rows,
    fall_p_values,
    heads,
    outdated,
    write_briefs,
    write_portfolio,
)
from convergedesk.store.engine import Store
from convergedesk.store.insights import insights_of
from convergedesk.store.pods import list_pods

LOOKS_BACK = 365
QUARTERS = 4
FALSE_DISCOVERIES = 0.10
# A dip that was never restored is news for so long; later it is the account's usual level.
_DIP_IS_NEWS = 60
_ACCOUNTS_AT_ONCE = 200


def refresh_briefs(
    store: Store, *, today: date, now: datetime, computed: Collection[AccountId] = ()
) -> frozenset[AccountId]:
    """Brings every brief up to date that is older than the figures behind it.

    Args:
        store: The workspace.
        today: The workspace's today.
        now: The instant to note for what is kept of pods.
        computed: Accounts whose figures have just been computed.

    Returns:
        The accounts whose brief is new; all of them where what they come to together is.
    """
    wanted = outdated(store, computed)
    accounts = sorted(wanted)
    for first in range(0, len(accounts), _ACCOUNTS_AT_ONCE):
        batch = accounts[first : first + _ACCOUNTS_AT_ONCE]
        insights = {one.account_id: one for one in insights_of(store, batch)}
        figures, dips = kept_figures(store, batch), dips_of(store, batch)
        write_briefs(
            store,
            {
                account: (
                    brief_of(insights.get(account), figures.get(account), dips.get(account, ())),
                    wanted[account],
                )
                for account in batch
            },
        )
    drop_orphans(store)
    parents = heads(store)
    if write_portfolio(store, portfolio_briefs(store, parents, today), now=now):
        return frozenset(parents)
    return frozenset(accounts)


def brief_of(
    insights: KeptInsights | None, figures: AccountFigures | None, dips: Sequence[DipRow]
) -> AccountBrief:
    """One account in short.

    Args:
        insights: What the study of its usage found, or None.
        figures: Its health, spend and commitments, or None.
        dips: Its confirmed dips, by opening.
    """
    kept: dict[str, Any] = {} if insights is None else json.loads(insights.figures)
    as_of = None if insights is None else insights.as_of
    now = {effect["horizon"]: effect for effect in kept.get("now", ())}
    back = [one for one in dips if one.restored and one.restored_on is not None]
    last = max(back, key=lambda one: one.restored_on or date.min, default=None)
    return AccountBrief(
        as_of=as_of,
        week=_usage_now(now.get(7)),
        fall=_fall(kept.get("recent_dip")),
        dips=_unrestored(dips, as_of),
        restored=None if last is None else _restored(last),
        health=None if figures is None else _health(figures.health),
        spend=() if figures is None else tuple(map(_month, figures.spend)),
        outlook=None if figures is None else _outlook(figures.commitments),
    )


def portfolio_briefs(
    store: Store, parents: Mapping[AccountId, AccountId | None], today: date
) -> dict[PodId, PortfolioBrief]:
    """What all accounts come to together, and those of each pod; `parents` as `store.briefs.heads`."""
    episodes = episode_rows(store, today - timedelta(days=LOOKS_BACK - 1))
    falls = fall_p_values(store)
    members: dict[PodId, set[AccountId]] = {EVERYBODY: set(parents)}
    for pod in list_pods(store):
        members[pod.id] = {one for one in parents if _under(one, pod.account_ids, parents)}
    return {pod: _portfolio(_tops(among, parents), episodes, falls, today) for pod, among in members.items()}


def _portfolio(
    accounts: Collection[AccountId],
    episodes: Sequence[EpisodeRow],
    falls: Mapping[AccountId, float],
    today: date,
) -> PortfolioBrief:
    mine = [one for one in episodes if one.account_id in accounts]
    asked = [falls[account] for account in accounts if account in falls]
    return PortfolioBrief(_restoration(mine, today), _falls_up_to(asked), len(asked))


def _falls_up_to(p_values: Sequence[float]) -> float:
    """The largest of these p-values that stands beside all the others."""
    adjusted = adjusted_p_values(p_values)
    standing = np.asarray(p_values, dtype=np.float64)[adjusted <= FALSE_DISCOVERIES]
    return float(standing.max()) if standing.size else 0.0


def _restoration(episodes: Sequence[EpisodeRow], today: date) -> RestorationBrief:
    first = today - timedelta(days=LOOKS_BACK - 1)
    curve = _curve(episodes)
    quarter = LOOKS_BACK / QUARTERS
    places = [min(int((one.opened_on - first).days / quarter), QUARTERS - 1) for one in episodes]
    parts = [
        _curve([one for one, place in zip(episodes, places, strict=True) if place == number])
        for number in range(QUARTERS)
    ]
    dips = [one for one in episodes if one.days is not None]
    return RestorationBrief(
        first_day=first,
        last_day=today,
        median=_finite(curve.median),
        low=_finite(curve.low),
        high=_finite(curve.high),
        tickets=len(dips),
        waiting=sum(1 for one in dips if not one.restored),
        out_of=len(episodes),
        quarters=tuple(None if part.early_sign else _finite(part.median) for part in parts),
    )


def _curve(episodes: Sequence[EpisodeRow]) -> RestorationCurve:
    dips = [one for one in episodes if one.days is not None]
    days = np.array([one.days for one in dips], dtype=np.float64)
    return restoration_curve(days, np.array([one.restored for one in dips], dtype=np.bool_))


def _under(
    account: AccountId, among: Collection[AccountId], parents: Mapping[AccountId, AccountId | None]
) -> bool:
    seen: set[AccountId] = set()
    current: AccountId | None = account
    while current is not None and current not in seen:
        if current in among:
            return True
        seen.add(current)
        current = parents.get(current)
    return False


def _tops(among: set[AccountId], parents: Mapping[AccountId, AccountId | None]) -> set[AccountId]:
    """Those that are no site of another one among them: their figures hold their sites'."""
    return {one for one in among if parents.get(one) not in among}


def _usage_now(effect: Mapping[str, Any] | None) -> UsageNow | None:
    if effect is None:
        return None
    return UsageNow(
        first_day=date.fromisoformat(effect["first_day"]),
        days=effect["horizon"],
        estimate=effect["estimate"],
        low=effect["low"],
        high=effect["high"],
        verdict=effect["verdict"],
        observed=effect["observed"],
        expected=effect["expected"],
        year_earlier=effect["year_earlier"],
        smallest=effect["smallest_detectable"],
        abstained=effect["abstained"],
        unusual=bool(effect["unusual"]),
    )


def _fall(kept: Mapping[str, Any] | None) -> RecentFall | None:
    if kept is None or not kept["fired"] or kept["estimate"] is None or kept["p_value"] is None:
        return None
    return RecentFall(
        first_day=date.fromisoformat(kept["first_day"]),
        days=kept["days"],
        estimate=kept["estimate"],
        low=kept.get("low"),
        high=kept.get("high"),
        p_value=kept["p_value"],
        tickets=kept["tickets"],
    )


def _unrestored(dips: Sequence[DipRow], as_of: date | None) -> tuple[TicketDip, ...]:
    if as_of is None:
        return ()
    since = as_of - timedelta(days=_DIP_IS_NEWS)
    found = [
        TicketDip(
            ticket_id=one.near.id,
            number=one.near.number,
            opened_on=one.near.opened_on,
            resolved_on=one.resolved_on,
            onset_on=one.onset_on,
            days=round(one.days),
            estimate=one.estimate,
            low=one.low,
            high=one.high,
        )
        for one in dips
        if not one.restored and one.onset_on is not None and one.onset_on >= since
    ]
    return tuple(sorted(found, key=lambda dip: (dip.estimate or 0.0, dip.ticket_id)))


def _restored(row: DipRow) -> ValueRestored:
    return ValueRestored(
        row.first.id, row.first.number, row.opened_on, row.restored_on or row.opened_on, round(row.days)
    )


def _health(figure: HealthFigure) -> HealthBrief:
    known = [one for one in figure.factors if one.points is not None]
    worst = max(known, key=lambda one: one.room, default=None)
    words = "" if worst is None or worst.room < 1 else f"{worst.title}: {worst.sentence}"
    return HealthBrief(
        figure.score, figure.band, figure.before, len(figure.factors) - len(known), words, figure.way_up
    )


def _month(figure: SpendFigure) -> MonthSoFar:
    limits = [
        None if part is None else part.minor_units for part in (figure.forecast, figure.low, figure.high)
    ]
    return MonthSoFar(figure.currency, figure.month, figure.through, figure.accrued.minor_units, *limits)


def _outlook(figures: Sequence[CommitmentFigure]) -> Outlook | None:
    """The commitment that is furthest off its pace."""
    chosen = max(
        figures, key=lambda one: abs(math.log(max(one.pace, 0.01))) if one.pace else 0.0, default=None
    )
    if chosen is None:
        return None
    return Outlook(
        currency=chosen.promise.currency,
        promise=chosen.promise.minor_units,
        used=chosen.used.minor_units,
        starts_on=chosen.starts_on,
        ends_on=chosen.ends_on,
        pace=chosen.pace,
        exhausted=chosen.exhausted,
        earliest=chosen.exhausted_earliest,
        latest=chosen.exhausted_latest,
        unused=None if chosen.shortfall is None else chosen.shortfall.middle.minor_units,
        beyond=None if chosen.overage is None else chosen.overage.middle.minor_units,
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
