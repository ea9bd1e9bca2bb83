"""What holds across the files of one import: the currency, the date order, whole lists, and the notes."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyDict
from collections.abc import Sequence
from dataclasses import replace

from convergedesk.domain.records import EntityKind
from convergedesk.sources.casting.dates import parse_moment
from convergedesk.sources.files.catalogue import FieldType, entities
from convergedesk.sources.files.evidence import money_states_currency, stated_currencies
from convergedesk.sources.files.mapping import Answers, ColumnMapping, FileMapping, Mapping
from convergedesk.sources.files.profile import Profile
from convergedesk.sources.files.tables import Table

# Kinds of which an export is often everything there is, so that what it lacks is gone.
LISTS = frozenset(
    [
        EntityKind.ACCOUNTS,
        EntityKind.PERSONS,
        EntityKind.SUBSCRIPTIONS,
        EntityKind.CONTRACTS,
        EntityKind.GOALS,
    ]
)


def money_columns(mapping: FileMapping) -> tuple[ColumnMapping, ...]:
    """The columns that hold money."""
    if mapping.entity is None:
        return ()
    entity = entities()[mapping.entity]
    return tuple(
        column
        for column in mapping.columns
        if column.field and (field := entity.field(column.field)) and field.type is FieldType.MONEY
    )


def settle(
    mapping: Mapping,
    tables: Sequence[Table],
    looked: ReadOnlyDict[str, tuple[Profile, ...]],
    answers: Answers,
) -> Mapping:
    """Apply the answers, take one currency for all where only one is stated, and note what was assumed."""
    notes: list[str] = []
    files = [_answered(file, answers) for file in mapping.files]
    files = _with_currency(files, looked, answers, notes)
    titles = {table.name: table.title for table in tables}
    for file in files:
        if (
            file.date_evidence is not None
            and file.date_evidence.decided is not None
            and file.entity is not None
        ):
            first = "day" if file.date_evidence.decided == "dmy" else "month"
            notes.append(
                f"In {titles[file.table]} dates such as {file.date_evidence.example} put the {first} first."
            )
    naive = [file for file in files if _naive_times(file, looked[file.table])]
    if naive:
        zones = " and ".join(sorted({file.time_zone for file in naive}))
        notes.append(f"Times that state no zone are read as {zones}; --time-zone names another.")
    months = [
        titles[file.table]
        for file in files
        if file.entity is EntityKind.USAGE and file.granularity == "month"
    ]
    if months:
        notes.append(f"Usage in {', '.join(months)} is known by the month and is kept by the month.")
    kinds = {file.entity for file in files if file.entity and file.entity in LISTS and file.whole is None}
    parts = sorted(entities()[kind].noun for kind in kinds)
    if parts:
        notes.append(
            f"Lists of {', '.join(parts)} are read as parts: nothing that they lack is marked gone. "
            "--whole-list says otherwise."
        )
    return replace(mapping, files=tuple(files), notes=tuple(notes))


def _answered(file: FileMapping, answers: Answers) -> FileMapping:
    if file.entity is None:
        return file
    if answers.date_order is not None and file.date_evidence is not None:
        file = replace(file, date_order=answers.date_order)
    if answers.time_zone is not None:
        file = replace(file, time_zone=answers.time_zone)
    if file.entity in answers.whole:
        return replace(file, whole=True)
    return replace(file, whole=False) if file.entity in answers.part else file


def _with_currency(
    files: list[FileMapping],
    looked: ReadOnlyDict[str, tuple[Profile, ...]],
    answers: Answers,
    notes: list[str],
) -> list[FileMapping]:
    stated: dict[str, str] = {}
    for file in files:
        for code, column in stated_currencies(file, money_columns(file), looked[file.table]).items():
            stated.setdefault(code, f"“{column}” in {file.table}")
    settled: list[FileMapping] = []
    for file in files:
        money = money_columns(file)
        if not money or money_states_currency(file, money, looked[file.table]):
            settled.append(file)
        elif answers.currency is not None:
            settled.append(replace(file, currency=answers.currency))
        elif len(stated) == 1 and file.currency in {None, *stated}:
            code, place = next(iter(stated.items()))
            silent = ", ".join(f"“{column.column}”" for column in money if column.currency is None)
            notes.append(
                f"{file.table} does not say in which currency {silent} is; {code} is taken, the only one "
                f"that these files name ({place}). --currency says otherwise."
            )
            settled.append(replace(file, currency=code))
        else:
            settled.append(file)
    return settled


def _naive_times(file: FileMapping, columns: tuple[Profile, ...]) -> bool:
    if file.entity is None:
        return False
    entity = entities()[file.entity]
    times = {
        column.column
        for column in file.columns
        if column.field and (field := entity.field(column.field)) and field.type is FieldType.TIME
    }
    for profile in columns:
        if profile.column.name in times:
            for value in profile.values[:50]:
                moment = parse_moment(value, file.date_order)
                if moment is not None and moment.has_time and moment.at.tzinfo is None:
                    return True
    return False
