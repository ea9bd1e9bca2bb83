"""Qt's system libraries and the tests' programs on Debian and Ubuntu.

Which libraries are missing is asked of the loader (`ldd`), not guessed from Qt's error message: that one
always names libxcb-cursor0, while libxcb-icccm4 and libxcb-keysyms1 are as often the missing ones.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from installers.problem import SetUpError

# Without these Qt cannot draw at all, not even into a picture.
DRAWING = (
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtPrintSupport.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/iconengines/libqsvgicon.so",
)
# Without these it cannot open a window on X11 or Wayland.
WINDOWS = (
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/xcbglintegrations/libqxcb-egl-integration.so",
    "Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
)

# Newer releases add a suffix to some of these (libglib2.0-0t64), whose packages provide the names below.
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libGLdispatch.so.0": "libglvnd0",
    "libICE.so.6": "libice6",
    "libOpenGL.so.0": "libopengl0",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXau.so.6": "libxau6",
    "libXdmcp.so.6": "libxdmcp6",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpng16.so.16": "libpng16-16",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# What the end-to-end tests start: a screen, and a keyring on a session bus.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus-daemon",
    "gnome-keyring-daemon": "gnome-keyring",
}


def names_not_found(ldd_output: str) -> set[str]:
    """The libraries that the loader looked for in vain, without those that Qt itself would have brought."""
    names = re.findall(r"^\s*(\S+) => not found", ldd_output, flags=re.MULTILINE)
    return {n for n in names if not n.startswith(("libQt6", "libpyside6", "libshiboken6", "libicu"))}


def missing_libraries(site_packages: Path, objects: tuple[str, ...]) -> set[str]:
    """Asks the loader which libraries these parts of PySide6 lack; the empty set away from Linux."""
    if sys.platform != "linux" or shutil.which("ldd") is None:
        return set()
    paths = [site_packages / "PySide6" / name for name in objects]
    command = ["ldd", *[str(path) for path in paths if path.exists()]]
    if len(command) == 1:
        return set()
    ldd = subprocess.run(command, capture_output=True, text=True, check=False)
    return names_not_found(ldd.stdout)


def packages_for(libraries: set[str]) -> list[str]:
    """The Debian packages that hold these libraries.

    Raises:
        SetUpError: No package is known for one of them.
    """
    unknown = sorted(libraries - DEBIAN_PACKAGES.keys())
    if unknown:
        raise SetUpError(
            f"Qt needs {', '.join(unknown)}, which this machine lacks, and no package is known for it here. "
            f"`apt-file search {unknown[0]}` finds the package; install it and run the same command again."
        )
    return sorted({DEBIAN_PACKAGES[name] for name in libraries})


def missing_test_programs() -> list[str]:
    """The Debian packages of the programs that the end-to-end tests start and this machine lacks."""
    return sorted(package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None)


def is_debian() -> bool:
    """Whether packages can be had from apt-get here."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def install_command(packages: list[str]) -> str:
    """What a person who is not root types to have these packages."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def may_install() -> bool:
    """Whether we may install packages without asking: on Debian or Ubuntu, as root."""
    return is_debian() and hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: list[str]) -> None:
    """Installs Debian packages, bringing the package lists up to date first.

    Raises:
        SetUpError: apt-get refused; the text ends with what it said.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # Lists that could not be refreshed may still be fresh enough: the install decides.
        if done.returncode and command is install:
            said = "\n".join(done.stdout.strip().splitlines()[-12:])
            raise SetUpError(f"apt-get could not install {' '.join(packages)}. It said:\n{said}")
