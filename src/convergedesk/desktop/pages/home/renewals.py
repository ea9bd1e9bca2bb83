"""Which terms end next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from convergedesk.desktop.phrases import near_day, until
from convergedesk.desktop.portfolio.views import renews_soon
from convergedesk.domain.kinds import AccountId
from convergedesk.domain.portfolio import PortfolioRow

_MOST = 3


class Renewal(NamedTuple):
    """A term that ends soon."""

    account_id: AccountId
    name: str
    when: str
    distance: str


def next_renewals(rows: Sequence[PortfolioRow], today: date) -> tuple[Renewal, ...]:
    """The terms that end first within 120 days."""
    soon = sorted((r.renews_on, r.name, r.account_id) for r in rows if r.renews_on and renews_soon(r, today))
    return tuple(
        Renewal(account_id, name, near_day(day, today), until(day, today))
        for day, name, account_id in soon[:_MOST]
    )
