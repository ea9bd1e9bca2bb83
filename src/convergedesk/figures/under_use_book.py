"""Meters that accounts pay for and use far less than accounts of their tier, over the whole book."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from convergedesk.domain.account_figures import AccountFigures, MeterAdoption
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.billing import Contract
from convergedesk.domain.kinds import Lifecycle, SystemKind
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.domain.usage import MeterId
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.priced_months import spans_of
from convergedesk.figures.usage_view import plural
from convergedesk.figures.why import LeftOut, Step, Why
from convergedesk.figures.wording import count, day, number, short_money, short_number
from convergedesk.insights.under_use import FEWEST_ALIKE, UnderUse, under_use

Floats = NDArray[np.float64]
ContractsOf = Callable[[Sequence[AccountId]], Mapping[AccountId, Sequence[Contract]]]
MIXED = ""
"""Stands for the accounts of all tiers that are too small to be compared by themselves."""
FLAGGED, REVIEW, NEVER, INCONCLUSIVE = "flagged", "review", "never_adopted", "inconclusive"
_LIKELY = 1.2816
"""Standard deviations that hold 80 of 100 outcomes."""
_MEDIAN_ERROR = 1.2533
"""Standard error of a median in units of that of a mean."""
_DAYS = 90
_MONTH = 365.0 / 12.0
_FEW_ALIKE = 3
_FAR_BELOW = 0.25
_FEWEST_EXPECTED = 5.0
"""Units of 90 days below which nothing is said: too few to tell less use from chance."""
_BEYOND_CHANCE = 2.0
"""Square roots of the expected units that a count has to lie below them."""


@dataclass(frozen=True, slots=True)
class BookMeter:
    """A meter of the book; of stocks and people the greatest day counts."""

    meter_id: MeterId
    key: str
    name: str
    unit: str
    stock: bool


@dataclass(frozen=True, slots=True)
class UnderUsed:
    """One meter that one account uses far less than its tier.

    Attributes:
        account_id: The account; its sites are rolled up.
        account: Its name.
        tier: The tier that it is compared with; empty where its own has fewer than eight accounts, and
            all such accounts are compared, each by its own size.
        meter: The meter.
        confidence: 'flagged' (holds up over the whole book), 'review' (z below −2.5), 'never_adopted' or
            'inconclusive' (far below, but fewer than eight accounts are alike).
        use: Units a month.
        median: The tier's median, units a month; among all tiers for the account's own size.
        target: The median, or less where the account uses less of everything else.
        peers: Accounts of the tier that use the meter, this one counted.
        z: Robust distance, negative = below; None where too few are alike or it is not used.
        gap: Units a month up to the target.
        value: What the gap would bring a month at the contract's price, with its likely limits (80 %); None
            without a price, or where inconclusive.
        missing: Why there is no value; empty where there is one.
    """

    account_id: AccountId
    account: str
    tier: str
    meter: BookMeter
    confidence: str
    use: float
    median: float
    target: float
    peers: int
    z: float | None
    gap: float
    value: MoneyRange | None
    missing: str


@dataclass(frozen=True, slots=True)
class UnderUseBook:
    """Use of every meter by every account beside its tier.

    Attributes:
        rows: What stands out, the most money first, then by distance.
        accounts: Labels of axis 0 of `use` and `share`, by name.
        names: Their names.
        meters: Labels of axis 1, by how many accounts use them.
        use: Units a month, shape (accounts, meters); NaN where not entitled or not known.
        share: Use as a share of the tier's median, same shape; NaN likewise.
        entitled: Whether the account has the meter, same shape.
        medians: By tier, the median use of each meter, shape (meters,).
        tiers: Tier of each account; empty where it has none.
        as_of: Last day with usage, or None.
        compared: How many pairs of account and meter were compared.
        left_out: Accounts that could not be compared, with the reason.
    """

    rows: tuple[UnderUsed, ...]
    accounts: tuple[AccountId, ...]
    names: tuple[str, ...]
    meters: tuple[BookMeter, ...]
    use: Floats
    share: Floats
    entitled: NDArray[np.bool_]
    medians: Mapping[str, Floats]
    tiers: tuple[str, ...]
    as_of: date | None
    compared: int
    left_out: tuple[LeftOut, ...]


def under_use_book(
    figures: Mapping[AccountId, AccountFigures], accounts: Sequence[Account], contracts_of: ContractsOf
) -> UnderUseBook:
    """Compares every account's use of every meter with its tier.

    Customers who left, and sites of other accounts, do not stand for themselves.

    Args:
        figures: What is kept of the accounts.
        accounts: Every account.
        contracts_of: Reads the contracts of those accounts whose gap is priced.
    """
    known = {one.id for one in accounts}
    left_out: list[LeftOut] = []
    listed: list[tuple[Account, AccountFigures]] = []
    for one in sorted(accounts, key=lambda account: account.name.casefold()):
        if one.parent_id in known or one.lifecycle is Lifecycle.CHURNED or one.gone_since is not None:
            continue
        found = figures.get(one.id)
        if found is None or found.adoption is None or found.as_of is None:
            left_out.append(LeftOut(one.name, "no daily usage is known"))
            continue
        began = min((m.first_used for m in found.adoption.meters if m.first_used is not None), default=None)
        if began is None or (found.as_of - began).days + 1 < _DAYS:
            left_out.append(LeftOut(one.name, f"fewer than {_DAYS} days of use"))
            continue
        listed.append((one, found))
    meters = _meters([found for _, found in listed])
    places = {meter.meter_id: place for place, meter in enumerate(meters)}
    use = np.full((len(listed), len(meters)), np.nan)
    entitled = np.zeros(use.shape, dtype=np.bool_)
    for row, (_, found) in enumerate(listed):
        for meter in found.adoption.meters if found.adoption is not None else ():
            entitled[row, places[meter.meter_id]] = meter.entitled is not False
            use[row, places[meter.meter_id]] = _monthly(meter, found.as_of)
    tiers = tuple(account.tier or "" for account, _ in listed)
    groups = [tier if tiers.count(tier) >= FEWEST_ALIKE else MIXED for tier in tiers]
    judged = under_use(use, np.array(groups, dtype=np.str_), entitled=entitled)
    shown = np.where(entitled, use, np.nan)
    share = np.divide(
        shown, judged.median_units, out=np.full_like(shown, np.nan), where=judged.median_units > 0.0
    )
    medians = {tier: judged.median_units[tiers.index(tier)] for tier in dict.fromkeys(tiers)}
    return UnderUseBook(
        rows=_rows(listed, groups, meters, use, judged, contracts_of),
        accounts=tuple(account.id for account, _ in listed),
        names=tuple(account.name for account, _ in listed),
        meters=meters,
        use=shown,
        share=share,
        entitled=entitled,
        medians=medians,
        tiers=tiers,
        as_of=max((found.as_of for _, found in listed if found.as_of is not None), default=None),
        compared=int(np.isfinite(judged.z).sum()),
        left_out=tuple(left_out),
    )


def _meters(figures: Sequence[AccountFigures]) -> tuple[BookMeter, ...]:
    known: dict[MeterId, BookMeter] = {}
    users: dict[MeterId, int] = {}
    for found in figures:
        for meter in found.adoption.meters if found.adoption is not None else ():
            known[meter.meter_id] = BookMeter(meter.meter_id, meter.key, meter.name, meter.unit, meter.stock)
            users[meter.meter_id] = users.get(meter.meter_id, 0) + (meter.last_used is not None)
    return tuple(sorted(known.values(), key=lambda one: (-users[one.meter_id], one.name)))


def _monthly(meter: MeterAdoption, as_of: date | None) -> float:
    """Units a month by the last 90 days, or since the first use where that is later."""
    if meter.last_used is None:
        return 0.0 if meter.entitled else math.nan
    if meter.units_90 is None or as_of is None or meter.first_used is None:
        return math.nan
    if meter.stock:
        return max(meter.units_90, 0.0)
    days = min(_DAYS, (as_of - meter.first_used).days + 1)
    return max(meter.units_90, 0.0) / max(days, 1) * _MONTH


def _rows(
    listed: Sequence[tuple[Account, AccountFigures]],
    groups: Sequence[str],
    meters: Sequence[BookMeter],
    use: Floats,
    judged: UnderUse,
    contracts_of: ContractsOf,
) -> tuple[UnderUsed, ...]:
    with np.errstate(invalid="ignore"):
        few = (judged.alike < FEWEST_ALIKE) & (judged.alike >= _FEW_ALIKE)
        far = few & (use > 0.0) & (use < _FAR_BELOW * judged.median_units)
    never = judged.never_adopted & (judged.alike >= _FEW_ALIKE)
    found = judged.review | never | far
    wanted = np.argwhere(found).tolist()
    contracts = contracts_of(sorted({listed[row][0].id for row, _ in wanted}))
    rows: list[UnderUsed] = []
    for row, column in wanted:
        account, figures = listed[row]
        at = (row, column)
        one = _row(account, figures, groups[row], meters[column], float(use[at]), judged, at)
        if stands_out(one):
            rows.append(_priced(one, judged, at, contracts.get(account.id, ()), figures.as_of))
    return tuple(sorted(rows, key=_by_weight))


def stands_out(one: UnderUsed) -> bool:
    """Whether a gap is left, and counts are not so few that it may be chance alone."""
    if one.gap <= 0.0:
        return False
    if one.meter.stock:
        return True
    expected, used = (value * _DAYS / _MONTH for value in (one.target, one.use))
    return expected >= _FEWEST_EXPECTED and used < expected - _BEYOND_CHANCE * math.sqrt(expected)


def _row(
    account: Account,
    figures: AccountFigures,
    group: str,
    meter: BookMeter,
    use: float,
    judged: UnderUse,
    at: tuple[int, int],
) -> UnderUsed:
    own = float(judged.own_distance[at])
    median = float(judged.median_units[at])
    if group == MIXED:
        # Accounts of all tiers are alike only after allowing for their size.
        median *= math.exp(own)
    target = median if group == MIXED else median * math.exp(min(own, 0.0))
    z = float(judged.z[at])
    if judged.never_adopted[at]:
        confidence = NEVER
    elif judged.review[at]:
        # Accounts of several tiers are not alike enough for more than a look.
        confidence = FLAGGED if judged.flagged[at] and group != MIXED else REVIEW
    else:
        confidence = INCONCLUSIVE
    return UnderUsed(
        account_id=figures.account_id,
        account=account.name,
        tier="" if group == MIXED else account.tier or "",
        meter=meter,
        confidence=confidence,
        use=use,
        median=median,
        target=target,
        peers=int(judged.alike[at]),
        z=z if math.isfinite(z) else None,
        gap=max(target - use, 0.0),
        value=None,
        missing="",
    )


def _priced(
    one: UnderUsed,
    judged: UnderUse,
    at: tuple[int, int],
    contracts: Sequence[Contract],
    as_of: date | None,
) -> UnderUsed:
    """The same with what the gap would bring a month; the limits are those of the tier's median."""
    if one.confidence == INCONCLUSIVE:
        why = f"Only {count(one.peers, 'account')} like it {'use' if one.peers != 1 else 'uses'} it."
        return _valued(one, None, why)
    spans = () if as_of is None else spans_of(contracts, one.meter.meter_id, as_of, as_of)
    price = spans[-1].amount() if spans else None
    currency = spans[-1].currency if spans else None
    if price is None or currency is None:
        return _valued(one, None, spans[-1].why if spans else "No contract states a price for it.")
    spread = float(judged.deviation[at])
    wide = _LIKELY * _MEDIAN_ERROR * spread / math.sqrt(max(one.peers, 1)) if math.isfinite(spread) else 0.0
    now = float(price(one.use))
    low, middle, high = (
        Money(max(round(float(price(max(one.target * math.exp(side * wide), one.use))) - now), 0), currency)
        for side in (-1.0, 0.0, 1.0)
    )
    return _valued(one, MoneyRange(middle, min(low, middle), max(high, middle)), "")


def _valued(one: UnderUsed, value: MoneyRange | None, missing: str) -> UnderUsed:
    return UnderUsed(
        one.account_id, one.account, one.tier, one.meter, one.confidence, one.use, one.median, one.target,
        one.peers, one.z, one.gap, value, missing,
    )  # fmt: skip


def _by_weight(one: UnderUsed) -> tuple[int, int, float]:
    order = {FLAGGED: 0, NEVER: 0, REVIEW: 1, INCONCLUSIVE: 2}[one.confidence]
    return order, -(one.value.middle.minor_units if one.value is not None else 0), one.z or 0.0


def evidence(one: UnderUsed) -> str:
    """What stands out, in one sentence."""
    unit = f" {plural(one.meter.unit)}" if one.meter.unit else ""
    span = "" if one.meter.stock else " a month"
    like = f"similar accounts {short_number(one.median)}"
    if one.confidence == NEVER or one.use == 0.0:
        return f"never used; {like}{unit}{span}"
    return f"{short_number(one.use)}{unit}{span}, {like}"


def why_under_use(one: UnderUsed, book: UnderUseBook) -> Why:
    """What stands behind one account's use of one meter beside its tier."""
    unit = plural(one.meter.unit) if one.meter.unit else "units"
    like = f"tier {one.tier}" if one.tier else "all tiers, for its own size"
    rows = [
        ("Use a month", f"{number(round(one.use))} {unit}"),
        (f"Median of {like}", f"{number(round(one.median))} {unit}"),
        (f"Accounts that use it, of {like}", str(one.peers)),
    ]
    if one.target < one.median:
        rows.append(("Compared with, for its own size", f"{number(round(one.target))} {unit}"))
    if one.z is not None:
        rows.append(("Distance in the tier's usual spread", number(round(one.z, 1))))
    value = limits = "not known"
    if one.value is not None:
        value = short_money(one.value.middle)
        limits = f"{short_money(one.value.low)} to {short_money(one.value.high)}"
    cautions = {
        FLAGGED: "Of those flagged over the whole book, about one in ten may be chance.",
        REVIEW: "On the review list: it may be chance. Ask before you act.",
        NEVER: "Paid for and never used: it may not be needed.",
        INCONCLUSIVE: f"Inconclusive: fewer than {FEWEST_ALIKE} accounts like it use it.",
    }
    steps: tuple[Step, ...] = ()
    if one.value is not None:
        steps = (
            Step(short_number(one.target), f"{unit} a month, as accounts like it", "−"),
            Step(short_number(one.use), f"{unit} a month now", "="),
            Step(short_number(one.gap), "gap, at the contract's price", "="),
            Step(value, "a month"),
        )
    return Why(
        title=f"{one.meter.name} at {one.account}",
        definition=(
            "Use of the last 90 days against accounts of the same tier, after allowing for how much the "
            "account uses of everything else, and beyond what chance makes of small counts. In money: the "
            "gap to the tier's median at the contract's price for that volume."
        ),
        formula=f"price({short_number(one.target)}) − price({short_number(one.use)}) = {value} a month",
        window="" if book.as_of is None else f"Judged: {count(_DAYS, 'day')} up to {day(book.as_of)}.",
        rows=tuple(rows),
        interval="" if one.value is None else f"Likely {limits}: the 80 % limits of the tier's median.",
        caution=" ".join(part for part in (cautions[one.confidence], one.missing) if part),
        as_of="" if book.as_of is None else f"Usage is known up to {day(book.as_of)}.",
        figure=value,
        figure_id=figure_id("under-use", account_part(one.account_id, one.account), one.meter.key),
        steps=steps,
        excluded=book.left_out[:12],
        uses=((SystemKind.USAGE, ""), (SystemKind.CRM, "for tiers"), (SystemKind.BILLING, "for prices")),
    )
