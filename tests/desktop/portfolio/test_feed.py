from convergedesk.desktop.jobs import InlineJobs
from convergedesk.desktop.portfolio.feed import Portfolio
from convergedesk.domain.accounts import AccountId, PodId
from convergedesk.domain.errors import WorkspaceError
from convergedesk.domain.portfolio import HomeSnapshot, own_rows
from tests.desktop.book import PILOT, row, snapshot


class Reads:
    """Hands out snapshots in turn and counts how often it was asked."""

    def __init__(self, *answers: HomeSnapshot | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self) -> HomeSnapshot:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_requests_during_a_read_become_one_more_read() -> None:
    jobs, reads = InlineJobs(hold=True), Reads(snapshot())
    portfolio = Portfolio(jobs, reads)
    for _ in range(3):
        portfolio.refresh()
    assert len(jobs.pending) == 1
    jobs.run_all()
    assert reads.asked == 2


def test_a_failed_read_keeps_what_was_there() -> None:
    first = snapshot()
    portfolio = Portfolio(InlineJobs(), Reads(WorkspaceError("The file is gone.")), first=first)
    faults: list[Exception] = []
    portfolio.failed.connect(faults.append)
    portfolio.refresh()
    assert portfolio.snapshot is first
    assert [str(fault) for fault in faults] == ["The file is gone."]


def test_a_pod_narrows_the_rows() -> None:
    portfolio = Portfolio(InlineJobs(), Reads(snapshot()), first=snapshot())
    told: list[object] = []
    portfolio.pod_changed.connect(told.append)
    portfolio.choose_pod(PILOT)
    portfolio.choose_pod(PILOT)
    assert [one.name for one in portfolio.rows] == ["Tindle Learning", "Kestrel Payments"]
    assert told == [PILOT]
    assert portfolio.pod_summary is not None


def test_a_pod_that_is_gone_is_no_longer_chosen() -> None:
    portfolio = Portfolio(InlineJobs(), Reads(snapshot(row(), pods=())), first=snapshot())
    portfolio.choose_pod(PodId(PILOT))
    portfolio.refresh()
    assert portfolio.pod is None
    assert len(portfolio.rows) == 1


def test_a_site_is_not_counted_beside_its_parent() -> None:
    site = row(5, "Site", parent_id=AccountId(9))
    orphan = row(6, "Orphan", parent_id=AccountId(99))
    assert [r.name for r in own_rows((row(), site, orphan))] == ["Quiet Ltd", "Orphan"]
