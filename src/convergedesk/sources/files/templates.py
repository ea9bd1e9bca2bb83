"""Example files, one for each kind of table, for people who put an export together by hand."""

from __future__ import annotations

import csv
from pathlib import Path

from convergedesk.domain.errors import ReadOnlyError
from convergedesk.sources.files.catalogue import Entity, Field, entities

_HEAD = """\
Example files for ConvergeDesk
==============================

Each file holds one kind of data in a few made-up rows. Put your own rows in their place,
leave out the columns and the files that you do not have, and import the folder. Exports of
other systems need not look like this: they are recognised as they come, and what is unclear
is asked. Files like these need no question.

Write days as 2026-04-03, times as 2026-04-03 08:12 (in UTC, or say otherwise when you
import), and amounts of money with their currency in a column of its own. A row that cannot
be read is kept aside with its reason; the others come in. Importing a file again changes
only what has changed in it.
"""


def template_fields(entity: Entity) -> tuple[Field, ...]:
    """The fields that the example of a kind shows."""
    return tuple(field for field in entity.fields if field.examples)


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write an example file for each kind of table, and a README in plain words.

    Args:
        folder: Where to; made where it is missing. Files of the same names are replaced.

    Returns:
        The files, the README last.

    Raises:
        ReadOnlyError: The folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = tuple(_write_example(folder, entity) for entity in entities().values())
        readme = folder / "README.txt"
        readme.write_text(
            "\n".join([_HEAD, *(_described(entity) for entity in entities().values())]), "utf-8"
        )
    except OSError as error:
        raise ReadOnlyError(
            f"The examples cannot be written to {folder}.", fix="Choose another folder.", details=str(error)
        ) from error
    return (*written, readme)


def _write_example(folder: Path, entity: Entity) -> Path:
    fields = template_fields(entity)
    path = folder / f"{entity.kind.value}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.key for field in fields)
        writer.writerows(zip(*(field.examples for field in fields), strict=True))
    return path


def _described(entity: Entity) -> str:
    title = f"{entity.kind.value}.csv: {entity.label}"
    lines = [title, "-" * len(title)]
    for field in entity.fields:
        mark = " (needed)" if field.required else ""
        lines.append(f"  {field.key}: {field.label}{mark}. {field.help}")
    choices = [group for group in entity.needs if len(group) > 1]
    lines += [f"  Of {', '.join(group)} at least one is needed." for group in choices]
    return "\n".join(lines) + "\n"
