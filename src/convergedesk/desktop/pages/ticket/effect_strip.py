"""What the ticket did to usage, in four figures that each say why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.domain.episodes import EffectPart, KeptEffect
from convergedesk.figures.ticket_why import ticket_why
from convergedesk.figures.wording import count, percent

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.tickets import Ticket
    from convergedesk.figures.why import Why
    from convergedesk.workspace.insights import TicketInsights

_KPI = 7
_NONE = "not measured"


class EffectStrip(QWidget):
    """Measured effect, time to value restored, the days after closing, and what could have been seen."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        """Empty until `show_insights`."""
        super().__init__(parent)
        self.during = KpiTile("Measured effect", small=True)
        self.restored = KpiTile("Time to value restored", small=True)
        self.after = KpiTile("Days 1–7 after closing", small=True)
        self.smallest = KpiTile("Smallest dip visible", small=True)
        self._insights: TicketInsights | None = None
        self._ticket: Ticket | None = None
        self._others: Sequence[Ticket] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        tiles = (self.during, self.restored, self.after, self.smallest)
        for tile in tiles:
            tile.set_padding(0)
            row.addWidget(tile, 1)
        self.asks = {
            what: askable(tile, partial(self._why, what), context=context)
            for what, tile in zip(("during", "restored", "after7", "smallest"), tiles, strict=True)
        }

    def show_insights(self, ticket: Ticket, insights: TicketInsights, others: Sequence[Ticket] = ()) -> None:
        """Show what was found, or why there is nothing to show; `others` are the account's tickets."""
        self._ticket, self._insights, self._others = ticket, insights, others
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
            self.smallest.set_figure(percent(abs(seen)), note=note)
        known = {
            "during": during is not None,
            "after7": after is not None,
            "restored": episode is not None,
            "smallest": seen is not None,
        }
        for what, ask in self.asks.items():
            ask.set_enabled(enabled=known[what])

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

    def _why(self, what: str) -> Why | None:
        insights, ticket = self._insights, self._ticket
        if insights is None or ticket is None or insights.episode is None:
            return None
        known = {one.id: one for one in (ticket, *self._others)}
        tickets = [known[one] for one in insights.episode.ticket_ids if one in known]
        return ticket_why(ticket.number, what, insights.episode, tickets, insights.as_of)


def _fill(tile: KpiTile, effect: KeptEffect | None, otherwise: str) -> None:
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
