from datetime import timedelta
from pathlib import Path

import pytest

from convergedesk.domain.errors import NotFoundError
from convergedesk.store.keys import Key
from convergedesk.workspace.edits import undo
from convergedesk.workspace.explain import explain
from convergedesk.workspace.home_figures import put_off_check_in
from convergedesk.workspace.portfolio import home
from convergedesk.workspace.session import Workspace, create_workspace
from tests.store.rows import add_account

KEY = Key.raw(bytes(range(32)))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = create_workspace(tmp_path / "book.converge", KEY, name="Book")
    add_account(made.store, "Acme")
    return made


def test_a_check_in_is_put_off_for_a_week_and_undo_asks_again(workspace: Workspace) -> None:
    (row,) = home(workspace).rows
    changes = put_off_check_in(workspace, row.account_id, need=40)
    assert changes.edit_id is not None
    put_off = home(workspace).rows[0].put_off
    assert put_off is not None
    assert (put_off.until, put_off.need) == (workspace.today + timedelta(days=7), 40)
    put_off_check_in(workspace, row.account_id, need=50)
    again = home(workspace).rows[0].put_off
    assert again is not None
    assert again.need == 50
    undo(workspace)
    undo(workspace)
    assert home(workspace).rows[0].put_off is None


def test_figures_of_home_are_explained_by_their_ids(workspace: Workspace) -> None:
    assert explain(workspace, "home:high-tickets").figure == "0"
    assert explain(workspace, "home:check-ins").figure == "0 of 1"
    assert explain(workspace, "home:need:1-acme").title == "Need of Acme"


@pytest.mark.parametrize("name", ["home:usage-week", "home:week:1-acme"])
def test_what_is_not_measured_says_why(workspace: Workspace, name: str) -> None:
    with pytest.raises(NotFoundError, match="not measured"):
        explain(workspace, name)


@pytest.mark.parametrize("name", ["home", "home:nothing", "home:accrued:nopod", "home:a:b:c"])
def test_an_id_that_names_no_figure_of_home_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(NotFoundError, match="No figure is called"):
        explain(workspace, name)
