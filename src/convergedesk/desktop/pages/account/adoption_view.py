"""How an account uses what it has, feature by feature, beside accounts of its tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING

from convergedesk.domain.account_figures import AdoptionFigure, MeterAdoption
from convergedesk.figures.figure_ids import account_part
from convergedesk.figures.why import Why
from convergedesk.figures.wording import percent, short_money

if TYPE_CHECKING:
    from convergedesk.domain.account_figures import AccountFigures
    from convergedesk.domain.money import MoneyRange
    from convergedesk.domain.usage import MeterId
    from convergedesk.figures.under_use_book import UnderUseBook, UnderUsed


class FeatureState(StrEnum):
    """Where a feature stands."""

    IN_USE = "in use"
    UNCLEAR = "unclear"
    REVIEW = "review"
    UNDER_USED = "under-used"
    NOT_LATELY = "not used lately"
    NEVER = "never used"


UNUSED = frozenset({FeatureState.NOT_LATELY, FeatureState.NEVER})
LOW = frozenset({FeatureState.UNDER_USED, FeatureState.REVIEW, FeatureState.UNCLEAR})
_BY_CONFIDENCE = {
    "flagged": FeatureState.UNDER_USED,
    "review": FeatureState.REVIEW,
    "inconclusive": FeatureState.UNCLEAR,
    "never_adopted": FeatureState.NEVER,
}


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature with how it is used.

    Attributes:
        meter: The meter with its months.
        state: Where it stands.
        share: Units a month ÷ the median of the account's tier; None where not known.
        gap: What the gap to that median comes to a month at the contract's price, or None.
        why: What stands behind its comparison with the tier, or None.
    """

    meter: MeterAdoption
    state: FeatureState
    share: float | None = None
    gap: MoneyRange | None = None
    why: Why | None = None

    @property
    def peak(self) -> float:
        """The greatest month; 0 without use."""
        return max((value for value in self.meter.months if value is not None), default=0.0)

    @property
    def entitled_unused(self) -> bool:
        """True where a contract sells it and it is not used."""
        return self.meter.entitled is True and self.state in UNUSED


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """The Adoption tab.

    Attributes:
        as_of: Last day with usage, or None.
        figure: Breadth, stickiness and months; None where nothing is known.
        rows: By feature: those that want a look first, then by use.
        compared: With whom it is compared, in words; why not, where it is not.
        missing: What would bring the figure, where there is none.
        why: What stands behind breadth and stickiness, or None.
        complete: False while the accounts of its tier have still to be read.
    """

    as_of: date | None
    figure: AdoptionFigure | None
    rows: tuple[FeatureRow, ...]
    compared: str
    missing: str
    why: Why | None
    complete: bool = True


def adoption_view(figures: AccountFigures | None, book: UnderUseBook | None) -> AdoptionView:
    """What is kept of an account beside its tier. For a job."""
    from convergedesk.figures.account_words import why_adoption

    if figures is None or figures.adoption is None:
        lacks = () if figures is None else figures.missing
        missing = " ".join(f"{lack.what} {lack.brings}" for lack in lacks)
        return AdoptionView(None, None, (), "", missing, None)
    adoption = figures.adoption
    place = None
    if book is not None and figures.account_id in book.accounts:
        place = book.accounts.index(figures.account_id)
    name = book.names[place] if book is not None and place is not None else ""
    part = account_part(figures.account_id, name)
    rows = [_row(meter, book, place, figures) for meter in adoption.meters]
    rows.sort(key=lambda row: (row.state not in UNUSED, row.state not in LOW, -(row.meter.units_90 or 0.0)))
    return AdoptionView(
        as_of=figures.as_of,
        figure=adoption,
        rows=tuple(rows),
        compared=_compared(book, place),
        missing="",
        why=why_adoption(adoption, part, figures.as_of),
        complete=book is not None,
    )


def why_of_rows(title: str, definition: str, figure: str, rows: Sequence[FeatureRow]) -> Why:
    """A figure that counts or adds up features, with the features behind it."""
    return Why(
        title=title,
        definition=definition,
        formula=f"{figure}: {', '.join(row.meter.name for row in rows)}" if rows else figure,
        rows=tuple((row.meter.name, _row_words(row)) for row in rows),
        figure=figure,
        caution="Few features in use is no verdict: ask what they are there for." if rows else "",
    )


def _row_words(row: FeatureRow) -> str:
    parts = [row.state.value]
    if row.share is not None:
        parts.append(f"{percent(row.share)} of the tier's median")
    if row.gap is not None:
        low, high = short_money(row.gap.low), short_money(row.gap.high)
        parts.append(f"{short_money(row.gap.middle)} a month, likely {low} to {high}")
    return ", ".join(parts)


def _row(
    meter: MeterAdoption, book: UnderUseBook | None, place: int | None, figures: AccountFigures
) -> FeatureRow:
    state = FeatureState(meter.state)
    if book is None or place is None:
        return FeatureRow(meter, state)
    from convergedesk.figures.under_use_book import why_under_use

    found = _stands_out(book, figures, meter.meter_id)
    share = _share(book, place, meter.meter_id)
    if found is None:
        return FeatureRow(meter, state, share)
    judged = _BY_CONFIDENCE.get(found.confidence, state)
    shown = state if state in UNUSED else judged
    return FeatureRow(meter, shown, share, found.value, why_under_use(found, book))


def _stands_out(book: UnderUseBook, figures: AccountFigures, meter: MeterId) -> UnderUsed | None:
    mine = (row for row in book.rows if row.account_id == figures.account_id)
    return next((row for row in mine if row.meter.meter_id == meter), None)


def _share(book: UnderUseBook, place: int, meter: MeterId) -> float | None:
    column = next((at for at, one in enumerate(book.meters) if one.meter_id == meter), None)
    if column is None:
        return None
    share = float(book.share[place, column])
    return share if isfinite(share) else None


def _compared(book: UnderUseBook | None, place: int | None) -> str:
    if book is None:
        return ""
    if place is None:
        return "Not compared with a tier: a site, a customer who left, or too few weeks of usage"
    tier = book.tiers[place]
    alike = sum(one == tier for one in book.tiers)
    if not tier:
        return "No tier is known for this account, so it is compared with accounts without one"
    return f"Compared with the median of {alike} accounts of tier {tier}"
