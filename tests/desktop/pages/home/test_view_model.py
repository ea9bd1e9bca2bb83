from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.navigator import AccountPlace, Navigator, Place
from convergedesk.desktop.pages.home.view_model import HomeState, HomeViewModel
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.domain.portfolio import HomeSnapshot
from tests.desktop.book import KESTREL, PILOT, kestrel, snapshot


def build(first: HomeSnapshot | None, later: HomeSnapshot) -> tuple[HomeViewModel, Portfolio, Navigator]:
    portfolio = Portfolio(InlineJobs(), lambda: later, first=first)
    navigator = Navigator()
    return HomeViewModel(portfolio, navigator), portfolio, navigator


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
    assert (after.title, after.kpis, after.total) == (before.title, before.kpis, 3)
    assert [(chip.key, chip.accounts) for chip in after.chips] == [
        ("all", 3),
        ("high_open", 1),
        ("usage_down", 1),
        ("off_pace", 1),
    ]


def test_a_pod_narrows_everything() -> None:
    view_model, portfolio, _ = build(snapshot(), snapshot())
    portfolio.choose_pod(PILOT)
    assert state_of(view_model).total == 2
    assert state_of(view_model).title.endswith("at 1 of 2 accounts")


def test_a_reason_opens_the_tab_that_shows_it() -> None:
    view_model, _, navigator = build(snapshot(), snapshot())
    view_model.open_reason(state_of(view_model).attention[0])
    assert navigator.place == Place("account", AccountPlace(KESTREL, "tickets"))


def test_a_figure_opens_what_is_behind_it() -> None:
    view_model, _, navigator = build(snapshot(rejects=2), snapshot())
    usage, _, tickets, _, data = state_of(view_model).kpis
    view_model.open_kpi(tickets)
    assert navigator.place == Place("accounts", "high_open")
    view_model.open_kpi(usage)
    assert navigator.place == Place("accounts", "usage_down")
    view_model.open_kpi(data)
    assert navigator.place == Place("import", "rejects")


def test_names_to_link_are_opened_where_no_row_was_rejected() -> None:
    view_model, _, navigator = build(snapshot(unlinked=2), snapshot())
    view_model.open_waiting()
    assert navigator.place == Place("import", "unlinked")
