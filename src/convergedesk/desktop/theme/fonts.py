"""Roboto in the sizes and weights of the design system."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Roboto"
_FILES = ("Regular", "Medium", "Bold")
_WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 700: QFont.Weight.Bold}
# Tight from here up, as large text looks loose at its natural spacing.
_TIGHT_FROM_PX = 20
_TIGHT = -0.015


class Role(Enum):
    """What a piece of text is for: (size in pixels at 100 %, weight)."""

    CLAIM = (56, 700)
    SLIDE_TITLE = (38, 700)
    KPI = (26, 700)
    HERO = (30, 700)
    PAGE_TITLE = (22, 700)
    FIGURE = (18, 700)
    SECTION = (15, 700)
    LEAD = (15, 400)
    STRONG = (13, 700)
    MEDIUM = (13, 500)
    BODY = (13, 400)
    LABEL_STRONG = (12, 700)
    LABEL_MEDIUM = (12, 500)
    LABEL = (12, 400)
    CAPTION_STRONG = (11, 700)
    CAPTION_MEDIUM = (11, 500)
    CAPTION = (11, 400)

    # Every piece of text on screen looks its font up by its role; each role is there once.
    __hash__ = object.__hash__


def package_folder(package: str) -> Path:
    """The folder of an installed package, found without running any of its code.

    Raises:
        ModuleNotFoundError: The package is not installed.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.origin).parent


_family = FAMILY


def load_roboto() -> None:
    """Offer the three weights to the application; once per run."""
    for path in _font_files():
        QFontDatabase.addApplicationFont(str(path))


def lengthen_text(*, pseudo: bool) -> None:
    """Write everything with the letters of `pseudo.pseudo_font` from now on, or with the plain ones again."""
    global _family
    from convergedesk.desktop.theme.pseudo import PSEUDO_FAMILY, pseudo_font

    if pseudo and PSEUDO_FAMILY not in QFontDatabase.families():
        for path in _font_files():
            QFontDatabase.addApplicationFontFromData(pseudo_font(path.read_bytes()))
    _family = PSEUDO_FAMILY if pseudo else FAMILY
    role_font.cache_clear()


def _font_files() -> list[Path]:
    folder = package_folder("font_roboto") / "files"
    return [folder / f"Roboto-{weight}.ttf" for weight in _FILES]


@lru_cache(maxsize=128)
def role_font(role: Role, scale: float) -> QFont:
    """The font of a role at a text scale (1.0 is 100 %). Shared: copy it before changing it."""
    size, weight = role.value
    pixels = max(1, round(size * scale))
    font = QFont(_family)
    font.setPixelSize(pixels)
    font.setWeight(_WEIGHTS[weight])
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if size >= _TIGHT_FROM_PX:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _TIGHT * pixels)
    return font
