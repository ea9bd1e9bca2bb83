"""What a setting is: declared once, read with care, shown as a field of a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar, cast

from convergedesk.domain.errors import ConvergeDeskError

T = TypeVar("T")


class SettingError(ConvergeDeskError):
    """A value that a setting cannot take; the sentence names the setting and says what it takes."""


class Scope(StrEnum):
    """Whom a setting holds for."""

    COMPUTER = "computer"
    WORKSPACE = "workspace"


class Group(StrEnum):
    """The heading under which a setting stands in the form, in their order."""

    YOU = "you"
    APPEARANCE = "appearance"
    SECURITY = "security"
    BACKUPS = "backups"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Toggle:
    """On or off."""

    def fault(self, value: object) -> str:
        """What a value should be, or empty where it is that."""
        return "" if isinstance(value, bool) else "takes only on or off (true or false)"


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds, both included.

    Attributes:
        least: The smallest.
        most: The largest.
        unit: What is counted, such as 'copies'.
    """

    least: int
    most: int
    unit: str = ""

    def fault(self, value: object) -> str:
        """What a value should be, or empty where it is that."""
        fits = isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
        return "" if fits else f"takes a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each with its words."""

    options: tuple[tuple[str | int, str], ...]

    def fault(self, value: object) -> str:
        """What a value should be, or empty where it is that."""
        known = [option for option, _ in self.options]
        if any(type(value) is type(option) and value == option for option in known):
            return ""
        return f"takes one of {', '.join(str(option) or 'empty' for option in known)}"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text.

    Attributes:
        longest: Most characters.
        required: False where it may be empty.
        check: Says what an unusable text should be; empty for a usable one.
        placeholder: What an empty field shows.
    """

    longest: int = 200
    required: bool = False
    check: Callable[[str], str] | None = None
    placeholder: str = ""

    def fault(self, value: object) -> str:
        """What a value should be, or empty where it is that."""
        if not isinstance(value, str):
            return "takes text"
        if not value:
            return "cannot be empty" if self.required else ""
        if len(value) > self.longest or "\n" in value or "\0" in value:
            return f"takes one line of at most {self.longest} characters"
        return self.check(value) if self.check is not None else ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its whole path; empty for the program's own.

    Attributes:
        own: What the form calls the program's own folder.
    """

    own: str

    def fault(self, value: object) -> str:
        """What a value should be, or empty where it is that."""
        from pathlib import Path

        if isinstance(value, str) and (not value or Path(value).is_absolute()):
            return ""
        return "takes the whole path of a folder, or nothing"


Field = Toggle | Number | Choice | Text | Folder


def unchanged(raw: object) -> object:
    """The migration of a setting whose values never changed their meaning."""
    return raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[T]):
    """One setting.

    Attributes:
        key: Its name in files, 'group.name'; never changes.
        default: What holds until somebody chooses.
        title: Its name on screen.
        help: What it does, in a sentence.
        group: Where it stands in the form.
        scope: Whom it holds for.
        field: What it takes, and how it is shown.
        also: Further words by which a search finds it.
        old_keys: Names that it had before; the first that is found counts where `key` is missing.
        migrate: Turns a value of an earlier release into one of today.
    """

    key: str
    default: T
    title: str
    help: str
    group: Group
    scope: Scope
    field: Field
    also: str = ""
    old_keys: tuple[str, ...] = ()
    migrate: Callable[[object], object] = unchanged

    def parse(self, raw: object) -> T:
        """The value that `raw` stands for. Raises SettingError where it stands for none."""
        value = self.migrate(raw)
        fault = self.field.fault(value)
        if fault:
            shown = f"“{raw}”" if isinstance(raw, str) else str(raw)
            raise SettingError(f"“{self.key}” {fault}; {shown[:60]} is not that.")
        return cast("T", value)

    def read(self, get: Callable[[str], object]) -> T:
        """The value among stored ones; the default where there is none that can be used.

        Args:
            get: The stored value of a name, or None.
        """
        for name in (self.key, *self.old_keys):
            raw = get(name)
            if raw is not None:
                try:
                    return self.parse(raw)
                except SettingError:
                    return self.default
        return self.default

    def matches(self, words: str) -> bool:
        """True where every word stands in the title, the help or the further words."""
        text = f"{self.title} {self.help} {self.also} {self.key}".casefold()
        return all(word in text for word in words.casefold().split())
