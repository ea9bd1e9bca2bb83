"""Columns of what the statistics keep: health, and usage against what was expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import IntervalValue
from convergedesk.desktop.widgets.table.cells import TextLine
from convergedesk.desktop.widgets.table.score_cells import EffectCell, EffectValue, ScoreCell, ScoreValue
from convergedesk.domain.portfolio import PortfolioRow
from convergedesk.figures.need import usage_fell, week_of
from convergedesk.figures.need_words import health_words, interval_words
from convergedesk.figures.wording import count, percent, short_number

RowColumn = Column[PortfolioRow]
_NOTHING = "–"
_BANDS = {
    "healthy": ("Healthy", "good", "check-circle"),
    "watch": ("Watch", "warning", "warning"),
    "at risk": ("At risk", "critical", "warning-circle"),
}


def health(*, two_lines: bool = True) -> RowColumn:
    """The score, how it moved in 28 days, and its band."""
    return Column(
        key="health",
        title="Health",
        text=health_text,
        cell=ScoreCell(two_lines=two_lines),
        value=lambda row: _score(row, two_lines=two_lines),
        tooltip=_health_tooltip,
        sort_key=lambda row: (
            None if row.brief is None or row.brief.health is None else row.brief.health.score
        ),
        header_tooltip="Six factors on one scale of 0 to 100, and the points since 28 days ago. "
        "A score, never a probability.",
        width=92 if two_lines else 64,
        min_width=78 if two_lines else 56,
    )


def health_text(row: PortfolioRow) -> str:
    """The score and its band in words."""
    known = None if row.brief is None else row.brief.health
    if known is None or known.score is None:
        return "Not enough data" if known is not None else "Not computed yet"
    return f"{round(known.score)} {_BANDS.get(known.band or '', ('', '', ''))[0]}".strip()


def _score(row: PortfolioRow, *, two_lines: bool) -> ScoreValue:
    known = None if row.brief is None else row.brief.health
    if known is None or known.score is None:
        why = "" if not two_lines else "not computed" if known is None else "no score yet"
        dash = TextLine(_NOTHING, Role.BODY, "text_3")
        return ScoreValue(dash, TextLine(""), TextLine(why, Role.CAPTION, "text_3"))
    word, tone, icon = _BANDS.get(known.band or "", ("", "text_3", ""))
    moved = TextLine("")
    change = known.change
    if change is not None:
        points = round(abs(change))
        arrow = "arrow-right" if not points else "arrow-up-right" if change > 0 else "arrow-down-right"
        marked = "critical" if change <= -5 else "good" if change >= 5 else "text_3"
        moved = TextLine(str(points) if points else "", Role.LABEL, marked, arrow)
    return ScoreValue(
        TextLine(str(round(known.score)), Role.STRONG),
        moved,
        TextLine(word, Role.CAPTION_MEDIUM, tone, icon),
    )


def _health_tooltip(row: PortfolioRow) -> str:
    known = None if row.brief is None else row.brief.health
    if known is None:
        return "Health was not computed yet"
    if known.score is None:
        return f"Not enough data: {count(known.missing, 'factor')} of six not known"
    missing = f" {count(known.missing, 'factor')} of six not known." if known.missing else ""
    return f"{health_words(known)}{missing}"


def effect(today: Callable[[], date], *, two_lines: bool = True) -> RowColumn:
    """Usage of the last seven days against expected, with its interval."""
    return Column(
        key="change",
        title="7 d vs expected",
        text=lambda row: effect_text(row, today()),
        cell=EffectCell(two_lines=two_lines),
        value=lambda row: _effect(row, today()),
        align="right" if two_lines else "left",
        tooltip=lambda row: _effect_tooltip(row, today()),
        sort_key=lambda row: _effect_key(row, today()),
        header_tooltip="Usage of the last 7 complete days compared with expected; the mark is its 95 % "
        "interval around no change, hollow and grey where no change lies in it. Without enough history: the "
        "last 28 days compared with the 28 before, without a mark.",
        width=104 if two_lines else 152,
        min_width=88 if two_lines else 60,
    )


def effect_text(row: PortfolioRow, today: date) -> str:
    """The change in words."""
    week = week_of(row, today)
    if week is not None and week.estimate is not None:
        return f"{percent(week.estimate, signed=True)} {interval_words(week.low, week.high)}"
    if row.usage_change is None:
        return _NOTHING
    return f"{percent(row.usage_change, signed=True)} in 28 days"


def _effect(row: PortfolioRow, today: date) -> EffectValue:
    week = week_of(row, today)
    if week is not None and week.estimate is not None and week.low is not None and week.high is not None:
        unsure = week.verdict == "inconclusive"
        down = week.verdict == "down"
        words = TextLine(
            percent(week.estimate, signed=True),
            Role.BODY if unsure else Role.STRONG,
            "text_3" if unsure else "critical" if down else "good",
            "trend-down" if down else "",
        )
        return EffectValue(words, IntervalValue(week.low, week.estimate, week.high, inconclusive=unsure))
    change = row.usage_change
    if change is None:
        return EffectValue(TextLine(_NOTHING, Role.BODY, "text_3"))
    fell = usage_fell(row)
    words = TextLine(f"{percent(change, signed=True)} 28 d", Role.LABEL, "critical" if fell else "text_3")
    return EffectValue(words._replace(icon="trend-down" if fell else ""))


def _effect_tooltip(row: PortfolioRow, today: date) -> str:
    week = week_of(row, today)
    if week is not None and week.estimate is not None:
        sure = " Inconclusive: the interval holds no change." if week.verdict == "inconclusive" else ""
        return (
            f"{short_number(week.observed or 0.0)} used, {short_number(week.expected or 0.0)} expected in "
            f"{count(week.days, 'day')}: {effect_text(row, today)}, 95 % interval in brackets.{sure}"
        )
    why = "not computed yet" if row.brief is None else "no usage in the last 14 days"
    if week is not None and week.abstained:
        why = week.abstained
    if row.usage_change is None:
        return f"Not measured: {why}" if row.spark.last_day is not None else "No daily usage"
    return (
        f"Not measured against expected ({why}). Last 28 days compared with the 28 before: "
        f"{short_number(row.usage_28 or 0)} and {short_number(row.usage_previous_28 or 0)}"
    )


def _effect_key(row: PortfolioRow, today: date) -> float | None:
    week = week_of(row, today)
    return week.estimate if week is not None and week.estimate is not None else row.usage_change
