"""Shows a file that the workspace keeps, in whatever program the person opens such files with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from pathlib import Path

    from convergedesk.desktop.jobs import JobContext, JobRunner
    from convergedesk.host.private_folder import PrivateFolder


class ShownFiles(QObject):
    """Files lie unencrypted in a folder of the user's own until this object goes, with a lock or the end.

    Signals:
        failed: A file could not be read or written; the exception.
    """

    failed = Signal(object)

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        """`parent` is what is closed when the workspace is locked."""
        super().__init__(parent)
        self._jobs = jobs
        self._folder: PrivateFolder | None = None

    def show(self, name: str, read: Callable[[], bytes]) -> None:
        """Write a file out and open it; `read` runs within a job."""
        folder = self._folder or self._make_folder()

        def work(_job: JobContext) -> Path:
            return folder.write(name, read())

        self._jobs.submit(work, on_done=self._on_written, on_error=self.failed.emit)

    def _make_folder(self) -> PrivateFolder:
        from convergedesk.host.private_folder import PrivateFolder

        folder = self._folder = PrivateFolder()
        # This object is half gone when `destroyed` comes, so the folder hears it by itself.
        self.destroyed.connect(folder.remove)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(folder.remove)
        return folder

    def _on_written(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
