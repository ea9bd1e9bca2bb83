"""The commands that a text asks for, as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.palette.entries import Entry, Part
from convergedesk.domain.search import Marked


def matching(commands: Sequence[Command], text: str) -> tuple[Entry, ...]:
    """The commands of which some word begins like every word of the text; titles that begin so first."""
    typed = text.casefold().split()
    found: list[tuple[int, Entry]] = []
    for command in commands:
        words = re.findall(r"\w+", f"{command.title} {command.also}".casefold())
        if all(any(word.startswith(one) for word in words) for one in typed):
            first = not command.title.casefold().startswith(" ".join(typed))
            found.append((int(first), _entry(command, typed)))
    found.sort(key=lambda pair: pair[0])
    return tuple(entry for _, entry in found)


def _entry(command: Command, typed: Sequence[str]) -> Entry:
    spans = [
        (word.start(), word.start() + max(len(one) for one in typed if word.group().startswith(one)))
        for word in re.finditer(r"\w+", command.title.casefold())
        if any(word.group().startswith(one) for one in typed)
    ]
    part = Part(Marked(command.title, tuple(spans)))
    return Entry(f"command:{command.key}", command.icon, (part,), command.run, keys=command.keys)
