"""Which usage the chart shows, over which days, beside what; and its export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.charts.reading import export_rows
from convergedesk.desktop.charts.series import Band, ChartData, Dip
from convergedesk.desktop.jobs import JobContext, JobRunner
from convergedesk.desktop.pages.account.usage_story import (
    PreparedUsage,
    UsageStory,
    can_adjust,
    can_compare,
    usage_story,
)
from convergedesk.desktop.saving import save, save_csv
from convergedesk.domain.fiscal import CALENDAR_YEAR

if TYPE_CHECKING:
    from convergedesk.desktop.pages.account.study import AccountStudy, LineStudy
    from convergedesk.figures.why import Why

PERIODS = (30, 90, 365)
_USUAL_DAYS = 90


class UsageViewModel(QObject):
    """State and commands of the usage chart.

    Signals:
        changed: `story` is another one.
        range_changed: `first_day` and `last_day` are others, and the chart is to show them.
        saved: A file was written; its path.
        failed: A file could not be written; the exception.
    """

    changed = Signal()
    range_changed = Signal()
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._prepared: PreparedUsage | None = None
        self._choice = ""
        self._compare = False
        self._calendar = True
        self._adjust = True
        self._days: int | None = _USUAL_DAYS
        self._first: date | None = None
        self._last: date | None = None
        self._story: UsageStory | None = None
        self._study: AccountStudy | None = None
        self._lines: dict[str, LineStudy | None] = {}

    @property
    def band(self) -> Band | None:
        """The expected range of the line, drawn as the line is; None until it is known."""
        line, story = self._lines.get(self._choice), self._story
        if line is None or story is None:
            return None
        return line.adjusted if story.adjusted else line.band

    @property
    def dips(self) -> tuple[Dip, ...]:
        """Confirmed dips of the line."""
        line = self._lines.get(self._choice)
        return () if line is None else line.dips

    @property
    def whys(self) -> tuple[tuple[str, Why], ...]:
        """(title, explanation) of what is drawn around the line."""
        line = self._lines.get(self._choice)
        return () if line is None else line.whys

    @property
    def story(self) -> UsageStory | None:
        """What the chart draws, or None where the account has no usage."""
        return self._story

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """(key, words) of what the chart can show."""
        return self._prepared.choices if self._prepared is not None else ()

    @property
    def choice(self) -> str:
        """Key of what it shows."""
        return self._choice

    @property
    def fiscal_month(self) -> int:
        """First month of the fiscal year whose quarters are compared."""
        return self._prepared.usage.fiscal_month if self._prepared is not None else CALENDAR_YEAR

    @property
    def compare(self) -> bool:
        """True while the quarter before lies beneath."""
        return self._compare

    @property
    def can_compare(self) -> bool:
        """True where the choice is one line by day."""
        return self._prepared is not None and can_compare(self._prepared.usage, self._choice)

    @property
    def calendar(self) -> bool:
        """True while holidays, releases, freezes and outages are drawn."""
        return self._calendar

    @property
    def has_calendar(self) -> bool:
        """True where the calendar holds anything for the account."""
        return self._prepared is not None and bool(self._prepared.usage.events)

    @property
    def adjust(self) -> bool:
        """True while lines are drawn without their weekly rhythm, where they can be."""
        return self._adjust

    @property
    def can_adjust(self) -> bool:
        """True where the lines have a weekly rhythm that can be taken out."""
        if self._adjust or self._prepared is None:
            return self._story is not None and self._story.adjusted
        return can_adjust(self._prepared.usage, self._choice)

    @property
    def days(self) -> int | None:
        """The period of 30, 90 or 365 days in view, or None for a range of the person's own."""
        return self._days

    @property
    def first_day(self) -> date | None:
        """First day in view."""
        return self._first

    @property
    def last_day(self) -> date | None:
        """Last day in view."""
        return self._last

    def show(self, prepared: PreparedUsage) -> None:
        """Show an account's usage; the same account keeps its choice and its days."""
        before = self._prepared
        other = before is None or prepared.usage.account_id != before.usage.account_id
        self._prepared = prepared
        if other:
            self._study = None
            self._lines = {}
        keys = [key for key, _ in self.choices]
        if other or self._choice not in keys:
            self._choice = keys[0] if keys else ""
            self._days = _USUAL_DAYS
        self._tell_story()
        if other or self._days is not None:
            self._set_days(self._days or _USUAL_DAYS)
        # Once, with its days, so that a chart fits and paints itself once.
        self.changed.emit()

    def set_study(self, study: AccountStudy | None) -> None:
        """Lay what was found around the lines of the account on screen."""
        if study is not None and study is not self._study:
            self._study = study
            self._lines = dict(study.lines)
            self._find_line()
            self.changed.emit()

    @Slot(object)
    def choose(self, key: str) -> None:
        """Show the total, the meters apart, or one meter."""
        if key != self._choice:
            self._choice = key
            self._tell_story()
            if self._days is not None:
                self._set_days(self._days)
            self._find_line()
            self.changed.emit()

    @Slot(bool)
    def set_compare(self, on: bool) -> None:
        """Lay the quarter before beneath the line, or take it away."""
        if on != self._compare:
            self._compare = on
            self._tell_story()
            self.changed.emit()

    @Slot(bool)
    def set_adjust(self, on: bool) -> None:
        """Draw lines without their weekly rhythm, or as reported."""
        if on != self._adjust:
            self._adjust = on
            self._tell_story()
            self.changed.emit()

    @Slot(bool)
    def set_calendar(self, on: bool) -> None:
        """Draw the calendar on the chart, or leave it off."""
        if on != self._calendar:
            self._calendar = on
            self.changed.emit()

    def choose_days(self, days: int) -> None:
        """Show the last 30, 90 or 365 days with usage."""
        self._set_days(days)
        self.range_changed.emit()

    def choose_range(self, first: date, last: date) -> bool:
        """Show days of the person's own. False where they are the wrong way round."""
        if first >= last or self._story is None:
            return False
        self._days, self._first, self._last = None, first, last
        self.range_changed.emit()
        return True

    def note_range(self, first: date, last: date) -> None:
        """The person panned or zoomed to these days."""
        if (first, last) != (self._first, self._last):
            self._days, self._first, self._last = None, first, last
            self.range_changed.emit()

    def save_picture(self, path: Path, png: bytes) -> None:
        """Write the chart's picture."""
        self._write(path, lambda: save(path, lambda target: target.write_bytes(png)))

    def data_rows(self) -> list[tuple[str, ...]]:
        """The days in view as rows of text, header first: as reported, then what else is drawn."""
        story = self._story
        if story is None or self._first is None or self._last is None:
            return []
        series = (*story.reported, *(story.series if story.adjusted else ()))
        band = self.band if len(story.series) == 1 else None
        if band is not None and story.adjusted:
            band = replace(band, name=f"{band.name}, adjusted")
        return export_rows(ChartData(series, story.previous, band), self._first, self._last)

    def save_data(self, path: Path, rows: Sequence[tuple[str, ...]]) -> None:
        """Write the chart's data as CSV."""
        self._write(path, lambda: save_csv(path, rows))

    def _find_line(self) -> None:
        """Work out what stands around the chosen line, where that is not known yet."""
        prepared, study, choice = self._prepared, self._study, self._choice
        if (
            prepared is None
            or study is None
            or choice in self._lines
            or not can_compare(prepared.usage, choice)
        ):
            return

        def work(_context: JobContext) -> tuple[AccountStudy, str, LineStudy | None]:
            from convergedesk.desktop.pages.account.study import line_study

            return study, choice, line_study(prepared, study, choice)

        self._jobs.submit(work, on_done=self._on_line, on_error=self._on_failed)

    def _on_line(self, answer: tuple[AccountStudy, str, LineStudy | None]) -> None:
        study, choice, line = answer
        if study is self._study:
            self._lines[choice] = line
            self.changed.emit()

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        def work(_context: JobContext) -> Path:
            write()
            return path

        self._jobs.submit(work, on_done=self._on_saved, on_error=self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self.saved.emit(path)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _tell_story(self) -> None:
        prepared = self._prepared
        if prepared is None:
            self._story = None
            return
        at_first = bool(self.choices) and self._choice == self.choices[0][0]
        if at_first and self._adjust and not self._compare:
            self._story = prepared.story
            return
        self._story = usage_story(
            prepared.usage,
            prepared.goals,
            self._choice,
            prepared.zone,
            compare=self._compare,
            adjust=self._adjust,
            tickets=prepared.tickets,
        )

    def _set_days(self, days: int) -> None:
        if self._story is None:
            return
        self._days = days
        self._last = self._story.last
        self._first = self._last - timedelta(days=days - 1)
