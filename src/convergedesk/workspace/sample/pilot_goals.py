"""What the pilot's customers want to reach, in their words, and how far they are."""

from __future__ import annotations

from datetime import date

from convergedesk.domain.audience import Audience
from convergedesk.domain.goals import GoalState, MeterMeasure
from convergedesk.workspace.sample.engagement import GoalPlan, Value

_LENA, _AMIRA, _PRIYA, _JONAS, _OMAR = (
    "Lena Fischer",
    "Amira Haddad",
    "Priya Nair",
    "Jonas Weber",
    "Omar Reyes",
)


def _day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 5 else "2026-" + text)


def _values(text: str, **notes: str) -> tuple[Value, ...]:
    """Values written as '09-17 340, 09-24 325', with notes as d0917='…'."""
    pairs = (entry.split() for entry in text.split(", "))
    return tuple(
        Value(_day(day), float(value), notes.get("d" + day.replace("-", ""), "")) for day, value in pairs
    )


def _customer(
    account: str,
    title: str,
    span: tuple[float, float, str],
    dates: tuple[str, str],
    owner: str,
    evidence: str,
    reported_by: str,
    values: tuple[Value, ...],
    *,
    audience: Audience = Audience.SHARED,
    state: GoalState = GoalState.OPEN,
) -> GoalPlan:
    start, target, unit = span
    return GoalPlan(
        account, title, start, target, unit, _day(dates[0]), _day(dates[1]), owner, evidence, audience, state,
        values, reported_by,
    )  # fmt: skip


def _metered(
    account: str,
    title: str,
    target: float,
    unit: str,
    dates: tuple[str, str],
    owner: str,
    meter: tuple[str, MeterMeasure],
    *,
    start: float | None = None,
    audience: Audience = Audience.SHARED,
) -> GoalPlan:
    return GoalPlan(
        account, title, start, target, unit, _day(dates[0]), _day(dates[1]), owner, "Usage meter, daily",
        audience, meter=meter[0], measure=meter[1],
    )  # fmt: skip


_MARLOWE = (
    _customer(
        "marlowe", "Customs events within 60 seconds", (91.2, 98.5, "%"), ("09-17", "2027-01-15"), _LENA,
        "Time stamps of the customs gateway; no truck waits at the gate for a message", "Theo Marchetti",
        _values("09-17 91.2, 09-25 92.6, 10-02 93.8, 10-09 94.9, 10-16 95.6, 10-22 71.0, 10-26 88.5, "
                "10-30 95.2, "
                "11-06 96.1, 11-13 96.6, 11-18 94.2, 11-27 97.0, 12-04 97.2, 12-09 97.4",
                d1022="While the gateway timed out (#48213)", d1118="Duplicates counted as late (#48590)"),
    ),
    _customer(
        "marlowe", "Carriers live on the platform", (14, 24, "carriers"), ("09-17", "2027-01-15"), _LENA,
        "Field in the CRM, kept by both sides: one place for every booking", "Lena Fischer",
        _values("09-17 14, 09-30 15, 10-15 17, 10-30 18, 11-13 20, 11-27 21, 12-08 22",
                d1208="Two left, dated 27 February"),
    ),
    _customer(
        "marlowe", "Manual re-sends a week", (340, 80, "re-sends a week"), ("09-17", "2027-01-15"), _LENA,
        "Weekly report of Marlowe's operations; frees the night team", "Dana Whitlock",
        _values("09-17 340, 09-24 328, 10-01 305, 10-08 274, 10-15 250, 10-22 410, 10-29 352, 11-05 "
                "281, 11-12 255, "
                "11-19 262, 11-26 231, 12-03 218, 12-08 210",
                d1022="The night team sent by hand for three nights (#48213)",
                d1208="Waits for a project lead for the second gateway"),
    ),
)  # fmt: skip

_STRATEGIC = (
    _customer(
        "kestrel", "Failed payments retried", (62, 90, "%"), ("10-01", "2027-03-31"), _PRIYA,
        "Kestrel's own payment report, weekly", "Declan Roche",
        _values("10-01 62, 10-09 61, 10-16 66, 10-30 70, 11-13 74, 11-27 76, 12-04 63, 12-08 58",
                d1009="One acquirer rejected card updates (#47988)", d1208="Falls while #48702 is open"),
    ),
    _customer(
        "kestrel", "Settlement closed by 07:00", (92, 99, "% of days"), ("09-01", "2027-02-28"), _AMIRA,
        "Time of the settlement file", "Grace Mulvey",
        _values("09-01 92, 09-30 94.1, 10-30 95.8, 11-30 97.1"),
    ),
    _customer(
        "kestrel", "Replay in use at 30 sites", (12, 30, "sites"), ("10-01", "2027-03-31"), _LENA,
        "Feature use in our own report; similar accounts use it at more than half of their sites",
        "Lena Fischer",
        _values("10-01 12, 11-02 12, 12-01 12"), audience=Audience.INTERNAL,
    ),
    _customer(
        "cobalt", "Claims closed the same day", (22, 40, "%"), ("09-01", "2027-03-15"), _AMIRA,
        "Monthly report of the claims desk", "Henrike Albers",
        _values("09-01 22, 09-30 25, 10-30 26", d1030="The archive switch took the team; no value since"),
    ),
    _customer(
        "cobalt", "Broker questions by telephone a day", (120, 60, "calls a day"), ("08-01", "2027-02-28"),
        _AMIRA, "Call report of the broker desk", "Franziska Lorenz",
        _values("08-01 120, 08-31 114, 09-30 101, 10-30 92, 11-30 80"),
    ),
    _customer(
        "cobalt", "Bulk import of users", (0, 1, "released"), ("05-04", "09-30"), _AMIRA,
        "Our road map", "Amira Haddad", _values("05-04 0, 09-14 0", d0914="Declined; the reason was shared"),
        state=GoalState.DROPPED,
    ),
    _customer(
        "brightwater", "Alerts read within 5 minutes", (71, 90, "%"), ("08-14", "2027-02-28"), _JONAS,
        "Read receipts of the ward boards", "Oskari Nurmi",
        _values("08-14 71, 08-31 73, 09-18 76, 09-28 69, 10-16 78, 11-06 81, 11-20 83, 12-04 84",
                d0928="One hospital was cut off for four days (#47786)"),
    ),
    _customer(
        "brightwater", "Wards on the new alert route", (6, 24, "wards"), ("09-01", "2027-04-30"), _AMIRA,
        "List of the hospital integration team", "Oskari Nurmi",
        _values("09-01 6, 10-01 8, 11-03 11, 11-20 13, 12-04 15"),
    ),
    _metered("brightwater", "55,000 ward notifications a day", 55_000, "notifications a day",
             ("09-01", "2027-02-28"), _OMAR, ("notifications", MeterMeasure.DAILY_MEAN_28)),
)  # fmt: skip

_GROWING = (
    _metered("tindle", "450,000 sessions a day", 450_000, "sessions a day", ("09-15", "2027-01-31"), _AMIRA,
             ("sessions_started", MeterMeasure.DAILY_MEAN_28)),
    _customer(
        "tindle", "Sessions with a saved course", (4_100, 6_000, "a day"), ("08-24", "2027-01-31"), _AMIRA,
        "Weekly report of the learning portal", "Petra Lindqvist",
        _values("08-24 4100, 09-14 4320, 10-05 4690, 10-26 4980, 11-16 5120, 11-30 3650, 12-07 3200",
                d1130="Fell with the sessions; sent by Viktor Palm from here on"),
    ),
    _customer(
        "tindle", "A second administrator before the renewal", (0, 1, "trained"), ("10-12", "2027-03-31"),
        _AMIRA, "Named in the portal, trained", "Amira Haddad", _values("10-12 0, 12-08 0"),
        audience=Audience.INTERNAL,
    ),
    _customer(
        "fernhill", "Orders routed without a person", (48, 80, "%"), ("09-01", "12-31"), _LENA,
        "Order platform, weekly", "Bram Claes",
        _values("09-01 48, 09-21 51, 10-12 56, 11-02 60, 11-23 62, 12-07 61",
                d1207="The peak season took the team"),
    ),
    _customer(
        "fernhill", "Stock shown within 2 minutes", (85, 97, "%"), ("07-01", "2027-01-31"), _PRIYA,
        "Store systems, monthly", "Hélène Dupuis",
        _values("07-01 85, 07-31 87.5, 08-31 90.2, 09-30 92.4, 10-30 94.6, 11-30 95.5"),
    ),
    _metered("fernhill", "Carry 46 million events in December", 46_000_000, "events", ("12-01", "12-31"),
             _LENA, ("events_delivered", MeterMeasure.MONTH_TO_DATE), start=0),
    _customer(
        "solvane", "Meters reporting", (88, 96, "%"), ("08-01", "2027-01-09"), _AMIRA,
        "Metering hub, daily", "Álvaro Pizarro",
        _values("08-01 88, 08-31 89.6, 09-30 91.5, 10-30 93.8, 11-20 95.1, 12-08 96",
                d1208="A month early; propose the next one"),
        state=GoalState.REACHED,
    ),
    _customer(
        "solvane", "Readings settled within a day", (81, 92, "%"), ("10-20", "2027-04-30"), _AMIRA,
        "Settlement system, monthly", "Inés Carballo", _values("10-20 81, 10-30 82.5, 11-30 86.5"),
    ),
    _customer(
        "aurelia", "Rooms booked by app", (18, 34, "%"), ("07-01", "2027-01-31"), _OMAR,
        "Group distribution, monthly", "Beatriz Falcão",
        _values("07-01 18, 07-31 20.5, 08-31 24, 09-30 26, 10-30 28.5, 11-30 31",
                d1130="One hotel still has to switch"),
    ),
    _customer(
        "aurelia", "Overbookings a month", (26, 5, "a month"), ("07-01", "2027-03-31"), _AMIRA,
        "Front office reports of the three hotels", "Sofia Lameira",
        _values("07-01 26, 07-31 23, 08-31 21, 09-30 22, 10-30 15, 11-30 11"),
    ),
    _customer(
        "ostara", "Cold-chain alarms answered within 15 minutes", (64, 90, "%"), ("06-01", "11-30"), _AMIRA,
        "Cold-chain monitor, monthly", "Owen Pritchard",
        _values("06-01 64, 06-30 68, 07-31 72, 08-31 71, 09-30 77, 10-30 79, 11-30 83",
                d0831="Three days without data in August"),
    ),
    _metered("ostara", "2.65 million events a week by feed, not by mail", 2_650_000, "events a week",
             ("05-11", "2027-04-30"), _OMAR, ("events_delivered", MeterMeasure.WEEKLY_TOTAL)),
    _metered("quarry", "120 machines connected", 120, "machines", ("11-21", "2027-02-28"), _OMAR,
             ("connections", MeterMeasure.DAILY_MEAN_28), start=0),
    _customer(
        "quarry", "First line sends every machine state", (0, 1, "line"), ("11-21", "12-04"), _AMIRA,
        "Line monitor", "Dwight Okoro", _values("11-21 0, 11-30 1", d1130="Live since #48671 was closed"),
        state=GoalState.REACHED,
    ),
)  # fmt: skip

PILOT_GOALS: tuple[GoalPlan, ...] = (*_MARLOWE, *_STRATEGIC, *_GROWING)
