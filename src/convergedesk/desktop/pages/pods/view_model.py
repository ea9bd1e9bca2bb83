"""The pods: which one is edited, its people and accounts, and the pilot that the data suggest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.domain.accounts import AccountId, Person, PersonId, PersonRole, Pod, PodId

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle
    from convergedesk.figures.pilot_segment import PilotOffer
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.pods import PodBook

NEW = PodId(0)
AGENTS = 2
PILOT_NAME = "Pilot"


class PodsViewModel(QObject):
    """State and commands of the Pods page. Every edit is kept at once.

    Signals:
        changed: Another pod is edited, or what was read is new.
        pod_changed: The pod that is edited has other people or accounts.
        offered: `offer` is new.
        failed: Something could not be read or kept; the exception.
    """

    changed = Signal()
    pod_changed = Signal()
    offered = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._book: PodBook | None = None
        self._pod: Pod | None = None
        self._offer: PilotOffer | None = None
        self._reading: JobHandle | None = None
        self._waiting = 0
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def book(self) -> PodBook | None:
        """Pods, people and accounts as they were read last, or None before that."""
        return self._book

    @property
    def pod(self) -> Pod | None:
        """The pod that is edited, or None without any."""
        return self._pod

    @property
    def offer(self) -> PilotOffer | None:
        """The pilot that the data suggest, or None until it was asked for."""
        return self._offer

    def people(self, role: PersonRole) -> tuple[Person, ...]:
        """Our people of a role, by name."""
        return tuple(one for one in self._book.people if one.role is role) if self._book else ()

    @property
    def manager(self) -> PersonId | None:
        """The pod's success manager, or None."""
        return next(iter(self._members(PersonRole.SUCCESS_MANAGER)), None)

    @property
    def agents(self) -> tuple[PersonId, ...]:
        """The pod's support agents."""
        return self._members(PersonRole.SUPPORT_AGENT)

    @Slot()
    def reload(self) -> None:
        """Read pods, people and accounts again."""
        if self._reading is not None:
            self._reading.cancel()

        def work(_job: JobContext) -> PodBook:
            from convergedesk.workspace.pods import pod_book

            return pod_book(self._context.workspace())

        self._reading = self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    def choose(self, pod_id: PodId) -> None:
        """Edit another pod."""
        found = next((one for one in self._book.pods if one.id == pod_id), None) if self._book else None
        if found is not None:
            self._pod = found
            self.changed.emit()

    def add(self, name: str = "", accounts: Sequence[AccountId] = ()) -> None:
        """Add a pod, named after nothing else that is there."""
        wanted = name or "New pod"
        taken = {one.name for one in self._book.pods} if self._book is not None else set[str]()
        number = 2
        free = wanted
        while free in taken:
            free, number = f"{wanted} {number}", number + 1
        self._pod = Pod(NEW, free, (), tuple(accounts))
        self._keep(self._pod, tell=f"Added pod “{free}”")

    def rename(self, name: str) -> None:
        """Call the pod something else."""
        if self._pod is not None and name.strip() and name.strip() != self._pod.name:
            self._change(replace(self._pod, name=name.strip()))

    def name_problem(self, name: str) -> str:
        """Why a name cannot be taken; empty where it can."""
        if not name.strip():
            return "Give the pod a name."
        others = self._book.pods if self._book is not None else ()
        same = any(
            one.name == name.strip() and (self._pod is None or one.id != self._pod.id) for one in others
        )
        return "Another pod has this name." if same else ""

    def set_members(self, manager: PersonId | None, agents: Sequence[PersonId | None]) -> None:
        """Say who is in the pod: one success manager and its support agents."""
        if self._pod is None or self._book is None:
            return
        roles = (PersonRole.SUCCESS_MANAGER, PersonRole.SUPPORT_AGENT)
        known = {one.id for one in self._book.people if one.role in roles}
        others = tuple(one for one in self._pod.member_ids if one not in known)
        chosen = [one for one in (manager, *agents) if one is not None]
        members = (*dict.fromkeys(chosen), *others)
        if members != self._pod.member_ids:
            self._change(replace(self._pod, member_ids=members))

    def toggle(self, account_id: AccountId) -> None:
        """Take an account into the pod, or out of it."""
        if self._pod is None:
            return
        ids = self._pod.account_ids
        kept = tuple(one for one in ids if one != account_id)
        self._change(replace(self._pod, account_ids=kept if account_id in ids else (*ids, account_id)))

    @Slot()
    def delete(self) -> None:
        """Delete the pod; its people and accounts stay, and 'Undo' brings it back."""
        pod = self._pod
        if pod is None or not pod.id:
            return

        def work(_job: JobContext) -> Changes:
            from convergedesk.workspace.pods import delete_pod

            return delete_pod(self._context.workspace(), pod)

        def done(changes: Changes) -> None:
            self._pod = None
            self._context.edited(f"Deleted pod “{pod.name}”", changes)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self._on_failed)

    @Slot()
    def ask_offer(self) -> None:
        """Ask which accounts a pilot would start with."""

        def work(_job: JobContext) -> PilotOffer:
            from convergedesk.workspace.pods import offer_pilot

            return offer_pilot(self._context.workspace())

        self._context.jobs.submit(work, on_done=self._on_offer, on_error=self._on_failed)

    @Slot()
    def take_offer(self) -> None:
        """Add a pod of the suggested accounts."""
        if self._offer is not None and self._offer.candidates:
            self.add(PILOT_NAME, [one.account_id for one in self._offer.candidates])

    def _members(self, role: PersonRole) -> tuple[PersonId, ...]:
        known = {one.id for one in self.people(role)}
        return tuple(one for one in self._pod.member_ids if one in known) if self._pod else ()

    def _change(self, pod: Pod) -> None:
        self._pod = pod
        self.pod_changed.emit()
        if pod.id:
            self._keep(pod)

    def _keep(self, pod: Pod, *, tell: str = "") -> None:
        self._waiting += 1

        def work(_job: JobContext) -> tuple[PodId, Changes]:
            from convergedesk.workspace.pods import save_pod

            merge = f"pod:{pod.id}" if pod.id else ""
            return save_pod(self._context.workspace(), pod, merge=merge)

        def done(result: tuple[PodId, Changes]) -> None:
            self._waiting -= 1
            pod_id, changes = result
            if self._pod is not None and not self._pod.id:
                self._pod = replace(self._pod, id=pod_id)
            if tell:
                self._context.edited(tell, changes)
            else:
                self._context.changes.publish(changes)

        def failed(error: Exception) -> None:
            self._waiting -= 1
            self._on_failed(error)
            self.reload()

        self._context.jobs.submit(work, write=True, on_done=done, on_error=failed)

    def _on_read(self, book: PodBook) -> None:
        # What is on its way to the file is newer than what was read.
        if self._waiting:
            return
        self._book = book
        chosen = self._pod.id if self._pod is not None else None
        found = next((one for one in book.pods if one.id == chosen), None)
        self._pod = found or next(iter(book.pods), None)
        self.changed.emit()

    def _on_offer(self, offer: PilotOffer) -> None:
        self._offer = offer
        self.offered.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        from convergedesk.workspace.changes import Kind

        if self._book is not None and changes.kinds & {Kind.PODS, Kind.PEOPLE, Kind.ACCOUNTS}:
            self.reload()
