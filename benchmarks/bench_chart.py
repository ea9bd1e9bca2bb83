"""Pan and zoom of the usage chart: one key is one frame, from the key to its pixels.

Where a painting in full quality takes longer than a hand can follow, lines are one pixel thin while they
move. What full quality costs is printed beside, without a limit: it is paid once, when the chart rests.
"""

from datetime import timedelta
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView

from benchmarks.figure import Figure
from benchmarks.screen import screen_here
from benchmarks.workloads import KEY, typical_copy
from convergedesk.desktop.charts.pace import SETTLES_AFTER_MS
from convergedesk.desktop.charts.series import Band, DaySeries, Dip, TicketMark
from convergedesk.desktop.charts.usage_chart import UsageChart
from convergedesk.desktop.theme import Mode, Theme
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.account import AccountUsage
from convergedesk.figures.expected import expected_of
from convergedesk.workspace.accounts import account_tickets, account_usage
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.session import open_workspace

WIDTH, HEIGHT = 1440, 900
METERS, DAYS, DIPS = 10, 730, 40
FRAME_MS = 1000 / 60
ROUNDS = 100
MOVES = {
    # There and back, so that every key moves the lines, at the end of the data too.
    "pan": (Qt.Key.Key_Left, Qt.Key.Key_Right),
    "zoom": (Qt.Key.Key_Plus, Qt.Key.Key_Minus),
}


def busiest() -> tuple[AccountUsage, tuple[Ticket, ...]]:
    """Usage and tickets of the account with most tickets among those with ten meters and all days."""
    with typical_copy() as path, open_workspace(path, KEY) as workspace:
        ids = [row.account_id for row in home(workspace).top_level][:40]
        usages = [account_usage(workspace, account_id) for account_id in ids]
        full = [one for one in usages if one.days >= DAYS and len(one.meters) >= METERS]
        usage = max(full, key=lambda one: len(one.tickets))
        return usage, account_tickets(workspace, usage.account_id)


def series(usage: AccountUsage) -> list[DaySeries]:
    """Its meters as lines."""
    first = usage.first_day
    assert first is not None
    return [
        DaySeries(one.meter.key, one.meter.name, first, one.daily, one.meter.unit)
        for one in usage.meters
        if one.daily is not None
    ]


def studied(usage: AccountUsage, tickets: tuple[Ticket, ...]) -> tuple[DaySeries, Band, list[Dip]]:
    """Its total with the expected range, and a dip with its words at each of forty tickets."""
    assert usage.first_day is not None
    assert usage.total is not None
    expected = expected_of(usage.total, usage.first_day, ())
    line = DaySeries("total", "Total", usage.first_day, usage.total)
    opened = sorted({ticket.opened_at.date() for ticket in tickets})
    shown = opened[:: max(1, len(opened) // DIPS)][:DIPS]
    dips = [
        Dip(
            day,
            day + timedelta(days=4),
            "−31 % after a ticket",
            "95 %: −38 to −22 · value restored after 5 days",
            restored=day + timedelta(days=5),
        )
        for day in shown
    ]
    return line, Band(usage.first_day, expected.low, expected.high), dips


def frames(chart: UsageChart, keys: tuple[Qt.Key, ...]) -> list[float]:
    """Milliseconds from each key to the end of the painting that follows."""
    view = chart.findChild(QGraphicsView)
    assert view is not None
    spent: list[float] = []
    for key in keys * ROUNDS:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        began = perf_counter()
        QApplication.sendEvent(chart, event)
        view.viewport().repaint()
        spent.append(1000 * (perf_counter() - began))
    return spent


def paintings_at_rest(chart: UsageChart) -> list[float]:
    """Milliseconds of each painting in full quality."""
    view = chart.findChild(QGraphicsView)
    assert view is not None
    spent: list[float] = []
    for _ in range(ROUNDS // 4):
        began = perf_counter()
        view.viewport().repaint()
        spent.append(1000 * (perf_counter() - began))
    return spent


def run() -> list[Figure]:
    usage, tickets = busiest()
    line, band, dips = studied(usage, tickets)
    marks = [
        TicketMark(
            ticket.opened_at.date(),
            ticket.number,
            ticket.title,
            high=ticket.priority is not None and ticket.priority.is_high,
        )
        for ticket in tickets
    ]
    figures: list[Figure] = []
    with screen_here():
        app = QApplication([])
        Theme.install(app, Mode.LIGHT)
        chart = UsageChart()
        chart.resize(WIDTH, HEIGHT)
        chart.set_data(series(usage), tickets=marks)
        chart.show()
        while not chart.windowHandle().isExposed():
            app.processEvents()
        figures += measured(chart, f"{len(usage.meters)} meters, {len(tickets)} tickets")
        chart.set_data([line], band=band, dips=dips, tickets=marks)
        figures += measured(chart, f"expected range, {len(dips)} dips, {len(tickets)} tickets")
        chart.close()
    return figures


def measured(chart: UsageChart, what: str) -> list[Figure]:
    """Paintings at rest, pans and zooms of a year and of two."""
    figures: list[Figure] = []
    QApplication.processEvents()
    chart.show_all()
    _, last = chart.day_range()
    for days in (DAYS // 2, DAYS):
        chart.set_range(last - timedelta(days=days - 1), last)
        QApplication.processEvents()
        rested = float(np.median(paintings_at_rest(chart)))
        figures.append(Figure(f"at rest, {days} days, one painting", rested, "ms", note=f"median; {what}"))
        for move, keys in MOVES.items():
            spent = frames(chart, keys)
            QTest.qWait(2 * SETTLES_AFTER_MS)
            figures.append(
                Figure(
                    f"{move}, {days} days, frame at the 95th percentile",
                    float(np.percentile(spent, 95)),
                    "ms",
                    limit=FRAME_MS,
                    note=f"median {np.median(spent):.1f} ms; {what}, {WIDTH}×{HEIGHT}, "
                    f"{QApplication.platformName()}",
                )
            )
    return figures
