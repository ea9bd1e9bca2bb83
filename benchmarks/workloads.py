"""The typical workspace, built once, and the usage that imports are timed with."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from convergedesk.figures.account_figures import METHOD as FIGURES_METHOD
from convergedesk.figures.insights import METHOD as EFFECTS_METHOD
from convergedesk.store.keys import Key
from convergedesk.workspace.alerts import refresh_alerts
from convergedesk.workspace.insights import refresh_insights
from convergedesk.workspace.sample.build import build_sample
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.session import open_workspace

PASSPHRASE = "made-up data"  # noqa: S105
KEY = Key.passphrase(PASSPHRASE)
TYPICAL = SampleSpec(accounts=300, meters=10, days=730, tickets=30_000)
TYPICAL_WORDS = "300 accounts × 10 meters × 730 days, 30,000 tickets"
SMALL, LARGE = 300, 3_000
"""Accounts of the two workspaces that growth is measured between."""
SOURCES = Path(__file__).parents[1] / "src" / "convergedesk"
# What the file's content follows from; a file that an earlier schema wrote is brought up to date when opened.
MAKERS = ("workspace/sample", "store/tables")
METHODS = ("alerts too", EFFECTS_METHOD, FIGURES_METHOD)


def _fingerprint(spec: SampleSpec) -> str:
    # Results that another method has kept would be computed anew while something else is measured.
    digest = hashlib.sha256(repr((spec, METHODS)).encode())
    for room in MAKERS:
        for path in sorted((SOURCES / room).rglob("*")):
            if path.suffix in {".py", ".sql"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _build(path: Path, spec: SampleSpec) -> None:
    """Build the file and do what the program does in the background when it first opens it."""
    build_sample(path, KEY, spec)
    with open_workspace(path, KEY) as workspace:
        refresh_insights(workspace)
        refresh_alerts(workspace)


def kept_file(name: str, spec: SampleSpec) -> Path:
    """A made-up workspace of that size; whoever writes to it, or times its opening, takes a copy.

    It is kept in the user's cache folder and built anew when what it is made by has changed.
    """
    folder = user_cache_path("convergedesk-benchmarks")
    path = folder / f"{name}-{_fingerprint(spec)}.converge"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for outdated in folder.glob(f"{name}-*"):
            outdated.unlink(missing_ok=True)
        # In a folder of its own: another run may be building the same.
        with TemporaryDirectory(dir=folder) as own:
            unfinished = Path(own) / path.name
            # Apart, so that what it needs is not counted as the memory of what is measured here.
            building = get_context("spawn").Process(target=_build, args=(unfinished, spec))
            building.start()
            building.join()
            if building.exitcode:
                raise RuntimeError("The made-up workspace could not be built.")
            unfinished.replace(path)
    return path


def grown_file(accounts: int) -> Path:
    """A workspace of so many accounts with little each, for growth alone."""
    return kept_file(
        f"scale{accounts}", SampleSpec(accounts=accounts, meters=3, days=120, tickets=30 * accounts)
    )


def typical_file() -> Path:
    """The typical workspace."""
    return kept_file("typical", TYPICAL)


@contextmanager
def copy_of(file: Path) -> Iterator[Path]:
    """A copy of a file, for the time of the block."""
    with TemporaryDirectory(prefix="convergedesk-bench-") as folder:
        yield Path(shutil.copy(file, Path(folder) / "copy.converge"))


@contextmanager
def typical_copy() -> Iterator[Path]:
    """A copy of the typical workspace, for the time of the block."""
    with copy_of(typical_file()) as path:
        yield path


@dataclass(frozen=True)
class UsageRows:
    """Usage by account, meter and day as an export lists it, in one order for everybody.

    Attributes:
        accounts: Ids as the CRM writes them; `account_codes` index them.
        meters: Names; `meter_codes` index them.
        days: Days since 1970-01-01, shape (n,).
        quantities: Whole numbers, shape (n,).
    """

    accounts: tuple[str, ...]
    meters: tuple[str, ...]
    account_codes: NDArray[np.int32]
    meter_codes: NDArray[np.int32]
    days: NDArray[np.int32]
    quantities: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.days)

    def tuples(self) -> list[tuple[str, str, str, int]]:
        """(account, meter, day, quantity), as Python holds them."""
        first = date(1970, 1, 1)
        iso = {n: (first + timedelta(days=n)).isoformat() for n in np.unique(self.days).tolist()}
        return [
            (self.accounts[a], self.meters[m], iso[day], quantity)
            for a, m, day, quantity in zip(
                self.account_codes.tolist(),
                self.meter_codes.tolist(),
                self.days.tolist(),
                self.quantities.tolist(),
                strict=True,
            )
        ]


def usage_rows(accounts: int, meters: int, days: int) -> UsageRows:
    """Seeded usage that ends on 30 November 2026."""
    last = (date(2026, 11, 30) - date(1970, 1, 1)).days
    shape = (accounts, meters, days)
    account, meter, day = (codes.ravel() for codes in np.indices(shape, dtype=np.int32))
    quantities = np.random.default_rng(7).poisson(1_000, shape).ravel()
    return UsageRows(
        tuple(f"ACC-{n:05}" for n in range(accounts)),
        tuple(f"meter_{n:02}" for n in range(meters)),
        account,
        meter,
        day + np.int32(last - days + 1),
        quantities,
    )


def write_csv(path: Path, rows: list[tuple[str, str, str, int]]) -> None:
    """The rows as a file with a heading."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("account_id,meter,usage_date,quantity\n")
        file.writelines(f"{a},{m},{day},{quantity}\n" for a, m, day, quantity in rows)
