"""The tabs of the Account page: what each is called, how it is built, and how it is filled.

A tab is built when it is first opened and filled when it is on screen. What draws charts is imported
where the tab is built, after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.pages.account.view_model import (
    ACTIONS,
    ADOPTION,
    BILLING,
    CONTRACT,
    GOALS,
    NOTES,
    OVERVIEW,
    PEOPLE,
    TICKETS,
    TIMELINE,
)
from convergedesk.figures.figure_ids import account_part
from convergedesk.figures.wording import number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.pages.account.usage_view_model import UsageViewModel
    from convergedesk.desktop.pages.account.view_model import AccountViewModel
    from convergedesk.figures.account import AccountHeader


class TabSite(NamedTuple):
    """What a tab is built and filled from.

    Attributes:
        context: The surroundings of the page.
        model: The account on screen; its `data` is there whenever a tab is filled.
        usage: The usage chart's state.
        make_goals: Builds the Goals tab, which has `show_account(account_id, with_sites=…)`.
        make_contract: Builds the Contract tab, likewise.
    """

    context: PageContext
    model: AccountViewModel
    usage: UsageViewModel
    make_goals: Callable[[], QWidget]
    make_contract: Callable[[], QWidget]


def no_count(_header: AccountHeader) -> str | None:
    """For a tab that has no count beside its title."""
    return None


class TabSpec(NamedTuple):
    """One tab.

    Attributes:
        key: Name in places and in code.
        title: Word on the tab.
        build: Builds the widget and connects its signals.
        fill: Shows the account of the site's model in that widget.
        count_of: What stands behind the title, or None.
    """

    key: str
    title: str
    build: Callable[[TabSite], Any]
    fill: Callable[[Any, TabSite], None]
    count_of: Callable[[AccountHeader], str | None] = no_count


def _overview(site: TabSite) -> QWidget:
    from convergedesk.desktop.explaining import show_why
    from convergedesk.desktop.pages.account.overview import Overview

    overview = Overview(site.usage, site.context.today(), site.context)
    overview.tab_wanted.connect(site.model.choose_tab)
    overview.ticket_opened.connect(site.model.open_ticket)
    overview.import_opened.connect(site.model.open_import)
    overview.why_wanted.connect(partial(show_why, overview, context=site.context))
    return overview


def _tickets(site: TabSite) -> QWidget:
    from convergedesk.desktop.explaining import show_why
    from convergedesk.desktop.pages.account.tickets_tab import TicketsTab

    tickets = TicketsTab(site.context.today)
    tickets.ticket_opened.connect(site.model.open_ticket)
    tickets.why_wanted.connect(partial(show_why, tickets, context=site.context))
    return tickets


def _goals(site: TabSite) -> QWidget:
    return site.make_goals()


def _contract(site: TabSite) -> QWidget:
    return site.make_contract()


def _billing(site: TabSite) -> QWidget:
    from convergedesk.desktop.pages.account.billing_tab import BillingTab

    billing = BillingTab(site.context.today, site.context)
    billing.import_opened.connect(site.model.open_import)
    return billing


def _adoption(site: TabSite) -> QWidget:
    from convergedesk.desktop.pages.account.adoption_tab import AdoptionTab

    adoption = AdoptionTab(site.context)
    adoption.import_opened.connect(site.model.open_import)
    return adoption


def _people(site: TabSite) -> QWidget:
    from convergedesk.desktop.pages.account.people_tab import PeopleTab

    return PeopleTab(site.context)


def _notes(site: TabSite) -> QWidget:
    from convergedesk.desktop.pages.account.notes_tab import NotesTab

    return NotesTab(site.context)


def _actions(site: TabSite) -> QWidget:
    from convergedesk.desktop.pages.account.actions_tab import ActionsTab

    return ActionsTab(site.context)


def _timeline(site: TabSite) -> QWidget:
    from convergedesk.desktop.pages.account.timeline_tab import TimelineTab

    timeline = TimelineTab(site.context.today)
    timeline.ticket_opened.connect(site.model.open_ticket)
    timeline.tab_wanted.connect(site.model.choose_tab)
    return timeline


def _fill_from_data(tab: Any, site: TabSite) -> None:
    tab.set_data(site.model.data)
    tab.set_study(site.model.study, site.model.study_note)


def _fill_by_account(tab: Any, site: TabSite) -> None:
    tab.show_account(site.model.account_id, with_sites=site.model.with_sites)


def _fill_billing(tab: Any, site: TabSite) -> None:
    data, billing = site.model.data, site.model.billing
    if data is None or billing is None:
        tab.start()
    else:
        tab.set_billing(billing.view, data.header.today)
        account = data.header.account
        tab.set_retention(billing.retention, account_part(account.id, account.name))
        tab.set_study(site.model.study, site.model.study_note)


def _fill_adoption(tab: Any, site: TabSite) -> None:
    if site.model.adoption is None:
        tab.start()
    else:
        tab.set_adoption(site.model.adoption)
        tab.set_study(site.model.study, site.model.study_note)


def _fill_timeline(tab: Any, site: TabSite) -> None:
    data, timeline = site.model.data, site.model.timeline
    if data is None or timeline is None:
        tab.start()
    else:
        tab.set_entries(timeline, zone_of(data.header.account.time_zone))


def _open_tickets(header: AccountHeader) -> str | None:
    return f"{number(header.open_tickets)} open" if header.open_tickets else None


def _owed_actions(header: AccountHeader) -> str | None:
    if header.actions_overdue:
        return f"{number(header.actions_overdue)} overdue"
    return number(header.actions_open) if header.actions_open else None


def _open_goals(header: AccountHeader) -> str | None:
    return number(header.open_goals) if header.open_goals else None


TABS = (
    TabSpec(OVERVIEW, "Overview", _overview, _fill_from_data),
    TabSpec(TICKETS, "Tickets", _tickets, _fill_from_data, _open_tickets),
    TabSpec(GOALS, "Goals", _goals, _fill_by_account, _open_goals),
    TabSpec(PEOPLE, "People", _people, _fill_by_account),
    TabSpec(NOTES, "Notes", _notes, _fill_by_account),
    TabSpec(ACTIONS, "Actions", _actions, _fill_by_account, _owed_actions),
    TabSpec(BILLING, "Billing", _billing, _fill_billing),
    TabSpec(CONTRACT, "Contract", _contract, _fill_by_account),
    TabSpec(ADOPTION, "Adoption", _adoption, _fill_adoption),
    TabSpec(TIMELINE, "Timeline", _timeline, _fill_timeline),
)
