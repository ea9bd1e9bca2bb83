"""Everything about one opportunity: what it is worth and why, its chart, the goal it serves, the decision."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.explaining import show_why
from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.pages.opportunities.detail_chart import DetailChart
from convergedesk.desktop.pages.opportunities.words import (
    KINDS,
    SURE,
    decision_line,
    evidence_words,
    likely_words,
    value_words,
)
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText, audience_badge
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import PADDING, Card, Separator
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.scroll import FlowLayout, ScrollArea
from convergedesk.figures.openings import OpeningKind
from convergedesk.workspace.opportunities import OpportunityDetail, OpportunityState, opportunity_detail

if TYPE_CHECKING:
    from datetime import date

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.desktop.pages.opportunities.deciding import Deciding
    from convergedesk.workspace.opportunities import Opportunity

_TABS = {OpeningKind.COMMITMENT_AHEAD: "billing", OpeningKind.COMMITMENT_BEHIND: "billing"}


class OpportunityCard(Card):
    """The card at the right of the list.

    Signals:
        opened_elsewhere: The person went to an account or a goal from here.
    """

    opened_elsewhere = Signal()

    def __init__(self, context: PageContext, deciding: Deciding, parent: QWidget | None = None) -> None:
        """Says how to choose one until one is chosen."""
        super().__init__("Opening", flush=True, parent=parent)
        self._context = context
        self._deciding = deciding
        self._row: Opportunity | None = None
        self._reading: JobHandle | None = None
        self.add_to_header(audience_badge(shared=False))
        self.chart = DetailChart()
        self._chart_note = Label("", Role.CAPTION, "text_3", wrap=True)
        self._above, self._beneath = QWidget(), QWidget()
        self._top, self._foot = QVBoxLayout(self._above), QVBoxLayout(self._beneath)
        for layout in (self._top, self._foot):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(PADDING, 0, PADDING, 12)
        column.setSpacing(10)
        for widget in (self._above, self.chart, self._chart_note, self._beneath):
            column.addWidget(widget)
        column.addStretch(1)
        self.add(ScrollArea(content), 1)

    @property
    def row(self) -> Opportunity | None:
        """What is shown."""
        return self._row

    def show_row(self, row: Opportunity | None, today: date) -> None:
        """Show an opportunity; None says how to choose one."""
        same = row is not None and self._row is not None and row.key == self._row.key
        self._row = row
        for layout in (self._top, self._foot):
            _empty(layout)
        if row is None:
            self.chart.hide()
            self._chart_note.hide()
            words = "Choose an opening to see what stands behind it."
            self._top.addWidget(Label(words, Role.BODY, "text_3", wrap=True))
            return
        self._add_head(row)
        self._add_decision(row, today)
        if not same:
            self.chart.hide()
            self._chart_note.hide()
        self._read(row)

    def _add_head(self, row: Opportunity) -> None:
        opening = row.opening
        self._top.addWidget(Label(opening.title, Role.FIGURE, wrap=True))
        line = QWidget()
        inner = QHBoxLayout(line)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        account = Button(opening.account.replace("&", "&&"), "link", small=True)
        account.clicked.connect(self._on_account)
        inner.addWidget(account)
        inner.addWidget(
            Label(" · ".join(part for part in (row.tier, row.owner) if part), Role.LABEL, "text_3")
        )
        inner.addStretch(1)
        self._top.addWidget(line)
        kind = KINDS[opening.kind]
        self._top.addWidget(StatusText(f"{kind.text}, {SURE[opening.confidence]}", "text_2", kind.icon))
        self._top.addWidget(Label(f"{evidence_words(row)}.", Role.BODY, wrap=True))
        tile = KpiTile("Estimated a month", small=True)
        tile.set_padding(0)
        likely = likely_words(row.value)
        tile.set_figure(value_words(row), note=f"likely {likely} (80 %)" if likely else opening.missing)
        askable(tile, lambda: opening.why, context=self._context)
        self._top.addWidget(tile)
        basis = QWidget()
        inner = QHBoxLayout(basis)
        inner.setContentsMargins(0, 0, 0, 0)
        said = f"Basis: {opening.basis}." if row.value is not None else opening.missing
        inner.addWidget(Label(said, Role.LABEL, "text_3", wrap=True), 1)
        why = Button("Why?", small=True)
        why.setAccessibleName(f"Why {value_words(row)} for {opening.title}?")
        why.clicked.connect(self._on_why)
        inner.addWidget(why)
        self._top.addWidget(basis)

    def _add_decision(self, row: Opportunity, today: date) -> None:
        if row.goal is not None:
            self._foot.addWidget(Separator())
            self._foot.addWidget(Label("Serves a goal", Role.STRONG))
            line = QWidget()
            inner = QHBoxLayout(line)
            inner.setContentsMargins(0, 0, 0, 0)
            goal = Button(row.goal.title.replace("&", "&&"), "link", small=True)
            goal.clicked.connect(self._on_goal)
            inner.addWidget(goal)
            inner.addStretch(1)
            self._foot.addWidget(line)
        self._foot.addWidget(Separator())
        self._foot.addWidget(Label("Decision", Role.STRONG))
        line_of = decision_line(row, today)
        if line_of is not None:
            self._foot.addWidget(StatusText(line_of.text, line_of.tone, line_of.icon))
        decision = row.decision
        if decision is not None and line_of is not None:
            said = [part for part in (decision.reason, decision.author) if part]
            said.append(near_day(decision.decided_at.date(), today))
            self._foot.addWidget(Label(" · ".join(said), Role.LABEL, "text_3", wrap=True))
            if row.action is not None:
                self._foot.addWidget(Label(row.action.title, Role.BODY, wrap=True))
        buttons = QWidget()
        flow = FlowLayout(buttons)
        choices = [
            ("Take up…", self._deciding.take_up, "primary"),
            ("Not now…", self._deciding.put_off, "secondary"),
        ]
        choices.append(("Dismiss…", self._deciding.dismiss, "quiet"))
        if row.state is not OpportunityState.OPEN:
            choices = [("Open again", self._deciding.reopen, "secondary")]
        for text, decide, variant in choices:
            button = Button(text, variant, small=True)
            button.setAccessibleName(f"{text.rstrip('…')}: {row.opening.title}, {row.opening.account}")
            button.clicked.connect(partial(self._on_decide, decide, row))
            flow.addWidget(button)
        self._foot.addWidget(buttons)

    def _read(self, row: Opportunity) -> None:
        if self._reading is not None:
            self._reading.cancel()

        def read(_job: JobContext) -> OpportunityDetail:
            return opportunity_detail(self._context.workspace(), row)

        def show(detail: OpportunityDetail) -> None:
            if self._row is row:
                self._show_chart(row, detail)

        self._reading = self._context.jobs.submit(read, on_done=show, on_error=self._on_failed)

    def _show_chart(self, row: Opportunity, detail: OpportunityDetail) -> None:
        shown = self.chart.show_detail(row, detail)
        told = ""
        if shown and detail.burn_down is None:
            told = f"{row.opening.title} by whole month; dashed: what similar accounts use."
        elif shown:
            told = "What is left of the commitment, with the likely range (80 %)."
        self._chart_note.setText(told)
        self._chart_note.setVisible(bool(told))

    def _on_failed(self, error: Exception) -> None:
        self._chart_note.setText(f"The chart could not be read: {sentence_of(error)}")
        self._chart_note.show()

    def _on_decide(self, decide: object, row: Opportunity, _checked: bool = False) -> None:
        self.opened_elsewhere.emit()
        decide(row)  # pyright: ignore[reportCallIssue]

    @Slot()
    def _on_why(self) -> None:
        if self._row is not None:
            show_why(self, self._row.opening.why, self._context)

    @Slot()
    def _on_account(self) -> None:
        if self._row is not None:
            opening = self._row.opening
            self.opened_elsewhere.emit()
            self._context.navigator.open_account(opening.account_id, _TABS.get(opening.kind))

    @Slot()
    def _on_goal(self) -> None:
        if self._row is not None and self._row.goal is not None:
            self.opened_elsewhere.emit()
            self._context.navigator.open_goals(self._row.goal.id)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
