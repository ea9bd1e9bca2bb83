"""The days on which the pilot's accounts left their course."""

from __future__ import annotations

from datetime import date

from convergedesk.workspace.sample.plan import Incident

_EVENTS = ("events_delivered", "events_routed")

INCIDENTS: dict[str, tuple[Incident, ...]] = {
    # The administrator left on 26 November, a scheduled export stopped, and nobody wrote.
    "tindle": (
        Incident(
            date(2026, 11, 27),
            (0.84, 0.75, 0.68, 0.655, 0.645, 0.64, 0.645, 0.65, 0.66, 0.665, 0.66, 0.66, 0.665),
            ("sessions_started", "events_delivered"),
        ),
        Incident(date(2026, 11, 27), (0.45, 0.12, 0.10, 0.08), ("rows_exported",), after=0.09),
    ),
    "kestrel": (
        # The retry queue stopped a day after #48702 was opened; not mended yet.
        Incident(date(2026, 12, 2), (0.78, 0.73, 0.71, 0.71, 0.71, 0.70, 0.71, 0.71),
                 ("events_delivered", "api_calls", "schema_checks"), after=0.71),
        Incident(date(2026, 12, 2), (0.4, 0.2, 0.15), ("events_replayed",), after=0.15),
        # #47988: mended within three days, but one processor came back a week later.
        Incident(date(2026, 10, 5), (0.84, 0.80, 0.83, 0.88, 0.90, 0.91, 0.91, 0.91, 0.92, 0.92, 0.94, 0.97),
                 ("events_delivered", "api_calls")),
        Incident(date(2026, 7, 21), (0.78, 0.72, 0.90, 1.04, 1.05, 1.03), _EVENTS),
    ),
    "fernhill": (
        Incident(date(2026, 6, 24), (0.90, 0.86, 0.91), _EVENTS),
    ),
    "marlowe": (
        # #46902: every event of two regions went out twice, then routing was switched off.
        Incident(date(2026, 7, 9), (0.88, 0.83, 0.83, 0.84, 0.86, 0.87, 0.97), _EVENTS),
        # #48213: the customs gateway timed out; restarted site by site; replays caught up for two weeks.
        Incident(
            date(2026, 10, 21),
            (0.74, 0.60, 0.62, 0.63, 0.69, 0.79, 0.98, 1.02, 1.04, 1.05, 1.06, 1.06, 1.05, 1.05, 1.04, 1.04,
             1.03, 1.02),
            _EVENTS,
        ),
        Incident(date(2026, 10, 22), (3.0, 5.5, 5.0, 4.0, 3.5, 3.0, 3.5, 3.2, 3.0, 2.8, 2.5, 2.0, 1.6, 1.3),
                 ("events_replayed",)),
        # #48431 and #48522 lowered API calls, not events.
        Incident(date(2026, 10, 30), (0.79, 0.77, 0.80, 0.82, 0.84, 0.97), ("api_calls",)),
        Incident(date(2026, 11, 9), (0.88, 0.88, 0.88, 0.89, 0.89, 0.90, 0.89, 0.90), ("api_calls",)),
        # #48590: one acknowledgement in eight was sent back as a duplicate.
        Incident(date(2026, 11, 17), (0.87, 0.82, 0.85, 0.99, 1.03, 1.03), _EVENTS),
    ),
    "cobalt": (
        # #48377: closed and rated 5 of 5, but one claims route was never switched back on.
        Incident(date(2026, 10, 28), (0.86, 0.78, 0.76, 0.78, 0.80, 0.80, 0.82, 0.82, 0.83, 0.84, 0.84, 0.85,
                                      0.86), ("events_delivered",), after=0.87),
    ),
    "brightwater": (
        # #47786: the interface engine of one hospital was down for four days.
        Incident(date(2026, 9, 25), (0.80, 0.70, 0.74, 0.86, 1.0, 1.06, 1.08, 1.06, 1.04),
                 ("events_delivered", "notifications", "api_calls")),
        # #48402: mended, and the wards took the new alert route up at once.
        Incident(date(2026, 10, 29), (0.94, 0.91, 0.92, 0.93, 0.95), ("events_delivered",), after=1.09),
    ),
    "solvane": (
        Incident(date(2026, 10, 16), (0.92, 0.89, 0.93), ("events_delivered",), after=1.06),
        # A new reading job asks twice as often since 7 December: the bill will show it.
        Incident(date(2026, 12, 7), (1.95, 2.08, 2.10), ("api_calls",), after=2.10),
    ),
    # One of each for Lisbon, Vienna and Seville.
    "aurelia": (
        Incident(date(2026, 9, 26), (0.90, 0.84, 0.88, 0.97, 1.03), ("events_delivered",)),
        Incident(date(2026, 12, 3), (0.93, 0.90, 0.91, 0.92, 0.91, 0.92, 0.92), ("api_calls",), after=0.92),
        Incident(date(2026, 10, 3), (0.93, 0.92, 0.95), ("events_delivered",)),
    ),
    "ostara": (
        Incident(date(2026, 10, 24), (0.88, 0.85, 0.90, 0.98, 1.04), ("events_delivered",)),
        Incident(date(2026, 12, 1), (0.95, 0.93, 0.94, 0.97), ("events_delivered",)),
    ),
}  # fmt: skip
