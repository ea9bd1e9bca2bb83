"""What a file's rows can be, and the fields that its columns can go to.

Guessing, the wizard, saved mappings and the templates all read this catalogue, so a field
that is added here is known everywhere. Synonyms are headings that exports of common systems
use; they are compared without case, spaces and punctuation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from convergedesk.domain.records import EntityKind


class FieldType(StrEnum):
    """What a field holds, and so how its cells are read."""

    TEXT = "text"
    ID = "id"
    EMAIL = "email"
    DOMAIN = "domain"
    DAY = "day"
    INSTANT = "instant"
    NUMBER = "number"
    WHOLE = "whole"
    MINUTES = "minutes"
    MONEY = "money"
    CURRENCY = "currency"
    FLAG = "flag"
    PRIORITY = "priority"
    STATUS = "status"
    CHOICE = "choice"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column can go to.

    Attributes:
        key: Its name in mappings, stable for ever.
        label: Its name on screen.
        type: How its cells are read.
        required: A row without it is rejected. Of the fields that name an account any one
            suffices; see `names_account`.
        synonyms: Headings under which exports carry it.
        help: One sentence for the wizard and the templates.
        example: A cell as the template shows it.
        choices: The words that a `CHOICE` field takes.
    """

    key: str
    label: str
    type: FieldType
    help: str
    example: str
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


_LABELS = {
    EntityKind.ACCOUNTS: "Accounts",
    EntityKind.PERSONS: "People",
    EntityKind.SUBSCRIPTIONS: "Subscriptions",
    EntityKind.CONTRACTS: "Contracts",
    EntityKind.INVOICES: "Invoices",
    EntityKind.INVOICE_LINES: "Invoice lines",
    EntityKind.TICKETS: "Tickets",
    EntityKind.TICKET_MESSAGES: "Ticket messages",
    EntityKind.USAGE: "Usage",
    EntityKind.CHURN_EVENTS: "Churn events",
    EntityKind.CALENDAR_EVENTS: "Calendar events",
    EntityKind.GOALS: "Goals",
}

# Fields by which a row names its account; one of them is enough.
ACCOUNT_FIELDS = ("account_id", "account_domain", "account_name", "account_email", "subscription_id")


def entity_label(entity: EntityKind) -> str:
    """The kind of data as screens name it, such as 'Ticket messages'."""
    return _LABELS[entity]


@cache
def fields_of(entity: EntityKind) -> tuple[Field, ...]:
    """The fields of that kind of data, in the order of the template."""
    from convergedesk.sources.files import fields_customer, fields_money, fields_support

    for module in (fields_customer, fields_support, fields_money):
        if entity in module.FIELDS:
            return module.FIELDS[entity]
    raise KeyError(entity)


@cache
def field_of(entity: EntityKind, key: str) -> Field | None:
    """The field of that name, or None."""
    return next((field for field in fields_of(entity) if field.key == key), None)


def names_account(entity: EntityKind) -> tuple[str, ...]:
    """The fields of that kind of data that name an account; one of them is needed, none for events."""
    keys = {field.key for field in fields_of(entity)}
    return tuple(key for key in ACCOUNT_FIELDS if key in keys)
