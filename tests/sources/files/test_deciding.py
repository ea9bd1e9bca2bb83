"""Questions, answers, saved mappings and previews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from convergedesk.domain.errors import QuestionError, SourceError
from convergedesk.domain.records import EntityKind, SubscriptionRecord, TicketRecord
from convergedesk.sources.files import (
    Answers,
    ColumnMapping,
    DateOrder,
    Mapping,
    QuestionKind,
    ReadOptions,
    answer,
    apply_saved,
    guess,
    load_mapping,
    mapping_from_toml,
    mapping_to_toml,
    open_files,
    preview,
    questions,
    require_answers,
    save_mapping,
    with_field,
    write_templates,
)
from tests.sources.files.around import fields, of, opened, pages, records, rejects


def tickets(*days: str) -> str:
    rows = "".join(f"{number},A-1,{day},{day}\n" for number, day in enumerate(days))
    return "ticket_id,account_id,created_at,closed_at\n" + rows


def asked(mapping: Mapping, kind: QuestionKind) -> list[str]:
    return [question.title for question in questions(mapping) if question.kind is kind]


def test_an_open_date_order_is_asked_and_refused_without_an_answer(tmp_path: Path) -> None:
    with opened(tmp_path, tickets__csv=tickets("03/04/2026", "05/06/2026", "07/07/2026")) as files:
        mapping = guess(files)
        (question,) = [found for found in questions(mapping) if found.kind is QuestionKind.DATE_ORDER]
        assert question.title == "Is 03/04/2026 in April or in March?"
        assert question.columns == ("created_at", "closed_at")
        assert [choice.label for choice in question.choices] == ["3 April, day first", "4 March, month first"]
        with pytest.raises(QuestionError) as refused:
            require_answers(mapping)
        assert refused.value.flags == ("--date-order dmy", "--date-order mdy")
        answered = answer(mapping, question, "mdy")
        require_answers(answered)
        assert [
            ticket.opened_at.day for ticket in records(files, answered) if isinstance(ticket, TicketRecord)
        ] == [4, 6, 7]
        given = guess(files, Answers(date_order=DateOrder.DMY))
        assert [
            ticket.opened_at.day for ticket in records(files, given) if isinstance(ticket, TicketRecord)
        ] == [3, 5, 7]
        with pytest.raises(SourceError):
            answer(mapping, question, "ymd")


def test_one_value_that_decides_is_enough(tmp_path: Path) -> None:
    with opened(tmp_path, tickets__csv=tickets("03/04/2026", "13/04/2026")) as files:
        mapping = guess(files)
        assert asked(mapping, QuestionKind.DATE_ORDER) == []
        assert mapping.files[0].date_order is DateOrder.DMY
        assert "In tickets.csv dates such as 03/04/2026 put the day first." in mapping.notes


def test_a_file_that_mixes_both_orders_is_asked_with_what_each_would_cost(tmp_path: Path) -> None:
    with opened(
        tmp_path, tickets__csv=tickets("03/04/2026", "13/04/2026", "14/04/2026", "04/25/2026")
    ) as files:
        mapping = guess(files)
        (question,) = [found for found in questions(mapping) if found.kind is QuestionKind.DATE_ORDER]
        assert question.sentence.startswith("The file mixes both orders.")
        assert [choice.lines for choice in question.choices] == [
            ("2 rows fit only this order", "1 row would be rejected"),
            ("1 row fit only this order", "2 rows would be rejected"),
        ]
        shown = preview(files, answer(mapping, question, "dmy"), "tickets.csv")
        assert [(found.code, found.count) for found in shown.rejects] == [("bad_date", 1)]
        assert (
            shown.rejects[0]
            .examples[0]
            .reason.endswith("fits only month first, and this file puts the day first.")
        )


SUBSCRIPTIONS = "subscription_id,account_id,start_date,mrr\nS-1,A-1,2026-01-01,100\nS-2,A-1,2026-01-01,200\n"


def test_a_currency_that_nobody_states_is_asked(tmp_path: Path) -> None:
    with opened(tmp_path, subscriptions__csv=SUBSCRIPTIONS) as files:
        mapping = guess(files)
        assert asked(mapping, QuestionKind.CURRENCY) == ["In which currency is “mrr”?"]
        with pytest.raises(QuestionError) as refused:
            require_answers(mapping)
        assert refused.value.flags == ("--currency EUR",)
        (question,) = [found for found in questions(mapping) if found.kind is QuestionKind.CURRENCY]
        require_answers(answer(mapping, question, "sek"))
        require_answers(guess(files, Answers(currency="EUR")))
        with pytest.raises(SourceError, match="no currency code"):
            answer(mapping, question, "euro")


def test_the_one_currency_that_the_files_name_is_taken_and_said(tmp_path: Path) -> None:
    churn = "churn_event_id,account_id,churn_date,refund_amount_usd\nC-1,A-1,2026-01-01,5\n"
    with opened(tmp_path, subscriptions__csv=SUBSCRIPTIONS, churn_events__csv=churn) as files:
        mapping = guess(files)
        require_answers(mapping)
        found = of(SubscriptionRecord, files, mapping)
        assert [str(record.mrr.currency) for record in found if record.mrr] == ["USD", "USD"]
        assert any(
            "“mrr”" in note and "USD" in note and "refund_amount_usd" in note for note in mapping.notes
        )


def test_two_currencies_leave_the_question_open(tmp_path: Path) -> None:
    refunds = "C-1,A-1,2026-01-01,5,EUR\nC-2,A-1,2026-01-02,5,USD\n"
    churn = "churn_event_id,account_id,churn_date,refund,currency\n" + refunds
    with opened(tmp_path, subscriptions__csv=SUBSCRIPTIONS, churn_events__csv=churn) as files:
        assert asked(guess(files), QuestionKind.CURRENCY) == ["In which currency is “mrr”?"]


@pytest.mark.parametrize("amount", ["€100", "100 EUR", "EUR 100.00"])
def test_a_currency_beside_the_amount_needs_no_question(tmp_path: Path, amount: str) -> None:
    text = f"subscription_id,account_id,start_date,mrr\nS-1,A-1,2026-01-01,{amount}\n"
    with opened(tmp_path, subscriptions__csv=text) as files:
        (record,) = records(files)
        assert isinstance(record, SubscriptionRecord)
        assert record.mrr is not None
        assert (record.mrr.minor_units, record.mrr.currency) == (10_000, "EUR")


def test_cents_and_yen(tmp_path: Path) -> None:
    text = "subscription_id,account_id,start_date,mrr_cents,currency\nS-1,A-1,2026-01-01,12345,EUR\n"
    yen = "subscription_id,account_id,start_date,mrr,currency\nS-2,A-1,2026-01-01,12345,JPY\n"
    with opened(tmp_path, subscriptions__csv=text, subs__csv=yen) as files:
        found = {
            record.external_id: record.mrr
            for record in records(files)
            if isinstance(record, SubscriptionRecord)
        }
        assert found["S-1"] is not None
        assert found["S-2"] is not None
        assert (found["S-1"].minor_units, found["S-2"].minor_units) == (12_345, 12_345)


def test_lists_are_parts_until_somebody_says_that_they_are_whole(tmp_path: Path) -> None:
    with opened(tmp_path, accounts__csv="account_id,account_name\nA-1,One\nA-2,Two\n") as files:
        mapping = guess(files)
        require_answers(mapping)
        (question,) = questions(mapping)
        assert question.kind is QuestionKind.WHOLE_LIST
        assert not question.blocking
        assert [page.whole for page in pages(files, mapping)] == [False]
        assert any("read as parts" in note for note in mapping.notes)
        assert [page.whole for page in pages(files, answer(mapping, question, "whole"))] == [True]
        assert questions(answer(mapping, question, "part")) == ()
        whole = guess(files, Answers(whole=frozenset([EntityKind.ACCOUNTS])))
        assert questions(whole) == ()
        assert [page.whole for page in pages(files, whole)] == [True]


def test_matching_a_date_by_hand_asks_its_order(tmp_path: Path) -> None:
    text = (
        "ticket_id,account_id,created_at,beendet\n1,A-1,2026-01-01,03/04/2026\n2,A-1,2026-01-02,05/06/2026\n"
    )
    with opened(tmp_path, tickets__csv=text) as files:
        mapping = with_field(guess(files), "tickets.csv", "beendet", "closed_at", files=files)
        assert asked(mapping, QuestionKind.DATE_ORDER) == ["Is 03/04/2026 in April or in March?"]


def test_a_mapping_survives_being_saved(tmp_path: Path) -> None:
    text = "Kunde;Jan 2026;Feb 2026\nEins;1.234,5;2\nZwei;3;4\n"
    with opened(tmp_path, verbrauch__csv=text, tickets__csv=tickets("03/04/2026")) as files:
        mapping = guess(files, Answers(date_order=DateOrder.DMY, time_zone="Europe/Berlin"))
        mapping = mapping.change(
            "tickets.csv",
            lambda file: replace(
                file,
                one_is_highest=False,
                columns=(
                    *file.columns[:-1],
                    ColumnMapping("closed_at", "priority", words=(("Sev-A", "urgent"),)),
                ),
            ),
        )
        path = tmp_path / "mapping.toml"
        save_mapping(mapping, path)
        again = load_mapping(path)
        assert mapping_from_toml(mapping_to_toml(again)) == again
        applied = apply_saved(again, files)
        for before, after in zip(mapping.files, applied.files, strict=True):
            assert fields(after) == fields(before)
            assert [column.period for column in after.columns] == [column.period for column in before.columns]
            assert [column.words for column in after.columns] == [column.words for column in before.columns]
            kept = (
                "entity",
                "date_order",
                "time_zone",
                "granularity",
                "decimals",
                "one_is_highest",
                "constants",
            )
            assert all(getattr(after, name) == getattr(before, name) for name in kept)


def test_next_months_export_is_known_again(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    columns = "nr,wer,wann\n1,A-1,2026-01-01\n2,A-1,2026-01-02\n"
    with opened(tmp_path / "old", export_2026_01__csv=columns) as files:
        saved = guess(files)
        saved = replace(
            saved,
            files=(
                replace(
                    saved.files[0],
                    entity=EntityKind.TICKETS,
                    columns=(
                        ColumnMapping("nr", "number"),
                        ColumnMapping("wer", "account_id"),
                        ColumnMapping("wann", "opened_at"),
                    ),
                ),
            ),
        )
    with opened(tmp_path / "new", export_2026_02__csv=columns) as files:
        found = apply_saved(saved, files).files[0]
        assert (found.table, found.entity) == ("export_2026_02.csv", EntityKind.TICKETS)
        assert fields(found) == {"nr": "number", "wer": "account_id", "wann": "opened_at"}


def test_a_column_that_has_gone_is_refused_or_matched_anew(tmp_path: Path) -> None:
    with opened(tmp_path, tickets__csv=tickets("2026-01-01")) as files:
        saved = guess(files)
        lacking = saved.change(
            "tickets.csv",
            lambda file: replace(file, columns=(*file.columns, ColumnMapping("prio", "priority"))),
        )
        with pytest.raises(SourceError, match="column “prio”"):
            apply_saved(lacking, files, strict=True)
        anew = apply_saved(lacking, files)
        assert fields(anew.files[0])["ticket_id"] == "number"
        assert any("“prio”" in note for note in anew.notes)


def test_how_a_file_is_read_is_saved_too(tmp_path: Path) -> None:
    text = "x;y;z\nticket_id;account_id;created_at\n1;A-1;2026-01-01\n"
    with opened(tmp_path, tickets__csv=text) as files:
        files.reread("tickets.csv", ReadOptions(delimiter=";", header_line=2))
        saved = mapping_to_toml(guess(files))
    with opened(tmp_path, tickets__csv=text) as files:
        assert len(records(files, apply_saved(mapping_from_toml(saved), files))) == 1


FILE = '[[files]]\ntable = "a.csv"\nkind = "tickets"\n'
COLUMN = FILE + "[[files.columns]]\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a = ", "is no TOML file"),
        ("version = 9", "later version"),
        ("odd = 1", "“odd”: this name is not known"),
        ("files = 3", "not a list of tables"),
        ('[[files]]\nkind = "tickets"', "file 1, “table”: it is missing"),
        ('[[files]]\ntable = "a.csv"\nkind = "spells"', "“spells” is not known. Use accounts"),
        (FILE + 'currency = "euro"', "no currency code"),
        (FILE + 'time_zone = "Nowhere/City"', "no time zone"),
        (FILE + "whole_list = 1", "not true or false"),
        (COLUMN + 'column = "x"\nfield = "mana"', "no field “mana”"),
        (COLUMN + 'field = "number"', "“column”: it is missing"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said_plainly(text: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence) as refused:
        mapping_from_toml(text, where="my.toml")
    assert "my.toml" in refused.value.sentence


def test_a_preview_shows_values_as_they_would_be_saved(tmp_path: Path) -> None:
    text = (
        "ticket_id,account_name,created_at,priority,escalated\n"
        "48213,Marlowe,2026-04-03 08:12,1,yes\n48214,Marlowe,someday,2,no\n48213,Marlowe,2026-04-05,3,no\n"
        "48215,Marlowe,2026-04-06,4,no\n48216,Marlowe,2026-04-07,4,no\n48217,Marlowe,2026-04-08,4,no\n"
    )
    with opened(tmp_path, tickets__csv=text) as files:
        shown = preview(files, guess(files), "tickets.csv", n=3)
        assert [field.key for field in shown.fields] == [
            "number",
            "account_name",
            "opened_at",
            "priority",
            "escalated",
        ]
        assert shown.rows[0].values == ("48213", "Marlowe", "3 Apr 2026 08:12", "Urgent", "yes")
        assert [row.reject and row.reject.code for row in shown.rows] == [None, "bad_date", "duplicate"]
        assert shown.rows[1].values[2] == "someday"
        assert (shown.total_rows, shown.accepted) == (6, 4)
        assert {found.code: found.count for found in shown.rejects} == {"bad_date": 1, "duplicate": 1}


def test_a_preview_says_what_is_still_missing(tmp_path: Path) -> None:
    with opened(tmp_path, tickets__csv=tickets("2026-01-01")) as files:
        mapping = with_field(guess(files), "tickets.csv", "created_at", None, files=files)
        shown = preview(files, mapping, "tickets.csv")
        assert shown.missing == "No column is matched to “Opened at”."
        with pytest.raises(SourceError, match="No column is matched"):
            pages(files, mapping)


def test_a_preview_of_usage(tmp_path: Path) -> None:
    days = enumerate(["5", "many", "7", "7"], 1)
    text = "account_id,meter,date,quantity\n" + "".join(f"A-1,x,2026-01-0{day},{n}\n" for day, n in days)
    with opened(tmp_path, usage__csv=text) as files:
        shown = preview(files, guess(files), "usage.csv")
        assert (shown.total_rows, shown.accepted) == (4, 3)
        assert [row.reject is None for row in shown.rows] == [True, False, True, True]


def test_the_templates_import_without_a_question(tmp_path: Path) -> None:
    written = write_templates(tmp_path / "examples")
    assert len(written) == len(EntityKind) + 1
    with open_files([tmp_path / "examples"]) as files:
        mapping = guess(files)
        assert {file.table.removesuffix(".csv"): file.entity for file in mapping.files} == {
            kind.value: kind for kind in EntityKind
        }
        for file in mapping.files:
            assert file.certainty.words == "sure", file.table
            assert fields(file) == {column: column for column in fields(file)}
            assert all(column.certainty.words == "sure" for column in file.columns), file.table
        require_answers(mapping)
        assert rejects(files, mapping) == []
        assert sum(page.rows for page in pages(files, mapping)) == 3 * (len(EntityKind) - 1) + 9
        assert [skipped.name for skipped in files.skipped] == ["README.txt"]
