"""What the palette can do, beside finding things: every command with the keys that do the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from convergedesk.desktop.shell.window import MainWindow
from convergedesk.desktop.theme import Mode, theme

_TEXT_SIZES = (1.0, 1.25, 1.5, 2.0)


class Command(NamedTuple):
    """Something that the program does.

    Attributes:
        key: Stable name in code.
        title: Verb first, as a button would say it.
        icon: Phosphor name.
        run: Does it.
        keys: Keys that do the same, one by one: ('Ctrl', 'Shift', 'D').
        also: Further words by which it is found.
    """

    key: str
    title: str
    icon: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    also: str = ""


class Commands:
    """The registry. Whoever has something to offer adds a source of commands.

    Sources are asked whenever the palette opens, so that a command can depend on what is on screen.
    """

    def __init__(self) -> None:
        self._sources: list[Callable[[], Iterable[Command]]] = []

    def add(self, source: Callable[[], Iterable[Command]]) -> None:
        """Ask `source` for its commands from now on."""
        self._sources.append(source)

    def all(self) -> tuple[Command, ...]:
        """The commands that there are now, in the order of their sources."""
        return tuple(command for source in self._sources for command in source())


def window_commands(window: MainWindow) -> Callable[[], Iterable[Command]]:
    """Going to every page of the rail, back and forth, light and dark, the size of text, the keys."""

    def source() -> Iterable[Command]:
        numbered = [spec for spec in window.pages.specs if spec.in_rail and not spec.at_bottom]
        for number, spec in enumerate(window.pages.specs):
            if not spec.in_rail:
                continue
            keys = ("Ctrl", str(numbered.index(spec) + 1)) if spec in numbered[:8] else ()
            yield Command(
                f"go:{spec.key}",
                f"Go to {spec.title}",
                spec.icon,
                _asking(window, spec.key),
                keys,
                f"page {number}",
            )
        yield Command("back", "Go back", "arrow-left", window.back_requested.emit, ("Alt", "←"), "previous")
        yield Command(
            "forward", "Go forward", "arrow-right", window.forward_requested.emit, ("Alt", "→"), "next"
        )
        yield from _appearance()
        yield Command("keys", "Show all keys", "keyboard", window.show_keys, ("?",), "shortcuts help")

    return source


def _appearance() -> Iterable[Command]:
    shown = theme()
    to, icon = ("light", "sun") if shown.dark else ("dark", "moon")
    keys = ("Ctrl", "Shift", "D")
    yield Command("theme", f"Switch to {to} theme", icon, shown.toggle, keys, "mode appearance colours night")
    if shown.mode is not Mode.SYSTEM:
        yield Command(
            "theme:system",
            "Follow the system's theme",
            "desktop",
            lambda: shown.set_mode(Mode.SYSTEM),
            also="light dark appearance",
        )
    for size in _TEXT_SIZES:
        if size != shown.text_scale:
            title = f"Set text size to {round(100 * size)}\u202f%"
            yield Command(f"text:{size}", title, "text-aa", _sizing(size), also="zoom larger smaller font")


def _asking(window: MainWindow, key: str) -> Callable[[], object]:
    return lambda: window.page_requested.emit(key)


def _sizing(size: float) -> Callable[[], object]:
    return lambda: theme().set_text_scale(size)
