"""Opens the desktop on the sample workspace, or without a display draws every page of it.

python -m installers.run              the desktop; where there is no display, PNG pictures in out/
python -m installers.run --pictures   pictures of every page, light and dark, in three sizes, in out/
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installers.bootstrap import ROOT, say, set_up
from installers.problem import SetUpError, exit_status

OUT = ROOT / "out"
SAMPLE = OUT / "sample.converge"
# Invented data: a passphrase that everybody can read here opens it on machines without a keyring.
PASSPHRASE = "sample data"  # noqa: S105

PICTURES = {
    f"{theme}-{size}{'-200' if scale == '2' else ''}": ["--theme", theme, "--size", size, "--scale", scale]
    for theme in ("light", "dark")
    for size, scale in (("1440x900", "1"), ("1280x720", "1"), ("1440x900", "2"))
}


def environment(*, screen: bool) -> dict[str, str]:
    """What the program's processes see."""
    values = {**os.environ, "CONVERGEDESK_PASSPHRASE": PASSPHRASE}
    if not screen:
        values["QT_QPA_PLATFORM"] = "offscreen"
    return values


def convergedesk(python: Path, *arguments: str, screen: bool = False, quiet: bool = False) -> None:
    """Runs the program's own command line; `quiet` leaves out what it says of its success.

    Raises:
        SetUpError: It failed; it has said why on the terminal.
    """
    command = [str(python), "-m", "convergedesk", *arguments]
    out = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, cwd=ROOT, env=environment(screen=screen), stdout=out, check=False)
    if done.returncode:
        raise SetUpError(f"`convergedesk {' '.join(arguments)}` ended with status {done.returncode}.")


def has_display(python: Path) -> bool:
    """Whether a window can open: on Linux a display must be named, and must answer."""
    if sys.platform != "linux":
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    # Qt aborts where the display does not answer, so another process asks.
    ask = [str(python), "-c", "from PySide6.QtGui import QGuiApplication as A; print(A([]).platformName())"]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() in {"xcb", "wayland"}


def make_sample(python: Path) -> None:
    """Generates the sample workspace, unless an earlier run has."""
    if SAMPLE.exists():
        return
    say("Making the sample workspace.")
    OUT.mkdir(exist_ok=True)
    unfinished = OUT / "unfinished.converge"
    for leftover in OUT.glob("unfinished.converge*"):
        leftover.unlink()
    convergedesk(python, "sample", "--workspace", str(unfinished), quiet=True)
    unfinished.rename(SAMPLE)


def draw_pages(python: Path, folder: Path, *options: str) -> None:
    """Writes a PNG of every page of the sample into a folder."""
    convergedesk(python, "pictures", "--workspace", str(SAMPLE), "--out", str(folder), *options)
    count = len(list(folder.glob("*.png")))
    say(f"Pictures in {folder.relative_to(ROOT)}{os.sep}: {count}")


def main() -> int:
    """Runs from the command line; returns the exit status."""
    asked = sys.argv[1:]
    if asked not in ([], ["--pictures"]):
        raise SetUpError(f"Not understood: {' '.join(asked)}.\n{__doc__}")
    named = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    python = set_up(window=named and not asked)
    make_sample(python)
    if asked:
        for name, options in PICTURES.items():
            draw_pages(python, OUT / name, *options)
    elif has_display(python):
        convergedesk(python, "--workspace", str(SAMPLE), screen=True)
    else:
        say("There is no display here, so no window can open. Drawing every page as a picture instead.")
        draw_pages(python, OUT)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
