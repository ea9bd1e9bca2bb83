"""The first rows of a file as they would be saved, and those that would be rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QStackedLayout, QWidget

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.importing.reject_columns import line_column, raw_column, reason_column
from convergedesk.desktop.pages.importing.state import WizardState
from convergedesk.desktop.theme import Role, font, theme
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.cells import TextCell, TextLine
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.figures.wording import count, number

if TYPE_CHECKING:
    from convergedesk.domain.records import Reject
    from convergedesk.sources.files import Field, FileMapping, Preview, PreviewRow

_ALL, _REJECTED = "all", "rejected"
_RIGHT = {"number", "integer", "money", "minutes", "rating"}
_LEAST, _MOST, _REASON, _PADDING = 64, 260, 220, 28
_LONGEST = 60


class PreviewCard(Card):
    """Shows what is known of the chosen table; says so while it is worked out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__("Preview", flush=True, parent=parent)
        self._preview: Preview | None = None
        self._asked = False
        self._titles: tuple[str, ...] = ()
        self._table: TableView | None = None
        self._choice: SegmentedControl | None = None
        self._host = QWidget()
        self._stack = QStackedLayout(self._host)
        self._empty = EmptyState("table", "")
        self._stack.addWidget(self._empty)
        self.add(self._host, 1)

    def show_state(self, state: WizardState) -> None:
        """Show the preview of a state."""
        mapping = state.mapping_of(state.table)
        # Until somebody says how dates or amounts are meant, no row is good or bad.
        asked = any(question.blocking for question in state.questions_of(state.table or ""))
        if mapping is not None and mapping.entity is None:
            self._say("This file is skipped", "Say what its rows are to import it.")
        elif state.preview is None:
            self.set_sub("working it out…" if state.table is not None else "")
        elif state.preview is not self._preview or asked != self._asked:
            self._asked = asked
            self._titles = _titles(state.preview, mapping)
            self._show(state.preview)

    def show_rejected(self) -> None:
        """Show the rejected rows, as a click on 'Show' asks for."""
        if self._choice is not None:
            self._choice.set_value(_REJECTED)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        rejected = 0 if self._asked else _rejected(preview)
        wanted = self._choice.value() if self._choice is not None else _ALL
        if self._choice is not None:
            self.header.removeWidget(self._choice)
            self._choice.hide()
            self._choice.deleteLater()
        self._choice = SegmentedControl(((_ALL, "All rows"), (_REJECTED, f"Rejected {number(rejected)}")))
        self._choice.setVisible(rejected > 0)
        self.add_to_header(self._choice)
        if wanted == _REJECTED and rejected:
            self._choice.set_value(_REJECTED)
        self._choice.value_changed.connect(self._on_choice)
        self._fill()

    def _fill(self) -> None:
        preview = self._preview
        if preview is None:
            return
        rejected_only = self._choice is not None and self._choice.value() == _REJECTED
        if self._table is not None:
            self._stack.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
            self._table = None
        if rejected_only:
            self._table = _reject_table(preview)
            shown = (
                f"{number(self._table.rows_model.rowCount())} of {count(_rejected(preview), 'rejected row')}"
            )
            self.set_sub(shown)
        elif not preview.rows:
            self._say("No rows", "The file holds headings and nothing below them.")
            return
        else:
            self._table = _row_table(preview, self._titles, judged=not self._asked)
            rows = f"{number(len(preview.rows))} of {count(preview.total_rows, 'row')}"
            how = "as written, until you have answered" if self._asked else "as it would be saved"
            self.set_sub(f"{how}, {rows}")
        self._stack.addWidget(self._table)
        self._stack.setCurrentWidget(self._table)

    def _say(self, title: str, sentence: str) -> None:
        self._preview = None
        self.set_sub("")
        if self._choice is not None:
            self._choice.hide()
        self._empty.set_empty(title, sentence)
        self._stack.setCurrentWidget(self._empty)

    @Slot(object)
    def _on_choice(self) -> None:
        self._fill()


def _rejected(preview: Preview) -> int:
    return preview.total_rows - preview.accepted


def _titles(preview: Preview, mapping: FileMapping | None) -> tuple[str, ...]:
    """The fields' labels; where several columns go to one field, such as a month each, their headings."""
    labels = [field.label for field in preview.fields]
    columns = [one.column for one in mapping.columns if one.field is not None] if mapping else []
    if len(columns) != len(labels):
        return tuple(labels)
    pairs = zip(labels, columns, strict=True)
    return tuple(heading if labels.count(label) > 1 else label for label, heading in pairs)


def _row_table(preview: Preview, titles: Sequence[str], *, judged: bool) -> TableView:
    last = len(preview.fields) - 1
    # The reason of a rejected row stands in place of its last cell.
    reasons = judged and any(row.reject is not None for row in preview.rows)
    columns = [
        _value_column(preview, field, titles[place], place, reasons=reasons and place == last)
        for place, field in enumerate(preview.fields)
    ]
    model: RowsModel[PreviewRow] = RowsModel(
        columns,
        id_of=lambda row: row.line,
        row_style=lambda row: "reject" if judged and row.reject is not None else "normal",
    )
    model.set_rows(preview.rows)
    table = TableView(model, name="Preview", lines=1, click_opens=False)
    model.setParent(table)
    return table


def _width_of(values: Sequence[str]) -> int:
    metrics = QFontMetricsF(font(Role.BODY))
    widest = max((metrics.horizontalAdvance(value[:_LONGEST]) for value in values), default=0.0)
    return min(max(round(widest / theme().text_scale) + _PADDING, _LEAST), _MOST)


def _value_column(
    preview: Preview, field: Field, title: str, place: int, *, reasons: bool
) -> Column[PreviewRow]:
    kind = field.type.value

    def text(row: PreviewRow) -> str:
        if reasons and row.reject is not None:
            return row.reject.reason
        return row.values[place] or "\N{EN DASH}"

    def value(row: PreviewRow) -> TextLine:
        if reasons and row.reject is not None:
            return TextLine(row.reject.reason, Role.LABEL_MEDIUM, "critical", "x-circle")
        tone = "text_3" if not row.values[place] or place == 0 else "text"
        return TextLine(row.values[place] or "\N{EN DASH}", Role.BODY, tone)

    # Sized by what stands in it; a table wider than its card is moved sideways.
    width = _width_of([row.values[place] for row in preview.rows])
    return Column(
        key=f"{place} {field.key}",
        title=title,
        text=text,
        value=value,
        cell=TextCell(),
        align="right" if kind in _RIGHT and not reasons else "left",
        header_tooltip=field.help,
        width=max(width, _REASON) if reasons else width,
        min_width=max(width, _REASON) if reasons else width,
        stretch=2 if kind == "text" or reasons else 1,
    )


def _reject_table(preview: Preview) -> TableView:
    columns: list[Column[Reject]] = [
        line_column(lambda reject: reject.line),
        reason_column(lambda reject: reject.reason),
        raw_column("Row as it stands in the file", lambda reject: reject.raw),
    ]
    examples = [reject for group in preview.rejects for reject in group.examples]
    model: RowsModel[Reject] = RowsModel(columns, id_of=lambda reject: (reject.line, reject.code))
    model.set_rows(sorted(examples, key=lambda reject: reject.line))
    table = TableView(model, name="Rejected rows", lines=1, click_opens=False)
    model.setParent(table)
    return table
