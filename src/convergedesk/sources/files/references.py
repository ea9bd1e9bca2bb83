"""Which columns of one file hold keys that another file defines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind
from convergedesk.domain.salesforce_id import normalise_salesforce_id
from convergedesk.sources.casting.places import company_domain, parse_domain
from convergedesk.sources.files.catalogue import Entity, normal_heading
from convergedesk.sources.files.mapping import FileMapping, Known
from convergedesk.sources.files.matching import EXACT, heading_score
from convergedesk.sources.files.profile import Profile
from convergedesk.sources.files.scratch import Scratch
from convergedesk.sources.files.tables import Table

_MOST_KEYS = 500_000
_LEAST_SHARE = 0.5
_OTHER_SYSTEMS = {
    "crm_id": SystemKind.CRM,
    "support_id": SystemKind.SUPPORT,
    "usage_id": SystemKind.USAGE,
    "billing_id": SystemKind.BILLING,
}


@dataclass(frozen=True, slots=True)
class KeySet:
    """Keys that a file (or the workspace) defines.

    Attributes:
        field: The field by which other files refer to them, such as 'account_id'.
        noun: What they are, such as 'names'.
        keys: In the form in which they are compared.
        system: For account ids: the system whose ids they are.
        owner: The table that defines them; '' for the workspace.
    """

    field: str
    noun: str
    keys: frozenset[str]
    system: SystemKind | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of a column's values are keys of a set."""

    keys: KeySet
    found: int
    of: int

    @property
    def share(self) -> float:
        """Share of the column's values, 0 to 1."""
        return self.found / self.of if self.of else 0.0

    @property
    def words(self) -> str:
        """As shown beside a column: '312 of 313 names found'."""
        everything = f"all {self.of:,} {self.keys.noun} found"
        return (
            everything if self.found == self.of else f"{self.found:,} of {self.of:,} {self.keys.noun} found"
        )


def comparable(field: str, text: str) -> str:
    """A key in the form in which keys of that sort are compared."""
    text = text.strip()
    if field == "account_name":
        return " ".join(text.casefold().split())
    if field == "account_domain":
        return (company_domain(text) if "@" in text else parse_domain(text)) or ""
    return normalise_salesforce_id(text)


def distinct_values(scratch: Scratch, table: Table, staged: str) -> list[str]:
    """The different values of a column, at most half a million."""
    with scratch.connect() as connection:
        rows = connection.execute(
            f"SELECT DISTINCT {staged} FROM {table.staged} WHERE {staged} IS NOT NULL LIMIT {_MOST_KEYS}"
        ).fetchall()
    return [str(row[0]) for row in rows]


def _set_of(
    scratch: Scratch,
    table: Table,
    mapping: FileMapping,
    own: str,
    field: str,
    noun: str,
    system: SystemKind | None = None,
) -> KeySet | None:
    columns = mapping.columns_of(own)
    column = table.column(columns[0].column) if columns else None
    if column is None:
        return None
    keys = frozenset(comparable(field, text) for text in distinct_values(scratch, table, column.staged)) - {
        ""
    }
    return KeySet(field, noun, keys, system, table.name)


def key_sets(
    scratch: Scratch, tables: Sequence[Table], mappings: Sequence[FileMapping], known: Known
) -> tuple[KeySet, ...]:
    """Every set of keys that the files and the workspace define."""
    found: list[KeySet | None] = [
        # The system matters: it says under which key the row's account is kept, in every import.
        *(
            KeySet("account_id", "ids", known.account_ids.get(system, frozenset()), system)
            for system in SystemKind
        ),
        KeySet(
            "account_name",
            "names",
            frozenset(comparable("account_name", name) for name in known.account_names),
        ),
        KeySet("account_domain", "domains", known.domains),
        KeySet("subscription_id", "subscriptions", known.subscription_ids),
    ]
    for table, mapping in zip(tables, mappings, strict=True):
        if mapping.entity is EntityKind.ACCOUNTS:
            found.append(_set_of(scratch, table, mapping, "external_id", "account_id", "ids", mapping.system))
            found += [
                _set_of(scratch, table, mapping, own, "account_id", "ids", system)
                for own, system in _OTHER_SYSTEMS.items()
            ]
            found.append(_set_of(scratch, table, mapping, "name", "account_name", "names"))
            found.append(_set_of(scratch, table, mapping, "domain", "account_domain", "domains"))
        elif mapping.entity is EntityKind.SUBSCRIPTIONS:
            found.append(_set_of(scratch, table, mapping, "external_id", "subscription_id", "subscriptions"))
        elif mapping.entity is EntityKind.TICKETS:
            found.append(_set_of(scratch, table, mapping, "number", "ticket_number", "tickets"))
        elif mapping.entity is EntityKind.INVOICES:
            found.append(_set_of(scratch, table, mapping, "number", "invoice_number", "invoices"))
    return tuple(keys for keys in found if keys is not None and keys.keys)


def _overlap(values: Iterable[str], keys: KeySet) -> Overlap:
    compared = {comparable(keys.field, value) for value in values} - {""}
    return Overlap(keys, len(compared & keys.keys), len(compared))


def overlaps(
    table: Table, entity: Entity, columns: Sequence[Profile], sets: Sequence[KeySet]
) -> dict[tuple[str, str], Overlap]:
    """For each (column, field) of a table the best overlap of its sampled values with another file's keys."""
    fields = {field.key: field for field in entity.fields}
    best: dict[tuple[str, str], Overlap] = {}
    for profile in columns:
        if not profile.values or profile.dated:
            continue
        heading = normal_heading(profile.column.name)
        # Small whole numbers are everybody's ids, so they count only under a fitting heading.
        plain = all(value.isdigit() for value in profile.values)
        for keys in sets:
            field = fields.get(keys.field)
            if field is None or keys.owner == table.name or (plain and not heading_score(heading, field)):
                continue
            if any(heading_score(heading, other) >= EXACT for other in entity.fields if other is not field):
                continue
            found = _overlap(profile.values, keys)
            place = (profile.column.name, keys.field)
            if found.share >= _LEAST_SHARE and (place not in best or found.share > best[place].share):
                best[place] = found
    return best


def whole_overlap(scratch: Scratch, table: Table, staged: str, keys: KeySet) -> Overlap:
    """The overlap of all of a column's values."""
    return _overlap(distinct_values(scratch, table, staged), keys)
