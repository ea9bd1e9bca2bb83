"""Buttons: primary, secondary, quiet, destructive, link; icon buttons and buttons that open a menu."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from convergedesk.desktop.theme import Role, color, font, give_focus_ring, paint_icon, theme
from convergedesk.desktop.theme import icon as tinted_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_ICON_TONES = {
    "primary": "on_accent",
    "secondary": "text_2",
    "quiet": "text_2",
    "destructive": "critical",
    "link": "accent_text",
}
_RADIUS = 6
_ICON = 16
_SMALL_ICON = 14
# Qt puts 4 px between icon and text; the design wants 8.
_ICON_GAP = 4


class Button(QPushButton):
    """A button that says what it does, verb first."""

    def __init__(
        self,
        text: str,
        variant: str = "secondary",
        *,
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`variant` is primary (one per view), secondary, quiet, destructive or link."""
        super().__init__(text, parent)
        self._variant = variant
        self._small = small
        self.setProperty("variant", variant)
        self.setProperty("small", small)
        self.setFont(font(self._role()))
        # A dialog must not press the first button for Enter in a field.
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        give_focus_ring(self, _RADIUS, outlined=variant == "primary")
        if icon:
            self.set_icon(icon)

    def set_icon(self, name: str) -> None:
        """Show a Phosphor icon before the text."""
        side = _SMALL_ICON if self._small else _ICON
        self.setIconSize(QSize(side + _ICON_GAP, side))
        self.setIcon(tinted_icon(name, _ICON_TONES[self._variant]))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and self.font() != font(self._role()):
            self.setFont(font(self._role()))
        super().changeEvent(event)

    def _role(self) -> Role:
        return Role.LABEL_STRONG if self._small else Role.STRONG


class IconButton(QPushButton):
    """A button that is only an icon; its name is its tooltip and what a screen reader says."""

    def __init__(
        self, icon: str, name: str, *, bordered: bool = False, parent: QWidget | None = None
    ) -> None:
        """`icon` is a Phosphor name, `name` what the button does."""
        super().__init__(parent)
        self.setProperty("variant", "secondary" if bordered else "quiet")
        self.setProperty("iconOnly", True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        give_focus_ring(self, _RADIUS)
        self.set_icon(icon, name)

    def set_icon(self, icon: str, name: str) -> None:
        """Show another icon and say another name."""
        self.setIcon(tinted_icon(icon, "text_2"))
        self.setToolTip(name)
        self.setAccessibleName(name)


class MenuButton(Button):
    """A button with a caret that opens a menu of choices."""

    def __init__(
        self, text: str, *, icon: str = "", small: bool = False, parent: QWidget | None = None
    ) -> None:
        """Fill `menu()` with actions, or call `add_choice`."""
        super().__init__(text, icon=icon, small=small, parent=parent)
        self.setMenu(Menu(self))
        self.setProperty("caret", True)

    def add_choice(self, text: str, *, icon: str = "", checked: bool | None = None) -> QAction:
        """Add an entry; connect its `triggered`."""
        action = self.menu().addAction(text)
        if icon:
            action.setIcon(tinted_icon(icon, "text_2"))
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        return action

    def set_choices(
        self, choices: Iterable[tuple[Hashable, str]], choose: Callable[[object], object]
    ) -> None:
        """Offer these entries, (key, text), in place of any before; `choose` is given the key."""
        self.menu().clear()
        for key, text in choices:
            self.add_choice(text.replace("&", "&&")).triggered.connect(partial(_chosen, choose, key))

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        # The style sheet's padding is not heeded around the label of a button that has a menu.
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = 12
        square = QRectF(self.width() - side - 10, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        paint_icon(painter, square, "caret-down", color("text_2" if self.isEnabled() else "text_3"))


def _chosen(choose: Callable[[object], object], key: object, _checked: bool = False) -> None:
    choose(key)


class Menu(QMenu):
    """A menu with rounded corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty menu."""
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFont(theme().font(Role.BODY))
