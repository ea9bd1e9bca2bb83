"""`convergedesk alerts`: what needs attention and why, and the rules behind it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from convergedesk.cli.opening import opened
from convergedesk.cli.output import write_json, write_table
from convergedesk.cli.ports import Ports
from convergedesk.domain.errors import UsageError
from convergedesk.figures.wording import count, day

if TYPE_CHECKING:
    from pathlib import Path

    from convergedesk.domain.alert_rules import AlertRule
    from convergedesk.figures.alerts.replay import Preview
    from convergedesk.workspace.alerts import AlertList, AlertRow
    from convergedesk.workspace.session import Workspace


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Look at everything, then print what needs attention; returns 0."""
    with opened(arguments, ports) as workspace:
        if arguments.export_rules is not None or arguments.import_rules is not None:
            return _carry_rules(workspace, arguments, ports)
        if arguments.rules or arguments.preview is not None:
            return _rules(workspace, arguments, ports)
        found, rows = _found(workspace, arguments)
    if arguments.json:
        write_json(ports.out, _object(found, rows))
    else:
        ports.out.write("\n".join(_lines(found, rows)) + "\n")
    return 0


def _found(workspace: Workspace, arguments: argparse.Namespace) -> tuple[AlertList, list[AlertRow]]:
    from convergedesk.workspace.accounts import find_account
    from convergedesk.workspace.alerts import alert_list, refresh_alerts
    from convergedesk.workspace.insights import refresh_insights

    account = None if arguments.account is None else find_account(workspace, arguments.account)
    if not arguments.no_refresh:
        refresh_insights(workspace)
        refresh_alerts(workspace)
    found = alert_list(workspace, account)
    rows = [
        row
        for row in found.rows
        if (row.alert.state.value == arguments.state if arguments.state else _waits(row))
    ]
    return found, rows


def _waits(row: AlertRow) -> bool:
    return row.alert.state.value != "resolved"


def _lines(found: AlertList, rows: Sequence[AlertRow]) -> Iterator[str]:
    look = found.last_look
    if look is not None:
        yield (
            f"Looked at {count(look.accounts, 'account')} and {count(look.meters, 'meter')} on "
            f"{day(look.day)}; of the dips at most 1 in 10 is chance."
        )
    if not rows:
        yield "Nothing needs attention by the rules that are on."
        return
    from convergedesk.domain.alert_rules import kind_of
    from convergedesk.workspace.alerts import state_words

    for row in rows:
        finding = row.alert.finding
        yield ""
        yield f"{row.account_name}: {finding.sentence}"
        yield f"  {kind_of(finding.kind).title} · {finding.severity.value} · {state_words(row.alert)}"
        if finding.detail:
            yield f"  {finding.detail}"
        for line in finding.figures.get("because", ()):
            yield f"  - {line}"


def _object(found: AlertList, rows: Sequence[AlertRow]) -> dict[str, object]:
    return {
        "today": found.today,
        "last_look": found.last_look,
        "alerts": [_alert(row) for row in rows],
    }


def _alert(row: AlertRow) -> dict[str, object]:
    from convergedesk.figures.alerts.evidence import why_of_alert
    from convergedesk.figures.why import to_json

    alert, finding = row.alert, row.alert.finding
    hidden = ("because", "known", "why", "rows")
    return {
        "id": alert.id,
        "account_id": finding.account_id,
        "account": row.account_name,
        "kind": finding.kind,
        "severity": finding.severity,
        "state": alert.state,
        "sentence": finding.sentence,
        "detail": finding.detail,
        "day": finding.day,
        "raised_on": alert.raised_on,
        "snoozed_until": alert.snoozed_until,
        "ended_on": alert.ended_on,
        "reason": alert.reason,
        "ticket_id": finding.ticket_id,
        "meter_id": finding.meter_id,
        "figures": {name: value for name, value in finding.figures.items() if name not in hidden},
        "because": finding.figures.get("because", []),
        "known": [sentence for _, sentence in finding.figures.get("known", ())],
        "why": to_json(why_of_alert(finding.figures, alert.id)),
    }


def _rules(workspace: Workspace, arguments: argparse.Namespace, ports: Ports) -> int:
    from convergedesk.workspace.alert_rules import alert_rules, preview_rule

    rules = alert_rules(workspace).rules
    if arguments.preview is None:
        return _list_rules(rules, arguments, ports)
    rule = next((one for one in rules if one.kind.value == arguments.preview and one.everywhere), None)
    if rule is None:
        known = ", ".join(dict.fromkeys(one.kind.value for one in rules))
        raise UsageError(f"“{arguments.preview}” is no kind of rule; the kinds are {known}.")
    found = preview_rule(workspace, rule)
    if found is None:
        return 0
    if arguments.json:
        write_json(ports.out, {"rule": rule, "preview": found})
    else:
        ports.out.write("\n".join(_preview_lines(found)) + "\n")
    return 0


def _carry_rules(workspace: Workspace, arguments: argparse.Namespace, ports: Ports) -> int:
    from convergedesk.workspace.alert_rules import alert_rules, read_rules, rules_text, take_rules

    file: Path = arguments.export_rules or arguments.import_rules
    try:
        if arguments.export_rules is not None:
            listed = [rule for rule in alert_rules(workspace).rules if rule.everywhere]
            file.write_text(rules_text(listed), encoding="utf-8")
        else:
            listed = list(read_rules(file.read_text(encoding="utf-8")))
            take_rules(workspace, listed)
    except (OSError, UnicodeDecodeError) as error:
        verb = "written" if arguments.export_rules is not None else "read"
        raise UsageError(f"“{file}” cannot be {verb}.", fix="Check its name and its folder.") from error
    done = "Wrote" if arguments.export_rules is not None else "Took over"
    if arguments.json:
        write_json(ports.out, {"rules": len(listed), "file": file})
    else:
        ports.out.write(f"{done} {count(len(listed), 'rule')}: {file}\n")
    return 0


def _list_rules(rules: Sequence[AlertRule], arguments: argparse.Namespace, ports: Ports) -> int:
    from convergedesk.domain.alert_rules import kind_of

    if arguments.json:
        write_json(ports.out, {"rules": rules})
        return 0
    lines = [
        (
            rule.kind.value,
            "on" if rule.enabled else "off",
            rule.severity.value,
            "all accounts" if rule.everywhere else "some accounts",
            ", ".join(
                f"{one.title.lower()}: {rule.parameters.get(one.key, one.default)}"
                for one in kind_of(rule.kind).parameters
            ),
        )
        for rule in rules
    ]
    write_table(ports.out, ("Kind", "State", "Severity", "For", "Parameters"), lines)
    return 0


def _preview_lines(found: Preview) -> Iterator[str]:
    yield (
        f"Would have been raised {count(len(found.fired), 'time')} from {day(found.first_day)} to "
        f"{day(found.last_day)}, at {count(found.accounts, 'account')}."
    )
    for one in found.fired:
        held = "still holds" if one.holds else f"held for {count(one.days, 'day')}"
        yield f"  {one.day.isoformat()}  {one.account_name}: {one.sentence} ({held})"
    for sentence in found.approximations:
        yield f"Approximate: {sentence}"
