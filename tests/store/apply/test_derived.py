from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convergedesk.domain.accounts import AccountId
from convergedesk.store.apply.derived import set_parents
from convergedesk.store.engine import Store

ids = st.integers(1, 6).map(AccountId)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(ids, ids), min_size=1, max_size=3))
def test_no_account_becomes_its_own_ancestor(store: Store, stated: list[dict[AccountId, AccountId]]):
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM accounts")
        for n in range(1, 7):
            connection.exec_driver_sql(
                "INSERT INTO accounts (id, uid, created_at, updated_at, name, name_key) "
                "VALUES (?, ?, 1, 1, 'A', 'a')",
                (n, f"u{n}"),
            )
        for parents in stated:
            set_parents(connection, parents, 2)
        rows = connection.exec_driver_sql("SELECT id, parent_id FROM accounts").all()
    parent = {row[0]: row[1] for row in rows}
    for account in parent:
        at, steps = account, 0
        while parent[at] is not None:
            at, steps = parent[at], steps + 1
            assert steps <= len(parent)
