"""Every page as a picture, as the person would see it, without a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.domain.errors import ConvergeDeskError, DiskFullError

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

    from convergedesk.store.keys import Key

# Qt's own word on every window that is drawn without a screen; there is nothing in it for anybody.
_NOISE = "This plugin does not support propagateSizeHints"


def make_pictures(
    path: Path,
    key: Key,
    out_dir: Path,
    *,
    theme: str = "light",
    size: tuple[int, int] = (1440, 900),
    scale: float = 1.0,
) -> Sequence[Path]:
    """Write a PNG of every page, its tabs, dialogs, empty and slow states.

    The same file, theme, size and scale give the same pictures.

    Args:
        path: The workspace.
        key: What opens it.
        out_dir: Where the pictures go; made where it is missing.
        theme: 'light' or 'dark'.
        size: Of the window, in device-independent pixels.
        scale: Device pixels per such pixel.

    Returns:
        The files, in the order of the pages.

    Raises:
        WorkspaceError: The file cannot be opened.
        ConvergeDeskError: The pictures cannot be written.
    """
    app = _application()

    from convergedesk.desktop.picture_scenes import all_scenes
    from convergedesk.desktop.picture_stage import Stage
    from convergedesk.desktop.theme.current import Mode, Theme

    before = app.cursorFlashTime()
    app.setCursorFlashTime(0)
    dressed = Theme.install(app, Mode(theme))
    dressed.set_mode(Mode(theme))
    _make_folder(out_dir)
    stage = Stage(path, key, out_dir, size, scale)
    try:
        for scene in all_scenes():
            scene(stage)
    finally:
        stage.close()
        app.setCursorFlashTime(before)
    missing = [picture for picture in stage.written if not picture.exists()]
    if missing:
        raise DiskFullError(
            f"{len(missing)} of {len(stage.written)} pictures could not be written.",
            fix="Make room, or choose another folder.",
        )
    return tuple(stage.written)


def _application() -> QApplication:
    # A screen, where there is one, must neither be needed nor flicker.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_pass_on)
    app = QApplication(["convergedesk"])
    app.setQuitOnLastWindowClosed(False)
    return app


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConvergeDeskError(
            f"The folder “{folder}” cannot be made.", fix="Choose another folder.", details=str(error)
        ) from error


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if not message.startswith(_NOISE):
        sys.stderr.write(f"{message}\n")
