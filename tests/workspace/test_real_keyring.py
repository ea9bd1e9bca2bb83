"""The key moves between a real Secret Service and a passphrase, and is found again after each move."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MOVES = """
import sys
from pathlib import Path
from convergedesk.domain.errors import KeyMissingError
from convergedesk.host.keyring import KeyringSecrets
from convergedesk.store.keys import Key
from convergedesk.workspace.keys import find_key, new_key
from convergedesk.workspace.rekeying import change_key, keyring_holds, opens
from convergedesk.workspace.session import create_workspace
path, secrets = Path(sys.argv[1]), KeyringSecrets()
key, salt = new_key(secrets)
create_workspace(path, key, name="Book", salt=salt).close()
print(opens(path, find_key(path, secrets)))
key = change_key(path, find_key(path, secrets), secrets, passphrase="correct horse")
print(keyring_holds(path, secrets), opens(path, Key.passphrase("correct horse")))
change_key(path, key, secrets, passphrase=None)
print(keyring_holds(path, secrets), opens(path, find_key(path, secrets)))
import secretstorage
from contextlib import closing
with closing(secretstorage.dbus_init()) as bus:
    secretstorage.get_default_collection(bus).lock()
for question in (lambda: find_key(path, secrets), lambda: change_key(path, key, secrets, passphrase=None)):
    try:
        question()
    except KeyMissingError as error:
        print(error.sentence)
"""


@pytest.mark.system
def test_with_a_real_keyring(secret_service: Callable[[list[str]], list[str]], tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    command = secret_service([sys.executable, "-c", MOVES, str(tmp_path / "book.converge")])
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "True",
        "False True",
        "True True",
        "The key of “book.converge” cannot be fetched. This computer's keyring is locked.",
        "The key was not changed. This computer's keyring is locked.",
    ]
