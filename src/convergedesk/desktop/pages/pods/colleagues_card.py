"""Our own people: who they are to us, and in which pods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.engagement.words import ROLE_WORDS
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.states import EmptyState
from convergedesk.desktop.widgets.table.cells import AvatarCell, TwoLine, TwoLineCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.accounts import Person, PersonId, PersonRole, Pod
from convergedesk.figures.wording import count

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext

_ROW = 53
_HEAD = 34
_SHOWN = 6


class ColleaguesCard(Card):
    """Adds, edits and takes out colleagues; a click on one opens it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("Colleagues", flush=True, parent=parent)
        self._context = context
        self._pods: Mapping[PersonId, str] = {}
        self._wanted: PersonId | None = None
        self._rows = RowsModel[Person](self._columns(), id_of=lambda one: one.id, parent=self)
        self.table = TableView(self._rows, name="Colleagues")
        empty = EmptyState("users", "Nobody of you is known yet", "", "Add a colleague")
        empty.action_clicked.connect(self.add_colleague)
        self.table.set_empty(empty)
        self.table.activated_id.connect(self._on_opened)
        add = Button("Add", icon="plus", small=True)
        add.setAccessibleName("Add a colleague")
        add.clicked.connect(self.add_colleague)
        self.add_to_header(add)
        self.add(self.table)

    def show_people(self, people: Sequence[Person], pods: Sequence[Pod]) -> None:
        """Show our people with the pods that they are in."""
        named: dict[PersonId, list[str]] = {}
        for pod in pods:
            for member in pod.member_ids:
                named.setdefault(member, []).append(pod.name)
        self._pods = {person: ", ".join(names) for person, names in named.items()}
        self._rows.set_rows(people)
        self._show_wanted()
        self.set_sub(count(len(people), "person", "people") if people else "")
        shown = min(max(len(people), 2), _SHOWN)
        self.table.setFixedHeight(theme().px(_HEAD + shown * _ROW))

    def show_colleague(self, person_id: PersonId) -> None:
        """Select a colleague, as soon as they are read."""
        self._wanted = person_id
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is not None and self._rows.position_of(self._wanted) is not None:
            self.table.select_id(self._wanted)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = None

    @Slot()
    def add_colleague(self) -> None:
        """Open the form of a new colleague."""
        self._open(Person(PersonId(0), "", None, PersonRole.SUPPORT_AGENT))

    @Slot(object)
    def _on_opened(self, person_id: PersonId) -> None:
        found = next((one for one in self._rows.rows if one.id == person_id), None)
        if found is not None:
            self._open(found)

    def _open(self, person: Person) -> None:
        from convergedesk.desktop.engagement.person_dialog import open_person
        from convergedesk.figures.people import PersonView

        open_person(self, self._context, "New colleague", PersonView(person, None), UTC)

    def _columns(self) -> tuple[Column[Person], ...]:
        return (
            Column(key="who", title="", text=lambda one: one.name, cell=AvatarCell(), width=44, min_width=44),
            Column(
                key="name",
                title="Name",
                text=lambda one: f"{one.name}, {self._told(one)}",
                value=lambda one: TwoLine(one.name, self._told(one)),
                cell=TwoLineCell(Role.MEDIUM),
                sort_key=lambda one: one.name.casefold(),
                sortable=True,
                width=240,
                min_width=150,
                stretch=1,
            ),
        )

    def _told(self, person: Person) -> str:
        role = ROLE_WORDS[person.role]
        pods = self._pods.get(person.id, "")
        return f"{role} · {pods}" if pods else role
