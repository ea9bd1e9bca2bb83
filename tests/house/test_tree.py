"""The shape of the tree: short files, no words that belong to a machine, every room checked strictly."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "convergedesk"
LONGEST = 400
# Written without their ends, so that this file does not contain them.
FOLDERS = "|".join(start + end for start, end in (("wor", "k"), ("roo", "t"), ("tm", "p")))
HOSTS = "|".join(f"{host}[.]{end}" for host, end in (("pypi", "org"), ("npmjs", "org"), ("debian", "org")))
MACHINE = re.compile(rf"(?<![\w.])/({FOLDERS})/|{HOSTS}|python" + "hosted")


def tracked_texts() -> dict[str, str]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    texts = {}
    for name in filter(None, listed.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts[name] = content.decode("utf-8")
    return texts


def test_no_file_names_a_machine_or_a_download_host() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in tracked_texts().items()
        if not name.endswith(".svg")
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_module_is_longer_than_one_can_hold_in_mind() -> None:
    modules = [p for p in PACKAGE.rglob("*.py") if not p.match("desktop/forms/ui_*.py")]
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_no_module_is_named_after_nothing() -> None:
    names = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
    assert [str(p.relative_to(ROOT)) for p in PACKAGE.rglob("*") if p.stem in names] == []


def test_every_room_but_the_desktop_is_typed_strictly() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pyright"]
    rooms = {
        f"src/convergedesk/{p.name}"
        for p in PACKAGE.iterdir()
        if p.suffix == ".py" or (p.is_dir() and any(p.rglob("*.py")))
    }
    assert rooms - set(config["strict"]) == {"src/convergedesk/desktop"}


def test_the_innermost_rooms_are_kept_from_every_library_but_numpy() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {c["name"]: c for c in config["tool"]["importlinter"]["contracts"]}
    modules = {"PySide6-Essentials": "PySide6"}
    names = {Requirement(text).name for text in config["project"]["dependencies"]} - {"numpy"}
    wanted = {modules.get(name, name.lower().replace("-", "_")) for name in names}
    assert wanted == set(contracts["Domain and insights need numpy alone"]["forbidden_modules"])
