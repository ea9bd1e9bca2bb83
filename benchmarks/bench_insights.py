"""Statistics on simulated accounts beside their bars: `make bench ONLY=insights`.

The seed changes with the day, so that no figure is fitted to its dice; CONVERGEDESK_BENCH_SEED fixes it, and
CONVERGEDESK_BENCH_TICKETS sets how many tickets each kind of account gets.
"""

import os
import sys
from datetime import UTC, datetime
from time import process_time

import numpy as np

from benchmarks.figure import Figure
from benchmarks.insights_scenarios import measures
from benchmarks.insights_scenarios.series import KINDS, simulate
from convergedesk.insights import dip_alert, time_to_value_restored, usage_impact

SEED = int(os.environ.get("CONVERGEDESK_BENCH_SEED", datetime.now(UTC).strftime("%Y%m%d")))
TICKETS = int(os.environ.get("CONVERGEDESK_BENCH_TICKETS", "400"))
COVERAGE = {7: (0.925, 0.98), 14: (0.92, 0.985), 28: (0.91, 0.99)}


def share(name: str, value: float, *, least: float | None = None, most: float | None = None) -> Figure:
    """A figure in percent with a lower or an upper bar."""
    bar = least if least is not None else most
    limit = None if bar is None else 100.0 * bar
    return Figure(name, 100.0 * value, "%", limit, "ratio", lower_is_better=least is None)


def between(name: str, value: float, low: float, high: float) -> list[Figure]:
    """A figure in percent with both bars."""
    return [share(name, value, least=low), share(f"{name} (upper bar)", value, most=high)]


def impacts(horizon: int) -> list[Figure]:
    """Usage impact at one horizon, the kinds averaged."""
    by_kind = {kind: measures.impact(kind, horizon, SEED, TICKETS) for kind in KINDS}
    for kind, row in by_kind.items():
        print(
            f"  {horizon:2d} days  {kind:18s} coverage {row.coverage[0.0]:.3f} {row.coverage[-0.3]:.3f} "
            f"{row.coverage[-0.6]:.3f}  false alarms {row.found[0.0]:.3f}  power {row.found[-0.3]:.3f} "
            f"{row.found[-0.6]:.3f}  bias {row.bias[0.0]:+.3f}",
            file=sys.stderr,
        )
    rows = list(by_kind.values())
    name = f"impact, {horizon} days"
    found = between(f"{name}: coverage", _mean([row.coverage[0.0] for row in rows]), *COVERAGE[horizon])
    found.append(share(f"{name}: coverage at -60 %", _mean([row.coverage[-0.6] for row in rows])))
    found.append(share(f"{name}: false alarms", _mean([row.found[0.0] for row in rows]), most=0.07))
    found.append(share(f"{name}: answered", _mean([row.answered for row in rows]), least=0.97))
    bias = _mean([abs(_mean([row.bias[effect] for row in rows])) for effect in measures.EFFECTS])
    found.append(share(f"{name}: bias", bias, most=0.01))
    if horizon == 7:
        lowest = min(row.coverage[0.0] for row in rows)
        found.append(share(f"{name}: lowest coverage of a kind", lowest, least=0.90))
        found.append(share(f"{name}: power at -30 %, plain", by_kind["plain"].found[-0.3], least=0.80))
    least = (0.65, 0.93) if horizon == 7 else (None, None)
    found.append(share(f"{name}: power at -30 %", _mean([row.found[-0.3] for row in rows]), least=least[0]))
    found.append(share(f"{name}: power at -60 %", _mean([row.found[-0.6] for row in rows]), least=least[1]))
    return found


def with_peers() -> list[Figure]:
    """Usage impact at seven days with twenty peers."""
    kinds = ("plain", "changing slopes", "autocorrelated", "level shifts", "holidays")
    rows = [measures.impact(kind, 7, SEED, max(TICKETS // 2, 20), peers=20) for kind in kinds]
    return [
        share("impact with peers: coverage", _mean([row.coverage[0.0] for row in rows])),
        share("impact with peers: false alarms", _mean([row.found[0.0] for row in rows]), most=0.10),
        share("impact with peers: power at -30 %", _mean([row.found[-0.3] for row in rows])),
    ]


def alerts() -> list[Figure]:
    """Dip alerts, the kinds averaged."""
    rows = [measures.alerts(kind, SEED, TICKETS) for kind in KINDS]
    return [
        share("alert: false alarms by ticket", _mean([row[0][0.0] for row in rows]), most=0.06),
        share("alert: power at -30 %", _mean([row[0][-0.3] for row in rows]), least=0.70),
        share("alert: power at -60 %", _mean([row[0][-0.6] for row in rows]), least=0.94),
        Figure("alert: median delay at -60 %", _mean([row[1] for row in rows]), "days", 5.0, "ratio"),
    ]


def restorations() -> list[Figure]:
    """Time to value restored, the kinds averaged."""
    rows = [measures.restorations(kind, SEED, max(TICKETS // 2, 20)) for kind in KINDS]
    mean = {name: _mean([row[name] for row in rows]) for name in rows[0]}
    return [
        Figure("restored: median error", abs(mean["median error"]), "days", 1.0, "ratio"),
        Figure("restored: mean absolute error", mean["mean absolute error"], "days", 3.0, "ratio"),
        share("restored: within 2 days", mean["within 2 days"], least=0.70),
        share("restored: falsely", mean["falsely restored"], most=0.06),
        share("restored: missed", mean["missed"], most=0.06),
        share("restored: interval of the median", measures.median_coverage(SEED, 400), least=0.88),
    ]


def correlations() -> list[Figure]:
    """Ticket-usage correlation over portfolios of 30 accounts."""
    return [
        share("correlation: false positives", measures.correlations(SEED, TICKETS), most=0.085),
        share("correlation: seasonal", measures.correlations(SEED, TICKETS, seasonal=True), most=0.10),
        share("correlation: power", measures.correlations(SEED, TICKETS // 2, effect=0.03), least=0.70),
    ]


def spends() -> list[Figure]:
    """Spend forecast on day 20 of 30, the kinds averaged."""
    rows = [measures.spends(kind, SEED, TICKETS) for kind in KINDS]
    return [
        *between(
            "spend: coverage of the 80 % interval", _mean([row["coverage"] for row in rows]), 0.71, 0.90
        ),
        share("spend: median error of the month", _mean([row["error"] for row in rows]), most=0.03),
    ]


def costs() -> list[Figure]:
    """Processor time of 1,000 tickets, one after the other."""
    rng = measures.rng_of(SEED, 9)
    drawn = [simulate("plain", rng, 60) for _ in range(250)]
    tickets = [(account.draw(rng), account.first_weekday, event) for account, event in drawn]

    def best(run: str) -> float:
        times: list[float] = []
        for _ in range(3):
            start = process_time()
            for usage, weekday, event in tickets:
                if run == "impact":
                    usage_impact(usage, weekday, event, 7)
                elif run == "alert":
                    dip_alert(usage, weekday, event, 14)
                else:
                    time_to_value_restored(usage, weekday, event)
            times.append((process_time() - start) / len(tickets) * 1e6)
        return min(times)

    note = "1,000 tickets, 200 to 500 days of history"
    return [
        Figure("impact: cost", best("impact"), "ms", 2000.0, note=note),
        Figure("alert: cost", best("alert"), "ms", note=note),
        Figure("restored: cost", best("restored"), "ms", note=note),
    ]


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


def run() -> list[Figure]:
    """Every bar, on this day's seed."""
    print(f"  seed {SEED}, {TICKETS} tickets of each kind", file=sys.stderr)
    parts = [impacts(7), impacts(14), impacts(28), with_peers(), alerts(), restorations()]
    return [figure for part in (*parts, correlations(), spends(), costs()) for figure in part]
