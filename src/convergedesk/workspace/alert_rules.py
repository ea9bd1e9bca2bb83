"""Rules by which alerts are raised: read, changed, tried out, written to a file and read from one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.alert_rules import (
    RULE_KINDS,
    AlertRule,
    AlertRuleError,
    RuleBook,
    checked,
    kind_of,
)
from convergedesk.domain.alerts import AlertKind, AlertRuleId, Severity
from convergedesk.domain.protocols import CancelToken, Progress, no_progress
from convergedesk.store import accounts as store_accounts
from convergedesk.store import alert_rules as store_rules
from convergedesk.store import pods as store_pods
from convergedesk.workspace.changes import Changes, Kind
from convergedesk.workspace.session import Workspace

if TYPE_CHECKING:
    from convergedesk.figures.alerts.replay import Preview

_KINDS = frozenset({Kind.ALERT_RULES})


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule with what is needed to show and change it.

    Attributes:
        rules: By kind in the order of their declaration, the rule for all accounts first.
        pods: Pods by name.
        accounts: Accounts by name.
    """

    rules: tuple[AlertRule, ...]
    pods: tuple[tuple[PodId, str], ...]
    accounts: tuple[tuple[AccountId, str], ...]


def alert_rules(workspace: Workspace) -> Rules:
    """The rules as they hold."""
    store = workspace.store
    with store.read_together():
        book = RuleBook(store_rules.list_rules(store), {})
        pods = tuple((pod.id, pod.name) for pod in store_pods.list_pods(store))
        accounts = tuple(
            (one.id, one.name) for one in store_accounts.list_accounts(store) if one.gone_since is None
        )
    order = {declared.kind: place for place, declared in enumerate(RULE_KINDS)}
    return Rules(tuple(sorted(book.rules, key=lambda rule: order[rule.kind])), pods, accounts)


def save_rule(workspace: Workspace, rule: AlertRule) -> tuple[AlertRule, Changes]:
    """Keep a rule. Raises AlertRuleError where a value cannot be taken, NotFoundError where it is gone."""
    title = kind_of(rule.kind).title
    with workspace.edit(f"Changed the rule “{title}”") as edit:
        if rule.id is None:
            edit.label = f"Changed the rule “{title}”" if rule.everywhere else f"Added a rule “{title}”"
        rule_id = store_rules.save(workspace.store, rule, now=workspace.clock.now())
    kept = store_rules.get(workspace.store, rule_id)
    return kept, Changes(frozenset(), _KINDS, edit_id=edit.id)


def delete_rule(workspace: Workspace, rule_id: AlertRuleId) -> Changes:
    """Drop a rule; one for all accounts becomes what the program comes with. Raises NotFoundError."""
    with workspace.edit() as edit:
        rule = store_rules.get(workspace.store, rule_id)
        title = kind_of(rule.kind).title
        edit.label = f"Reset the rule “{title}”" if rule.everywhere else f"Deleted a rule “{title}”"
        edit.deletes = not rule.everywhere
        store_rules.delete(workspace.store, rule_id)
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def preview_rule(
    workspace: Workspace,
    rule: AlertRule,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Preview | None:
    """What a rule would have raised in the last 90 days; None where it was cancelled.

    Raises AlertRuleError where a value of the rule cannot be taken.
    """
    from convergedesk.figures.alerts.replay import preview

    return preview(workspace.store, checked(rule), today=workspace.today, progress=progress, cancel=cancel)


def rules_text(rules: Iterable[AlertRule]) -> str:
    """Rules for all accounts as text that `read_rules` takes, for other workspaces.

    Rules for some accounts stay behind: other workspaces do not know these.
    """
    listed = [
        {
            "kind": rule.kind.value,
            "enabled": rule.enabled,
            "severity": rule.severity.value,
            "parameters": dict(rule.parameters),
        }
        for rule in rules
        if rule.everywhere
    ]
    return json.dumps({"alert_rules": listed}, indent=2, sort_keys=True) + "\n"


def read_rules(text: str) -> tuple[AlertRule, ...]:
    """The rules of a text that `rules_text` gave. Raises AlertRuleError with what is wrong and where."""
    try:
        listed = json.loads(text)["alert_rules"]
        return tuple(_read(number, one) for number, one in enumerate(listed, 1))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AlertRuleError(
            "This file holds no alert rules.", fix="Choose a file that was exported here."
        ) from None


def take_rules(workspace: Workspace, rules: Iterable[AlertRule]) -> Changes:
    """Put rules for all accounts in place of those that hold; one step of undo. Raises AlertRuleError."""
    now = workspace.clock.now()
    with workspace.edit("Took over alert rules from a file") as edit:
        known = {rule.kind: rule.id for rule in store_rules.list_rules(workspace.store) if rule.everywhere}
        for rule in rules:
            kept = AlertRule(known.get(rule.kind), rule.kind, rule.enabled, rule.severity, rule.parameters)
            store_rules.save(workspace.store, kept, now=now)
    return Changes(frozenset(), _KINDS, edit_id=edit.id)


def _read(number: int, one: Any) -> AlertRule:
    if one.get("kind") not in {kind.value for kind in AlertKind}:
        raise AlertRuleError(f"Rule {number} is of a kind that this program does not know.")
    if one.get("severity") not in {severity.value for severity in Severity}:
        raise AlertRuleError(f"Rule {number} states no severity that this program knows.")
    rule = AlertRule(
        None,
        AlertKind(one["kind"]),
        bool(one.get("enabled", True)),
        Severity(one["severity"]),
        dict(one.get("parameters", {})),
    )
    return checked(rule)
