"""What may go wrong with a layout, looked for in a window as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLayout,
    QScrollArea,
    QWidget,
)

from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.label import ElidedLabel, RunsLabel

_BREAKS = re.compile("[\\s\u200b\\-/]+")
# Rounding of fonts and of fractional scales.
_SLACK = 2
# These say in a tooltip what they shorten.
_SHORTENING = (ElidedLabel, RunsLabel, StatusText)


def layout_findings(window: QWidget) -> list[str]:
    """Every text that is cut off, every overlap, and whatever reaches out of the window."""
    found: list[str] = []
    for widget in [one for one in window.findChildren(QWidget) if one.isVisible()]:
        found += _cut_label(widget)
        found += _cut_button(widget)
        found += _overlaps(widget)
        found += _outside(widget, window)
        found += _hidden_sideways(widget)
    return found


def named(widget: QWidget) -> str:
    """How a finding calls a widget."""
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (text() if callable(text) else "") or widget.objectName()
    parents: list[str] = []
    parent = widget.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__} “{str(said)[:50]}” in {' < '.join(parents)}"


def _cut_label(widget: QWidget) -> list[str]:
    if not isinstance(widget, QLabel) or not widget.text():
        return []
    if isinstance(widget, _SHORTENING):
        wanted, room = widget.sizeHint().width(), widget.width()
        if wanted > room + _SLACK and not widget.toolTip() and not _inherits_tooltip(widget):
            return [f"shortened without a tooltip ({wanted} > {room}): {named(widget)}"]
        return []
    if widget.wordWrap():
        wanted = widget.heightForWidth(widget.width())
        longest = max(widget.fontMetrics().horizontalAdvance(word) for word in _BREAKS.split(widget.text()))
        if wanted > widget.height() + _SLACK:
            return [f"cut off below ({wanted} > {widget.height()}): {named(widget)}"]
        if longest > widget.contentsRect().width() + _SLACK:
            return [f"a word is cut off ({longest} > {widget.width()}): {named(widget)}"]
        return []
    wanted_size = widget.sizeHint()
    if wanted_size.width() > widget.width() + _SLACK or wanted_size.height() > widget.height() + _SLACK:
        return [f"cut off ({_size(wanted_size)} > {_size(widget.size())}): {named(widget)}"]
    return []


def _inherits_tooltip(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and bool(parent.toolTip())


def _cut_button(widget: QWidget) -> list[str]:
    if not isinstance(widget, QAbstractButton) or not widget.text() or widget.toolTip():
        return []
    # What says how small it can get shortens its text by itself.
    least = widget.minimumSizeHint()
    wanted = least if least.isValid() else widget.sizeHint()
    if widget.hasHeightForWidth():
        wanted = QSize(widget.width(), widget.heightForWidth(widget.width()))
    if wanted.width() > widget.width() + _SLACK or wanted.height() > widget.height() + _SLACK:
        return [f"button cut off ({_size(wanted)} > {_size(widget.size())}): {named(widget)}"]
    return []


def _overlaps(parent: QWidget) -> list[str]:
    layout = parent.layout()
    if layout is None:
        return []
    laid = [
        (one, one.geometry()) for one in _laid_out(layout) if one.isVisible() and not one.size().isEmpty()
    ]
    found: list[str] = []
    for number, (first, place) in enumerate(laid):
        for second, other in laid[number + 1 :]:
            common = place.intersected(other)
            if common.width() > _SLACK and common.height() > _SLACK:
                found.append(f"overlap of {_size(common.size())}: {named(first)} and {named(second)}")
    return found


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _outside(widget: QWidget, window: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(parent) or not _carries_text(widget):
        return []
    place = widget.geometry()
    room = QRect(0, 0, parent.width(), parent.height()).adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    if not room.contains(place):
        return [f"reaches out of its parent ({_rect(place)} of {_size(parent.size())}): {named(widget)}"]
    return []


def _carries_text(widget: QWidget) -> bool:
    return isinstance(widget, QLabel | QAbstractButton) or widget.layout() is not None


def _scrolls(parent: QWidget) -> bool:
    above = parent.parentWidget()
    return isinstance(above, QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea)


def _hidden_sideways(widget: QWidget) -> list[str]:
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if not isinstance(widget, QScrollArea) or inner is None:
        return []
    off = widget.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    content, room = inner.width(), widget.viewport().width()
    if off and content > room + _SLACK:
        widest = _widest(inner, room)
        return [f"cannot be scrolled sideways ({content} > {room}; {widest}): {named(widget)}"]
    return []


def _widest(content: QWidget, room: int) -> str:
    inner = [
        one for one in content.findChildren(QWidget) if one.isVisible() and not one.findChildren(QWidget)
    ]
    wide = [one for one in inner if one.mapTo(content, one.rect().bottomRight()).x() > room]
    return "; ".join(named(one) for one in wide[:2])


def _size(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"


def _rect(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"
