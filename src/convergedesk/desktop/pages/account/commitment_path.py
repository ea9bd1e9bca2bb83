"""A commitment's course in words and as a picture: what is left, until when it lasts, how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from convergedesk.desktop.charts.burn_down_figure import CommitmentPath
from convergedesk.desktop.phrases import near_day
from convergedesk.domain.money import Money, MoneyRange
from convergedesk.figures.wording import count, day, month, percent, short_day, short_money

if TYPE_CHECKING:
    from convergedesk.domain.account_figures import CommitmentFigure
    from convergedesk.figures.burn_down_path import BurnDownPath

_AMPLE = 0.02


class Course(Protocol):
    """A running commitment with its ways through the term."""

    @property
    def figure(self) -> CommitmentFigure:
        """The commitment as things are."""
        ...

    def path(self, change: float = 0.0) -> BurnDownPath:
        """Its way where usage from now on changes by that share; quick enough to follow a slider."""
        ...


class Outcome(Protocol):
    """What a way through the term comes to; a commitment's figure says it too."""

    @property
    def exhausted(self) -> date | None: ...

    @property
    def exhausted_earliest(self) -> date | None: ...

    @property
    def exhausted_latest(self) -> date | None: ...

    @property
    def shortfall(self) -> MoneyRange | None: ...


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What a course comes to.

    Attributes:
        headline: 'Runs out about 28 Feb', 'Lasts to 31 Mar'.
        about: 'about 28 Feb', 'to 31 Mar': the same for a tile.
        likely: 'likely 21 Feb to 7 Mar', or what is likely to be left.
        status: '31 days early', 'On pace'.
        tone: Of the status.
        icon: Of the status.
    """

    headline: str
    about: str
    likely: str
    status: str
    tone: str
    icon: str


def course_words(figure: CommitmentFigure, path: Outcome) -> CourseWords:
    """A course in words.

    Args:
        figure: The commitment.
        path: Its course, which may be a what-if; the figure itself as things are.
    """
    today, end = figure.through, figure.ends_on
    if path.exhausted is not None:
        about = near_day(path.exhausted, today)
        early = (end - path.exhausted).days
        if path.exhausted <= today:
            return CourseWords(
                f"Used up on {about}",
                f"used up {about}",
                "",
                f"{count(early, 'day')} before the term ends",
                "critical",
                "warning-octagon",
            )
        status = f"{count(early, 'day')} early" if early else "Just lasts"
        tone = ("warning", "hourglass-medium") if early else ("good", "check-circle")
        return CourseWords(f"Runs out about {about}", f"about {about}", _likely_days(path), status, *tone)
    if path.shortfall is None:
        return CourseWords("Too early for a forecast", "not known yet", "", "", "text_3", "")
    last = near_day(end, today)
    rest = path.shortfall.middle
    if rest.minor_units <= figure.promise.minor_units * _AMPLE:
        likely = _likely_days(path)
        return CourseWords(f"Lasts to {last}", f"to {last}", likely, "On pace", "good", "check-circle")
    low, high = short_money(path.shortfall.low), short_money(path.shortfall.high)
    return CourseWords(
        f"Lasts to {last}",
        f"to {last}",
        f"likely {low} to {high}" if low != high else "",
        f"{short_money(rest)} unspent",
        "warning",
        "warning",
    )


def chart_path(
    figure: CommitmentFigure, path: BurnDownPath, before: BurnDownPath | None = None
) -> CommitmentPath:
    """A course as the burn-down chart takes it.

    Args:
        figure: The commitment.
        path: Its course.
        before: The course as things are, where `path` is a what-if.
    """
    unspent = ""
    if path.exhausted is None and path.shortfall is not None and path.shortfall.middle.minor_units > 0:
        unspent = f"{short_money(path.shortfall.middle)} unspent"
    left = short_money(figure.left)
    return CommitmentPath(
        first_day=path.first_day,
        last_day=path.last_day,
        commitment=path.commitment,
        left=path.left,
        forecast=path.forecast,
        low=path.low,
        high=path.high,
        even=path.even,
        before=None if before is None else before.forecast,
        exhausted=path.exhausted,
        left_text=f"{left} left",
        end_text=unspent,
        even_text="even pace",
    )


def money_text(currency: str) -> Callable[[float], str]:
    """Prints minor units of a currency, rounded."""

    def text(value: float) -> str:
        return short_money(Money(round(value), currency))

    return text


def to_last_words(figure: CommitmentFigure) -> str:
    """By how much usage would have to change, and what happens otherwise; empty where neither is known."""
    if figure.change_to_last is None:
        return ""
    change, last = figure.change_to_last, short_day(figure.ends_on)
    if figure.exhausted is not None and change < 0:
        words = f"To reach {last}, usage would have to fall by {percent(-change)}."
        if figure.overage is not None and figure.overage.middle.minor_units > 0:
            words += f" Otherwise about {short_money(figure.overage.middle)} is billed on top."
        return words
    if figure.shortfall is not None and figure.shortfall.middle.minor_units > 0 and change > 0:
        return (
            f"To use all of it by {last}, usage would have to rise by {percent(change)}. Otherwise about "
            f"{short_money(figure.shortfall.middle)} stays unspent."
        )
    return ""


def term_words(first: date, last: date) -> str:
    """'Apr to Mar' for a year, with years for any other term."""
    begin, end = month(first), month(last)
    if (last - first).days in range(363, 366):
        begin, end = begin.split()[0], end.split()[0]
    return f"{begin} to {end}"


def _likely_days(path: Outcome) -> str:
    first, last = path.exhausted_earliest, path.exhausted_latest
    if first is None:
        return ""
    if last is None:
        return f"likely {short_day(first)} or later"
    if first == last:
        return f"likely {short_day(first)}"
    begin = short_day(first) if first.year == last.year else day(first)
    end = short_day(last) if path.exhausted is not None and last.year == path.exhausted.year else day(last)
    return f"likely {begin} to {end}"
