"""Do weeks with more tickets go with changes in usage, and with what delay?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.series import Flags, Floats, as_days, frozen

SHIFTS = 999
FEWEST_WEEKS_ALONE = 52
_FEWEST_WEEKS = 12
_ROUNDS = 20
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class TicketUsageCorrelation:
    """How weekly tickets and changes in weekly usage move together.

    Attributes:
        p_value: How often tickets moved to random weeks correlate as strongly at any lag; NaN where
            nothing can be said.
        r_by_lag: Correlation of tickets with the change in usage that many weeks later, shape
            (max_lag + 1,), NaN likewise.
        lag: The lag of the strongest correlation in weeks, or None.
        accounts: How many accounts entered.
        weeks: How many weeks each has.
        explanation: What stands behind it.
    """

    p_value: float
    r_by_lag: Floats
    lag: int | None
    accounts: int
    weeks: int
    explanation: Explanation


def ticket_usage_correlation(
    tickets: ArrayLike, usage: ArrayLike, max_lag: int, *, seed: int = 0, shifts: int = SHIFTS
) -> TicketUsageCorrelation:
    """Correlates log1p(weekly tickets) with the change in log usage, account and week effects removed.

    The p-value of the largest |r| over the lags comes from circular shifts of each account's tickets, which
    keep how tickets cluster and how usage drifts. Lags are 0 to `max_lag` weeks after the tickets.

    Args:
        tickets: Tickets opened, shape (accounts, weeks); NaN where not known.
        usage: Weekly totals, same shape; NaN where missing.
        max_lag: Largest lag in weeks; the program shows 0 to 4.
        seed: Seed of the random shifts.
        shifts: How many random shifts, at least 499.

    Raises:
        ValueError: When shapes differ or `max_lag` is negative.
    """
    counts, totals = np.atleast_2d(as_days(tickets)), np.atleast_2d(as_days(usage))
    if counts.shape != totals.shape or counts.ndim != 2 or max_lag < 0:
        raise ValueError("tickets and usage have the same accounts and weeks, and a lag is not negative")
    movement = np.diff(np.log(np.maximum(totals, 0.0) + 0.5), axis=1)
    pressure = np.log1p(np.maximum(counts[:, 1:], 0.0))
    usable = (np.isfinite(movement).sum(axis=1) > _FEWEST_WEEKS) & _varies(pressure) & _varies(movement)
    movement, pressure = movement[usable], pressure[usable]
    accounts, weeks = movement.shape
    least = FEWEST_WEEKS_ALONE - 1 if accounts == 1 else max(_FEWEST_WEEKS, max_lag + 2)
    if accounts == 0 or weeks < least:
        return _nothing(max_lag, accounts, weeks)
    x, y = _without_effects(pressure), _without_effects(movement)
    products = _lagged_products(x, y, max_lag)
    norms = np.array([_norm(x, y, lag) for lag in range(max_lag + 1)])
    if not (norms > _TINY).all():
        return _nothing(max_lag, accounts, weeks)
    r = products[:, :, 0].sum(axis=0) / norms
    moves = np.random.default_rng(seed).integers(0, weeks, (max(shifts, 499), accounts))
    chance = np.zeros((moves.shape[0], max_lag + 1))
    for account in range(accounts):
        chance += products[account][:, moves[:, account]].T
    if accounts > 1:
        # Taking week means off ties the accounts to one another; moving them apart unties them.
        chance *= math.sqrt(accounts / (accounts - 1.0))
    strongest = np.abs(chance / norms).max(axis=1)
    reached = int((strongest >= np.abs(r).max() - _TINY).sum())
    p_value = (1.0 + reached) / (1.0 + moves.shape[0])
    return _found(r, p_value, accounts, weeks, moves.shape[0])


def _varies(values: Floats) -> Flags:
    known = np.isfinite(values)
    highest = np.where(known, values, -np.inf).max(axis=1, initial=-np.inf)
    return highest > np.where(known, values, np.inf).min(axis=1, initial=np.inf)


def _without_effects(values: Floats) -> Floats:
    """Residuals after account and week means; what is missing becomes 0, which moves nothing."""
    known = np.isfinite(values)
    rest = np.where(known, values, 0.0)
    per_account = np.maximum(known.sum(axis=1, keepdims=True), 1)
    per_week = np.maximum(known.sum(axis=0, keepdims=True), 1)
    alone = values.shape[0] == 1
    for _ in range(1 if known.all() else _ROUNDS):
        rest = np.where(known, rest - rest.sum(axis=1, keepdims=True) / per_account, 0.0)
        if not alone:
            rest = np.where(known, rest - rest.sum(axis=0, keepdims=True) / per_week, 0.0)
    return rest


def _lagged_products(x: Floats, y: Floats, max_lag: int) -> Floats:
    """Sum over weeks of x moved by s times y `lag` weeks later, shape (accounts, lags, shifts)."""
    weeks = x.shape[1]
    later = np.stack([np.pad(y[:, lag:], ((0, 0), (0, lag))) for lag in range(max_lag + 1)], axis=1)
    spectrum = np.conj(np.fft.rfft(x, axis=1))[:, np.newaxis] * np.fft.rfft(later, axis=2)
    return np.fft.irfft(spectrum, n=weeks, axis=2)


def _norm(x: Floats, y: Floats, lag: int) -> float:
    return math.sqrt(float((x * x).sum()) * float((y[:, lag:] ** 2).sum()))


def _nothing(max_lag: int, accounts: int, weeks: int) -> TicketUsageCorrelation:
    why = _explanation(
        (Term("accounts", accounts, Unit.COUNT), Term("weeks", weeks, Unit.COUNT)),
        "Nothing can be said: one account alone needs 52 weeks, and both tickets and usage have to vary.",
    )
    return TicketUsageCorrelation(math.nan, frozen(np.full(max_lag + 1, np.nan)), None, accounts, weeks, why)


def _found(r: Floats, p_value: float, accounts: int, weeks: int, shifts: int) -> TicketUsageCorrelation:
    lag = int(np.argmax(np.abs(r)))
    terms = (
        Term("strongest correlation", float(r[lag])),
        Term("weeks after the tickets", lag, Unit.COUNT),
        Term("chance reaches this", p_value, Unit.SHARE),
        Term("random shifts", shifts, Unit.COUNT),
        Term("accounts", accounts, Unit.COUNT),
        Term("weeks", weeks, Unit.COUNT),
    )
    caution = "Moving together is not cause and effect."
    return TicketUsageCorrelation(p_value, frozen(r), lag, accounts, weeks, _explanation(terms, caution))


def _explanation(terms: tuple[Term, ...], caution: str) -> Explanation:
    return Explanation(
        title="Tickets and usage",
        definition=(
            "Correlation of weekly tickets with the change in weekly usage, with what is usual for the "
            "account and what moved all accounts in that week taken off."
        ),
        formula="largest |correlation of log(1 + tickets) with the change in log usage| over the lags",
        terms=terms,
        caution=caution,
    )
