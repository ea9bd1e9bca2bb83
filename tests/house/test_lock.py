"""What is installed is what was locked: one universal file, every artefact hashed, no index host named."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = [ROOT / "requirements.lock", ROOT / "benchmarks" / "requirements.lock"]


def pins(lock: Path) -> dict[str, tuple[str, list[str]]]:
    """Package name to its pinned version and hashes."""
    text = lock.read_text()
    found = re.findall(
        r"^([a-z0-9._-]+)(?:\[.*?\])?==(\S+)(.*(?:\n    --hash=.*)+)", text, flags=re.MULTILINE
    )
    return {name: (version, re.findall(r"sha256:([0-9a-f]{64})", rest)) for name, version, rest in found}


@pytest.fixture(scope="module")
def project() -> dict[str, list[str]]:
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {"runtime": metadata["dependencies"], "dev": metadata["optional-dependencies"]["dev"]}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.parent.name)
def test_a_lock_names_no_place_to_download_from(lock: Path) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", lock.read_text())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.parent.name)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    requirements = [line for line in lines if line and not line.startswith((" ", "#"))]
    pinned = pins(lock)
    assert len(requirements) == len(pinned) > 0
    assert all(hashes for _version, hashes in pinned.values())


def test_the_lock_satisfies_the_project(project: dict[str, list[str]]) -> None:
    pinned = pins(LOCKS[0])
    for text in project["runtime"] + project["dev"]:
        requirement = Requirement(text)
        version, _hashes = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), text


def test_the_benchmarks_run_on_the_programs_own_pins() -> None:
    ours, theirs = pins(LOCKS[0]), pins(LOCKS[1])
    shared = ours.keys() & theirs.keys()
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


def test_qt_stays_below_the_release_that_loses_references(project: dict[str, list[str]]) -> None:
    qt = next(r for r in map(Requirement, project["runtime"]) if r.name == "PySide6-Essentials")
    assert qt.specifier == SpecifierSet(">=6.11,<6.12")
