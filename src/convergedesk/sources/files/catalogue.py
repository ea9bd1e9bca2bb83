"""What can be imported: the kinds of table, their fields, and the headings that mean them.

The lists themselves are data, in `catalogue.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files as package_files
from typing import TypedDict, cast

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import EntityKind


class FieldType(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    KEY = "key"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    INTEGER = "integer"
    MONEY = "money"
    CURRENCY = "currency"
    BOOLEAN = "boolean"
    PUBLIC = "public"
    PRIORITY = "priority"
    STATUS = "status"
    LIFECYCLE = "lifecycle"
    CALENDAR_KIND = "calendar_kind"
    RATING = "rating"
    MINUTES = "minutes"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"
    DOMAIN = "domain"
    EMAIL = "email"
    CONTRACT_TERM = "contract_term"
    PRICE_MODEL = "price_model"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column can be imported as.

    Attributes:
        key: Stable name, as in mapping files.
        label: In plain words.
        type: What its values are.
        required: True where a table without it cannot be imported.
        synonyms: Headings that mean it, in normal form (see `normal_heading`).
        generic: Headings that mean it only because the table is of this kind.
        help: One or two sentences.
        examples: Values of the template's rows; empty where the template leaves it out.
    """

    key: str
    label: str
    type: FieldType
    required: bool
    synonyms: tuple[str, ...]
    generic: tuple[str, ...]
    help: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of table.

    Attributes:
        kind: Which.
        label: As a heading, such as 'Billing lines'.
        noun: Within a sentence, such as 'billing lines'.
        system: The kind of system that such tables usually come from.
        file_words: Words in a file's name that speak for it.
        needs: Of each group at least one field must be mapped.
        fields: What it can hold; the account's three first, where it belongs to one.
    """

    kind: EntityKind
    label: str
    noun: str
    system: SystemKind
    file_words: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field | None:
        """The field of that key, or None."""
        return next((field for field in self.fields if field.key == key), None)


class _FieldData(TypedDict, total=False):
    label: str
    type: str
    synonyms: list[str]
    generic: list[str]
    help: str
    examples: list[str]


class _EntityData(TypedDict, total=False):
    label: str
    noun: str
    system: str
    account: list[str]
    account_examples: list[str]
    file_words: list[str]
    needs: list[list[str]]
    fields: dict[str, _FieldData]


def normal_heading(text: str) -> str:
    """A heading as words: lower case, camelCase and snake_case taken apart, signs left out."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    words = re.sub(r"#|№", " number ", apart.lower())
    return " ".join(re.sub(r"[^\w]|_", " ", words).split())


def _field(key: str, data: _FieldData, needs: list[list[str]]) -> Field:
    return Field(
        key=key,
        label=data.get("label", key),
        type=FieldType(data.get("type", "text")),
        required=[key] in needs,
        synonyms=tuple(dict.fromkeys(normal_heading(word) for word in data.get("synonyms", []))),
        generic=tuple(dict.fromkeys(normal_heading(word) for word in data.get("generic", []))),
        help=data.get("help", ""),
        examples=tuple(data.get("examples", ())),
    )


@lru_cache(maxsize=1)
def entities() -> dict[EntityKind, Entity]:
    """Every kind of table, in the order in which they are read (what others refer to first)."""
    text = package_files("convergedesk.sources.files").joinpath("catalogue.toml").read_text("utf-8")
    data = tomllib.loads(text)
    shared = cast("dict[str, _FieldData]", data["account_fields"])
    found: dict[EntityKind, Entity] = {}
    for kind in (
        EntityKind.ACCOUNTS,
        EntityKind.PERSONS,
        EntityKind.CONTRACTS,
        EntityKind.CONTRACT_TERMS,
        EntityKind.SUBSCRIPTIONS,
        EntityKind.INVOICES,
        EntityKind.INVOICE_LINES,
        EntityKind.TICKETS,
        EntityKind.TICKET_MESSAGES,
        EntityKind.USAGE,
        EntityKind.CHURN_EVENTS,
        EntityKind.CALENDAR_EVENTS,
        EntityKind.GOALS,
    ):
        entry = cast(_EntityData, data[kind.value])
        needs = entry.get("needs", [])
        own = {key: shared[key] for key in entry.get("account", [])} | entry.get("fields", {})
        if "account_examples" in entry:
            own["account_id"] = {**shared["account_id"], "examples": entry["account_examples"]}
        found[kind] = Entity(
            kind=kind,
            label=entry.get("label", kind.value),
            noun=entry.get("noun", kind.value),
            system=SystemKind(entry.get("system", "crm")),
            file_words=tuple(entry.get("file_words", ())),
            needs=tuple(tuple(group) for group in needs),
            fields=tuple(_field(key, field, needs) for key, field in own.items()),
        )
    return found


def fields_of(kind: EntityKind) -> tuple[Field, ...]:
    """The fields that a table of this kind can hold."""
    return entities()[kind].fields


def entity_label(kind: EntityKind | None) -> str:
    """The kind as a heading; 'Skip' for a file that is not imported."""
    return "Skip" if kind is None else entities()[kind].label
