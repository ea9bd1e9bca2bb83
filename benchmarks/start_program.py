"""Starts the program as a person does, and says `painted` once Home stands on screen: for `bench_start`.

`start_program.py WORKSPACE [--modules]`; with `--modules` the names of all loaded modules follow, and the
program ends.

Nothing of the program or of Qt is loaded here ahead of its own order: what the program does while its
libraries load is part of what is measured.
"""

import sys

from convergedesk.__main__ import main
from convergedesk.desktop import main as desktop


def watch_first_painting() -> None:
    """Tell when the table of accounts has been painted with its rows."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from convergedesk.desktop.application import Application
    from convergedesk.domain.portfolio import HomeSnapshot

    class Watch(QObject):
        def __init__(self, application: Application) -> None:
            from convergedesk.desktop.pages.home.page import HomePage
            from convergedesk.desktop.widgets.table.view import TableView

            super().__init__(application)
            self._application = application
            desk = application.desk
            assert desk is not None
            # Looking for it among all children would make PySide load what the program does not need.
            home = desk.window.pages.page("home")
            assert isinstance(home, HomePage)
            table = next(pane for pane in home.panes() if isinstance(pane, TableView))
            assert table.isVisible()
            assert table.rows_model.rowCount() > 0
            self._viewport = table.viewport()
            self._viewport.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self._viewport.removeEventFilter(self)
                # The event loop turns once more: the picture is out, and input would be answered now.
                QTimer.singleShot(0, self, self._tell)
            return False

        def _tell(self) -> None:
            print("painted", flush=True)
            if "--modules" in sys.argv:
                print("\n".join(sys.modules), flush=True)
            self._application.close()

    original = Application._on_read

    def on_read(self: Application, snapshot: HomeSnapshot) -> None:
        original(self, snapshot)
        Watch(self)

    Application._on_read = on_read


make_application = desktop._application


def application() -> object:
    """The program's own, after which the windows' modules come next."""
    made = make_application()
    watch_first_painting()
    return made


desktop._application = application
sys.exit(main(["--workspace", sys.argv[1]]))
