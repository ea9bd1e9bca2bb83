"""Takes the metrics out: their figures as a table, or the page as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.faults import sentence_of
from convergedesk.desktop.saving import save, save_csv
from convergedesk.desktop.theme import color
from convergedesk.desktop.widgets.file_chooser import FileChooser
from convergedesk.figures.metrics_why import METRICS, metrics_why

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.pages.metrics.view_model import MetricsReading

CSV_FILES, PNG_FILES = "CSV (*.csv)", "Pictures (*.png)"
_SCALE = 2
_HEAD = ("Figure", "Value", "Formula", "Tickets", "Id")
_EFFECTS = (
    "Ticket",
    "Account",
    "First day",
    "Days",
    "Usage against expected",
    "Lower limit (95 %)",
    "Upper limit (95 %)",
    "Verdict",
    "Days to value restored",
    "Restored",
)


class MetricsExport(QObject):
    """Asks where, and writes off the GUI thread."""

    def __init__(self, page: QWidget, context: PageContext) -> None:
        """For a page of metrics."""
        super().__init__(page)
        self._page = page
        self._context = context
        self._reading: MetricsReading | None = None
        self._picture: QImage | None = None
        self.chooser = FileChooser(page)
        self.chooser.chosen.connect(self._on_chosen)

    def ask_csv(self, reading: MetricsReading) -> None:
        """Ask where to write the figures."""
        self._reading, self._picture = reading, None
        self.chooser.ask_where_to_save("Export the metrics", f"{_name(reading)}.csv", CSV_FILES)

    def ask_png(self, reading: MetricsReading, content: QWidget) -> None:
        """Take the picture of `content` as it stands now, and ask where to write it."""
        self._reading, self._picture = reading, picture_of(content)
        self.chooser.ask_where_to_save("Export a picture", f"{_name(reading)}.png", PNG_FILES)

    def _on_chosen(self, paths: tuple[Path, ...]) -> None:
        reading, picture = self._reading, self._picture
        if reading is None:
            return
        work = (
            partial(_save_picture, picture, paths[0])
            if picture is not None
            else partial(_save_table, reading, paths[0])
        )
        said = partial(self._context.notify, f"Metrics saved in “{paths[0].name}”")
        self._context.jobs.submit(work, on_done=lambda _nothing: said(), on_error=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")


def picture_of(content: QWidget) -> QImage:
    """The widget as it stands, at twice its size, on the page's ground."""
    image = QImage(content.size() * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(color("window"))
    painter = QPainter(image)
    content.render(painter, QPoint())
    painter.end()
    return image


def table(reading: MetricsReading) -> Iterator[tuple[str, ...]]:
    """The figures, an empty line, and the effect after every judged episode; unknown is empty."""
    found = reading.metrics
    yield ("From", found.first_day.isoformat(), "to", found.last_day.isoformat(), ", ".join(reading.filters))
    yield _HEAD
    for what in METRICS:
        why = metrics_why(found, what, reading.names, reading.filters)
        if why is not None:
            yield (why.title, why.figure, why.formula, f"{found.support.volume}", why.figure_id)
    yield ()
    yield _EFFECTS
    for one in found.effects:
        effect, back = one.effect, one.episode.restoration
        yield (
            one.ticket.number,
            reading.names.get(one.ticket.account_id, ""),
            effect.first_day.isoformat(),
            str(effect.horizon),
            *(_share(value) for value in (effect.estimate, effect.low, effect.high)),
            effect.verdict,
            "" if back is None else f"{back.days:.0f}",
            "" if back is None else "yes" if back.restored else "no",
        )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _name(reading: MetricsReading) -> str:
    return f"metrics {reading.metrics.first_day.isoformat()} to {reading.metrics.last_day.isoformat()}"


def _save_table(reading: MetricsReading, path: Path, _job: JobContext) -> None:
    save_csv(path, table(reading))


def _save_picture(image: QImage, path: Path, _job: JobContext) -> None:
    def write(target: Path) -> None:
        if not image.save(str(target), "PNG"):  # pyright: ignore[reportCallIssue, reportArgumentType]
            raise OSError("the picture could not be encoded")

    save(path, write)
