"""The effect of a ticket as other tools measure it, on the same series: what each finds, and what it costs.

The naive rule holds the mean of the seven days after against the seven before (Welch's t); a structural time
series by statsmodels is what CausalImpact and its kind fit.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time

import numpy as np

from benchmarks import peer_unobserved_components
from benchmarks.figure import Figure
from benchmarks.insights_scenarios.measures import EFFECTS, LEAST_HISTORY, rng_of, with_effect
from benchmarks.insights_scenarios.series import KINDS, Floats, simulate
from convergedesk.insights import usage_impact
from convergedesk.insights.student import t_quantile

SEED = int(os.environ.get("CONVERGEDESK_BENCH_SEED", datetime.now(UTC).strftime("%Y%m%d")))
TICKETS = int(os.environ.get("CONVERGEDESK_BENCH_PEER_TICKETS", "24"))
HORIZON = 7
# At −60 % the naive rule and ours both find nearly everything; time is better spent on the other two.
TRUE_EFFECTS = EFFECTS[:2]
Found = tuple[float, float, float]


def ours(usage: Floats, weekday: int, event: int) -> Found:
    found = usage_impact(usage, weekday, event, HORIZON)
    return found.estimate, found.low, found.high


def naive(usage: Floats, _weekday: int, event: int) -> Found:
    """Seven days after against seven before, Welch's interval of the difference."""
    after, before = usage[event : event + HORIZON], usage[event - HORIZON : event]
    after, before = after[np.isfinite(after)], before[np.isfinite(before)]
    if after.size < 2 or before.size < 2 or before.mean() <= 0:
        return np.nan, np.nan, np.nan
    one, other = after.var(ddof=1) / after.size, before.var(ddof=1) / before.size
    spread = max(one + other, 1e-12)
    freedom = spread**2 / max(one**2 / (after.size - 1) + other**2 / (before.size - 1), 1e-12)
    half = t_quantile(0.975, max(freedom, 1.0)) * np.sqrt(spread)
    change = after.mean() - before.mean()
    return tuple((change + shift) / before.mean() for shift in (0.0, -half, half))


def structural(usage: Floats, _weekday: int, event: int) -> Found:
    return peer_unobserved_components.effect(usage, event, HORIZON)


METHODS: dict[str, Callable[[Floats, int, int], Found]] = {
    "ours": ours,
    "7 days against 7": naive,
    "statsmodels": structural,
}


def run() -> list[Figure]:
    found: dict[tuple[str, float], list[Found]] = {(name, e): [] for name in METHODS for e in TRUE_EFFECTS}
    spent = dict.fromkeys(METHODS, 0.0)
    for number, kind in enumerate(KINDS):
        rng = rng_of(SEED, 11, number)
        drawn = 0
        while drawn < TICKETS:
            account, event = simulate(kind, rng, HORIZON)
            if event < LEAST_HISTORY[HORIZON]:
                continue
            drawn += 1
            for effect in TRUE_EFFECTS:
                usage = with_effect(account, event, effect, rng)
                for name, method in METHODS.items():
                    began = process_time()
                    found[name, effect].append(method(usage, account.first_weekday, event))
                    spent[name] += process_time() - began
    count = len(found["ours", 0.0])
    figures: list[Figure] = []
    for name in METHODS:
        table = {effect: np.array(found[name, effect]) for effect in TRUE_EFFECTS}
        known = {effect: rows[np.isfinite(rows[:, 0])] for effect, rows in table.items()}
        covered = np.mean([np.mean((r[:, 1] <= e) & (e <= r[:, 2])) for e, r in known.items()])
        said = {e: float(np.mean((r[:, 2] < 0) | (r[:, 1] > 0))) for e, r in known.items()}
        note = f"{count} tickets of {len(KINDS)} kinds, 7 days, 95 %"
        figures += [
            Figure(f"{name}: coverage", 100 * float(covered), "%", kind="ratio", note=note),
            Figure(f"{name}: false alarms", 100 * said[0.0], "%", kind="ratio"),
            Figure(f"{name}: power at -30 %", 100 * said[-0.3], "%", kind="ratio"),
            Figure(f"{name}: cost of 1,000 tickets", 1e6 * spent[name] / (2 * count), "ms"),
        ]
    cheaper = Figure(
        "ours: time, as a share of statsmodels'",
        100 * spent["ours"] / spent["statsmodels"],
        "%",
        limit=10,
        kind="ratio",
        note="the same series, one after the other",
    )
    return [*figures, cheaper]
