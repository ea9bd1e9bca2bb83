"""`convergedesk account NAME`: header, usage by month and meter, tickets, goals, billing, contacts."""

from __future__ import annotations

import argparse

from convergedesk.cli.commands.account_contacts import contacts_object, print_contacts, read_contacts
from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.tickets import Ticket
from convergedesk.figures.account import AccountHeader, AccountUsage, BillingView, GoalView
from convergedesk.figures.wording import count, day, money, number, percent


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Print everything about one account; returns 0."""
    from convergedesk.workspace import accounts

    with opened(arguments, ports) as workspace:
        account_id = accounts.find_account(workspace, arguments.name)
        reading = accounts.AccountReading(workspace, account_id)
        header, usage, tickets = reading.header(), reading.usage(), reading.tickets
        goals, billing = reading.goals(), reading.billing()
        contacts = read_contacts(workspace, account_id)
    if arguments.json:
        told = _object(header, usage, tickets, goals, billing)
        write_json(ports.out, {**told, **contacts_object(contacts, header.today)})
        return 0
    _print_header(ports, header)
    _print_usage(ports, usage)
    _print_tickets(ports, tickets)
    _print_goals(ports, goals)
    _print_billing(ports, billing)
    print_contacts(ports, contacts, header.today)
    return 0


def _object(
    header: AccountHeader,
    usage: AccountUsage,
    tickets: tuple[Ticket, ...],
    goals: tuple[GoalView, ...],
    billing: BillingView,
) -> dict[str, object]:
    return {
        "account": header.account,
        "parent": header.parent,
        "sites": header.sites,
        "pods": header.pods,
        "support_agents": header.support_agents,
        "commitment": header.commitment,
        "mrr": header.mrr,
        "today": header.today,
        "usage": {
            "as_of": usage.as_of,
            "meters": [
                {
                    "key": one.meter.key,
                    "name": one.meter.name,
                    "unit": one.meter.unit,
                    "aggregation": one.meter.aggregation,
                    "by_month": {
                        month.strftime("%Y-%m"): float(value)
                        for month, value in zip(one.months, one.monthly, strict=True)
                    },
                }
                for one in usage.meters
            ],
        },
        "tickets": tickets,
        "goals": goals,
        "billing": billing,
    }


def _print_header(ports: Ports, header: AccountHeader) -> None:
    account = header.account
    facts = [account.tier, account.industry, account.country, account.lifecycle.value]
    ports.out.write(f"{account.name}\n{' · '.join(fact for fact in facts if fact)}\n")
    if header.parent is not None:
        ports.out.write(f"Site of {header.parent.name}\n")
    if header.sites:
        ports.out.write(f"Sites, rolled up: {', '.join(site.name for site in header.sites)}\n")
    if header.commitment is not None:
        use = header.commitment
        ports.out.write(
            f"Commitment {money(use.committed)} until {day(use.ends_on)}: {money(use.billed)} billed "
            f"({percent(use.used)}), {percent(use.term_elapsed(header.today))} of the term is over\n"
        )
    if header.mrr is not None:
        ports.out.write(f"Monthly recurring revenue {money(header.mrr)}\n")


def _print_usage(ports: Ports, usage: AccountUsage) -> None:
    ports.out.write("\nUsage by month\n")
    if not usage.meters:
        ports.out.write("No usage yet.\n")
        return
    months = sorted({month for one in usage.meters for month in one.months})[-12:]
    rows: list[tuple[str, ...]] = []
    for one in usage.meters:
        by_month = dict(zip(one.months, one.monthly, strict=True))
        cells = (number(float(by_month[month])) if month in by_month else "–" for month in months)
        rows.append((one.meter.name, *cells))
    head = ("Meter", *(month.strftime("%Y-%m") for month in months))
    write_table(ports.out, head, rows, right=range(1, len(head)))


def _print_tickets(ports: Ports, tickets: tuple[Ticket, ...]) -> None:
    open_now = sum(ticket.closed_at is None for ticket in tickets)
    ports.out.write(f"\nTickets: {count(len(tickets), 'ticket')}, {open_now:,} open\n")
    if tickets:
        write_table(
            ports.out,
            ("Number", "Opened", "Closed", "Priority", "Title"),
            [
                (
                    f"#{ticket.number}",
                    ticket.opened_at.date().isoformat(),
                    "open" if ticket.closed_at is None else ticket.closed_at.date().isoformat(),
                    "–" if ticket.priority is None else ticket.priority.name.lower(),
                    ticket.title or "–",
                )
                for ticket in tickets[:20]
            ],
        )
    if len(tickets) > 20:
        ports.out.write(f"… and {count(len(tickets) - 20, 'older ticket')}\n")


def _print_goals(ports: Ports, goals: tuple[GoalView, ...]) -> None:
    ports.out.write(f"\nGoals: {len(goals)}\n")
    for view in goals:
        goal = view.goal
        now = "not measured yet" if goal.current is None else number(goal.current)
        standing = view.standing.value.replace("_", " ")
        way = f"start {number(goal.start)}, now {now}, target {number(goal.target)} {goal.unit}"
        ports.out.write(f"{goal.title}: {way.rstrip()} ({standing})\n")


def _print_billing(ports: Ports, billing: BillingView) -> None:
    ports.out.write("\nBilled by month\n")
    if not billing.months:
        ports.out.write("No invoices yet.\n")
    for month in billing.months[-12:]:
        ports.out.write(f"{month.month.strftime('%Y-%m')}  {money(month.total)}\n")
    if billing.other_currencies:
        ports.out.write(f"Also billed in {', '.join(billing.other_currencies)}, not added.\n")
