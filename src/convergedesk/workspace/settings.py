"""Settings as the screens and the command line use them: typed reading and writing, files of them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from convergedesk.domain.declared_settings import SETTINGS, setting_named
from convergedesk.domain.settings import Scope, Setting, SettingError
from convergedesk.workspace.session import Workspace

T = TypeVar("T")
_MOST_BYTES = 1_000_000


class Values(Protocol):
    """Named values of this computer, such as `host.settings.SettingsFile`."""

    def get(self, name: str, default: Any = None) -> Any:
        """The value of that name, or the default."""
        ...

    def set(self, name: str, value: Any) -> None:
        """Keep a value; None forgets it."""
        ...


class Settings:
    """Reads and writes settings of either scope. Call it in a job where a workspace is named."""

    def __init__(self, values: Values, workspace: Workspace | None = None) -> None:
        """`workspace` is where settings of that scope are kept; without one they have their defaults."""
        self._values = values
        self._workspace = workspace

    def get(self, setting: Setting[T]) -> T:
        """What holds now."""
        return setting.read(self._stored(setting.scope).get)

    def everything(self) -> dict[str, Any]:
        """What holds now, by key, in the order of the form."""
        computer, workspace = self._stored(Scope.COMPUTER), self._stored(Scope.WORKSPACE)
        return {
            one.key: one.read((computer if one.scope is Scope.COMPUTER else workspace).get)
            for one in SETTINGS
        }

    def set(self, setting: Setting[T], value: T) -> None:
        """Choose a value. Raises SettingError where the setting cannot take it."""
        parsed = setting.parse(value)
        if setting.scope is Scope.COMPUTER:
            self._values.set(setting.key, parsed)
            for name in setting.old_keys:
                self._values.set(name, None)
        elif self._workspace is not None:
            from convergedesk.store.settings import write_setting

            write_setting(self._workspace.store, setting.key, parsed, now=self._workspace.clock.now())

    def keep_unknown(self, name: str, value: Any) -> None:
        """Keep what a later release may know."""
        self._values.set(name, value)

    def _stored(self, scope: Scope) -> Any:
        if scope is Scope.COMPUTER:
            return self._values
        if self._workspace is None:
            return {}
        from convergedesk.store.settings import read_settings

        return read_settings(self._workspace.store)


def workspace_setting(workspace: Workspace, setting: Setting[T]) -> T:
    """What holds in a workspace, for use cases; for settings of scope WORKSPACE."""
    from convergedesk.store.settings import read_settings

    return setting.read(read_settings(workspace.store).get)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """What a file of settings would change.

    Attributes:
        setting: The setting.
        before: What holds now.
        after: What the file says.
    """

    setting: Setting[Any]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class SettingsPlan:
    """A file of settings, read and compared with what holds.

    Attributes:
        changes: What would change.
        faults: A sentence for every value that no setting takes; those are left as they are.
        unknown: Names that this release does not know, with their values; they are kept.
    """

    changes: tuple[SettingChange, ...]
    faults: tuple[str, ...]
    unknown: Mapping[str, Any]


def export_text(settings: Settings, *, as_json: bool = False) -> str:
    """Every setting with its help, as TOML, or without the help as JSON."""
    holding = settings.everything()
    if as_json:
        return json.dumps(holding, indent=2, ensure_ascii=False) + "\n"
    lines = ["# Settings of ConvergeDesk. Lines may be left out; those settings stay as they are."]
    for group in dict.fromkeys(one.group for one in SETTINGS):
        lines += ["", f"[{group}]"]
        for one in (one for one in SETTINGS if one.group is group):
            name = one.key.partition(".")[2]
            lines += [f"# {one.title}: {one.help}", f"{name} = {_toml(holding[one.key])}"]
    return "\n".join(lines) + "\n"


def plan_import(path: Path, settings: Settings) -> SettingsPlan:
    """Read a TOML or JSON file of settings and say what it would change; nothing is changed yet.

    Raises:
        SettingError: The file cannot be read as settings at all.
    """
    found = _flat(_parsed(path))
    changes: list[SettingChange] = []
    faults: list[str] = []
    unknown: dict[str, Any] = {}
    holding = settings.everything()
    for name, raw in found.items():
        setting = setting_named(name)
        if setting is None:
            unknown[name] = raw
            continue
        try:
            value = setting.parse(raw)
        except SettingError as error:
            faults.append(error.sentence)
            continue
        if value != holding[setting.key]:
            changes.append(SettingChange(setting, holding[setting.key], value))
    return SettingsPlan(tuple(changes), tuple(faults), unknown)


def apply_plan(plan: SettingsPlan, settings: Settings) -> None:
    """Choose what the plan says, and keep the names that this release does not know."""
    for change in plan.changes:
        settings.set(change.setting, change.after)
    for name, value in plan.unknown.items():
        # Names without a group are the program's own, such as the window's place.
        if "." in name:
            settings.keep_unknown(name, value)


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SettingError(f"“{path.name}” is too large to be a file of settings.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"“{path.name}” cannot be read.", fix="Choose a file that was exported here.", details=str(error)
        ) from error
    try:
        found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingError(
            f"“{path.name}” is no file of settings: {_where(error)}.",
            fix="Choose a file that was exported here, or mend that line.",
            details=str(error),
        ) from error
    return cast("Mapping[str, Any]", found)


def _where(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    text = str(error)
    if line is None and "at line " in text:
        line = text.partition("at line ")[2].split(",", 1)[0]
    return f"line {line} cannot be understood" if line else "it cannot be understood"


def _flat(found: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, Mapping):
            flat |= _flat(cast("Mapping[str, Any]", value), f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = value
    return flat


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A JSON string is a TOML string as well; '/' is never escaped by Python.
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
