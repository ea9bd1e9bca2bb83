"""What people did with an account: contacts, notes, actions, decisions, huddles, handoffs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from convergedesk.domain.audience import Audience
from convergedesk.domain.engagement import ContactChannel, Pulse
from convergedesk.domain.feedback import RequestStatus
from convergedesk.store.tables.columns import (
    Day,
    Instant,
    Member,
    account_id,
    audience,
    deleted_at,
    edited,
    metadata,
    one_of,
    row_id,
    text,
)


def _link(name: str, table: str) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id", ondelete="SET NULL"))


check_ins = Table(
    "check_ins",
    metadata,
    row_id(),
    *edited(),
    deleted_at(),
    account_id(),
    Column("held_at", Instant, nullable=False),
    Column("channel", Member(ContactChannel), nullable=False),
    text("author"),
    # A JSON list of names.
    Column("attendees", Text, nullable=False, default="[]", server_default="[]"),
    text("summary"),
    text("next_step"),
    # A JSON list of uids of persons: those of the attendees who are known.
    Column("attendee_uids", Text, nullable=False, default="[]", server_default="[]"),
    one_of("channel", ContactChannel),
    Index(None, "account_id", "held_at"),
    sqlite_strict=True,
)

notes = Table(
    "notes",
    metadata,
    row_id(),
    *edited(),
    deleted_at(),
    account_id(),
    _link("ticket_id", "tickets"),
    Column("written_at", Instant, nullable=False),
    text("author"),
    text("body"),
    audience(),
    # Free of a CHECK, which a column that is added to a table cannot bring along.
    Column("pulse", Member(Pulse)),
    text("pulse_reason"),
    one_of("audience", Audience),
    Index(None, "account_id", "written_at"),
    Index(None, "ticket_id"),
    sqlite_strict=True,
)

# Written once and named by content, so that a note's text alone says which pictures it shows and
# undoing an edit of the text needs no copy of them.
pictures = Table(
    "pictures",
    metadata,
    row_id(),
    Column("digest", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    # Since when no note names it; NULL while one does.
    Column("unused_since", Instant),
    sqlite_strict=True,
)

actions = Table(
    "actions",
    metadata,
    row_id(),
    *edited(),
    deleted_at(),
    account_id(),
    Column("title", Text, nullable=False),
    text("owner"),
    Column("due_on", Day),
    Column("done_on", Day),
    audience(),
    _link("check_in_id", "check_ins"),
    _link("review_id", "reviews"),
    _link("huddle_id", "huddles"),
    _link("ticket_id", "tickets"),
    _link("goal_id", "goals"),
    one_of("audience", Audience),
    Index(None, "account_id", "due_on"),
    Index(None, "done_on", "due_on"),
    Index(None, "check_in_id"),
    Index(None, "review_id"),
    Index(None, "huddle_id"),
    Index(None, "ticket_id"),
    Index(None, "goal_id"),
    sqlite_strict=True,
)

decisions = Table(
    "decisions",
    metadata,
    row_id(),
    *edited(),
    deleted_at(),
    account_id(),
    Column("title", Text, nullable=False),
    text("body"),
    text("decided_by"),
    Column("decided_on", Day, nullable=False),
    audience(),
    _link("review_id", "reviews"),
    one_of("audience", Audience),
    Index(None, "account_id", "decided_on"),
    Index(None, "review_id"),
    sqlite_strict=True,
)

huddles = Table(
    "huddles",
    metadata,
    row_id(),
    *edited(),
    Column("pod_id", Integer, ForeignKey("pods.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    text("led_by"),
    text("summary"),
    Index(None, "pod_id", "started_at"),
    sqlite_strict=True,
)

huddle_items = Table(
    "huddle_items",
    metadata,
    row_id(),
    *edited(),
    Column("huddle_id", Integer, ForeignKey("huddles.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    account_id(nullable=True),
    _link("ticket_id", "tickets"),
    Column("topic", Text, nullable=False),
    text("outcome"),
    UniqueConstraint("huddle_id", "position"),
    Index(None, "account_id"),
    Index(None, "ticket_id"),
    sqlite_strict=True,
)

handoffs = Table(
    "handoffs",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    _link("ticket_id", "tickets"),
    text("given_by"),
    text("taken_by"),
    Column("given_at", Instant, nullable=False),
    Column("taken_at", Instant),
    Column("due_on", Day),
    text("summary"),
    Column("state", Text, nullable=False, default="offered", server_default="offered"),
    one_of("state", ("offered", "taken", "declined", "done")),
    Index(None, "account_id", "given_at"),
    Index(None, "ticket_id"),
    sqlite_strict=True,
)

feedback_items = Table(
    "feedback_items",
    metadata,
    row_id(),
    *edited(),
    account_id(),
    _link("feature_id", "features"),
    _link("ticket_id", "tickets"),
    Column("given_at", Instant, nullable=False),
    text("author"),
    text("body"),
    audience(),
    _link("request_id", "feedback_requests"),
    one_of("audience", Audience),
    Index(None, "account_id", "given_at"),
    Index(None, "feature_id"),
    Index(None, "ticket_id"),
    Index(None, "request_id"),
    sqlite_strict=True,
)

# What several customers ask for in words of their own.
feedback_requests = Table(
    "feedback_requests",
    metadata,
    row_id(),
    *edited(),
    deleted_at(),
    Column("title", Text, nullable=False),
    _link("feature_id", "features"),
    Column(
        "status",
        Member(RequestStatus),
        nullable=False,
        default=RequestStatus.OPEN,
        server_default="open",
    ),
    # Since when it has that status.
    Column("status_on", Day, nullable=False),
    # What we told those who asked, such as a quarter or a reason.
    text("answer"),
    # The request that this one is counted with; the items stay where they are, so that it can be split off.
    _link("merged_into_id", "feedback_requests"),
    # A JSON list of uids of requests that somebody said are something else.
    Column("distinct_from", Text, nullable=False, default="[]", server_default="[]"),
    one_of("status", RequestStatus),
    Index(None, "feature_id"),
    Index(None, "merged_into_id"),
    sqlite_strict=True,
)
