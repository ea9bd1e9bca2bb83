import re

import pytest

from convergedesk.workspace.sample.names import company_names, email, person_names, slug
from convergedesk.workspace.sample.spec import SampleSpec
from convergedesk.workspace.sample.titles import TitleWriter
from convergedesk.workspace.sample.vocabulary import TRADES
from convergedesk.workspace.sample.world import World

# Well-known companies that a chance pair of words must never name.
KNOWN = {
    "apple", "amazon", "delta", "wayfair", "shell", "orange", "virgin", "target", "oracle", "visa", "ford",
    "boots", "next", "lloyds", "hilton", "marriott", "hyatt", "maersk", "stripe", "adyen", "klarna", "nestle",
}  # fmt: skip


def test_company_names_do_not_repeat_even_in_a_huge_book() -> None:
    names = [company.name for company in company_names(SampleSpec().stream("companies"), 12_000)]
    assert len(set(names)) == len(names)


def test_company_names_are_nobodys_we_know() -> None:
    for company in company_names(SampleSpec().stream("companies"), 4_000):
        assert not KNOWN & set(re.findall(r"[a-z]+", company.name.lower()))


def test_a_longer_list_of_companies_begins_with_the_shorter() -> None:
    short = company_names(SampleSpec().stream("companies"), 20)
    assert company_names(SampleSpec().stream("companies"), 400)[:20] == short


def test_domains_are_reserved_for_examples(book: World) -> None:
    assert all(site.domain.endswith(".example") for site in book.sites)


def test_people_have_different_names() -> None:
    names = person_names(SampleSpec().stream("people"), 500)
    assert len(set(names)) == 500


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Beatriz Falcão", "beatriz.falcao@aurelia.example"),
        ("Ruud van der Meer", "ruud.vandermeer@aurelia.example"),
        ("Nora O'Neill", "nora.oneill@aurelia.example"),
    ],
)
def test_addresses_are_plain(name: str, address: str) -> None:
    assert email(name, "aurelia.example") == address


def test_slugs_hold_letters_and_digits() -> None:
    assert slug("Cobalt & Pine Insurance, 2.") == "cobalt-pine-insurance-2"


@pytest.mark.parametrize("industry", sorted(TRADES))
def test_every_trade_fills_every_subject_line(industry: str) -> None:
    writer = TitleWriter(industry, SampleSpec().stream("titles", industry))
    for _ in range(400):
        title, pattern, thing = writer.write(writer.feature(blocking=False), blocking=False)
        assert "{" not in title
        assert 8 <= len(title) <= 90
        assert pattern
        assert thing in TRADES[industry].things


def test_what_blocks_is_a_fault_or_a_delay() -> None:
    writer = TitleWriter("Logistics", SampleSpec().stream("titles"))
    patterns = {writer.write(writer.feature(blocking=True), blocking=True)[1] for _ in range(200)}
    assert patterns <= {"fault", "delay"}
