"""What the program noticed by itself."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from convergedesk.store.tables.columns import (
    Day,
    Instant,
    account_id,
    edited,
    flag,
    metadata,
    one_of,
    row_id,
    text,
)

alerts = Table(
    "alerts",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    Column("kind", Text, nullable=False),
    Column("severity", Text, nullable=False),
    # The day that the alert speaks of, and when it was raised.
    Column("day", Day, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE")),
    Column("ticket_id", Integer, ForeignKey("tickets.id", ondelete="SET NULL")),
    Column("sentence", Text, nullable=False),
    # The figures behind the sentence as JSON.
    Column("figures", Text, nullable=False, default="{}", server_default="{}"),
    Column("state", Text, nullable=False, default="open", server_default="open"),
    Column("snoozed_until", Day),
    Column("resolved_at", Instant),
    text("resolved_by"),
    Column("delivered_at", Instant),
    # The rule that raised it, as long as it exists.
    Column("rule_id", Integer, ForeignKey("alert_rules.id", ondelete="SET NULL")),
    # What it is about within its kind, such as "ticket:12"; with the day it names one occurrence for ever.
    text("subject"),
    Column("occurrence", Text),
    # The workspace's day on which it was raised, and the day from which it did not hold any more.
    Column("raised_on", Day),
    Column("ended_on", Day),
    text("detail"),
    # Why it was closed or is expected, in a few words.
    text("reason"),
    Column("seen_at", Instant),
    one_of("severity", ("info", "warning", "critical")),
    one_of("state", ("open", "snoozed", "expected", "resolved")),
    Index(None, "account_id", "raised_at"),
    Index(None, "state", "raised_at"),
    Index(None, "meter_id"),
    Index(None, "ticket_id"),
    Index(None, "rule_id"),
    Index(None, "occurrence", unique=True),
    sqlite_strict=True,
)

# What a person changed of the rules that the program comes with, and rules for some accounts only.
alert_rules = Table(
    "alert_rules",
    metadata,
    row_id(),
    *edited(),
    Column("kind", Text, nullable=False),
    flag("enabled", default=True),
    Column("severity", Text, nullable=False),
    # The kind's parameters as JSON; domain/alert_rules says which and what they take.
    Column("parameters", Text, nullable=False, default="{}", server_default="{}"),
    # Whose accounts: a pod's, or those listed as JSON; NULL and an empty list for all.
    Column("pod_id", Integer, ForeignKey("pods.id", ondelete="CASCADE")),
    Column("account_ids", Text, nullable=False, default="[]", server_default="[]"),
    one_of("severity", ("info", "warning", "critical")),
    Index(None, "pod_id"),
    sqlite_strict=True,
)

# The looks at each account's usage that the daily queue is made of, kept so that a day looks once.
alert_looks = Table(
    "alert_looks",
    metadata,
    Column(
        "account_id",
        Integer,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("inputs", Text, nullable=False),
    Column("found", Text, nullable=False, default="{}", server_default="{}"),
    sqlite_strict=True,
)
