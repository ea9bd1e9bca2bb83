"""What the palette shows for what is typed: a view model without widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.context import PageContext
from convergedesk.desktop.jobs import JobContext, JobHandle
from convergedesk.desktop.navigator import Item
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.palette.entries import Entry, Heading, Row, entry_of
from convergedesk.desktop.palette.offers import matching
from convergedesk.domain.accounts import AccountId
from convergedesk.domain.feedback import FeedbackId
from convergedesk.domain.goals import GoalId
from convergedesk.domain.search import SearchHit, SearchKind, SearchResults
from convergedesk.domain.tickets import TicketId

COMMANDS_ONLY = ">"
_NARROWED = ("#", "@")
_FEW_COMMANDS = 3
_FEW_OTHERS = 3
_ON_ACCOUNT = 4
_TABS = {
    SearchKind.PERSON: "people",
    SearchKind.NOTE: "notes",
    SearchKind.ACTION: "actions",
    SearchKind.CHECK_IN: "notes",
}


class _Answer(NamedTuple):
    """What one keystroke brought: hits on the account in view, and everywhere."""

    asked: int
    near: tuple[SearchHit, ...]
    results: SearchResults
    beyond: bool


class PaletteModel(QObject):
    """Rows for the text, answers in the order of the questions.

    Signals:
        changed: The rows are others now.
        chosen: An entry is to be run: Enter was pressed before its answer came.
    """

    changed = Signal()
    chosen = Signal(object)

    def __init__(
        self,
        context: PageContext,
        commands: Sequence[Command],
        recent: Sequence[tuple[SearchKind, int]] = (),
        account_id: AccountId | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`recent` are shown while nothing is typed; hits on `account_id` come first.

        Where a pod is chosen, its accounts alone are searched, and all of them where nothing is there.
        """
        super().__init__(parent)
        self._context = context
        self._commands = tuple(commands)
        self._recent = tuple(recent)
        self._account_id = account_id
        self._pod = context.portfolio.pod_summary
        self._beyond = False
        self._text = ""
        self._asked = 0
        self._waiting: JobHandle | None = None
        self._run_first = False
        self._fault = ""
        self._rows: tuple[Row, ...] = ()
        self._remembered: tuple[SearchHit, ...] = ()
        self._found = SearchResults("", ())
        self._near: tuple[SearchHit, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Headings and entries."""
        return self._rows

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What can be chosen, in order."""
        return tuple(row for row in self._rows if isinstance(row, Entry))

    @property
    def message(self) -> str:
        """What to say where there are no rows; empty while an answer is awaited."""
        if self._rows or self._waiting is not None:
            return ""
        if self._fault:
            return self._fault
        return f"Nothing matches “{self._text.strip()}”." if self._text.strip() else ""

    @property
    def narrowed_to(self) -> str:
        """What the search prefers, for the chip beside the field; empty for everything alike."""
        if self._account_id is not None:
            return "On this account"
        return "" if self._pod is None else f"In {self._pod.name}"

    def start(self) -> None:
        """Show what is offered while nothing is typed."""
        self._show()
        if self._recent:
            recent, workspace = self._recent, self._context.workspace

            def read(_: JobContext) -> tuple[SearchHit, ...]:
                from convergedesk.workspace.search import look_up

                return look_up(workspace(), recent)

            self._context.jobs.submit(read, on_done=self._on_remembered, on_error=self._on_error)

    def set_text(self, text: str) -> None:
        """Ask for what is typed now; an answer to anything typed before is dropped."""
        self._text = text
        self._ask()

    def widen(self) -> None:
        """Look beyond the account, then beyond the pod."""
        if self._account_id is not None:
            self._account_id = None
        else:
            self._pod = None
        self._ask()

    def run_first(self) -> Entry | None:
        """The first entry, or None where its answer is still to come: then `chosen` follows."""
        if self._waiting is not None:
            self._run_first = True
            return None
        return next(iter(self.entries), None)

    @property
    def waiting(self) -> bool:
        """True while what is shown answers an earlier text."""
        return self._waiting is not None

    def stop(self) -> None:
        """Drop whatever is still to come."""
        self._asked += 1
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _ask(self) -> None:
        self.stop()
        self._run_first, self._fault = False, ""
        text = self._text.strip()
        if not text or text.startswith(COMMANDS_ONLY) or text in _NARROWED:
            self._found, self._near = SearchResults(text, ()), ()
            self._show()
            return
        asked, account_id, workspace = self._asked, self._account_id, self._context.workspace
        pod_id = None if self._pod is None else self._pod.pod_id
        alone = text.startswith(_NARROWED)

        def read(context: JobContext) -> _Answer:
            from convergedesk.workspace.search import search

            context.check()
            opened = workspace()
            near = () if account_id is None else search(opened, text, limit=2, account_id=account_id).hits
            # The account itself is on screen already.
            near = tuple(hit for hit in near if hit.kind is not SearchKind.ACCOUNT)
            context.check()
            results = search(opened, text, pod_id=pod_id)
            beyond = pod_id is not None and not results.groups
            if beyond:
                context.check()
                results = search(opened, text)
            return _Answer(asked, near if alone else near[:_ON_ACCOUNT], results, beyond)

        submitted = self._context.jobs.submit(read, on_done=self._on_answer, on_error=self._on_error)
        if not submitted.finished:
            self._waiting = submitted

    def _on_answer(self, answer: _Answer) -> None:
        if answer.asked != self._asked:
            return
        self._waiting = None
        self._found, self._near, self._beyond = answer.results, answer.near, answer.beyond
        self._show()
        if self._run_first and self.entries:
            self._run_first = False
            self.chosen.emit(self.entries[0])

    def _on_error(self, error: Exception) -> None:
        self._waiting = None
        self._fault = str(error)
        self._found, self._near = SearchResults(self._text, ()), ()
        self._show()

    def _on_remembered(self, hits: tuple[SearchHit, ...]) -> None:
        self._remembered = hits
        if not self._text.strip():
            self._show()

    def _show(self) -> None:
        text = self._text.strip()
        if not text:
            rows = [
                *self._group("Recent", self._entries(self._remembered)),
                *self._group("Do", self._offered("")),
            ]
        elif text.startswith(COMMANDS_ONLY):
            rows = self._group("Do", self._offered(text[1:]))
        else:
            rows = self._found_rows(text)
        self._rows = tuple(rows)
        self.changed.emit()

    def _found_rows(self, text: str) -> list[Row]:
        from convergedesk.workspace.search import GROUP_TITLES

        near = self._entries(self._near)
        shown = {entry.key for entry in near}
        groups: list[tuple[SearchKind, list[Entry]]] = []
        for group in self._found.groups:
            hits = group.hits if text.startswith(_NARROWED) else _own_words_first(group.hits)
            entries = [entry for entry in self._entries(hits) if entry.key not in shown]
            groups.append((group.kind, entries))
        rows = self._group("On this account", near)
        commands = [] if text.startswith(_NARROWED) else self._offered(text)[:_FEW_COMMANDS]
        do = self._group("Do", commands)
        # A name that begins like the text is what was meant; commands follow it.
        named = bool(self._found.groups) and self._found.groups[0].kind is SearchKind.ACCOUNT
        begins = named and self._found.groups[0].hits[0].title.text.casefold().startswith(text.casefold())
        beyond = self._beyond and self._pod is not None and bool(groups)
        for kind, entries in groups:
            if do and not begins:
                rows += do
                do = []
            if beyond and self._pod is not None:
                rows.append(Heading(f"Nothing in {self._pod.name}. Elsewhere:"))
                beyond = False
            rows += self._group(GROUP_TITLES[kind], entries)
            begins = False
        return [*rows, *do]

    def _offered(self, text: str) -> list[Entry]:
        return list(matching(self._commands, text))

    def _entries(self, hits: Iterable[SearchHit]) -> list[Entry]:
        today = self._context.today()
        reachable = ((hit, self._way_to(hit)) for hit in hits)
        return [entry_of(hit, today, way) for hit, way in reachable if way is not None]

    def _way_to(self, hit: SearchHit) -> Callable[[], object] | None:
        navigator = self._context.navigator
        if hit.kind is SearchKind.TICKET:
            said = None if hit.message_id is None else Item("message", hit.message_id)
            return lambda: navigator.open_ticket(TicketId(hit.id), said)
        if hit.kind is SearchKind.GOAL:
            return lambda: navigator.open_goals(GoalId(hit.id))
        if hit.kind is SearchKind.FEEDBACK:
            return lambda: navigator.open_feedback(FeedbackId(hit.id))
        account_id, item = hit.account_id, Item(hit.kind.value, hit.id)
        if hit.kind is SearchKind.ACCOUNT:
            return None if account_id is None else lambda: navigator.open_account(account_id)
        if account_id is None:
            # A colleague.
            return lambda: navigator.open_pods(item)
        return lambda: navigator.open_account(account_id, _TABS.get(hit.kind), item)

    @staticmethod
    def _group(title: str, entries: Sequence[Entry]) -> list[Row]:
        return [Heading(title), *entries] if entries else []


def _own_words_first(hits: Sequence[SearchHit]) -> tuple[SearchHit, ...]:
    """All hits that match in their own words, and few of those found by their account or a second text."""
    own = [hit for hit in hits if hit.title.spans or hit.number.spans]
    others = [hit for hit in hits if not (hit.title.spans or hit.number.spans)]
    few = others if hits and hits[0].kind is SearchKind.TICKET else others[:_FEW_OTHERS]
    return (*own, *few)
