"""Everything that ships with the program may be shipped with it."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
SHIPPABLE = re.compile(
    r"\b(Apache|0?BSD|CC0|ISC|LGPL|MIT|MPL|Mozilla|PSF|Python Software Foundation|Unlicense|Zlib)\b"
)
# The metadata of the one names no licence, that of the other only says 'Dual License'.
STATED_ELSEWHERE = {"python-dateutil": "Apache-2.0 OR BSD-3-Clause", "sqlcipher3": "Zlib"}


def shipped() -> Iterator[Distribution]:
    """The program's dependencies, and theirs."""
    waiting = list(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])
    seen: set[str] = set()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            raise AssertionError(f"{name} is a dependency and not installed") from None
        yield found
        waiting += found.requires or []


def licence_of(package: Distribution) -> str:
    metadata = package.metadata
    stated = STATED_ELSEWHERE.get(canonicalize_name(metadata["Name"]))
    for field in ("License-Expression", "License"):
        text = metadata[field].strip() if field in metadata else ""
        # Some packages put the whole text of the licence here; their classifiers then name it.
        if not stated and "\n" not in text:
            stated = text
    classifiers = metadata.get_all("Classifier") or []
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return stated or " OR ".join(named)


def may_ship(expression: str) -> bool:
    """Whether one of the alternatives consists of licences that allow shipping alone."""
    return any(
        all(SHIPPABLE.search(part) for part in alternative.split(" AND "))
        for alternative in expression.split(" OR ")
    )


def test_every_shipped_package_may_be_shipped() -> None:
    licences = {package.metadata["Name"]: licence_of(package) for package in shipped()}
    assert len(licences) > 20
    assert {name: licence for name, licence in licences.items() if not may_ship(licence)} == {}


def test_a_licence_that_forbids_it_is_noticed() -> None:
    assert not may_ship("GPL-3.0-only")
    assert not may_ship("AGPL-3.0-or-later")
    assert not may_ship("")
    assert not may_ship("MIT AND GPL-2.0-only")
    assert may_ship("LGPL-3.0-only OR GPL-2.0-only")
