"""`convergedesk contracts`, as a person types it."""

from pathlib import Path

from tests.cli.program import good, run


def test_contracts_go_out_and_come_in_again_as_they_were(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "contracts.csv"
    good("contracts", "--export", file, "--workspace", sample)
    assert file.read_text("utf-8-sig").startswith("account,contract,")
    told = good("contracts", "--import", file, "--workspace", sample, "--json").json
    assert (told["added"], told["changed"], told["rejects"]) == (0, 0, [])
    assert told["unchanged"] > 0


def test_rows_that_cannot_be_read_are_told_with_their_lines(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "contracts.csv"
    good("contracts", "--template", file)
    done = run("contracts", "--import", file, "--workspace", sample)
    assert done.code == 1
    assert "line 2: No account is called “Acme Robotics”." in done.err


def test_one_way_at_a_time(tmp_path: Path) -> None:
    assert run("contracts", "--workspace", tmp_path / "x").code == 2
