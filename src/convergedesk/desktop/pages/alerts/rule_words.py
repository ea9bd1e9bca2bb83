"""Rules in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convergedesk.domain.alert_rules import kind_of
from convergedesk.domain.settings import Choice, Number
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.domain.alert_rules import AlertRule
    from convergedesk.workspace.alert_rules import Rules


def scope_words(rule: AlertRule, rules: Rules) -> str:
    """Whose accounts a rule holds for."""
    if rule.account_ids:
        names = [name for account_id, name in rules.accounts if account_id in rule.account_ids]
        return names[0] if len(names) == 1 else count(len(rule.account_ids), "account")
    if rule.pod_id is not None:
        return next((name for pod_id, name in rules.pods if pod_id == rule.pod_id), "a pod")
    return "all accounts"


def parameter_words(rule: AlertRule) -> str:
    """The rule's limits, such as '10 % below expected · high-priority tickets'."""
    said: list[str] = []
    for one in kind_of(rule.kind).parameters:
        value = rule.parameters.get(one.key, one.default)
        if isinstance(one.field, Number):
            said.append(
                f"{value}\u202f{one.field.unit}"
                if one.field.unit.startswith("%")
                else f"{value} {one.field.unit}"
            )
        elif isinstance(one.field, Choice):
            said.append(next((text for key, text in one.field.options if key == value), str(value)))
    return " · ".join(said)
