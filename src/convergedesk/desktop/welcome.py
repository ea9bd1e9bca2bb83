"""The first run: its window, and doing what the person chooses there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.pages.first_run.intents import ExploreSample, ImportFiles, OpenWorkspace
from convergedesk.desktop.pages.first_run.page import FirstRunPage
from convergedesk.desktop.shell.page_host import PageSpec
from convergedesk.desktop.shell.window import MainWindow, WindowMemory
from convergedesk.desktop.starting import Ready, empty_file, sample_file
from convergedesk.domain.errors import ConvergeDeskError, KeyringUnavailableError

if TYPE_CHECKING:
    from convergedesk.desktop.jobs import JobContext, JobProgress, JobRunner
    from convergedesk.domain.protocols import SecretStore
    from convergedesk.host.folders import Folders

_KEY = "first_run"
_PROBE = "probe"


class Welcome(QObject):
    """Shows the ways in and prepares the file that is chosen.

    Attributes:
        window: Its window.
        page: The page with the ways in.

    Signals:
        ready: A `Ready` and the files to import into it, as a tuple of paths.
        closing: The person closed the window.
    """

    ready = Signal(object, object)
    closing = Signal()

    def __init__(
        self,
        jobs: JobRunner,
        secrets: SecretStore,
        folders: Folders,
        *,
        memory: WindowMemory | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._secrets = secrets
        self._folders = folders
        self._files: tuple[Path, ...] = ()
        self.page = FirstRunPage()
        self.page.chosen.connect(self._on_chosen)
        spec = PageSpec(_KEY, "Welcome", "house", lambda: self.page, in_rail=False, bare=True)
        self.window = MainWindow((spec,), memory=memory)
        self.window.closing.connect(self.closing)

    def show(self, fault: Exception | None = None) -> None:
        """Show the window; with the fault that kept a workspace from opening."""
        self.window.show_page(_KEY)
        if isinstance(fault, ConvergeDeskError):
            self.page.model.fail(fault)
        self.window.show()
        self._jobs.submit(self._look_for_keychain, on_done=self._on_keychain)

    def _look_for_keychain(self, _context: JobContext) -> bool:
        try:
            self._secrets.get(_PROBE)
        except KeyringUnavailableError:
            return False
        return True

    def _on_keychain(self, available: bool) -> None:
        self.page.model.set_keychain(available=available)

    @Slot(object)
    def _on_chosen(self, intent: object) -> None:
        self._files = ()
        if isinstance(intent, OpenWorkspace):
            self.ready.emit(Ready(intent.path, None), ())
        elif isinstance(intent, ExploreSample):
            self.page.model.prepare("Building the sample")
            self._prepare(lambda context: self._sample(intent.passphrase, context))
        elif isinstance(intent, ImportFiles):
            self._files = intent.paths
            self.page.model.prepare("Creating the workspace")
            self._prepare(lambda _context: self._empty(intent.passphrase))

    def _prepare(self, work: Callable[[JobContext], Ready]) -> None:
        self._jobs.submit(
            work,
            write=True,
            on_done=self._on_prepared,
            on_error=self._on_failed,
            on_progress=self._on_progress,
        )

    def _sample(self, passphrase: str | None, context: JobContext) -> Ready:
        return sample_file(self._folders.sample, self._secrets, passphrase, context)

    def _empty(self, passphrase: str | None) -> Ready:
        return empty_file(self._folders.workspace, self._secrets, passphrase)

    def _on_progress(self, progress: JobProgress) -> None:
        self.page.model.prepare(progress.message or "Building the sample", progress.done, progress.total)

    def _on_prepared(self, ready: Ready) -> None:
        self.ready.emit(ready, self._files)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ConvergeDeskError):
            self.page.model.fail(error)
        else:
            self.page.model.reset()
