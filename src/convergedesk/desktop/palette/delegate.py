"""Paints the palette's rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from convergedesk.desktop.palette.entries import Entry, Heading, Part, Row
from convergedesk.desktop.theme import Role, color, font, paint_icon, theme
from convergedesk.desktop.widgets.key_hint import hint_width, paint_key_hint
from convergedesk.domain.search import Marked

ROW_HEIGHT = 40
HEADING_HEIGHT = 28
ROW_ROLE = Qt.ItemDataRole.UserRole
_SIDE = 6
_PADDING = 10
_ICON = 18
_GAP = 12
_KEY_GAP = 8
_RADIUS = 6
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Icon, words with what matches in bold, and a word or keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = isinstance(index.data(ROW_ROLE), Heading)
        return QSize(0, theme().px(HEADING_HEIGHT if heading else ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        if isinstance(row, Heading):
            painter.setPen(color("text_3"))
            painter.setFont(font(Role.LABEL_MEDIUM))
            area = rect.adjusted(_SIDE + _PADDING, 0, -_PADDING, -2)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.title)
        else:
            state = option.state
            _paint_entry(painter, rect, row, selected=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()


def _paint_entry(painter: QPainter, rect: QRectF, entry: Entry, *, selected: bool) -> None:
    if selected:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft"))
        painter.drawRoundedRect(rect.adjusted(_SIDE, 0, -_SIDE, 0), _RADIUS, _RADIUS)
    left = rect.left() + _SIDE + _PADDING
    right = rect.right() - _SIDE - _PADDING
    middle = rect.center().y()
    icon = theme().px(_ICON)
    tone = "accent_text" if selected else "text_2"
    paint_icon(painter, QRectF(left, middle - icon / 2, icon, icon), entry.icon, color(tone))
    right = _paint_trail(painter, right, middle, entry, selected=selected) - _GAP
    left += icon + _GAP
    if not entry.note.text:
        paint_parts(painter, QRectF(left, rect.top(), right - left, rect.height()), entry.parts, Role.BODY)
        return
    upper, lower = (QFontMetricsF(font(role)).height() for role in (Role.BODY, Role.CAPTION))
    top = middle - (upper + lower) / 2
    paint_parts(painter, QRectF(left, top, right - left, upper), entry.parts, Role.BODY)
    line = QRectF(left, top + upper, right - left, lower)
    if entry.internal:
        paint_icon(
            painter, QRectF(line.left(), line.center().y() - 6, 12, 12), "lock-simple", color("text_3")
        )
        line.setLeft(line.left() + 16)
    paint_parts(painter, line, (Part(entry.note, "text_3"),), Role.CAPTION)


def _paint_trail(painter: QPainter, right: float, middle: float, entry: Entry, *, selected: bool) -> float:
    """Paint what stands at the right; returns where it begins."""
    keys = entry.keys or (("Enter",) if selected and not entry.trail else ())
    for key in reversed(keys):
        paint_key_hint(painter, right, middle, key)
        right -= hint_width(key) + _KEY_GAP
    if entry.trail:
        metrics = QFontMetricsF(font(Role.LABEL))
        width = metrics.horizontalAdvance(entry.trail)
        painter.setFont(font(Role.LABEL))
        painter.setPen(color(entry.trail_tone))
        area = QRectF(right - width - 1, middle - metrics.height() / 2, width + 2, metrics.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.trail)
        right -= width
        if entry.trail_icon:
            size = theme().px(14)
            right -= size + 4
            paint_icon(
                painter,
                QRectF(right, middle - size / 2, size, size),
                entry.trail_icon,
                color(entry.trail_tone),
            )
    if entry.internal and not entry.note.text:
        size = theme().px(12)
        right -= size + 8
        paint_icon(painter, QRectF(right, middle - size / 2, size, size), "lock-simple", color("text_3"))
    return right


def paint_parts(painter: QPainter, rect: QRectF, parts: Sequence[Part], role: Role) -> None:
    """Paint one line of pieces, what matches bold and in the accent; the end is elided where it is long."""
    plain, medium, bold = _fonts(role)
    x = rect.left()
    metrics = QFontMetricsF(plain)
    baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    for part in parts:
        for text, matches in _pieces(part.text):
            used = bold if matches else medium if part.medium else plain
            measure = QFontMetricsF(used)
            width = measure.horizontalAdvance(text)
            painter.setFont(used)
            painter.setPen(color("accent_text" if matches else part.tone))
            if x + width > rect.right():
                cut = measure.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, rect.right() - x))
                painter.drawText(QPointF(x, baseline), cut)
                return
            painter.drawText(QPointF(x, baseline), text)
            x += width


def _fonts(role: Role) -> tuple[QFont, QFont, QFont]:
    if role is Role.CAPTION:
        return font(Role.CAPTION), font(Role.CAPTION_MEDIUM), font(Role.CAPTION_STRONG)
    return font(Role.BODY), font(Role.MEDIUM), font(Role.STRONG)


def _pieces(marked: Marked) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in marked.spans:
        pieces += [(marked.text[at:start], False), (marked.text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, (marked.text[at:], False)) if piece[0]]
