"""Alert rules: which hold, the draft of one, and what it would have raised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from convergedesk.desktop.engagement.writing import make_edit
from convergedesk.desktop.faults import sentence_of
from convergedesk.domain.alert_rules import AlertRule, AlertRuleError, checked, kind_of
from convergedesk.workspace.changes import Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext, JobHandle, JobProgress
    from convergedesk.domain.accounts import AccountId, PodId
    from convergedesk.domain.alerts import AlertRuleId, Severity
    from convergedesk.figures.alerts.replay import Preview
    from convergedesk.workspace.alert_rules import Rules
    from convergedesk.workspace.changes import Changes
    from convergedesk.workspace.session import Workspace

_KINDS = frozenset({Kind.ALERT_RULES, Kind.PODS, Kind.ACCOUNTS})


class RulesViewModel(QObject):
    """State and commands of the rules.

    Signals:
        loading: The first reading is under way.
        changed: The rules or the chosen one changed.
        draft_changed: The draft of the chosen rule changed.
        preview_changed: What the draft would have raised changed, or its reading did.
        failed: They could not be read; the exception.
    """

    loading = Signal()
    changed = Signal()
    draft_changed = Signal()
    preview_changed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject | None = None) -> None:
        """Nothing is read before `set_shown`."""
        super().__init__(parent)
        self._context = context
        self._read: Rules | None = None
        self._place = 0
        self._draft: AlertRule | None = None
        self._fault = ""
        self._preview: Preview | None = None
        self._progress: JobProgress | None = None
        self._running: JobHandle | None = None
        self._shown = False
        self._stale = True
        context.changes.published.connect(self._on_published)
        context.changes.written_elsewhere.connect(self.reload)

    @property
    def rules(self) -> Rules | None:
        """The rules as they hold; None before the first reading."""
        return self._read

    @property
    def place(self) -> int:
        """Which of the rules is chosen."""
        return self._place

    @property
    def kept(self) -> AlertRule | None:
        """The chosen rule as it holds."""
        if self._read is None or not self._read.rules:
            return None
        return self._read.rules[min(self._place, len(self._read.rules) - 1)]

    @property
    def draft(self) -> AlertRule | None:
        """The chosen rule as it is being edited."""
        return self._draft or self.kept

    @property
    def edited(self) -> bool:
        """Whether the draft differs from what holds."""
        return self._draft is not None and self._draft != self.kept

    @property
    def fault(self) -> str:
        """Why the draft cannot be kept; empty where it can."""
        return self._fault

    @property
    def preview(self) -> Preview | None:
        """What the draft would have raised, where it was tried."""
        return self._preview

    @property
    def trying(self) -> bool:
        """Whether the draft is being tried out."""
        return self._running is not None

    @property
    def progress(self) -> JobProgress | None:
        """How far the trial is; None before the first word of it."""
        return self._progress

    def set_shown(self, shown: bool) -> None:
        """Whether anybody looks at the rules."""
        self._shown = shown
        if shown and self._stale:
            self._submit()
        if not shown:
            self.cancel()

    def choose(self, place: int) -> None:
        """Show another rule; what was edited and not kept is dropped."""
        self._place = place
        self._forget()
        self.changed.emit()

    def set_value(self, key: str, value: Any) -> None:
        """Edit a parameter of the draft."""
        draft = self.draft
        if draft is not None:
            self._edit(replace(draft, parameters={**draft.parameters, key: value}))

    def set_enabled(self, enabled: bool) -> None:
        """Switch a rule on or off, at once."""
        draft = self.draft
        if draft is not None and draft.enabled != enabled:
            self._draft = replace(draft, enabled=enabled)
            self.keep()

    def set_severity(self, severity: Severity) -> None:
        """Edit how pressing the draft's alerts are."""
        draft = self.draft
        if draft is not None:
            self._edit(replace(draft, severity=severity))

    def set_scope(self, pod_id: PodId | None, account_ids: tuple[AccountId, ...]) -> None:
        """Edit whose accounts the draft holds for."""
        draft = self.draft
        if draft is not None:
            self._edit(replace(draft, pod_id=pod_id, account_ids=account_ids))

    def add_for(self, pod_id: PodId | None, account_ids: tuple[AccountId, ...]) -> None:
        """Add a rule of the chosen kind for some accounts."""
        kept = self.kept
        if kept is not None:
            self._save(replace(kept, id=None, pod_id=pod_id, account_ids=account_ids), "Rule added")

    @Slot()
    def keep(self) -> None:
        """Keep the draft."""
        draft = self._draft
        if draft is not None and not self._fault:
            title = kind_of(draft.kind).title
            self._save(draft, f"“{title}” changed")

    @Slot()
    def discard(self) -> None:
        """Drop the draft."""
        self._forget()
        self.changed.emit()

    @Slot()
    def reset(self) -> None:
        """What the program comes with, for a rule of all accounts; otherwise the rule is deleted."""
        kept = self.kept
        if kept is None or kept.id is None:
            return
        rule_id: AlertRuleId = kept.id
        said = "is as it came" if kept.everywhere else "deleted"

        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.alert_rules import delete_rule

            return delete_rule(workspace, rule_id)

        self._forget()
        make_edit(self._context, change, f"“{kind_of(kept.kind).title}” {said}")

    @Slot()
    def try_out(self) -> None:
        """Look at the last 90 days with the draft."""
        draft = self.draft
        if draft is None or self._fault:
            return
        self.cancel()
        self._preview, self._progress = None, None

        def work(job: JobContext) -> Preview | None:
            from convergedesk.workspace.alert_rules import preview_rule

            return preview_rule(self._context.workspace(), draft, progress=job.progress, cancel=job)

        handle = self._context.jobs.submit(
            work, on_done=self._on_preview, on_error=self._on_preview_failed, on_progress=self._on_progress
        )
        self._running = None if handle.finished else handle
        self.preview_changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Break the trial off."""
        if self._running is not None:
            self._running.cancel()
            self._running = None
            self.preview_changed.emit()

    @Slot()
    def reload(self) -> None:
        """Read again, or when the page is shown next."""
        self._stale = True
        if self._shown:
            self._submit()

    def _edit(self, draft: AlertRule) -> None:
        self._draft = draft
        try:
            checked(draft)
            self._fault = ""
        except AlertRuleError as error:
            self._fault = error.sentence
        self.cancel()
        self._preview = None
        self.draft_changed.emit()
        self.preview_changed.emit()

    def _save(self, rule: AlertRule, sentence: str) -> None:
        def change(workspace: Workspace) -> Changes:
            from convergedesk.workspace.alert_rules import save_rule

            return save_rule(workspace, rule)[1]

        self._draft = None
        make_edit(self._context, change, sentence, on_error=self._on_save_failed)

    def _forget(self) -> None:
        self.cancel()
        self._draft, self._fault, self._preview = None, "", None

    def _submit(self) -> None:
        if self._read is None:
            self.loading.emit()
        self._stale = False

        def work(_job: JobContext) -> Rules:
            from convergedesk.workspace.alert_rules import alert_rules

            return alert_rules(self._context.workspace())

        self._context.jobs.submit(work, on_done=self._on_read, on_error=self._on_failed)

    @Slot(object)
    def _on_published(self, changes: Changes) -> None:
        if changes.kinds & _KINDS:
            self.reload()

    def _on_read(self, read: Rules) -> None:
        self._read = read
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._stale = True
        self.failed.emit(error)

    def _on_save_failed(self, error: Exception) -> None:
        self._context.notify(sentence_of(error), tone="critical")
        self.changed.emit()

    def _on_preview(self, found: Preview | None) -> None:
        self._running = None
        self._preview = found
        self.preview_changed.emit()

    def _on_preview_failed(self, error: Exception) -> None:
        self._running = None
        self._context.notify(sentence_of(error), tone="critical")
        self.preview_changed.emit()

    def _on_progress(self, progress: JobProgress) -> None:
        self._progress = progress
        self.preview_changed.emit()
