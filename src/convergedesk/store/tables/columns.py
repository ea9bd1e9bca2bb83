"""Column types and the columns that many tables share.

All tables are STRICT, so SQLite itself refuses a text where a number belongs. That leaves
INTEGER, REAL, TEXT and BLOB, and everything else is a decorator here:

- an instant is INTEGER microseconds since 1970-01-01 UTC,
- a day is TEXT in ISO form (YYYY-MM-DD), so that it sorts and reads well in raw SQL,
- a month is INTEGER months since year 0 (year x 12 + month - 1),
- money is INTEGER minor units beside a TEXT currency,
- an exact decimal (price of one unit, quantity) is TEXT,
- an enum is TEXT with a CHECK, a flag is INTEGER 0 or 1 with a CHECK.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from convergedesk.domain.audience import Audience
from convergedesk.domain.tickets import Priority
from convergedesk.store.instants import from_microseconds, to_microseconds

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime in UTC, kept as whole microseconds since 1970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Microseconds; raises ValueError for a datetime without a time zone."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The instant in UTC."""
        return None if value is None else from_microseconds(value)


class Day(TypeDecorator[date]):
    """A calendar day, kept as YYYY-MM-DD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The ISO form."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """The day."""
        return None if value is None else date.fromisoformat(value)


class Exact(TypeDecorator[Decimal]):
    """A decimal number without rounding, kept as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Plain digits, never an exponent."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The number."""
        return None if value is None else Decimal(value)


class Flag(TypeDecorator[bool]):
    """True or false, kept as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """True or False."""
        return None if value is None else bool(value)


class Member(TypeDecorator[Enum]):
    """A member of a text enum, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[Enum]) -> None:
        """Keep the enum whose members are stored."""
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Enum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The member's value."""
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Enum | None:  # noqa: ARG002
        """The member."""
        return None if value is None else self.enum(value)


class Rank(TypeDecorator[Priority]):
    """A ticket's priority, kept as its rank 1 to 4."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Priority | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The rank."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Priority | None:  # noqa: ARG002
        """The priority."""
        return None if value is None else Priority(value)


def new_uid() -> str:
    """Identity of a person's edit across laptops: 32 hexadecimal digits."""
    return uuid4().hex


def one_of(column: str, values: type[Enum] | tuple[str, ...]) -> CheckConstraint:
    """A CHECK that the column holds one of the values (or NULL)."""
    texts = values if isinstance(values, tuple) else tuple(str(member.value) for member in values)
    listed = ", ".join(f"'{text}'" for text in texts)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def flag(name: str, *, default: bool | None = None) -> Column[bool]:
    """A flag column; without a default it may be NULL ('the source does not say')."""
    check = CheckConstraint(f"{name} IN (0, 1)", name=name)
    if default is None:
        return Column(name, Flag, check)
    return Column(name, Flag, check, nullable=False, default=default, server_default=str(int(default)))


def text(name: str) -> Column[str]:
    """A text column that is never NULL; empty where nothing is known."""
    return Column(name, Text, nullable=False, default="", server_default="")


def audience() -> Column[Audience]:
    """Who may see the row; internal unless somebody shared it on purpose."""
    return Column(
        "audience", Member(Audience), nullable=False, default=Audience.INTERNAL, server_default="internal"
    )


def row_id() -> Column[int]:
    """Our own id. Ids of deleted rows may come again; whoever keeps one also keeps a uid."""
    return Column("id", Integer, primary_key=True)


def account_id(*, nullable: bool = False, name: str = "account_id") -> Column[int]:
    """The account that a row belongs to and disappears with."""
    return Column(name, Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=nullable)


def edited() -> tuple[Column[Any], ...]:
    """What every entity carries that people edit: uid and the instants of its edits."""
    return (
        Column("uid", Text, nullable=False, unique=True, default=new_uid),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
    )


def deleted_at() -> Column[datetime]:
    """When a person deleted the row, so that 'Undo' brings it back; NULL while it counts."""
    return Column("deleted_at", Instant)


def imported(*, required: bool = True) -> tuple[Column[Any], ...]:
    """What every entity carries that comes from outside.

    `source` and the entity's own key identify the row there; `account_key` is how the row
    named its account, so that a split can find the rows that came with a key; `run_id` is
    the run that last changed it; `gone_since` is when a whole list lacked it.
    """
    return (
        Column("source", Text, nullable=not required),
        Column("account_key", Text),
        Column("run_id", Integer, ForeignKey("import_runs.id", ondelete="SET NULL")),
        Column("gone_since", Instant),
    )
