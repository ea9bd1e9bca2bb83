"""Compiles the Designer forms in `ui/` into `desktop/forms`, or with `--check` says which are out of date."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from installers.bootstrap import ROOT, set_up
from installers.problem import SetUpError, exit_status

COMPILED = ROOT / "src" / "convergedesk" / "desktop" / "forms"


def compile_forms(python: Path, folder: Path) -> dict[str, str]:
    """Compiles every form into a folder; returns module names and their text."""
    uic = python.with_name("pyside6-uic" + python.suffix)
    texts: dict[str, str] = {}
    for form in sorted((ROOT / "ui").glob("*.ui")):
        target = folder / f"ui_{form.stem}.py"
        # A relative path, because the compiler writes it into the module.
        command = [str(uic), str(form.relative_to(ROOT)), "-o", str(target)]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise SetUpError(f"ui/{form.name} could not be compiled.")
        texts[target.name] = target.read_text(encoding="utf-8")
    return texts


def main() -> int:
    """Runs from the command line; returns the exit status."""
    python = set_up()
    committed = {p.name: p.read_text(encoding="utf-8") for p in COMPILED.glob("ui_*.py")}
    with tempfile.TemporaryDirectory() as folder:
        current = compile_forms(python, Path(folder))
    stale = sorted(n for n in committed.keys() | current.keys() if committed.get(n) != current.get(n))
    if "--check" in sys.argv[1:]:
        if stale:
            raise SetUpError(
                f"Not what ui/ compiles to: {', '.join(stale)}. `make forms` compiles them anew."
            )
        return 0
    for name in stale:
        if name in current:
            COMPILED.mkdir(exist_ok=True)
            (COMPILED / name).write_text(current[name], encoding="utf-8")
        else:
            (COMPILED / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
