"""Example files, one per kind of data, for people who build an export by hand."""

from __future__ import annotations

import csv
from pathlib import Path

from convergedesk.domain.errors import ReadOnlyError
from convergedesk.domain.records import EntityKind
from convergedesk.sources.files.catalogue import Field, entity_label, fields_of, names_account

_HEAD = """\
Example files for ConvergeDesk
==============================

Each file holds one kind of data and one example row. Replace the rows by your own, leave out
the columns and files that you do not have, and import the folder. Files in any other shape
are recognised too; these are the ones that need no question.

Days are written 2026-10-21, moments 2026-10-21T08:12:00Z, numbers with a point. A row that
cannot be read is kept aside with its reason; the others go in.
"""


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write an example file per kind of data, and a README in plain words.

    Args:
        folder: Where; made where it is missing. Files of the same names are replaced.

    Raises:
        ReadOnlyError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = tuple(_write_example(folder, entity) for entity in EntityKind)
        readme = folder / "README.txt"
        readme.write_text("\n".join([_HEAD, *map(_describe, EntityKind)]), encoding="utf-8")
    except OSError as error:
        raise ReadOnlyError(
            f"The example files cannot be written to “{folder}”.",
            fix="Choose a folder of your own.",
            details=str(error),
        ) from error
    return (*files, readme)


def _write_example(folder: Path, entity: EntityKind) -> Path:
    path = folder / f"{entity.value}.csv"
    fields = fields_of(entity)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.key for field in fields])
        writer.writerow([field.example for field in fields])
    return path


def _describe(entity: EntityKind) -> str:
    title = f"{entity.value}.csv: {entity_label(entity)}"
    anyone = names_account(entity)
    lines = [title, "-" * len(title)]
    if anyone and entity not in (EntityKind.ACCOUNTS, EntityKind.CALENDAR_EVENTS):
        lines.append(f"Needs one of: {', '.join(anyone)}.")
    return "\n".join([*lines, *(_line(field) for field in fields_of(entity)), ""])


def _line(field: Field) -> str:
    words = field.help
    if field.choices:
        words = f"{words} One of: {', '.join(field.choices)}."
    needed = " (needed)" if field.required else ""
    return f"  {field.key}{needed}: {words}"
