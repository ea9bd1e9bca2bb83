import errno
from pathlib import Path

import pytest

from convergedesk.desktop.saving import NotSavedError, save, save_csv
from convergedesk.domain.errors import DiskFullError


def test_a_csv_is_written_whole_and_readable_by_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    save_csv(path, [("Account", "Owner"), ("Café, Ltd", 'Anna "A"')])
    assert path.read_bytes() == b'\xef\xbb\xbfAccount,Owner\r\n"Caf\xc3\xa9, Ltd","Anna ""A"""\r\n'
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_save_keeps_the_older_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("old")

    def run_full(target: Path) -> None:
        target.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFullError) as caught:
        save(path, run_full)
    assert caught.value.sentence == "“accounts.csv” was not saved: the disk is full."
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_named_in_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError) as caught:
        save_csv(tmp_path / "gone" / "accounts.csv", [])
    assert "could not be saved in" in caught.value.sentence
    assert caught.value.fix
