"""A keyring of the benchmarks' own, which holds the key of one workspace: for `bench_start`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.workloads import KEY
from convergedesk.store.keys import salt_name, salt_of

NEEDED = ("dbus-daemon", "gnome-keyring-daemon")
KEEP = "import sys; from convergedesk.host.keyring import KeyringSecrets; KeyringSecrets().set(*sys.argv[1:])"


def is_missing() -> str:
    """What a keyring would need and this computer lacks; empty where nothing is missing."""
    return " and ".join(name for name in NEEDED if shutil.which(name) is None)


@contextmanager
def keyring(workspace: Path) -> Iterator[dict[str, str]]:
    """The variables by which a program finds a bus and an open Secret Service with the workspace's key."""
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    daemon = None
    try:
        assert bus.stdout is not None
        address = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
            "HOME": str(workspace.parent),
            **address,
        }
        environment.pop("PYTHON_KEYRING_BACKEND", None)
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"pass")
        daemon.stdin.close()
        salt = salt_of(workspace)
        # A key that was derived from a passphrase opens the file as well as a random one would.
        secret = KEY.for_salt(salt).key.hex()
        subprocess.run([sys.executable, "-c", KEEP, salt_name(salt), secret], env=environment, check=True)
        yield address
    finally:
        for process in (daemon, bus):
            if process is not None:
                process.terminate()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=5)
