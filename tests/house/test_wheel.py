"""What users install is the wheel: it holds every file of the package and starts in an empty environment."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, and its dependencies borrowed from the one that runs this test."""
    home = tmp_path_factory.mktemp("environment")
    venv.EnvBuilder(with_pip=False).create(home)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    paths = {"base": str(home), "platbase": str(home)}
    site_packages = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return scripts


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "PYTHON"))}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if name.startswith("convergedesk/")}
    package = ROOT / "src"
    written = {
        path.relative_to(package).as_posix()
        for path in (package / "convergedesk").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    # The guide is written in docs/ and read inside the program.
    guide = {f"convergedesk/guide/{path.name}" for path in (ROOT / "docs" / "guide").iterdir()}
    assert shipped == written | guide


def test_the_installed_program_finds_its_guide(installed: Path, tmp_path: Path) -> None:
    ask = "from convergedesk.desktop.help.guide import read_guide; print(read_guide('first-steps'))"
    done = run([str(installed / "python"), "-c", ask], tmp_path)
    assert done.stdout.startswith("# First steps"), done.stderr


def test_the_package_comes_from_the_wheel_and_not_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    ask = "import convergedesk; print(convergedesk.__file__)"
    done = run([str(installed / "python"), "-c", ask], tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed.parent), done.stderr


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    done = run([str(installed / "convergedesk"), "--version"], tmp_path)
    assert (done.returncode, done.stdout.split()[-1:]) == (0, [version]), done.stderr


def test_the_installed_program_explains_itself(installed: Path, tmp_path: Path) -> None:
    done = run([str(installed / "convergedesk"), "--help"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "--workspace" in done.stdout
