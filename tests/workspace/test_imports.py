"""Importing as a use case: Home is up to date afterwards, whatever ended the program."""

from pathlib import Path

from convergedesk.sources.files import Answers
from convergedesk.workspace.changes import EVERYTHING
from convergedesk.workspace.imports import import_files, mend_interrupted
from convergedesk.workspace.session import create_workspace
from tests.sync.content import count
from tests.workspace.book import KEY


def test_what_a_killed_import_left_behind_is_mended_once(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,account_name\nA-1,Marlowe Freight\n")
    with create_workspace(tmp_path / "book.converge", KEY, name="Book") as workspace:
        assert mend_interrupted(workspace) is None
        import_files(workspace, [tmp_path / "accounts.csv"], Answers())
        accounts = count(workspace.store, "accounts")
        assert count(workspace.store, "account_summaries") == accounts
        with workspace.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM account_summaries")
            connection.exec_driver_sql("UPDATE import_runs SET state = 'running'")
        mended = mend_interrupted(workspace)
        assert mended is not None
        assert mended.kinds == EVERYTHING
        assert count(workspace.store, "account_summaries") == accounts
        assert count(workspace.store, "import_runs", "state = 'interrupted'") == 1
        assert mend_interrupted(workspace) is None
