"""The columns in which Home and the list of accounts show an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.portfolio.care_columns import (
    goals,
    renews,
    renews_with_distance,
    tickets,
    tickets_with_flag,
)
from convergedesk.desktop.portfolio.figure_columns import effect, health
from convergedesk.desktop.portfolio.identity_columns import name, name_with_kind, owner, plain
from convergedesk.desktop.portfolio.money_columns import billed, commitment, month_so_far, pace
from convergedesk.desktop.portfolio.usage_columns import usage
from convergedesk.domain.portfolio import PortfolioRow

RowColumn = Column[PortfolioRow]
_LIFECYCLES = {"trial": "Trial", "active": "Active", "churned": "Churned"}


def home_columns(today: Callable[[], date]) -> tuple[RowColumn, ...]:
    """Two lines a row; `today` is asked at every paint, since a workspace stays open overnight."""
    return (
        name_with_kind(),
        health(),
        usage("Usage, 90 days", 140),
        effect(today),
        month_so_far(),
        commitment(today),
        tickets_with_flag(),
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
        health(two_lines=False),
        usage("Usage, 90 days", 112),
        effect(today, two_lines=False),
        billed(),
        pace(today),
        tickets(),
        goals(),
        renews(today),
    )
