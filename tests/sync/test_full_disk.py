"""A disk that fills up during an import: a plain fault, a whole file, and nothing doubled afterwards."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from convergedesk.domain.errors import DiskFullError
from convergedesk.store.engine import Store, open_workspace
from convergedesk.sync.import_run import run_import
from tests.sync.big_book import pages
from tests.sync.conftest import KEY
from tests.sync.content import content, count


@pytest.mark.parametrize("room", [600_000, 900_000, 1_300_000, 2_000_000])
def test_import_goes_on_where_it_stopped_once_there_is_room(
    blank: Path, disk: Callable[[int], Path], other_store: Store, room: int
):
    run_import(other_store, pages())
    folder = disk(blank.stat().st_size + room)
    path = folder / blank.name
    shutil.copyfile(blank, path)
    with open_workspace(path, KEY) as store:
        with pytest.raises(DiskFullError):
            run_import(store, pages())
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        summary = run_import(store, pages())
        assert summary.state == "done"
        assert content(store) == content(other_store)
        assert count(store, "import_runs", "state = 'running'") == 0
