"""Every page as a picture, as the person would see it, without a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convergedesk.desktop.text_trial import USUAL, TextTrial, trying
from convergedesk.domain.errors import ConvergeDeskError, DiskFullError, UsageError

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

    from convergedesk.desktop.picture_stage import Scene
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
    scenes: Sequence[str] = (),
    text: TextTrial = USUAL,
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
        scenes: Names of the scenes to picture, in the order of the files; empty for all.
        text: How text is tried: its length, size and direction.

    Returns:
        The files, in the order of the pages.

    Raises:
        UsageError: There is no scene of such a name.
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
    chosen = _chosen(all_scenes(), scenes)
    _make_folder(out_dir)
    stage = Stage(path, key, out_dir, size, scale)
    try:
        with trying(app, dressed, text):
            for scene in chosen:
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


def _chosen(all_scenes: Sequence[Scene], names: Sequence[str]) -> list[Scene]:
    known = {scene.__name__: scene for scene in all_scenes}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"There is no scene “{unknown[0]}”.", fix=f"Choose among: {', '.join(known)}.")
    return [scene for name, scene in known.items() if name in names or not names]


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
