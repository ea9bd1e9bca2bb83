"""Sets the checkout up and runs every check of the project, all of them even when one fails.

python -m installers.check            everything that must pass before a change lands
python -m installers.check --lint     without the tests
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from installers.bootstrap import ROOT, say, set_up
from installers.problem import SetUpError, exit_status


def lint_commands(python: Path) -> dict[str, list[str]]:
    """The checks that read the code without running it."""
    tool = {name: str(python.with_name(name + python.suffix)) for name in ("lint-imports", "pyright", "ruff")}
    return {
        "style": [tool["ruff"], "check", "--quiet"],
        "format": [tool["ruff"], "format", "--check", "--quiet"],
        "types": [tool["pyright"]],
        "rooms": [tool["lint-imports"], "--no-logo"],
        "forms": [str(python), "-m", "installers.forms", "--check"],
    }


def test_commands(python: Path) -> dict[str, list[str]]:
    """The tests in random order on all cores, and how much of the program they reached."""
    coverage = [str(python), "-m", "coverage"]
    return {
        "tests": [*coverage, "run", "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"],
        "combining coverage": [*coverage, "combine", "--quiet"],
        "coverage": [*coverage, "report"],
    }


def main() -> int:
    """Runs from the command line; returns the exit status."""
    asked = sys.argv[1:]
    if asked not in ([], ["--lint"]):
        raise SetUpError(f"Not understood: {' '.join(asked)}.\n{__doc__}")
    python = set_up(tests=not asked)
    commands = lint_commands(python)
    if not asked:
        for leftover in ROOT.glob(".coverage*"):
            leftover.unlink()
        commands.update(test_commands(python))
    # Otherwise pyright's package asks the network for a newer one, and says so in the output.
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    failed: list[str] = []
    for name, command in commands.items():
        say(f"── {name}")
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
        say(f"   {'failed' if done.returncode else 'passed'} in {time.monotonic() - began:.0f} s")
        if done.returncode:
            failed.append(name)
    if failed:
        raise SetUpError(f"Failed: {', '.join(failed)}.")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
