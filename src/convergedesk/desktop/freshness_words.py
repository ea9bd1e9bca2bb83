"""How old each kind of data is, as the top bar says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.shell.freshness import FreshnessItem
from convergedesk.domain.freshness import Freshness
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.wording import age

_NAMES = {
    SystemKind.CRM: "CRM",
    SystemKind.SUPPORT: "Support",
    SystemKind.USAGE: "Usage",
    SystemKind.BILLING: "Billing",
}


def freshness_items(found: Sequence[Freshness], now: datetime) -> tuple[FreshnessItem, ...]:
    """One item a kind, in the order given; its age is that of the data, not of the import.

    Args:
        found: What the store knows.
        now: The instant from which ages count.
    """
    return tuple(_item(one, now) for one in found)


def _item(one: Freshness, now: datetime) -> FreshnessItem:
    name = _NAMES[one.system]
    if one.as_of is None:
        return FreshnessItem(name, "none", "never", f"{name}: nothing imported yet")
    today = now.astimezone().date()
    came = (
        ""
        if one.received_at is None
        else f", imported {near_day(one.received_at.astimezone().date(), today)}"
    )
    reaches = f"{name}: data up to {near_day(one.as_of.astimezone().date(), today)}{came}"
    return FreshnessItem(name, age(max(0.0, (now - one.as_of).total_seconds())), one.state.value, reaches)
