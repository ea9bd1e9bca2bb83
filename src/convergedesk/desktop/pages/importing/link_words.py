"""Names from outside, and decisions about them, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from convergedesk.desktop.phrases import listing
from convergedesk.domain.accounts import AccountId, SystemKind
from convergedesk.domain.links import DecisionKind

if TYPE_CHECKING:
    from convergedesk.domain.links import AccountKeyLink, LinkDecision

_SYSTEMS = {
    SystemKind.CRM: "CRM",
    SystemKind.SUPPORT: "Support",
    SystemKind.USAGE: "Usage",
    SystemKind.BILLING: "Billing",
}
ICONS = {
    DecisionKind.LINK: "link",
    DecisionKind.CREATE: "user-plus",
    DecisionKind.IGNORE: "prohibit",
    DecisionKind.MERGE: "intersect",
    DecisionKind.SPLIT: "git-branch",
}


def system_name(system: SystemKind) -> str:
    """'CRM', 'Support', 'Usage' or 'Billing'."""
    return _SYSTEMS[system]


def outside_facts(link: AccountKeyLink) -> str:
    """What the rows state beside the name: id and domain."""
    parts = []
    if link.external_id and link.external_id != link.label:
        parts.append(f"id {link.external_id}")
    if link.domain and link.domain != link.label:
        parts.append(link.domain)
    return " · ".join(parts)


def decision_sentence(decision: LinkDecision, names: Mapping[AccountId, str]) -> str:
    """What was decided: '“Marlow Frieght” is Marlowe Freight'."""
    labels = listing([f"“{label}”" for label in decision.labels], 2) or "A name"
    account = _name(decision.account_id, names)
    other = _name(decision.other_account_id, names)
    match decision.kind:
        case DecisionKind.LINK:
            return f"{labels} {'are' if len(decision.labels) > 1 else 'is'} {account}"
        case DecisionKind.CREATE:
            return f"Account created for {labels}"
        case DecisionKind.IGNORE:
            return f"{labels} ignored"
        case DecisionKind.MERGE:
            return f"{other} merged into {account}"
        case DecisionKind.SPLIT:
            return f"{account} split off {other}"


def _name(account_id: AccountId | None, names: Mapping[AccountId, str]) -> str:
    return names.get(account_id, "another account") if account_id is not None else "an account"
