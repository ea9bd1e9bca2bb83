"""The columns of the list of edits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from convergedesk.desktop.clock_words import moment
from convergedesk.desktop.models.column import Column
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.table.cells import AvatarCell, StatusCell, TextCell, TextLine
from convergedesk.domain.edits import Edit

_QUIET = TextCell(Role.BODY, "text_2")


def edit_columns(today: Callable[[], date], zone: tzinfo) -> tuple[Column[Edit], ...]:
    """What, where, when, who, and whether it still holds; times are this computer's."""

    def when(made_at: datetime) -> str:
        return moment(made_at, zone, today())

    return (
        Column(
            key="label",
            title="What was done",
            text=lambda edit: edit.label,
            value=lambda edit: TextLine(edit.label, Role.MEDIUM, "text_3" if edit.undone else "text"),
            cell=TextCell(),
            width=420,
            min_width=200,
            stretch=4,
        ),
        Column(
            key="account",
            title="Account",
            text=lambda edit: edit.account_name or "no account",
            value=lambda edit: edit.account_name,
            cell=_QUIET,
            width=200,
            min_width=110,
            stretch=2,
        ),
        Column(
            key="author",
            title="By",
            text=lambda edit: edit.author or "not stated",
            value=lambda edit: edit.author,
            cell=AvatarCell(named=True),
            width=160,
            min_width=90,
            stretch=1,
        ),
        Column(
            key="made_at",
            title="When",
            text=lambda edit: when(edit.made_at),
            cell=_QUIET,
            header_tooltip="By this computer's clock",
            width=130,
            min_width=110,
        ),
        Column(
            key="state",
            title="State",
            text=lambda edit: _state(edit).text or "holds",
            value=_state,
            cell=StatusCell(),
            width=120,
            min_width=96,
        ),
    )


def _state(edit: Edit) -> TextLine:
    if edit.undone:
        return TextLine("Undone", Role.LABEL_MEDIUM, "text_3", "arrow-counter-clockwise")
    if edit.restored:
        return TextLine("Taken back", Role.LABEL_MEDIUM, "text_3", "arrow-counter-clockwise")
    if edit.deletes:
        return TextLine("Deleted", Role.LABEL_MEDIUM, "warning", "trash")
    return TextLine("")
