"""What people changed of the rules by which alerts are raised."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import delete as remove
from sqlalchemy import insert, select, update

from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.alert_rules import AlertRule, checked
from convergedesk.domain.alerts import AlertKind, AlertRuleId, Severity
from convergedesk.domain.errors import NotFoundError
from convergedesk.store.engine import Store
from convergedesk.store.tables import alert_rules

_KINDS = {kind.value for kind in AlertKind}


def list_rules(store: Store) -> tuple[AlertRule, ...]:
    """Every rule that was made or changed, oldest first; kinds of a newer program are left out."""
    with store.read() as connection:
        rows = connection.execute(select(alert_rules).order_by(alert_rules.c.id)).all()
    return tuple(_rule(row) for row in rows if row.kind in _KINDS)


def get(store: Store, rule_id: AlertRuleId) -> AlertRule:
    """One rule. Raises NotFoundError."""
    with store.read() as connection:
        row = connection.execute(select(alert_rules).where(alert_rules.c.id == rule_id)).one_or_none()
    if row is None:
        raise _gone()
    return _rule(row)


def save(store: Store, rule: AlertRule, *, now: datetime) -> AlertRuleId:
    """Keep a rule; one without an id is added. Raises AlertRuleError, NotFoundError."""
    values = {**_values(checked(rule)), "updated_at": now}
    with store.write() as connection:
        if rule.id is None:
            added = connection.execute(insert(alert_rules).values(created_at=now, **values))
            (new_id,) = added.inserted_primary_key or (0,)
            return AlertRuleId(new_id)
        changed = connection.execute(update(alert_rules).where(alert_rules.c.id == rule.id).values(values))
        if changed.rowcount == 0:
            raise _gone()
    return rule.id


def delete(store: Store, rule_id: AlertRuleId) -> None:
    """Drop a rule; one for all accounts becomes what the program comes with. Raises NotFoundError."""
    with store.write() as connection:
        if connection.execute(remove(alert_rules).where(alert_rules.c.id == rule_id)).rowcount == 0:
            raise _gone()


def _values(rule: AlertRule) -> dict[str, Any]:
    return {
        "kind": rule.kind.value,
        "enabled": rule.enabled,
        "severity": rule.severity.value,
        "parameters": json.dumps(dict(rule.parameters), sort_keys=True),
        "pod_id": rule.pod_id,
        "account_ids": json.dumps(sorted(rule.account_ids)),
    }


def _rule(row: Any) -> AlertRule:
    return AlertRule(
        id=AlertRuleId(row.id),
        kind=AlertKind(row.kind),
        enabled=bool(row.enabled),
        severity=Severity(row.severity),
        parameters=json.loads(row.parameters),
        pod_id=None if row.pod_id is None else PodId(row.pod_id),
        account_ids=tuple(AccountId(one) for one in json.loads(row.account_ids)),
    )


def _gone() -> NotFoundError:
    return NotFoundError("This rule is no longer in the workspace.", fix="Go back to the list of rules.")
