"""Every kind of figure that has an id. Its explainer lives with the figure and is imported when asked."""

from __future__ import annotations

from typing import Final

from convergedesk.figures.why import Why
from convergedesk.workspace.alerts import explain_alert
from convergedesk.workspace.explain import FigureKind
from convergedesk.workspace.session import Workspace


def _ticket(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.ticket_figures import explain_ticket

    return explain_ticket(workspace, parts)


def _metrics(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.metrics_figures import explain_metrics

    return explain_metrics(workspace, parts)


def _usage(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.row_figures import explain_usage

    return explain_usage(workspace, parts)


def _goal(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.row_figures import explain_goal

    return explain_goal(workspace, parts)


def _row(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.row_figures import explain_row

    return explain_row(workspace, parts)


def _account(workspace: Workspace, kind: str, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.account_explained import explain_account_figure

    return explain_account_figure(workspace, kind, parts)


def _health(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    return _account(workspace, "health", parts)


def _spend(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    return _account(workspace, "spend", parts)


def _commitment(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    return _account(workspace, "commitment", parts)


def _adoption(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    return _account(workspace, "adoption", parts)


def _pilot(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.pilot import explain_pilot

    return explain_pilot(workspace, parts)


def _home(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.home_figures import explain_home

    return explain_home(workspace, parts)


def _under_use(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.account_explained import explain_under_use

    return explain_under_use(workspace, parts)


def _net(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.account_explained import explain_retention

    return explain_retention(workspace, parts, gross=False)


def _gross(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.account_explained import explain_retention

    return explain_retention(workspace, parts, gross=True)


def _spend_total(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.account_explained import explain_spend_total

    return explain_spend_total(workspace, parts)


def _feedback(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.asked_figures import explain_feedback

    return explain_feedback(workspace, parts)


def _opportunity(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.asked_figures import explain_opportunity

    return explain_opportunity(workspace, parts)


def _opportunities(workspace: Workspace, parts: tuple[str, ...]) -> Why | None:
    from convergedesk.workspace.asked_figures import explain_opportunities

    return explain_opportunities(workspace, parts)


KINDS: Final[dict[str, FigureKind]] = {
    "account": FigureKind("account:ACCOUNT:usage-28", "an account's figures in lists", _row),
    "adoption": FigureKind("adoption:ACCOUNT", "how broadly an account uses what it has", _adoption),
    "alert": FigureKind("alert:12", "why an alert was raised", explain_alert),
    "commitment": FigureKind("commitment:ACCOUNT", "how a commitment is drawn down", _commitment),
    "feedback": FigureKind(
        "feedback:request:12:stake", "what a request or a feature's tickets come to", _feedback
    ),
    "goal": FigureKind("goal:12", "where a goal stands", _goal),
    "grr": FigureKind("grr:ACCOUNT:billed:EUR", "gross revenue retention of an account, or of all", _gross),
    "health": FigureKind("health:ACCOUNT", "an account's health, or one factor of it", _health),
    "home": FigureKind("home:usage-week", "a figure of Home, or an account's need: home:need:ACCOUNT", _home),
    "nrr": FigureKind("nrr:ACCOUNT:billed:EUR", "net revenue retention of an account, or of all", _net),
    "opportunity": FigureKind("opportunity:ACCOUNT:expansion", "what one opening is worth", _opportunity),
    "opportunities": FigureKind("opportunities:reach", "what all openings come to", _opportunities),
    "pilot": FigureKind("pilot:usage-a-day", "a measure of the pilot beside accounts like it", _pilot),
    "spend": FigureKind("spend:ACCOUNT:EUR", "an account's month to date and its forecast", _spend),
    "spend-total": FigureKind("spend-total:all", "the month to date of all accounts", _spend_total),
    "metrics": FigureKind("metrics:ttvr:2026-Q4", "the metrics of a period", _metrics),
    "ticket": FigureKind("ticket:NUMBER:after7", "what usage did around a ticket", _ticket),
    "under-use": FigureKind(
        "under-use:ACCOUNT:METER", "a meter that is used far less than usual", _under_use
    ),
    "usage": FigureKind("usage:ACCOUNT:7", "an account's last 7 or 28 days against expected", _usage),
}
