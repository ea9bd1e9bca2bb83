"""The accounts that a pilot would start with: the largest usage-based ones by billed revenue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import AccountId, Lifecycle
from convergedesk.domain.billing import BilledTotal
from convergedesk.domain.money import Money
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.domain.rates import ExchangeRate, convert
from convergedesk.figures.wording import count, percent, short_money

USUAL_SIZE = 10


@dataclass(frozen=True, slots=True)
class PilotCandidate:
    """An account that is offered for the pilot.

    Attributes:
        account_id: The account; its sites are rolled up.
        name: As the customer writes it.
        billed: Billed in the period, in the offer's currency.
        usage_share: Share of it that lines by meter state, or None where invoices have no lines.
        reason: Why it is offered, with its figures.
    """

    account_id: AccountId
    name: str
    billed: Money
    usage_share: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class PilotOffer:
    """The pilot segment that the data suggest.

    Attributes:
        candidates: Largest first.
        considered: How many usage-based accounts were compared.
        first_month: First month of the twelve that count.
        last_month: Last of them.
        currency: What they are compared in, or None without any.
        rates: The stated rates that were used.
        left_out: Names with why they could not be compared.
    """

    candidates: tuple[PilotCandidate, ...]
    considered: int
    first_month: date
    last_month: date
    currency: str | None
    rates: tuple[ExchangeRate, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def total(self) -> Money | None:
        """Billed to all candidates together."""
        if self.currency is None:
            return None
        return Money(sum(one.billed.minor_units for one in self.candidates), self.currency)


def pilot_segment(
    rows: Sequence[PortfolioRow],
    billed: Sequence[BilledTotal],
    *,
    months: tuple[date, date],
    currency: str | None,
    rates: Sequence[ExchangeRate] = (),
    size: int = USUAL_SIZE,
) -> PilotOffer:
    """Offers the largest usage-based accounts by what they were billed.

    Usage-based is an account that is billed by meter; where its invoices have no lines, one that
    reported usage. Customers who left, and sites of other accounts, do not stand for themselves.

    Args:
        rows: Every account, with its sites rolled up.
        billed: What each account was billed in the period, sites apart.
        months: First and last month that count.
        currency: The reporting currency; None: the one most accounts are billed in.
        rates: Stated rates; an account that cannot be converted is left out and named.
        size: How many to offer.
    """
    parents = {row.account_id: row.parent_id for row in rows}
    totals: dict[AccountId, list[BilledTotal]] = {}
    for one in billed:
        totals.setdefault(_top(one.account_id, parents), []).append(one)
    chosen = currency or _usual_currency(totals)
    found: list[PilotCandidate] = []
    left_out: list[tuple[str, str]] = []
    used: dict[tuple[str, str], ExchangeRate] = {}
    for row in rows:
        bills = totals.get(row.account_id, [])
        if row.parent_id in parents or row.lifecycle is Lifecycle.CHURNED or row.gone_since is not None:
            continue
        if chosen is None or not _usage_based(row, bills):
            continue
        sums = convert([one.total for one in bills], chosen, rates, months[1])
        if sums.total is None:
            left_out.append((row.name, f"no rate from {', '.join(sums.missing)} to {chosen} is stated"))
            continue
        used.update({(rate.currency, rate.into_currency): rate for rate in sums.rates})
        found.append(_candidate(row, bills, sums.total))
    found.sort(key=lambda one: (-one.billed.minor_units, one.name))
    return PilotOffer(
        tuple(found[:size]),
        len(found) + len(left_out),
        months[0],
        months[1],
        chosen,
        tuple(used[pair] for pair in sorted(used)),
        tuple(left_out),
    )


def _top(account_id: AccountId, parents: Mapping[AccountId, AccountId | None]) -> AccountId:
    seen = {account_id}
    while (parent := parents.get(account_id)) is not None and parent in parents and parent not in seen:
        seen.add(parent)
        account_id = parent
    return account_id


def _usual_currency(totals: Mapping[AccountId, Sequence[BilledTotal]]) -> str | None:
    counts: dict[str, int] = {}
    for bills in totals.values():
        for code in {one.total.currency for one in bills}:
            counts[code] = counts.get(code, 0) + 1
    return max(counts, key=lambda code: (counts[code], code), default=None)


def _usage_based(row: PortfolioRow, bills: Sequence[BilledTotal]) -> bool:
    if not any(one.total.minor_units > 0 for one in bills):
        return False
    if any(one.with_lines for one in bills):
        return any(one.by_usage.minor_units > 0 for one in bills)
    return row.spark.last_day is not None


def _candidate(row: PortfolioRow, bills: Sequence[BilledTotal], total: Money) -> PilotCandidate:
    share = None
    if len({one.total.currency for one in bills}) == 1 and any(one.with_lines for one in bills):
        whole = sum(one.total.minor_units for one in bills)
        share = sum(one.by_usage.minor_units for one in bills) / whole
    meters = max((one.meters for one in bills), default=0)
    parts = [f"{short_money(total)} billed"]
    if share is not None:
        parts.append(f"{percent(share)} by usage of {count(meters, 'meter')}")
    else:
        parts.append("reports usage; its invoices have no lines")
    if row.sites:
        parts.append(f"{count(row.sites, 'site')} counted in")
    return PilotCandidate(row.account_id, row.name, total, share, ", ".join(parts))
