"""What is measured on simulated accounts: coverage, false alarms, power, delay, error."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from benchmarks.insights_scenarios.outages import outage
from benchmarks.insights_scenarios.series import KINDS, Account, Floats, Rng, simulate
from convergedesk.insights import (
    dip_alert,
    restoration_curve,
    spend_forecast,
    ticket_usage_correlation,
    time_to_value_restored,
    usage_impact,
)

EFFECTS = (0.0, -0.3, -0.6)
LEAST_HISTORY = {7: 28, 14: 42, 28: 56}


class Impact(NamedTuple):
    """Usage impact of one kind of account at one horizon.

    Attributes:
        coverage: Share of intervals that hold the truth, by true effect.
        found: Share of verdicts other than inconclusive, by true effect: false alarms at 0, else power.
        bias: Mean difference of estimate and truth, by true effect.
        answered: Share that did not abstain.
    """

    coverage: dict[float, float]
    found: dict[float, float]
    bias: dict[float, float]
    answered: float


def rng_of(seed: int, *parts: int) -> Rng:
    """A generator of its own for each part of a run."""
    return np.random.default_rng([seed, *parts])


def with_effect(account: Account, event: int, effect: float, rng: Rng) -> Floats:
    """The account's usage with a lasting effect from the event on."""
    factor = np.ones(account.mean.size)
    factor[event:] = 1.0 + effect
    return account.draw(rng, factor)


def impact(kind: str, horizon: int, seed: int, tickets: int, *, peers: int = 0) -> Impact:
    """Usage impact over simulated tickets of one kind."""
    rng = rng_of(seed, 1, horizon, list(KINDS).index(kind), peers)
    rows: dict[float, list[tuple[float, float, float]]] = {effect: [] for effect in EFFECTS}
    while len(rows[0.0]) < tickets:
        account, event = simulate(kind, rng, horizon)
        if event < LEAST_HISTORY[horizon]:
            continue
        others = _peers(account, rng, peers) if peers else None
        for effect in EFFECTS:
            usage = with_effect(account, event, effect, rng)
            found = usage_impact(usage, account.first_weekday, event, horizon, peers=others)
            rows[effect].append((found.estimate, found.low, found.high))
    tables = {effect: np.array(part) for effect, part in rows.items()}
    answered = {effect: np.isfinite(table[:, 0]) for effect, table in tables.items()}
    known = {effect: table[answered[effect]] for effect, table in tables.items()}
    return Impact(
        coverage={e: float(np.mean((t[:, 1] <= e) & (e <= t[:, 2]))) for e, t in known.items()},
        found={e: float(np.mean((t[:, 2] < 0.0) | (t[:, 1] > 0.0))) for e, t in known.items()},
        bias={e: float(np.mean(t[:, 0] - e)) for e, t in known.items()},
        answered=float(np.mean(np.concatenate(list(answered.values())))),
    )


def _peers(account: Account, rng: Rng, count: int) -> Floats:
    """Accounts that share half of what moves this one's level, with noise of their own."""
    size = rng.uniform(0.3, 3.0, (count, 1))
    rate = account.mean * size * rng.gamma(account.shape, 1.0 / account.shape, (count, account.mean.size))
    return rng.poisson(rate).astype(np.float64)


def alerts(kind: str, seed: int, tickets: int) -> tuple[dict[float, float], float]:
    """Share of tickets that raise an alert by true effect, and the median delay at −60 % in days."""
    rng = rng_of(seed, 2, list(KINDS).index(kind))
    days: dict[float, list[float]] = {effect: [] for effect in EFFECTS}
    for _ in range(tickets):
        account, event = simulate(kind, rng, 14)
        for effect in EFFECTS:
            usage = with_effect(account, event, effect, rng)
            found = dip_alert(usage, account.first_weekday, event, 14)
            days[effect].append(np.inf if found.day is None else found.day)
    fired = {effect: float(np.mean(np.isfinite(part))) for effect, part in days.items()}
    return fired, float(np.median(days[-0.6]))


def restorations(kind: str, seed: int, tickets: int) -> dict[str, float]:
    """Errors of time to value restored, over tickets with a confirmed dip."""
    rng = rng_of(seed, 3, list(KINDS).index(kind))
    rows: list[tuple[float, float, bool]] = []
    for _ in range(tickets):
        ticket = outage(kind, rng)
        found = time_to_value_restored(ticket.usage, ticket.first_weekday, ticket.opened)
        if found.qualified:
            rows.append((found.days, ticket.lasted, found.restored))
    days, truth = np.array([row[:2] for row in rows]).T
    restored = np.array([row[2] for row in rows])
    comes_back = np.isfinite(truth)
    error = (days - truth)[restored & comes_back]
    return {
        "median error": float(np.median(error)),
        "mean absolute error": float(np.abs(error).mean()),
        "within 2 days": float(np.mean(np.abs(error) <= 2.0)),
        "falsely restored": float(np.mean(restored[~comes_back])),
        "missed": float(np.mean(~restored[comes_back])),
    }


def median_coverage(seed: int, portfolios: int, tickets: int = 30) -> float:
    """Share of portfolios whose interval of the median time holds the truth."""
    held = 0
    rng = rng_of(seed, 4)
    for _ in range(portfolios):
        truth = rng.weibull(1.3, tickets) * 15.0 + 1.0
        end = rng.uniform(5.0, 60.0, tickets)
        curve = restoration_curve(np.minimum(truth, end), truth <= end)
        true_median = 15.0 * np.log(2.0) ** (1.0 / 1.3) + 1.0
        held += curve.low <= true_median <= curve.high
    return held / portfolios


def correlations(seed: int, portfolios: int, *, effect: float = 0.0, seasonal: bool = False) -> float:
    """Share of portfolios in which tickets and usage go together at the 5 % level."""
    rng = rng_of(seed, 5, int(seasonal), round(effect * 1000))
    found = 0
    for run in range(portfolios):
        tickets, usage = _portfolio(rng, effect, seasonal)
        found += ticket_usage_correlation(tickets, usage, 4, seed=run).p_value <= 0.05
    return found / portfolios


def _portfolio(rng: Rng, effect: float, seasonal: bool) -> tuple[Floats, Floats]:
    accounts, weeks = 30, 80
    phase = 2.0 * np.pi * (np.arange(weeks) / 26.0 + 0.2 * rng.random((accounts, 1)))
    season = 0.25 * np.sin(phase) if seasonal else np.zeros((accounts, weeks))
    shared = rng.normal(0.0, 0.1, (1, weeks))
    rate = rng.gamma(2.0, 0.4, (accounts, 1)) * np.exp(
        shared + 2.0 * season + rng.normal(0.0, 0.3, (accounts, weeks))
    )
    tickets = rng.poisson(rate).astype(np.float64)
    logs = rng.normal(5.0, 1.0, (accounts, 1)) + np.cumsum(rng.normal(0, 0.03, (accounts, weeks)), axis=1)
    logs += shared + season + rng.normal(0.0, 0.1, (accounts, weeks))
    logs[:, 1:] -= effect * np.log1p(tickets[:, :-1])
    return tickets, rng.poisson(np.exp(logs)).astype(np.float64)


def spends(kind: str, seed: int, months: int) -> dict[str, float]:
    """Coverage of the 80 % interval with 10 days left, and the error of the month's total on day 20."""
    rng = rng_of(seed, 6, list(KINDS).index(kind))
    held: list[bool] = []
    errors: list[float] = []
    while len(held) < months:
        account, event = simulate(kind, rng, 10)
        whole = account._replace(
            hidden=np.where(np.arange(account.mean.size) >= event - 20, False, account.hidden)
        )
        usage = whole.draw(rng)
        found = spend_forecast(usage[:event], whole.first_weekday, 10)
        actual, so_far = float(usage[event:].sum()), float(usage[event - 20 : event].sum())
        if np.isfinite(found.estimate):
            held.append(found.low <= actual <= found.high)
            errors.append(abs(found.estimate - actual) / max(actual + so_far, 1.0))
    return {"coverage": float(np.mean(held)), "error": float(np.median(errors))}


def mean_of(rows: list[Mapping[str, float]], name: str) -> float:
    """Mean of one measure over the kinds."""
    return float(np.mean([row[name] for row in rows]))
