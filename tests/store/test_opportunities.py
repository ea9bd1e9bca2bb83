"""Decisions about opportunities are kept by what names the opportunity."""

from datetime import UTC, date, datetime, timedelta

from convergedesk.domain.accounts import AccountId
from convergedesk.domain.opportunities import DecisionState, OpportunityDecision, OpportunityKey
from convergedesk.store.engine import Store
from convergedesk.store.opportunities import decide, forget, latest_decisions
from convergedesk.store.tables import opportunity_decisions
from tests.store.rows import add, add_account

NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)


def test_a_later_decision_takes_the_place_of_an_earlier_one(store: Store) -> None:
    key = OpportunityKey(add_account(store, "Acme"), "under_used", "replay")
    decide(store, OpportunityDecision(key, DecisionState.NOT_NOW, NOW, date(2027, 1, 1), "later"), now=NOW)
    decide(store, OpportunityDecision(key, DecisionState.DISMISSED, NOW, reason="no need"), now=NOW)
    (kept,) = latest_decisions(store).values()
    assert (kept.state, kept.reason, kept.until, kept.key) == (DecisionState.DISMISSED, "no need", None, key)
    forget(store, key)
    assert latest_decisions(store) == {}


def test_of_two_accounts_that_became_one_the_later_decision_counts(store: Store) -> None:
    account = add_account(store, "Acme")
    for hours, reason in ((0, "first"), (5, "second"), (2, "between")):
        at = NOW + timedelta(hours=hours)
        add(
            store,
            opportunity_decisions,
            account_id=account,
            kind="expansion",
            subject="",
            state=DecisionState.DISMISSED,
            reason=reason,
            decided_at=at,
            created_at=at,
            updated_at=at,
        )
    assert latest_decisions(store)[OpportunityKey(account, "expansion")].reason == "second"


def test_not_now_holds_until_its_day() -> None:
    until = date(2027, 1, 1)
    key = OpportunityKey(AccountId(1), "expansion")
    put_off = OpportunityDecision(key, DecisionState.NOT_NOW, NOW, until)
    assert put_off.holds(until - timedelta(days=1))
    assert not put_off.holds(until)
    assert OpportunityDecision(key, DecisionState.DISMISSED, NOW).holds(until)
