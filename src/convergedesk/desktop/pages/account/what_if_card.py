"""What if usage changed from now on: the commitment's course as things are, and as it would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.charts.burn_down_chart import BurnDownChart
from convergedesk.desktop.pages.account.commitment_path import (
    Course,
    CourseWords,
    chart_path,
    course_words,
    money_text,
    term_words,
    to_last_words,
)
from convergedesk.desktop.theme import Role, color
from convergedesk.desktop.widgets.badge import audience_badge
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.slider import ChangeSlider
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.figures.wording import percent, short_money

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.burn_down_path import BurnDownPath
    from convergedesk.figures.why import Why

LEAST, MOST = -50, 100
_BRINGS = "A commitment that runs today, put down under Contract, brings it."
_NOTHING_YET = CourseWords("", "Move the slider", "from \u221250 to +100\u202f%", "", "text_3", "")


class WhatIfCard(Card):
    """A slider, both courses in words, and both in the chart. Nothing of it is kept or sent."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Commitment what-if", parent=parent)
        self._found: tuple[Course, ...] = ()
        self._one: Course | None = None
        self._part = ""
        self._base: BurnDownPath | None = None
        self.add_to_header(audience_badge(shared=False))
        self.choice = Select(small=True)
        self.choice.setAccessibleName("Commitment")
        self.choice.value_changed.connect(self._on_choice)
        self.change = Label("0\u202f%", Role.SECTION)
        self.slider = ChangeSlider(LEAST, MOST, "Change of usage from now on, in per cent")
        self.slider.valueChanged.connect(self._on_change)
        self.now = CourseTile("As things are")
        self.then = CourseTile("")
        askable(self.now, self._why, context=context)
        self.chart = BurnDownChart()
        # As tall as there is room, whatever it would like best.
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(130)
        askable(self.chart, self._why, context=context, clicks=False)
        self._note = Label("", Role.LABEL, "text_3", wrap=True)
        self._empty = EmptyState("receipt", "No running commitment", _BRINGS)
        self._content = self._build()
        self.add(self._content, 1)
        self.add(self._empty, 1)
        self._content.hide()

    def set_course(self, found: Sequence[Course], missing: str = "", part: str = "") -> None:
        """Show the commitments of an account; the slider stays where it is for the same ones."""
        self._part = part
        same = [one.figure.contract_id for one in found] == [one.figure.contract_id for one in self._found]
        self._found = tuple(found)
        self._content.setVisible(bool(found))
        self._empty.setVisible(not found)
        if not found:
            self.set_title("Commitment what-if")
            if missing:
                self._empty.set_empty("No forecast yet", missing)
            else:
                self._empty.set_empty("No running commitment", _BRINGS)
            return
        self.choice.setVisible(len(found) > 1)
        if not same:
            self.choice.blockSignals(True)
            self.choice.set_options([(at, one.figure.contract) for at, one in enumerate(found)])
            self.choice.blockSignals(False)
            self.slider.blockSignals(True)
            self.slider.setValue(0)
            self.slider.blockSignals(False)
        position = self.choice.value()
        self._choose(position if isinstance(position, int) and position < len(found) else 0)

    def _build(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.choice)
        asked = QHBoxLayout()
        asked.addWidget(Label("If usage from now on changes by", Role.BODY, "text_2"), 1)
        asked.addWidget(self.change)
        column.addLayout(asked)
        column.addWidget(self.slider)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        tiles.addWidget(self.now, 1)
        tiles.addWidget(self.then, 1)
        column.addLayout(tiles)
        column.addWidget(self.chart, 1)
        column.addWidget(self._note)
        return content

    def _on_choice(self, position: object) -> None:
        if isinstance(position, int) and position < len(self._found):
            self._choose(position)

    def _choose(self, position: int) -> None:
        one = self._found[position]
        self._one, self._base = one, one.path(0.0)
        figure = one.figure
        promised = f"{short_money(figure.promise)}, {term_words(figure.starts_on, figure.ends_on)}"
        self.set_title("Commitment what-if", promised)
        self.now.show_words("As things are", course_words(figure, self._base))
        self._note.setText(to_last_words(figure))
        self._note.setVisible(bool(self._note.text()))
        self._on_change(self.slider.value())

    @Slot(int)
    def _on_change(self, value: int) -> None:
        one, base = self._one, self._base
        if one is None or base is None:
            return
        share = percent(value / 100, signed=True)
        self.change.setText(share)
        path = one.path(value / 100) if value else base
        words = course_words(one.figure, path) if value else _NOTHING_YET
        self.then.show_words(f"With {share}" if value else "With another usage", words)
        self.then.set_lit(lit=bool(value))
        self.chart.set_data(
            chart_path(one.figure, path, base if value else None),
            value_text=money_text(one.figure.promise.currency),
        )

    def _why(self) -> Why | None:
        from convergedesk.figures.account_words import why_commitment

        return None if self._one is None else why_commitment(self._one.figure, self._part)


class CourseTile(QWidget):
    """Until when the commitment lasts, and how sure that is."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit = False
        self._label = ElidedLabel(label, Role.LABEL, "text_3")
        self._about = ElidedLabel("", Role.SECTION)
        self._likely = ElidedLabel("", Role.LABEL, "text_2")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(1)
        for widget in (self._label, self._about, self._likely):
            column.addWidget(widget)

    def show_words(self, label: str, words: CourseWords) -> None:
        """Show a course."""
        self._label.setText(label)
        self._about.setText(words.about)
        self._about.set_tone(words.tone)
        self._likely.setText(words.likely or words.status)
        self.setAccessibleName(f"{label}: {words.headline}, {words.likely}")

    def set_lit(self, *, lit: bool) -> None:
        """Whether it is the one that is looked at."""
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent" if self._lit else "line"), 1))
        painter.setBrush(color("accent_soft" if self._lit else "inset"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
