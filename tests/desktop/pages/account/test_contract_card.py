from dataclasses import replace
from datetime import date

from convergedesk.desktop.pages.account.contract_card import contract_rows, in_force
from convergedesk.domain.billing import Ramp
from convergedesk.domain.money import Money
from tests.desktop.account_book import contract
from tests.desktop.book import TODAY


def test_the_contract_that_holds_today_is_shown_the_latest_begun_first() -> None:
    amendment = replace(contract(), name="A3", starts_on=date(2026, 12, 1))
    later = replace(contract(), name="Next year", starts_on=date(2027, 4, 1), ends_on=None)
    chosen = in_force((contract(), amendment, later), TODAY)
    assert chosen is not None
    assert chosen.name == "A3"


def test_without_one_in_force_the_newest_is_shown() -> None:
    old = replace(contract(), name="Old", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    ended = replace(contract(), name="Ended", ends_on=date(2026, 6, 1))
    chosen = in_force((old, ended), TODAY)
    assert chosen is not None
    assert chosen.name == "Ended"
    assert in_force((), TODAY) is None


def test_its_terms_are_named() -> None:
    (commitment,) = contract().commitments
    ramp = Ramp(date(2027, 1, 1), Money(130_000_000, "EUR"))
    agreed = replace(contract(), commitments=(replace(commitment, ramps=(ramp,), rollover_share=0.1),))
    rows = {row.name: row.value for row in contract_rows(agreed, TODAY)}
    assert rows == {
        "Name": "Order form 2026",
        "Term": "1 Apr 2026 to 31 Mar 2027",
        "Commitment": "€1.20\u202fM",
        "Unspent that moves on": "10\u202f%",
        "Next step": "€1.30\u202fM from 1 Jan 2027",
    }
