"""Colours, type and icons: everything that makes the screens look of one piece."""

from convergedesk.desktop.theme.current import Mode, Theme, color, font, theme
from convergedesk.desktop.theme.focus_ring import give_focus_ring
from convergedesk.desktop.theme.fonts import Role
from convergedesk.desktop.theme.icons import icon, paint_icon, pixmap
from convergedesk.desktop.theme.logo import app_icon, paint_logo
from convergedesk.desktop.theme.palette import DARK, LIGHT, Palette

__all__ = [
    "DARK",
    "LIGHT",
    "Mode",
    "Palette",
    "Role",
    "Theme",
    "app_icon",
    "color",
    "font",
    "give_focus_ring",
    "icon",
    "paint_icon",
    "paint_logo",
    "pixmap",
    "theme",
]
