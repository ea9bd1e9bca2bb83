"""Edits: taken back, done again and reversed as they were, whatever they touched."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from convergedesk.domain.accounts import AccountId, Pod
from convergedesk.domain.edits import EditId
from convergedesk.domain.errors import EditConflictError, NotFoundError
from convergedesk.domain.goals import GoalDraft, GoalId, GoalMeasurement
from convergedesk.store import edit_pruning, goals, pods
from convergedesk.store.edit_pruning import prune
from convergedesk.store.edit_replay import redo, reverse, undo
from convergedesk.store.edits import OpenEdit, history
from convergedesk.store.engine import Store, open_workspace
from convergedesk.store.keys import Key
from convergedesk.store.search_index import missing_rows
from convergedesk.store.tables import metadata
from convergedesk.store.tables.edits import UNDOABLE
from tests.store.edited_rows import everything
from tests.store.rows import add_account

NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)

NOT_EDITED = {
    "account_briefs",
    "account_figures",
    "account_insights",
    "health_days",
    "portfolio_briefs",
    "alert_looks",
    "episode_effects",
    "episode_tickets",
    "episodes",
    # Imported only.
    *("churn_events", "external_references", "invoice_lines", "invoices", "meter_keys"),
    *("subscriptions", "ticket_messages", "tickets", "usage_days", "usage_months", "usage_subjects"),
    # Of imports and linking, which have a way back of their own.
    *("account_keys", "cursors", "freshness", "import_files", "import_runs", "link_decisions", "mappings"),
    *("rejects", "usage_shared", "waiting_rows"),
    # Computed, set, frozen or only ever added to.
    *("account_summaries", "documents", "drafts", "pictures", "review_snapshots", "search_queue"),
    *("settings", "workspace_info"),
    # The edits themselves.
    *("edit_open", "edit_rows", "edits"),
}


@contextmanager
def editing(store: Store, label: str, *, at: datetime = NOW, **named: Any) -> Iterator[OpenEdit]:
    with store.edit(OpenEdit(label, at, **named)) as made:
        yield made


def add_goal(store: Store, account: AccountId, title: str = "Faster exports") -> GoalId:
    with editing(store, f"Added goal “{title}”", account_id=account):
        return goals.create(store, account, GoalDraft(title, 0.0, 10.0), now=NOW).id


def move_target(
    store: Store, goal: GoalId, target: float, *, at: datetime = NOW, merge: str = ""
) -> EditId | None:
    title = goals.get(store, goal).title
    with editing(store, f"Moved the target of “{title}”", at=at, merge=merge) as made:
        goals.edit(store, goal, GoalDraft(title, 0.0, target), now=at)
    return made.id


@pytest.fixture
def account(store: Store) -> AccountId:
    return AccountId(add_account(store, "Acme"))


def test_every_table_is_either_edited_or_not() -> None:
    assert set(UNDOABLE) | NOT_EDITED == set(metadata.tables)
    assert not set(UNDOABLE) & NOT_EDITED


def test_undo_and_redo_walk_back_and_forth_through_everything(store: Store, account: AccountId) -> None:
    states = [everything(store)]
    goal = add_goal(store, account)
    states.append(everything(store))
    move_target(store, goal, 20.0)
    states.append(everything(store))
    with editing(store, "Recorded 4"):
        goals.record(store, GoalMeasurement(goal, date(2026, 12, 1), 0.1 + 0.2, "Ana"), now=NOW)
    states.append(everything(store))
    with editing(store, "Deleted goal", deletes=True):
        goals.delete(store, goal, now=NOW)
    states.append(everything(store))
    for state in reversed(states[:-1]):
        assert undo(store, now=NOW)
        assert everything(store) == state
    assert undo(store, now=NOW) is None
    for state in states[1:]:
        assert redo(store, now=NOW)
        assert everything(store) == state
    assert redo(store, now=NOW) is None


def test_undo_works_after_the_file_was_closed(path: Path, key: Key) -> None:
    with open_workspace(path, key) as store:
        goal = add_goal(store, AccountId(add_account(store, "Acme")))
        move_target(store, goal, 20.0)
    with open_workspace(path, key) as store:
        undone = undo(store, now=NOW)
        assert undone is not None
        assert undone.edit.label == "Moved the target of “Faster exports”"
        assert goals.get(store, goal).target == 10.0
    with open_workspace(path, key) as store:
        assert redo(store, now=NOW)
        assert goals.get(store, goal).target == 20.0


def test_a_deletion_takes_its_children_along_and_brings_them_back(store: Store, account: AccountId) -> None:
    with editing(store, "Added pod"):
        pod = pods.add_pod(store, "North", now=NOW, account_ids=[account])
    before = everything(store)
    with editing(store, "Deleted pod “North”", deletes=True):
        pods.delete_pod(store, pod)
    assert everything(store)["pod_accounts"] == []
    undo(store, now=NOW)
    assert everything(store) == before


def test_a_new_edit_ends_the_way_forward(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    move_target(store, goal, 20.0)
    undo(store, now=NOW)
    move_target(store, goal, 30.0)
    assert redo(store, now=NOW) is None
    assert goals.get(store, goal).target == 30.0
    assert len(history(store)) == 2


def test_an_import_is_no_edit(store: Store, account: AccountId) -> None:
    goals.create(store, account, GoalDraft("Imported", 0.0, 1.0), now=NOW)
    assert history(store) == ()
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM edit_rows").scalar_one() == 0


def test_an_edit_that_changes_nothing_is_not_kept(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    assert move_target(store, goal, 10.0, at=NOW + timedelta(hours=1)) is None
    assert len(history(store)) == 1


def test_a_failed_edit_leaves_nothing(store: Store, account: AccountId) -> None:
    before = everything(store)
    with pytest.raises(NotFoundError):
        add_one_and_delete_another(store, account)
    assert everything(store) == before
    assert history(store) == ()
    add_goal(store, account)
    assert len(history(store)) == 1


def add_one_and_delete_another(store: Store, account: AccountId) -> None:
    with editing(store, "Two things"):
        goals.create(store, account, GoalDraft("First", 0.0, 1.0), now=NOW)
        goals.delete(store, GoalId(999), now=NOW)


def test_an_edit_without_a_name_is_refused(store: Store, account: AccountId) -> None:
    with pytest.raises(ValueError, match="label"):
        add_unnamed(store, account)
    assert goals.of_accounts(store, [account]) == ()


def add_unnamed(store: Store, account: AccountId) -> None:
    with editing(store, ""):
        goals.create(store, account, GoalDraft("First", 0.0, 1.0), now=NOW)


def test_an_edit_within_an_edit_is_one_step(store: Store, account: AccountId) -> None:
    with editing(store, "Added two goals"):
        add_goal(store, account, "One")
        add_goal(store, account, "Two")
    assert [one.label for one in history(store)] == ["Added two goals"]
    undo(store, now=NOW)
    assert goals.of_accounts(store, [account]) == ()


def test_what_is_typed_within_seconds_is_one_step(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    for seconds, target in ((0, 11.0), (3, 12.0), (9, 13.0)):
        move_target(store, goal, target, at=NOW + timedelta(seconds=seconds), merge=f"goal:{goal}")
    move_target(store, goal, 14.0, at=NOW + timedelta(seconds=40), merge=f"goal:{goal}")
    assert len(history(store)) == 3
    undo(store, now=NOW)
    assert goals.get(store, goal).target == 13.0
    undo(store, now=NOW)
    assert goals.get(store, goal).target == 10.0
    redo(store, now=NOW)
    assert goals.get(store, goal).target == 13.0


def test_a_clock_set_back_merges_nothing_and_keeps_the_order(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    move_target(store, goal, 20.0, merge="goal")
    move_target(store, goal, 30.0, at=NOW - timedelta(days=400), merge="goal")
    assert prune(store, now=NOW + timedelta(days=29)) == 0
    undo(store, now=NOW - timedelta(days=400))
    assert goals.get(store, goal).target == 20.0


def test_old_edits_are_forgotten_oldest_first_and_never_the_last_ones(
    store: Store, account: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_pruning, "_ALWAYS_KEPT", 2)
    goal = add_goal(store, account)
    for days in (1, 20, 25, 60):
        move_target(store, goal, float(days), at=NOW + timedelta(days=days))
    assert prune(store, now=NOW + timedelta(days=30, hours=1)) == 1
    assert prune(store, now=NOW + timedelta(days=51)) == 2
    assert prune(store, now=NOW + timedelta(days=4000)) == 0
    assert [one.made_at for one in history(store)] == [NOW + timedelta(days=days) for days in (60, 25)]
    with store.read() as connection:
        kept = connection.exec_driver_sql("SELECT DISTINCT edit_id FROM edit_rows").scalars().all()
        assert set(kept) == {one.id for one in history(store)}


def test_an_edit_made_while_the_clock_was_behind_is_kept_for_30_days_all_the_same(
    store: Store, account: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_pruning, "_ALWAYS_KEPT", 1)
    goal = add_goal(store, account)
    move_target(store, goal, 20.0, at=NOW - timedelta(days=400))
    move_target(store, goal, 30.0, at=NOW + timedelta(seconds=1))
    assert prune(store, now=NOW + timedelta(days=29)) == 0
    assert len(history(store)) == 3


def delete_goal(store: Store, goal: GoalId, *, at: datetime = NOW) -> EditId:
    with editing(store, "Deleted goal", at=at, deletes=True) as made:
        goals.delete(store, goal, now=at)
    assert made.id is not None
    return made.id


def rows_of(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_what_can_no_longer_be_restored_is_gone_for_good(
    store: Store, account: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_pruning, "_ALWAYS_KEPT", 1)
    kept, gone, back = (add_goal(store, account, title) for title in ("Kept", "Gone", "Back"))
    delete_goal(store, gone)
    restored = delete_goal(store, back)
    with editing(store, "Restored goal", restores=restored), store.write() as connection:
        reverse(connection, restored, now=NOW)
    later = NOW + timedelta(days=20)
    delete_goal(store, kept, at=later)
    move_target(store, back, 50.0, at=later)
    assert prune(store, now=NOW + timedelta(days=29)) == 0
    assert rows_of(store, "goals") == 3
    prune(store, now=NOW + timedelta(days=31))
    assert {goal.title for goal in goals.of_accounts(store, [account])} == {"Back"}
    assert rows_of(store, "goals") == 2
    assert rows_of(store, "goal_targets WHERE goal_id NOT IN (SELECT id FROM goals)") == 0
    undo(store, now=later)
    undo(store, now=later)
    assert {goal.title for goal in goals.of_accounts(store, [account])} == {"Back", "Kept"}
    with store.write() as connection:
        assert missing_rows(connection) == 0


def test_what_an_import_knows_stays_deleted_but_known(
    store: Store, account: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edit_pruning, "_ALWAYS_KEPT", 1)
    goal = add_goal(store, account)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE goals SET source = 'crm', external_id = '1'")
    delete_goal(store, goal)
    add_goal(store, account, "Another")
    assert prune(store, now=NOW + timedelta(days=31)) == 2
    assert rows_of(store, "goals WHERE deleted_at IS NOT NULL") == 1


def test_what_an_import_changed_since_is_not_overwritten(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    move_target(store, goal, 20.0)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE goals SET target = 25")
    before = everything(store)
    with pytest.raises(EditConflictError, match="was not undone"):
        undo(store, now=NOW)
    assert everything(store) == before


def test_what_an_import_changed_beside_an_edit_stays(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    move_target(store, goal, 20.0)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE goals SET evidence = 'From the CRM'")
    undo(store, now=NOW)
    found = goals.get(store, goal)
    assert (found.target, found.evidence) == (10.0, "From the CRM")


def test_undo_takes_nothing_along_that_came_later(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    goals.record(store, GoalMeasurement(goal, date(2026, 12, 1), 4.0, "CRM"), now=NOW)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE goals SET current = NULL")
    before = everything(store)
    with pytest.raises(EditConflictError):
        undo(store, now=NOW)
    assert everything(store) == before


def test_a_place_that_was_taken_meanwhile_is_left_alone(store: Store, account: AccountId) -> None:
    with editing(store, "Added pod"):
        pod = pods.add_pod(store, "North", now=NOW)
    with editing(store, "Deleted pod", deletes=True):
        pods.delete_pod(store, pod)
    other = pods.add_pod(store, "North", now=NOW)
    with pytest.raises(EditConflictError):
        undo(store, now=NOW)
    assert [one.id for one in pods.list_pods(store)] == [other]


def test_a_list_that_was_written_anew_comes_back_in_order(store: Store, account: AccountId) -> None:
    second = AccountId(add_account(store, "Beta"))
    with editing(store, "Added pod"):
        pod = pods.add_pod(store, "North", now=NOW, account_ids=[account])
    with editing(store, "Changed pod"):
        pods.update_pod(store, Pod(pod, "South", (), (second, account)), now=NOW)
    undo(store, now=NOW)
    (found,) = pods.list_pods(store)
    assert (found.name, found.account_ids) == ("North", (account,))


def test_a_deletion_is_reversed_past_later_edits(store: Store, account: AccountId) -> None:
    first, second = add_goal(store, account, "One"), add_goal(store, account, "Two")
    with editing(store, "Deleted goal “One”", deletes=True) as deletion:
        goals.delete(store, first, now=NOW)
    move_target(store, second, 50.0)
    assert deletion.id is not None
    assert [one.id for one in history(store, deletes=True)] == [deletion.id]
    with editing(store, "Restored goal “One”", restores=deletion.id), store.write() as connection:
        reverse(connection, deletion.id, now=NOW)
    assert {one.id for one in goals.of_accounts(store, [account])} == {first, second}
    assert goals.get(store, second).target == 50.0
    assert history(store, deletes=True) == ()
    undo(store, now=NOW)
    assert [one.id for one in history(store, deletes=True)] == [deletion.id]


def test_undone_rows_can_be_found_again(store: Store, account: AccountId) -> None:
    goal = add_goal(store, account)
    undo(store, now=NOW)
    redo(store, now=NOW)
    move_target(store, goal, 12.0)
    undo(store, now=NOW)
    with store.write() as connection:
        assert missing_rows(connection) == 0


def test_any_walk_through_edits_ends_where_it_would_have_without_the_detours(
    store: Store, account: AccountId
) -> None:
    chance = random.Random(20261122)
    states = [everything(store)]
    place = 0
    for step in range(60):
        turn = chance.random()
        if turn < 0.35 and place > 0:
            undo(store, now=NOW)
            place -= 1
        elif turn < 0.55 and place < len(states) - 1:
            redo(store, now=NOW)
            place += 1
        else:
            act(store, account, chance, step)
            states = [*states[: place + 1], everything(store)]
            place += 1
        assert everything(store) == states[place]


def act(store: Store, account: AccountId, chance: random.Random, step: int) -> None:
    known = goals.of_accounts(store, [account])
    turn = chance.randrange(4) if known else 0
    if turn == 0:
        add_goal(store, account, f"Goal {step}")
    elif turn == 1:
        move_target(store, chance.choice(known).id, 100.0 + step)
    elif turn == 2:
        with editing(store, "Recorded"):
            day = date(2026, 1, 1) + timedelta(days=step)
            goals.record(store, GoalMeasurement(chance.choice(known).id, day, float(step), "Ana"), now=NOW)
    else:
        with editing(store, "Deleted", deletes=True):
            goals.delete(store, chance.choice(known).id, now=NOW)
