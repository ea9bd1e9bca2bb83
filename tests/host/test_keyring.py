"""The keyring: a real Secret Service where one is installed, and plain words where none answers."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from convergedesk.domain.errors import KeyringUnavailableError
from convergedesk.host.keyring import KeyringSecrets

ROUND_TRIP = """
from convergedesk.host.keyring import KeyringSecrets
secrets = KeyringSecrets()
print(secrets.place())
print(secrets.get("workspace-1"))
secrets.set("workspace-1", "geheim ß")
secrets.set("workspace-2", "other")
print(KeyringSecrets().get("workspace-1") == "geheim ß")
secrets.set("workspace-1", "renewed")
print(secrets.get("workspace-1"))
secrets.delete("workspace-1")
secrets.delete("workspace-1")
print(secrets.get("workspace-1"), secrets.get("workspace-2"))
"""
LOCKED = """
import secretstorage
from contextlib import closing
from convergedesk.domain.errors import KeyringUnavailableError
from convergedesk.host.keyring import KeyringSecrets
secrets = KeyringSecrets()
secrets.set("workspace-1", "secret")
with closing(secretstorage.dbus_init()) as bus:
    secretstorage.get_default_collection(bus).lock()
for question in (lambda: secrets.get("workspace-1"), lambda: secrets.set("workspace-1", "x")):
    try:
        question()
    except KeyringUnavailableError as error:
        print(error.sentence, error.fix)
"""


def run(command: list[str]) -> list[str]:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.system
def test_a_real_keyring_keeps_replaces_and_forgets(secret_service: Callable[[list[str]], list[str]]) -> None:
    assert run(secret_service([sys.executable, "-c", ROUND_TRIP])) == [
        "the system keyring",
        "None",
        "True",
        "renewed",
        "None other",
    ]


OPEN = """
import sys
from convergedesk.host.keyring import KeyringSecrets
KeyringSecrets().set("workspace-1", "geheim ß")
"""
AHEAD = """
import sys
from convergedesk.host.keyring import KeyringSecrets
print(KeyringSecrets().get("workspace-1") == "geheim ß", "keyring" in sys.modules)
print(KeyringSecrets().get("workspace-2"), "keyring" in sys.modules)
"""


@pytest.mark.system
def test_a_key_that_lies_open_is_read_without_loading_the_keyring_library(
    secret_service: Callable[[list[str]], list[str]],
) -> None:
    both = f"{sys.executable} -c '{OPEN}' && {sys.executable} -c '{AHEAD}'"
    assert run(secret_service(["sh", "-c", both])) == ["True False", "None True"]


@pytest.mark.system
def test_a_locked_keyring_says_so(secret_service: Callable[[list[str]], list[str]]) -> None:
    sentence = "This computer's keyring is locked. Unlock it and try again."
    assert run(secret_service([sys.executable, "-c", LOCKED])) == [sentence, sentence]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no bus")
def test_without_a_bus_the_passphrase_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with pytest.raises(KeyringUnavailableError) as caught:
        KeyringSecrets().get("workspace-1")
    assert "no keyring" in caught.value.sentence
    assert "passphrase" in caught.value.fix
    assert caught.value.details


@pytest.mark.parametrize(
    "name", ["keyring.backends.fail.Keyring", "keyrings.cryptfile.cryptfile.CryptFileKeyring"]
)
def test_no_back_end_outside_the_list_is_ever_used(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    for question in (
        lambda secrets: secrets.get("a"),
        lambda secrets: secrets.set("a", "b"),
        lambda secrets: secrets.delete("a"),
        lambda secrets: secrets.place(),
    ):
        with pytest.raises(KeyringUnavailableError):
            question(KeyringSecrets())


def test_importing_it_loads_no_back_end(tmp_path: Path) -> None:
    probe = "import sys, convergedesk.host.keyring; print('keyring' in sys.modules)"
    assert run([sys.executable, "-c", probe]) == ["False"]
