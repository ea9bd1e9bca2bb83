"""The program with its windows: which workspace is open, how one comes in, how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from convergedesk.desktop.desk import Desk
from convergedesk.desktop.jobs import Jobs
from convergedesk.desktop.opening import Opening
from convergedesk.desktop.paint_watch import PaintWatch
from convergedesk.desktop.preferences import Preferences
from convergedesk.desktop.session import Session
from convergedesk.desktop.single_window import SingleWindow
from convergedesk.desktop.theme.current import theme
from convergedesk.desktop.uncaught import FaultTeller, Uncaught

if TYPE_CHECKING:
    from convergedesk.desktop.care import Care
    from convergedesk.desktop.first_reading import Ahead
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.desktop.navigator import Place
    from convergedesk.desktop.starting import Ready
    from convergedesk.desktop.unlock_dialog import UnlockDialog
    from convergedesk.desktop.welcome import Welcome
    from convergedesk.domain.portfolio import HomeSnapshot
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.host.folders import Folders
    from convergedesk.store.keys import Key

_PATIENCE_MS = 200
_MOST_CALLS, _CALL_AGAIN_MS = 20, 250


class Application(QObject):
    """Shows one workspace at a time, or the first run.

    Signals:
        painted: Home stands on screen with its first reading.
        ended: The last window closed and everything is put away.
    """

    painted = Signal()
    ended = Signal()

    def __init__(
        self,
        *,
        secrets: SecretStore,
        folders: Folders,
        preferences: Preferences,
        uncaught: Uncaught,
        command: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        """`command` starts this program, for the import that runs as a process of its own."""
        super().__init__(parent)
        self._secrets = secrets
        self._folders = folders
        self._preferences = preferences
        self._uncaught = uncaught
        self._command = tuple(command)
        self._jobs: Jobs | None = None
        self._desk: Desk | None = None
        self._welcome: Welcome | None = None
        self._opening: Opening | None = None
        self._unlock: UnlockDialog | None = None
        self.single = SingleWindow(folders.state, self)
        self.single.rang.connect(self._on_rang)
        self.single.link_brought.connect(self._on_link_brought)
        self._teller: FaultTeller | None = None
        self._import: tuple[Path, ...] = ()
        self._place: Place | None = None
        self._link = ""
        self._calls = 0
        self._reopened: tuple[str, str] | None = None
        self._care: Care | None = None
        self._created: Path | None = None
        self._tour_due = False
        if preferences.text_scale is not None:
            theme().set_text_scale(preferences.text_scale)
        theme().set_still(preferences.still)

    @property
    def desk(self) -> Desk | None:
        """The workspace on screen, or None during the first run."""
        return self._desk

    @property
    def welcome(self) -> Welcome | None:
        """The first run, or None while a workspace is on screen."""
        return self._welcome

    @property
    def care(self) -> Care | None:
        """What keeps the workspace safe; None before Home was first painted."""
        return self._care

    @property
    def unlock_dialog(self) -> UnlockDialog | None:
        """The dialog that asks for a passphrase, while it is open."""
        return self._unlock

    def show_first_run(self, fault: Exception | None = None) -> None:
        """Show the ways in; with the fault that kept a workspace from opening."""
        # What only some starts need is imported when it is needed: the first paint waits for it.
        from convergedesk.desktop.welcome import Welcome

        self._leave()
        if self._care is not None:
            self._care.stop()
        self._jobs = Jobs(self)
        self._welcome = Welcome(
            self._jobs, self._secrets, self._folders, memory=self._preferences, parent=self
        )
        self._welcome.ready.connect(self._on_ready)
        self._welcome.closing.connect(self._on_closing)
        self._tell_faults_over(self._welcome.window)
        self._welcome.show(fault)

    def open(
        self,
        path: Path,
        given: Key | None = None,
        *,
        files: Sequence[Path] = (),
        ahead: Ahead | None = None,
        place: Place | None = None,
        link: str = "",
    ) -> None:
        """Open a workspace.

        A workspace that another window of this program shows is brought to the front there.

        Args:
            path: The file.
            given: What opens it, where it was handed over.
            files: Shown in the import afterwards.
            ahead: A reading of it that has begun already.
            place: Where to go then; None is Home.
            link: An address to follow then.
        """
        self._link = link or self._link
        if not self.single.take(path):
            self._ring_other()
            return
        self._leave(hold=True)
        self._import = tuple(files)
        self._place = place
        self._jobs = Jobs(self)
        session = Session(path)
        self._desk = Desk(session, self._jobs, command=self._command, memory=self._preferences, parent=self)
        self._desk.closing.connect(self._on_closing)
        self._desk.menu.workspace_wanted.connect(self._on_workspace_wanted)
        self._desk.menu.sample_wanted.connect(self._on_sample_wanted)
        self._tell_faults_over(self._desk.window)
        self._opening = Opening(session, self._jobs, self._secrets, self)
        self._opening.read.connect(self._on_read)
        self._opening.passphrase_needed.connect(self._on_passphrase_needed)
        self._opening.failed.connect(self._on_failed)
        self._desk.navigator.open_home()
        self._opening.start(given, ahead)
        # Mostly the accounts are there at once; painting the window before would only delay them.
        QTimer.singleShot(_PATIENCE_MS, self._desk, self._desk.show)

    def follow(self, link: str) -> None:
        """Go where an address leads; while the workspace is locked or not open yet, once it is."""
        covered = self._care is not None and self._care.lock_window is not None
        if self._desk is None or covered or self._desk.context.portfolio.snapshot is None:
            self._link = link
            return
        from convergedesk.desktop.link_following import follow_link

        follow_link(self._desk, link)

    def window_place(self) -> bytes | None:
        """Note where the window is, and say it."""
        if self._desk is not None:
            self._preferences.save(bytes(self._desk.window.saveGeometry().data()))
        return self._preferences.load()

    def put_away(self) -> None:
        """Close the window and the file, but let nobody else have the workspace."""
        self._leave(keep=True)

    def reopen(self, path: Path, key: Key, place: Place | None, sentence: str, tone: str) -> None:
        """Open the workspace again at a place, and show a notice where there is a sentence."""
        self._reopened = (sentence, tone)
        self.open(path, key, place=place)

    def close(self) -> None:
        """Stop, close the file and tell that everything is put away."""
        self._leave()
        if self._care is not None:
            self._care.stop()
        self._uncaught.restore()
        self.ended.emit()

    @Slot(object)
    def _on_read(self, snapshot: HomeSnapshot) -> None:
        desk = self._desk
        if desk is None:
            return
        if self._unlock is not None:
            self._unlock.accept()
            self._unlock = None
        desk.begin(snapshot)
        desk.show()
        if self._import:
            desk.navigator.open_import(self._import)
            self._import = ()
        elif self._place is not None:
            desk.navigator.go(self._place)
        if self._link:
            from convergedesk.desktop.link_following import follow_link

            link, self._link = self._link, ""
            follow_link(desk, link)
        # What is only needed later must not delay the first paint: threads share the interpreter lock.
        PaintWatch(desk.window, self).painted.connect(self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        if self._desk is None or self._jobs is None:
            return
        self.painted.emit()
        path = self._desk.session.path
        if self._preferences.workspace != path:
            self._preferences.workspace = path
        self._desk.warm_up()
        if self._care is not None:
            self._on_companions(None)
            return
        # Keys and clicks would wait if these were loaded here.
        self._jobs.submit(_load_companions, on_done=self._on_companions)

    def _on_companions(self, _nothing: object) -> None:
        if self._desk is None:
            return
        self.single.listen()
        if self._care is None:
            from convergedesk.desktop.care import Care

            self._care = Care(self, self._preferences, self._secrets, self._folders.data, self)
            self._care.other_wanted.connect(self.show_first_run)
            self._care.workspace_wanted.connect(self.open)
            self._care.created.connect(self._on_created)
        again, self._reopened = self._reopened, None
        if again is None:
            by_passphrase = self._opening is not None and self._opening.by_passphrase
            self._care.take_over(self._desk, by_passphrase=by_passphrase)
            if self._created == self._desk.session.path:
                self._care.offer_recovery_key()
            self._created = None
            if self._tour_due:
                self._tour_due = False
                self._care.offer_tour()
            return
        self._care.take_over(self._desk, by_passphrase=None)
        sentence, tone = again
        if sentence:
            self._desk.notify(sentence, tone=tone)

    @Slot(str)
    def _on_passphrase_needed(self, reason: str) -> None:
        if self._desk is None or self._opening is None:
            return
        self._desk.show()
        if self._unlock is not None:
            self._unlock.refuse(reason)
            return
        from convergedesk.desktop.unlock_dialog import UnlockDialog

        self._unlock = UnlockDialog(self._desk.window, self._desk.session.path.name, reason)
        self._unlock.submitted.connect(self._opening.try_passphrase)
        self._unlock.recovered.connect(self._opening.try_key)
        self._unlock.rejected.connect(self._on_unlock_given_up)
        self._unlock.open()

    @Slot()
    def _on_unlock_given_up(self) -> None:
        self._unlock = None
        QTimer.singleShot(0, self, self.show_first_run)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.show_first_run(error)

    @Slot(object)
    def _on_ready(self, ready: Ready, files: tuple[Path, ...]) -> None:
        self._created = ready.path if ready.created else None
        self._tour_due = True
        self.open(ready.path, ready.key, files=files)

    @Slot(object)
    def _on_created(self, path: Path) -> None:
        self._created = path
        self.open(path)

    @Slot()
    def _on_workspace_wanted(self) -> None:
        if self._desk is not None:
            from convergedesk.desktop.widgets.file_chooser import WORKSPACE_FILES, FileChooser

            chooser = FileChooser(self._desk.window)
            chooser.chosen.connect(self._on_workspace_chosen)
            chooser.ask_file("Open a workspace", WORKSPACE_FILES)

    @Slot(object)
    def _on_workspace_chosen(self, paths: tuple[Path, ...]) -> None:
        self.open(paths[0])

    @Slot()
    def _on_sample_wanted(self) -> None:
        if self._folders.sample.exists():
            self.open(self._folders.sample)
            return
        self.show_first_run()
        if self._welcome is not None:
            self._welcome.page.model.explore_sample()

    @Slot()
    def _on_closing(self) -> None:
        QTimer.singleShot(0, self, self.close)

    @Slot()
    def _on_rang(self) -> None:
        window = self._desk.window if self._desk is not None else None
        if self._care is not None and self._care.lock_window is not None:
            window = self._care.lock_window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    @Slot(str)
    def _on_link_brought(self, link: str) -> None:
        self.follow(link)

    def _ring_other(self) -> None:
        heard = self.single.ring_other(self._link)
        if self._link and not heard and self._desk is None and self._calls < _MOST_CALLS:
            # The other one has only just begun and does not listen yet.
            self._calls += 1
            QTimer.singleShot(_CALL_AGAIN_MS, self, self._ring_other)
            return
        self._link = ""
        if self._desk is not None:
            self._desk.notify("That workspace is open in another window.", tone="warning")
        elif self._welcome is None:
            self.close()

    def _tell_faults_over(self, window: object) -> None:
        from PySide6.QtWidgets import QWidget

        if isinstance(window, QWidget):
            self._teller = FaultTeller(window)
            self._uncaught.caught.connect(self._teller.tell)

    def _leave(self, *, keep: bool = False, hold: bool = False) -> None:
        """Put away whatever is on screen, in the order in which nothing can be missed.

        Nobody else can have the workspace meanwhile with `keep`; with `hold` another one is held already.
        """
        if not keep:
            self.single.fall_silent()
        if self._desk is not None:
            self._desk.stop()
        if self._jobs is not None:
            self._jobs.shutdown()
            self._jobs.deleteLater()
            self._jobs = None
        for shown in (self._desk, self._welcome):
            if shown is not None:
                shown.window.hide()
                shown.window.deleteLater()
                shown.deleteLater()
        if self._desk is not None:
            self._desk.session.close()
        if self._opening is not None:
            self._opening.deleteLater()
        self._desk = self._welcome = self._opening = self._unlock = None
        if not (keep or hold):
            self.single.release()


def _load_companions(_context: JobContext) -> None:
    """Load what goes on beside the pages, on a thread where nobody waits for it."""
    import convergedesk.desktop.care
    import convergedesk.desktop.doorbell  # noqa: F401
    from convergedesk.host.memory import share_arenas

    share_arenas()
    if sys.platform == "linux":
        import PySide6.QtDBus  # noqa: F401
