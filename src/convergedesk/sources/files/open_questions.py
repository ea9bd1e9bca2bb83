"""What only a person can answer before files come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from convergedesk.domain.errors import QuestionError, SourceError
from convergedesk.domain.money import is_currency_code
from convergedesk.domain.records import EntityKind
from convergedesk.sources.casting.dates import DateOrder, parse_moment
from convergedesk.sources.files.catalogue import entities
from convergedesk.sources.files.mapping import DateEvidence, FileMapping, Mapping
from convergedesk.sources.files.settle import LISTS, money_columns


class QuestionKind(StrEnum):
    """What is asked."""

    DATE_ORDER = "date_order"
    CURRENCY = "currency"
    WHOLE_LIST = "whole_list"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose.

    Attributes:
        value: What `answer` takes.
        label: In plain words.
        lines: What speaks for it and what it would cost.
    """

    value: str
    label: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a file.

    Attributes:
        kind: What is asked.
        table: The file.
        columns: The columns that it concerns.
        title: The question itself.
        sentence: Why it is asked.
        choices: The answers; for a currency any ISO code is one too.
        flags: The command-line flags that answer it.
        blocking: True where nothing can be imported without an answer.
    """

    kind: QuestionKind
    table: str
    columns: tuple[str, ...]
    title: str
    sentence: str
    choices: tuple[Choice, ...]
    flags: tuple[str, ...]
    blocking: bool


def questions(mapping: Mapping) -> tuple[Question, ...]:
    """The questions that are open, those that block first."""
    found: list[Question] = []
    asked: set[EntityKind] = set()
    for file in mapping.files:
        if file.entity is None:
            continue
        if file.date_evidence is not None and file.date_order is None:
            found.append(_date_question(file, file.date_evidence))
        if needs_currency(file):
            found.append(_currency_question(file))
        if file.entity in LISTS and file.whole is None and file.entity not in asked:
            asked.add(file.entity)
            found.append(_list_question(file, file.entity))
    return tuple(sorted(found, key=lambda question: not question.blocking))


def needs_currency(file: FileMapping) -> bool:
    """True where money comes in whose currency nobody has stated."""
    money = money_columns(file)
    return (
        bool(money)
        and file.currency is None
        and not file.has("currency")
        and any(not column.currency for column in money)
    )


def _date_question(file: FileMapping, evidence: DateEvidence) -> Question:
    by_day, by_month = (parse_moment(evidence.example, order) for order in DateOrder)
    day = f"{by_day.at.day} {by_day.at:%B}" if by_day else "day first"
    month = f"{by_month.at.day} {by_month.at:%B}" if by_month else "month first"
    written = evidence.example.split()[0]
    mixed = evidence.dmy_only and evidence.mdy_only
    if by_day and by_month:
        title = f"Is {written} in {by_day.at:%B} or in {by_month.at:%B}?"
    else:
        title = f"Does the day or the month come first in {written}?"
    rows = f"{evidence.either:,} {'row' if evidence.either == 1 else 'rows'} can be read either way"
    return Question(
        QuestionKind.DATE_ORDER,
        file.table,
        evidence.columns,
        title,
        f"{'The file mixes both orders. ' if mixed else ''}{rows}, so we do not guess.",
        (
            Choice(DateOrder.DMY, f"{day}, day first", _costs(evidence.dmy_only, evidence.mdy_only)),
            Choice(DateOrder.MDY, f"{month}, month first", _costs(evidence.mdy_only, evidence.dmy_only)),
        ),
        ("--date-order dmy", "--date-order mdy"),
        blocking=True,
    )


def _costs(fitting: int, rejected: int) -> tuple[str, ...]:
    def rows(number: int) -> str:
        return f"{number:,} {'row' if number == 1 else 'rows'}"

    if not fitting and not rejected:
        return ()
    return (f"{rows(fitting)} fit only this order", f"{rows(rejected)} would be rejected")


def _currency_question(file: FileMapping) -> Question:
    columns = tuple(column.column for column in money_columns(file) if not column.currency)
    names = ", ".join(f"“{name}”" for name in columns)
    return Question(
        QuestionKind.CURRENCY,
        file.table,
        columns,
        f"In which currency is {names}?",
        "The file does not say, and amounts of unknown currency cannot be added up.",
        (
            Choice("EUR", "Euro (EUR)"),
            Choice("USD", "US dollar (USD)"),
            Choice("GBP", "Pound sterling (GBP)"),
            Choice("CHF", "Swiss franc (CHF)"),
        ),
        ("--currency EUR",),
        blocking=True,
    )


def _list_question(file: FileMapping, kind: EntityKind) -> Question:
    noun = entities()[kind].noun
    return Question(
        QuestionKind.WHOLE_LIST,
        file.table,
        (),
        f"Does {file.table} hold all {noun}, or a part of them?",
        f"From a whole list we learn which {noun} are gone: those that it lacks.",
        (
            Choice("part", "A part", ("nothing is marked gone",)),
            Choice("whole", f"All {noun}", (f"{noun} that are missing from it are marked gone",)),
        ),
        (f"--whole-list {kind.value}", f"--part {kind.value}"),
        blocking=False,
    )


def answer(mapping: Mapping, question: Question, value: str) -> Mapping:
    """The mapping with one question answered.

    A currency is taken for every file that still lacks one, and whole or part for every file
    of the kind; a date order holds for the one file.

    Raises:
        SourceError: The value is no answer to the question.
    """
    asked = mapping.file(question.table)
    if question.kind is QuestionKind.DATE_ORDER:
        if value not in set(DateOrder):
            raise SourceError(f"“{value}” is neither dmy nor mdy.")
        return mapping.change(question.table, lambda file: replace(file, date_order=DateOrder(value)))
    if question.kind is QuestionKind.CURRENCY:
        code = value.strip().upper()
        if not is_currency_code(code):
            raise SourceError(f"“{value}” is no currency code.", fix="Use three letters, such as EUR.")
        return replace(
            mapping,
            files=tuple(
                replace(file, currency=code) if needs_currency(file) else file for file in mapping.files
            ),
        )
    if value not in {"whole", "part"}:
        raise SourceError(f"“{value}” is neither whole nor part.")
    return replace(
        mapping,
        files=tuple(
            replace(file, whole=value == "whole")
            if file.entity is asked.entity and file.whole is None
            else file
            for file in mapping.files
        ),
    )


def require_answers(mapping: Mapping) -> None:
    """Refuse a mapping with an open question that blocks.

    Raises:
        QuestionError: With every such question and the flags that answer them.
    """
    blocking = [question for question in questions(mapping) if question.blocking]
    if not blocking:
        return
    asked = [f"{question.table}: {question.title} {question.sentence}" for question in blocking]
    answers = [f"Answer with {' or '.join(question.flags)}." for question in blocking]
    told = [f"{one} {answer}" for one, answer in zip(asked[:-1], answers[:-1], strict=True)]
    raise QuestionError(
        " ".join([*told, asked[-1]]),
        flags=tuple(flag for question in blocking for flag in question.flags),
        fix=answers[-1],
    )
