"""Guesses what each file is and where its columns go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind
from convergedesk.sources.files.catalogue import Entity, FieldType, entities, normal_heading
from convergedesk.sources.files.evidence import date_evidence, decimal_style
from convergedesk.sources.files.file_set import FileSet
from convergedesk.sources.files.mapping import (
    Answers,
    Certainty,
    ColumnMapping,
    FileMapping,
    Known,
    Mapping,
    moved_column,
)
from convergedesk.sources.files.matching import (
    GENERIC,
    Match,
    entity_score,
    heading_currency,
    heading_unit,
    match_columns,
)
from convergedesk.sources.files.profile import Profile
from convergedesk.sources.files.references import KeySet, Overlap, key_sets, overlaps, whole_overlap
from convergedesk.sources.files.remarks import remark_for
from convergedesk.sources.files.settle import settle
from convergedesk.sources.files.tables import Table
from convergedesk.sources.files.wide_usage import day_or_month_usage, quantity_columns

_LEAST_SCORE = 1.3
_CLEAR_LEAD = 1.35
# Headings of Freshdesk's programming interface, where priority 4 is the most urgent.
_COUNTS_UP = frozenset(["fr due by", "responder id"])
_OF_SUPPORT = frozenset(
    ["zendesk", "intercom", "freshdesk", "zammad", "chatwoot", "helpdesk", "organizations", "organisations"]
)
_OF_BILLING = frozenset(["stripe", "chargebee", "lago", "billing", "recurly", "zuora"])
_OF_USAGE = frozenset(
    ["posthog", "mixpanel", "amplitude", "openmeter", "groups", "workspaces", "tenants", "analytics"]
)


def guess(files: FileSet, answers: Answers | None = None, known: Known | None = None) -> Mapping:
    """Guess a mapping for every table.

    Args:
        files: The opened files.
        answers: What the person said beforehand.
        known: What the workspace knows, so that references into it are found.
    """
    return guess_tables(files, {}, answers or Answers(), known or Known())


def with_entity(
    files: FileSet, mapping: Mapping, table: str, entity: EntityKind | None, known: Known | None = None
) -> Mapping:
    """Say what a table's rows are (None: skip it); its columns are guessed anew.

    Raises:
        NotFoundError: There is no such table.
    """
    found = files.table(table)
    fixed = {file.table: file for file in mapping.files if file.table != table}
    return guess_tables(files, fixed, Answers(), known or Known(), forced={found.name: entity})


def with_field(
    mapping: Mapping, table: str, column: str, key: str | None, *, files: FileSet | None = None
) -> Mapping:
    """Send one column to another field, or nowhere; a column that held the field gives it up.

    Args:
        mapping: The mapping.
        table: Name of the table.
        column: Heading of the column.
        key: Key of the field; None for nowhere.
        files: The opened files; with them the date order, units and currencies are looked at anew.

    Raises:
        NotFoundError: The mapping has no such file or column.
    """
    moved = moved_column(mapping, table, column, key)
    if files is None:
        return moved
    found = files.table(table)

    def looked_at(file: FileMapping) -> FileMapping:
        columns = tuple(_with_unit(file, one) if one.column == column else one for one in file.columns)
        return _with_dates(files, found, replace(file, columns=columns))

    looked = {one.name: files.profiles(one) for one in files.tables}
    return settle(moved.change(table, looked_at), files.tables, looked, Answers())


def _with_unit(file: FileMapping, column: ColumnMapping) -> ColumnMapping:
    """The column with what its heading says of the unit and the currency."""
    field = entities()[file.entity].field(column.field) if file.entity and column.field else None
    kind = None if field is None else field.type
    return replace(
        column,
        unit=heading_unit(column.column) if kind in {FieldType.MINUTES, FieldType.MONEY} else None,
        currency=heading_currency(column.column) if kind is FieldType.MONEY else None,
    )


def _with_dates(files: FileSet, table: Table, file: FileMapping) -> FileMapping:
    """The mapping with what the file's own dates say of their order; that goes before what was saved."""
    if file.entity is None:
        return file
    entity = entities()[file.entity]
    dates = {
        column.column
        for column in file.columns
        if column.field
        and (field := entity.field(column.field))
        and field.type in {FieldType.DATE, FieldType.TIME}
    }
    evidence = date_evidence(
        files.scratch, table, [p for p in files.profiles(table) if p.column.name in dates]
    )
    decided = evidence.decided if evidence is not None else None
    return replace(
        file, date_evidence=evidence, date_order=decided or (file.date_order if evidence else None)
    )


def guess_tables(
    files: FileSet,
    fixed: dict[str, FileMapping],
    answers: Answers,
    known: Known,
    forced: dict[str, EntityKind | None] | None = None,
) -> Mapping:
    """Guess what is not `fixed` already; `forced` says what single tables are."""
    forced = forced or {}
    tables = files.tables
    looked = {table.name: files.profiles(table) for table in tables}
    first: list[FileMapping] = []
    for table in tables:
        if table.name in fixed:
            first.append(_with_dates(files, table, fixed[table.name]))
        elif table.name in forced:
            kind = forced[table.name]
            first.append(
                _mapped(
                    files, table, looked[table.name], kind, Certainty.SURE if kind else Certainty.NONE, ()
                )
            )
        else:
            kind, certainty = _kind_of(table, looked[table.name])
            first.append(_mapped(files, table, looked[table.name], kind, certainty, ()))
    sets = key_sets(files.scratch, tables, first, known)
    second = [
        mapped
        if table.name in fixed or mapped.entity is None
        else _mapped(files, table, looked[table.name], mapped.entity, mapped.certainty, sets)
        for table, mapped in zip(tables, first, strict=True)
    ]
    return settle(Mapping(tuple(second)), tables, looked, answers)


def _words(table: Table) -> str:
    name = PurePosixPath(table.name.partition("#")[0]).name
    return f"{name} {table.sheet or ''}"


def _kind_of(table: Table, columns: tuple[Profile, ...]) -> tuple[EntityKind | None, Certainty]:
    scores: list[tuple[float, EntityKind]] = []
    for kind, entity in entities().items():
        matches = match_columns(entity, columns, {})
        score = entity_score(entity, _words(table), matches)
        if kind is EntityKind.USAGE:
            score += quantity_columns(table, columns, matches).weight
        scores.append((score, kind))
    scores.sort(key=lambda item: item[0], reverse=True)
    (best, kind), (second, _) = scores[:2]
    if best < _LEAST_SCORE:
        return None, Certainty.NONE
    return (
        kind,
        Certainty.SURE if best >= _CLEAR_LEAD * second and best >= 2 * _LEAST_SCORE else Certainty.LIKELY,
    )


def _system_of(table: Table, entity: Entity) -> SystemKind:
    if entity.kind not in {EntityKind.ACCOUNTS, EntityKind.PERSONS}:
        return entity.system
    words = set(normal_heading(_words(table)).split())
    for marks, system in (
        (_OF_SUPPORT, SystemKind.SUPPORT),
        (_OF_BILLING, SystemKind.BILLING),
        (_OF_USAGE, SystemKind.USAGE),
    ):
        if words & marks:
            return system
    return entity.system


def _mapped(
    files: FileSet,
    table: Table,
    columns: tuple[Profile, ...],
    kind: EntityKind | None,
    certainty: Certainty,
    sets: tuple[KeySet, ...],
) -> FileMapping:
    if kind is None:
        nothing = tuple(ColumnMapping(c.name, None, Certainty.NONE, "not imported") for c in table.columns)
        return FileMapping(table.name, None, nothing, certainty, options=table.options)
    entity = entities()[kind]
    shared = overlaps(table, entity, columns, sets)
    boosts = {place: _boost(place[1], overlap) for place, overlap in shared.items()}
    matches = match_columns(entity, columns, boosts)
    _fill_needs(entity, columns, matches)
    usage = quantity_columns(table, columns, matches) if kind is EntityKind.USAGE else None
    if usage is not None:
        matches = usage.matches
    chosen = {
        (name, match.field.key): whole_overlap(
            files.scratch, table, column.staged, shared[name, match.field.key].keys
        )
        for name, match in matches.items()
        if (name, match.field.key) in shared and (column := table.column(name)) is not None
    }
    mapped = FileMapping(
        table=table.name,
        entity=kind,
        columns=tuple(_column(profile, matches.get(profile.column.name), chosen) for profile in columns),
        system=_system_of(table, entity),
        options=table.options,
    )
    mapped = replace(mapped, columns=tuple(_with_unit(mapped, column) for column in mapped.columns))
    if usage is not None:
        mapped = usage.applied(mapped)
    typed = [
        (column, field.type)
        for column in mapped.columns
        if column.field and (field := entity.field(column.field))
    ]
    account = next((overlap for (_, key), overlap in chosen.items() if key == "account_id"), None)
    own = mapped.system if kind is EntityKind.ACCOUNTS else None
    mapped = replace(
        mapped,
        certainty=_certainty(entity, mapped, certainty),
        account_system=account.keys.system if account is not None else own,
        decimals=decimal_style(table, typed, columns),
        one_is_highest=not _COUNTS_UP & {normal_heading(column.name) for column in table.columns},
    )
    mapped = _with_dates(files, table, mapped)
    return mapped if usage is None else replace(mapped, granularity=day_or_month_usage(columns, mapped))


def _boost(field: str, overlap: Overlap) -> float:
    """An id found is better than a name found, and both are better than a heading."""
    return overlap.share * (1.3 if field.endswith(("_id", "_number")) else 1.2)


def _fill_needs(entity: Entity, columns: tuple[Profile, ...], matches: dict[str, Match]) -> None:
    """Where a needed field has no column and just one free column could be it, take that one."""
    for group in entity.needs:
        if any(match.field.key in group for match in matches.values()):
            continue
        field = entity.field(group[0])
        if field is None or field.type is FieldType.TEXT:
            continue
        free = [
            profile
            for profile in columns
            if profile.column.name not in matches and _could_be(profile, field.type)
        ]
        if len(free) == 1:
            matches[free[0].column.name] = Match(field, GENERIC, heading=False, fit=1.0)


def _could_be(profile: Profile, kind: FieldType) -> bool:
    if kind in {FieldType.DATE, FieldType.TIME}:
        return profile.dated
    if kind is FieldType.KEY:
        return profile.looks_like_ids and profile.distinct == profile.rows
    return kind in {FieldType.NUMBER, FieldType.MONEY} and profile.numeric


def _column(profile: Profile, match: Match | None, chosen: dict[tuple[str, str], Overlap]) -> ColumnMapping:
    name = profile.column.name
    if match is None:
        return ColumnMapping(name, None, Certainty.NONE, "no matching field" if profile.values else "empty")
    overlap = chosen.get((name, match.field.key))
    found = overlap is not None and overlap.share >= 0.9
    spoken = match.heading and match.score >= GENERIC * 0.9 and match.fit >= 0.8
    return ColumnMapping(
        column=name,
        field=match.field.key,
        certainty=Certainty.SURE if found or spoken else Certainty.LIKELY,
        remark=remark_for(profile, match, overlap),
    )


def _certainty(entity: Entity, mapped: FileMapping, guessed: Certainty) -> Certainty:
    """Sure only where the kind is and every needed field has a sure column."""
    sure = {column.field for column in mapped.columns if column.certainty is Certainty.SURE}
    constant = {key for key, _ in mapped.constants}
    needs_met = all((sure | constant) & set(group) for group in entity.needs)
    return guessed if needs_met or guessed is Certainty.NONE else Certainty.LIKELY
