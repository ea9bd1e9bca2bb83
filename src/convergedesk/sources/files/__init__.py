"""File import as a source: from whatever people export to typed pages of records.

Names are loaded when they are asked for, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convergedesk.sources.casting.dates import DateOrder
    from convergedesk.sources.casting.numbers import DecimalStyle
    from convergedesk.sources.files.catalogue import Field, FieldType, entity_label, fields_of
    from convergedesk.sources.files.file_set import FileSet, open_files
    from convergedesk.sources.files.guessing import guess, with_entity, with_field
    from convergedesk.sources.files.mapping import (
        Answers,
        Certainty,
        ColumnMapping,
        Combine,
        DateEvidence,
        Duplicates,
        FileMapping,
        Known,
        Mapping,
    )
    from convergedesk.sources.files.mapping_file import (
        apply_saved,
        load_mapping,
        mapping_from_toml,
        mapping_to_toml,
        save_mapping,
    )
    from convergedesk.sources.files.open_questions import (
        Choice,
        Question,
        QuestionKind,
        answer,
        questions,
        require_answers,
    )
    from convergedesk.sources.files.previewing import Preview, PreviewRow, RejectCount, preview
    from convergedesk.sources.files.source import FileSource
    from convergedesk.sources.files.tables import Accounting, Column, ReadOptions, Skipped, Table, TableKind
    from convergedesk.sources.files.templates import write_templates

_HERE = "convergedesk.sources.files."
_HOMES = {
    **dict.fromkeys(("DateOrder",), "convergedesk.sources.casting.dates"),
    **dict.fromkeys(("DecimalStyle",), "convergedesk.sources.casting.numbers"),
    **dict.fromkeys(("Field", "FieldType", "entity_label", "fields_of"), _HERE + "catalogue"),
    **dict.fromkeys(("FileSet", "open_files"), _HERE + "file_set"),
    **dict.fromkeys(("guess", "with_entity", "with_field"), _HERE + "guessing"),
    **dict.fromkeys(("Answers", "Certainty", "ColumnMapping", "Combine", "DateEvidence"), _HERE + "mapping"),
    **dict.fromkeys(("Duplicates", "FileMapping", "Known", "Mapping"), _HERE + "mapping"),
    **dict.fromkeys(("apply_saved", "load_mapping", "mapping_from_toml"), _HERE + "mapping_file"),
    **dict.fromkeys(("mapping_to_toml", "save_mapping"), _HERE + "mapping_file"),
    **dict.fromkeys(("Preview", "PreviewRow", "RejectCount", "preview"), _HERE + "previewing"),
    **dict.fromkeys(("Choice", "Question", "QuestionKind", "answer"), _HERE + "open_questions"),
    **dict.fromkeys(("questions", "require_answers"), _HERE + "open_questions"),
    **dict.fromkeys(("FileSource",), _HERE + "source"),
    **dict.fromkeys(
        ("Accounting", "Column", "ReadOptions", "Skipped", "Table", "TableKind"), _HERE + "tables"
    ),
    **dict.fromkeys(("write_templates",), _HERE + "templates"),
}

__all__ = [
    "Accounting",
    "Answers",
    "Certainty",
    "Choice",
    "Column",
    "ColumnMapping",
    "Combine",
    "DateEvidence",
    "DateOrder",
    "DecimalStyle",
    "Duplicates",
    "Field",
    "FieldType",
    "FileMapping",
    "FileSet",
    "FileSource",
    "Known",
    "Mapping",
    "Preview",
    "PreviewRow",
    "Question",
    "QuestionKind",
    "ReadOptions",
    "RejectCount",
    "Skipped",
    "Table",
    "TableKind",
    "answer",
    "apply_saved",
    "entity_label",
    "fields_of",
    "guess",
    "load_mapping",
    "mapping_from_toml",
    "mapping_to_toml",
    "open_files",
    "preview",
    "questions",
    "require_answers",
    "save_mapping",
    "with_entity",
    "with_field",
    "write_templates",
]


def __getattr__(name: str) -> object:
    """Load the module that a public name lives in."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(home), name)
