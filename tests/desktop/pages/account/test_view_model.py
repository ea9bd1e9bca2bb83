import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.changes import ChangesBroadcast
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.navigator import AccountPlace, Navigator, Place
from convergedesk.desktop.pages.account.view_model import AccountViewModel
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.errors import NotFoundError
from convergedesk.workspace.changes import Changes, Kind
from tests.desktop.account_book import MARLOWE, Reads, account, data

# What is found of an account is read by a timer, which needs an application.
pytestmark = pytest.mark.usefixtures("qapp")
OTHER = AccountId(77)
SITE = AccountId(78)


class Stage:
    """A view model with everything around it, jobs held back where asked for."""

    def __init__(self, reads: Reads | None = None, *, hold: bool = False) -> None:
        self.reads = reads or Reads()
        self.jobs = InlineJobs(hold=hold)
        self.navigator = Navigator()
        self.changes = ChangesBroadcast()
        self.model = AccountViewModel(self.reads, self.jobs, self.navigator, self.changes)

    def go(self, account_id: AccountId, tab: str | None = None) -> None:
        self.navigator.open_account(account_id, tab)
        self.model.open(AccountPlace(account_id, tab))


def test_opening_reads_the_account_once_and_not_its_timeline() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    assert stage.reads.asked == [("account", MARLOWE)]
    assert stage.model.data is not None
    assert stage.model.tab == "overview"


def test_the_timeline_is_read_when_its_tab_opens_and_then_kept() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    stage.model.choose_tab("timeline")
    stage.model.choose_tab("overview")
    stage.model.choose_tab("timeline")
    assert stage.reads.asked.count(("timeline", MARLOWE)) == 1
    assert stage.model.timeline


def test_an_answer_for_an_account_that_was_left_is_dropped() -> None:
    stage = Stage(hold=True)
    stage.go(MARLOWE)
    stage.go(OTHER)
    stage.jobs.run_all()
    assert stage.reads.asked == [("account", OTHER)]


def test_old_values_stay_while_the_account_is_read_again() -> None:
    stage = Stage(hold=True)
    stage.go(MARLOWE)
    stage.jobs.run_all()
    before = stage.model.data
    stage.model.reload()
    assert stage.model.data is before
    stage.reads.answer = data()
    stage.jobs.run_all()
    assert stage.model.data is stage.reads.answer


def test_another_account_does_not_show_the_old_ones_values() -> None:
    stage = Stage(hold=True)
    stage.go(MARLOWE)
    stage.jobs.run_all()
    stage.go(OTHER)
    assert stage.model.data is None


def test_a_write_to_this_account_or_a_site_reads_it_again_and_others_do_not() -> None:
    site = Account(SITE, "Marlowe North", parent_id=MARLOWE)
    whole = data()
    header = type(whole.header)(account(), None, (site,), (), (), None, None, 0, 0, whole.header.today)
    stage = Stage(Reads(data(header=header)))
    stage.go(MARLOWE)
    for one, times in ((OTHER, 1), (MARLOWE, 2), (SITE, 3)):
        stage.changes.publish(Changes(frozenset({one}), frozenset({Kind.GOALS})))
        assert len(stage.reads.asked) == times
    stage.changes.written_elsewhere.emit()
    assert len(stage.reads.asked) == 4


def test_a_tab_is_remembered_by_the_place() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    stage.model.choose_tab("billing")
    assert stage.navigator.place == Place("account", AccountPlace(MARLOWE, "billing"))
    stage.model.open(AccountPlace(MARLOWE))
    assert stage.model.tab == "billing"
    stage.model.open(AccountPlace(OTHER))
    assert stage.model.tab == "overview"


def test_an_account_that_is_gone_is_said() -> None:
    stage = Stage(Reads(NotFoundError("This account is no longer there.")))
    faults: list[Exception] = []
    stage.model.failed.connect(faults.append)
    stage.go(MARLOWE)
    assert [str(fault) for fault in faults] == ["This account is no longer there."]


def test_the_accounts_seen_last_are_shown_again_without_reading() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    stage.go(OTHER)
    stage.go(MARLOWE)
    assert stage.reads.asked == [("account", MARLOWE), ("account", OTHER)]
    assert stage.model.data is stage.reads.answer


def test_what_was_kept_is_forgotten_when_anything_is_written() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    stage.go(OTHER)
    stage.changes.publish(Changes(frozenset({MARLOWE}), frozenset({Kind.GOALS})))
    stage.go(MARLOWE)
    assert stage.reads.asked[-1] == ("account", MARLOWE)
    stage.changes.written_elsewhere.emit()
    stage.go(OTHER)
    assert stage.reads.asked[-1] == ("account", OTHER)


def test_an_expected_account_is_read_ahead_and_shown_only_when_opened() -> None:
    stage = Stage()
    stage.model.expect(MARLOWE)
    assert stage.reads.asked == [("account", MARLOWE)]
    assert stage.model.data is None
    stage.go(MARLOWE)
    assert stage.reads.asked == [("account", MARLOWE)]
    assert stage.model.data is not None


def test_an_account_that_is_opened_while_it_is_read_ahead_is_read_once() -> None:
    stage = Stage(hold=True)
    stage.model.expect(MARLOWE)
    stage.go(MARLOWE)
    stage.jobs.run_all()
    assert stage.reads.asked == [("account", MARLOWE)]
    assert stage.model.data is not None


def test_another_account_than_the_expected_one_shows_itself() -> None:
    stage = Stage(hold=True)
    stage.model.expect(MARLOWE)
    stage.go(OTHER)
    stage.jobs.run_all()
    assert stage.reads.asked == [("account", OTHER)]
    assert stage.model.data is not None


def test_a_write_while_an_account_is_read_ahead_drops_that_reading() -> None:
    stage = Stage(hold=True)
    stage.model.expect(MARLOWE)
    stage.changes.publish(Changes(frozenset({OTHER}), frozenset({Kind.GOALS})))
    stage.jobs.run_all()
    assert stage.reads.asked == []
    stage.go(MARLOWE)
    stage.jobs.run_all()
    assert stage.reads.asked == [("account", MARLOWE)]


def test_a_fault_in_reading_ahead_is_told_only_to_whoever_opens_the_account() -> None:
    stage = Stage(Reads(NotFoundError("Gone.")))
    told: list[object] = []
    stage.model.failed.connect(told.append)
    stage.model.expect(MARLOWE)
    assert told == []
    stage.go(MARLOWE)
    assert len(told) == 1


def test_billing_is_read_when_its_tab_opens() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    assert stage.model.billing is None
    stage.model.choose_tab("billing")
    assert stage.reads.asked[-1] == ("billing", MARLOWE)
    assert stage.model.billing is not None
    assert stage.model.billing.view is stage.reads.bills
    stage.go(OTHER)
    assert stage.model.billing is None


def test_a_contact_that_was_logged_reads_only_the_timeline_again() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    logged = Changes(frozenset({MARLOWE}), frozenset({Kind.ENGAGEMENT}))
    stage.changes.publish(logged)
    assert stage.reads.asked == [("account", MARLOWE)]
    stage.model.choose_tab("timeline")
    stage.changes.publish(logged)
    assert stage.reads.asked == [("account", MARLOWE), ("timeline", MARLOWE), ("timeline", MARLOWE)]


def test_sites_are_rolled_up_or_not_for_every_account() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    assert stage.model.with_sites
    stage.model.set_with_sites(True)
    assert len(stage.reads.asked) == 1
    stage.model.set_with_sites(False)
    assert stage.reads.asked == [("account", MARLOWE)] * 2
    assert not stage.reads.with_sites
    stage.go(OTHER)
    stage.go(MARLOWE)
    assert stage.reads.asked[-1] == ("account", OTHER)


def test_what_was_read_of_other_accounts_is_forgotten_with_every_write() -> None:
    stage = Stage()
    stage.go(MARLOWE)
    stage.changes.publish(Changes(frozenset({OTHER}), frozenset({Kind.INSIGHTS})))
    assert stage.reads.forgotten == 1


def test_courses_of_commitments_are_read_last_and_only_where_they_are_seen(qtbot: QtBot) -> None:
    stage = Stage()
    stage.go(MARLOWE)
    stage.model.choose_tab("tickets")
    qtbot.waitUntil(lambda: stage.model.study is not None)
    assert stage.model.study is not None
    assert stage.model.study.courses is None
    stage.model.choose_tab("overview")
    assert stage.model.study.courses is not None
    assert len(stage.model.study.courses) == 1
