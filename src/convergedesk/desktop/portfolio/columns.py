"""The columns in which Home and the list of accounts show an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.portfolio.care_columns import (
    goals,
    goals_with_overdue,
    renews,
    renews_with_distance,
    tickets,
    tickets_with_flag,
)
from convergedesk.desktop.portfolio.identity_columns import name, name_with_kind, owner, plain
from convergedesk.desktop.portfolio.money_columns import billed, billed_with_month, commitment, pace
from convergedesk.desktop.portfolio.usage_columns import change, usage
from convergedesk.domain.portfolio import PortfolioRow

RowColumn = Column[PortfolioRow]
_LIFECYCLES = {"trial": "Trial", "active": "Active", "churned": "Churned"}


def home_columns(today: Callable[[], date]) -> tuple[RowColumn, ...]:
    """Two lines a row; `today` is asked at every paint, since a workspace stays open overnight."""
    return (
        name_with_kind(),
        usage("Usage, 90 days", 140),
        change(),
        billed_with_month(),
        commitment(today),
        tickets_with_flag(),
        goals_with_overdue(),
        renews_with_distance(today),
    )


def list_columns(today: Callable[[], date]) -> tuple[RowColumn, ...]:
    """One line a row."""
    return (
        name(),
        plain("tier", "Tier", lambda row: row.tier, 84),
        owner(),
        plain("country", "Country", lambda row: row.country, 64),
        plain("lifecycle", "Lifecycle", lambda row: _LIFECYCLES[row.lifecycle.value], 76),
        usage("Usage, 90 days", 112),
        change(),
        billed(),
        pace(today),
        tickets(),
        goals(),
        renews(today),
    )
