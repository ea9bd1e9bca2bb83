"""The running commitment: how long it lasts, how sure that is, and how it is drawn down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.charts.burn_down_chart import BurnDownChart
from convergedesk.desktop.pages.account.commitment_path import (
    Course,
    chart_path,
    course_words,
    money_text,
    term_words,
)
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.figures.wording import day, percent, short_money

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.portfolio import CommitmentUse
    from convergedesk.figures.why import Why


class CommitmentCard(Card):
    """One account's commitments, one at a time. Headline and status answer 'Why?'."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Commitment", parent=parent)
        self._found: tuple[Course, ...] = ()
        self._part = self._computed = ""
        self.choice = Select(small=True)
        self.choice.setAccessibleName("Commitment")
        self.choice.value_changed.connect(self._on_choice)
        self.headline = Label("", Role.FIGURE, wrap=True)
        self.status = StatusText("", "text_3", "")
        self.chart = BurnDownChart()
        self.chart.setMinimumHeight(120)
        self._note = Label("", Role.CAPTION, "text_3", wrap=True)
        self._empty = EmptyState("receipt", "No running commitment", "No contract promises spend for today.")
        self._asks = [askable(widget, self._why, context=context) for widget in (self.headline, self.status)]
        self._asks.append(askable(self.chart, self._why, context=context, clicks=False))
        self._content = (self.headline, self.status, self.chart, self._note)
        self.add(self.choice)
        for widget in (self.headline, self.status):
            self.add(widget)
        self.add(self.chart, 1)
        self.add(self._note)
        self.add(self._empty, 1)
        self.choice.hide()
        self._empty.hide()

    def set_running(self, use: CommitmentUse | None) -> None:
        """Whose card it is: what is promised, while its course is still being read."""
        self._found = ()
        self.choice.hide()
        self._empty.setVisible(use is None)
        for widget in self._content:
            widget.setVisible(use is not None)
        self._ask(enabled=False)
        self.chart.set_data(None)
        self.headline.setText("")
        self.status.set_status("", "text_3", "")
        self._note.setText("")
        term = "" if use is None else term_words(use.starts_on, use.ends_on)
        self.set_title("Commitment", "" if use is None else f"{short_money(use.committed)}, {term}")

    def set_course(self, found: Sequence[Course], missing: str = "", part: str = "", note: str = "") -> None:
        """Show courses.

        Args:
            found: The running commitments.
            missing: What would bring a course, where there is none.
            part: How the ids of its figures name the account.
            note: How old they are while they are computed anew.
        """
        self._found, self._part, self._computed = tuple(found), part, note
        self.choice.setVisible(len(found) > 1)
        if len(found) > 1:
            self.choice.blockSignals(True)
            self.choice.set_options([(at, _name(one)) for at, one in enumerate(found)])
            self.choice.blockSignals(False)
        if found:
            self._show(0)
        elif not self._empty.isVisibleTo(self):
            self.status.set_status("No forecast yet", "text_3", "hourglass-medium")
            self._note.setText(missing)

    def _on_choice(self, position: object) -> None:
        if isinstance(position, int) and position < len(self._found):
            self._show(position)

    def _show(self, position: int) -> None:
        one = self._found[position]
        figure, path = one.figure, one.path(0.0)
        self._empty.hide()
        for widget in self._content:
            widget.show()
        self.set_title(
            "Commitment", f"{short_money(figure.promise)}, {term_words(figure.starts_on, figure.ends_on)}"
        )
        words = course_words(figure, path)
        self.headline.setText(words.headline)
        status = " · ".join(part for part in (words.status, words.likely) if part)
        self.status.set_status(status, words.tone, words.icon)
        self.chart.set_data(chart_path(figure, path), value_text=money_text(figure.promise.currency))
        pace = "" if figure.pace is None else f"{percent(figure.pace)} of even pace, "
        missing = " ".join(f"{lack.what} {lack.brings}" for lack in figure.missing)
        used = f"{pace}used up to {day(figure.through)}: {short_money(figure.billed)} billed and "
        used += f"{short_money(figure.accrued)} accrued, not yet invoiced."
        self._note.setText(" ".join(part for part in (used, missing, self._computed) if part))
        self._ask(enabled=True)

    def _ask(self, *, enabled: bool) -> None:
        for asks in self._asks:
            asks.set_enabled(enabled=enabled)

    def _why(self) -> Why | None:
        from convergedesk.figures.account_words import why_commitment

        position = self.choice.value() if len(self._found) > 1 else 0
        if not self._found or not isinstance(position, int):
            return None
        return why_commitment(self._found[position].figure, self._part)


def _name(one: Course) -> str:
    figure = one.figure
    return f"{figure.contract}: {short_money(figure.promise)}, {term_words(figure.starts_on, figure.ends_on)}"
