"""Contract terms come in whole or not at all, wait for their account, and come back as they were."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.billing import Contract, PriceModel
from convergedesk.domain.records import EntityKind
from convergedesk.sources.contract_terms import example
from convergedesk.sources.files import FileSource, guess, open_files
from convergedesk.store import accounts, contracts
from convergedesk.store.engine import Store
from convergedesk.sync.decisions import link_key, undo_decision
from convergedesk.sync.import_run import dry_run, run_import
from convergedesk.sync.summary import ImportSummary
from convergedesk.sync.unlinked import unlinked
from tests.store.rows import add_account
from tests.sync.content import count

ROWS = example().count("\n") - 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "contract terms.csv"
    path.write_text(example(), "utf-8")
    return path


def take_in(store: Store, *paths: Path, dry: bool = False) -> ImportSummary:
    with open_files(paths) as files:
        mapping = guess(files)
        assert {one.entity for one in mapping.files} == {EntityKind.CONTRACT_TERMS}
        source = FileSource(files, mapping)
        pages = [page for stream in source.streams() for page in source.read(stream.name)]
    return (dry_run if dry else run_import)(store, pages)


def agreed(store: Store, account: AccountId) -> Sequence[Contract]:
    return sorted(contracts.of_accounts(store, [account]), key=lambda one: one.id)


def reasons(store: Store) -> list[tuple[int, str, str]]:
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT line, code, reason FROM rejects WHERE resolved_at IS NULL ORDER BY line"
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_the_file_of_the_contract_page_comes_in_with_every_term(store: Store, file: Path) -> None:
    acme = add_account(store, "Acme Robotics")
    summary = take_in(store, file)
    assert (summary.rows, summary.imported, summary.rejected) == (ROWS, ROWS, 0)
    base, amendment = agreed(store, acme)
    assert amendment.amends_id == base.id
    assert (base.notice_days, base.billing_zone) == (90, "Europe/Amsterdam")
    assert base.prices[0].tiers[0].unit_price == Decimal("0.0016")
    assert {one.model for one in base.prices} == {PriceModel.GRADUATED, PriceModel.PACKAGE}
    assert (len(base.entitlements), len(base.sla_terms)) == (1, 1)
    (promise,) = base.commitments
    assert (promise.rollover_share, promise.prepaid, promise.overage_share) == (0.25, True, 0.1)
    assert (len(promise.meter_ids), len(promise.ramps)) == (2, 1)


def test_importing_it_again_changes_nothing_and_a_change_changes_its_contract(
    store: Store, file: Path
) -> None:
    acme = add_account(store, "Acme Robotics")
    take_in(store, file)
    before = agreed(store, acme)
    again = take_in(store, file)
    assert (again.new, again.changed, again.unchanged) == (0, 0, ROWS)
    file.write_text(example().replace("0.0016", "0.0015"), "utf-8")
    changed = take_in(store, file)
    assert (changed.new, changed.unchanged) == (0, 2)
    assert changed.changed == ROWS - 2
    assert [one.id for one in agreed(store, acme)] == [one.id for one in before]
    assert agreed(store, acme)[1] == before[1]


def test_a_dry_run_says_the_same_and_keeps_nothing(store: Store, file: Path) -> None:
    acme = add_account(store, "Acme Robotics")
    summary = take_in(store, file, dry=True)
    assert summary.imported == ROWS
    assert agreed(store, acme) == []
    assert count(store, "meters") == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("0.0016", "cheap", "cannot be read"),
        ("graduated", "tiered up", "no way of pricing"),
        (",step,", ",stair,", "no term of a contract"),
        ("120000", "-5", "cannot be"),
    ],
)
def test_one_row_that_cannot_be_read_keeps_its_whole_contract_out(
    store: Store, file: Path, old: str, new: str, words: str
) -> None:
    acme = add_account(store, "Acme Robotics")
    file.write_text(example().replace(old, new, 1), "utf-8")
    summary = take_in(store, file)
    assert agreed(store, acme) == []
    assert summary.rejected == summary.rows == ROWS
    found = reasons(store)
    assert len(found) == ROWS
    assert sum(words in reason for _, _, reason in found) == 1
    # Without its contract there is nothing to amend.
    assert sum("which it amends, is not there" in reason for _, _, reason in found) == 1
    assert {code for _, code, _ in found} >= {"held_back", "unknown_reference"}
    assert count(store, "meters") == 0


def test_a_line_that_is_no_row_holds_back_the_contracts_around_it(store: Store, file: Path) -> None:
    acme = add_account(store, "Acme Robotics")
    lines = example().splitlines()
    lines.insert(3, lines[3] + ",,,,,,,surplus")
    file.write_text("\n".join(lines), "utf-8")
    take_in(store, file)
    assert agreed(store, acme) == []


def test_terms_of_an_unknown_account_wait_come_in_once_it_is_linked_and_go_with_the_link(
    store: Store, file: Path
) -> None:
    other = add_account(store, "Acme Group")
    summary = take_in(store, file)
    assert (summary.imported, summary.waiting) == (0, ROWS)
    (key,) = unlinked(store)
    assert key.rows == ROWS
    linked = link_key(store, key.key_id, other)
    assert linked.rows == ROWS
    assert [one.name for one in agreed(store, other)] == ["Order form 2026", "Amendment 1"]
    assert reasons(store) == []
    assert linked.decision_id is not None
    undo_decision(store, linked.decision_id)
    assert agreed(store, other) == []
    (waiting,) = unlinked(store)
    assert (waiting.rows, waiting.entities) == (2, ("contracts",))
    link_key(store, key.key_id, other)
    assert len(agreed(store, other)) == 2


def test_terms_that_wait_are_replaced_by_those_of_the_next_file(store: Store, file: Path) -> None:
    other = add_account(store, "Acme Group")
    take_in(store, file)
    kept = [line for line in example().splitlines() if "Amendment" not in line and ",step," not in line]
    file.write_text("\n".join(kept), "utf-8")
    take_in(store, file)
    (key,) = unlinked(store)
    link_key(store, key.key_id, other)
    base = next(one for one in agreed(store, other) if one.amends_id is None)
    assert base.commitments[0].ramps == ()
    assert accounts.get(store, other).name == "Acme Group"


def test_two_files_that_state_other_terms_are_not_mixed(store: Store, file: Path, tmp_path: Path) -> None:
    acme = add_account(store, "Acme Robotics")
    second = tmp_path / "contract terms 2.csv"
    second.write_text(example().replace("0.0016", "0.0099"), "utf-8")
    summary = take_in(store, file, second)
    assert summary.rejected == ROWS - 2
    assert summary.unchanged == 2
    assert any("already came in" in reason for _, _, reason in reasons(store))
    assert len(agreed(store, acme)) == 2
