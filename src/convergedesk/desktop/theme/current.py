"""The theme of the running application: which palette is shown, and switching it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from convergedesk.desktop.theme import icons
from convergedesk.desktop.theme.focus_ring import FocusRings
from convergedesk.desktop.theme.fonts import Role, lengthen_text, load_roboto, role_font
from convergedesk.desktop.theme.palette import DARK, LIGHT, Palette
from convergedesk.desktop.theme.stylesheet import qt_palette, style_sheet

_TEXT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
_USUAL_DPI = 96.0
# Arguments of the application.
FUSION = ("-style", "Fusion")


class Mode(StrEnum):
    """Who decides between light and dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@lru_cache(maxsize=256)
def _parsed(value: str) -> QColor:
    return QColor(value)


class Theme(QObject):
    """Holds the palette on screen and the text scale, and dresses the application in them."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode, *, unfinished: bool = False) -> None:
        """Use `install` instead: there is one theme per application."""
        super().__init__(app)
        self._app = app
        self._unfinished = unfinished
        self._mode = mode
        self._still = False
        self._text_scale = self.system_text_scale()
        self._palette = LIGHT
        self._focus_rings = FocusRings(self.color, self)
        load_roboto()
        icons.set_color_source(self.color)
        if not unfinished:
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        app.focusChanged.connect(self._focus_rings.on_focus_changed)
        self._dress()

    @classmethod
    def install(cls, app: QApplication, mode: Mode = Mode.SYSTEM, *, unfinished: bool = False) -> Theme:
        """Dress the application; a second call switches the mode of the theme already there.

        Qt works out a style sheet anew for a widget, and for all in it, whenever the widget is put
        into another one. So whoever builds a whole window at once can leave the theme `unfinished`
        until it is built, and then call `finish`. The application is made with `FUSION` in that case,
        since setting the style afterwards has PySide load all that there is to styles.
        """
        global _installed
        if _installed is None:
            _installed = cls(app, mode, unfinished=unfinished)
        else:
            _installed.set_mode(mode)
        return _installed

    def finish(self) -> None:
        """Put on the style sheet, where it was left out until now."""
        if self._unfinished:
            self._unfinished = False
            self._app.setStyleSheet(style_sheet(self._palette, self.px))

    @property
    def mode(self) -> Mode:
        """Who decides between light and dark."""
        return self._mode

    @property
    def dark(self) -> bool:
        """True while the dark palette is on screen."""
        return self._palette.dark

    @property
    def palette(self) -> Palette:
        """The palette on screen."""
        return self._palette

    @property
    def text_scale(self) -> float:
        """1.0 for 100 %; the screen's own scaling comes on top."""
        return self._text_scale

    def set_mode(self, mode: Mode) -> None:
        """Switch to light, dark, or whatever the system shows."""
        if mode != self._mode:
            self._mode = mode
            self._dress()

    def toggle(self) -> None:
        """Switch between light and dark, whatever the system shows."""
        self.set_mode(Mode.LIGHT if self.dark else Mode.DARK)

    def set_text_scale(self, scale: float) -> None:
        """Make all text larger or smaller; 1.0 is 100 %."""
        if scale != self._text_scale:
            self._text_scale = scale
            self._dress()

    def px(self, length: int) -> int:
        """A length that must grow with the text, such as a row height."""
        return round(length * self._text_scale)

    def set_pseudo(self, *, pseudo: bool) -> None:
        """Try the screens with text that is 40 % longer, as a translation might be."""
        lengthen_text(pseudo=pseudo)
        self._dress()

    def set_still(self, still: bool) -> None:
        """Let nothing move, whatever the system says."""
        self._still = still

    def use_system_text_scale(self) -> None:
        """Make text as large as the system's other programs do."""
        self.set_text_scale(self.system_text_scale())

    def duration_ms(self, wanted: int) -> int:
        """How long a motion may take: nothing where the person asked for less motion."""
        return wanted if not self._still and self._moves() else 0

    def color(self, token: str) -> QColor:
        """The present colour of a token, or the colour that a '#RRGGBB' names."""
        return _parsed(token if token.startswith("#") else getattr(self._palette, token))

    def font(self, role: Role) -> QFont:
        """The font of a role at the present text scale."""
        return role_font(role, self._text_scale)

    def system_text_scale(self) -> float:
        """How large the system's other programs show text, of the sizes that we have."""
        # Linux desktops enlarge text through the logical DPI and leave the pixel ratio alone.
        screen = self._app.primaryScreen()
        if screen is None:
            return 1.0
        wanted = screen.logicalDotsPerInch() / _USUAL_DPI
        return min(_TEXT_SCALES, key=lambda scale: abs(scale - wanted))

    def _moves(self) -> bool:
        """True where the system lets things move, and there is a screen to see it on."""
        # Its many enumerations are not needed before something moves.
        from PySide6.QtWidgets import QStyle

        animated = self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        shown = self._app.platformName() != "offscreen"
        return animated and shown and self._app.isEffectEnabled(Qt.UIEffect.UI_General)

    def _dress(self) -> None:
        self._palette = DARK if self._wants_dark() else LIGHT
        self._app.setFont(self.font(Role.BODY))
        self._app.setPalette(qt_palette(self._palette))
        if not self._unfinished:
            self._app.setStyleSheet(style_sheet(self._palette, self.px))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._mode == Mode.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == Mode.DARK

    @Slot()
    def _on_system_changed(self) -> None:
        if self._mode == Mode.SYSTEM and self._wants_dark() != self.dark:
            self._dress()


_installed: Theme | None = None


def theme() -> Theme:
    """The installed theme.

    Raises:
        RuntimeError: `Theme.install` was not called yet.
    """
    if _installed is None:
        raise RuntimeError("Theme.install comes before the first widget")
    return _installed


def color(token: str) -> QColor:
    """The present colour of a token. Ask at every paint; it changes with the theme."""
    return theme().color(token)


def font(role: Role) -> QFont:
    """The font of a role at the present text scale."""
    return theme().font(role)
