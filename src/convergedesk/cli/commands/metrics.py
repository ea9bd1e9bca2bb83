"""`convergedesk metrics`: what support did to usage, beside the traditional figures."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import UsageError
from convergedesk.figures.wording import count, number, percent

if TYPE_CHECKING:
    from convergedesk.figures.metrics import Metrics
    from convergedesk.insights.survival import RestorationCurve


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Compute what is out of date, then print the period's figures; returns 0."""
    from convergedesk.figures.metrics_why import METRICS, metrics_why
    from convergedesk.figures.why import to_json, with_sources
    from convergedesk.workspace.accounts import find_account
    from convergedesk.workspace.explain import freshness
    from convergedesk.workspace.insights import refresh_insights
    from convergedesk.workspace.metrics import MetricsQuery, metrics
    from convergedesk.workspace.metrics_figures import filters_of, names_of
    from convergedesk.workspace.pods import find_pod

    if arguments.first_day and arguments.last_day and arguments.first_day > arguments.last_day:
        raise UsageError("The period ends before it begins.", fix="Give --from a day before --to.")
    with opened(arguments, ports) as workspace:
        account = None if arguments.account is None else find_account(workspace, arguments.account)
        refresh_insights(workspace, None if account is None else [account])
        query = MetricsQuery(
            account_id=account,
            pod_id=None if arguments.pod is None else find_pod(workspace, arguments.pod),
            first_day=arguments.first_day,
            last_day=arguments.last_day,
            high_only=arguments.high,
            feature=arguments.feature,
        )
        found = metrics(workspace, query)
        names, ages = names_of(workspace), freshness(workspace)
    if not arguments.json:
        ports.out.write("\n".join(_lines(found)) + "\n")
        return 0
    whys = {what: metrics_why(found, what, names, filters_of(query)) for what in METRICS}
    told = {what: to_json(with_sources(why, ages)) for what, why in whys.items() if why is not None}
    write_json(ports.out, {**_object(found), "why": told})
    return 0


def _lines(found: Metrics) -> Iterator[str]:
    support, closing = found.support, found.closing
    yield f"{found.first_day.isoformat()} to {found.last_day.isoformat()}, {count(found.accounts, 'account')}"
    yield ""
    yield f"Tickets opened              {support.volume:,}"
    yield f"First response, median      {_minutes(support.first_response)}"
    yield f"Resolution time, median     {_minutes(support.resolution)}"
    rated = "not measured" if math.isnan(support.csat) else percent(support.csat)
    yield f"Satisfied                   {rated} ({support.answered:,} of {support.asked:,} answered)"
    yield ""
    yield f"Time to value restored      {_median(found.restored)}"
    for priority, curve in found.restored_by_priority:
        yield f"  {priority.name.lower():<25} {_median(curve)}"
    yield (
        f"7 days after closing        {closing.rising:,} rising, {closing.falling:,} falling, "
        f"{closing.inconclusive:,} inconclusive, {closing.not_measured:,} not measured"
    )


def _minutes(value: float) -> str:
    if math.isnan(value):
        return "not measured"
    return (
        f"{number(round(value / 60, 1))} hours" if value < 2880 else f"{number(round(value / 1440, 1))} days"
    )


def _median(curve: RestorationCurve) -> str:
    qualified = f"{curve.tickets:,} of {curve.out_of:,} with a confirmed dip"
    if not curve.tickets:
        return f"not measured ({qualified})"
    if math.isinf(curve.median):
        return f"not reached ({qualified})"
    early = ", an early sign" if curve.early_sign else ""
    return f"{count(round(curve.median), 'day')}{early} ({qualified})"


def _object(found: Metrics) -> dict[str, object]:
    support = found.support
    return {
        "first_day": found.first_day,
        "last_day": found.last_day,
        "accounts": found.accounts,
        "support": {
            "tickets": support.volume,
            "first_response_minutes": _known(support.first_response),
            "resolution_minutes": _known(support.resolution),
            "satisfied": _known(support.csat),
            "answered": support.answered,
            "asked": support.asked,
            "reopen_rate": _known(support.reopen_rate),
        },
        "time_to_value_restored": _curve(found.restored),
        "by_priority": {
            priority.name.lower(): _curve(curve) for priority, curve in found.restored_by_priority
        },
        "seven_days_after_closing": found.closing,
        "episodes": found.episodes,
        "effects": [
            {"ticket": one.ticket.number, "account_id": one.ticket.account_id, **_effect(one.effect)}
            for one in found.effects
        ],
    }


def _curve(curve: RestorationCurve) -> dict[str, object]:
    from convergedesk.insights.explanation import in_words

    return {
        "median_days": _known(curve.median),
        "reached": math.isfinite(curve.median),
        "low": _known(curve.low),
        "high": _known(curve.high),
        "qualified": curve.tickets,
        "out_of": curve.out_of,
        "early_sign": curve.early_sign,
        "why": in_words(curve.explanation),
    }


def _effect(effect: object) -> dict[str, object]:
    names = ("first_day", "horizon", "estimate", "low", "high", "verdict", "smallest_detectable")
    return {name: getattr(effect, name) for name in names}


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
