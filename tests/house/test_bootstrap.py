"""Setting a checkout up: what is asked of the loader, of apt-get and of pip, and when nothing is."""

import re
from pathlib import Path

import pytest

from installers import bootstrap, system_packages
from installers.problem import SetUpError, exit_status

ROOT = Path(__file__).parents[2]
LDD = """\
/venv/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibQt6XcbQpa.so.6 => not found
\tlibxcb-icccm.so.4 => not found
\tlibxcb-keysyms.so.1 => not found
\tlibX11.so.6 => /lib/x86_64-linux-gnu/libX11.so.6 (0x00007f00)
/venv/PySide6/QtWidgets.abi3.so:
\tlibEGL.so.1 => not found
\tlibxcb-icccm.so.4 => not found
"""


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Debian machine whose apt-get records what it is asked for; its user is root."""
    asked: list[list[str]] = []
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "may_install", lambda: True)
    monkeypatch.setattr(system_packages, "install", asked.append)
    return asked


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch, apt: list[list[str]]) -> dict[tuple[str, ...], set[str]]:
    """What the loader does not find, by what it was asked about, until apt-get has installed something."""
    missing = {system_packages.DRAWING: set[str](), system_packages.WINDOWS: set[str]()}

    def answer(_site_packages: Path, objects: tuple[str, ...]) -> set[str]:
        return set() if apt else missing.get(objects, set())

    monkeypatch.setattr(system_packages, "missing_libraries", answer)
    return missing


def test_the_loader_says_what_is_missing_and_qts_own_parts_are_not_asked_of_debian() -> None:
    missing = system_packages.names_not_found(LDD)
    assert missing == {"libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libEGL.so.1"}
    assert system_packages.packages_for(missing) == ["libegl1", "libxcb-icccm4", "libxcb-keysyms1"]


def test_a_library_of_no_known_package_is_named_with_a_way_to_find_it() -> None:
    with pytest.raises(SetUpError, match=r"apt-file search libnovel\.so\.1"):
        system_packages.packages_for({"libnovel.so.1", "libEGL.so.1"})


def test_every_library_that_qt_loads_here_has_a_known_package_or_comes_with_debian() -> None:
    site_packages = Path(pytest.__file__).parents[1]
    paths = [site_packages / "PySide6" / name for name in system_packages.DRAWING + system_packages.WINDOWS]
    if not paths[-1].exists():
        pytest.skip("PySide6 is laid out otherwise on this system")
    known = system_packages.DEBIAN_PACKAGES.keys()
    direct = {name for path in paths for name in needed_by(path)}
    always_there = {"libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "librt.so.1"}
    compilers = {"libgcc_s.so.1", "libstdc++.so.6", "ld-linux-x86-64.so.2"}
    others = {n for n in direct if not n.startswith(("libQt6", "libpyside6", "libshiboken6", "libicu"))}
    assert others - known - always_there - compilers == set()


def needed_by(path: Path) -> set[str]:
    """The names in a shared object's own list of libraries, in its dynamic string table."""
    strings = {part.decode("ascii", "replace") for part in path.read_bytes().split(b"\0") if b".so." in part}
    return {s for s in strings if s.startswith("lib") and "/" not in s and " " not in s}


def test_root_gets_the_missing_libraries_installed(
    apt: list[list[str]], lacking: dict[tuple[str, ...], set[str]]
) -> None:
    lacking[system_packages.WINDOWS].update({"libxcb-cursor.so.0", "libxcb-keysyms.so.1"})
    bootstrap.check_qt_libraries(ROOT, window=True)
    assert apt == [["libxcb-cursor0", "libxcb-keysyms1"]]


def test_anyone_else_gets_the_exact_command(
    monkeypatch: pytest.MonkeyPatch, lacking: dict[tuple[str, ...], set[str]]
) -> None:
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    lacking[system_packages.DRAWING].add("libEGL.so.1")
    with pytest.raises(SetUpError, match=r"sudo apt-get install -y libegl1$"):
        bootstrap.check_qt_libraries(ROOT, window=False)


def test_what_only_windows_need_does_not_stop_work_without_one(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lacking: dict[tuple[str, ...], set[str]],
) -> None:
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    lacking[system_packages.WINDOWS].add("libxcb-icccm.so.4")
    bootstrap.check_qt_libraries(ROOT, window=False)
    assert "sudo apt-get install -y libxcb-icccm4" in capsys.readouterr().out
    with pytest.raises(SetUpError, match="libxcb-icccm4"):
        bootstrap.check_qt_libraries(ROOT, window=True)


def test_test_programs_that_cannot_be_installed_do_not_stop_the_tests(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], apt: list[list[str]]
) -> None:
    def refuse(packages: list[str]) -> None:
        raise SetUpError(f"apt-get could not install {' '.join(packages)}.")

    monkeypatch.setattr(system_packages, "missing_test_programs", lambda: ["gnome-keyring", "xvfb"])
    monkeypatch.setattr(system_packages, "install", refuse)
    bootstrap.check_test_programs()
    assert "will be skipped" in capsys.readouterr().out


class Pips:
    """Stands in for pip; fails the calls that it is told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.broken = False

    def __call__(self, _venv: Path, *arguments: str) -> None:
        self.calls.append(arguments)
        if self.broken:
            raise SetUpError("pip could not install")


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Pips:
    pips = Pips()
    monkeypatch.setattr(bootstrap, "pip", pips)
    return pips


def test_packages_are_installed_once_and_again_when_the_lock_changes(tmp_path: Path, pip: Pips) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("setuptools==1 \\\n    --hash=sha256:00\n")
    bootstrap.install_packages(tmp_path, [lock])
    first = len(pip.calls)
    bootstrap.install_packages(tmp_path, [lock])
    assert len(pip.calls) == first > 0
    lock.write_text("setuptools==2 \\\n    --hash=sha256:00\n")
    bootstrap.install_packages(tmp_path, [lock])
    assert len(pip.calls) == 2 * first


def test_an_installation_that_failed_is_tried_again(tmp_path: Path, pip: Pips) -> None:
    lock = ROOT / "requirements.lock"
    pip.broken = True
    with pytest.raises(SetUpError):
        bootstrap.install_packages(tmp_path, [lock])
    pip.broken = False
    calls = len(pip.calls)
    bootstrap.install_packages(tmp_path, [lock])
    assert len(pip.calls) > calls


def test_everything_from_the_index_is_installed_by_hash(tmp_path: Path, pip: Pips) -> None:
    bootstrap.install_packages(tmp_path, [ROOT / "requirements.lock"])
    *from_index, ourselves = pip.calls
    assert all("--require-hashes" in call for call in from_index)
    assert "--no-deps" in ourselves


def test_the_build_tool_comes_from_the_lock_with_its_hashes() -> None:
    text = bootstrap.stanza((ROOT / "requirements.lock").read_text(), "setuptools")
    assert text.startswith("setuptools==")
    assert text.count("==") == 1
    assert "--hash=sha256:" in text


def test_an_environment_that_no_longer_starts_is_made_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "leftover").touch()
    bootstrap.create_venv(venv)
    assert "making it anew" in capsys.readouterr().out
    assert not (venv / "leftover").exists()
    assert bootstrap.version_of([str(bootstrap.python_in(venv))]) is not None


def test_no_python_that_is_new_enough_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
    assert exit_status(lambda: len(bootstrap.find_python())) == 1
    said = capsys.readouterr().err
    assert "needs Python 4.0 or newer" in said
    assert "Traceback" not in said


def test_the_scripts_parse_on_the_pythons_that_they_turn_away() -> None:
    for module in ("bootstrap", "system_packages", "problem", "run", "check", "__init__"):
        source = (ROOT / "installers" / f"{module}.py").read_text()
        compile(source, module, "exec", flags=0x1000000, _feature_version=8)


def test_ci_runs_make_test_and_make_test_runs_the_checks() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "exec make test"
    recipe = re.search(r"^test:.*\n\t(.*)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert recipe is not None
    assert recipe.group(1) == "$(PYTHON) -m installers.check"
