"""The columns of the list of feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.phrases import listing
from convergedesk.desktop.theme import Role, color, font
from convergedesk.desktop.widgets.table.cells import (
    StatusCell,
    TextLine,
    TwoLine,
    TwoLineCell,
    paint_line,
)
from convergedesk.domain.feedback import RequestStatus
from convergedesk.figures.feedback import FeedbackBook, FeedbackGroup
from convergedesk.figures.feedback_words import (
    amounts,
    lost_amount,
    lost_words,
    stake_words,
    status_words,
    tickets_words,
    value_words,
)
from convergedesk.figures.wording import count, short_money

_BAR = 6.0
_BAR_BLOCK = 12.0
_TONES = {
    RequestStatus.OPEN: ("text_2", "hourglass-medium"),
    RequestStatus.PLANNED: ("good", "check-circle"),
    RequestStatus.SHIPPED: ("good", "flag-banner"),
    RequestStatus.DECLINED: ("text_2", "x-circle"),
}
_LATE = 30
_LIGHT = 0.3


class Stake(NamedTuple):
    """Revenue at stake against the largest of the list.

    Attributes:
        text: The amount as printed.
        share: Of the largest amount in that currency, 0 to 1.
        renewing: The part that renews soon, as a share of the same.
    """

    text: str
    share: float
    renewing: float


class StakeCell:
    """A `Stake`: the amount over a bar, whose dark part renews within 120 days."""

    def paint(self, painter: QPainter, rect: QRectF, value: Stake, *, right: bool) -> None:
        """See `Cell`."""
        words = QFontMetricsF(font(Role.STRONG)).height()
        top = rect.center().y() - (words + _BAR_BLOCK) / 2
        role, tone = (Role.STRONG, "text") if value.share else (Role.LABEL, "text_3")
        line = QRectF(rect.left(), top, rect.width(), words)
        paint_line(painter, line, TextLine(value.text, role, tone), right=right)
        if not value.share:
            return
        bar = QRectF(rect.left(), top + words + (_BAR_BLOCK - _BAR) / 2, rect.width(), _BAR)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        parts = ((1.0, color("track")), (value.share, _light()), (value.renewing, color("usage")))
        for share, fill in parts:
            if share > 0:
                painter.setBrush(fill)
                width = max(_BAR, share * bar.width())
                painter.drawRoundedRect(QRectF(bar.left(), bar.top(), width, _BAR), _BAR / 2, _BAR / 2)
        painter.restore()


def _light() -> QColor:
    """The colour of usage, half transparent: what is at stake and does not renew soon."""
    light = QColor(color("usage"))
    light.setAlphaF(_LIGHT)
    return light


def feedback_columns(
    book: Callable[[], FeedbackBook | None], today: Callable[[], date]
) -> tuple[Column[FeedbackGroup], ...]:
    """Request, revenue at stake, raw votes, usage lost, what became of it."""
    return (
        Column(
            key="title",
            title="Asked for",
            text=lambda group: group.title,
            value=lambda group: TwoLine(group.title, _askers(group)),
            cell=TwoLineCell(),
            sort_key=lambda group: group.title.casefold(),
            tooltip=_tooltip,
            width=260,
            min_width=170,
            stretch=4,
        ),
        Column(
            key="stake",
            title="Revenue at stake",
            text=stake_words,
            value=lambda group: _stake(group, book()),
            cell=StakeCell(),
            align="right",
            header_tooltip="Billed in twelve whole months to the accounts that ask; dark: renews in 120 days",
            tooltip=lambda group: amounts(group.billed),
            width=170,
            min_width=120,
            stretch=1,
        ),
        Column(
            key="votes",
            title="Votes",
            text=_votes_text,
            value=_votes,
            cell=TwoLineCell(),
            align="right",
            sort_key=lambda group: group.votes,
            descending_first=True,
            header_tooltip="How often somebody asked for it, and from how many accounts",
            width=92,
            min_width=76,
        ),
        Column(
            key="lost",
            title="Usage lost in tagged tickets",
            text=lambda group: _lost(group).title,
            value=_lost,
            cell=TwoLineCell(Role.BODY),
            sort_key=lambda group: group.use.confirmed or None,
            descending_first=True,
            header_tooltip="Units below expected in episodes with a ticket of that feature",
            tooltip=lambda group: "\n".join(
                part for part in (lost_words(group.use), tickets_words(group.use)) if part
            ),
            width=190,
            min_width=150,
            stretch=2,
        ),
        Column(
            key="status",
            title="State",
            text=lambda group: status_words(group, today()),
            value=lambda group: status_line(group, today()),
            cell=StatusCell(),
            tooltip=lambda group: status_words(group, today()),
            sort_key=lambda group: "" if group.request is None else group.request.status.value,
            width=190,
            min_width=120,
            stretch=1,
        ),
    )


def status_line(group: FeedbackGroup, today: date) -> TextLine | None:
    """What became of a request, with its icon and tone; late answers are amber."""
    words = status_words(group, today)
    if group.request is None:
        return TextLine(words, Role.LABEL, "text_3") if group.feature is not None else None
    if group.waits_since is not None:
        late = (today - group.waits_since).days >= _LATE
        return TextLine(words, Role.LABEL_MEDIUM, "warning" if late else "text_2", "clock")
    tone, icon = _TONES[group.request.status]
    return TextLine(words, Role.LABEL_MEDIUM, tone, icon)


def _askers(group: FeedbackGroup) -> str:
    if group.request is None and group.feature is None:
        return (
            f"{count(group.votes, 'quote')} that {'belongs' if group.votes == 1 else 'belong'} to no request"
        )
    named = listing([asker.name for asker in group.askers], 4)
    return named or "nobody yet"


def _tooltip(group: FeedbackGroup) -> str:
    feature = "" if group.feature is None else f"\nFeature: {group.feature.name}"
    return f"{group.title}{feature}\n{', '.join(asker.name for asker in group.askers)}".rstrip()


def _stake(group: FeedbackGroup, book: FeedbackBook | None) -> Stake:
    amount = group.stake or (group.billed[0] if group.billed else None)
    if amount is None or book is None:
        return Stake(stake_words(group) if group.askers else "", 0.0, 0.0)
    # A feature's tickets come from nearly everybody; beside them no request would show a bar.
    alike = [one for one in book.groups if (one.request is None) is (group.request is None)]
    same = [one.stake or one.billed[0] for one in alike if one.stake or one.billed]
    largest = max((one.amount for one in same if one.currency == amount.currency), default=amount.amount)
    share = float(amount.amount / largest) if largest else 0.0
    more = 0 if group.stake is not None else len(group.billed) - 1
    words = f"{short_money(amount)} and {more} more" if more else stake_words(group)
    return Stake(words, share, share * _renewing(group))


def _renewing(group: FeedbackGroup) -> float:
    """Share of what is at stake that renews soon, by the largest currency."""
    if not group.billed or not group.renewing:
        return 0.0
    main = group.billed[0]
    soon = next((one for one in group.renewing if one.currency == main.currency), None)
    return 0.0 if soon is None else float(soon.amount / main.amount)


def _votes(group: FeedbackGroup) -> TwoLine:
    if group.request is None and group.feature is not None:
        return TwoLine("–", count(len(group.askers), "account"), "text_3")
    accounts = count(len(group.askers), "account") if group.request is not None else ""
    return TwoLine(f"{group.votes:,}", accounts)


def _votes_text(group: FeedbackGroup) -> str:
    told = _votes(group)
    return f"{told.title} {told.sub}".strip()


def _lost(group: FeedbackGroup) -> TwoLine:
    use = group.use
    if not use.tickets:
        return TwoLine("–", "no tagged tickets" if group.feature else "", "text_3")
    tickets = tickets_words(use)
    if use.lost:
        where = f"in {use.confirmed:,} of {count(use.episodes, 'episode')}"
        return TwoLine(
            lost_amount(use.lost[0]), f"{where}, {worth}" if (worth := value_words(use)) else where
        )
    measured = "in no single meter" if use.confirmed else "none measured"
    said = measured if use.episodes else "not measured"
    return TwoLine(said, tickets, "text_3")
