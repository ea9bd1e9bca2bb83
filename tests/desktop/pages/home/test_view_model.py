from datetime import UTC, datetime

from convergedesk.desktop.navigator import Navigator, Place
from convergedesk.desktop.pages.home.view_model import HomeState, HomeViewModel
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.domain.portfolio import HomeSnapshot
from tests.desktop.around import around
from tests.desktop.book import PILOT, kestrel, row, snapshot


def build(first: HomeSnapshot | None, later: HomeSnapshot) -> tuple[HomeViewModel, Portfolio, Navigator]:
    book = around(first, read=lambda: later)
    return HomeViewModel(book.context), book.portfolio, book.navigator


def state_of(view_model: HomeViewModel) -> HomeState:
    assert view_model.state is not None
    return view_model.state


def test_the_first_snapshot_is_there_at_once_and_the_next_replaces_it() -> None:
    view_model, portfolio, _ = build(snapshot(), snapshot(kestrel()))
    assert state_of(view_model).total == 3
    portfolio.refresh()
    assert state_of(view_model).total == 1


def test_before_any_reading_there_is_no_state() -> None:
    view_model, portfolio, _ = build(None, snapshot())
    assert view_model.state is None
    portfolio.refresh()
    assert view_model.state is not None


def test_a_chip_narrows_the_table_and_nothing_else() -> None:
    view_model, _, _ = build(snapshot(), snapshot())
    before = state_of(view_model)
    view_model.choose_view("usage_down")
    after = state_of(view_model)
    assert [row.name for row in after.rows] == ["Tindle Learning"]
    assert (after.title, after.asking_total, after.total) == (before.title, 2, 3)
    assert [(chip.key, chip.accounts) for chip in after.chips] == [
        ("all", 3),
        ("usage_down", 1),
        ("off_pace", 1),
    ]


def test_a_pod_narrows_everything() -> None:
    view_model, portfolio, _ = build(snapshot(), snapshot())
    portfolio.choose_pod(PILOT)
    assert state_of(view_model).total == 2
    assert state_of(view_model).title == "2 accounts need a check-in"


def test_names_to_link_are_opened_where_no_row_was_rejected() -> None:
    view_model, _, navigator = build(snapshot(unlinked=2), snapshot())
    view_model.open_waiting()
    assert navigator.place == Place("import", "unlinked")


def test_accounts_stand_in_the_order_of_their_need() -> None:
    view_model, _, _ = build(snapshot(row(5, "Aaa"), kestrel()), snapshot())
    assert [one.name for one in state_of(view_model).rows] == ["Kestrel Payments", "Aaa"]


def test_while_figures_are_computed_anew_the_last_ones_say_how_old_they_are() -> None:
    at = datetime(2026, 12, 9, 8, 47, tzinfo=UTC)
    book = around(snapshot(computed_at=at, not_computed=0))
    view_model = HomeViewModel(book.context)
    assert "on their way" not in state_of(view_model).subtitle
    book.context.changes.set_computing(computing=True)
    assert state_of(view_model).subtitle.endswith(
        "new figures are on their way; these are of 9 Dec, 08:47 UTC"
    )
