"""The running commitment: how long it lasts, how sure that is, and how it is drawn down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

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
    from convergedesk.domain.account_figures import CommitmentFigure
    from convergedesk.domain.portfolio import CommitmentUse
    from convergedesk.figures.why import Why


class CommitmentCard(Card):
    """One account's commitments, one at a time. Headline and status answer 'Why?'."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Commitment", parent=parent)
        self._figures: tuple[CommitmentFigure, ...] = ()
        self._courses: tuple[Course, ...] = ()
        self._part = self._note_of_age = self._way = ""
        self.choice = Select(small=True)
        self.choice.setAccessibleName("Commitment")
        self.choice.value_changed.connect(self._on_choice)
        self.headline = Label("", Role.FIGURE, wrap=True)
        self.status = StatusText("", "text_3", "")
        self.chart = BurnDownChart()
        # As tall as there is room, whatever it would like best.
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(120)
        self._note = Label("", Role.CAPTION, "text_3", wrap=True)
        self._empty = EmptyState(
            "receipt",
            "No running commitment",
            "A commitment that runs today, put down under Contract, brings it.",
        )
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

    def set_way(self, words: str) -> None:
        """Offer a way to look closer, where there is a commitment."""
        self._way = words

    def set_running(self, use: CommitmentUse | None) -> None:
        """Whose card it is: what is promised, while its course is still being read."""
        self._figures, self._courses = (), ()
        self.choice.hide()
        self._empty.setVisible(use is None)
        self.set_link(self._way if use is not None else "")
        for widget in self._content:
            widget.setVisible(use is not None)
        self._ask(enabled=False)
        self.chart.set_data(None)
        self.headline.setText("")
        self.status.set_status("", "text_3", "")
        self._note.setText("")
        term = "" if use is None else term_words(use.starts_on, use.ends_on)
        self.set_title("Commitment", "" if use is None else f"{short_money(use.committed)}, {term}")

    def set_figures(
        self, found: Sequence[CommitmentFigure], missing: str = "", part: str = "", note: str = ""
    ) -> None:
        """Show what is known of the running commitments; the chart follows with `set_courses`.

        Args:
            found: The running commitments.
            missing: What would bring a forecast, where there is none.
            part: How the ids of its figures name the account.
            note: How old they are while they are computed anew.
        """
        same = self._figures == tuple(found)
        self._figures, self._part, self._note_of_age = tuple(found), part, note
        self.choice.setVisible(len(found) > 1)
        if len(found) > 1 and not same:
            self.choice.blockSignals(True)
            self.choice.set_options([(at, _name(one)) for at, one in enumerate(found)])
            self.choice.blockSignals(False)
        if found:
            self._show(self._position())
        elif not self._empty.isVisibleTo(self):
            self.status.set_status("No forecast yet", "text_3", "hourglass-medium")
            self._note.setText(missing)

    def set_courses(self, found: Sequence[Course]) -> None:
        """Show the ways through their terms."""
        self._courses = tuple(found)
        if self._courses:
            # Words and chart are of one calculation, however old the kept figure is.
            self._figures = tuple(one.figure for one in found)
            self._show(self._position())
            self._show_chart(self._position())

    def _on_choice(self, position: object) -> None:
        if isinstance(position, int) and position < len(self._figures):
            self._show(position)
            self._show_chart(position)

    def _position(self) -> int:
        position = self.choice.value() if len(self._figures) > 1 else 0
        return position if isinstance(position, int) and position < len(self._figures) else 0

    def _show(self, position: int) -> None:
        figure = self._figures[position]
        self._empty.hide()
        for widget in self._content:
            widget.show()
        self.set_title(
            "Commitment", f"{short_money(figure.promise)}, {term_words(figure.starts_on, figure.ends_on)}"
        )
        words = course_words(figure, figure)
        self.headline.setText(words.headline)
        status = " · ".join(part for part in (words.status, words.likely) if part)
        self.status.set_status(status, words.tone, words.icon)
        pace = "" if figure.pace is None else f"{percent(figure.pace)} of even pace, "
        missing = " ".join(f"{lack.what} {lack.brings}" for lack in figure.missing)
        used = f"{pace}used up to {day(figure.through)}: {short_money(figure.billed)} billed and "
        used += f"{short_money(figure.accrued)} accrued, not yet invoiced."
        self._note.setText(" ".join(part for part in (used, missing, self._note_of_age) if part))
        self._ask(enabled=True)

    def _show_chart(self, position: int) -> None:
        if position < len(self._courses):
            course = self._courses[position]
            path = chart_path(course.figure, course.path(0.0))
            self.chart.set_data(path, value_text=money_text(course.figure.promise.currency))

    def _ask(self, *, enabled: bool) -> None:
        for asks in self._asks:
            asks.set_enabled(enabled=enabled)

    def _why(self) -> Why | None:
        from convergedesk.figures.account_words import why_commitment

        return why_commitment(self._figures[self._position()], self._part) if self._figures else None


def _name(figure: CommitmentFigure) -> str:
    return f"{figure.contract}: {short_money(figure.promise)}, {term_words(figure.starts_on, figure.ends_on)}"
