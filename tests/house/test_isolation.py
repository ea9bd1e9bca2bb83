"""A test sees neither the keyring nor the home of whoever runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.errors import NoKeyringError, PasswordDeleteError

ROUND_TRIP = """
import keyring
assert keyring.get_password("convergedesk", "w") is None
keyring.set_password("convergedesk", "w", "k")
print(type(keyring.get_keyring()).__module__, keyring.get_password("convergedesk", "w"))
"""


def test_a_child_process_finds_no_keyring() -> None:
    ask = "import keyring; keyring.get_password('convergedesk', 'w')"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "NoKeyringError" in done.stderr


def test_the_memory_keyring_keeps_and_forgets(memory_keyring: dict[tuple[str, str], str]) -> None:
    keyring.set_password("convergedesk", "w", "k")
    assert memory_keyring == {("convergedesk", "w"): "k"}
    assert keyring.get_password("convergedesk", "w") == "k"
    keyring.delete_password("convergedesk", "w")
    with pytest.raises(PasswordDeleteError):
        keyring.delete_password("convergedesk", "w")


def test_outside_of_it_there_is_none() -> None:
    with pytest.raises(NoKeyringError):
        keyring.get_password("convergedesk", "w")


@pytest.mark.system
def test_a_real_secret_service_starts_empty_and_unlocked(
    secret_service: Callable[[list[str]], list[str]], home: Path
) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHON_KEYRING_BACKEND"}
    command = secret_service([sys.executable, "-c", ROUND_TRIP])
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["keyring.backends.SecretService", "k"], done.stderr
    assert list(home.glob("data/keyrings/*"))
