"""The ten accounts of the pilot pod."""

from __future__ import annotations

from convergedesk.workspace.sample.pilots_growing import aurelia, fernhill, ostara, quarry, solvane, tindle
from convergedesk.workspace.sample.pilots_strategic import brightwater, cobalt, kestrel, marlowe
from convergedesk.workspace.sample.plan import AccountPlan


def pilot_plans() -> tuple[AccountPlan, ...]:
    """The pilot's accounts, in the order in which Home first lists them."""
    return (
        tindle(),
        kestrel(),
        fernhill(),
        marlowe(),
        cobalt(),
        brightwater(),
        solvane(),
        aurelia(),
        ostara(),
        quarry(),
    )
