"""The list of opportunities as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from convergedesk.workspace.opportunities import Opportunity

HEADER = (
    "Opening",
    "Account",
    "Tier",
    "Owner",
    "Kind",
    "How sure",
    "Evidence",
    "Estimated a month",
    "Likely from (80 %)",
    "Likely to (80 %)",
    "Currency",
    "Basis",
    "Goal",
    "State",
    "Until",
    "Reason",
    "Action",
    "Action's owner",
    "Action due",
)


def table(rows: Iterable[Opportunity]) -> Iterator[tuple[str, ...]]:
    """Header, then a row for each; amounts in major units of the contract's currency, unknown as empty."""
    yield HEADER
    for row in rows:
        opening, value, decision, action = row.opening, row.opening.value, row.decision, row.action
        limits = () if value is None else (value.middle, value.low, value.high)
        amounts = tuple(str(one.amount) for one in limits) or ("", "", "")
        due = None if action is None else action.due_on
        yield (
            opening.title,
            opening.account,
            row.tier,
            row.owner,
            opening.kind.value,
            opening.confidence,
            opening.evidence,
            *amounts,
            "" if value is None else value.middle.currency,
            opening.basis,
            "" if row.goal is None else row.goal.title,
            row.state.value,
            "" if decision is None or decision.until is None else decision.until.isoformat(),
            "" if decision is None else decision.reason,
            "" if action is None else action.title,
            "" if action is None else action.owner,
            "" if due is None else due.isoformat(),
        )
