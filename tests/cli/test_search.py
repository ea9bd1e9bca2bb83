"""`convergedesk search`, as a person types it."""

from pathlib import Path

from tests.cli.program import good, run


def test_search_finds_an_account_and_says_what_it_is(sample: Path) -> None:
    name = good("accounts", "--workspace", sample, "--json").json["accounts"][0]["name"]
    text = good("search", *name.split(), "--workspace", sample).out
    assert text.startswith(f"Accounts\n  {name}")


def test_search_finds_a_ticket_by_a_word_and_by_its_number(sample: Path) -> None:
    told = good("search", "#export", "--workspace", sample, "--json").json
    assert [group["kind"] for group in told["groups"]] == ["ticket"]
    first = told["groups"][0]["hits"][0]
    start, end = first["title"]["spans"][0]
    assert first["title"]["text"][start:end].casefold() == "export"
    number = first["number"]["text"]
    assert f"#{number} {first['title']['text']}" in good("search", number, "--workspace", sample).out


def test_search_says_so_where_nothing_matches(sample: Path) -> None:
    assert good("search", "zzz", "qqq", "--workspace", sample).out == "Nothing matches “zzz qqq”.\n"
    assert good("search", "zzz", "--workspace", sample, "--json").json == {"text": "zzz", "groups": []}


def test_search_without_a_word_is_a_misuse(sample: Path) -> None:
    assert run("search", "--workspace", sample).code == 2
