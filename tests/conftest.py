"""What holds for every test: no screen, no home of the user's, no keyring of theirs, and nothing left behind.

The environment is set while this module is imported, before a test module can import Qt.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["pytester", "tests.house.leaks"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in [
    "CONVERGEDESK_PASSPHRASE",
    "DBUS_SESSION_BUS_ADDRESS",
    "QT_QPA_PLATFORMTHEME",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "XDG_CONFIG_DIRS",
    "XDG_CURRENT_DESKTOP",
]:
    os.environ.pop(name, None)
# Holds for child processes too: without this they would find the keyring of whoever runs the tests.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

_HOMES = Path(tempfile.mkdtemp(prefix="convergedesk-tests-"))
_numbers = count()
atexit.register(shutil.rmtree, _HOMES, ignore_errors=True)


def _folders(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_RUNTIME_DIR": str(home / "run"),
    }


def _make_home() -> Path:
    home = _HOMES / str(next(_numbers))
    (home / "run").mkdir(parents=True, mode=0o700)
    (home / "run").chmod(0o700)
    return home


os.environ.update(_folders(_make_home()))

hypothesis.settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--morning-pictures DIR` keeps a picture of every step of the end-to-end test on a screen."""
    parser.addoption("--morning-pictures", metavar="DIR", help="where pictures of the morning are kept")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of this test's own, for it and for the programs that it starts."""
    path = _make_home()
    for name, value in _folders(path).items():
        monkeypatch.setenv(name, value)
    return path


@pytest.fixture
def memory_keyring() -> Iterator[dict[tuple[str, str], str]]:
    """A keyring that lives in this dict, keyed by (service, user name), and ends with the test."""
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordDeleteError

    passwords: dict[tuple[str, str], str] = {}

    class MemoryKeyring(KeyringBackend):
        priority = 1  # pyright: ignore[reportAssignmentType]

        def get_password(self, service: str, username: str) -> str | None:
            return passwords.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            passwords[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if passwords.pop((service, username), None) is None:
                raise PasswordDeleteError("no such password")

    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield passwords
    keyring.set_keyring(before)


@pytest.fixture
def secret_service(home: Path) -> Callable[[list[str]], list[str]]:
    """Wraps a command so that it runs beside a real, unlocked Secret Service with an empty keyring.

    The command also needs `PYTHON_KEYRING_BACKEND` taken out of its environment.
    """
    missing = [p for p in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(p) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)} (Debian packages dbus-daemon and gnome-keyring)")
    script = 'printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
    return lambda command: ["dbus-run-session", "--", "sh", "-c", script, "sh", *command]
