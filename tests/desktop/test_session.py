from pathlib import Path
from threading import Thread

import pytest

from convergedesk.desktop.session import Session
from convergedesk.domain.errors import WorkspaceError
from convergedesk.store.keys import Key
from convergedesk.workspace.session import Workspace, open_workspace
from tests.desktop.workspace_files import KEY, WORDS, Secrets, filled_file, locked_file


def test_the_file_is_opened_once_whoever_asks_first(tmp_path: Path) -> None:
    session = Session(filled_file(tmp_path / "a.converge", Secrets()), KEY)
    found: list[Workspace] = []
    threads = [Thread(target=lambda: found.append(session.workspace())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
    session.close()


def test_after_closing_nothing_opens_the_file_again(tmp_path: Path) -> None:
    session = Session(filled_file(tmp_path / "a.converge", Secrets()), KEY)
    session.workspace()
    session.close()
    with pytest.raises(WorkspaceError):
        session.workspace()
    session.close()


def test_without_a_key_there_is_nothing_to_open(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        Session(tmp_path / "a.converge").workspace()


def test_a_child_process_is_handed_the_key_of_a_passphrase_too(tmp_path: Path) -> None:
    path = locked_file(tmp_path / "a.converge")
    session = Session(path, Key.passphrase(WORDS))
    kind, _, text = session.key_line().decode().strip().partition(":")
    session.close()
    assert kind == "key"
    open_workspace(path, Key.from_text(text)).close()
