"""Where the ticket's account stands right now: usage, spend, health, and what else is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.askable import Askable, askable
from convergedesk.desktop.widgets.kpi import KpiStrip, KpiTile
from convergedesk.domain.tickets import TicketStatus
from convergedesk.figures.figure_ids import account_part, figure_id
from convergedesk.figures.ticket_now import why_now
from convergedesk.figures.why import Why
from convergedesk.figures.wording import count, percent, short_day, short_money

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.episodes import KeptEffect
    from convergedesk.workspace.ticket_context import TicketContext

_WEEK = 7
_BANDS = {"healthy": "good", "watch": "warning", "at risk": "critical"}


class AccountStrip(QWidget):
    """Four figures of the account, each of which says why."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_context`."""
        super().__init__(parent)
        self._shown: TicketContext | None = None
        self.usage = KpiTile("Usage, last 7 days", small=True)
        self.spend = KpiTile("Accrued this month", small=True)
        self.health = KpiTile("Health", small=True)
        self.open = KpiTile("Open tickets", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(KpiStrip((self.usage, self.spend, self.health, self.open)))
        self._asks: tuple[Askable, ...] = (
            askable(self.usage, self._why_usage, context=context),
            askable(self.spend, self._why_spend, context=context),
            askable(self.health, self._why_health, context=context),
            askable(self.open, self._why_open, context=context),
        )

    def show_context(self, context: TicketContext) -> None:
        """Show the account of a ticket; what is not known says what would bring it."""
        self._shown = context
        usage, spend, health, _ = self._asks
        usage.set_enabled(enabled=self._show_usage(context))
        spend.set_enabled(enabled=self._show_spend(context))
        health.set_enabled(enabled=self._show_health(context))
        tickets = (context.detail.ticket, *context.detail.others)
        waiting = [one for one in tickets if one.status in (TicketStatus.OPEN, TicketStatus.PENDING)]
        high = sum(1 for one in waiting if one.priority is not None and one.priority.is_high)
        note = f"{high:,} of high priority" if high else f"of {count(len(tickets), 'ticket')}"
        self.open.set_figure(f"{len(waiting):,}", note=note)

    def _show_usage(self, context: TicketContext) -> bool:
        effect = _week(context)
        if effect is None or effect.estimate is None or effect.low is None or effect.high is None:
            absent = "no usage by day" if effect is None else (effect.abstained or "not measured")
            self.usage.set_figure("–", note=absent)
            return effect is not None
        figure = percent(effect.estimate, signed=True)
        low = percent(effect.low, signed=True).removesuffix("%").rstrip()
        limits = f"{low} to {percent(effect.high, signed=True)}"
        if effect.verdict == "inconclusive":
            self.usage.set_figure(figure, status="inconclusive", icon="question", tone="text_2", note=limits)
        else:
            down = effect.verdict == "down"
            tone, icon = ("critical", "trend-down") if down else ("good", "trend-up")
            self.usage.set_figure(figure, status=limits, tone=tone, icon=icon)
        return True

    def _show_spend(self, context: TicketContext) -> bool:
        spend = () if context.figures is None else context.figures.spend
        if not spend:
            self.spend.set_figure("–", note="no price or usage known")
            return False
        first = spend[0]
        note = f"not invoiced, to {short_day(first.through)}"
        if first.forecast is not None:
            note = f"not invoiced · forecast {short_money(first.forecast)}"
        self.spend.set_figure(short_money(first.accrued), note=note)
        return True

    def _show_health(self, context: TicketContext) -> bool:
        health = None if context.figures is None else context.figures.health
        if health is None or health.score is None:
            self.health.set_figure("–", note="not computed yet" if health is None else "nothing is known")
            return False
        band = health.band or ""
        self.health.set_figure(f"{health.score:.0f}", status=band, tone=_BANDS.get(band, "text_2"))
        return True

    def _why_usage(self) -> Why | None:
        shown = self._shown
        effect = None if shown is None else _week(shown)
        if shown is None or effect is None:
            return None
        account = shown.detail.account
        return why_now(effect, account.id, account.name, shown.insights.as_of)

    def _why_spend(self) -> str | None:
        return self._account_figure("spend")

    def _why_health(self) -> str | None:
        return self._account_figure("health")

    def _why_open(self) -> str | None:
        return self._account_figure("account", "open-tickets")

    def _account_figure(self, kind: str, *more: str) -> str | None:
        if self._shown is None:
            return None
        account = self._shown.detail.account
        return figure_id(kind, account_part(account.id, account.name), *more)


def _week(context: TicketContext) -> KeptEffect | None:
    return next((effect for effect in context.insights.now if effect.horizon == _WEEK), None)
