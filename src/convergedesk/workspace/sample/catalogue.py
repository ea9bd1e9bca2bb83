"""What the vendor of the story sells: meters with their list prices, and features."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from convergedesk.domain.billing import PriceModel, PriceTier
from convergedesk.domain.usage import Aggregation


@dataclass(frozen=True, slots=True)
class Product:
    """A meter as the vendor lists it.

    Attributes:
        key: Name in the usage source.
        name: Name on screen and on invoices.
        unit: What one is.
        aggregation: How values combine over days.
        share: Usual quantity a day for each event delivered; for stocks and people
            (`aggregation` MAX) the usual level of an account that delivers 1 M events a day.
        model: How the list price works.
        tiers: (up to, price of one in major units); None for the last.
        included: Units a month without charge.
        package: Units sold together, or None.
    """

    key: str
    name: str
    unit: str
    aggregation: Aggregation
    share: float
    model: PriceModel
    tiers: tuple[tuple[int | None, str], ...]
    included: int = 0
    package: int | None = None

    def price_tiers(self, factor: float = 1.0) -> tuple[PriceTier, ...]:
        """The list price times a factor, rounded to two digits as a price list would be."""
        size = None if self.package is None else Decimal(self.package)
        return tuple(
            PriceTier(
                None if limit is None else Decimal(limit),
                _rounded(Decimal(price) * Decimal(str(factor))),
                package_size=size,
            )
            for limit, price in self.tiers
        )


def _rounded(price: Decimal) -> Decimal:
    if price == 0:
        return price
    return price.quantize(Decimal(1).scaleb(price.adjusted() - 2)).normalize()


_SUM, _MAX = Aggregation.SUM, Aggregation.MAX
_FLAT, _GRADUATED = PriceModel.FLAT, PriceModel.GRADUATED
_VOLUME, _PACKAGE = PriceModel.VOLUME, PriceModel.PACKAGE

_LISTED = (
    Product(
        "events_delivered",
        "Events delivered",
        "event",
        _SUM,
        1.0,
        _GRADUATED,
        ((20_000_000, "0.0016"), (60_000_000, "0.0013"), (150_000_000, "0.00115"), (None, "0.00085")),
    ),
    Product(
        "api_calls",
        "API calls",
        "call",
        _SUM,
        0.42,
        _GRADUATED,
        ((20_000_000, "0.00045"), (60_000_000, "0.00032"), (None, "0.00024")),
        included=2_000_000,
    ),
    Product("storage_gb", "Storage", "GB", _MAX, 2_600.0, _FLAT, ((None, "0.35"),)),
    Product("events_replayed", "Events replayed", "event", _SUM, 0.012, _FLAT, ((None, "0.0008"),)),
    Product("active_seats", "Active seats", "seat", _MAX, 62.0, _PACKAGE, ((None, "9.00"),), package=10),
    Product(
        "events_routed",
        "Events routed by region",
        "event",
        _SUM,
        0.22,
        _GRADUATED,
        ((10_000_000, "0.0003"), (None, "0.0002")),
    ),
    Product(
        "rows_exported",
        "Rows exported",
        "row",
        _SUM,
        0.55,
        _VOLUME,
        ((10_000_000, "0.00012"), (100_000_000, "0.00009"), (None, "0.00006")),
    ),
    Product("audit_records", "Audit records", "record", _SUM, 0.14, _FLAT, ((None, "0.00005"),)),
    Product(
        "schema_checks",
        "Schema checks",
        "check",
        _SUM,
        0.60,
        _VOLUME,
        ((50_000_000, "0.00003"), (None, "0.00002")),
    ),
    Product("sandbox_calls", "Sandbox calls", "call", _SUM, 0.02, _FLAT, ((None, "0.0001"),)),
    Product(
        "connections", "Active connections", "connection", _MAX, 48.0, _PACKAGE, ((None, "2.40"),), package=25
    ),
    Product(
        "sessions_started",
        "Sessions started",
        "session",
        _SUM,
        0.20,
        _GRADUATED,
        ((5_000_000, "0.0012"), (None, "0.0009")),
    ),
    Product(
        "transformations",
        "Transformations run",
        "run",
        _SUM,
        0.80,
        _VOLUME,
        ((100_000_000, "0.00004"), (None, "0.00003")),
    ),
    Product("data_sent_gb", "Data sent", "GB", _SUM, 0.0000014, _FLAT, ((None, "0.06"),)),
    Product(
        "notifications",
        "Notifications sent",
        "notification",
        _SUM,
        0.05,
        _GRADUATED,
        ((1_000_000, "0.002"), (None, "0.0015")),
    ),
    Product("lookups", "Reference lookups", "lookup", _SUM, 0.38, _FLAT, ((None, "0.00003"),)),
    Product(
        "scheduled_jobs", "Scheduled jobs", "job", _SUM, 0.0009, _PACKAGE, ((None, "0.004"),), package=1_000
    ),
    Product(
        "partner_messages",
        "Partner messages",
        "message",
        _SUM,
        0.03,
        _GRADUATED,
        ((500_000, "0.004"), (None, "0.003")),
    ),
    Product("documents", "Documents converted", "document", _SUM, 0.004, _FLAT, ((None, "0.01"),)),
    Product("stream_hours", "Streaming hours", "hour", _SUM, 0.0004, _FLAT, ((None, "0.05"),)),
)

PRODUCTS: dict[str, Product] = {product.key: product for product in _LISTED}

FEATURES: tuple[str, ...] = (
    "Webhook delivery",
    "Replay",
    "Retries",
    "Schema guard",
    "Audit stream",
    "Regional routing",
    "Batch export",
    "Imports",
    "Sandbox",
    "Portal",
    "Alerts",
    "Dashboards",
    "Access and roles",
    "API",
    "Transformations",
    "Connectors",
    "Bookings",
    "Billing",
)
