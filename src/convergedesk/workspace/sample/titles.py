"""Subject lines of tickets: a grammar by feature, filled with the words of the trade."""

from __future__ import annotations

import numpy as np

from convergedesk.domain.month_names import MONTHS
from convergedesk.workspace.sample.vocabulary import TRADES

# feature → (pattern of the conversation, subject). A slot in braces is filled by `title`.
_GRAMMAR: dict[str, tuple[tuple[str, str], ...]] = {
    "Webhook delivery": (
        ("fault", "{Things} no longer reach {system}"),
        ("fault", "{Things} time out after {seconds} s"),
        ("fault", "{Things} arrive twice since {weekday}"),
        ("delay", "{Things} reach {system} {minutes} min late"),
        ("fault", "Signature check fails for {things}"),
        ("fault", "{system_} answers 502 to every {ordinal} delivery"),
        ("question", "Order of {things} within one partition"),
        ("question", "Which addresses deliver to {system}?"),
    ),
    "Replay": (
        ("fault", "Replay of {things} stops at {percent} %"),
        ("fault", "Replay skips the first partition of {things}"),
        ("delay", "Replay of {count} {things} runs since {weekday}"),
        ("question", "Replay {things} for one destination only?"),
        ("fault", "Replayed {things} carry today's date"),
    ),
    "Retries": (
        ("fault", "No retries for {things} after a {code}"),
        ("question", "Longest wait between retries for {things}"),
        ("request", "Retry policy per destination for {things}"),
        ("fault", "{Things} retried {count} times although accepted"),
        ("fault", "Dead-letter queue fills with {things}"),
    ),
    "Schema guard": (
        ("fault", "Schema guard rejects {things} with an empty {field}"),
        ("fault", "New version of {things} not recognised"),
        ("question", "Make {field} optional for {things}"),
        ("fault", "{field} comes as text in {things}, expected a number"),
        ("request", "Warn before a schema change of {things}"),
    ),
    "Audit stream": (
        ("delay", "Audit stream lags {minutes} min behind"),
        ("fault", "Audit export misses {field}"),
        ("request", "Audit records of {things} to our security tool"),
        ("question", "How long are audit records of {things} kept?"),
    ),
    "Regional routing": (
        ("fault", "{Things} routed to the wrong region"),
        ("fault", "Regional routing sends {things} twice"),
        ("question", "Keep {things} within one region"),
        ("delay", "Second region answers {seconds} s slower for {things}"),
    ),
    "Batch export": (
        ("fault", "Nightly export of {things} is empty"),
        ("fault", "Export of {things} misses the last hour"),
        ("delay", "Export of {things} takes {hours} h instead of one"),
        ("fault", "Export file of {things} has {field} twice"),
        ("question", "Export {things} by {field}?"),
    ),
    "Imports": (
        ("delay", "Import of {count} {things} is slow"),
        ("fault", "Import refuses {things} without {field}"),
        ("fault", "Umlauts broken in imported {things}"),
        ("request", "Bulk import of {things}"),
    ),
    "Sandbox": (
        ("fault", "Sandbox sends {things} to production"),
        ("request", "A sandbox of our own for {things}, {few} sites"),
        ("question", "Copy last week's {things} into the sandbox"),
        ("fault", "Sandbox keys expire before {weekday}"),
    ),
    "Portal": (
        ("fault", "Portal shows stale {things}"),
        ("fault", "Two {things} missing in the list"),
        ("delay", "List of {things} takes {seconds} s to open"),
        ("fault", "Search by {field} finds nothing"),
        ("question", "Hide {field} from partners"),
    ),
    "Alerts": (
        ("fault", "No alert when {things} stopped on {weekday}"),
        ("fault", "Alert for {things} fires every {minutes} min"),
        ("request", "Alert at {percent} % of the commitment left"),
        ("question", "Send alerts on {things} to two teams"),
    ),
    "Dashboards": (
        ("fault", "Count of {things} differs from our own by {percent} %"),
        ("fault", "Dashboard of {things} stays at {weekday}"),
        ("question", "Compare {things} by {field}"),
        ("request", "Schedule the weekly report on {things}"),
    ),
    "Access and roles": (
        ("role", "New colleague cannot see {things}"),
        ("sign-in", "Sign-in loops for {few} colleagues since {weekday}"),
        ("leaver", "Remove a former colleague from {system}"),
        ("question", "Read-only role for {things}"),
        ("two-step", "Two-step sign-in lost, cannot reach {things}"),
    ),
    "API": (
        ("fault", "API answers 429 for {things} below the limit"),
        ("fault", "Paging skips {things} at {count}"),
        ("question", "Filter {things} by {field} in one call"),
        ("delay", "Calls for {things} take {seconds} s at noon"),
        ("fault", "Field {field} missing in {things} since {weekday}"),
    ),
    "Transformations": (
        ("fault", "Transformation drops {field} from {things}"),
        ("question", "Join {things} with a lookup on {field}"),
        ("delay", "Transformation of {things} queues for {minutes} min"),
        ("fault", "{field} rounded in {things} after the release"),
    ),
    "Connectors": (
        ("fault", "Connector to {system} lost its token"),
        ("fault", "Connector reads {things} from {weekday} only"),
        ("request", "Connector for a second {system_word}"),
        ("delay", "Connector to {system} polls every {minutes} min only"),
    ),
    "Billing": (
        ("billing", "Invoice counts more {things} than we do"),
        ("billing", "Cost centre missing on the {month} invoice"),
        ("billing", "Split the {month} invoice by {field}"),
        ("question", "What does the next million {things} cost?"),
    ),
}

_WEIGHTS = {
    "Webhook delivery": 6,
    "Replay": 3,
    "Retries": 4,
    "API": 4,
    "Portal": 4,
    "Batch export": 3,
    "Dashboards": 3,
    "Access and roles": 3,
    "Schema guard": 3,
    "Connectors": 3,
    "Billing": 1,
    "Sandbox": 1,
}
_NAMES = tuple(_GRAMMAR)
_STEPS = np.cumsum([_WEIGHTS.get(name, 2) for name in _NAMES])
_FAULTS = ("Webhook delivery", "Retries", "Regional routing", "API", "Connectors", "Schema guard")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_CODES = ("429", "500", "503", "408")
_COUNTS = ("1,000", "2,500", "10,000", "40,000", "120,000", "3")


class TitleWriter:
    """Writes subject lines for one industry from a stream of random numbers."""

    def __init__(self, industry: str, stream: np.random.Generator) -> None:
        """Keep the words of the trade and the stream."""
        self._trade = TRADES[industry]
        self._stream = stream

    def feature(self, *, blocking: bool) -> str:
        """A feature; one that can lower usage where the ticket is blocking."""
        if blocking:
            return _FAULTS[int(self._stream.integers(len(_FAULTS)))]
        return _NAMES[int(np.searchsorted(_STEPS, self._below(int(_STEPS[-1])), side="right"))]

    def write(self, feature: str, *, blocking: bool) -> tuple[str, str, str]:
        """A subject line, the pattern of its conversation, and what it is about."""
        choices = [entry for entry in _GRAMMAR[feature] if not blocking or entry[0] in {"fault", "delay"}]
        pattern, template = choices[self._below(len(choices))]
        thing = self._trade.things[self._below(len(self._trade.things))]
        return self._fill(template, thing), pattern, thing

    def _fill(self, template: str, thing: str) -> str:
        system = self._trade.systems[self._below(len(self._trade.systems))]
        return template.format_map(
            {
                "things": thing,
                "Things": thing[0].upper() + thing[1:],
                "system": system,
                "system_": system[0].upper() + system[1:],
                "system_word": system.removeprefix("the "),
                "field": self._trade.fields[self._below(len(self._trade.fields))],
                "weekday": _WEEKDAYS[self._below(5)],
                "minutes": 5 * (1 + self._below(18)),
                "seconds": (5, 8, 10, 12, 15, 20, 30, 45, 60)[self._below(9)],
                "hours": 3 + self._below(7),
                "percent": 2 + self._below(94) if "stops at" in template else 2 + self._below(11),
                "few": ("two", "three", "four", "five", "six")[self._below(5)],
                "month": MONTHS[self._below(12)],
                "count": _COUNTS[self._below(5 if "retried" not in template else 6)],
                "code": _CODES[self._below(4)],
                "ordinal": ("second", "third", "fifth", "tenth")[self._below(4)],
            }
        )

    def _below(self, limit: int) -> int:
        return int(self._stream.integers(limit))
