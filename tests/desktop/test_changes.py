from collections.abc import Callable

from convergedesk.desktop.changes import ChangesBroadcast, ForeignWrites
from convergedesk.desktop.jobs import InlineJobs
from convergedesk.domain.errors import WorkspaceError


def told(broadcast: ChangesBroadcast) -> list[bool]:
    times: list[bool] = []
    broadcast.written_elsewhere.connect(lambda: times.append(True))
    return times


def watch(versions: Callable[[], int], jobs: InlineJobs) -> tuple[ForeignWrites, list[bool]]:
    broadcast = ChangesBroadcast()
    return ForeignWrites(jobs, versions, broadcast), told(broadcast)


def test_a_write_by_another_process_is_told_once() -> None:
    versions = iter([4, 4, 5, 5])
    watcher, times = watch(lambda: next(versions), InlineJobs())
    for _ in range(4):
        watcher.look()
    assert len(times) == 1


def test_looks_do_not_pile_up_behind_a_slow_one() -> None:
    jobs = InlineJobs(hold=True)
    watcher, _ = watch(lambda: 1, jobs)
    watcher.look()
    watcher.look()
    assert len(jobs.pending) == 1


def test_a_failed_look_does_not_end_the_watch() -> None:
    answers: list[int | Exception] = [1, WorkspaceError("The disk is away."), 2]

    def version() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    watcher, times = watch(version, InlineJobs())
    for _ in range(3):
        watcher.look()
    assert len(times) == 1
