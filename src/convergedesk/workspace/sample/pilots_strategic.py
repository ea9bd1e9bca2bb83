"""The pilot's four strategic accounts, each with a story worth showing."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.accounts import PersonRole
from convergedesk.workspace.sample.pilot_incidents import INCIDENTS
from convergedesk.workspace.sample.plan import AccountPlan, MeterPlan, PersonPlan, PriceChange, Terms

_LENA, _OMAR, _AMIRA = "Lena Fischer", "Omar Reyes", "Amira Haddad"
_AGENTS = ("Jonas Weber", "Priya Nair")
_CALM_SINCE = date(2026, 6, 20)
_SPONSOR, _CHAMPION = PersonRole.SPONSOR, PersonRole.CHAMPION
_BUYER, _USER = PersonRole.BUYER, PersonRole.USER


def kestrel() -> AccountPlan:
    """Retries stopped on 2 December, and two high-priority tickets are open."""
    return AccountPlan(
        "kestrel",
        1,
        "Kestrel Payments",
        "kestrel-payments.example",
        "Strategic",
        "Payments",
        "IE",
        "Europe/Dublin",
        "EUR",
        _LENA,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 4_020_000, 0.21, 0.016),
            MeterPlan("api_calls", 1_020_000, 0.18, 0.020),
            MeterPlan("storage_gb", 13_400, 0.26),
            # Retries by hand instead: paid for, and far less used than at accounts like it.
            MeterPlan("events_replayed", 700, 0.02, 0.12),
            MeterPlan("schema_checks", 2_450_000, 0.20, 0.020),
            MeterPlan("active_seats", 176, 0.09),
        ),
        people=(
            PersonPlan("Aoife Brennan", _SPONSOR, "Chief operating officer"),
            PersonPlan("Declan Roche", _CHAMPION, "Head of payment operations"),
            PersonPlan("Nuala Fahey", _BUYER, "Procurement lead"),
            PersonPlan("Tomás Quigley", _USER, "Integration engineer"),
            PersonPlan("Grace Mulvey", _USER, "Reconciliation analyst"),
        ),
        terms=Terms(
            date(2026, 3, 1), (1_500_000, 1_200_000, 1_000_000), platform_fee=12_000, price_factor=0.66
        ),
        signed_up_on=date(2022, 3, 1),
        seats=200,
        incidents=INCIDENTS["kestrel"],
        tickets_a_week=1.25,
        quiet_from=date(2026, 11, 30),
        random_until=_CALM_SINCE,
    )


def marlowe() -> AccountPlan:
    """The customs gateway incident of October, and a commitment that ends a month early."""
    return AccountPlan(
        "marlowe",
        3,
        "Marlowe Freight",
        "marlowe-freight.example",
        "Strategic",
        "Logistics",
        "NL",
        "Europe/Amsterdam",
        "EUR",
        _LENA,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 2_330_000, 0.14, 0.016),
            MeterPlan("api_calls", 720_000, 0.14, 0.018),
            MeterPlan("storage_gb", 6_100, 0.22),
            MeterPlan("events_replayed", 21_000, 0.04, 0.10),
            MeterPlan("events_routed", 402_000, 0.55, 0.022, first_day=date(2025, 10, 15)),
        ),
        people=(
            PersonPlan("Dana Whitlock", _SPONSOR, "VP operations"),
            PersonPlan("Theo Marchetti", _CHAMPION, "Head of terminal operations"),
            PersonPlan("Ruud van der Meer", _BUYER, "Purchasing manager"),
            PersonPlan("Femke Bos", _USER, "Customs desk lead"),
            PersonPlan("Sander Hoekstra", _USER, "Integration engineer"),
        ),
        terms=Terms(
            date(2026, 4, 1),
            (1_260_000, 1_090_000, 900_000),
            prepaid=True,
            platform_fee=12_000,
            changes=(
                PriceChange(
                    date(2025, 11, 1),
                    "A1: regional routing added",
                    "events_routed",
                    ((10_000_000, "0.00030"), (None, "0.00020")),
                ),
                PriceChange(
                    date(2026, 7, 1),
                    "A2: API calls, second tier 8 % lower",
                    "api_calls",
                    ((20_000_000, "0.00045"), (60_000_000, "0.000294"), (None, "0.00024")),
                ),
                PriceChange(
                    date(2026, 12, 1),
                    "A3: storage and event prices",
                    "events_delivered",
                    (
                        (20_000_000, "0.0016"),
                        (60_000_000, "0.0013"),
                        (150_000_000, "0.0011"),
                        (None, "0.00085"),
                    ),
                ),
                PriceChange(
                    date(2026, 12, 1), "A3: storage and event prices", "storage_gb", ((None, "0.32"),)
                ),
            ),
        ),
        signed_up_on=date(2022, 4, 1),
        seats=140,
        incidents=INCIDENTS["marlowe"],
        tickets_a_week=0.62,
        quiet_from=date(2026, 8, 10),
        random_until=date(2026, 6, 1),
    )


def cobalt() -> AccountPlan:
    """A ticket closed with top marks while a route stayed switched off."""
    return AccountPlan(
        "cobalt",
        4,
        "Cobalt & Pine Insurance",
        "cobalt-pine.example",
        "Strategic",
        "Insurance",
        "DE",
        "Europe/Berlin",
        "EUR",
        _LENA,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 2_080_000, 0.10, 0.026),
            MeterPlan("api_calls", 640_000, 0.12, 0.024),
            MeterPlan("storage_gb", 9_800, 0.18),
            MeterPlan("events_replayed", 9_000, 0.05, 0.10),
            MeterPlan("audit_records", 330_000, 0.14, 0.024),
            MeterPlan("active_seats", 212, 0.05),
        ),
        people=(
            PersonPlan("Henrike Albers", _SPONSOR, "Head of claims"),
            PersonPlan("Matthias Rieger", _CHAMPION, "Claims platform owner"),
            PersonPlan("Ute Sommerfeld", _BUYER, "IT purchasing"),
            PersonPlan("Cem Aydin", _USER, "Integration developer"),
            PersonPlan("Franziska Lorenz", _USER, "Claims team lead"),
        ),
        terms=Terms(date(2026, 7, 1), (880_000, 840_000, 760_000), platform_fee=9_000, price_factor=0.68),
        signed_up_on=date(2022, 7, 1),
        seats=240,
        incidents=INCIDENTS["cobalt"],
        tickets_a_week=1.1,
        quiet_from=date(2026, 12, 2),
        random_until=_CALM_SINCE,
    )


def brightwater() -> AccountPlan:
    """A dip that healed, and growth after a ticket."""
    return AccountPlan(
        "brightwater",
        5,
        "Brightwater Health",
        "brightwater-health.example",
        "Strategic",
        "Healthcare",
        "FI",
        "Europe/Helsinki",
        "EUR",
        _OMAR,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 2_060_000, 0.15, 0.018),
            MeterPlan("api_calls", 700_000, 0.16, 0.020),
            MeterPlan("storage_gb", 15_200, 0.24),
            MeterPlan("events_replayed", 14_000, 0.05, 0.10),
            MeterPlan("notifications", 52_000, 0.30, 0.030, first_day=date(2025, 9, 1)),
        ),
        people=(
            PersonPlan("Kaisa Heikkinen", _SPONSOR, "Chief medical information officer"),
            PersonPlan("Oskari Nurmi", _CHAMPION, "Hospital integration lead"),
            PersonPlan("Leena Aalto", _BUYER, "Contract manager"),
            PersonPlan("Ville Saarinen", _USER, "Ward systems engineer"),
            PersonPlan("Anniina Koski", _USER, "Laboratory coordinator"),
        ),
        terms=Terms(
            date(2026, 5, 1),
            (980_000, 860_000, 740_000),
            platform_fee=9_000,
            price_factor=0.74,
            ramps=((date(2026, 5, 1), 930_000), (date(2026, 11, 1), 980_000)),
        ),
        signed_up_on=date(2022, 5, 1),
        seats=110,
        incidents=INCIDENTS["brightwater"],
        tickets_a_week=0.75,
        quiet_from=date(2026, 12, 1),
        random_until=_CALM_SINCE,
    )
