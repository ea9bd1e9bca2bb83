"""What the ticket did to usage, in four figures that each say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.widgets.why import WhyDialog, WhyTile
from convergedesk.domain.episodes import EffectPart, KeptEffect
from convergedesk.figures.effect_words import why
from convergedesk.figures.wording import count, percent

if TYPE_CHECKING:
    from convergedesk.workspace.insights import TicketInsights

_KPI = 7
_NONE = "not measured"


class EffectStrip(QWidget):
    """Measured effect, time to value restored, the days after closing, and what could have been seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_insights`."""
        super().__init__(parent)
        self.during = WhyTile("Measured effect")
        self.restored = WhyTile("Time to value restored")
        self.after = WhyTile("Days 1–7 after closing")
        self.smallest = WhyTile("Smallest dip visible")
        self._insights: TicketInsights | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for tile in (self.during, self.restored, self.after, self.smallest):
            tile.set_padding(0)
            row.addWidget(tile, 1)
        self.during.why_wanted.connect(lambda: self._explain(EffectPart.DURING))
        self.after.why_wanted.connect(lambda: self._explain(EffectPart.AFTER))
        self.smallest.why_wanted.connect(lambda: self._explain(EffectPart.AFTER))

    def show_insights(self, insights: TicketInsights) -> None:
        """Show what was found, or why there is nothing to show."""
        self._insights = insights
        episode = insights.episode
        during = None if episode is None else episode.effect(EffectPart.DURING)
        after = None if episode is None else episode.effect(EffectPart.AFTER, _KPI)
        missing = self._missing(insights)
        _fill(self.during, during, missing or "no dip is confirmed")
        _fill(self.after, after, missing or "not closed yet")
        self._fill_restored(insights, missing)
        least = after or during
        seen = None if least is None else least.smallest_detectable
        if seen is None:
            self.smallest.set_figure("–", note=_NONE)
        else:
            note = "" if least is None else f"from {count(least.placebos, 'earlier window')}"
            self.smallest.set_figure(percent(-seen), note=note)
        self.smallest.set_askable(askable=after is not None and seen is not None)

    def _missing(self, insights: TicketInsights) -> str:
        if insights.computed_at is None:
            return "being computed"
        if insights.as_of is None:
            return "no usage by day is known"
        return "" if insights.episode is not None else "neither high priority nor a dip"

    def _fill_restored(self, insights: TicketInsights, missing: str) -> None:
        back = None if insights.episode is None else insights.episode.restoration
        if back is None:
            self.restored.set_figure("–", note=missing or "no dip is confirmed")
            return
        days = round(back.days)
        unit = "day" if days == 1 else "days"
        if not back.restored:
            self.restored.set_figure(str(days), unit, status="not restored yet", tone="warning")
            return
        note = ""
        if back.days_after_resolution is not None and insights.episode is not None:
            later = round(back.days_after_resolution)
            note = f"{count(later, 'day')} after the fix" if later > 0 else "before the fix was closed"
        self.restored.set_figure(str(days), unit, note=note)

    def _explain(self, part: EffectPart) -> None:
        insights = self._insights
        if insights is None or insights.episode is None:
            return
        effect = insights.episode.effect(part, _KPI if part is EffectPart.AFTER else None)
        if effect is not None:
            figure = "" if effect.estimate is None else percent(effect.estimate, signed=True)
            WhyDialog(self, figure, why(effect, as_of=insights.as_of)).open()


def _fill(tile: WhyTile, effect: KeptEffect | None, otherwise: str) -> None:
    tile.set_askable(askable=effect is not None)
    if effect is None or effect.estimate is None or effect.low is None or effect.high is None:
        why_not = otherwise if effect is None else (effect.abstained or otherwise)
        tile.set_figure("–", note=why_not)
        return
    low, high = (percent(limit, signed=True) for limit in (effect.low, effect.high))
    limits = f"{low.removesuffix('%').rstrip()} to {high}"
    figure = percent(effect.estimate, signed=True)
    if effect.verdict == "inconclusive":
        tile.set_figure(figure, status="inconclusive", tone="text_2", icon="question", note=limits)
    else:
        tone = "critical" if effect.verdict == "down" else "good"
        tile.set_figure(figure, status=f"95 %: {limits}", tone=tone)
