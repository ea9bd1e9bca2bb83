"""The benchmarks' runner: limits are judged in their direction and every figure is printed beside its own."""

from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks.figure import Figure

START = Figure("start to Home, relative to a bare window", 2.41, "×", limit=3, kind="ratio")
IMPORT = Figure("import of usage rows", 512_340, "rows/s", limit=532_800, lower_is_better=False)
PEER = Figure("peer", 26_000, "rows/s")


def test_a_limit_binds_in_its_own_direction() -> None:
    assert START.holds
    assert not IMPORT.holds
    assert Figure("x", 3, "×", limit=3).holds
    assert PEER.holds


def test_the_table_shows_each_figure_beside_its_limit() -> None:
    lines = runner.table([START, IMPORT, PEER]).splitlines()
    assert len(lines) == 4
    assert "2.41 ×" in lines[1]
    assert "≤ 3 ×" in lines[1]
    assert lines[1].endswith("holds")
    assert "512,340 rows/s" in lines[2]
    assert "≥ 532,800 rows/s" in lines[2]
    assert lines[2].endswith("MISSED")
    assert "holds" not in lines[3]
    ends = {line.index("rows/s") for line in lines[2:]}
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("figures", "status"),
    [([START], 0), ([START, IMPORT], 1), (None, 1)],
    ids=["all hold", "one missed", "one failed"],
)
def test_the_exit_status_says_whether_every_limit_holds(
    figures: list[Figure] | None, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "names_in", lambda folder: ["start"])
    monkeypatch.setattr(runner, "run_apart", lambda name: figures)
    assert runner.main([]) == status


def test_benchmarks_are_found_by_their_file_name(tmp_path: Path) -> None:
    for name in ("bench_start.py", "bench_import.py", "peer_dlt.py", "figure.py"):
        (tmp_path / name).touch()
    assert runner.names_in(tmp_path) == ["import", "start"]


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        runner.main(["no_such_benchmark"])
    assert "no such benchmark: no_such_benchmark" in capsys.readouterr().err
