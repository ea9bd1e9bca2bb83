"""`make run`: the desktop on the sample, or pictures of it where no window can open."""

from pathlib import Path

import pytest

from installers import run
from installers.problem import SetUpError


class Program:
    """Stands in for the program's command line: records each call and writes what the real one would."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.stops_at: str | None = None

    def __call__(self, _python: Path, *arguments: str, screen: bool = False, quiet: bool = False) -> None:
        self.calls.append(arguments)
        workspace = Path(arguments[arguments.index("--workspace") + 1])
        if arguments[0] == "sample":
            workspace.write_text("half" if self.stops_at == "sample" else "whole")
        if arguments[0] == self.stops_at:
            raise SetUpError("stopped")
        if arguments[0] == "pictures":
            folder = Path(arguments[arguments.index("--out") + 1])
            folder.mkdir(exist_ok=True)
            (folder / "home.png").touch()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    program = Program()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "OUT", tmp_path / "out")
    monkeypatch.setattr(run, "SAMPLE", tmp_path / "out" / "sample.converge")
    monkeypatch.setattr(run, "convergedesk", program)
    monkeypatch.setattr(run, "set_up", lambda **_options: Path("python"))
    monkeypatch.setattr(run.sys, "argv", ["run"])
    return program


def test_without_a_display_it_says_so_and_draws_every_page(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "has_display", lambda _python: False)
    assert run.main() == 0
    assert [call[0] for call in program.calls] == ["sample", "pictures"]
    assert (tmp_path / "out" / "home.png").exists()
    said = capsys.readouterr().out
    assert "There is no display here" in said
    assert "Pictures in out" in said


def test_with_a_display_it_opens_the_desktop_on_the_sample(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "has_display", lambda _python: True)
    assert run.main() == 0
    assert program.calls[-1] == ("--workspace", str(tmp_path / "out" / "sample.converge"))


def test_the_sample_is_made_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_display", lambda _python: True)
    run.main()
    run.main()
    assert [call[0] for call in program.calls].count("sample") == 1


def test_a_sample_that_was_interrupted_is_made_again(program: Program) -> None:
    program.stops_at = "sample"
    with pytest.raises(SetUpError):
        run.make_sample(Path("python"))
    assert not run.SAMPLE.exists()
    program.stops_at = None
    run.make_sample(Path("python"))
    assert run.SAMPLE.read_text() == "whole"


def test_pictures_are_drawn_in_both_themes_and_every_size(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.sys, "argv", ["run", "--pictures"])
    assert run.main() == 0
    folders = {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()}
    sizes = {
        f"{theme}-{size}" for theme in ("light", "dark") for size in ("1440x900", "1280x720", "1440x900-200")
    }
    states = {f"{state}-{theme}" for state in ("empty", "full") for theme in ("light", "dark")}
    assert folders == sizes | states | set(run.TRIALS)
    assert [call[0] for call in program.calls].count("sample") == len(run.STATES)


@pytest.mark.parametrize("named", ["", ":77"])
def test_a_display_that_is_not_named_or_does_not_answer_is_none(
    named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", named)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not run.has_display(Path(sys.executable))
