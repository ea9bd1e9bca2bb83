"""The wizard's titles and states in plain words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from convergedesk.desktop.pages.importing.state import Step, WizardState
from convergedesk.desktop.phrases import listing
from convergedesk.domain.records import EntityKind
from convergedesk.figures.wording import count, number
from convergedesk.sources.files.catalogue import FieldType, entities, entity_label

if TYPE_CHECKING:
    from convergedesk.desktop.pages.importing.outcome import Outcome
    from convergedesk.sources.files import ColumnMapping, FileMapping, Table

_ZONE = re.compile(r"(Z|UTC|GMT|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_NOTHING_SAVED = "Nothing is saved until you confirm"


DATE_ORDERS = {"dmy": "day first", "mdy": "month first"}


class Sign(NamedTuple):
    """A word of state with its tone and icon."""

    text: str
    tone: str
    icon: str


REASONS = {
    "ragged": "other number of columns",
    "bad_date": "date cannot be read",
    "bad_number": "number cannot be read",
    "missing": "a needed field is empty",
    "duplicate": "same key twice",
    "unknown_account": "account not known",
    "ambiguous_account": "several accounts fit",
    "encoding": "characters cannot be read",
    "too_large": "cell too large",
    "unclosed_quote": "quotation mark never closed",
    "unknown_reference": "refers to something unknown",
    "empty": "empty row",
    "ignored_account": "name is ignored, as decided",
    "other_currency": "in another currency",
    "held_back": "held back with its contract",
}


def reason_phrase(code: str) -> str:
    """A reject's code in a few words."""
    return REASONS.get(code, code.replace("_", " "))


def kind_label(entity: EntityKind | None) -> str:
    """'Tickets', or 'Skip' for a file that is not imported."""
    return entity_label(entity) if entity is not None else "Skip"


KINDS = tuple((entity, kind_label(entity)) for entity in (*EntityKind, None))


def table_sign(state: WizardState, name: str) -> Sign:
    """How sure it is what a file holds, or what is still open about it."""
    mapping = state.mapping_of(name)
    if mapping is None or mapping.entity is None:
        return Sign("not imported", "text_3", "minus-circle")
    open_questions = [question for question in state.questions_of(name) if question.blocking]
    if open_questions:
        return Sign(count(len(open_questions), "question"), "warning", "warning")
    if mapping.certainty.value == "sure":
        return Sign("sure", "good", "check-circle")
    return Sign("likely, check", "text_2", "question")


def column_sign(column: ColumnMapping, mapping: FileMapping, *, asked: bool) -> Sign:
    """How a column was matched; `asked` where a question is open about it."""
    if asked:
        return Sign(column.remark, "warning", "warning")
    evidence = mapping.date_evidence
    if evidence is not None and column.column in evidence.columns and mapping.date_order is not None:
        return Sign(DATE_ORDERS[mapping.date_order.value], "good", "check-circle")
    if column.field is None:
        return Sign(column.remark, "text_3", "minus-circle")
    if column.certainty.value == "sure":
        return Sign(column.remark, "good", "check-circle")
    return Sign(column.remark, "text_2", "question")


def naive_times(table: Table, mapping: FileMapping) -> tuple[str, ...]:
    """Columns with times of day that state no zone."""
    found: list[str] = []
    for one in mapping.columns:
        column = table.column(one.column)
        field = entities()[mapping.entity].field(one.field) if mapping.entity and one.field else None
        if column is None or field is None or field.type is not FieldType.TIME:
            continue
        if any(":" in text and not _ZONE.search(text) for text in column.samples):
            found.append(one.column)
    return tuple(found)


def table_facts(table: Table) -> str:
    """'4,218 rows, 9 columns'."""
    return f"{count(table.rows, 'row')}, {count(len(table.columns), 'column')}"


def title(state: WizardState) -> str:
    """The finding of the step on screen."""
    if state.result is not None:
        return _result_title(state.result)
    if state.stopped_at is not None:
        return "The import was stopped"
    if state.running is not None:
        return "Trying the import" if state.step is Step.TOTALS else "Importing"
    if state.reading is not None:
        return "Reading the files"
    if state.findings is None:
        return "Import files"
    if not state.taken:
        return "No table was found in these files"
    if state.step is Step.TOTALS and state.trial is not None:
        return _trial_title(state.trial)
    if state.blocking:
        return f"{_number_word(len(state.blocking), 'question')} before {_blocked(state)} can come in"
    if state.step is Step.FILES:
        return f"{count(len(state.taken), 'file')} to import"
    return f"{count(_taken_rows(state), 'row')} ready to check"


def subtitle(state: WizardState) -> str:
    """What the title rests on."""
    if state.result is not None:
        return _result_subtitle(state.result, state.paths)
    if state.findings is None:
        return f"{_NOTHING_SAVED} · your files stay as they are"
    if state.running is not None and state.step is Step.IMPORT:
        return "What is finished stays, even if you stop now"
    return f"{_NOTHING_SAVED} · {places(state.paths)} · matches are remembered for next time"


def places(paths: tuple[Path, ...]) -> str:
    """Where the files are from: 'folder Downloads/support-export', 'accounts.csv and tickets.csv'."""
    if len(paths) == 1 and not paths[0].suffix:
        return f"folder {'/'.join(paths[0].parts[-2:])}"
    return listing([path.name for path in paths], 2)


def stopped_sentence(state: WizardState) -> str:
    """What a stopped import kept."""
    at = state.stopped_at
    if at is None:
        return ""
    if not at.done:
        return "Nothing was saved."
    of = f" of {number(at.total)}" if at.total else ""
    return (
        f"It was stopped at about {number(at.done)}{of} rows. Everything up to the last finished page "
        "is kept; importing the same files again doubles nothing."
    )


def _result_title(outcome: Outcome) -> str:
    if outcome.cancelled:
        return f"Stopped: {count(outcome.imported, 'row')} kept"
    if not outcome.new and not outcome.changed and not outcome.rejected:
        return "Everything was there already"
    rejected = f", {number(outcome.rejected)} rejected" if outcome.rejected else ""
    return (
        f"{count(outcome.imported, 'row')} are in{rejected}"
        if outcome.imported != 1
        else f"1 row is in{rejected}"
    )


def _result_subtitle(outcome: Outcome, paths: tuple[Path, ...]) -> str:
    if outcome.cancelled:
        return "What was finished is kept; importing the same files again doubles nothing"
    parts = (
        (outcome.new, "new"),
        (outcome.changed, "changed"),
        (outcome.unchanged, "left as they are"),
        (outcome.waiting, "waiting for their account"),
    )
    said = [f"{number(rows)} {word}" for rows, word in parts if rows]
    return " · ".join([", ".join(said) or "no rows", places(paths)])


def _trial_title(outcome: Outcome) -> str:
    if not outcome.new and not outcome.changed:
        return "Nothing would change" if not outcome.rejected else "Nothing new would come in"
    if outcome.new == outcome.rows:
        return f"All {count(outcome.rows, 'row')} are new" if outcome.rows > 1 else "The one row is new"
    parts: list[str] = []
    if outcome.new:
        parts.append(f"{number(outcome.new)} new")
    if outcome.changed:
        parts.append(f"{number(outcome.changed)} changed")
    if outcome.rejected:
        parts.append(f"{number(outcome.rejected)} rejected")
    return f"{count(outcome.rows, 'row')}: {', '.join(parts)}"


def _blocked(state: WizardState) -> str:
    """'4,218 tickets' where one file waits for an answer, '5,900 rows' where several do."""
    names = {question.table for question in state.blocking}
    rows = sum(table.rows for table in state.tables if table.name in names)
    kinds = {one.entity for one in state.taken if one.table in names}
    noun = kind_label(kinds.pop()).lower() if len(kinds) == 1 else "rows"
    return f"{number(rows)} {noun}"


def _taken_rows(state: WizardState) -> int:
    names = {one.table for one in state.taken}
    return sum(table.rows for table in state.tables if table.name in names)


def _number_word(quantity: int, noun: str) -> str:
    return f"One {noun}" if quantity == 1 else count(quantity, noun)
