"""After an import that was killed every page reads again, once."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from convergedesk.desktop.mending import mend_imports
from convergedesk.workspace.changes import EVERYTHING, Changes
from tests.desktop.pages.importing.intake import open_fed_desk
from tests.sync.content import count


def test_a_killed_import_is_mended_and_told_once(qapp: QApplication, tmp_path: Path) -> None:
    desk = open_fed_desk(tmp_path)
    told: list[Changes] = []
    desk.context.changes.published.connect(told.append)
    mend_imports(desk.context)
    assert told == []
    with desk.workspace.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM account_summaries")
        connection.exec_driver_sql("UPDATE import_runs SET state = 'running'")
    mend_imports(desk.context)
    mend_imports(desk.context)
    assert [changes.kinds for changes in told] == [EVERYTHING]
    accounts = count(desk.workspace.store, "accounts")
    assert count(desk.workspace.store, "account_summaries") == accounts
    desk.workspace.close()
