"""Contracts and everything that holds in them from a day on."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from convergedesk.domain.billing import PriceModel
from convergedesk.store.tables.columns import (
    Day,
    Exact,
    Instant,
    Member,
    account_id,
    deleted_at,
    edited,
    flag,
    imported,
    metadata,
    one_of,
    row_id,
)


def _contract_id() -> Column[int]:
    return Column("contract_id", Integer, ForeignKey("contracts.id", ondelete="CASCADE"), nullable=False)


def _meter_id() -> Column[int]:
    return Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE"), nullable=False)


contracts = Table(
    "contracts",
    metadata,
    row_id(),
    *edited(),
    *imported(required=False),
    Column("external_id", Text),
    account_id(),
    Column("name", Text, nullable=False),
    Column("starts_on", Day, nullable=False),
    Column("ends_on", Day),
    Column("currency", Text, nullable=False),
    Column("amends_id", Integer, ForeignKey("contracts.id", ondelete="SET NULL")),
    deleted_at(),
    Column("notice_days", Integer),
    # IANA name of the zone in whose days a billing period begins and ends.
    Column("billing_zone", Text),
    # The signed copy: its content's digest in `documents`, and the name of the file it came from.
    Column("signed_digest", Text),
    Column("signed_name", Text),
    CheckConstraint("amends_id <> id", name="amends_another"),
    UniqueConstraint("source", "external_id"),
    Index(None, "account_id", "starts_on"),
    Index(None, "amends_id"),
    sqlite_strict=True,
)

meter_prices = Table(
    "meter_prices",
    metadata,
    row_id(),
    _contract_id(),
    _meter_id(),
    Column("effective_from", Day, nullable=False),
    Column("model", Member(PriceModel), nullable=False),
    one_of("model", PriceModel),
    UniqueConstraint("contract_id", "meter_id", "effective_from"),
    Index(None, "meter_id"),
    sqlite_strict=True,
)

price_tiers = Table(
    "price_tiers",
    metadata,
    Column("price_id", Integer, ForeignKey("meter_prices.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("up_to", Exact),
    Column("unit_price", Exact, nullable=False),
    Column("flat_minor", Integer, nullable=False, default=0, server_default="0"),
    Column("package_size", Exact),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

entitlements = Table(
    "entitlements",
    metadata,
    row_id(),
    _contract_id(),
    _meter_id(),
    Column("effective_from", Day, nullable=False),
    Column("quantity", Exact, nullable=False),
    UniqueConstraint("contract_id", "meter_id", "effective_from"),
    Index(None, "meter_id"),
    sqlite_strict=True,
)

commitments = Table(
    "commitments",
    metadata,
    row_id(),
    _contract_id(),
    Column("starts_on", Day, nullable=False),
    Column("ends_on", Day, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("rollover_share", REAL, nullable=False, default=0.0, server_default="0"),
    flag("prepaid", default=False),
    # Mark-up on what is used above the commitment; free of a CHECK, which an added column cannot have.
    Column("overage_share", REAL, nullable=False, default=0.0, server_default="0"),
    CheckConstraint("rollover_share BETWEEN 0 AND 1", name="rollover_share"),
    Index(None, "contract_id", "starts_on"),
    sqlite_strict=True,
)

commitment_meters = Table(
    "commitment_meters",
    metadata,
    Column("commitment_id", Integer, ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True),
    Column("meter_id", Integer, ForeignKey("meters.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "meter_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

ramps = Table(
    "ramps",
    metadata,
    Column("commitment_id", Integer, ForeignKey("commitments.id", ondelete="CASCADE"), primary_key=True),
    Column("effective_from", Day, primary_key=True),
    Column("amount_minor", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

sla_terms = Table(
    "sla_terms",
    metadata,
    row_id(),
    _contract_id(),
    Column("effective_from", Day, nullable=False),
    Column("priority", Integer),
    Column("first_response_minutes", Integer),
    Column("resolution_minutes", Integer),
    Column("credit_share", REAL, nullable=False),
    Column("cap_share", REAL, nullable=False),
    CheckConstraint("credit_share BETWEEN 0 AND 1 AND cap_share BETWEEN 0 AND 1", name="shares"),
    Index(None, "contract_id", "effective_from"),
    sqlite_strict=True,
)

# Files kept beside a contract. Written once and named by content, as pictures are, so that undoing an edit
# of a contract needs no copy of them.
documents = Table(
    "documents",
    metadata,
    row_id(),
    Column("digest", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    # Since when no contract names it; NULL while one does.
    Column("unused_since", Instant),
    sqlite_strict=True,
)
