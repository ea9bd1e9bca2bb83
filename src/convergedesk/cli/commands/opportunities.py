"""`convergedesk opportunities`: what accounts could still get out of what they have, in money."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.figures.wording import count, short_money

if TYPE_CHECKING:
    from convergedesk.domain.freshness import Freshness
    from convergedesk.domain.money import MoneyRange
    from convergedesk.workspace.opportunities import Opportunity, OpportunityBook

_HEADS = ("What", "Account", "Kind", "A month", "Likely (80 %)", "How sure", "Evidence", "Decided")


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Compute what is out of date, then list the opportunities; returns 0."""
    from convergedesk.figures.reach import likely_words, reach_words
    from convergedesk.workspace.accounts import find_account
    from convergedesk.workspace.explain import freshness
    from convergedesk.workspace.insights import refresh_insights
    from convergedesk.workspace.opportunities import opportunity_book

    with opened(arguments, ports) as workspace:
        account = None if arguments.account is None else find_account(workspace, arguments.account)
        # Every account is looked at: what one of them uses is compared with the others of its tier.
        refresh_insights(workspace)
        book = opportunity_book(workspace, None if account is None else [account])
        ages = freshness(workspace)
    if arguments.json:
        write_json(ports.out, _object(book, ages))
        return 0
    if not book.rows:
        ports.out.write("No opportunity stands out.\n")
    else:
        if book.reach.counted:
            openings = count(len(book.reach.counted), "opening")
            ports.out.write(
                f"{reach_words(book.reach)} a month within reach, likely {likely_words(book.reach)} "
                f"({openings}, estimated)\n\n"
            )
        write_table(ports.out, _HEADS, [_line(row) for row in book.rows], right=(3, 4))
    for missing in book.missing:
        ports.out.write(f"\n{missing.what} {missing.brings}\n")
    return 0


def _line(row: Opportunity) -> tuple[str, ...]:
    one = row.opening
    return (
        one.title,
        one.account,
        one.kind.value.replace("_", " "),
        "–" if row.value is None else short_money(row.value.middle),
        "" if row.value is None else f"{short_money(row.value.low)} to {short_money(row.value.high)}",
        one.confidence.replace("_", " "),
        one.evidence,
        "" if row.decision is None else row.state.value.replace("_", " "),
    )


def _object(book: OpportunityBook, ages: tuple[Freshness, ...]) -> dict[str, object]:
    from convergedesk.figures.reach import why_reach
    from convergedesk.figures.why import to_json, with_sources

    reach = book.reach
    return {
        "as_of": book.as_of,
        "reporting_currency": book.reporting,
        "currencies_without_a_rate": reach.missing_rates,
        "within_reach_a_month": reach.sums,
        "why": to_json(with_sources(why_reach(reach, book.as_of), ages)),
        "opportunities": [_row(row, ages) for row in book.rows],
        "missing": book.missing,
    }


def _row(row: Opportunity, ages: tuple[Freshness, ...]) -> dict[str, object]:
    from convergedesk.figures.why import to_json, with_sources

    one, decision = row.opening, row.decision
    return {
        "account": one.account,
        "account_id": one.account_id,
        "kind": one.kind,
        "subject": one.subject,
        "title": one.title,
        "confidence": one.confidence,
        "evidence": one.evidence,
        "use": one.use,
        "median_of_tier": one.median,
        "accounts_alike": one.peers,
        "robust_z": one.z,
        "gap": one.gap,
        "value_a_month": _range(one.value),
        "in_reporting_currency": _range(row.value),
        "basis": one.basis,
        "not_valued": one.missing,
        "owner": row.owner,
        "tier": row.tier,
        "goal": None if row.goal is None else row.goal.title,
        "state": row.state,
        "decision": None
        if decision is None
        else {
            "state": decision.state,
            "until": decision.until,
            "reason": decision.reason,
            "decided_by": decision.author,
            "decided_at": decision.decided_at,
            "action": row.action,
        },
        "why": to_json(with_sources(one.why, ages)),
    }


def _range(value: MoneyRange | None) -> dict[str, object] | None:
    return None if value is None else {"middle": value.middle, "low": value.low, "high": value.high}
