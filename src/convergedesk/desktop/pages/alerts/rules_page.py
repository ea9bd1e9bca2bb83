"""Alert rules: what is watched for, with which limits, for whom, and what that would have raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from convergedesk.desktop.faults import error_state
from convergedesk.desktop.navigator import ALERTS, Place
from convergedesk.desktop.pages.alerts.rule_editor import RuleEditor
from convergedesk.desktop.pages.alerts.rule_words import parameter_words, scope_words
from convergedesk.desktop.pages.alerts.rules_model import RulesViewModel
from convergedesk.desktop.pages.alerts.words import tone_of
from convergedesk.desktop.shell.page_frame import PageFrame
from convergedesk.desktop.theme import Role, color, give_focus_ring, theme
from convergedesk.desktop.widgets.badge import StatusText
from convergedesk.desktop.widgets.card import Card, Separator
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.scroll import OverlayScrollBar, ScrollArea
from convergedesk.desktop.widgets.states import Loading
from convergedesk.domain.alert_rules import kind_of
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.domain.alert_rules import AlertRule
    from convergedesk.workspace.alert_rules import Rules

_LIST = 400


class AlertRulesPage(QWidget):
    """Every rule in a list, and the chosen one beside it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Reads when it is shown."""
        super().__init__(parent)
        self._context = context
        self.model = RulesViewModel(context, self)
        self._header = PageHeader("Alert rules", "")
        self._header.set_breadcrumb([(ALERTS, "Alerts"), (None, "Rules")])
        self._frame = PageFrame(self._header)
        self.rows: list[RuleRow] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        card = Card(flush=True)
        inner = card.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        card.setFixedWidth(theme().px(_LIST))
        self._list = ScrollArea(self._holder)
        OverlayScrollBar(self._list)
        card.add(self._list, 1)
        self.editor = RuleEditor(self.model)
        columns = QWidget()
        both = QHBoxLayout(columns)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addWidget(card)
        both.addWidget(self.editor, 1)
        self._loading = Loading(columns)
        self._frame.body.addWidget(self._loading, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._frame)
        self._header.breadcrumb_clicked.connect(self._on_breadcrumb)
        self.model.loading.connect(self._loading.start)
        self.model.changed.connect(self._on_changed)
        self.model.failed.connect(self._on_failed)

    def open(self, _argument: object = None) -> None:
        """Show the rules as they hold."""

    def panes(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self._header, self._list, self.editor]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.set_shown(False)

    @Slot()
    def _on_changed(self) -> None:
        rules = self.model.rules
        if rules is None:
            return
        off = sum(not rule.enabled for rule in rules.rules)
        changed = sum(rule.id is not None for rule in rules.rules)
        said = [count(len(rules.rules), "rule"), f"{off} off" if off else "all on"]
        said.append(f"{changed} changed by the team" if changed else "as the program comes")
        self._header.set_title("Alert rules", " · ".join(said))
        self._fill(rules)
        self._loading.finish()

    def _fill(self, rules: Rules) -> None:
        focused = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        group = ""
        for place, rule in enumerate(rules.rules):
            kind = kind_of(rule.kind)
            if kind.group != group:
                group = kind.group
                self._column.addWidget(_heading(group))
            row = RuleRow(rule, rules, chosen=place == self.model.place)
            row.chosen.connect(self._on_chosen)
            self._column.addWidget(row)
            self._column.addWidget(Separator())
            self.rows.append(row)
        self._column.addStretch(1)
        if focused is not None and focused < len(self.rows):
            self.rows[focused].setFocus()

    @Slot(object)
    def _on_chosen(self, row: object) -> None:
        if isinstance(row, RuleRow) and row in self.rows:
            self.model.choose(self.rows.index(row))
            self.rows[self.model.place].setFocus()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The rules could not be read", error)
        failure.fix_clicked.connect(self.model.reload)
        self._loading.show_instead(failure)

    @Slot(object)
    def _on_breadcrumb(self, key: object) -> None:
        if key == ALERTS:
            self._context.navigator.go(Place(ALERTS))


class RuleRow(QWidget):
    """A rule in the list.

    Signals:
        chosen: The row itself, by click, Enter or the space bar.
    """

    chosen = Signal(object)

    def __init__(self, rule: AlertRule, rules: Rules, *, chosen: bool) -> None:
        """`chosen` marks the one whose editor is open."""
        super().__init__()
        self.rule = rule
        self._chosen = chosen
        kind = kind_of(rule.kind)
        scope = scope_words(rule, rules)
        limits = parameter_words(rule)
        state = "" if rule.enabled else "off"
        self.setAccessibleName(f"{kind.title}, {scope}, {limits}, {state or 'on'}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        give_focus_ring(self, 0)
        tone = tone_of(rule.severity) if rule.enabled else "text_3"
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        row.addWidget(StatusText("", tone, kind.icon), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(kind.title, Role.MEDIUM, "text" if rule.enabled else "text_3"))
        said = " · ".join(part for part in ("" if rule.everywhere else scope, limits) if part)
        words.addWidget(ElidedLabel(said or "no limits to set", Role.CAPTION, "text_3"))
        row.addLayout(words, 1)
        changed = "changed" if rule.id is not None and rule.everywhere else ""
        mark = "off" if not rule.enabled else changed
        if mark:
            row.addWidget(Label(mark, Role.CAPTION, "text_3"), 0, Qt.AlignmentFlag.AlignTop)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self)
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_J):
            self.focusNextChild()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_K):
            self.focusPreviousChild()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chosen:
            painter = QPainter(self)
            painter.fillRect(self.rect(), color("accent_soft"))
            painter.fillRect(0, 0, 2, self.height(), color("accent"))


def _heading(title: str) -> QWidget:
    heading = QWidget()
    heading.setProperty("inset", True)
    row = QHBoxLayout(heading)
    row.setContentsMargins(16, 6, 16, 6)
    row.addWidget(Label(title, Role.LABEL_MEDIUM, "text_2"))
    return heading
