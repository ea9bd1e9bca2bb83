"""The pages of a workspace, each imported when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from convergedesk.desktop.context import PageContext
from convergedesk.desktop.navigator import (
    ACCOUNT,
    ACCOUNTS,
    ACTIONS,
    ALERT_RULES,
    ALERTS,
    CALENDAR,
    EDITS,
    FEEDBACK,
    GOALS,
    HOME,
    IMPORT,
    METRICS,
    OPPORTUNITIES,
    PILOT,
    PODS,
    SETTINGS,
    TICKET,
    TICKETS,
)
from convergedesk.desktop.shell.page_host import PageSpec

if TYPE_CHECKING:
    from convergedesk.desktop.surroundings import Surroundings

LOADING = "loading"


def workspace_pages(
    context: PageContext, command: Sequence[str], surroundings: Callable[[], Surroundings | None]
) -> tuple[PageSpec, ...]:
    """What the rail shows, and the pages that others lead to.

    Args:
        context: Handed to every page.
        command: Starts this program, for the import that runs as a process of its own.
        surroundings: This computer, for the page of settings.
    """

    def home() -> QWidget:
        from convergedesk.desktop.pages.home.page import HomePage

        return HomePage(context)

    def accounts() -> QWidget:
        from convergedesk.desktop.pages.accounts.page import AccountsPage

        return AccountsPage(context)

    def account() -> QWidget:
        from convergedesk.desktop.pages.account.page import AccountPage
        from convergedesk.desktop.pages.account.reads import WorkspaceReads
        from convergedesk.desktop.pages.goals.view import GoalsView

        def contract() -> QWidget:
            from convergedesk.desktop.pages.contracts.view import ContractsView

            return ContractsView(context)

        reads = WorkspaceReads(context.workspace)
        return AccountPage(context, reads, lambda: GoalsView(context), contract)

    def tickets() -> QWidget:
        from convergedesk.desktop.pages.tickets.page import TicketsPage

        return TicketsPage(context)

    def ticket() -> QWidget:
        from convergedesk.desktop.pages.ticket.page import TicketPage

        return TicketPage(context)

    def metrics() -> QWidget:
        from convergedesk.desktop.pages.metrics.page import MetricsPage

        return MetricsPage(context)

    def opportunities() -> QWidget:
        from convergedesk.desktop.pages.opportunities.page import OpportunitiesPage

        return OpportunitiesPage(context)

    def feedback() -> QWidget:
        from convergedesk.desktop.pages.feedback.page import FeedbackPage

        return FeedbackPage(context)

    def importing() -> QWidget:
        from convergedesk.desktop.pages.importing.page import ImportPage

        return ImportPage(context, command=command)

    return (
        PageSpec(HOME, "Home", "house", home),
        PageSpec(ACCOUNTS, "Accounts", "buildings", accounts),
        PageSpec(ACCOUNT, "Account", "buildings", account, in_rail=False, lights=ACCOUNTS),
        PageSpec(TICKETS, "Tickets", "ticket", tickets),
        PageSpec(TICKET, "Ticket", "ticket", ticket, in_rail=False, lights=TICKETS),
        *_team_pages(context),
        PageSpec(METRICS, "Metrics", "chart-line-up", metrics),
        *_alert_pages(context),
        PageSpec(OPPORTUNITIES, "Opportunities", "lightbulb", opportunities),
        PageSpec(FEEDBACK, "Feedback", "chat-centered-text", feedback),
        PageSpec(IMPORT, "Import", "upload-simple", importing),
        PageSpec(SETTINGS, "Settings", "gear-six", _settings(context, surroundings), at_bottom=True),
        PageSpec(LOADING, "Loading", "hourglass-medium", _loading, in_rail=False),
    )


def _alert_pages(context: PageContext) -> tuple[PageSpec, ...]:
    """What needs attention, and the rules that say so."""

    def alerts() -> QWidget:
        from convergedesk.desktop.pages.alerts.page import AlertsPage

        return AlertsPage(context)

    def rules() -> QWidget:
        from convergedesk.desktop.pages.alerts.rules_page import AlertRulesPage

        return AlertRulesPage(context)

    return (
        PageSpec(ALERTS, "Alerts", "bell", alerts),
        PageSpec(ALERT_RULES, "Alert rules", "sliders-horizontal", rules, in_rail=False, lights=ALERTS),
    )


def _team_pages(context: PageContext) -> tuple[PageSpec, ...]:
    """What the team plans and writes."""

    def goals() -> QWidget:
        from convergedesk.desktop.pages.goals.page import GoalsPage

        return GoalsPage(context)

    def actions() -> QWidget:
        from convergedesk.desktop.pages.actions.page import ActionsPage

        return ActionsPage(context)

    def calendar() -> QWidget:
        from convergedesk.desktop.pages.calendar.page import CalendarPage

        return CalendarPage(context)

    def pods() -> QWidget:
        from convergedesk.desktop.pages.pods.page import PodsPage

        return PodsPage(context)

    def pilot() -> QWidget:
        from convergedesk.desktop.pages.pilot.page import PilotPage

        return PilotPage(context)

    def edits() -> QWidget:
        from convergedesk.desktop.pages.edits.page import EditsPage

        return EditsPage(context)

    return (
        PageSpec(GOALS, "Goals", "target", goals),
        PageSpec(ACTIONS, "Actions", "check-square", actions),
        PageSpec(CALENDAR, "Calendar", "calendar-blank", calendar, in_rail=False, lights=ACCOUNTS),
        PageSpec(PODS, "Pods", "stack", pods, in_rail=False, lights=ACCOUNTS),
        PageSpec(PILOT, "Pilot scorecard", "scales", pilot, in_rail=False, lights=METRICS),
        PageSpec(EDITS, "Edits", "arrow-counter-clockwise", edits, in_rail=False),
    )


def _settings(context: PageContext, surroundings: Callable[[], Surroundings | None]) -> Callable[[], QWidget]:
    def settings() -> QWidget:
        from convergedesk.desktop.pages.settings.page import SettingsPage
        from convergedesk.desktop.surroundings import Surroundings

        return SettingsPage(context, surroundings() or Surroundings())

    return settings


def _loading() -> QWidget:
    from convergedesk.desktop.shell.page_frame import PageFrame
    from convergedesk.desktop.widgets.states import Loading

    waiting = Loading(QWidget())
    waiting.start()
    frame = PageFrame()
    frame.body.addWidget(waiting, 1)
    return frame
