"""Makes the checkout's virtual environment what `requirements.lock` says, and does nothing when it is.

    python -m installers.bootstrap [--tests] [--window] [--bench]

`--tests` adds what the end-to-end tests start, `--window` insists on what Qt needs to open one, and
`--bench` sets up the environment of the benchmarks beside the program's own.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from installers import system_packages
from installers.problem import SetUpError, exit_status

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
# The releases that every pinned package has a ready-made build for.
TRIED = ("3.12", "3.13", "3.11", "3.14")


def say(sentence: str) -> None:
    """Tells what is going on, at once, before the long work that it announces."""
    print(sentence, flush=True)


def python_in(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages_of(venv: Path) -> Path:
    """Where a virtual environment keeps its packages."""
    if os.name == "nt":
        return venv / "Lib" / "site-packages"
    found = sorted((venv / "lib").glob("python3.*/site-packages"))
    return found[-1] if found else venv / "lib"


def version_of(command: list[str]) -> tuple[int, int] | None:
    """The (major, minor) version of an interpreter, or None where it does not start."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([*command, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return None
    words = done.stdout.split()
    return (int(words[0]), int(words[1])) if done.returncode == 0 and len(words) == 2 else None


def find_python() -> list[str]:
    """The command of a Python that is new enough: this one, or another on the machine.

    Raises:
        SetUpError: There is none.
    """
    if sys.version_info[:2] >= OLDEST:
        return [sys.executable]
    launcher = shutil.which("py") if os.name == "nt" else None
    for release in TRIED:
        command = [launcher, f"-{release}"] if launcher else [f"python{release}"]
        version = version_of(command)
        if version is not None and version >= OLDEST:
            return command
    hint = "Install one (python.org has it for Windows and macOS)"
    if system_packages.is_debian():
        hint = "Install one (for example: sudo apt-get install -y python3.11 python3.11-venv)"
    raise SetUpError(
        f"ConvergeDesk needs Python {OLDEST[0]}.{OLDEST[1]} or newer. The one that was started is "
        f"{sys.version_info[0]}.{sys.version_info[1]}, and no newer one was found. {hint}, then run the "
        "same command again."
    )


def create_venv(venv: Path) -> None:
    """Creates the virtual environment, replacing one that no longer works.

    Raises:
        SetUpError: Python lacks what it takes, or the folder cannot be written.
    """
    if venv.exists():
        version = version_of([str(python_in(venv))])
        if version is not None and version >= OLDEST:
            return
        say(f"The environment in {venv.name} does not work here (moved, or an old Python): making it anew.")
        shutil.rmtree(venv)
    command = find_python()
    version = version_of(command) or OLDEST
    if subprocess.run([*command, "-c", "import ensurepip"], capture_output=True, check=False).returncode:
        package = f"python{version[0]}.{version[1]}-venv"
        if not system_packages.may_install():
            how = f": {system_packages.install_command([package])}" if system_packages.is_debian() else "."
            raise SetUpError(f"This Python cannot make virtual environments. Install that part of it{how}")
        say(f"Installing {package} (this Python cannot make virtual environments without it).")
        system_packages.install([package])
    say(f"Making a virtual environment in {venv.name} with Python {version[0]}.{version[1]}.")
    done = subprocess.run([*command, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise SetUpError(f"The virtual environment could not be made: {(done.stderr or done.stdout).strip()}")


def pip(venv: Path, *arguments: str) -> None:
    """Runs pip in a virtual environment.

    Raises:
        SetUpError: pip failed; it has said why on the terminal.
    """
    command = [str(python_in(venv)), "-m", "pip", "--disable-pip-version-check", "-qq", "install", *arguments]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SetUpError(
            "pip could not install the pinned packages; what it said stands above. It needs the network the "
            "first time, and about 1 GB of disk. Run the same command again to go on."
        )


def fingerprint(*paths: Path) -> str:
    """One hash over the contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def stanza(lock: str, package: str) -> str:
    """The lines of a lock file that pin one package, with its hashes."""
    found = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*\n", lock, flags=re.MULTILINE)
    if found is None:
        raise SetUpError(f"The lock file does not pin {package}. `make lock` writes it anew.")
    return found.group()


def install_build_tools(venv: Path, lock: Path) -> None:
    """Installs what builds the packages that come as source, from the lock like the rest.

    Left to itself pip would fetch a newer one into a throw-away environment, unpinned and unhashed.
    """
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "build-tools.txt"
        requirements.write_text(stanza(lock.read_text(), "setuptools"))
        pip(venv, "--require-hashes", "-r", str(requirements))


def install_packages(venv: Path, locks: list[Path]) -> None:
    """Installs the locked packages, and the program itself from `src`, where either has changed."""
    stamp = venv / "installed.sha256"
    wanted = fingerprint(*locks, ROOT / "pyproject.toml")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    say("Installing the pinned packages; the first time takes a minute or two.")
    requirements = [part for lock in locks for part in ("-r", str(lock))]
    install_build_tools(venv, locks[0])
    pip(venv, "--require-hashes", "--no-build-isolation", "--use-pep517", *requirements)
    pip(venv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp.write_text(wanted)


def check_qt_libraries(venv: Path, *, window: bool) -> None:
    """Sees to Qt's system libraries: installs them where it may, and otherwise says how to.

    Args:
        venv: The environment that PySide6 is installed in.
        window: Whether a window must open. Without one, what only windows need may stay missing.

    Raises:
        SetUpError: Libraries are missing that the work ahead cannot do without.
    """
    site_packages = site_packages_of(venv)
    drawing = system_packages.missing_libraries(site_packages, system_packages.DRAWING)
    missing = drawing | system_packages.missing_libraries(site_packages, system_packages.WINDOWS)
    if not missing:
        return
    sentence = f"Qt needs system libraries that this machine lacks: {', '.join(sorted(missing))}."
    if not system_packages.is_debian():
        sentence += " Install them with your system's package manager, then run the same command again."
    else:
        packages = system_packages.packages_for(missing)
        if system_packages.may_install():
            say(f"Installing the system libraries that Qt needs: {' '.join(packages)}.")
            system_packages.install(packages)
            check_installed(site_packages)
            return
        sentence += f" To install them:\n    {system_packages.install_command(packages)}"
    if drawing or window:
        raise SetUpError(sentence)
    say(f"{sentence}\nUntil then no window can open; everything else works.")


def check_installed(site_packages: Path) -> None:
    """Asks the loader again after an installation.

    Raises:
        SetUpError: Libraries are still missing.
    """
    objects = system_packages.DRAWING + system_packages.WINDOWS
    still = system_packages.missing_libraries(site_packages, objects)
    if still:
        raise SetUpError(
            f"Qt still lacks {', '.join(sorted(still))} after the installation. "
            f"`ldd {site_packages / 'PySide6' / system_packages.WINDOWS[0]}` shows where they are looked for."
        )


def check_test_programs() -> None:
    """Sees to the programs that the end-to-end tests start; without them those tests skip."""
    packages = system_packages.missing_test_programs()
    if not packages or not system_packages.is_debian():
        return
    if not system_packages.may_install():
        say(
            f"Some end-to-end tests will be skipped. To have them too:\n"
            f"    {system_packages.install_command(packages)}"
        )
        return
    say(f"Installing what the end-to-end tests start: {' '.join(packages)}.")
    try:
        system_packages.install(packages)
    except SetUpError as problem:
        say(f"{problem}\nThe tests that need them will be skipped.")


def set_up(*, tests: bool = False, window: bool = False, bench: bool = False) -> Path:
    """Brings the environment up to date.

    Args:
        tests: Also see to the programs that the end-to-end tests start.
        window: Whether Qt must be able to open a window.
        bench: Set up the environment of the benchmarks instead of the program's own.

    Returns:
        The environment's interpreter.

    Raises:
        SetUpError: Something about this machine stands in the way.
    """
    venv = ROOT / (".venv-bench" if bench else ".venv")
    locks = [ROOT / "requirements.lock"]
    if bench:
        locks.append(ROOT / "benchmarks" / "requirements.lock")
    create_venv(venv)
    install_packages(venv, locks)
    check_qt_libraries(venv, window=window)
    if tests:
        check_test_programs()
    return python_in(venv)


def main() -> int:
    """Runs from the command line; returns the exit status."""
    asked = set(sys.argv[1:])
    unknown = asked - {"--tests", "--window", "--bench"}
    if unknown:
        raise SetUpError(f"Not understood: {' '.join(sorted(unknown))}.\n{__doc__}")
    set_up(tests="--tests" in asked, window="--window" in asked, bench="--bench" in asked)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
