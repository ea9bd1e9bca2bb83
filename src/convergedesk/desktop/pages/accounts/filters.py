"""How the list of accounts is narrowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from convergedesk.desktop.portfolio.views import ALL, view_of
from convergedesk.domain.portfolio import PortfolioRow, own_rows

LABELS = {"tier": "Tier", "owner": "Owner", "country": "Country", "lifecycle": "Lifecycle"}
NOT_SET = "Not set"


@dataclass(frozen=True, slots=True)
class AccountsFilter:
    """What an account must be to stand in the list.

    Attributes:
        view: Key of a computed view.
        text: Words that must all occur in name, owner, success manager, industry or tier.
        tier: Or None for any; '' for accounts without one.
        owner: Likewise.
        country: Likewise, ISO 3166-1 alpha-2.
        lifecycle: 'trial', 'active' or 'churned', or None for any.
        sites: True lists sites by themselves too; their parents hold their figures all the same.
    """

    view: str = ALL
    text: str = ""
    tier: str | None = None
    owner: str | None = None
    country: str | None = None
    lifecycle: str | None = None
    sites: bool = False

    @property
    def active(self) -> tuple[tuple[str, str], ...]:
        """(field, words) of each filter in force apart from the view and the text."""
        return tuple(
            (field.name, f"{LABELS[field.name]}: {shown(value)}")
            for field in fields(self)
            if field.name in LABELS and (value := getattr(self, field.name)) is not None
        )

    def with_value(self, field: str, value: str | None) -> AccountsFilter:
        """The filter with another value of one of tier, owner, country and lifecycle."""
        if field not in LABELS:
            raise KeyError(field)
        return replace(self, **{field: value})


def shown(value: str) -> str:
    """A value as the filter names it."""
    return value.capitalize() if value in ("trial", "active", "churned") else value or NOT_SET


def value_of(row: PortfolioRow, field: str) -> str:
    """What a row has in the field; '' where nothing is known."""
    value = getattr(row, field)
    return "" if value is None else str(value)


def matching(rows: Iterable[PortfolioRow], chosen: AccountsFilter, today: date) -> tuple[PortfolioRow, ...]:
    """The rows that the filter lets through, in their order.

    A site stands in its parent's row; the switch, or searching by name, brings it up by itself.
    """
    view = view_of(chosen.view)
    words = chosen.text.casefold().split()
    wanted = [(field, getattr(chosen, field)) for field, _ in chosen.active]
    return tuple(
        row
        for row in (rows if words or chosen.sites else own_rows(tuple(rows)))
        if view.holds(row, today)
        and all(value_of(row, field) == value for field, value in wanted)
        and (not words or _holds_words(row, words))
    )


def options(rows: Sequence[PortfolioRow], field: str) -> tuple[tuple[str, int], ...]:
    """(value, accounts) of a field: alphabetical, accounts without one last."""
    counts = Counter(value_of(row, field) for row in rows)
    return tuple(sorted(counts.items(), key=lambda item: (item[0] == "", item[0].casefold())))


def _holds_words(row: PortfolioRow, words: Sequence[str]) -> bool:
    parts = (row.name, row.owner, row.success_manager, row.industry, row.tier)
    text = " ".join(part for part in parts if part).casefold()
    return all(word in text for word in words)
