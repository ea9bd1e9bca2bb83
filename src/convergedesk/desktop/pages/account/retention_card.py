"""Net and gross revenue retention of the account, each with the basis it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from convergedesk.desktop.askable import askable
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import ElidedLabel, Label
from convergedesk.figures.wording import percent

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.figures.retained import RetentionFigure
    from convergedesk.figures.why import Why

_MOST = 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RetentionCard(Card):
    """One row per basis and currency; every share answers 'Why?'."""

    def __init__(self, context: PageContext | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Revenue retention", parent=parent)
        self._found: tuple[RetentionFigure, ...] = ()
        self._part = ""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self._heads = [Label(words, Role.CAPTION, "text_3") for words in ("Basis", "Net", "Gross")]
        for column, head in enumerate(self._heads):
            head.setAlignment(_RIGHT if column else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, column)
        self.rows = [_Row(self, position, grid, context) for position in range(_MOST)]
        self.body.addLayout(grid)
        self._note = Label("", Role.LABEL, "text_3", wrap=True)
        self.add(self._note)

    def set_retention(self, found: Sequence[RetentionFigure], part: str = "") -> None:
        """Show both bases in each currency; what lacks says why. `part` names the account in ids."""
        self._found = tuple(one for one in found if one.nrr is not None or one.grr is not None)[:_MOST]
        self._part = part
        for position, row in enumerate(self.rows):
            row.show_figure(self._found[position] if position < len(self._found) else None)
        for head in self._heads:
            head.setVisible(bool(self._found))
        lacks = dict.fromkeys(
            f"{one.basis[:1].upper()}{one.basis[1:]}: {one.missing}" for one in found if one.missing
        )
        words = " ".join(lacks)
        if not found:
            words = "Bills or a commitment of a year ago bring it."
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def explain(self, position: int, *, gross: bool) -> Why | None:
        """What stands behind a share."""
        from convergedesk.figures.retained import why_retention

        if position >= len(self._found):
            return None
        return why_retention(self._found[position], self._part or "all", gross=gross)


class _Row:
    """Basis, net and gross, in a grid."""

    def __init__(
        self, card: RetentionCard, position: int, grid: QGridLayout, context: PageContext | None
    ) -> None:
        self._basis = ElidedLabel("", Role.BODY, "text_2")
        self.net = Label("", Role.STRONG)
        self.gross = Label("", Role.STRONG)
        for column, widget in enumerate((self._basis, self.net, self.gross)):
            widget.setAlignment(_RIGHT if column else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(widget, position + 1, column)
        askable(self.net, lambda: card.explain(position, gross=False), context=context)
        askable(self.gross, lambda: card.explain(position, gross=True), context=context)

    def show_figure(self, figure: RetentionFigure | None) -> None:
        for widget in (self._basis, self.net, self.gross):
            widget.setVisible(figure is not None)
        if figure is None:
            return
        basis = f"{figure.basis[:1].upper()}{figure.basis[1:]}"
        self._basis.setText(f"{basis}, {figure.currency}")
        for widget, name, share in ((self.net, "Net", figure.nrr), (self.gross, "Gross", figure.grr)):
            widget.setText("–" if share is None else percent(share))
            widget.setAccessibleName(f"{name} revenue retention, {basis}: {widget.text()}")
