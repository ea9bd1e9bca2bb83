"""Usage of the last seven days against what was expected, over the accounts of a book."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from convergedesk.domain.briefs import UsageNow
from convergedesk.domain.kinds import SystemKind
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.home.figure import NOTHING, Book, HomeFigure
from convergedesk.figures.need import week_of
from convergedesk.figures.need_words import interval_words
from convergedesk.figures.wording import NARROW_SPACE, count, number, percent, short_number

if TYPE_CHECKING:
    from convergedesk.figures.why import Why, WhyRow

LABEL = "Usage, last 7 days vs expected"
_MOST_ROWS = 12


class WeekOfAll(NamedTuple):
    """The last seven days of several accounts.

    Attributes:
        judged: Accounts whose week was judged, with it.
        left_out: Accounts without, with the reason.
        unit: What they all count; empty where they do not count the same.
        observed: Units of all; None where these cannot be added.
        expected: Units expected of all, or None likewise.
        low: Lower limit (95 %) of the relative difference, or None likewise.
        high: Upper limit.
    """

    judged: tuple[tuple[PortfolioRow, UsageNow], ...]
    left_out: tuple[tuple[PortfolioRow, str], ...]
    unit: str
    observed: float | None
    expected: float | None
    low: float | None
    high: float | None

    @property
    def estimate(self) -> float | None:
        """Relative difference of all together, or None where they cannot be added."""
        if self.observed is None or not self.expected:
            return None
        return self.observed / self.expected - 1.0

    def counted(self, verdict: str) -> int:
        """How many accounts have that verdict."""
        return sum(1 for _, week in self.judged if week.verdict == verdict)


def week_of_all(book: Book) -> WeekOfAll:
    """The last seven days of all accounts together, added up only where all count one unit.

    The limits take each account's error as independent of the others': half-widths in units, squared,
    added, and the root taken, below and above apart.
    """
    judged: list[tuple[PortfolioRow, UsageNow]] = []
    left_out: list[tuple[PortfolioRow, str]] = []
    for row in book.rows:
        week = week_of(row, book.snapshot.today)
        if week is not None and week.estimate is not None and week.expected:
            judged.append((row, week))
        elif row.spark.last_day is not None:
            left_out.append((row, _reason(row, week)))
    units = {row.spark.unit for row, _ in judged}
    unit = units.pop() if len(units) == 1 else ""
    if not unit:
        return WeekOfAll(tuple(judged), tuple(left_out), "", None, None, None, None)
    observed = sum(week.observed or 0.0 for _, week in judged)
    expected = sum(week.expected or 0.0 for _, week in judged)
    below = sqrt(sum(((w.expected or 0.0) * ((w.estimate or 0.0) - (w.low or 0.0))) ** 2 for _, w in judged))
    above = sqrt(sum(((w.expected or 0.0) * ((w.high or 0.0) - (w.estimate or 0.0))) ** 2 for _, w in judged))
    change = observed / expected - 1.0
    low, high = change - below / expected, change + above / expected
    return WeekOfAll(tuple(judged), tuple(left_out), unit, observed, expected, low, high)


def usage_figure(book: Book) -> HomeFigure:
    """The first figure of Home."""
    found = week_of_all(book)
    if not found.judged:
        return HomeFigure("usage-week", LABEL, NOTHING, note=_nothing(book))
    down = found.counted("down")
    status = f"{count(down, 'account')} below expected" if down else "none below expected"
    tone, icon = ("critical", "trend-down") if down else ("good", "check-circle")
    if found.estimate is None:
        value, unit, note = number(down), f"of {number(len(found.judged))} below", _directions(found)
        status = "" if down else status
        if down:
            names = [row.name for row, week in found.judged if week.verdict == "down"]
            status = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    else:
        value, unit = _points(found.estimate), "%"
        note = interval_words(found.low, found.high).strip("()")
    return HomeFigure(
        "usage-week", LABEL, value, unit, status, tone, icon, note, lambda: why_usage(book, found)
    )


def why_usage(book: Book, found: WeekOfAll) -> Why:
    """What stands behind it."""
    from convergedesk.figures.figure_ids import figure_id
    from convergedesk.figures.why import LeftOut, Step, Why, span_words

    first = min(week.first_day for _, week in found.judged)
    last = max(row.brief.as_of or first for row, _ in found.judged if row.brief is not None)
    added = found.estimate is not None and found.observed is not None and found.expected is not None
    steps: tuple[Step, ...] = ()
    if added:
        figure = f"{_points(found.estimate or 0.0)}{NARROW_SPACE}%"
        observed, expected = short_number(found.observed or 0.0), short_number(found.expected or 0.0)
        steps = (
            Step(observed, "used in 7 days", "÷"),
            Step(expected, "expected", "− 1 ="),
            Step(figure, f"95 % interval {interval_words(found.low, found.high).strip('()')}"),
        )
        formula = f"{observed} used ÷ {expected} expected − 1 = {figure}"
    else:
        figure = f"{number(found.counted('down'))} of {number(len(found.judged))}"
        formula = f"accounts whose whole interval lies below expected: {figure}"
    return Why(
        title="Usage, last 7 days compared with expected",
        definition=(
            "Usage of each account's last seven complete days, compared with what its days before let "
            "expect, weekday by weekday. Days of earlier incidents are no part of what is expected."
        ),
        formula=formula,
        window=f"Judged: {span_words(first, last)}.",
        rows=(
            ("Accounts judged", str(len(found.judged))),
            ("Below expected", str(found.counted("down"))),
            ("Above expected", str(found.counted("up"))),
            ("Inconclusive", str(found.counted("inconclusive"))),
        ),
        interval=(
            "Of 100 such intervals about 95 hold the true difference, if accounts err independently of one "
            "another; what strikes all of them at once makes it wider."
            if added
            else "An account counts as below or above only where its whole 95 % interval lies there."
        ),
        caution=""
        if added
        else "Accounts count different units, or state none, so their usage is counted and not added.",
        figure=figure,
        figure_id=figure_id("home", "usage-week", *book.id_parts),
        steps=steps,
        excluded=tuple(LeftOut(row.name, reason) for row, reason in found.left_out),
        behind=_rows(found),
        behind_of=len(found.judged),
        uses=((SystemKind.USAGE, ""), (SystemKind.SUPPORT, "for leaving out the days of incidents")),
    )


def why_week(row: PortfolioRow, week: UsageNow) -> Why:
    """What stands behind the last seven days of one account."""
    from convergedesk.figures.figure_ids import account_part, figure_id
    from convergedesk.figures.why import Link, LinkKind, Step, Why, WhyRow, span_words

    figure = "not measured" if week.estimate is None else percent(week.estimate, signed=True)
    limits = interval_words(week.low, week.high)
    steps: tuple[Step, ...] = ()
    formula = f"not measured: {week.abstained}"
    if week.estimate is not None:
        observed, expected = short_number(week.observed or 0.0), short_number(week.expected or 0.0)
        formula = f"{observed} used ÷ {expected} expected − 1 = {figure} {limits}"
        steps = (
            Step(observed, f"used in {count(week.days, 'day')}", "÷"),
            Step(expected, "expected", "− 1 ="),
            Step(figure, f"95 % interval {limits.strip('()')}"),
        )
    rows: list[tuple[str, str]] = []
    if week.smallest is not None:
        rows.append(("Smallest dip that could be seen", percent(week.smallest)))
    if week.year_earlier is not None:
        rows.append(("Against the same weeks a year earlier", percent(week.year_earlier, signed=True)))
    caution = "Compared with expected; this does not show what caused it."
    if week.unusual:
        caution = "A holiday, a freeze or an outage falls into these days, so nothing is concluded."
    elif week.verdict == "inconclusive" and week.estimate is not None:
        caution = "Inconclusive: the interval holds no change, so this may be chance."
    return Why(
        title=f"Usage of {row.name}, last {count(week.days, 'day')} compared with expected",
        definition=(
            "Usage of the last complete days, compared with what the days before let expect, weekday by "
            "weekday. Days of earlier incidents are no part of what is expected."
        ),
        formula=formula,
        window=f"Judged: {span_words(week.first_day, week.first_day + timedelta(days=week.days - 1))}.",
        rows=tuple(rows),
        interval="Of 100 such intervals about 95 hold the true difference." if steps else "",
        caution=caution,
        figure=figure,
        figure_id=figure_id("home", "week", account_part(row.account_id, row.name)),
        steps=steps,
        behind=(
            WhyRow("Daily usage and its tickets", figure, Link(LinkKind.ACCOUNT, row.account_id, "overview")),
        ),
        uses=((SystemKind.USAGE, ""), (SystemKind.SUPPORT, "for leaving out the days of incidents")),
    )


def _rows(found: WeekOfAll) -> tuple[WhyRow, ...]:
    from convergedesk.figures.why import Link, LinkKind, WhyRow

    def weight(one: tuple[PortfolioRow, UsageNow]) -> float:
        week = one[1]
        return -abs((week.observed or 0.0) - (week.expected or 0.0)) if found.unit else week.estimate or 0.0

    rows: list[WhyRow] = []
    for row, week in sorted(found.judged, key=weight)[:_MOST_ROWS]:
        sure = week.verdict != "inconclusive"
        words = f"{percent(week.estimate or 0.0, signed=True)} {interval_words(week.low, week.high)}"
        note = "" if sure else "inconclusive"
        used = f"{short_number(week.observed or 0.0)} of {short_number(week.expected or 0.0)} expected"
        tone = "critical" if week.verdict == "down" else "good" if week.verdict == "up" else ""
        link = Link(LinkKind.ACCOUNT, row.account_id, "overview")
        rows.append(WhyRow(row.name, words, link, " · ".join(part for part in (used, note) if part), tone))
    return tuple(rows)


def _reason(row: PortfolioRow, week: UsageNow | None) -> str:
    if row.brief is None:
        return "not computed yet"
    if week is None:
        return "no usage in the last 14 days"
    return week.abstained or "nothing was expected"


def _points(share: float) -> str:
    shown = round(100 * share, 1)
    return f"{'+' if shown > 0 else ''}{number(shown)}"


def _directions(found: WeekOfAll) -> str:
    return f"{number(found.counted('up'))} above, {number(found.counted('inconclusive'))} inconclusive"


def _nothing(book: Book) -> str:
    if not any(row.spark.last_day is not None for row in book.rows):
        return "no daily usage imported yet"
    if any(row.brief is None for row in book.rows):
        return "not computed yet"
    return "too little history, or none of these 14 days"
