"""Effects of tickets in plain words: the verdict, the interval, and everything behind 'Why?'."""

from __future__ import annotations

from datetime import date, timedelta

from convergedesk.domain.episodes import EffectPart, Episode, KeptEffect
from convergedesk.domain.kinds import SystemKind
from convergedesk.figures.why import LeftOut, Step, Why, span_words
from convergedesk.figures.wording import MINUS, count, day, number, percent, short_number
from convergedesk.insights.explanation import DayRange, Explanation, term_words

_VERDICTS = {"down": "below expected", "up": "above expected", "inconclusive": "inconclusive"}


def headline(effect: KeptEffect) -> str:
    """'−31 % (−38 to −22)', or why nothing can be said."""
    if effect.estimate is None or effect.low is None or effect.high is None:
        return f"Not measured: {effect.abstained}"
    return f"{percent(effect.estimate, signed=True)} ({_plain(effect.low)} to {_plain(effect.high)})"


def verdict_words(effect: KeptEffect) -> str:
    """'below expected', 'above expected' or 'inconclusive'; 'not measured' where nothing can be said."""
    return "not measured" if effect.abstained else _VERDICTS[effect.verdict]


def sentence(effect: KeptEffect) -> str:
    """One sentence on the effect, such as 'Usage was 31 % below expected in the 7 days after'."""
    days = count(effect.horizon, "day")
    where = {
        EffectPart.AFTER: f"in the {days} after the last resolution",
        EffectPart.DURING: f"in the {days} from {day(effect.first_day)}",
        EffectPart.NOW: f"in the last {days}",
    }[effect.part]
    if effect.estimate is None:
        return f"Usage {where} was not measured: {effect.abstained}."
    if effect.verdict == "inconclusive":
        seen = effect.smallest_detectable
        least = "" if seen is None else f" A dip of less than {percent(-seen)} could not have been seen."
        return f"Usage {where} cannot be told from the usual ups and downs.{least}"
    side = "below" if effect.verdict == "down" else "above"
    return f"Usage {where} was {percent(abs(effect.estimate))} {side} expected."


def why(effect: KeptEffect, *, as_of: date | None, figure_id: str = "") -> Why:
    """Everything behind an effect; the same text for a page, for JSON and for a slide's notes."""
    rows: list[tuple[str, str]] = []
    steps: tuple[Step, ...] = ()
    excluded: tuple[LeftOut, ...] = ()
    window = f"Judged: {span_words(effect.first_day, effect.last_day)}."
    if effect.observed is not None and effect.expected is not None:
        rows = [("Observed", number(effect.observed)), ("Expected", number(effect.expected))]
        change = percent(effect.estimate or 0.0, signed=True)
        formula = f"{number(effect.observed)} observed ÷ {number(effect.expected)} expected − 1 = {change}"
        steps = (
            Step(short_number(effect.observed), f"used in {count(effect.horizon, 'day')}", "÷"),
            Step(short_number(effect.expected), "expected", f"{MINUS} 1 ="),
            Step(change, _limits(effect)),
        )
        before = effect.first_day - timedelta(days=effect.lead)
        compared = span_words(before - timedelta(days=effect.baseline), before - timedelta(days=1))
        window += f" Compared with {compared}."
        if effect.lead:
            trouble = span_words(before, effect.first_day - timedelta(days=1))
            excluded = (LeftOut(trouble, "days of trouble before are no part of what is expected"),)
        rows += [
            ("Days of the baseline", str(effect.baseline)),
            ("Earlier windows compared", str(effect.placebos)),
            ("Of which do not overlap", number(round(effect.effective or 0.0, 1))),
            ("Usual error of the forecast", percent(effect.deviation or 0.0)),
        ]
    else:
        formula = "observed ÷ expected − 1"
    if effect.smallest_detectable is not None:
        rows.append(("Smallest dip that could be seen", percent(abs(effect.smallest_detectable))))
    if effect.year_earlier is not None:
        rows.append(("Against the same weeks a year earlier", percent(effect.year_earlier, signed=True)))
    return Why(
        title="Usage against expected",
        definition=(
            f"Usage of {count(effect.horizon, 'day')} compared with what the days before let expect, "
            "weekday by weekday."
        ),
        formula=formula,
        window=window,
        rows=tuple(rows),
        interval=(
            "Of 100 such intervals about 95 hold the true difference. They are as wide as the forecast was "
            "wrong in earlier windows in which nothing is known to have happened."
            if effect.estimate is not None
            else ""
        ),
        caution=_caution(effect),
        as_of="No usage is known." if as_of is None else f"Usage is known up to {day(as_of)}.",
        figure="" if effect.estimate is None else percent(effect.estimate, signed=True),
        figure_id=figure_id,
        steps=steps,
        excluded=excluded,
        uses=(
            (SystemKind.USAGE, "for what was used"),
            (SystemKind.SUPPORT, "for the days of trouble"),
        ),
    )


def why_of(explanation: Explanation, *, as_of: date | None = None, first_day: date | None = None) -> Why:
    """An explanation of the statistics as text.

    Args:
        explanation: What to word.
        as_of: Last day with usage, where the figure rests on usage.
        first_day: The day of index 0, for explanations that speak of days.
    """
    judged, compared = explanation.window, explanation.baseline
    spans = (
        ("" if judged is None or first_day is None else f"Judged: {_range(judged, first_day)}."),
        ("" if compared is None or first_day is None else f"Compared with {_range(compared, first_day)}."),
    )
    excluded: tuple[LeftOut, ...] = ()
    if first_day is not None:
        excluded = tuple(
            LeftOut(_range(part.days, first_day), part.reason.value) for part in explanation.excluded
        )
    return Why(
        title=explanation.title,
        definition=explanation.definition,
        formula=f"{explanation.title} = {explanation.formula}",
        window=" ".join(span for span in spans if span),
        rows=tuple(
            (term.name[:1].upper() + term.name[1:], term_words(term, first_day)) for term in explanation.terms
        ),
        interval=explanation.interval,
        caution=explanation.caution,
        as_of="" if as_of is None else f"Usage is known up to {day(as_of)}.",
        excluded=excluded,
    )


def restored_words(episode: Episode) -> str:
    """Time to value restored in words, or why there is none."""
    back = episode.restoration
    if back is None:
        return "No dip is confirmed, so there is nothing to restore."
    if back.restored:
        return f"Value was restored after {count(round(back.days), 'day')}."
    return f"Not restored yet; {count(round(back.days), 'day')} so far."


def _caution(effect: KeptEffect) -> str:
    if effect.abstained:
        return f"Nothing can be said: {effect.abstained}."
    if effect.unusual:
        return "A holiday, a freeze or an outage falls into these days, so nothing is concluded from them."
    if effect.verdict == "inconclusive":
        return "Inconclusive: the interval holds zero, so this may be chance."
    return "Compared with expected; this does not show what caused the difference."


def _plain(share: float) -> str:
    return percent(share, signed=True).removesuffix("%").rstrip()


def _limits(effect: KeptEffect) -> str:
    if effect.low is None or effect.high is None:
        return ""
    return f"95 % interval {_plain(effect.low)} to {_plain(effect.high)}"


def _range(days: DayRange, first_day: date) -> str:
    return span_words(first_day + timedelta(days=days.first), first_day + timedelta(days=days.last))
