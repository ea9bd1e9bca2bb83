"""Accounts, how other systems name them, people and pods."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from convergedesk.domain.accounts import Lifecycle, PersonRole, SystemKind
from convergedesk.store.tables.columns import (
    Day,
    Instant,
    Member,
    account_id,
    deleted_at,
    edited,
    imported,
    metadata,
    one_of,
    row_id,
    text,
)

accounts = Table(
    "accounts",
    metadata,
    row_id(),
    *edited(),
    Column("name", Text, nullable=False),
    # What a person types to find the account: `store.accounts.name_key(name)`.
    Column("name_key", Text, nullable=False),
    Column("domain", Text),
    Column("parent_id", Integer, ForeignKey("accounts.id", ondelete="SET NULL")),
    # Merged accounts stay, hidden, so that undoing a merge restores them as they were.
    Column("merged_into_id", Integer, ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("tier", Text),
    Column("industry", Text),
    Column("country", Text),
    Column("time_zone", Text, nullable=False, default="UTC", server_default="UTC"),
    Column("currency", Text),
    Column("lifecycle", Member(Lifecycle), nullable=False, default=Lifecycle.ACTIVE, server_default="active"),
    Column("owner", Text),
    Column("success_manager", Text),
    Column("signed_up_on", Day),
    Column("renews_on", Day),
    Column("seats", Integer),
    Column("gone_since", Instant),
    # First month of the customer's fiscal year; NULL: the vendor's.
    Column("fiscal_month", Integer),
    # Part of the country that has public holidays of its own, as ISO 3166-2 writes it: 'BY' in Germany.
    Column("region", Text),
    one_of("lifecycle", Lifecycle),
    CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
    Index(None, "name_key"),
    Index(None, "domain"),
    Index(None, "parent_id"),
    Index(None, "merged_into_id"),
    sqlite_strict=True,
)

persons = Table(
    "persons",
    metadata,
    row_id(),
    *edited(),
    *imported(required=False),
    Column("external_id", Text),
    account_id(nullable=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("role", Member(PersonRole), nullable=False, default=PersonRole.USER, server_default="user"),
    Column("title", Text),
    Column("email", Text),
    Column("left_on", Day),
    deleted_at(),
    one_of("role", PersonRole),
    UniqueConstraint("source", "external_id"),
    Index(None, "account_id", "role"),
    Index(None, "email"),
    sqlite_strict=True,
)

external_references = Table(
    "external_references",
    metadata,
    row_id(),
    Column("system", Member(SystemKind), nullable=False),
    Column("source", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    account_id(nullable=True),
    Column("person_id", Integer, ForeignKey("persons.id", ondelete="CASCADE")),
    # How the reference was found: stated by the source, by domain, by name, or by a person's decision.
    Column("found_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    one_of("system", SystemKind),
    one_of("entity", ("account", "person")),
    one_of("found_by", ("new", "id", "domain", "name", "subscription", "person")),
    CheckConstraint("(account_id IS NULL) <> (person_id IS NULL)", name="one_target"),
    UniqueConstraint("system", "source", "entity", "external_id"),
    Index(None, "account_id"),
    Index(None, "person_id"),
    Index(None, "external_id"),
    sqlite_strict=True,
)

pods = Table(
    "pods",
    metadata,
    row_id(),
    *edited(),
    Column("name", Text, nullable=False, unique=True),
    text("description"),
    # The first day on which it worked together; NULL where nobody said.
    Column("started_on", Day),
    sqlite_strict=True,
)

pod_members = Table(
    "pod_members",
    metadata,
    Column("pod_id", Integer, ForeignKey("pods.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "person_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

pod_accounts = Table(
    "pod_accounts",
    metadata,
    Column("pod_id", Integer, ForeignKey("pods.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "account_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
