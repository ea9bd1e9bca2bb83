"""What the sections of the contract editor have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.pages.contracts.form import ContractForm
from convergedesk.desktop.pages.contracts.view_model import ContractsViewModel
from convergedesk.desktop.widgets.date_field import DateField
from convergedesk.desktop.widgets.fields import TextField
from convergedesk.domain.contract_check import ContractFinding, Part


class Section(QWidget):
    """One section: laid out anew when rows come or go, checked again after every key."""

    def __init__(self, model: ContractsViewModel, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._part = part
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def lay_out(self, form: ContractForm) -> None:
        """Build the fields of a form."""
        raise NotImplementedError

    def check(self) -> None:
        """Show what is wrong with the fields."""
        raise NotImplementedError

    @property
    def _form(self) -> ContractForm:
        form = self._model.form
        assert form is not None  # noqa: S101 - sections are shown with a form alone
        return form

    def _problems(self, path: str) -> list[tuple[str, str]]:
        """(field, sentence) of what could not be read beneath a path."""
        prefix = f"{path}."
        return [
            (field.removeprefix(prefix), sentence)
            for field, sentence in self._model.reading.problems.items()
            if field.startswith(prefix)
        ]

    def _found(self, place: int, tier: int | None = None) -> list[ContractFinding]:
        """What was found in a row of this section."""
        form = self._form
        return [
            one
            for one in self._model.findings
            if one.contract_id == form.contract_id
            and one.part is self._part
            and one.place == place
            and one.tier == tier
        ]


def sentences(findings: Iterable[ContractFinding], *, blocking: bool) -> list[str]:
    """The sentences of mistakes, or of what is only odd."""
    return list(dict.fromkeys(one.sentence for one in findings if one.blocking is blocking))


def without(rows: Sequence[object], place: int) -> tuple[object, ...]:
    """Rows without the one at a place."""
    return (*rows[:place], *rows[place + 1 :])


def text_field(value: str, placeholder: str, changed: object) -> TextField:
    """A field that tells each change."""
    field = TextField(placeholder, value)
    field.textChanged.connect(changed)
    return field


def day_field(model: ContractsViewModel, value: object, changed: object) -> DateField:
    """A field for a day that tells each change."""
    book = model.book
    assert book is not None  # noqa: S101 - sections are shown with a book alone
    field = DateField(book.today)
    field.set_day(value)  # pyright: ignore[reportArgumentType]
    field.day_changed.connect(changed)
    return field
