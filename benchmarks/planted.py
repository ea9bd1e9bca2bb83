"""What the sample's plan did to usage, worked out from the plan and never from the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from convergedesk.workspace.sample.plan import AccountPlan, Incident
from convergedesk.workspace.sample.usage import UsageBlock, incident_factors
from convergedesk.workspace.sample.world import World

_DIPPED = 0.9
_NOTHING = 1e-9


@dataclass(frozen=True)
class Planted:
    """An incident of the plan, as the account's total saw it.

    Attributes:
        account: Name of the account.
        onset: First day under nine tenths of the usual.
        last: Last such day.
        depth: What was missing over these days, as a share of the usual.
    """

    account: str
    onset: date
    last: date
    depth: float


def planted(world: World) -> list[Planted]:
    """Every incident that brought its account's usage under nine tenths of the usual."""
    return [
        found
        for account in world.accounts
        for block in world.blocks(account)
        for incident in block.plan.incidents
        if (found := _seen(world, account, block, incident)) is not None
    ]


def _seen(world: World, account: AccountPlan, block: UsageBlock, incident: Incident) -> Planted | None:
    days = world.spec.days
    total: NDArray[np.float64] = np.zeros(days)
    for other in world.blocks(account):
        total += np.nan_to_num(other.values).sum(axis=0)
    taken: NDArray[np.float64] = np.zeros(days)
    for values, meter in zip(block.values, block.plan.meters, strict=True):
        factors = np.maximum(incident_factors((incident,), meter.key, world.spec), 0.01)
        taken += np.nan_to_num(values) * (1.0 / factors - 1.0)
    usual = total + taken
    low = np.flatnonzero((usual > _NOTHING) & (total < _DIPPED * usual))
    if not len(low):
        return None
    span = slice(low[0], low[-1] + 1)
    return Planted(
        account=account.name,
        onset=world.spec.first_day + timedelta(days=int(low[0])),
        last=world.spec.first_day + timedelta(days=int(low[-1])),
        depth=float(1.0 - total[span].sum() / usual[span].sum()),
    )
