"""Net and gross revenue retention."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from convergedesk.insights.explanation import Explanation, Term, Unit
from convergedesk.insights.series import as_days


class RevenueBasis(StrEnum):
    """Which revenue is compared; a retention rate without its basis means little in usage-based pricing."""

    BILLED = "billed, trailing"
    COMMITTED = "committed only"


@dataclass(frozen=True, slots=True)
class Retention:
    """Revenue kept from the accounts that were there at the start.

    Attributes:
        nrr: Net revenue retention, 1.08 = 108 %; NaN without starting revenue.
        grr: Gross revenue retention, at most 1; NaN likewise.
        starting: Revenue at the start, minor units.
        expansion: Gained from accounts that grew, minor units.
        contraction: Lost from accounts that shrank, minor units.
        churned: Lost from accounts that left, minor units.
        accounts: Accounts with revenue at the start.
        left: How many of these have none now.
        basis: Billed or committed.
        explanation: What stands behind it.
    """

    nrr: float
    grr: float
    starting: float
    expansion: float
    contraction: float
    churned: float
    accounts: int
    left: int
    basis: RevenueBasis
    explanation: Explanation


def retention(
    starting: ArrayLike, ending: ArrayLike, *, basis: RevenueBasis = RevenueBasis.BILLED
) -> Retention:
    """Compares the revenue of the same accounts at two times.

    Accounts without revenue at the start are new business and no part of it. An account whose ending
    revenue is missing or not above zero (credits can exceed bills) has left.

    Args:
        starting: Revenue of each account at the start, minor units of one currency, shape (accounts,).
        ending: Revenue of the same accounts now, same shape.
        basis: Which revenue this is.

    Raises:
        ValueError: When the shapes differ.
    """
    before = as_days(starting).ravel()
    after = as_days(ending).ravel()
    if before.shape != after.shape:
        raise ValueError("both revenues are of the same accounts")
    there = np.isfinite(before) & (before > 0.0)
    before, after = before[there], np.maximum(np.nan_to_num(after[there]), 0.0)
    total = float(before.sum())
    gone = after <= 0.0
    change = after - before
    expansion = float(change[change > 0.0].sum())
    contraction = float(-change[(change < 0.0) & ~gone].sum())
    churned = float(before[gone].sum())
    nrr = (total + expansion - contraction - churned) / total if total > 0.0 else math.nan
    grr = (total - contraction - churned) / total if total > 0.0 else math.nan
    left = int(gone.sum())
    why = Explanation(
        title=f"Revenue retention ({basis.value})",
        definition="Revenue now from the accounts that were there at the start; new accounts do not count.",
        formula="NRR = (start + expansion − contraction − churn) ÷ start; GRR without expansion",
        terms=(
            Term("start", total, Unit.MONEY),
            Term("expansion", expansion, Unit.MONEY),
            Term("contraction", contraction, Unit.MONEY),
            Term("churn", churned, Unit.MONEY),
            Term("net revenue retention", nrr, Unit.SHARE),
            Term("gross revenue retention", grr, Unit.SHARE),
            Term("accounts at the start", before.size, Unit.COUNT),
            Term("accounts that left", left, Unit.COUNT),
        ),
        caution="" if before.size else "No account had revenue at the start.",
    )
    return Retention(nrr, grr, total, expansion, contraction, churned, int(before.size), left, basis, why)
