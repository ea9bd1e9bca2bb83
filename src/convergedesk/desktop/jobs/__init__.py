"""Work away from the GUI thread. Pages need `JobRunner` and `JobContext`; wiring needs the rest."""

from convergedesk.desktop.jobs.context import JobContext, JobHandle, JobProgress, JobRunner
from convergedesk.desktop.jobs.inline import InlineJobs
from convergedesk.desktop.jobs.runner import Jobs

__all__ = ["InlineJobs", "JobContext", "JobHandle", "JobProgress", "JobRunner", "Jobs"]
