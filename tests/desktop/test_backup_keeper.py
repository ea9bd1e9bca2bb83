"""The daily backup: made when due, told when it fails, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.backup_keeper import BackupKeeper
from convergedesk.desktop.surroundings import MemoryValues, Surroundings
from convergedesk.domain.declared_settings import BACKUP_FOLDER, BACKUPS_KEPT, DAILY_BACKUPS
from convergedesk.store.info import read_info
from convergedesk.workspace.backups import list_backups, make_backup
from tests.desktop.pages.desk import Desk, StandingClock, open_desk


class Keeping:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.around = Surroundings(MemoryValues())
        self.keeper = BackupKeeper(self.around)
        self.made: list[object] = []
        self.failed: list[str] = []
        self.keeper.made.connect(self.made.append)
        self.keeper.failed.connect(self.failed.append)
        self.keeper.begin(desk.context)

    def names(self) -> list[str]:
        workspace = self.desk.workspace
        folder = workspace.path.parent / "backups"
        found = list_backups(folder, read_info(workspace.store).uid, workspace.store.key.salt)
        return [one.path.name for one in found]


@pytest.fixture
def keeping(qtbot: QtBot, tmp_path: Path) -> Iterator[Keeping]:
    desk = open_desk(tmp_path)
    keeping = Keeping(desk)
    yield keeping
    keeping.keeper.stop()
    desk.workspace.close()


def test_one_is_made_on_the_first_look_of_a_day_and_no_more(keeping: Keeping) -> None:
    keeping.keeper.look()
    assert len(keeping.made) == 1
    keeping.keeper.look()
    assert len(keeping.made) == 1
    assert len(keeping.names()) == 1


def test_asked_for_one_is_made_whether_or_not_it_is_due(keeping: Keeping) -> None:
    keeping.keeper.look()
    keeping.keeper.make_now()
    assert len(keeping.made) == 2


def test_switched_off_none_is_made(keeping: Keeping) -> None:
    keeping.around.settings().set(DAILY_BACKUPS, False)
    keeping.keeper.look()
    assert keeping.names() == []


def test_as_many_are_kept_as_chosen(keeping: Keeping) -> None:
    keeping.around.settings().set(BACKUPS_KEPT, 2)
    workspace = keeping.desk.workspace
    uid, folder = read_info(workspace.store).uid, workspace.path.parent / "backups"
    for day in range(1, 6):

        class Earlier(StandingClock):
            def now(self):
                return super().now().replace(day=day)  # noqa: B023 (used at once)

        make_backup(workspace.path, workspace.store.key, uid, folder, clock=Earlier())
    keeping.keeper.look()
    assert len(keeping.names()) == 2


def test_a_failure_is_told_once_and_not_every_half_hour(keeping: Keeping, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    keeping.around.settings().set(BACKUP_FOLDER, str(tmp_path / "file" / "backups"))
    keeping.keeper.look()
    keeping.keeper.look()
    assert len(keeping.failed) == 1
    assert keeping.failed[0].startswith("Today's backup could not be made. ")


def test_nothing_is_made_of_a_workspace_that_is_closed(keeping: Keeping) -> None:
    keeping.keeper.stop()
    keeping.keeper.make_now()
    assert keeping.made == []
