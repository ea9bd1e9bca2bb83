from pathlib import Path

import pytest

from convergedesk.desktop.starting import empty_file, sample_file
from convergedesk.domain.errors import KeyMissingError
from convergedesk.store.keys import Key, salt_name, salt_of
from convergedesk.workspace.session import open_workspace
from tests.desktop.workspace_files import WORDS, Secrets, filled_file


def test_a_new_workspace_is_opened_by_the_key_that_the_keyring_keeps(tmp_path: Path) -> None:
    secrets = Secrets()
    ready = empty_file(tmp_path / "data" / "workspace.converge", secrets, None)
    kept = secrets.kept[salt_name(salt_of(ready.path))]
    open_workspace(ready.path, Key.from_text(kept)).close()


def test_a_passphrase_is_kept_nowhere(tmp_path: Path) -> None:
    secrets = Secrets()
    ready = empty_file(tmp_path / "workspace.converge", secrets, WORDS)
    assert secrets.kept == {}
    open_workspace(ready.path, Key.passphrase(WORDS)).close()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "workspace.converge"
    path.write_text("precious")
    ready = empty_file(path, Secrets(), None)
    assert ready.path == tmp_path / "workspace 2.converge"
    assert path.read_text() == "precious"


def test_without_keyring_and_passphrase_nothing_is_created(tmp_path: Path) -> None:
    with pytest.raises(KeyMissingError):
        empty_file(tmp_path / "workspace.converge", Secrets(available=False), None)
    assert list(tmp_path.iterdir()) == []


def test_a_sample_that_is_there_is_used_again(tmp_path: Path) -> None:
    path = filled_file(tmp_path / "sample.converge", Secrets())
    before = path.read_bytes()
    ready = sample_file(path, Secrets(), None, None)  # pyright: ignore[reportArgumentType]
    assert ready == (path, None, False)
    assert path.read_bytes() == before
