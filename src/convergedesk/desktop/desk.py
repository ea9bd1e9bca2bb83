"""One workspace on screen: its window, its pages, and what keeps them true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.app_menu import AppMenu
from convergedesk.desktop.changes import ChangesBroadcast, ForeignWrites
from convergedesk.desktop.context import PageContext
from convergedesk.desktop.engagement.host import Engagement
from convergedesk.desktop.feedback.host import FeedbackWriting
from convergedesk.desktop.freshness_words import freshness_items
from convergedesk.desktop.help.host import Help
from convergedesk.desktop.jobs import JobContext, JobRunner
from convergedesk.desktop.navigator import ACCOUNT, ACCOUNTS, HOME, IMPORT, Navigator, Place
from convergedesk.desktop.page_list import LOADING, workspace_pages
from convergedesk.desktop.palette.button import PaletteButton
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.palette.install import install_palette
from convergedesk.desktop.planning import Planning
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.desktop.session import Session
from convergedesk.desktop.shell.build_ahead import BuildAhead
from convergedesk.desktop.shell.pods import PodChoice
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.desktop.shell.window import MainWindow, WindowMemory
from convergedesk.desktop.undoing import UndoKeys
from convergedesk.desktop.warm_up import warm_up
from convergedesk.domain.errors import ConvergeDeskError
from convergedesk.domain.portfolio import HomeSnapshot, own_rows, present
from convergedesk.domain.protocols import Clock, SystemClock

if TYPE_CHECKING:
    from convergedesk.desktop.help.tour_steps import Sights
    from convergedesk.desktop.surroundings import Surroundings

# Pages that need no more than Home does.
_LIGHT = (HOME, ACCOUNTS)
_NOTICE_ICONS = {"good": "check-circle", "warning": "warning", "critical": "warning-octagon"}


class Desk(QObject):
    """Wires a session to its window.

    Attributes:
        session: The workspace.
        window: The window.
        navigator: Where the person is.
        context: What pages are handed.
        palette: Ctrl K; its `commands` take whatever it should be able to do.
        engagement: Ctrl L, and writing about an account from anywhere.
        help: F1, the guide and the tour.
        surroundings: This computer; set once Home is painted, since nothing needs it before.

    Signals:
        closing: The person closed the window.
    """

    closing = Signal()

    def __init__(
        self,
        session: Session,
        jobs: JobRunner,
        *,
        command: Sequence[str] = (),
        memory: WindowMemory | None = None,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is read yet: hand the first reading to `begin`."""
        super().__init__(parent)
        self.session = session
        self._jobs = jobs
        self._clock: Clock = clock or SystemClock()
        self.navigator = Navigator(self)
        self._changes = ChangesBroadcast(self)
        self._portfolio = Portfolio(jobs, self._read_home, parent=self)
        self._writes = ForeignWrites(
            jobs, lambda: session.workspace().version_of_others(), self._changes, self
        )
        self.context = PageContext(
            workspace=session.workspace,
            jobs=jobs,
            navigator=self.navigator,
            changes=self._changes,
            portfolio=self._portfolio,
            notify=self.notify,
            today=self.today,
        )
        self._warm = False
        self._pending: Place | None = None
        self.surroundings: Surroundings | None = None
        search = PaletteButton()
        pages = workspace_pages(self.context, command, lambda: self.surroundings)
        self.window = MainWindow(pages, memory=memory, search=search)
        self._ahead = BuildAhead(self.window.pages, self.window, self)
        self.palette = install_palette(self.window, self.context, search)
        self._undo = UndoKeys(self.window, self.context)
        self.engagement = Engagement(self.window, self.context)
        self._feedback = FeedbackWriting(self.window, self.context)
        self._planning = Planning(self.window, self.context)
        self.help = Help(self.window, jobs, self.navigator, self._sights)
        self.menu = AppMenu()
        bar = self.window.top_bar.layout()
        if bar is not None:
            bar.addWidget(self.menu)
        self._connect()

    @property
    def is_warm(self) -> bool:
        """True once every page can be built at once."""
        return self._warm

    @property
    def is_built(self) -> bool:
        """True once the pages of the rail stand, so that no switch has to build one."""
        return self._warm and self._ahead.done

    def begin(self, snapshot: HomeSnapshot) -> None:
        """Show the first reading."""
        self._portfolio.show(snapshot)

    @Slot()
    def show(self) -> None:
        """Put the window on the screen."""
        self.window.show()

    def warm_up(self) -> None:
        """Load what other pages need and open the file; then look for writes of other processes."""

        def work(context: JobContext) -> None:
            warm_up(context)
            self.session.workspace()

        self._jobs.submit(work, on_done=self._on_warm, on_error=self._on_warm_failed)

    def look_for_writes(self) -> None:
        """Look at once whether another process wrote, as the clock does every two seconds."""
        self._writes.look()

    def expect_warm(self) -> None:
        """Build pages at once, where loading their libraries disturbs nobody."""
        self._warm = True

    def busy(self) -> bool:
        """True while a page does something that must not be broken off, such as an import."""
        pages = self.window.pages
        asked = (getattr(pages.widget(number), "busy", None) for number in range(pages.count()))
        return any(callable(ask) and ask() for ask in asked)

    def stop(self) -> None:
        """Stop everything that ticks and runs, before the file is closed."""
        self._writes.stop()
        self._ahead.stop()
        self.engagement.keep_now()
        pages = self.window.pages
        for number in range(pages.count()):
            end = getattr(pages.widget(number), "shutdown", None)
            if callable(end):
                end()

    def today(self) -> date:
        """The workspace's today; the computer's before the first reading."""
        snapshot = self._portfolio.snapshot
        return snapshot.today if snapshot is not None else self._clock.now().astimezone().date()

    def notify(self, text: str, undo: Callable[[], None] | None = None, tone: str = "good") -> None:
        """Show a sentence at the foot of the window."""
        self.window.notices.show(text, undo=undo, tone=tone, icon=_NOTICE_ICONS.get(tone, "info"))

    def _connect(self) -> None:
        window = self.window
        window.page_requested.connect(self._on_page_requested)
        window.back_requested.connect(self.navigator.back)
        window.forward_requested.connect(self.navigator.forward)
        window.closing.connect(self.closing)
        window.rail.state_clicked.connect(self._on_waiting_clicked)
        window.top_bar.pods.pod_changed.connect(self._portfolio.choose_pod)
        window.top_bar.pods.edit_wanted.connect(self.navigator.open_pods)
        self.menu.keys_wanted.connect(window.show_keys)
        self.menu.undo_wanted.connect(self._undo.undo)
        self.menu.redo_wanted.connect(self._undo.redo)
        self.menu.edits_wanted.connect(self._undo.show_edits)
        self.menu.deleted_wanted.connect(self._undo.show_deleted)
        add_shortcut(window, "Ctrl+L", self.engagement.log_here)
        self.palette.commands.add(self.engagement.commands)
        self.palette.commands.add(self._feedback.commands)
        self.palette.commands.add(self._planning.commands)
        self.palette.commands.add(self._undo.commands)
        self.palette.commands.add(self.help.commands)
        self.palette.commands.add(self._workspace_commands)
        self.navigator.arrived.connect(self._on_arrived)
        self._portfolio.changed.connect(self._on_portfolio_changed)
        self._changes.published.connect(self._on_written)
        self._changes.written_elsewhere.connect(self._portfolio.refresh)

    def _workspace_commands(self) -> Sequence[Command]:
        menu = self.menu
        add = self.navigator.add_goal
        return (
            Command("goal:add", "Add a goal", "target", add, also="new target wish customer"),
            Command("workspace", "Open another workspace…", "folder-open", menu.workspace_wanted.emit),
            Command("sample", "Look at the sample", "flask", menu.sample_wanted.emit, also="demo example"),
        )

    def _read_home(self) -> HomeSnapshot:
        from convergedesk.workspace.portfolio import home

        return home(self.session.workspace())

    def _sights(self, _job: JobContext) -> Sights:
        from convergedesk.desktop.help.sights import sights_of

        return sights_of(self.session.workspace())

    def _forget_old_edits(self, _job: JobContext) -> None:
        from convergedesk.workspace.edits import forget_old_edits

        forget_old_edits(self.session.workspace())

    def _on_forgetting_failed(self, error: Exception) -> None:
        # They are forgotten at the next start; a full disk or another program says so by itself.
        if not isinstance(error, ConvergeDeskError):
            raise error

    @Slot(str)
    def _on_page_requested(self, key: str) -> None:
        self.navigator.go(Place(key, () if key == IMPORT else None))

    @Slot(object)
    def _on_arrived(self, place: Place) -> None:
        if self._warm or place.page in _LIGHT:
            self._pending = None
            self.window.show_page(place.page, place.argument)
            return
        # Building the page now would import its libraries on the GUI thread.
        self._pending = place
        self.window.show_page(LOADING)

    def _on_warm(self, _nothing: object) -> None:
        from convergedesk.desktop.explaining import explaining_of

        explaining_of(self.window, self.context)
        self._warm = True
        self._writes.start()
        shown = [spec.key for spec in self.window.pages.specs if spec.in_rail]
        self._ahead.start([ACCOUNT, *shown])
        self._jobs.submit(self._forget_old_edits, write=True, on_error=self._on_forgetting_failed)
        if self._pending is not None:
            self._on_arrived(self._pending)

    def _on_warm_failed(self, error: Exception) -> None:
        # The page meets the same fault when it reads, and has a place to show it.
        self._warm = True
        if isinstance(error, ConvergeDeskError):
            self.notify(str(error), tone="critical")
        if self._pending is not None:
            self._on_arrived(self._pending)

    @Slot()
    def _on_waiting_clicked(self) -> None:
        snapshot = self._portfolio.snapshot
        if snapshot is not None and snapshot.rejects:
            self.navigator.open_rejects()
        else:
            self.navigator.open_unlinked()

    @Slot(object)
    def _on_written(self, _changes: object) -> None:
        self._portfolio.refresh()

    @Slot()
    def _on_portfolio_changed(self) -> None:
        snapshot = self._portfolio.snapshot
        if snapshot is None:
            return
        rows = own_rows(present(snapshot.rows))
        everything = PodChoice(None, "All accounts", len(rows))
        pods = [
            PodChoice(pod.pod_id, pod.name, sum(1 for row in rows if pod.pod_id in row.pod_ids))
            for pod in snapshot.pods
        ]
        self.window.top_bar.pods.set_pods([everything, *pods] if rows else [], self._portfolio.pod)
        self.window.set_sample(snapshot.sample)
        self.window.top_bar.set_freshness(
            freshness_items(snapshot.freshness, snapshot.seen_at(self._clock.now()))
        )
        waiting = snapshot.rejects + snapshot.unlinked
        if waiting:
            self.window.rail.set_state("warning", f"{waiting:,} waiting", "warning", 0)
        else:
            self.window.rail.state.hide()
