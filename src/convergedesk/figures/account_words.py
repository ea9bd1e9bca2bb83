"""What stands behind an account's health, spend, commitments and adoption, in plain words.

Each takes the figure as it is kept and, for its id, the account as `figure_ids.account_part` names it.
"""

from __future__ import annotations

from datetime import date, timedelta

from convergedesk.domain.account_figures import (
    AdoptionFigure,
    CommitmentFigure,
    HealthFactor,
    HealthFigure,
    MeterSpend,
    Missing,
    SpendFigure,
)
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.figures.figure_ids import figure_id
from convergedesk.figures.usage_view import plural
from convergedesk.figures.why import LeftOut, Step, Why, WhyRow, span_words
from convergedesk.figures.wording import count, day, money, month, number, percent, short_money
from convergedesk.insights.health import SCALES, Factor

_LIKELY = (
    "'Likely' means that about 80 of 100 such forecasts hold the true amount between their limits. They are "
    "as wide as forecasts made on earlier days turned out to be wrong."
)
_SHARES = frozenset({Factor.USAGE, Factor.GOALS, Factor.RESTORED, Factor.COMMITMENT, Factor.BREADTH})
_FACTOR_MEANING = {
    Factor.USAGE: "Usage of the last 28 days against what the days before let expect, or of the last 7 where "
    "these stand out beyond chance.",
    Factor.GOALS: "Share of the goals with a value that are on track or reached.",
    Factor.RESTORED: "Share of the dips confirmed after tickets in 180 days whose value came back: usage at "
    "90 % of expected or more, confirmed 6 days later.",
    Factor.BLOCKING: "Open tickets of high priority. An account that nobody was in touch with for 90 days "
    "earns nothing by silence.",
    Factor.COMMITMENT: "What was used of the running commitment against what its pace expects by now.",
    Factor.BREADTH: "Share of the meters that the account has which it used in the last 28 days.",
}
_USES = {
    Factor.USAGE: SystemKind.USAGE,
    Factor.GOALS: SystemKind.CRM,
    Factor.RESTORED: SystemKind.SUPPORT,
    Factor.BLOCKING: SystemKind.SUPPORT,
    Factor.COMMITMENT: SystemKind.BILLING,
    Factor.BREADTH: SystemKind.USAGE,
}


def why_health(health: HealthFigure, account: str = "") -> Why:
    """The score: its factors, what is missing, what would raise it."""
    known = [one for one in health.factors if one.points is not None]
    parts = " + ".join(
        f"{number(round(one.weight, 3))} × {number(round(one.points or 0.0))}" for one in known
    )
    score = "not enough data" if health.score is None else f"{round(health.score)}"
    rows = [(one.title, f"{round(one.points or 0.0)} of 100: {one.sentence}") for one in known]
    if health.before is not None and health.before_on is not None:
        rows.append((f"Score on {day(health.before_on)}", f"{round(health.before)}"))
    if health.way_up and health.way_up_points is not None:
        rows.append(("Fastest way up", f"{health.way_up}, +{number(round(health.way_up_points, 1))}"))
    caution = "A score, not a probability."
    if health.score is None:
        caution = "Nothing is scored without usage against expected and at least one more factor."
    return Why(
        title="Health",
        definition=(
            "The mean of up to six factors, each put on a published scale from 0 to 100, weighted equally. "
            "Healthy from 75, watch from 50, at risk below."
        ),
        formula=f"{parts} = {score}" if parts else "Nothing is known yet.",
        window="" if health.as_of is None else f"As things stood on {day(health.as_of)}.",
        rows=tuple(rows),
        caution=f"{caution} Method {health.method}; scores of another method are another series.",
        as_of=_usage_known(health.as_of),
        figure=score,
        figure_id=figure_id("health", account) if account else "",
        excluded=tuple(
            LeftOut(one.title, f"{one.sentence}. {one.missing}".strip()) for one in health.missing
        ),
        behind=tuple(
            WhyRow(one.title, f"{number(round(one.contribution, 1))} points", note=one.sentence)
            for one in known
        ),
        uses=tuple((system, "") for system in SystemKind),
    )


def why_factor(health: HealthFigure, factor: str, account: str = "") -> Why:
    """One factor: its raw value, its scale and what it does to the score."""
    one = next(each for each in health.factors if each.factor == factor)
    kind = Factor(factor)
    scale = ", ".join(f"{_raw(kind, value)} gives {number(points)}" for value, points in SCALES[kind])
    value = "not known" if one.value is None else _raw(kind, one.value)
    points = "not known" if one.points is None else f"{round(one.points)} of 100"
    rows = [("Value", value), ("Points", points)]
    if one.points is not None:
        rows.append(("Adds to the score", f"{number(round(one.contribution, 1))} points"))
        rows.append(("Room", f"{number(round(one.room, 1))} points"))
    if one.raise_by:
        rows.append(("What would raise it", f"{one.raise_by}, +{number(round(one.gain, 1))}"))
    return Why(
        title=one.title,
        definition=_FACTOR_MEANING[kind],
        formula=f"On a straight line between these points: {scale}.",
        window="" if health.as_of is None else f"As things stood on {day(health.as_of)}.",
        rows=tuple(rows),
        caution=one.missing,
        as_of=_usage_known(health.as_of),
        figure=points,
        figure_id=figure_id("health", account, _slug(one)) if account else "",
        uses=((_USES[kind], ""),),
    )


def factor_of(health: HealthFigure, part: str) -> str | None:
    """The key of the factor that a part of an id names, or None."""
    return next((one.factor for one in health.factors if _slug(one) == part), None)


def _slug(one: HealthFactor) -> str:
    return one.title.casefold().replace(" ", "-")


def _raw(factor: Factor, value: float) -> str:
    return percent(value, signed=factor is Factor.USAGE) if factor in _SHARES else number(value)


def why_spend(spend: SpendFigure, account: str = "") -> Why:
    """The month to date and its forecast."""
    rows = [(one.name, _meter_words(one)) for one in spend.meters]
    if spend.fees is not None:
        rows.append(("Fees and other, a month", f"{money(spend.fees)}, the least of the last three bills"))
    if spend.usual is not None:
        rows.append(("A usual month", f"{money(spend.usual)}, the median of the last three full ones"))
    forecast = "not known" if spend.forecast is None else short_money(spend.forecast)
    steps = [Step(short_money(spend.accrued), f"accrued in {count(spend.days_over, 'day')}", "+")]
    if spend.forecast is not None:
        rest = Money(spend.forecast.minor_units - spend.accrued.minor_units, spend.currency)
        left = spend.days_in_month - spend.days_over
        steps += [
            Step(short_money(rest), f"expected of {count(left, 'day')}", "="),
            Step(forecast, "the month"),
        ]
    return Why(
        title=f"Spend of {month(spend.month)}",
        definition=(
            "What was used so far and what the days left are expected to bring, priced through the tiers of "
            "the contract month by month. What is used and not invoiced is accrued, never billed."
        ),
        formula=" + ".join(f"{short_money(one.accrued)} {one.name}" for one in spend.meters[:4])
        + (" + …" if len(spend.meters) > 4 else "")
        + f" = {money(spend.accrued)} accrued, not yet invoiced",
        window=f"Used: {span_words(spend.month, spend.through)}; forecast to the end of the month.",
        rows=tuple(rows),
        interval=f"{_limits(spend.low, spend.high)} {_LIKELY}".strip() if spend.forecast is not None else "",
        caution="Estimated: the bill counts what its source counted, and may hold what no contract states.",
        as_of=_usage_known(spend.through),
        figure=forecast,
        figure_id=figure_id("spend", account, spend.currency) if account else "",
        steps=tuple(steps),
        excluded=_excluded(spend.missing),
        uses=((SystemKind.USAGE, "for units"), (SystemKind.BILLING, "for prices and fees")),
    )


def _meter_words(one: MeterSpend) -> str:
    unit = one.unit if round(one.units) == 1 else plural(one.unit)
    words = f"{money(one.accrued)} for {number(round(one.units))} {unit}".rstrip()
    if one.forecast is None:
        return words
    return f"{words}; the month {short_money(one.forecast)}{_between(one.low, one.high)}"


def why_commitment(one: CommitmentFigure, account: str = "") -> Why:
    """A commitment: what was used, its pace, when it is reached."""
    rows = [
        ("Promised", money(one.promise)),
        ("Billed", money(one.billed)),
        ("Accrued, not yet invoiced", money(one.accrued)),
        ("Expected by now", money(one.expected_by_now)),
        ("Left", money(one.left)),
    ]
    if one.rolled_over.minor_units:
        rows.insert(1, ("Of which rolled over from the term before", money(one.rolled_over)))
    rows.append(("Reached", _reached(one)))
    if one.overage is not None and one.overage.high.minor_units > 0:
        rows.append(("Beyond the promise at the end", _range(one.overage)))
    if one.shortfall is not None and one.shortfall.high.minor_units > 0:
        rows.append(("Left of it at the end", _range(one.shortfall)))
    if one.change_to_last is not None:
        rows.append(
            ("Change of use that reaches it on the last day", percent(one.change_to_last, signed=True))
        )
    pace = "the term has just begun" if one.pace is None else percent(one.pace)
    used = f"({money(one.billed)} billed + {money(one.accrued)} accrued)"
    paid = "It was paid before use: reaching it early means that it is used up." if one.prepaid else ""
    return Why(
        title="Commitment burn-down",
        definition=(
            "What was billed and used of the promise against what an even pace, or the contract's steps, "
            "expect by now, and the day on which the forecast of the use to come reaches it."
        ),
        formula=f"{used} ÷ {money(one.expected_by_now)} = {pace}",
        window=f"Term: {span_words(one.starts_on, one.ends_on)}; known up to {day(one.through)}.",
        rows=tuple(rows),
        interval=_LIKELY if one.overage is not None else "",
        caution=paid,
        as_of=_usage_known(one.through),
        figure=pace,
        figure_id=figure_id("commitment", account, one.contract_id, one.place) if account else "",
        steps=(
            Step(short_money(one.used), "billed and accrued", "÷"),
            Step(short_money(one.expected_by_now), "expected by now", "="),
            Step(pace, "pace"),
        )
        if one.pace is not None
        else (),
        excluded=_excluded(one.missing),
        uses=(
            (SystemKind.BILLING, "for invoices and terms"),
            (SystemKind.USAGE, "for what is not invoiced yet"),
        ),
    )


def _reached(one: CommitmentFigure) -> str:
    if one.exhausted is None:
        if one.overage is None:
            return "not known"
        early = "" if one.exhausted_earliest is None else f", {day(one.exhausted_earliest)} at the earliest"
        return f"not within the term{early}"
    first = day(one.exhausted_earliest or one.exhausted)
    last = "after the term" if one.exhausted_latest is None else day(one.exhausted_latest)
    return f"about {day(one.exhausted)}, likely {first} to {last}"


def why_adoption(adoption: AdoptionFigure, account: str = "", as_of: date | None = None) -> Why:
    """How broadly an account uses what it has."""
    share = "not known" if adoption.breadth is None else percent(adoption.breadth)
    source = (
        "its contracts sell" if adoption.by_contract else "it ever used, for no contract says what it has"
    )
    window = "" if as_of is None else f"Judged: {span_words(as_of - timedelta(days=27), as_of)}."
    sticky = [] if adoption.stickiness is None else [("Days with any use", percent(adoption.stickiness))]
    return Why(
        title="Adoption breadth",
        definition=f"Share of the meters that {source} which were used in the last 28 days.",
        formula=f"{adoption.used} used ÷ {adoption.entitled} it has = {share}",
        window=window,
        rows=(*sticky, *((one.name, one.state) for one in adoption.meters)),
        caution="" if adoption.breadth is not None else "Nothing is known of the last 28 days.",
        as_of=_usage_known(as_of),
        figure=share,
        figure_id=figure_id("adoption", account) if account else "",
        uses=((SystemKind.USAGE, ""), (SystemKind.BILLING, "for what the contracts sell")),
    )


def _excluded(missing: tuple[Missing, ...]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one.what, one.brings) for one in missing)


def _between(low: Money | None, high: Money | None) -> str:
    return "" if low is None or high is None else f", likely {short_money(low)} to {short_money(high)}"


def _limits(low: Money | None, high: Money | None) -> str:
    return "" if low is None or high is None else f"Likely {short_money(low)} to {short_money(high)}."


def _range(one: MoneyRange) -> str:
    return f"{short_money(one.middle)}, likely {short_money(one.low)} to {short_money(one.high)}"


def _usage_known(as_of: date | None) -> str:
    return "No daily usage is known." if as_of is None else f"Usage is known up to {day(as_of)}."
