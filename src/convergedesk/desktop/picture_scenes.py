"""Every page of the program, with its tabs, dialogs, empty and slow states."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from convergedesk.desktop.alert_scenes import alerts
from convergedesk.desktop.desk import Desk
from convergedesk.desktop.engagement.scenes import engagement, engagement_dialogs
from convergedesk.desktop.help.scenes import explaining, tour
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.navigator import Place
from convergedesk.desktop.opportunity_scenes import feedback, opportunities
from convergedesk.desktop.picture_stage import Stage
from convergedesk.desktop.planning_scenes import pilot, planning
from convergedesk.desktop.safety_scenes import locked, settings, settings_dialogs
from convergedesk.desktop.widgets.button import Button
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.errors import DamagedWorkspaceError
from convergedesk.domain.portfolio import PortfolioRow

_PLACE = Path("workspace.converge")


def all_scenes() -> tuple[Callable[[Stage], None], ...]:
    """What is pictured, in the order of the files' names."""
    return (
        first_run,
        home,
        home_states,
        accounts,
        account,
        account_found,
        account_goals,
        account_states,
        engagement,
        engagement_dialogs,
        tickets,
        metrics,
        alerts,
        opportunities,
        feedback,
        goals,
        edits,
        importing,
        planning,
        pilot,
        over_pages,
        settings,
        settings_dialogs,
        locked,
        explaining,
        tour,
    )


def first_run(stage: Stage) -> None:
    """The ways in, and one of them under way."""
    from convergedesk.desktop.pages.first_run.page import FirstRunPage
    from convergedesk.desktop.shell.page_host import PageSpec
    from convergedesk.desktop.shell.window import MainWindow

    page = FirstRunPage()
    window = MainWindow((PageSpec("first_run", "Welcome", "house", lambda: page, in_rail=False, bare=True),))
    window.show_page("first_run")
    page.model.set_keychain(available=True)
    stage.show(window)
    stage.shoot("first-run", window)
    page.model.prepare("Building the sample", 7, 10)
    stage.shoot("first-run-building", window)
    page.model.fail(_damaged())
    stage.shoot("first-run-fault", window)
    stage.put_away(window)


def home(stage: Stage) -> None:
    """Home, its drawer where the window is narrow, and a filter in force."""
    with _desk(stage) as desk:
        stage.shoot("home", desk.window)
        page: Any = desk.window.pages.currentWidget()
        if stage.narrow:
            page.columns.open_drawer()
            stage.shoot("home-drawer", desk.window)
            page.columns.close_drawer()
        page.model.choose_view("off_pace")
        stage.shoot("home-off-pace", desk.window)
        desk.notify("Goal “Carriers live on the platform” was dropped", undo=lambda: None)
        stage.shoot("home-notice", desk.window)


def home_states(stage: Stage) -> None:
    """Home without accounts, while it is slow, and when the file cannot be read."""
    with _desk(stage, rows=()) as desk:
        stage.shoot("home-empty", desk.window)
        desk.navigator.open_accounts()
        stage.shoot("accounts-empty", desk.window)
    desk = stage.desk(None, jobs=InlineJobs(hold=True))
    stage.wait_for_skeleton()
    stage.shoot("home-loading", desk.window)
    desk.context.portfolio.failed.emit(_damaged())
    stage.shoot("home-fault", desk.window)
    stage.put_away(desk.window)


def accounts(stage: Stage) -> None:
    """The list, a view of it, and a search without a result."""
    with _desk(stage) as desk:
        desk.navigator.open_accounts()
        stage.shoot("accounts", desk.window)
        page: Any = desk.window.pages.currentWidget()
        page.model.choose_view("high_open")
        tiers = [value for value, _ in page.model.state.choices["tier"] if value]
        if tiers:
            page.model.narrow("tier", tiers[-1])
        stage.shoot("accounts-filtered", desk.window)
        page.model.clear()
        page.model.search("no such customer")
        stage.shoot("accounts-no-match", desk.window)


def account(stage: Stage) -> None:
    """One account: its chart in every guise, then tab by tab."""
    row = _telling(stage)
    if row is None:
        return
    with _desk(stage) as desk:
        desk.navigator.open_account(row.account_id)
        stage.shoot("account", desk.window)
        page: Any = desk.window.pages.currentWidget()
        usage = page.usage
        usage.set_compare(True)
        stage.shoot("account-compared", desk.window)
        usage.set_compare(False)
        for name, key in _guises(usage.choices):
            usage.choose(key)
            if name == "each":
                usage.choose_days(365)
            stage.shoot(f"account-{name}", desk.window)
        usage.choose(usage.choices[0][0])
        usage.choose_days(90)
        page.tab_widget("overview").usage.open_range()
        stage.shoot("account-own-range", desk.window)
        if stage.narrow:
            page.tab_widget("overview").columns.open_drawer()
            stage.shoot("account-drawer", desk.window)
            page.tab_widget("overview").columns.close_drawer()
        for tab in ("tickets", "billing", "adoption", "timeline"):
            desk.navigator.open_account(row.account_id, tab)
            stage.shoot(f"account-{tab}", desk.window)


def account_found(stage: Stage) -> None:
    """What is found of an account: a what-if on its commitment, and why its health is what it is."""
    row = _telling(stage)
    if row is None:
        return
    with _desk(stage) as desk:
        desk.navigator.open_account(row.account_id)
        stage.settle()
        page: Any = desk.window.pages.currentWidget()
        overview = page.tab_widget("overview")
        overview.health.link_clicked.emit()
        stage.shoot("account-why-health", desk.window)
    with _desk(stage) as desk:
        desk.navigator.open_account(row.account_id, "billing")
        stage.settle()
        page = desk.window.pages.currentWidget()
        billing = page.tab_widget("billing")
        billing.what_if.slider.setValue(-20)
        if stage.narrow:
            billing.columns.open_drawer()
        stage.shoot("account-what-if", desk.window)


def account_goals(stage: Stage) -> None:
    """The goals of an account, and adding one."""
    row = _telling(stage)
    if row is None:
        return
    with _desk(stage) as desk:
        desk.navigator.open_account(row.account_id, "goals")
        stage.shoot("account-goals", desk.window)
        page: Any = desk.window.pages.currentWidget()
        buttons = page.tab_widget("goals").findChildren(Button)
        next(button for button in buttons if button.text() == "Add goal").click()
        stage.shoot("goal-dialog", desk.window)


def account_states(stage: Stage) -> None:
    """An account with little known of it, while it is slow, and one that is gone."""
    bare = min(stage.snapshot.rows, key=_known, default=None)
    if bare is None:
        return
    with _desk(stage) as desk:
        desk.navigator.open_account(bare.account_id)
        stage.shoot("account-sparse", desk.window)
        for tab in ("tickets", "goals", "billing", "adoption"):
            desk.navigator.open_account(bare.account_id, tab)
            stage.shoot(f"account-sparse-{tab}", desk.window)
        desk.navigator.open_account(AccountId(-1))
        stage.shoot("account-gone", desk.window)
    jobs = InlineJobs(hold=True)
    desk = stage.desk(stage.snapshot, jobs=jobs)
    desk.navigator.open_account(bare.account_id)
    stage.wait_for_skeleton()
    stage.shoot("account-loading", desk.window)
    stage.put_away(desk.window)


def tickets(stage: Stage) -> None:
    """The list of tickets and one of them."""
    row = _telling(stage)
    with _desk(stage) as desk:
        desk.navigator.open_tickets()
        stage.shoot("tickets", desk.window)
        if row is None:
            return
        from convergedesk.workspace.accounts import account_tickets

        found = account_tickets(stage.session.workspace(), row.account_id)
        high = [one for one in found if one.priority is not None and one.priority.is_high]
        for one in (high or list(found))[:1]:
            desk.navigator.open_ticket(one.id)
            stage.shoot("ticket", desk.window)


def metrics(stage: Stage) -> None:
    """What support did to usage, of a year, of a quarter, and why."""
    with _desk(stage) as desk:
        desk.navigator.open_metrics()
        stage.shoot("metrics", desk.window)
        page: Any = desk.window.pages.currentWidget()
        page.period.set_value("quarter")
        page.model.choose_period("quarter")
        stage.shoot("metrics-quarter", desk.window)
        page.asks["ttvr"].open()
        stage.shoot("metrics-why", desk.window)


def goals(stage: Stage) -> None:
    """The goals of all accounts, a filter, one of them open, and adding one."""
    with _desk(stage) as desk:
        desk.navigator.open_goals()
        stage.shoot("goals", desk.window)
        page: Any = desk.window.pages.currentWidget()
        page.model.search("no such goal")
        stage.shoot("goals-no-match", desk.window)
        page.model.clear()
        if page.model.state.rows:
            page.editing.edit(page.model.state.rows[0].view.goal.id)
            stage.shoot("goal-sheet", desk.window)
            page.editing.close()
        page.editing.add(None, [(row.account_id, row.name) for row in stage.snapshot.top_level])
        stage.shoot("goals-add", desk.window)
    with _desk(stage, rows=()) as desk:
        desk.navigator.open_goals()
        stage.shoot("goals-empty", desk.window)


def edits(stage: Stage) -> None:
    """The list of edits, and what was deleted."""
    with _desk(stage) as desk:
        desk.navigator.open_edits()
        stage.shoot("edits", desk.window)
        desk.navigator.open_edits(deleted=True)
        stage.shoot("edits-deleted", desk.window)


def importing(stage: Stage) -> None:
    """Choosing files, matching columns, and what could not be placed."""
    with _desk(stage) as desk, tempfile.TemporaryDirectory(prefix="convergedesk-") as folder:
        desk.navigator.open_import()
        stage.shoot("import-files", desk.window)
        desk.navigator.open_import(_example_files(Path(folder)))
        stage.shoot("import-guesses", desk.window)
        forward = [one for one in desk.window.pages.findChildren(Button) if one.text() == "Match columns"]
        if forward:
            forward[0].click()
            stage.shoot("import-columns", desk.window)
        desk.navigator.go(Place("import", "rejects"))
        stage.shoot("import-rejects", desk.window)
        desk.navigator.go(Place("import", "unlinked"))
        stage.shoot("import-unlinked", desk.window)


def over_pages(stage: Stage) -> None:
    """What comes over a page: unlocking, keys, and a fault of the program's own."""
    from convergedesk.desktop.opening import REFUSED
    from convergedesk.desktop.uncaught import FaultTeller
    from convergedesk.desktop.unlock_dialog import UnlockDialog

    desk = stage.desk(None, jobs=InlineJobs(hold=True))
    reason = f"This computer's keyring holds no key for “{_PLACE}”. Type its passphrase if it has one."
    dialog = UnlockDialog(desk.window, _PLACE.name, reason)
    dialog.open()
    stage.shoot("unlock", desk.window)
    dialog.refuse(REFUSED)
    stage.shoot("unlock-refused", desk.window)
    stage.put_away(desk.window)
    with _desk(stage) as desk:
        desk.window.show_keys()
        stage.shoot("keys", desk.window)
    with _desk(stage) as desk:
        FaultTeller(desk.window).tell("details")
        stage.shoot("fault", desk.window)


@contextmanager
def _desk(stage: Stage, *, rows: tuple[PortfolioRow, ...] | None = None) -> Iterator[Desk]:
    snapshot = stage.snapshot if rows is None else replace(stage.snapshot, rows=rows, pods=())
    desk = stage.desk(snapshot)
    try:
        yield desk
    finally:
        stage.put_away(desk.window)


def _known(row: PortfolioRow) -> tuple[int, int, int, str]:
    ticks = len(row.spark.ticks)
    return (row.commitment is not None) * 2 + row.goals_open, ticks, row.open_tickets, row.name


def _telling(stage: Stage) -> PortfolioRow | None:
    """The account that shows most: a commitment, goals, and a dozen tickets or so."""
    return max(
        stage.snapshot.rows,
        key=lambda r: (r.commitment is not None, min(r.goals_open, 3), min(len(r.spark.ticks), 9), r.name),
        default=None,
    )


def _guises(choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """One meter, all meters apart, and the last one, which is often known by month only."""
    meters = [key for key, _ in choices if key.startswith("meter")]
    found = [("each", key) for key, _ in choices if key == "each"]
    if meters:
        found += [("meter", meters[0]), ("last-meter", meters[-1])]
    return found


def _example_files(folder: Path) -> tuple[Path, ...]:
    from convergedesk.sources.files import write_templates

    # The page names the folder; a random name would differ from picture to picture.
    exports = folder / "Downloads" / "exports"
    exports.mkdir(parents=True)
    write_templates(exports)
    return (exports,)


def _damaged() -> DamagedWorkspaceError:
    return DamagedWorkspaceError(
        f"“{_PLACE}” is damaged: part of it cannot be read.",
        fix="Restore a backup with: convergedesk restore.",
        details="integrity_check: page 214 is not a tree page",
    )
