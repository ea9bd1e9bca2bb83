"""Opens the desktop on the sample workspace, or without a display draws every page of it.

python -m installers.run              the desktop; where there is no display, PNG pictures in out/
python -m installers.run --pictures   pictures of every page, light and dark, in three sizes, in out/;
                                      of an empty and a full workspace, with longer text, mirrored
python -m installers.run --doc-pictures   the pictures of the guide and the README, in docs/pictures/
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from installers.bootstrap import ROOT, say, set_up
from installers.problem import SetUpError, exit_status

OUT = ROOT / "out"
SAMPLE = OUT / "sample.converge"
# Invented data: a passphrase that everybody can read here opens it on machines without a keyring.
PASSPHRASE = "sample data"  # noqa: S105

# Workspaces that are pictured: as a team has one, without anything in it, and with as much as it may come to.
STATES = {
    "typical": [],
    "empty": ["--empty"],
    "full": ["--accounts", "3000", "--meters", "10", "--days", "120", "--tickets", "6000", "--long-names"],
}
DOCS_FOLDER = ROOT / "docs" / "pictures"
# The picture as `convergedesk pictures` names it, its scene, and the themes in which it is shown.
DOCS = {
    "home": ("home", ("light", "dark")),
    "account": ("account", ("light", "dark")),
    "account-billing": ("account", ("light",)),
    "ticket": ("tickets", ("light",)),
    "metrics": ("metrics", ("light",)),
    "alerts-dip-after-ticket": ("alerts", ("light",)),
    "opportunities": ("opportunities", ("light",)),
    "import-columns": ("importing", ("light",)),
    "explained": ("explaining", ("light",)),
    "tour-1": ("tour", ("light",)),
}
DOC_NAMES = {
    "account-billing": "billing",
    "import-columns": "import",
    "tour-1": "tour",
    "alerts-dip-after-ticket": "alerts",
}
TRIALS = {
    "pseudo-1280x720": ["--language", "pseudo", "--size", "1280x720"],
    "pseudo-1440x900": ["--language", "pseudo"],
    "pseudo-dark-1440x900": ["--language", "pseudo", "--theme", "dark"],
    "right-to-left-1280x720": ["--right-to-left", "--size", "1280x720"],
    "text-200-1440x900": ["--text-size", "200"],
    "light-3840x2160": ["--size", "3840x2160"],
}
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


def make_sample(python: Path, state: str = "typical") -> Path:
    """Generates the workspace of a state, unless an earlier run has; returns its file."""
    path = SAMPLE if state == "typical" else OUT / f"{state}.converge"
    if path.exists():
        return path
    say(f"Making the {state} workspace.")
    OUT.mkdir(exist_ok=True)
    unfinished = OUT / "unfinished.converge"
    for leftover in OUT.glob("unfinished.converge*"):
        leftover.unlink()
    convergedesk(python, "sample", "--workspace", str(unfinished), *STATES[state], quiet=True)
    unfinished.rename(path)
    return path


def draw_pages(python: Path, folder: Path, *options: str, state: str = "typical") -> None:
    """Writes a PNG of every page of a workspace into a folder."""
    workspace = make_sample(python, state)
    convergedesk(python, "pictures", "--workspace", str(workspace), "--out", str(folder), *options)
    count = len(list(folder.glob("*.png")))
    shown = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder
    say(f"Pictures in {shown}{os.sep}: {count}")


def draw_for_docs(python: Path) -> None:
    """Writes the pictures that the guide and the README show, under the names that they use."""
    for theme in ("light", "dark"):
        wanted = {name: scene for name, (scene, themes) in DOCS.items() if theme in themes}
        with tempfile.TemporaryDirectory() as folder:
            scenes = [word for scene in sorted(set(wanted.values())) for word in ("--scene", scene)]
            draw_pages(python, Path(folder), "--theme", theme, *scenes)
            for name in wanted:
                found = next(path for path in Path(folder).iterdir() if path.stem.partition("-")[2] == name)
                shown = DOC_NAMES.get(name, name)
                (DOCS_FOLDER / f"{shown}-{theme}.png").write_bytes(found.read_bytes())


def main() -> int:
    """Runs from the command line; returns the exit status."""
    asked = sys.argv[1:]
    if asked not in ([], ["--pictures"], ["--doc-pictures"]):
        raise SetUpError(f"Not understood: {' '.join(asked)}.\n{__doc__}")
    named = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    python = set_up(window=named and not asked)
    make_sample(python)
    if asked == ["--doc-pictures"]:
        draw_for_docs(python)
    elif asked:
        for name, options in {**PICTURES, **TRIALS}.items():
            draw_pages(python, OUT / name, *options)
        for state in ("empty", "full"):
            for theme in ("light", "dark"):
                draw_pages(python, OUT / f"{state}-{theme}", "--theme", theme, state=state)
    elif has_display(python):
        convergedesk(python, "--workspace", str(SAMPLE), screen=True)
    else:
        say("There is no display here, so no window can open. Drawing every page as a picture instead.")
        draw_pages(python, OUT)
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
