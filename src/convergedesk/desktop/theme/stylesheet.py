"""The one style sheet and QPalette, written from the tokens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPalette

from convergedesk.desktop.theme.palette import Palette

_TONES = (
    "text",
    "text_2",
    "text_3",
    "accent_text",
    "good",
    "warning",
    "critical",
    "on_accent",
)


def style_sheet(p: Palette, px: Callable[[int], int]) -> str:
    """The application's style sheet; `px` scales a length with the text scale."""
    tones = "\n".join(f'QLabel[tone="{tone}"] {{ color: {getattr(p, tone)}; }}' for tone in _TONES)
    return f"""
QLabel {{ background: transparent; }}
{tones}
QToolTip {{ background: {p.text}; color: {p.surface}; border: 1px solid {p.text}; padding: 3px 6px; }}
QScrollArea, QScrollArea > QWidget > QWidget[plain="true"] {{ background: transparent; border: 0; }}
{_buttons(p, px)}
{_fields(p, px)}
{_menus(p, px)}
{_scroll_bars(p)}
"""


def _buttons(p: Palette, px: Callable[[int], int]) -> str:
    return f"""
QPushButton {{
    border: 1px solid transparent; border-radius: 6px; padding: 0 11px; min-height: {px(30)}px;
    background: transparent; color: {p.text};
}}
QPushButton[small="true"] {{ min-height: {px(26)}px; padding: 0 10px; }}
QPushButton[variant="primary"] {{ background: {p.accent}; border-color: {p.accent}; color: {p.on_accent}; }}
QPushButton[variant="primary"]:hover {{ background: {p.accent_hover}; border-color: {p.accent_hover}; }}
QPushButton[variant="secondary"], QPushButton[variant="destructive"] {{
    background: {p.surface}; border-color: {p.line_strong};
}}
QPushButton[variant="destructive"] {{ color: {p.critical}; }}
QPushButton[variant="secondary"]:hover, QPushButton[variant="quiet"]:hover {{ background: {p.hover}; }}
QPushButton[variant="destructive"]:hover {{ background: {p.critical_soft}; border-color: {p.critical}; }}
QPushButton[variant="quiet"] {{ color: {p.text_2}; }}
QPushButton[variant="link"] {{ color: {p.accent_text}; padding: 0 2px; min-height: {px(22)}px; }}
QPushButton[variant="crumb"] {{ color: {p.text_3}; padding: 0; min-height: {px(22)}px; }}
QPushButton[variant="crumb"]:hover {{ color: {p.accent_text}; }}
QPushButton[variant="link"]:hover {{ text-decoration: underline; }}
QPushButton[variant="secondary"]:pressed, QPushButton[variant="quiet"]:pressed {{
    background: {p.neutral_soft};
}}
QPushButton[variant="secondary"]:focus, QPushButton[variant="destructive"]:focus,
QPushButton[variant="quiet"]:focus, QPushButton[variant="link"]:focus,
QPushButton[variant="crumb"]:focus {{ border-color: {p.accent}; }}
QPushButton:disabled {{
    background: {p.neutral_soft}; border-color: {p.line}; color: {p.text_3};
}}
QPushButton[variant="link"]:disabled, QPushButton[variant="quiet"]:disabled {{
    background: transparent; border-color: transparent;
}}
QPushButton[iconOnly="true"] {{
    padding: 0; min-width: 26px; max-width: 26px; min-height: 26px; max-height: 26px;
}}
QPushButton[iconOnly="true"][variant="secondary"] {{
    min-width: 30px; max-width: 30px; min-height: 30px; max-height: 30px;
}}
QPushButton[caret="true"] {{ padding-right: 28px; }}
QPushButton[caret="true"][small="true"] {{ padding-right: 24px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
"""


def _fields(p: Palette, px: Callable[[int], int]) -> str:
    return f"""
QLineEdit, QComboBox, QPlainTextEdit, QDateEdit, QAbstractSpinBox {{
    background: {p.surface}; color: {p.text}; border: 1px solid {p.control}; border-radius: 6px;
    padding: 0 8px; min-height: {px(30)}px;
    selection-background-color: {p.accent}; selection-color: {p.on_accent};
}}
QLineEdit[soft="true"], QComboBox[soft="true"] {{ border-color: {p.line_strong}; }}
QPlainTextEdit {{ padding: 4px 4px; }}
QPlainTextEdit[bare="true"] {{ background: transparent; border-color: transparent; padding: 1px 0; }}
QPlainTextEdit[bare="true"]:hover {{ border-color: {p.line_strong}; }}
QPlainTextEdit[bare="true"]:focus {{ background: {p.surface}; border-color: {p.accent}; }}
QComboBox {{ padding-right: 24px; combobox-popup: 0; }}
QLineEdit[small="true"], QComboBox[small="true"] {{ min-height: {px(24)}px; }}
QLineEdit:focus, QComboBox:focus, QComboBox:on, QPlainTextEdit:focus, QDateEdit:focus,
QAbstractSpinBox:focus {{
    border-color: {p.accent};
}}
QLineEdit[attention="true"], QComboBox[attention="true"] {{ border-color: {p.warning_fill}; }}
QLineEdit[fault="true"], QPlainTextEdit[fault="true"] {{ border-color: {p.critical}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{
    background: {p.neutral_soft}; border-color: {p.line}; color: {p.text_3};
}}
QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: none; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox QAbstractItemView {{
    background: {p.surface}; border: 1px solid {p.line_strong}; padding: 4px; outline: 0;
    selection-background-color: {p.accent_soft}; selection-color: {p.text};
}}
QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 8px; border-radius: 5px; }}
QComboBox QAbstractItemView::item:selected {{ background: {p.accent_soft}; color: {p.text}; }}
"""


def _menus(p: Palette, px: Callable[[int], int]) -> str:
    return f"""
QMenu {{ background: {p.surface}; border: 1px solid {p.line_strong}; border-radius: 8px; padding: 4px; }}
QMenu::item {{
    color: {p.text}; padding: 0 20px 0 10px; min-height: {px(30)}px; border-radius: 5px;
    background: transparent;
}}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {p.hover}; }}
QMenu::item:disabled {{ color: {p.text_3}; }}
QMenu::separator {{ height: 1px; background: {p.line}; margin: 4px 6px; }}
QListWidget#suggestions {{
    background: {p.surface}; border: 1px solid {p.line_strong}; border-radius: 8px; padding: 4px; outline: 0;
}}
QListWidget#suggestions::item {{
    min-height: {px(30)}px; padding: 0 8px; border-radius: 5px; color: {p.text};
}}
QListWidget#suggestions::item:selected {{ background: {p.accent_soft}; color: {p.text}; }}
QCalendarWidget QWidget {{ alternate-background-color: {p.inset}; }}
QCalendarWidget QAbstractItemView {{ background: {p.surface}; selection-background-color: {p.accent}; }}
"""


def _scroll_bars(p: Palette) -> str:
    return f"""
QScrollBar {{ background: transparent; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {p.line_strong}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {p.control}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; }}
"""


def qt_palette(p: Palette) -> QPalette:
    """The tokens in Qt's own roles, for everything that no style sheet rule reaches."""
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: p.window,
        role.WindowText: p.text,
        role.Base: p.surface,
        role.AlternateBase: p.inset,
        role.Text: p.text,
        role.Button: p.surface,
        role.ButtonText: p.text,
        role.BrightText: p.on_accent,
        role.Highlight: p.accent,
        role.HighlightedText: p.on_accent,
        role.Link: p.accent_text,
        role.LinkVisited: p.accent_text,
        role.PlaceholderText: p.text_3,
        role.ToolTipBase: p.text,
        role.ToolTipText: p.surface,
        role.Light: p.surface,
        role.Midlight: p.hover,
        role.Mid: p.line_strong,
        role.Dark: p.control,
        role.Shadow: p.text,
        role.Accent: p.accent,
    }
    for name, value in pairs.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(p.text_3))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(p.neutral_soft))
    return palette
