"""`convergedesk accounts`: the book of business, one line an account."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.portfolio import HomeSnapshot, PortfolioRow, present
from convergedesk.figures.wording import count, money, number, percent


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """List the accounts; returns 0."""
    from convergedesk.workspace.portfolio import home

    with opened(arguments, ports) as workspace:
        snapshot = home(workspace)
    # As on the page: what the latest whole list lacks stands apart.
    gone = len(snapshot.rows) - len(present(snapshot.rows))
    if not arguments.all:
        snapshot = replace(snapshot, rows=present(snapshot.rows))
    if arguments.json:
        write_json(
            ports.out,
            {
                "workspace": snapshot.workspace_name,
                "sample": snapshot.sample,
                "today": snapshot.today,
                "accounts": [_object(row) for row in snapshot.rows],
                "gone": gone,
                "freshness": snapshot.freshness,
                "rejects": snapshot.rejects,
                "unlinked": snapshot.unlinked,
            },
        )
        return 0
    if snapshot.sample:
        ports.out.write("Sample data: these accounts are made up.\n")
    if not snapshot.rows and not gone:
        ports.out.write("No accounts yet. Bring some in with: convergedesk import PATH --workspace FILE\n")
        return 0
    write_table(
        ports.out,
        ("Account", "Tier", "Usage, 28 days", "vs 28 before", "Billed", "Open", "High", "Goals", "Renews"),
        [_line(row) for row in snapshot.rows],
        right=(2, 3, 4, 5, 6, 7),
    )
    hidden = 0 if arguments.all else gone
    ports.out.write(f"\n{_ending(snapshot, hidden)}\n")
    return 0


def _line(row: PortfolioRow) -> tuple[str, ...]:
    change = row.usage_change
    return (
        row.name if row.gone_since is None else f"{row.name} (gone)",
        row.tier or "–",
        "–" if row.usage_28 is None else number(row.usage_28),
        "–" if change is None else percent(change, signed=True),
        "–" if row.billed is None else money(row.billed),
        str(row.open_tickets),
        str(row.open_high),
        str(row.goals_open),
        _iso(row.renews_on),
    )


def _iso(day: date | None) -> str:
    return "–" if day is None else day.isoformat()


def _object(row: PortfolioRow) -> dict[str, object]:
    return {
        "id": row.account_id,
        "name": row.name,
        "tier": row.tier,
        "industry": row.industry,
        "country": row.country,
        "owner": row.owner,
        "success_manager": row.success_manager,
        "lifecycle": row.lifecycle,
        "parent_id": row.parent_id,
        "sites": row.sites,
        "usage_28_days": row.usage_28,
        "usage_previous_28_days": row.usage_previous_28,
        "usage_unit": row.spark.unit,
        "usage_as_of": row.spark.last_day,
        "billed_month": row.billed_month,
        "billed": row.billed,
        "mrr": row.mrr,
        "commitment": row.commitment,
        "open_tickets": row.open_tickets,
        "open_high_priority": row.open_high,
        "goals_open": row.goals_open,
        "goals_overdue": row.goals_overdue,
        "renews_on": row.renews_on,
        "gone_since": row.gone_since,
    }


def _ending(snapshot: HomeSnapshot, hidden: int) -> str:
    text = count(len(snapshot.top_level), "account")
    sites = len(snapshot.rows) - len(snapshot.top_level)
    if sites:
        text += f" and {count(sites, 'site')}"
    if snapshot.unlinked:
        waits = "waits" if snapshot.unlinked == 1 else "wait"
        text += f" · {count(snapshot.unlinked, 'outside name')} {waits} to be linked"
    if snapshot.rejects:
        text += f" · {count(snapshot.rejects, 'row')} rejected"
    if hidden:
        text += f" · {count(hidden, 'account')} gone from the latest list: see them with --all"
    return text
