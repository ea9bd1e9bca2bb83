"""The People tab: who is at the customer, in which role, when they were last in touch, who left."""

from __future__ import annotations

from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from convergedesk.desktop.clock_words import zone_of
from convergedesk.desktop.engagement.person_dialog import open_person
from convergedesk.desktop.engagement.words import CUSTOMER_ROLES, contact_words
from convergedesk.desktop.faults import error_state
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.pages.account.own_reading import OwnReading
from convergedesk.desktop.phrases import near_day
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.button import Button
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.fields import SearchField
from convergedesk.desktop.widgets.paint import BadgeValue
from convergedesk.desktop.widgets.states import EmptyState, Loading
from convergedesk.desktop.widgets.table.cells import AvatarCell, BadgeCell, TextCell, TwoLine, TwoLineCell
from convergedesk.desktop.widgets.table.view import TableView
from convergedesk.domain.accounts import Person, PersonId, PersonRole
from convergedesk.figures.people import KEY_ROLES, PersonView, has_left
from convergedesk.figures.wording import count
from convergedesk.workspace.changes import Kind

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.navigator import Item
    from convergedesk.domain.accounts import AccountId
    from convergedesk.workspace.people import AccountPeople
    from convergedesk.workspace.session import Workspace

_KINDS = frozenset({Kind.PEOPLE, Kind.ENGAGEMENT, Kind.TICKETS, Kind.ACCOUNTS, Kind.LINKS})
_ROLES = dict(CUSTOMER_ROLES)
_SEARCH_FROM = 8


class PeopleTab(QWidget):
    """People in a table; a row opens to be edited.

    Signals:
        count_changed: How many are still there.
    """

    count_changed = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Empty until `show_account`."""
        super().__init__(parent)
        self._context = context
        self._zone: tzinfo = UTC
        self._wanted: int | None = None
        self.reading = OwnReading(context, _read, _KINDS, self)
        self._model = RowsModel[PersonView](
            self._columns(),
            id_of=lambda view: view.person.id,
            row_style=self._style,
            parent=self,
        )
        self.table = TableView(self._model, name="People")
        self.table.set_empty(EmptyState("users", "Nobody by that name"))
        self.table.activated_id.connect(self._on_opened)
        self.search = SearchField("Find a person")
        self.search.setFixedWidth(220)
        self.search.search_changed.connect(self._on_search)
        self._card = Card("People", flush=True)
        self._card.add_to_header(self.search)
        add = Button("Add person", "primary", icon="plus")
        add.clicked.connect(self._on_add)
        self._card.add_to_header(add)
        self._card.add(self.table, 1)
        self._loading = Loading(self._card)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._loading)
        self.reading.loading.connect(self._loading.start)
        self.reading.loaded.connect(self._on_loaded)
        self.reading.failed.connect(self._on_failed)

    def show_account(self, account_id: AccountId, *, with_sites: bool = True) -> None:
        """Show the people of an account, with its sites' or alone."""
        self.reading.show_account(account_id, with_sites=with_sites)

    def show_item(self, item: Item) -> None:
        """Select a person and bring them into sight, as soon as they are read."""
        self._wanted = item.id if item.kind == "person" else None
        self._show_wanted()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        if self.search.isVisible():
            self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reading.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.set_shown(False)

    @Slot(object)
    def _on_loaded(self, read: AccountPeople) -> None:
        self._zone = zone_of(read.time_zone)
        today = self._context.today()
        here = [view for view in read.people if not has_left(view.person, today)]
        self.count_changed.emit(len(here))
        if not read.people:
            said = "Import contacts from your CRM, or add the first one yourself."
            empty = EmptyState("users", "Nobody known yet", said, "Add person")
            empty.action_clicked.connect(self._on_add)
            self._loading.show_instead(empty)
            return
        gone = len(read.people) - len(here)
        said = count(len(here), "person", "people")
        self._card.set_sub(f"{said} · {gone} left the company" if gone else said)
        self.search.setVisible(len(read.people) >= _SEARCH_FROM)
        self._model.set_rows(sorted(read.people, key=lambda view: has_left(view.person, today)))
        self._loading.finish()
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is None or self.reading.value is None:
            return
        self.search.clear()
        self._model.set_filter(None)
        self.table.select_id(self._wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = None

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        failure = error_state("The people could not be read", error)
        failure.fix_clicked.connect(self.reading.reload)
        self._loading.show_instead(failure)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        words = text.casefold().split()
        if not words:
            self._model.set_filter(None)
            return

        def fits(view: PersonView) -> bool:
            person = view.person
            told = f"{person.name} {person.title or ''} {person.email or ''} {_ROLES.get(person.role, '')}"
            return all(word in told.casefold() for word in words)

        self._model.set_filter(fits)

    @Slot()
    def _on_add(self) -> None:
        account_id = self.reading.account_id
        if account_id is not None:
            self._open(PersonView(Person(PersonId(0), "", account_id, PersonRole.USER), None))

    @Slot(object)
    def _on_opened(self, person_id: PersonId) -> None:
        read: AccountPeople | None = self.reading.value
        if read is not None:
            self._open(next(view for view in read.people if view.person.id == person_id))

    def _open(self, view: PersonView) -> None:
        read: AccountPeople | None = self.reading.value
        name = read.account_name if read is not None else ""
        open_person(self, self._context, f"New person at {name}", view, self._zone)

    def _style(self, view: PersonView) -> Literal["normal", "muted"]:
        """A sponsor who left must not fade away."""
        return (
            "muted" if has_left(view.person, self._context.today()) and not _is_key(view.person) else "normal"
        )

    def _columns(self) -> tuple[Column[PersonView], ...]:
        today = self._context.today
        return (
            Column(
                key="who",
                title="",
                text=lambda view: view.person.name,
                cell=AvatarCell(),
                width=44,
                min_width=44,
            ),
            Column(
                key="name",
                title="Name",
                text=lambda view: f"{view.person.name}, {view.person.title or ''}".rstrip(", "),
                value=lambda view: TwoLine(view.person.name, view.person.title or ""),
                cell=TwoLineCell(Role.MEDIUM),
                sort_key=lambda view: view.person.name.casefold(),
                sortable=True,
                width=240,
                min_width=150,
                stretch=2,
            ),
            Column(
                key="role",
                title="Role",
                text=lambda view: _role_text(view.person, today()),
                value=lambda view: _role_badge(view.person, today()),
                cell=BadgeCell(),
                sort_key=lambda view: list(PersonRole).index(view.person.role),
                sortable=True,
                width=200,
                min_width=120,
                stretch=1,
            ),
            Column(
                key="contact",
                title="Last contact",
                text=lambda view: ", ".join(contact_words(view.last_contact, today(), self._zone)),
                value=lambda view: TwoLine(
                    *contact_words(view.last_contact, today(), self._zone),
                    title_tone="text" if view.last_contact is not None else "text_3",
                ),
                cell=TwoLineCell(Role.BODY),
                sort_key=lambda view: None if view.last_contact is None else view.last_contact.at,
                sortable=True,
                descending_first=True,
                header_tooltip="The latest check-in, ticket or message in a ticket that names the person",
                width=220,
                min_width=150,
                stretch=1,
            ),
            Column(
                key="email",
                title="Email",
                text=lambda view: view.person.email or "",
                cell=TextCell(Role.BODY, "text_2"),
                width=220,
                min_width=120,
                stretch=1,
            ),
        )


def _role_text(person: Person, today: date) -> str:
    role = _ROLES.get(person.role, person.role.value.replace("_", " ").capitalize())
    return f"{role}, {_left(person, today)}" if person.left_on is not None else role


def _role_badge(person: Person, today: date) -> BadgeValue:
    if person.left_on is not None:
        role = _ROLES.get(person.role, "")
        return BadgeValue(
            f"{role}, {_left(person, today)}", "critical" if _is_key(person) else "neutral", "sign-out"
        )
    return BadgeValue(_ROLES.get(person.role, ""), "accent" if _is_key(person) else "neutral", "")


def _left(person: Person, today: date) -> str:
    if person.left_on is None:
        return ""
    verb = "left" if has_left(person, today) else "leaves"
    return f"{verb} {near_day(person.left_on, today)}"


def _is_key(person: Person) -> bool:
    return person.role in KEY_ROLES


def _read(workspace: Workspace, account_id: AccountId, with_sites: bool) -> AccountPeople:
    from convergedesk.workspace.people import account_people

    return account_people(workspace, account_id, with_sites=with_sites)
