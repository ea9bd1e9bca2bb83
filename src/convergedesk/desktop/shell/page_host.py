"""The pages of the window, built when they are first shown and kept from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageSpec(NamedTuple):
    """A page of the window.

    A page is any widget. Where it has these, the window uses them: `open(argument)` when it is
    gone to, `focus_search()` for Ctrl F, `panes()` (widgets in reading order) for F6.

    Attributes:
        key: Name in code.
        title: Word in the rail and in the window's title.
        icon: Phosphor name.
        factory: Builds the page; called once, when it is first shown.
        in_rail: False for pages that are reached from others, such as one account.
        lights: Key of the rail's item that is lit while the page is shown; its own where empty.
        at_bottom: Stands at the rail's foot, as Settings does.
        bare: Shown without rail and top bar, as the first run is.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[], QWidget]
    in_rail: bool = True
    lights: str = ""
    at_bottom: bool = False
    bare: bool = False


class PageHost(QStackedWidget):
    """Shows one page at a time."""

    def __init__(self, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        """Nothing is built yet."""
        super().__init__(parent)
        self._specs = {spec.key: spec for spec in specs}
        self._pages: dict[str, QWidget] = {}
        self._current: PageSpec | None = None
        # A click beside everything takes the keyboard out of whatever field had it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def current_spec(self) -> PageSpec | None:
        """The page on screen, or None before the first."""
        return self._current

    @property
    def specs(self) -> tuple[PageSpec, ...]:
        """All pages in their order."""
        return tuple(self._specs.values())

    def page(self, key: str) -> QWidget:
        """The page of that key, built if need be.

        Raises:
            KeyError: There is no such page.
        """
        if key not in self._pages:
            page = self._specs[key].factory()
            self._pages[key] = page
            self.addWidget(page)
        return self._pages[key]

    def show_page(self, key: str, argument: object = None) -> PageSpec:
        """Bring a page to the front and hand it what it is to show."""
        page = self.page(key)
        self._current = self._specs[key]
        self.setCurrentWidget(page)
        opener = getattr(page, "open", None)
        if callable(opener):
            opener(argument)
        return self._current
