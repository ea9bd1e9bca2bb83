from pathlib import Path

import pytest

from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.opening import REFUSED, Opening
from convergedesk.desktop.session import Session
from convergedesk.domain.errors import NotAWorkspaceError
from convergedesk.domain.portfolio import HomeSnapshot
from convergedesk.store.keys import Key, salt_name, salt_of
from tests.desktop.workspace_files import WORDS, Secrets, filled_file, locked_file


class Watched:
    """An opening with everything that it said."""

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self.session = Session(path)
        self.opening = Opening(self.session, InlineJobs(), secrets)
        self.read: list[HomeSnapshot] = []
        self.asked: list[str] = []
        self.failed: list[Exception] = []
        self.opening.read.connect(self.read.append)
        self.opening.passphrase_needed.connect(self.asked.append)
        self.opening.failed.connect(self.failed.append)


def test_the_key_in_the_keyring_opens_without_asking(tmp_path: Path) -> None:
    secrets = Secrets()
    watched = Watched(filled_file(tmp_path / "a.converge", secrets), secrets)
    watched.opening.start()
    assert [row.name for row in watched.read[0].rows][:1] == ["Kestrel Payments"]
    assert watched.session.workspace().name == "Pilot book"
    watched.session.close()


def test_a_passphrase_that_was_handed_over_is_used(tmp_path: Path) -> None:
    watched = Watched(locked_file(tmp_path / "a.converge"), Secrets(available=False))
    watched.opening.start(Key.passphrase(WORDS))
    assert watched.read[0].workspace_name == "Locked"
    assert watched.asked == []


def test_without_a_key_the_passphrase_is_asked_for_and_a_wrong_one_refused(tmp_path: Path) -> None:
    watched = Watched(locked_file(tmp_path / "a.converge"), Secrets())
    watched.opening.start()
    assert watched.asked[0].endswith("Type its passphrase if it has one.")
    watched.opening.try_passphrase("a guess")
    assert watched.asked[1:] == [REFUSED]
    watched.opening.try_passphrase(WORDS)
    assert watched.read[0].workspace_name == "Locked"


def test_a_computer_without_a_keyring_says_so_and_asks(tmp_path: Path) -> None:
    watched = Watched(locked_file(tmp_path / "a.converge"), Secrets(available=False))
    watched.opening.start()
    assert "This computer offers no keyring." in watched.asked[0]


def test_a_key_in_the_keyring_that_does_not_fit_is_not_called_a_wrong_passphrase(tmp_path: Path) -> None:
    secrets = Secrets()
    path = locked_file(tmp_path / "a.converge")
    secrets.kept[salt_name(salt_of(path))] = Key.random().text()
    watched = Watched(path, secrets)
    watched.opening.start()
    assert watched.asked == [
        "The key in this computer's keyring does not open “a.converge”. Type its passphrase if it has one."
    ]


@pytest.mark.parametrize("words", ["", WORDS])
def test_neither_key_nor_passphrase_is_ever_told(
    tmp_path: Path, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = Secrets()
    path = filled_file(tmp_path / "a.converge", secrets)
    watched = Watched(path, secrets)
    watched.opening.start()
    if words:
        watched.opening.try_passphrase(words)
    said = " ".join([caplog.text, *watched.asked, *map(repr, watched.failed), repr(watched.session)])
    assert not any(secret in said for secret in secrets.kept.values())
    assert WORDS not in said


def test_a_file_that_is_no_workspace_fails_with_its_own_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.converge"
    path.write_bytes(b"PK" + bytes(200))
    watched = Watched(path, Secrets())
    watched.opening.start(Key.random())
    assert isinstance(watched.failed[0], NotAWorkspaceError) or watched.asked
