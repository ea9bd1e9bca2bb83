"""The usage chart with what one can ask of it: meter, days, comparison, picture and data."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.charts.usage_chart import UsageChart
from convergedesk.desktop.pages.account.comparison import quarter_before
from convergedesk.desktop.pages.account.usage_view_model import PERIODS, UsageViewModel
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import IconButton, Menu
from convergedesk.desktop.widgets.card import PADDING, Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import Select
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from convergedesk.desktop.charts.series import Dip
    from convergedesk.figures.why import Why

OWN_RANGE = "range"
PNG_FILES = "Pictures (*.png)"
CSV_FILES = "CSV files (*.csv)"


class UsageCard(Card):
    """One account's usage.

    Signals:
        ticket_opened: Id of the ticket whose marker was clicked.
        why_wanted: The explanation that the person asks for.
        import_opened: The person wants to import usage.
    """

    ticket_opened = Signal(object)
    why_wanted = Signal(object)
    import_opened = Signal()

    def __init__(self, model: UsageViewModel, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = model
        self._account_name = ""
        self._choices: tuple[tuple[str, str], ...] = ()
        self.meter = Select(small=True)
        self.meter.setAccessibleName("Meter")
        self.meter.setMaximumWidth(220)
        self._scale = ElidedLabel("", Role.LABEL, "text_3")
        self.compare = Chip("Compare with the quarter before")
        self.adjust = Chip("Adjust for weekday")
        self.adjust.setToolTip(
            "Divides each day by how its weekday usually compares (medians of the last 16 weeks)"
        )
        self.calendar = Chip("Calendar")
        self.calendar.setToolTip("Holidays, releases, customer freezes and outages on the chart")
        self.period = SegmentedControl([*((days, f"{days} d") for days in PERIODS), (OWN_RANGE, "Range")])
        self.export = IconButton("download-simple", "Save the chart as a picture or its data as CSV")
        self.export.setMenu(self._export_menu())
        self.why = IconButton("question", "Why? What stands behind the expected range and each dip")
        self.why.setMenu(Menu(self))
        self._what = QHBoxLayout()
        self._what.setSpacing(8)
        self._what.addWidget(self.meter)
        self._what.addWidget(self._scale, 1)
        self._how = QHBoxLayout()
        self._how.setSpacing(8)
        for widget in (self.adjust, self.compare, self.calendar, self.period, self.why, self.export):
            self._how.addWidget(widget)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(8)
        self._head.addLayout(self._what, 1)
        self._head.addLayout(self._how)
        self.body.addLayout(self._head)
        self._range_row = self._make_range_row(today)
        self.body.addWidget(self._range_row)
        self._words = ElidedLabel("", Role.LABEL_MEDIUM, "text_2")
        self.body.addWidget(self._words)
        self.chart = UsageChart()
        self.chart.setMinimumHeight(150)
        askable(self.chart, self.asked, clicks=False)
        self.body.addWidget(self.chart, 1)
        self._empty = EmptyState(
            "chart-line-up",
            "No usage yet",
            "Import usage by day or by month, or raw usage events: the program adds them up by day.",
            "Import usage",
        )
        self.body.addWidget(self._empty, 1)
        self._picture_chooser = FileChooser(self)
        self._data_chooser = FileChooser(self)
        self._connect()
        # Until it is known whether there is usage, a chart is what is expected.
        self._empty.hide()
        self.chart.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Where both do not fit into one row, what can be asked of the chart goes beneath."""
        needed = self.meter.sizeHint().width() + self._how.sizeHint().width() + 2 * PADDING
        wide = needed <= self.width()
        side, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        if self._head.direction() != (side if wide else down):
            self._head.setDirection(side if wide else down)
            self._how.setAlignment(Qt.AlignmentFlag.AlignLeft if not wide else Qt.AlignmentFlag(0))

    def set_account_name(self, name: str) -> None:
        """Name the account in the names of exported files."""
        self._account_name = name

    def open_range(self) -> None:
        """Show the fields for days of the person's own."""
        self._range_row.show()
        self.period.blockSignals(True)
        self.period.set_value(OWN_RANGE)
        self.period.blockSignals(False)
        self.first.setFocus()
        self.first.selectAll()

    def _connect(self) -> None:
        self.meter.value_changed.connect(self._model.choose)
        self.compare.toggled.connect(self._model.set_compare)
        self.adjust.toggled.connect(self._model.set_adjust)
        self.calendar.toggled.connect(self._model.set_calendar)
        self.period.value_changed.connect(self._on_period)
        self.first.day_changed.connect(self._on_own_range)
        self.last.day_changed.connect(self._on_own_range)
        self.chart.range_changed.connect(self._model.note_range)
        self.chart.ticket_clicked.connect(self.ticket_opened)
        self.chart.dip_clicked.connect(self._on_dip_clicked)
        self.chart.axis_note_changed.connect(self._on_scale)
        self._empty.action_clicked.connect(self.import_opened)
        self._picture_chooser.chosen.connect(self._on_picture_path)
        self._data_chooser.chosen.connect(self._on_data_path)
        self._model.changed.connect(self._on_changed)
        self._model.range_changed.connect(self._on_range_changed)
        self._on_changed()

    def _make_range_row(self, today: date) -> QWidget:
        self.first = DateField(today)
        self.first.setAccessibleName("First day")
        self.last = DateField(today)
        self.last.setAccessibleName("Last day")
        for field in (self.first, self.last):
            field.setFixedWidth(140)
        self._range_fault = Label("", Role.LABEL, "critical")
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label("From", Role.LABEL, "text_3"))
        row.addWidget(self.first)
        row.addWidget(Label("to", Role.LABEL, "text_3"))
        row.addWidget(self.last)
        row.addWidget(self._range_fault, 1)
        row_widget.hide()
        return row_widget

    def _export_menu(self) -> Menu:
        menu = Menu(self)
        menu.addAction("Save picture (PNG)…").triggered.connect(self._on_save_picture)
        menu.addAction("Save data (CSV)…").triggered.connect(self._on_save_data)
        return menu

    @Slot()
    def _on_changed(self) -> None:
        story = self._model.story
        for widget in (self.meter, self._scale, self.period, self.export, self.chart):
            widget.setVisible(story is not None)
        self._empty.setVisible(story is None)
        if story is None:
            for widget in (self.compare, self.adjust, self.calendar, self._words, self._range_row, self.why):
                widget.hide()
            return
        self.meter.blockSignals(True)
        if self._choices != self._model.choices:
            self._choices = self._model.choices
            self.meter.set_options(self._choices)
        self.meter.set_value(self._model.choice)
        self.meter.blockSignals(False)
        self.compare.setVisible(self._model.can_compare)
        self.compare.setChecked(self._model.compare)
        before = quarter_before(story.last, self._model.fiscal_month)
        self.compare.set_label(f"Compare with {before.split()[0]}")
        self.calendar.setVisible(self._model.has_calendar)
        self.calendar.setChecked(self._model.calendar)
        self.adjust.setVisible(self._model.can_adjust)
        self.adjust.setChecked(self._model.adjust)
        self._words.setText(story.comparison)
        self._words.setVisible(bool(story.comparison))
        self.chart.blockSignals(True)
        self.chart.set_data(
            story.series,
            previous=story.previous,
            band=self._model.band,
            dips=self._model.dips,
            targets=story.targets,
            spans=story.spans if self._model.calendar else (),
            tickets=story.tickets,
        )
        self.chart.blockSignals(False)
        self._show_whys()
        self._fit_head()
        self._on_scale()
        self._on_range_changed()

    def _show_whys(self) -> None:
        menu, whys = self.why.menu(), self._model.whys
        menu.clear()
        for title, explanation in whys:
            menu.addAction(title).triggered.connect(partial(self.why_wanted.emit, explanation))
        self.why.setVisible(bool(whys))

    @Slot(object)
    def _on_dip_clicked(self, dip: Dip) -> None:
        explanation = dict(self._model.whys).get(dip.title)
        if explanation is not None:
            self.why_wanted.emit(explanation)

    def asked(self) -> Why | None:
        """What stands behind the day of the read-out: its dip, or else the expected range."""
        day = self.chart.reading_day()
        whys = dict(self._model.whys)
        for dip in self._model.dips:
            if day is not None and dip.covers(day.toordinal()) and dip.title in whys:
                return whys[dip.title]
        return next(iter(whys.values()), None)

    @Slot()
    def _on_scale(self) -> None:
        story = self._model.story
        if story is not None:
            parts = (story.scale, self.chart.axis_note())
            self._scale.setText(" · ".join(part for part in parts if part))

    @Slot()
    def _on_range_changed(self) -> None:
        first, last = self._model.first_day, self._model.last_day
        if first is None or last is None:
            return
        self.period.blockSignals(True)
        if self._model.days is not None:
            self.period.set_value(self._model.days)
            self._range_row.hide()
        elif self._range_row.isHidden():
            self.period.clear_value()
        self.period.blockSignals(False)
        if not (self.first.hasFocus() or self.last.hasFocus()):
            for field, value in ((self.first, first), (self.last, last)):
                field.blockSignals(True)
                field.set_day(value)
                field.blockSignals(False)
            self._range_fault.setText("")
        if self.chart.day_range() != (first, last):
            self.chart.blockSignals(True)
            self.chart.set_range(first, last)
            self.chart.blockSignals(False)
            self._on_scale()

    @Slot(object)
    def _on_period(self, value: object) -> None:
        if isinstance(value, int):
            self._model.choose_days(value)
        else:
            self.open_range()

    @Slot()
    def _on_own_range(self) -> None:
        first, last = self.first.day(), self.last.day()
        fault = self.first.fault() or self.last.fault()
        if not fault and (first is None or last is None):
            fault = "Give both days."
        elif first is not None and last is not None and not self._model.choose_range(first, last):
            fault = "The first day must come before the last."
        self._range_fault.setText(fault)

    @Slot()
    def _on_save_picture(self) -> None:
        self._picture_chooser.ask_where_to_save("Save the chart", f"{self._file_name()}.png", PNG_FILES)

    @Slot()
    def _on_save_data(self) -> None:
        self._data_chooser.ask_where_to_save("Save the data", f"{self._file_name()}.csv", CSV_FILES)

    @Slot(object)
    def _on_picture_path(self, paths: tuple[Path, ...]) -> None:
        self._model.save_picture(paths[0], self.chart.to_png())

    @Slot(object)
    def _on_data_path(self, paths: tuple[Path, ...]) -> None:
        self._model.save_data(paths[0], self._model.data_rows())

    def _file_name(self) -> str:
        first, last = self.chart.day_range()
        safe = "".join(c if c.isalnum() or c in " -_." else "_" for c in self._account_name).strip()
        return f"{safe or 'account'} usage {first.isoformat()} to {last.isoformat()}"
