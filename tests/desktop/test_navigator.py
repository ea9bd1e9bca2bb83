from convergedesk.desktop.navigator import AccountPlace, Navigator, Place
from convergedesk.domain.accounts import AccountId

KESTREL = AccountId(2)


def visited(navigator: Navigator) -> list[Place]:
    seen: list[Place] = []
    navigator.arrived.connect(seen.append)
    return seen


def test_back_and_forward_retrace_the_way() -> None:
    navigator = Navigator()
    seen = visited(navigator)
    navigator.open_home()
    navigator.open_account(KESTREL)
    navigator.back()
    navigator.forward()
    assert [place.page for place in seen] == ["home", "account", "home", "account"]
    assert seen[-1].argument == AccountPlace(KESTREL)


def test_back_at_the_first_place_stays_there() -> None:
    navigator = Navigator()
    navigator.open_home()
    seen = visited(navigator)
    navigator.back()
    navigator.forward()
    assert not seen
    assert navigator.place == Place("home")


def test_going_elsewhere_after_back_forgets_the_way_ahead() -> None:
    navigator = Navigator()
    navigator.open_home()
    navigator.open_accounts()
    navigator.back()
    navigator.open_tickets()
    assert not navigator.can_go_forward
    navigator.back()
    assert navigator.place == Place("home")


def test_a_tab_that_was_open_is_open_again_on_coming_back() -> None:
    navigator = Navigator()
    navigator.open_account(KESTREL)
    navigator.stay(AccountPlace(KESTREL, "billing"))
    navigator.open_home()
    navigator.back()
    assert navigator.place == Place("account", AccountPlace(KESTREL, "billing"))


def test_the_same_place_twice_is_one_step_of_the_way() -> None:
    navigator = Navigator()
    navigator.open_home()
    navigator.open_accounts()
    navigator.open_accounts()
    navigator.back()
    assert navigator.place == Place("home")
