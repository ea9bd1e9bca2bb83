"""The pilot's smaller accounts, each with a story worth showing."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.accounts import PersonRole
from convergedesk.workspace.sample.pilot_incidents import INCIDENTS
from convergedesk.workspace.sample.plan import AccountPlan, MeterPlan, PersonPlan, Terms

_LENA, _OMAR, _AMIRA = "Lena Fischer", "Omar Reyes", "Amira Haddad"
_AGENTS = ("Jonas Weber", "Priya Nair")
_CALM_SINCE = date(2026, 6, 20)
_SPONSOR, _CHAMPION = PersonRole.SPONSOR, PersonRole.CHAMPION
_BUYER, _USER = PersonRole.BUYER, PersonRole.USER


def tindle() -> AccountPlan:
    """A third of the usage gone since 27 November, and nobody wrote."""
    return AccountPlan(
        "tindle",
        0,
        "Tindle Learning",
        "tindle-learning.example",
        "Growth",
        "Education",
        "SE",
        "Europe/Stockholm",
        "EUR",
        _AMIRA,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("sessions_started", 417_000, 0.17, 0.018),
            MeterPlan("events_delivered", 176_000, 0.14, 0.022),
            MeterPlan("events_replayed", 1_150, 0.05, 0.10),
            MeterPlan("rows_exported", 96_000, 0.10, 0.05),
            # Sold with the order form and never used.
            MeterPlan("storage_gb", 0.0),
            MeterPlan("active_seats", 84, 0.06),
        ),
        people=(
            PersonPlan("Petra Lindqvist", _CHAMPION, "Platform administrator", left_on=date(2026, 11, 26)),
            PersonPlan("Gunnar Ekdahl", _SPONSOR, "Director of learning"),
            PersonPlan("Maja Sandell", _BUYER, "Head of finance"),
            PersonPlan("Elin Rosén", _USER, "Course coordinator"),
            PersonPlan("Viktor Palm", _USER, "Data analyst"),
        ),
        terms=Terms(date(2026, 5, 1), (312_000, 230_000, 190_000), platform_fee=3_500, price_factor=0.83),
        signed_up_on=date(2023, 5, 1),
        seats=90,
        incidents=INCIDENTS["tindle"],
        tickets_a_week=0.58,
        quiet_from=date(2026, 9, 24),
        random_until=_CALM_SINCE,
    )


def fernhill() -> AccountPlan:
    """A peak season that uses the commitment up early."""
    return AccountPlan(
        "fernhill",
        2,
        "Fernhill Retail",
        "fernhill-retail.example",
        "Growth",
        "Retail",
        "BE",
        "Europe/Brussels",
        "EUR",
        _LENA,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 1_330_000, 0.24, 0.022),
            MeterPlan("api_calls", 400_000, 0.22, 0.025),
            MeterPlan("storage_gb", 3_900, 0.20),
            MeterPlan("events_replayed", 11_000, 0.08, 0.10),
            MeterPlan("connections", 148, 0.16),
        ),
        people=(
            PersonPlan("Lieve Peeters", _SPONSOR, "Chief digital officer"),
            PersonPlan("Bram Claes", _CHAMPION, "Order platform lead"),
            PersonPlan("Sabine Wouters", _BUYER, "Finance director"),
            PersonPlan("Yannick Maes", _USER, "Store systems engineer"),
            PersonPlan("Hélène Dupuis", _USER, "Stock planner"),
        ),
        terms=Terms(
            date(2026, 4, 1), (470_000, 440_000, 350_000), prepaid=True, platform_fee=6_000, price_factor=0.88
        ),
        signed_up_on=date(2023, 4, 1),
        seats=60,
        incidents=INCIDENTS["fernhill"],
        tickets_a_week=0.5,
        quiet_from=date(2026, 11, 12),
        random_until=_CALM_SINCE,
    )


def solvane() -> AccountPlan:
    """A goal reached early, and a bill about to jump."""
    return AccountPlan(
        "solvane",
        6,
        "Solvane Energy",
        "solvane-energy.example",
        "Growth",
        "Energy",
        "ES",
        "Europe/Madrid",
        "EUR",
        _OMAR,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 1_150_000, 0.28, 0.018),
            MeterPlan("api_calls", 395_000, 0.20, 0.022),
            MeterPlan("storage_gb", 5_100, 0.30),
            MeterPlan("events_replayed", 6_400, 0.05, 0.10),
            MeterPlan("connections", 232, 0.25),
        ),
        people=(
            PersonPlan("Inés Carballo", _SPONSOR, "Director of grid services"),
            PersonPlan("Álvaro Pizarro", _CHAMPION, "Metering platform lead"),
            PersonPlan("Rosa Montalvo", _BUYER, "Vendor manager"),
            PersonPlan("Jorge Bastida", _USER, "Field data engineer"),
        ),
        terms=Terms(
            date(2026, 8, 1),
            (600_000, 520_000, 400_000),
            platform_fee=5_000,
            price_factor=0.88,
            rollover_share=0.25,
        ),
        signed_up_on=date(2023, 8, 1),
        seats=70,
        incidents=INCIDENTS["solvane"],
        tickets_a_week=0.36,
        quiet_from=date(2026, 10, 26),
        random_until=_CALM_SINCE,
    )


def aurelia() -> AccountPlan:
    """Three hotels under one company."""
    sites = tuple(
        AccountPlan(
            f"aurelia-{city.lower()}",
            10_000 + place,
            f"Aurelia Hotels {city}",
            f"{city.lower()}.aurelia-hotels.example",
            "Growth",
            "Hospitality",
            country,
            zone,
            "EUR",
            _OMAR,
            _AMIRA,
            _AGENTS,
            meters=(
                MeterPlan("events_delivered", 1_610_000 * share / 3, growth, 0.024),
                MeterPlan("api_calls", 300_000 * share / 3, growth, 0.028),
                MeterPlan("events_replayed", 4_200 * share / 3, 0.04, 0.12),
            ),
            people=(people,),
            signed_up_on=date(2023, 3, 1),
            incidents=INCIDENTS["aurelia"][place : place + 1],
            tickets_a_week=0.2,
            quiet_from=date(2026, 11, 20),
            random_until=_CALM_SINCE,
        )
        for place, (city, country, zone, share, growth, people) in enumerate(
            (
                (
                    "Lisbon",
                    "PT",
                    "Europe/Lisbon",
                    0.46,
                    0.12,
                    PersonPlan("Marta Vilhena", _USER, "Front office manager"),
                ),
                (
                    "Vienna",
                    "AT",
                    "Europe/Vienna",
                    0.33,
                    0.07,
                    PersonPlan("Lukas Hofer", _USER, "Hotel systems manager"),
                ),
                (
                    "Seville",
                    "ES",
                    "Europe/Madrid",
                    0.21,
                    0.20,
                    PersonPlan("Carmen Olmedo", _USER, "Revenue manager"),
                ),
            )
        )
    )
    return AccountPlan(
        "aurelia",
        7,
        "Aurelia Hotels",
        "aurelia-hotels.example",
        "Growth",
        "Hospitality",
        "PT",
        "Europe/Lisbon",
        "EUR",
        _OMAR,
        _AMIRA,
        _AGENTS,
        meters=(MeterPlan("storage_gb", 2_700, 0.15), MeterPlan("active_seats", 96, 0.08)),
        people=(
            PersonPlan("Duarte Saraiva", _SPONSOR, "Chief commercial officer"),
            PersonPlan("Beatriz Falcão", _CHAMPION, "Group distribution lead"),
            PersonPlan("Nuno Prates", _BUYER, "Group purchasing"),
            PersonPlan("Sofia Lameira", _USER, "Reservations systems"),
        ),
        terms=Terms(date(2026, 3, 1), (275_000, 245_000, 200_000), platform_fee=3_000, price_factor=0.66),
        signed_up_on=date(2023, 3, 1),
        seats=110,
        sites=sites,
        tickets_a_week=0.25,
        quiet_from=date(2026, 11, 20),
        random_until=_CALM_SINCE,
    )


def ostara() -> AccountPlan:
    """Quiet, small, with one goal overdue."""
    return AccountPlan(
        "ostara",
        8,
        "Ostara Foods",
        "ostara-foods.example",
        "Scale",
        "Food supply",
        "GB",
        "Europe/London",
        "GBP",
        _OMAR,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan(
                "events_delivered",
                384_000,
                0.16,
                0.026,
                gaps=(date(2026, 8, 18), date(2026, 8, 19), date(2026, 8, 20)),
            ),
            MeterPlan("api_calls", 96_000, 0.12, 0.030),
            MeterPlan("storage_gb", 1_450, 0.14),
            MeterPlan("events_replayed", 2_600, 0.05, 0.12),
        ),
        people=(
            PersonPlan("Imogen Hartwell", _SPONSOR, "Supply chain director"),
            PersonPlan("Callum Reid", _CHAMPION, "Plant systems lead"),
            PersonPlan("Farah Sheikh", _BUYER, "Procurement partner"),
            PersonPlan("Owen Pritchard", _USER, "Cold chain engineer"),
        ),
        terms=Terms(date(2026, 9, 1), (176_000, 158_000, 140_000), platform_fee=1_500, price_factor=0.66),
        signed_up_on=date(2023, 9, 1),
        seats=35,
        incidents=INCIDENTS["ostara"],
        tickets_a_week=0.55,
        quiet_from=date(2026, 11, 28),
        random_until=_CALM_SINCE,
    )


def quarry() -> AccountPlan:
    """Nineteen days of use: too early to judge."""
    return AccountPlan(
        "quarry",
        9,
        "Quarry Robotics",
        "quarry-robotics.example",
        "Scale",
        "Manufacturing",
        "US",
        "America/Detroit",
        "USD",
        _OMAR,
        _AMIRA,
        _AGENTS,
        meters=(
            MeterPlan("events_delivered", 190_000, 2.0, 0.035),
            MeterPlan("api_calls", 56_000, 2.0, 0.040),
            MeterPlan("connections", 58, 6.0),
        ),
        people=(
            PersonPlan("Marisol Grant", _SPONSOR, "VP manufacturing"),
            PersonPlan("Dwight Okoro", _CHAMPION, "Controls engineering lead"),
            PersonPlan("Kelly Tran", _BUYER, "Sourcing manager"),
        ),
        terms=Terms(date(2026, 11, 21), (96_000,), platform_fee=1_200),
        signed_up_on=date(2026, 11, 21),
        first_day=date(2026, 11, 21),
        seats=20,
        tickets_a_week=0.7,
        quiet_from=date(2026, 11, 21),
        random_until=date(2020, 1, 1),
    )
