"""The pilot's scorecard in words: values, differences, verdicts, and what stands behind them."""

from __future__ import annotations

import math

from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money
from convergedesk.figures.figure_ids import figure_id, slug
from convergedesk.figures.pilot_scorecard import (
    RULE,
    Measure,
    MeasureFigure,
    PilotAccount,
    PilotBook,
)
from convergedesk.figures.why import LeftOut, Link, LinkKind, Why, WhyRow, span_words
from convergedesk.figures.wording import count, number, percent, short_money, short_number

TITLES = {
    Measure.USAGE: "Usage a day",
    Measure.RESTORED: "Days to value restored",
    Measure.BILLED: "Billed a month",
    Measure.CHURNED: "Accounts that left",
}
_DEFINITIONS = {
    Measure.USAGE: (
        "Mean usage of a day. Growth is compared by its logarithm, so that large accounts do not outweigh "
        "small ones; shown are geometric means."
    ),
    Measure.RESTORED: (
        "Mean days from a ticket's opening to value restored over an account's confirmed dips; a dip that "
        "still waits counts with the days so far, so it may be longer."
    ),
    Measure.BILLED: (
        "Invoices of whole months, as many before as after; drafts, void ones and credit notes left out. "
        "Growth is compared by its logarithm; shown are geometric means."
    ),
    Measure.CHURNED: "Share of the accounts that left since the pilot began; all of them were there before.",
}


def value_words(book: PilotBook, figure: MeasureFigure, value: float) -> str:
    """A value before or after, as printed."""
    if not math.isfinite(value):
        return "–"
    if figure.measure is Measure.BILLED and book.currency is not None:
        return short_money(Money(round(value), book.currency))
    if figure.measure is Measure.CHURNED:
        return percent(value)
    if figure.measure is Measure.RESTORED:
        return number(round(value, 1))
    return short_number(value)


def change_words(book: PilotBook, figure: MeasureFigure, values: tuple[float, float]) -> str:
    """'12.3k to 13.8k', with the growth where that is compared."""
    before, after = values
    said = f"{value_words(book, figure, before)} to {value_words(book, figure, after)}"
    if figure.relative and before > 0 and math.isfinite(after):
        said += f" ({percent(after / before - 1.0, signed=True)})"
    return said


def difference_words(figure: MeasureFigure) -> str:
    """'+9 % (−4 to +23)', '−2.1 days (−4 to −0.3)'; a dash where nothing is known."""
    if not math.isfinite(figure.difference) or figure.verdict == "nobody left":
        return "–"
    said = _amount(figure, figure.difference, unit=True)
    if not math.isfinite(figure.low) or not math.isfinite(figure.high):
        return said
    return f"{said} ({_amount(figure, figure.low)} to {_amount(figure, figure.high)})"


def trend_words(account: PilotAccount) -> str:
    """How usage grew before the pilot."""
    return "–" if not math.isfinite(account.trend) else percent(account.trend, signed=True)


def finding(book: PilotBook) -> str:
    """The scorecard in one sentence."""
    if not book.measures:
        return "The pilot cannot be compared yet"
    better = [TITLES[one.measure] for one in book.measures if one.verdict == "better"]
    worse = [TITLES[one.measure] for one in book.measures if one.verdict == "worse"]
    parts = [f"{_list(better)} went better"] if better else []
    if worse:
        parts.append(f"{_list(worse)} went worse")
    if not parts:
        known = any(one.verdict == "inconclusive" for one in book.measures)
        return (
            "Inconclusive: the pilot cannot be told from accounts like it"
            if known
            else "Too few pairs to tell the pilot from accounts like it"
        )
    return f"{' and '.join(parts)} than at accounts like them"


def why_measure(book: PilotBook, figure: MeasureFigure) -> Why:
    """What stands behind one measure."""
    before, after = book.before, book.after
    window = ""
    if before is not None and after is not None:
        window = f"Before: {span_words(*before)}. After: {span_words(*after)}."
        if figure.measure is Measure.BILLED:
            window += f" Billed: {count(book.months, 'whole month')} on either side."
    behind = tuple(
        WhyRow(
            pair.account.name,
            _own_change(book, figure, pair.account),
            Link(LinkKind.ACCOUNT, pair.account.account_id),
            "compared with " + ", ".join(one.name for one, _ in pair.matches),
        )
        for pair in book.pairs
        if pair.matches
    )
    alone = tuple(
        LeftOut(pair.account.name, "no counterpart in its tier") for pair in book.pairs if not pair.matches
    )
    return Why(
        title=f"{TITLES[figure.measure]}: the pilot against matched accounts",
        definition=_DEFINITIONS[figure.measure],
        formula=(
            f"change in the pilot {change_words(book, figure, figure.pilot)} less change in matched accounts "
            f"{change_words(book, figure, figure.matched)} = {difference_words(figure)}"
        ),
        window=window,
        rows=(
            ("Accounts of the pilot", str(len(book.pairs))),
            ("Pairs with all four values", str(figure.pairs)),
            ("Accounts to compare with", str(book.outside)),
            ("Matching", RULE),
        ),
        interval=(
            "Of 100 such intervals about 95 hold the true difference; it follows from how much pairs differ."
            if math.isfinite(figure.low)
            else ""
        ),
        caution=_caution(figure),
        figure=difference_words(figure),
        figure_id=figure_id("pilot", slug(figure.measure.value), f"pod-{book.pod_id}"),
        excluded=alone,
        behind=behind,
        behind_of=len(behind),
        uses=(
            (SystemKind.USAGE, ""),
            (SystemKind.SUPPORT, "for value restored"),
            (SystemKind.BILLING, "for matching and billed revenue"),
            (SystemKind.CRM, "for tiers"),
        ),
    )


def _caution(figure: MeasureFigure) -> str:
    chosen = "Accounts that were chosen for a pilot may differ in ways that matching does not see."
    if figure.verdict == "too few pairs":
        return f"Under three pairs nothing is concluded. {chosen}"
    if figure.verdict == "nobody left":
        return f"Nobody left on either side, so there is nothing to compare. {chosen}"
    if figure.verdict == "inconclusive":
        return f"Inconclusive: no difference lies in the interval. {chosen}"
    return chosen


def _own_change(book: PilotBook, figure: MeasureFigure, account: PilotAccount) -> str:
    return change_words(book, figure, account.values[figure.measure])


def _amount(figure: MeasureFigure, value: float, *, unit: bool = False) -> str:
    if figure.measure is Measure.RESTORED:
        sign = "+" if value > 0 else ""
        return f"{sign}{number(round(value, 1))}{' days' if unit else ''}"
    words = percent(value, signed=True)
    return words if unit else words.removesuffix("%").rstrip()


def _list(names: list[str]) -> str:
    lowered = [names[0], *(name[0].lower() + name[1:] for name in names[1:])]
    return lowered[0] if len(lowered) == 1 else f"{', '.join(lowered[:-1])} and {lowered[-1]}"
