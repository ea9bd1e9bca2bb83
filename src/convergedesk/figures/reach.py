"""What all openings are worth together: by currency, with limits, and in one currency at stated rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import MoneyRange
from convergedesk.domain.rates import ExchangeRate, convert
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.money_sums import range_sum, range_sums
from convergedesk.figures.openings import Opening, OpeningKind
from convergedesk.figures.why import LeftOut, Link, LinkKind, Why, WhyRow
from convergedesk.figures.wording import count, day, short_money

_NOT_EARNED = frozenset({OpeningKind.COMMITMENT_BEHIND})
_MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Reach:
    """The openings added up.

    Attributes:
        by_currency: Their values a month, one sum a currency, largest first.
        converted: All of them in the reporting currency; None without one, or where a rate is missing.
        rates: The rates that were used.
        missing_rates: Currencies without a stated rate.
        counted: The openings that entered.
        without: Those that did not, with the reason.
    """

    by_currency: tuple[MoneyRange, ...]
    converted: MoneyRange | None
    rates: tuple[ExchangeRate, ...]
    missing_rates: tuple[str, ...]
    counted: tuple[Opening, ...]
    without: tuple[LeftOut, ...]

    @property
    def sums(self) -> tuple[MoneyRange, ...]:
        """What to print: one sum where everything could be converted, else one a currency."""
        return self.by_currency if self.converted is None else (self.converted,)

    @property
    def accounts(self) -> int:
        """How many accounts have an opening that entered."""
        return len({one.account_id for one in self.counted})


def reach_of(
    openings: Iterable[Opening], reporting: str | None, rates: Sequence[ExchangeRate], today: date
) -> Reach:
    """Adds the openings up that would bring revenue; estimates are taken as independent of each other.

    Left out are openings without a value, and promises that are not used up: these are paid for already.
    """
    counted: list[Opening] = []
    without: list[LeftOut] = []
    for one in openings:
        told = f"{one.title}, {one.account}"
        if one.kind in _NOT_EARNED:
            without.append(LeftOut(told, "promised already, so it brings no more"))
        elif one.value is None:
            without.append(LeftOut(told, (one.missing or "no value is known").rstrip(".")))
        else:
            counted.append(one)
    sums = range_sums(one.value for one in counted if one.value is not None)
    converted, used, missing = _converted(sums, reporting, rates, today)
    return Reach(sums, converted, used, missing, tuple(counted), tuple(without))


def value_in(
    value: MoneyRange, reporting: str | None, rates: Sequence[ExchangeRate], today: date
) -> MoneyRange:
    """A value in the reporting currency where a rate is stated; else as it is."""
    found = _converted([value], reporting, rates, today)[0]
    return value if found is None else found


def reach_words(reach: Reach) -> str:
    """'€36.5k', or '€36.5k and $2k' where no rate is stated."""
    told = [short_money(one.middle) for one in reach.sums]
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)


def likely_words(reach: Reach) -> str:
    """'€30k to €44k', for each sum."""
    return ", ".join(f"{short_money(one.low)} to {short_money(one.high)}" for one in reach.sums)


def why_reach(reach: Reach, as_of: date | None) -> Why:
    """What stands behind the sum."""
    terms = [
        (f"1 {rate.currency} in {rate.into_currency}", f"{rate.rate:f} from {day(rate.day)}")
        for rate in reach.rates
    ]
    listed = reach.counted[:_MOST_LISTED]
    return Why(
        title="Within reach a month",
        definition=(
            "What openings would bring a month: under-used meters at their tier's median, growth that is "
            "under way, and use beyond what was promised. Estimated, and no forecast of sales."
        ),
        formula=f"{count(len(reach.counted), 'opening')} added up = {reach_words(reach) or 'nothing'}",
        rows=(("Likely (80 %)", likely_words(reach) or "not known"), *terms),
        interval="Likely is an 80 % interval; the openings are taken as independent of each other.",
        caution="Promises that are not used up are shown in the list and not counted here.",
        as_of="No usage is known." if as_of is None else f"Usage is known up to {day(as_of)}.",
        figure=reach_words(reach),
        figure_id=figure_id("opportunities", "reach"),
        excluded=reach.without,
        behind=tuple(
            WhyRow(
                f"{one.title}, {one.account}",
                "" if one.value is None else short_money(one.value.middle),
                Link(LinkKind.ACCOUNT, one.account_id),
            )
            for one in listed
        ),
        behind_of=len(reach.counted),
        uses=((SystemKind.USAGE, "for what is used"), (SystemKind.BILLING, "for what a month brings")),
    )


def _converted(
    sums: Sequence[MoneyRange], reporting: str | None, rates: Sequence[ExchangeRate], today: date
) -> tuple[MoneyRange | None, tuple[ExchangeRate, ...], tuple[str, ...]]:
    if reporting is None or not sums:
        return None, (), ()
    parts: list[MoneyRange] = []
    used: list[ExchangeRate] = []
    missing: list[str] = []
    for one in sums:
        limits = [convert([amount], reporting, rates, today) for amount in (one.middle, one.low, one.high)]
        totals = [found.total for found in limits if found.total is not None]
        if len(totals) < len(limits):
            missing += limits[0].missing
            continue
        used += limits[0].rates
        parts.append(MoneyRange(*totals))
    return (range_sum(parts) if parts and not missing else None), tuple(used), tuple(sorted(set(missing)))
