"""Runs the benchmarks and prints every figure beside its limit: `python -m benchmarks [NAME…]`.

A benchmark is a module `bench_<name>.py` with `run() -> list[Figure]`. Each runs in a process of its own, so
that none profits from, or pays for, what another has loaded. The exit status is 1 where a limit is missed.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from benchmarks.figure import Figure

HERE = Path(__file__).parent


def names_in(folder: Path) -> list[str]:
    """The benchmarks in a folder, by name."""
    return sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))


def short(value: float) -> str:
    """Three digits that matter, thousands grouped."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def bound(figure: Figure) -> str:
    """The limit as the table shows it."""
    if figure.limit is None:
        return ""
    return f"{'≤' if figure.lower_is_better else '≥'} {short(figure.limit)} {figure.unit}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned lines, values at the right of their column."""
    heads = ("", "measured", "limit", "kind", "", "")
    rows = [
        (
            figure.name,
            f"{short(figure.value)} {figure.unit}",
            bound(figure),
            figure.kind,
            "" if figure.limit is None else ("holds" if figure.holds else "MISSED"),
            figure.note,
        )
        for figure in figures
    ]
    widths = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    right = {1, 2}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (heads, *rows)
    )


def run_here(name: str) -> list[Figure]:
    """Runs one benchmark in this process."""
    figures = import_module(f"benchmarks.bench_{name}").run()
    return list(figures)


def run_apart(name: str) -> list[Figure] | None:
    """Runs one benchmark in a process of its own; None where it failed, having said why."""
    command = [sys.executable, "-m", "benchmarks", "--json", name]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return None
    return [Figure(**fields) for fields in json.loads(done.stdout.splitlines()[-1])]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures beside their limits.")
    known = names_in(HERE)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known) or 'none yet'}")
    parser.add_argument("--json", action="store_true", help="run here and print one line of JSON")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(known))
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    names = asked.names or known
    if asked.json:
        print(json.dumps([asdict(figure) for name in names for figure in run_here(name)]))
        return 0
    figures: list[Figure] = []
    failed: list[str] = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        measured = run_apart(name)
        if measured is None:
            failed.append(name)
        else:
            figures += measured
    print(table(figures))
    missed = sum(not figure.holds for figure in figures)
    if failed:
        print(f"\nFailed: {', '.join(failed)}.")
    if missed:
        print(f"\n{missed} of {sum(f.limit is not None for f in figures)} limits missed.")
    return 1 if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main())
