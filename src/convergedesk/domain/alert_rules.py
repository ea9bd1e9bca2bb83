"""Rules by which alerts are raised: kinds with typed parameters, declared once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from convergedesk.domain.alerts import AlertKind, AlertRuleId, Severity
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.kinds import AccountId, PodId
from convergedesk.domain.settings import Choice, Number, Toggle


class AlertRuleError(ConvergeDeskError):
    """A rule that cannot be kept; the sentence names the parameter and says what it takes."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be set of a kind of rule.

    Attributes:
        key: Its name in the rule's data.
        title: As the form calls it.
        help: What it does.
        default: The value that the program comes with.
        field: What it takes.
    """

    key: str
    title: str
    help: str
    default: int | str | bool
    field: Number | Choice | Toggle


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of alert that can be watched for.

    Attributes:
        kind: Which.
        title: As the list of rules calls it.
        help: When it is raised, in one sentence.
        group: The heading under which it stands: 'Dips', 'Rises', 'Tickets', 'Commitment' or 'Relationship'.
        icon: Phosphor name.
        severity: The default.
        parameters: What can be set.
    """

    kind: AlertKind
    title: str
    help: str
    group: str
    icon: str
    severity: Severity
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A rule as it holds.

    Attributes:
        id: Our own id; None for one that the program comes with and nobody changed.
        kind: What it watches for.
        enabled: Whether it is on.
        severity: How pressing its alerts are.
        parameters: Values by key; a key that is absent has its default.
        pod_id: Only accounts of this pod, or None.
        account_ids: Only these accounts; empty for all (of the pod).
    """

    id: AlertRuleId | None
    kind: AlertKind
    enabled: bool
    severity: Severity
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    pod_id: PodId | None = None
    account_ids: tuple[AccountId, ...] = ()

    def number(self, key: str) -> int:
        """A parameter that is a whole number."""
        return int(self._value(key))

    def choice(self, key: str) -> str:
        """A parameter that is one of a few words."""
        return str(self._value(key))

    @property
    def everywhere(self) -> bool:
        """Whether it holds for all accounts."""
        return self.pod_id is None and not self.account_ids

    def _value(self, key: str) -> Any:
        known = next(one for one in kind_of(self.kind).parameters if one.key == key)
        return self.parameters.get(key, known.default)


_DROP = Parameter(
    "least_drop",
    "Smallest drop",
    "A dip that is shallower raises nothing, however sure it is.",
    10,
    Number(5, 90, "% below expected"),
)

RULE_KINDS: tuple[RuleKind, ...] = (
    RuleKind(
        AlertKind.DIP_AFTER_TICKET,
        "Dip after a support interaction",
        "Usage fell beyond chance 3, 5, 7, 10 or 14 days after a ticket was opened or closed.",
        "Dips",
        "flag",
        Severity.CRITICAL,
        (
            _DROP,
            Parameter(
                "tickets",
                "After",
                "The more tickets are watched, the stronger each finding has to be.",
                "high",
                Choice((("high", "high-priority tickets"), ("all", "all tickets"))),
            ),
        ),
    ),
    RuleKind(
        AlertKind.SILENT_DIP,
        "Silent dip",
        "Usage of the last days fell beyond chance and nobody wrote a ticket.",
        "Dips",
        "trend-down",
        Severity.CRITICAL,
        (_DROP,),
    ),
    RuleKind(
        AlertKind.NOT_RESTORED,
        "Value not restored",
        "A dip that a ticket brought has lasted longer than it should.",
        "Tickets",
        "warning-octagon",
        Severity.CRITICAL,
        (
            Parameter(
                "days",
                "Days without restoration",
                "Counted from the opening of the ticket, whether it is closed or not.",
                14,
                Number(3, 120, "days"),
            ),
        ),
    ),
    RuleKind(
        AlertKind.OPEN_LONG,
        "High-priority ticket open for long",
        "A high-priority ticket stays open longer than nearly all like it.",
        "Tickets",
        "clock",
        Severity.WARNING,
        (Parameter("days", "Open for at least", "Younger tickets raise nothing.", 5, Number(1, 90, "days")),),
    ),
    RuleKind(
        AlertKind.ESCALATION,
        "Escalation",
        "The support desk marked an open ticket as escalated.",
        "Tickets",
        "flag",
        Severity.CRITICAL,
    ),
    RuleKind(
        AlertKind.SLA_RISK,
        "Service promise at risk",
        "An open ticket has used up most of the time that the contract promises, or all of it.",
        "Tickets",
        "hourglass-medium",
        Severity.WARNING,
        (
            Parameter(
                "share",
                "Time used",
                "Share of the promised time after which it is raised.",
                80,
                Number(10, 100, "% of the time"),
            ),
        ),
    ),
    RuleKind(
        AlertKind.COMMITMENT,
        "Commitment used",
        "Spend passed one of three marks of what was committed.",
        "Commitment",
        "hourglass-medium",
        Severity.WARNING,
        tuple(
            Parameter(f"mark_{number}", f"{name} mark", "0 switches it off.", mark, Number(0, 200, "% used"))
            for number, name, mark in ((1, "First", 75), (2, "Second", 90), (3, "Third", 100))
        ),
    ),
    RuleKind(
        AlertKind.BILL_SHOCK,
        "Bill shock",
        "The month is heading for far more than the months before: the customer should hear it first.",
        "Rises",
        "trend-up",
        Severity.WARNING,
        (
            Parameter(
                "rise",
                "Smallest rise",
                "Forecast of the month against the usual month.",
                30,
                Number(5, 500, "% above the usual month"),
            ),
            Parameter(
                "days",
                "Days of the month needed",
                "The first days say little about the month.",
                7,
                Number(1, 28, "days"),
            ),
        ),
    ),
    RuleKind(
        AlertKind.GOAL_SLIPPING,
        "Goal slipping",
        "A goal is behind and has stopped moving, or is past its day.",
        "Relationship",
        "target",
        Severity.WARNING,
        (
            Parameter(
                "from",
                "Raised when",
                "What counts as slipping.",
                "stuck",
                Choice(
                    (
                        ("behind", "behind, stuck or overdue"),
                        ("stuck", "stuck or overdue"),
                        ("overdue", "overdue"),
                    )
                ),
            ),
        ),
    ),
    RuleKind(
        AlertKind.CHAMPION_LEFT,
        "Champion or sponsor left",
        "Somebody who spoke for us left, and nobody has taken over the role.",
        "Relationship",
        "users",
        Severity.CRITICAL,
        (
            Parameter(
                "days",
                "Left within",
                "Older departures are no news.",
                90,
                Number(7, 730, "days"),
            ),
        ),
    ),
    RuleKind(
        AlertKind.NOT_SPOKEN,
        "Not spoken to",
        "A champion or sponsor has not been in touch for long.",
        "Relationship",
        "chat-centered-text",
        Severity.INFO,
        (
            Parameter(
                "days",
                "Days without contact",
                "Check-ins and messages in tickets count as contact.",
                60,
                Number(7, 365, "days"),
            ),
        ),
    ),
    RuleKind(
        AlertKind.REVIEW_DUE,
        "Review due",
        "A business review is near and not presented yet.",
        "Relationship",
        "presentation-chart",
        Severity.INFO,
        (Parameter("days", "Days ahead", "How long before the day.", 7, Number(1, 60, "days")),),
    ),
)
_BY_KIND = {one.kind: one for one in RULE_KINDS}
GROUPS = ("Dips", "Rises", "Tickets", "Commitment", "Relationship")


def kind_of(kind: AlertKind) -> RuleKind:
    """How a kind is declared."""
    return _BY_KIND[kind]


def default_rule(kind: AlertKind) -> AlertRule:
    """The rule of that kind that the program comes with."""
    return AlertRule(None, kind, True, kind_of(kind).severity)


def checked(rule: AlertRule) -> AlertRule:
    """The rule with only what its kind declares. Raises AlertRuleError."""
    declared = {one.key: one for one in kind_of(rule.kind).parameters}
    for key, value in rule.parameters.items():
        if key not in declared:
            raise AlertRuleError(f"“{kind_of(rule.kind).title}” has nothing called “{key}”.")
        fault = declared[key].field.fault(value)
        if fault:
            raise AlertRuleError(f"“{declared[key].title}” {fault}; {str(value)[:40]} is not that.")
    return rule


class RuleBook:
    """Which rule holds for which account.

    The most particular one that names the account wins: one for chosen accounts, then one for a pod, then
    one for all; a rule that is off silences what a wider one would raise.
    """

    def __init__(self, rules: Iterable[AlertRule], pods: Mapping[PodId, Iterable[AccountId]]) -> None:
        """Sort the rules; kinds without one for all accounts keep the default.

        Args:
            rules: What people made or changed.
            pods: The accounts of each pod, sites included.
        """
        self._members = {pod: frozenset(accounts) for pod, accounts in pods.items()}
        self._rules: dict[AlertKind, list[AlertRule]] = {kind: [] for kind in AlertKind}
        for rule in rules:
            self._rules[rule.kind].append(rule)
        for kind, known in self._rules.items():
            if not any(rule.everywhere for rule in known):
                known.append(default_rule(kind))
            known.sort(key=lambda rule: (not rule.account_ids, rule.pod_id is None, rule.id or 0))

    @property
    def rules(self) -> tuple[AlertRule, ...]:
        """Every rule, by kind, the one for all accounts first."""
        return tuple(rule for kind in AlertKind for rule in reversed(self._rules[kind]))

    def rule_for(self, kind: AlertKind, account_id: AccountId) -> AlertRule | None:
        """The rule in force for an account; None where it is off."""
        for rule in self._rules[kind]:
            if self._names(rule, account_id):
                return rule if rule.enabled else None
        return None

    def _names(self, rule: AlertRule, account_id: AccountId) -> bool:
        if rule.account_ids and account_id not in rule.account_ids:
            return False
        return rule.pod_id is None or account_id in self._members.get(rule.pod_id, ())
