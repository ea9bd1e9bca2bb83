"""Persons, goals and calendar events as their tables take them."""

from __future__ import annotations

from convergedesk.domain.accounts import PersonRole
from convergedesk.domain.records import CalendarEventRecord, EntityKind, GoalRecord, PersonRecord
from convergedesk.store.apply.billing import iso
from convergedesk.store.apply.rows import EntityTable, Prepared
from convergedesk.store.names import name_key

PERSONS = EntityTable(
    EntityKind.PERSONS,
    "persons",
    "external_id",
    ("name", "name_key", "role", "title", "email", "left_on"),
    ("name", "name", "role", "title", "email", "left_on"),
    edited=True,
)
GOALS = EntityTable(
    EntityKind.GOALS,
    "goals",
    "external_id",
    ("title", "start", "target", "current", "unit", "agreed_on", "due_on", "owner"),
    ("title", "start", "target", "current", "unit", "agreed_on", "due_on", "owner"),
    edited=True,
)
CALENDAR_EVENTS = EntityTable(
    EntityKind.CALENDAR_EVENTS,
    "calendar_events",
    "external_id",
    ("kind", "title", "first_day", "last_day", "country"),
    ("kind", "title", "first_day", "last_day", "country"),
    edited=True,
)

# Words that tell the role wherever they stand in the text; the first that fits counts.
_ROLE_WORDS = (
    ("sponsor", PersonRole.SPONSOR),
    ("champion", PersonRole.CHAMPION),
    ("buyer", PersonRole.BUYER),
    ("procurement", PersonRole.BUYER),
    ("economic", PersonRole.BUYER),
    ("success", PersonRole.SUCCESS_MANAGER),
    ("csm", PersonRole.SUCCESS_MANAGER),
    ("account owner", PersonRole.ACCOUNT_OWNER),
    ("account manager", PersonRole.ACCOUNT_OWNER),
    ("account executive", PersonRole.ACCOUNT_OWNER),
    ("support", PersonRole.SUPPORT_AGENT),
    ("agent", PersonRole.SUPPORT_AGENT),
)


def person_role(text: str | None) -> PersonRole:
    """The role that a source's words mean; a user where they mean none."""
    words = (text or "").casefold().replace("_", " ")
    return next((role for word, role in _ROLE_WORDS if word in words), PersonRole.USER)


def prepare_person(record: PersonRecord, account_key: str) -> Prepared:
    """A person's row; without an id it is known by its address, else by account and name."""
    email = (record.email or "").strip().lower() or None
    return Prepared(
        record.external_id or (f"email:{email}" if email else f"{account_key} {name_key(record.name)}"),
        (
            record.name,
            name_key(record.name),
            person_role(record.role).value,
            record.title,
            email,
            iso(record.left_on),
        ),
    )


def prepare_goal(record: GoalRecord, account_key: str) -> Prepared:
    """A goal's row; without an id it is what it is by account and title."""
    return Prepared(
        record.external_id or f"{account_key} {record.title}",
        (
            record.title,
            float(record.start),
            float(record.target),
            None if record.current is None else float(record.current),
            record.unit,
            iso(record.agreed_on),
            iso(record.due_on),
            record.owner,
        ),
    )


def prepare_calendar_event(record: CalendarEventRecord, account_key: str) -> Prepared:
    """A calendar event's row; without an id it is what it is by kind, title, first day and account."""
    first_day = record.first_day.isoformat()
    return Prepared(
        record.external_id or f"{record.kind} {record.title} {first_day} {account_key}".rstrip(),
        (
            record.kind.value,
            record.title,
            first_day,
            max(record.last_day, record.first_day).isoformat(),
            record.country,
        ),
    )
