"""Net and gross revenue retention of accounts, by what was billed and by what is committed."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import Contract
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.domain.terms import commitments_on, promised_on
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.why import LeftOut, Step, Why, span_words
from convergedesk.figures.wording import money, percent, short_money
from convergedesk.insights.retention import RevenueBasis, retention
from convergedesk.store.billed_months import BilledMonth

BILLED = "billed, trailing 12 months"
COMMITTED = "committed only"
_YEAR_DAYS = 365.0
_FEWEST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class RetentionFigure:
    """Revenue kept from the accounts that were there a year before, in one currency.

    Attributes:
        basis: 'billed, trailing 12 months' (or fewer, of the same months) or 'committed only'.
        currency: ISO 4217.
        nrr: Net revenue retention, 1.08 = 108 %; None where nothing was earned at the start.
        grr: Gross revenue retention, at most 1; None likewise.
        starting: Revenue at the start.
        ending: Revenue now, of the same accounts.
        expansion: Gained from those that grew.
        contraction: Lost from those that shrank.
        churned: Lost from those that left.
        accounts: Accounts with revenue at the start.
        left: How many of these have none now.
        before: First and last day of the start.
        now: First and last day of now.
        missing: Why there is no rate; empty where there is one.
    """

    basis: str
    currency: str
    nrr: float | None
    grr: float | None
    starting: Money
    ending: Money
    expansion: Money
    contraction: Money
    churned: Money
    accounts: int
    left: int
    before: tuple[date, date]
    now: tuple[date, date]
    missing: str = ""


def retained(
    billed: Sequence[BilledMonth],
    contracts: Sequence[Contract],
    heads: Mapping[AccountId, AccountId],
    today: date,
) -> tuple[RetentionFigure, ...]:
    """Compares the last twelve billed months with those a year before, and so what is committed.

    Args:
        billed: What the accounts were billed, 25 months back and more.
        contracts: Their contracts.
        heads: Every account with the one that its figures roll up into.
        today: The workspace's today.
    """
    return (*_billed(billed, heads, today), *_committed(contracts, heads, today))


def _billed(
    billed: Sequence[BilledMonth], heads: Mapping[AccountId, AccountId], today: date
) -> list[RetentionFigure]:
    found: list[RetentionFigure] = []
    # A month that is not over yet is not billed in full.
    over = [one for one in billed if one.month < today.replace(day=1)]
    if not over:
        return found
    first, last = (_number(pick(one.month for one in over)) for pick in (min, max))
    # The same months of both years, so that a season is not taken for growth.
    months = min(12, last - first - 11)
    now = [_month(last - back) for back in range(max(months, 1))]
    before = [_month(last - back - 12) for back in range(max(months, 1))]
    spans = ((before[-1], _month_end(before[0])), (now[-1], _month_end(now[0])))
    why = ""
    if months < _FEWEST_MONTHS:
        why = f"Bills of {_FEWEST_MONTHS} months and of the same months a year before bring it."
    basis = BILLED if months == 12 else f"billed, trailing {max(months, 1)} months"
    for currency in sorted({one.currency for one in over}):
        mine = [one for one in over if one.currency == currency]
        sums = [_sums(mine, heads, set(span)) for span in (before, now)]
        found.append(_figure(basis, RevenueBasis.BILLED, currency, sums[0], sums[1], spans, why))
    return found


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _sums(
    billed: Sequence[BilledMonth], heads: Mapping[AccountId, AccountId], months: Collection[date]
) -> dict[AccountId, int]:
    found: dict[AccountId, int] = {}
    for one in billed:
        if one.month in months:
            head = heads.get(one.account_id, one.account_id)
            found[head] = found.get(head, 0) + one.total
    return found


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _committed(
    contracts: Sequence[Contract], heads: Mapping[AccountId, AccountId], today: date
) -> list[RetentionFigure]:
    before = _a_year_before(today)
    by_account: dict[AccountId, list[Contract]] = {}
    for one in contracts:
        by_account.setdefault(heads.get(one.account_id, one.account_id), []).append(one)
    sums: dict[str, tuple[dict[AccountId, int], dict[AccountId, int]]] = {}
    for account, mine in by_account.items():
        for place, on in enumerate((before, today)):
            for _, commitment in commitments_on(mine, on):
                promise = promised_on(commitment, on)
                days = (commitment.ends_on - commitment.starts_on).days + 1
                yearly = round(promise.minor_units * _YEAR_DAYS / days)
                into = sums.setdefault(promise.currency, ({}, {}))[place]
                into[account] = into.get(account, 0) + yearly
    return [
        _figure(
            COMMITTED,
            RevenueBasis.COMMITTED,
            currency,
            then,
            now,
            ((before, before), (today, today)),
            "" if then else "No commitment ran a year ago.",
        )
        for currency, (then, now) in sorted(sums.items())
    ]


def _a_year_before(today: date) -> date:
    return (
        today - timedelta(days=365)
        if (today.month, today.day) == (2, 29)
        else today.replace(year=today.year - 1)
    )


def _figure(
    basis: str,
    kind: RevenueBasis,
    currency: str,
    before: Mapping[AccountId, int],
    now: Mapping[AccountId, int],
    spans: tuple[tuple[date, date], tuple[date, date]],
    missing: str,
) -> RetentionFigure:
    accounts = sorted(before)
    found = retention(
        [float(before[one]) for one in accounts], [float(now.get(one, 0)) for one in accounts], basis=kind
    )

    def amount(value: float) -> Money:
        return Money(round(value), currency)

    known = math.isfinite(found.nrr) and not missing
    ending = found.starting + found.expansion - found.contraction - found.churned
    return RetentionFigure(
        basis=basis,
        currency=currency,
        nrr=found.nrr if known else None,
        grr=found.grr if known else None,
        starting=amount(found.starting),
        ending=amount(ending),
        expansion=amount(found.expansion),
        contraction=amount(found.contraction),
        churned=amount(found.churned),
        accounts=found.accounts,
        left=found.left,
        before=spans[0],
        now=spans[1],
        missing=missing or ("" if known else "Nothing was earned from these accounts at the start."),
    )


def why_retention(one: RetentionFigure, scope: str = "all", *, gross: bool = False) -> Why:
    """What stands behind net (or gross) revenue retention.

    Args:
        one: The figure.
        scope: For its id: 'all', or the account as `figure_ids.account_part` names it.
        gross: Gross instead of net.
    """
    rate = one.grr if gross else one.nrr
    value = "not known" if rate is None else percent(rate)
    name = "Gross revenue retention" if gross else "Net revenue retention"
    kept = one.starting.minor_units - one.contraction.minor_units - one.churned.minor_units
    counted = Money(kept, one.currency) if gross else one.ending
    committed = one.basis == COMMITTED
    return Why(
        title=f"{name} ({one.basis})",
        definition=(
            "Revenue now from the accounts that had revenue a year before; new accounts do not count. "
            + ("Gross leaves out what grew. " if gross else "")
            + (
                "Commitments of other lengths count by the year."
                if committed
                else "No credit notes, no drafts."
            )
        ),
        formula=f"{money(counted)} ÷ {money(one.starting)} = {value}",
        window=f"{span_words(*one.before)} against {span_words(*one.now)}.",
        rows=(
            ("Revenue at the start", money(one.starting)),
            ("Expansion", money(one.expansion)),
            ("Contraction", money(one.contraction)),
            ("Churn", money(one.churned)),
            ("Accounts at the start", str(one.accounts)),
            ("Accounts that left", str(one.left)),
        ),
        caution=one.missing or "Usage-based revenue moves by itself: the basis is part of the figure.",
        figure=value,
        figure_id=figure_id(
            "grr" if gross else "nrr", scope, "committed" if committed else "billed", one.currency
        ),
        steps=()
        if rate is None
        else (
            Step(short_money(counted), "kept" if gross else "from the same accounts now", "÷"),
            Step(short_money(one.starting), "a year before", "="),
            Step(value, one.basis),
        ),
        excluded=(LeftOut("Accounts without revenue a year before", "new business is no retention"),),
        uses=((SystemKind.BILLING, ""),),
    )
