"""Exports of known systems are recognised by their headings and values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from convergedesk.domain.accounts import SystemKind
from convergedesk.domain.records import AccountRecord, EntityKind, TicketMessageRecord, TicketRecord
from convergedesk.domain.usage import Granularity
from convergedesk.sources.casting.numbers import DecimalStyle
from convergedesk.sources.files import Answers, Certainty, Known, guess, with_entity, with_field
from tests.sources.files.around import fields, mapped, only, opened, records

EXPORTS = Path(__file__).parent / "exports"
HUBSPOT_COMPANIES = (EXPORTS / "hubspot_companies.csv").read_text("utf-8")
SALESFORCE_ACCOUNTS = (EXPORTS / "salesforce_accounts.csv").read_text("utf-8")
ZENDESK_TICKETS = (EXPORTS / "zendesk_tickets.csv").read_text("utf-8")
STRIPE_INVOICES = (EXPORTS / "stripe_invoices.csv").read_text("utf-8")
POSTHOG_EVENTS = (EXPORTS / "posthog_events.jsonl").read_text("utf-8")


def test_hubspot_companies(tmp_path: Path) -> None:
    with opened(tmp_path, hubspot_crm_exports_all_companies__csv=HUBSPOT_COMPANIES) as files:
        found = mapped(files)
        assert found.entity is EntityKind.ACCOUNTS
        assert found.certainty is Certainty.SURE
        assert fields(found) == {
            "Record ID": "external_id",
            "Company name": "name",
            "Company domain name": "domain",
            "Company owner": "owner",
            "Create Date": "signed_up_on",
            "Industry": "industry",
            "Lifecycle Stage": "lifecycle",
            "Country/Region": "country",
        }
        first = records(files)[0]
        assert isinstance(first, AccountRecord)
        assert (first.external_id, first.country, first.signed_up_on) == ("101", "DE", date(2023, 2, 1))


def test_a_salesforce_report_with_its_footer_and_both_forms_of_an_id(tmp_path: Path) -> None:
    with opened(tmp_path, report1700000__csv=SALESFORCE_ACCOUNTS) as files:
        table = only(files)
        assert (table.rows, table.accounting.footer, table.accounting.blank) == (2, 3, 1)
        found = [record for record in records(files) if isinstance(record, AccountRecord)]
        assert found[0].external_id == "0015g00000AbCdEAAV"
        assert found[1].parent is not None
        assert found[1].parent.external_id == found[0].external_id


def test_zendesk_tickets_beside_hubspot_companies(tmp_path: Path) -> None:
    with opened(tmp_path, companies__csv=HUBSPOT_COMPANIES, tickets__csv=ZENDESK_TICKETS) as files:
        found = guess(files).file("tickets.csv")
        assert found.entity is EntityKind.TICKETS
        assert found.certainty is Certainty.SURE
        columns = {column.column: column for column in found.columns}
        assert columns["Ticket organization name"].field == "account_name"
        assert columns["Ticket organization name"].remark == "all 3 names found"
        assert columns["Requester email"].field == "requester_email"
        assert columns["Ticket satisfaction rating"].field == "satisfaction"
        ticket = next(record for record in records(files) if isinstance(record, TicketRecord))
        assert ticket.account.name == "Northgate Logistics"
        assert ticket.account.domain == "northgate.example"
        assert (ticket.satisfaction, ticket.first_response_minutes) == (5, 18)


def test_stripe_invoices_know_their_currencies(tmp_path: Path) -> None:
    with opened(tmp_path, invoices__csv=STRIPE_INVOICES) as files:
        found = mapped(files)
        assert found.entity is EntityKind.INVOICES
        assert found.currency is None
        invoices = records(files)
        assert [str(invoice.total.currency) for invoice in invoices] == ["EUR", "GBP"]  # pyright: ignore[reportAttributeAccessIssue]


def test_nested_events_are_usage(tmp_path: Path) -> None:
    with opened(tmp_path, events__jsonl=POSTHOG_EVENTS) as files:
        found = mapped(files)
        assert found.entity is EntityKind.USAGE
        names = fields(found)
        assert names["event"] == "meter"
        assert names["timestamp"] == "day"
        assert names["properties.$group_0"] == "account_id"


def test_references_are_found_by_their_values_whatever_they_are_called(tmp_path: Path) -> None:
    accounts = "account_id,account_name\n" + "".join(f"A-{n},Company {n}\n" for n in range(40))
    subscriptions = "subscription_id,ref,start_date\n" + "".join(
        f"S-{n},A-{n % 40},2025-01-01\n" for n in range(80)
    )
    usage = "kontrakt,usage_date,metric,value\n" + "".join(
        f"S-{n % 80},2026-01-{n % 28 + 1:02},calls,{n}\n" for n in range(200)
    )
    with opened(
        tmp_path, accounts__csv=accounts, subscriptions__csv=subscriptions, usage__csv=usage
    ) as files:
        mapping = guess(files)
        assert fields(mapping.file("subscriptions.csv"))["ref"] == "account_id"
        assert mapping.file("subscriptions.csv").account_system is SystemKind.CRM
        assert fields(mapping.file("usage.csv"))["kontrakt"] == "subscription_id"


def test_small_numbers_are_no_reference_without_a_fitting_heading(tmp_path: Path) -> None:
    accounts = "id,name\n" + "".join(f"{n},Company {n}\n" for n in range(1, 60))
    tickets = "id,company,agents,created_at\n" + "".join(
        f"{n},{n % 7 + 1},{n % 5 + 1},2026-01-01\n" for n in range(1, 50)
    )
    with opened(tmp_path, accounts__csv=accounts, tickets__csv=tickets) as files:
        found = fields(guess(files).file("tickets.csv"))
        assert found == {"id": "number", "company": "account_id", "agents": None, "created_at": "opened_at"}


def test_ids_of_another_system_are_known_through_the_list_that_holds_both(tmp_path: Path) -> None:
    accounts = "account_id,account_name,zendesk_org_id\nA-1,One,7001\nA-2,Two,7002\n"
    tickets = "ticket_id,organization_id,created_at,subject\n1,7001,2026-01-01,x\n2,7002,2026-01-02,y\n"
    with opened(tmp_path, accounts__csv=accounts, tickets__csv=tickets) as files:
        found = guess(files).file("tickets.csv")
        assert fields(found)["organization_id"] == "account_id"
        assert found.account_system is SystemKind.SUPPORT


def test_what_the_workspace_knows_counts_like_a_file(tmp_path: Path) -> None:
    tickets = "nr,kunde,created_at\n1,One GmbH,2026-01-01\n2,Two AG,2026-01-02\n"
    known = Known(account_names=frozenset(["One GmbH", "Two AG"]))
    with opened(tmp_path, tickets__csv=tickets) as files:
        found = guess(files, known=known).files[0]
        assert {column.column: column.remark for column in found.columns}["kunde"] == "all 2 names found"
        assert fields(found)["kunde"] == "account_name"


@pytest.mark.parametrize(
    "headings",
    [
        "2026-01,2026-02,2026-03",
        "Jan 2026,Feb 2026,Mar 2026",
        "01/2026,02/2026,03/2026",
        "2026M01,2026M02,2026M03",
    ],
)
def test_a_column_for_each_month_is_usage_by_the_month(tmp_path: Path, headings: str) -> None:
    with opened(
        tmp_path, api_calls__csv=f"Customer,{headings}\nOne GmbH,100,200,300\nTwo AG,5,,7\n"
    ) as files:
        found = mapped(files)
        assert found.entity is EntityKind.USAGE
        assert found.granularity is Granularity.MONTH
        assert [column.period for column in found.columns] == [None, "2026-01", "2026-02", "2026-03"]
        assert dict(found.constants) == {"meter": "api_calls"}


def test_a_column_for_each_meter_is_usage(tmp_path: Path) -> None:
    text = "account_id,date,api_calls,storage_gb\nA-1,2026-01-01,10,1.5\nA-1,2026-01-02,11,1.6\n"
    with opened(tmp_path, usage__csv=text) as files:
        found = mapped(files)
        assert [(column.field, column.meter) for column in found.columns] == [
            ("account_id", None),
            ("day", None),
            ("quantity", "api_calls"),
            ("quantity", "storage_gb"),
        ]
        assert found.granularity is Granularity.DAY


@pytest.mark.parametrize(
    "days",
    [
        ("2026-01-01", "2026-02-01", "2026-03-01"),
        ("2026-01-31", "2026-02-28", "2026-03-31"),
        ("2026-01", "2026-02", "2026-03"),
    ],
)
def test_a_monthly_figure_does_not_pass_for_a_days(tmp_path: Path, days: tuple[str, ...]) -> None:
    rows = "".join(f"A-1,calls,{day},100\n" for day in days)
    with opened(tmp_path, usage__csv=f"account_id,meter,date,quantity\n{rows}") as files:
        assert mapped(files).granularity is Granularity.MONTH


def test_decimal_commas_are_seen_in_the_values(tmp_path: Path) -> None:
    text = "account_id;meter;date;quantity\nA-1;x;2026-01-02;1.234\nA-1;x;2026-01-03;2.345,5\n"
    with opened(tmp_path, usage__csv=text) as files:
        assert mapped(files).decimals is DecimalStyle.COMMA


def test_freshdesk_counts_priorities_upwards(tmp_path: Path) -> None:
    text = (
        "id,subject,company_id,priority,created_at,fr_due_by,responder_id\n"
        "1,a,5,4,2026-01-01T10:00:00Z,2026-01-01T12:00:00Z,9\n"
    )
    with opened(tmp_path, tickets__csv=text) as files:
        assert mapped(files).one_is_highest is False


def test_a_file_of_something_else_is_left_out(tmp_path: Path) -> None:
    with opened(
        tmp_path, recipe__csv="ingredient,grams,oven\nflour,500,hot\nsalt,10,cold\nwater,300,warm\n"
    ) as files:
        found = mapped(files)
        assert found.entity is None
        assert found.certainty is Certainty.NONE


def test_a_person_can_say_what_a_file_and_a_column_is(tmp_path: Path) -> None:
    with opened(tmp_path, stuff__csv="no,who,when,why\n1,One,2026-01-01,x\n2,Two,2026-01-02,y\n") as files:
        mapping = with_entity(files, guess(files), "stuff.csv", EntityKind.TICKETS)
        assert mapping.file("stuff.csv").entity is EntityKind.TICKETS
        mapping = with_field(mapping, "stuff.csv", "who", "account_name")
        mapping = with_field(mapping, "stuff.csv", "when", "opened_at")
        mapping = with_field(mapping, "stuff.csv", "why", "title")
        mapping = with_field(mapping, "stuff.csv", "no", "number")
        assert len(records(files, mapping)) == 2
        skipped = with_entity(files, mapping, "stuff.csv", None)
        assert records(files, skipped) == []


def test_messages_stay_internal_until_they_are_said_to_be_public(tmp_path: Path) -> None:
    text = (
        "comment_id,ticket_id,created_at,author_name,author_role,body,public\n"
        "1,7,2026-01-01 10:00,Mira,end-user,Hello,true\n"
        "2,7,2026-01-01 11:00,Priya,agent,Only us,false\n"
        "3,7,2026-01-01 12:00,Priya,agent,Unclear,\n"
    )
    with opened(tmp_path, ticket_comments__csv=text) as files:
        found = [record for record in records(files) if isinstance(record, TicketMessageRecord)]
        assert [record.audience.value for record in found] == ["shared", "internal", "internal"]
        assert [record.from_customer for record in found] == [True, False, False]


def test_answers_are_taken_before_anything_is_asked(tmp_path: Path) -> None:
    text = "ticket_id,account_id,created_at\n1,A-1,03/04/2026\n2,A-1,05/06/2026\n"
    with opened(tmp_path, tickets__csv=text) as files:
        found = mapped(files, Answers(time_zone="Europe/Berlin", whole=frozenset([EntityKind.TICKETS])))
        assert found.time_zone == "Europe/Berlin"
        assert found.whole is True
