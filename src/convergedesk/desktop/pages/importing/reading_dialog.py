"""How a file is read, where the program took it wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from convergedesk.desktop.pages.importing.time_zone_card import time_zones
from convergedesk.desktop.theme import Role, theme
from convergedesk.desktop.widgets.dialog import Dialog
from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.sources.casting.numbers import DecimalStyle
from convergedesk.sources.files.mapping import Duplicates
from convergedesk.sources.files.tables import ReadOptions

if TYPE_CHECKING:
    from convergedesk.sources.files import FileMapping, Table

_FOUND_OUT = "found out"
_ENCODINGS = (
    (_FOUND_OUT, "Find out"),
    ("utf-8", "UTF-8"),
    ("cp1252", "Western European (Windows-1252)"),
    ("iso8859-15", "Western European (ISO 8859-15)"),
    ("cp1250", "Central European (Windows-1250)"),
    ("cp1251", "Cyrillic (Windows-1251)"),
    ("utf-16", "UTF-16"),
    ("cp932", "Japanese (Shift JIS)"),
    ("gb18030", "Chinese (GB 18030)"),
)
_DELIMITERS = (
    (_FOUND_OUT, "Find out"),
    (",", "Comma"),
    (";", "Semicolon"),
    ("\t", "Tab"),
    ("|", "Vertical bar"),
)


_DECIMALS = ((DecimalStyle.POINT, "Point, as in 1,234.5"), (DecimalStyle.COMMA, "Comma, as in 1.234,5"))
_DUPLICATES = (
    (Duplicates.FIRST, "Take the first, reject the others"),
    (Duplicates.LAST, "Take the last, reject the others"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the person said about reading a file.

    Attributes:
        options: Characters, separator and line of the headings; None leaves each to the program.
        decimals: How numbers are read that could be read in two ways.
        time_zone: IANA name of the zone that times without one are in.
        duplicates: Which of several rows with one key is taken.
    """

    options: ReadOptions
    decimals: DecimalStyle
    time_zone: str
    duplicates: Duplicates


class ReadingDialog(Dialog):
    """Offers what applies to the file's form; `chosen` brings a `Reading`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, table: Table, mapping: FileMapping) -> None:
        """Filled with what is in force."""
        super().__init__(parent, f"How {table.title} is read", width=theme().px(460))
        self.body.addWidget(
            Label(f"At present: {table.reading or 'as found'}.", Role.BODY, "text_2", wrap=True)
        )
        options = table.options
        delimited = table.kind.value == "delimited"
        self.encoding = Select(_ENCODINGS)
        self.encoding.set_value(options.encoding or _FOUND_OUT)
        self.delimiter = Select(_DELIMITERS)
        self.delimiter.set_value(options.delimiter or _FOUND_OUT)
        self.header = TextField("found out")
        if options.header_line is not None:
            self.header.setText(str(options.header_line))
        self.time_zone = Select(time_zones())
        self.time_zone.set_value(mapping.time_zone)
        self.decimals = Select(_DECIMALS)
        self.decimals.set_value(mapping.decimals)
        self.duplicates = Select(_DUPLICATES)
        self.duplicates.set_value(mapping.duplicates)
        self._header_row = FormRow(
            "Line of the headings", self.header, "Counted from 1; 0 where there are no headings"
        )
        if delimited:
            self.body.addWidget(FormRow("Characters", self.encoding))
            self.body.addWidget(FormRow("Columns are separated by", self.delimiter))
        if table.kind.value in ("delimited", "spreadsheet"):
            self.body.addWidget(self._header_row)
            self.body.addWidget(
                FormRow("Decimal sign, where a number can be read in two ways", self.decimals)
            )
        self.body.addWidget(FormRow("Of rows with the same key", self.duplicates))
        self.body.addWidget(
            FormRow("Times without a zone are in", self.time_zone, "Where the support desk's export was made")
        )
        cancel = self.add_button("Cancel", "quiet")
        cancel.clicked.connect(self.reject)
        self.read_button = self.add_button("Read it so", "primary")
        self.read_button.clicked.connect(self._on_read)

    @Slot()
    def _on_read(self) -> None:
        typed = self.header.text().strip()
        if typed and not typed.isdecimal():
            self._header_row.set_fault(f"“{typed}” is no line number.")
            return
        options = ReadOptions(
            _known(self.encoding.value()), _known(self.delimiter.value()), int(typed) if typed else None
        )
        self.chosen.emit(
            Reading(
                options,
                cast("DecimalStyle", self.decimals.value()),
                cast("str", self.time_zone.value() or "UTC"),
                cast("Duplicates", self.duplicates.value()),
            )
        )
        self.accept()


def _known(value: object) -> str | None:
    return None if value in (_FOUND_OUT, None) else str(value)
