"""The columns of an account's tickets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from convergedesk.desktop import ticket_words as words
from convergedesk.desktop.clock_words import days_between
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.table.cells import (
    BadgeCell,
    IntervalCell,
    StatusCell,
    TextCell,
    TextLine,
    paint_line,
)
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.wording import day

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.ticket_costs import TicketCost
    from convergedesk.desktop.pages.account.ticket_effects import TicketEffect

    EffectOf = Callable[[Ticket], TicketEffect | None]
    CostOf = Callable[[Ticket], TicketCost | None]

_NOTHING = "–"
_QUIET = TextCell(Role.BODY, "text_2")


class _CourseCell:
    """Days to closing as text, or how long it has been open as a badge."""

    def paint(self, painter: QPainter, rect: QRectF, value: BadgeValue | str, *, right: bool) -> None:
        """See `Cell`."""
        if isinstance(value, BadgeValue):
            BadgeCell().paint(painter, rect, value, right=right)
        else:
            _QUIET.paint(painter, rect, value, right=right)


class _EffectCell:
    """'−31 %' with its limits in quiet type, or why there is none."""

    def paint(self, painter: QPainter, rect: QRectF, value: TicketEffect | None, *, right: bool) -> None:
        """See `Cell`."""
        if value is None:
            _QUIET.paint(painter, rect, _NOTHING, right=right)
            return
        role = Role.STRONG if value.lowered else Role.BODY
        taken = paint_line(painter, rect, TextLine(value.words, role, value.tone, value.icon))
        if value.limits and value.estimate is not None and not value.icon:
            rest = rect.adjusted(taken + 6, 0, 0, 0)
            paint_line(painter, rest, TextLine(value.limits, Role.LABEL, "text_3"))


def ticket_columns(
    today: Callable[[], date],
    zone: Callable[[], tzinfo],
    effect_of: EffectOf,
    cost_of: CostOf,
) -> tuple[Column[Ticket], ...]:
    """Days are days of the account's zone, which is asked anew since the page changes accounts.

    `effect_of` gives what a ticket did to usage and `cost_of` what that came to; None while it is not known.
    """

    def opened(ticket: Ticket) -> date:
        return ticket.opened_at.astimezone(zone()).date()

    def course(ticket: Ticket) -> BadgeValue | str:
        if ticket.closed_at is None:
            high = words.is_high(ticket)
            return BadgeValue(
                words.open_for(ticket, today(), zone()), "critical" if high else "neutral", "clock"
            )
        return words.to_closing(ticket, zone())

    def to_closing(ticket: Ticket) -> int | None:
        return None if ticket.closed_at is None else days_between(ticket.opened_at, ticket.closed_at, zone())

    return (
        _flag(),
        Column(
            key="number",
            title="Number",
            text=lambda t: f"#{t.number}",
            cell=TextCell(Role.BODY, "text_3"),
            sort_key=lambda t: t.number.rjust(24),
            width=92,
        ),
        Column(
            key="title",
            title="Title",
            text=words.title_of,
            value=lambda t: TextLine(words.title_of(t), Role.STRONG if t.title else Role.BODY),
            cell=TextCell(),
            sort_key=lambda t: t.title.casefold() or None,
            width=300,
            min_width=150,
            stretch=4,
        ),
        Column(
            key="feature",
            title="Feature",
            text=lambda t: t.feature or "",
            value=lambda t: BadgeValue(t.feature, "outline") if t.feature else None,
            cell=BadgeCell(),
            sort_key=lambda t: (t.feature or "").casefold() or None,
            width=130,
            min_width=80,
            stretch=1,
        ),
        Column(
            key="opened",
            title="Opened",
            text=lambda t: day(opened(t)),
            value=lambda t: near_day(opened(t), today()),
            cell=_QUIET,
            sort_key=lambda t: t.opened_at,
            descending_first=True,
            width=104,
            min_width=88,
        ),
        Column(
            key="closing",
            title="To closing",
            text=lambda t: words.to_closing(t, zone()) or words.open_for(t, today(), zone()),
            value=course,
            cell=_CourseCell(),
            sort_key=to_closing,
            descending_first=True,
            header_tooltip="Whole days from opening to the final resolution",
            width=124,
            min_width=100,
        ),
        *_effect_columns(effect_of, cost_of),
    )


def _flag() -> Column[Ticket]:
    def value(ticket: Ticket) -> TextLine:
        if words.is_high(ticket):
            return TextLine("", Role.BODY, "critical", "flag-fill")
        return TextLine("", Role.BODY, "text_3", "flag")

    return Column(
        key="priority",
        title="",
        text=lambda t: f"Priority: {words.priority_word(t).lower()}",
        value=value,
        cell=TextCell(),
        sort_key=lambda t: int(t.priority) if t.priority is not None else None,
        descending_first=True,
        tooltip=lambda t: f"Priority: {words.priority_word(t).lower()}",
        header_tooltip="Priority: a filled flag is high or urgent",
        width=42,
        min_width=42,
    )


def _effect_columns(effect_of: EffectOf, cost_of: CostOf) -> tuple[Column[Ticket], ...]:
    def words(ticket: Ticket) -> str:
        effect = effect_of(ticket)
        return _NOTHING if effect is None else f"{effect.words} {effect.limits}".strip()

    def restored(ticket: Ticket) -> TextLine:
        effect = effect_of(ticket)
        if effect is None or not effect.restored:
            return TextLine(_NOTHING, Role.BODY, "text_3")
        if effect.back:
            return TextLine(effect.restored, Role.BODY, "text_2", "check")
        return TextLine(effect.restored, Role.BODY, "warning", "hourglass-medium")

    return (
        Column(
            key="mark",
            title="Effect on usage",
            text=words,
            value=lambda t: None if (effect := effect_of(t)) is None else effect.interval,
            cell=IntervalCell(),
            sort_key=lambda t: None if (effect := effect_of(t)) is None else effect.estimate,
            tooltip=lambda t: "" if (effect := effect_of(t)) is None else effect.note,
            header_tooltip="Usage compared with expected, with its 95 % interval; the line is no change",
            width=122,
            min_width=96,
        ),
        Column(
            key="effect",
            title="Measured, 95 % interval",
            text=words,
            value=effect_of,
            cell=_EffectCell(),
            sort_key=lambda t: None if (effect := effect_of(t)) is None else effect.estimate,
            tooltip=lambda t: "" if (effect := effect_of(t)) is None else effect.note,
            header_tooltip="From the dip to its end; without a dip, days 1–7 after closing",
            width=178,
            min_width=140,
        ),
        Column(
            key="restored",
            title="Restored in",
            text=lambda t: restored(t).text,
            value=restored,
            cell=StatusCell(),
            sort_key=lambda t: None if (effect := effect_of(t)) is None else effect.days,
            descending_first=True,
            header_tooltip="Whole days from opening to the first day from which usage is back",
            width=112,
            min_width=84,
        ),
        Column(
            key="value",
            title="Est. value",
            text=lambda t: _NOTHING if (cost := cost_of(t)) is None else cost.words,
            cell=_QUIET,
            align="right",
            sort_key=lambda t: None if (cost := cost_of(t)) is None else cost.size,
            descending_first=True,
            header_tooltip="Estimated value delayed or lost, net of what was caught up; of the last 400 days",
            width=104,
            min_width=80,
        ),
    )
