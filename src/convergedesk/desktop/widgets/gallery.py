"""Every component in its states, on one page: what the design is checked against."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStyle, QVBoxLayout, QWidget

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.shell.freshness import StateChip
from convergedesk.desktop.theme import Role, Theme, color
from convergedesk.desktop.widgets.badge import Badge, StatusText, audience_badge
from convergedesk.desktop.widgets.bars import ProgressBar, ShareBar
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.chip import Chip
from convergedesk.desktop.widgets.kpi import KpiTile
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.notice import Notice
from convergedesk.desktop.widgets.scroll import FlowLayout
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.skeleton import Skeleton
from convergedesk.desktop.widgets.states import EmptyState, ErrorState
from convergedesk.desktop.widgets.table.cells import TextCell
from convergedesk.desktop.widgets.table.view import TableView

SIZE = QSize(720, 900)
_SWATCHES = (
    ("window", "window"),
    ("card", "surface"),
    ("hairline", "line"),
    ("text", "text"),
    ("quiet", "text_3"),
    ("accent", "accent"),
    ("good", "good"),
    ("warning", "warning_fill"),
    ("critical", "critical"),
)
_CHART_ROW = 2


def build_gallery(theme: Theme) -> QWidget:
    """One page of 720×900 in the palette on screen, with made-up content in every component."""
    page = QWidget()
    page.setMinimumSize(SIZE)
    head = QHBoxLayout()
    head.addWidget(Label(f"Components, {'dark' if theme.dark else 'light'}", Role.PAGE_TITLE))
    head.addStretch(1)
    head.addWidget(Label("states shown where they differ", Role.LABEL, "text_3"))
    swatches = QHBoxLayout()
    swatches.setSpacing(10)
    for name, token in _SWATCHES:
        swatches.addLayout(_swatch(name, token), 1)
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(16)
    builders = (
        (_buttons, _badges),
        (_figures, _rows),
        (_chart, _progress),
        (_empty, _error),
        (_loading, _notices),
    )
    for row, (left, right) in enumerate(builders):
        grid.addWidget(left(), row, 0)
        grid.addWidget(right(), row, 1)
    grid.setRowStretch(_CHART_ROW, 1)
    for column in range(2):
        grid.setColumnStretch(column, 1)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 12, 20, 12)
    column.setSpacing(10)
    column.addLayout(head)
    column.addLayout(swatches)
    column.addLayout(grid, 1)
    return page


def _card(title: str) -> Card:
    card = Card()
    card.add(Label(title, Role.LABEL_MEDIUM, "text_3"))
    return card


def _swatch(name: str, token: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(_Swatch(token))
    column.addWidget(Label(name, Role.CAPTION))
    column.addWidget(Label(color(token).name().upper(), Role.CAPTION, "text_3"))
    return column


class _Swatch(QWidget):
    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedHeight(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line_strong"), 1))
        painter.setBrush(color(self._token))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


def _flow(*widgets: QWidget) -> FlowLayout:
    flow = FlowLayout()
    for widget in widgets:
        flow.addWidget(widget)
    return flow


class _Hovered(Button):
    """A button as it looks under the mouse."""

    def initStyleOption(self, option) -> None:
        super().initStyleOption(option)
        option.state |= QStyle.StateFlag.State_MouseOver


def _buttons() -> Card:
    card = _card("Buttons")
    disabled = Button("Disabled", small=True)
    disabled.setEnabled(False)
    selected = Chip("Selected", icon="check")
    selected.setChecked(True)
    flow = _flow(
        Button("Primary", "primary", small=True),
        _Hovered("Hover", "primary", small=True),
        Button("Secondary", icon="export", small=True),
        Button("Focus", small=True),
        Button("Quiet", "quiet", small=True),
        disabled,
        Button("Delete", "destructive", icon="x-circle", small=True),
        selected,
        Chip("Filter", count=2),
    )
    card.body.addLayout(flow)
    card.body.addStretch(1)
    return card


def _badges() -> Card:
    card = _card("Badges and chips")
    healthy = Badge("Healthy", "good", "check-circle")
    watch = Badge("Watch", "warning", "warning")
    risk = Badge("At risk", "critical", "warning-circle")
    unsure = Badge("Inconclusive", "neutral", "question")
    early = Badge("Not enough data yet", "neutral", "hourglass-medium")
    frozen = Badge("Frozen", "accent", "snowflake")
    for badges in (
        (healthy, watch, risk),
        (unsure, early),
        (audience_badge(shared=True), audience_badge(shared=False), frozen),
    ):
        card.body.addLayout(_flow(*badges))
    card.body.addStretch(1)
    return card


def _figures() -> Card:
    card = _card("KPI tile")
    restored = KpiTile("Time to value restored")
    restored.set_figure("5", "days", note="interval 4 to 6 · 31 tickets")
    after = KpiTile("Days 1–7 after closing")
    after.set_figure("+1", "%", status="inconclusive, −3 to +5", icon="question")
    row = QHBoxLayout()
    for tile in (restored, after):
        tile.set_padding(0)
        row.addWidget(tile, 1)
    card.body.addLayout(row)
    card.body.addStretch(1)
    return card


class _Row(NamedTuple):
    name: str
    state: str


def _name(row: _Row) -> str:
    return row.name


def _state(row: _Row) -> str:
    return row.state


def _rows() -> Card:
    card = Card(flush=True)
    title = QHBoxLayout()
    title.setContentsMargins(16, 0, 16, 0)
    title.addWidget(Label("Table row: default, hover, selected", Role.LABEL_MEDIUM, "text_3"))
    card.body.addLayout(title)
    model = RowsModel[_Row](
        (
            Column(key="name", title="", text=_name, cell=TextCell(Role.STRONG), width=132),
            Column(key="state", title="", text=_state, cell=TextCell(tone="text_3"), stretch=1),
            Column(key="sum", title="", text=lambda _row: "€33.1k", align="right", width=70),
        ),
        id_of=lambda row: row.name,
    )
    names = (("Marlowe Freight", "Default"), ("Kestrel Payments", "Hover"), ("Solvane Energy", "Selected"))
    model.set_rows([_Row(name, state) for name, state in names])
    table = _Table(model, name="Rows", lines=1)
    table.horizontalHeader().hide()
    table.select_id("Solvane Energy")
    card.add(table, 1)
    return card


class _Table(TableView):
    """A table whose second row looks as if the mouse were over it."""

    @property
    def hover_row(self) -> int:
        return 1

    @property
    def row_height(self) -> int:
        return 28


class _Tip(Label):
    """A read-out as it hangs at the mouse."""

    def __init__(self, text: str) -> None:
        super().__init__(text, Role.CAPTION, "text")
        self.setContentsMargins(8, 4, 8, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("text"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setFont(self.font())
        painter.setPen(color("surface"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


def _chart() -> Card:
    # Only the gallery's caller pays for numpy and pyqtgraph.
    from convergedesk.desktop.widgets.gallery_chart import made_up_chart

    card = Card()
    row = QHBoxLayout()
    row.addWidget(Label("Chart and tooltip", Role.LABEL_MEDIUM, "text_3"))
    row.addStretch(1)
    row.addWidget(_Tip("24 Oct · 1.52 M · 34 % below"))
    card.body.addLayout(row)
    card.add(made_up_chart(), 1)
    return card


def _progress() -> Card:
    card = _card("Progress and pacing")
    progress = ProgressBar()
    progress.set_progress("Usage, 41 of 58 meters", 41, 58, seconds_left=120)
    card.add(progress)
    words = QHBoxLayout()
    words.addWidget(Label("Commitment, ahead of pace", Role.LABEL), 1)
    words.addWidget(StatusText("121 %", "warning", "warning"))
    card.body.addLayout(words)
    bar = ShareBar()
    bar.set_share(0.84, tick=0.69, warn=True)
    card.add(bar)
    control = SegmentedControl(((30, "30 d"), (90, "90 d"), (365, "365 d")))
    control.set_value(90)
    card.add(control)
    card.body.addStretch(1)
    return card


def _empty() -> Card:
    card = Card()
    sentence = "Start one from any account, about 20 minutes."
    card.add(EmptyState("calendar-blank", "No reviews planned yet", sentence, "Prepare a review"))
    return card


def _error() -> Card:
    card = Card()
    card.add(
        ErrorState(
            "Billing could not be read",
            "Key refused at 13:42. Data stays as of 8 Dec.",
            fix="Renew key",
            fix_icon="key",
            details="HTTP 401",
        )
    )
    return card


def _loading() -> Card:
    card = _card("Loading")
    card.add(Skeleton())
    card.body.addStretch(1)
    return card


def _notices() -> Card:
    card = _card("Offline and notices")
    offline = QHBoxLayout()
    offline.addWidget(StateChip("Offline", "data as of 08:47"))
    offline.addStretch(1)
    card.body.addLayout(offline)
    card.add(Notice("Check-in saved on this laptop", undo=True))
    card.body.addStretch(1)
    return card


def focus_a_button(gallery: QWidget) -> None:
    """Give the keyboard to the button that shows the focus ring."""
    for button in gallery.findChildren(Button):
        if button.text() == "Focus":
            button.setFocus(Qt.FocusReason.TabFocusReason)
