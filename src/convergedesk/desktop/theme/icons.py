"""Phosphor icons, painted from the font file and tinted with live theme colours."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from convergedesk.desktop.theme.fonts import package_folder

if TYPE_CHECKING:
    from collections.abc import Callable

# The regular cut fades at these sizes; the bold one has the strokes of a 16 px icon.
_BOLD_UP_TO_PX = 14
_resolve: Callable[[str], QColor] = QColor


def set_color_source(resolve: Callable[[str], QColor]) -> None:
    """Tell the icons where a theme colour's present value comes from."""
    global _resolve
    _resolve = resolve


@cache
def _font_family() -> str:
    path = package_folder("qtawesome") / "fonts" / "phosphor-1.3.0.ttf"
    loaded = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(loaded)[0]


@cache
def _glyphs() -> dict[str, str]:
    path = package_folder("qtawesome") / "fonts" / "phosphor-charmap-1.3.0.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _glyph(name: str, size: float) -> str:
    glyphs = _glyphs()
    plain = not name.endswith(("-fill", "-bold", "-thin", "-light", "-duotone"))
    if plain and size <= _BOLD_UP_TO_PX and f"{name}-bold" in glyphs:
        name = f"{name}-bold"
    return chr(int(glyphs[name], 16))


@lru_cache(maxsize=64)
def _icon_font(size: int) -> QFont:
    font = QFont(_font_family())
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, color: QColor) -> None:
    """Paint an icon centred in a rectangle, as large as its shorter side.

    Raises:
        KeyError: Phosphor 1.3 has no icon of that name.
    """
    rect = QRectF(rect)
    size = min(rect.width(), rect.height())
    glyph = _glyph(name, size)
    painter.save()
    painter.setFont(_icon_font(round(size)))
    painter.setPen(color)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, glyph)
    painter.restore()


@lru_cache(maxsize=512)
def _cached_pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, QRectF(0, 0, size, size), name, QColor.fromRgba(rgba))
    painter.end()
    return pixmap


def pixmap(name: str, color: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels for a screen with that device-pixel ratio; cached.

    Raises:
        KeyError: Phosphor 1.3 has no icon of that name.
    """
    _glyph(name, size)
    return _cached_pixmap(name, _resolve(color).rgba(), size, ratio)


class _Engine(QIconEngine):
    """Asks for the theme's colour at every paint, so that icons follow a switch by themselves.

    The glyph stands at the left of the rectangle: a button widens its icon size to get the gap
    between icon and text that Qt does not let a style set.
    """

    def __init__(self, name: str, color: str, checked: str, disabled: str) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._checked = checked
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = self._checked if state == QIcon.State.On else self._color
        if mode == QIcon.Mode.Disabled:
            token = self._disabled
        side = min(rect.width(), rect.height())
        square = QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side)
        paint_icon(painter, square, self._name, _resolve(token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        image = QPixmap(size * scale)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._color, self._checked, self._disabled)


def icon(name: str, color: str = "text_2", *, checked: str = "", disabled: str = "text_3") -> QIcon:
    """A Phosphor icon in a theme colour; `checked` is its colour while its button is on."""
    return QIcon(_Engine(name, color, checked or color, disabled))
