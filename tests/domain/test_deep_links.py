"""Addresses from outside: read strictly, answered with a sentence."""

import pytest

from convergedesk.domain.deep_links import BadLinkError, DeepLink, PlaceKind, is_link, parse_link


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("convergedesk://ticket/48213", PlaceKind.TICKET, "48213"),
        ("convergedesk://ticket/%2348213/", PlaceKind.TICKET, "#48213"),
        ("CONVERGEDESK://Account/Marlowe%20Freight", PlaceKind.ACCOUNT, "Marlowe Freight"),
        ("convergedesk://account/Gr%C3%B6%C3%9Fe%20%26%20S%C3%B6hne", PlaceKind.ACCOUNT, "Größe & Söhne"),
        ("convergedesk://account/東京", PlaceKind.ACCOUNT, "東京"),
        ("convergedesk://review/12", PlaceKind.REVIEW, "12"),
        (" convergedesk://ticket/AB-1 \n", PlaceKind.TICKET, "AB-1"),
    ],
)
def test_an_address_leads_to_one_thing(text: str, kind: PlaceKind, name: str) -> None:
    assert parse_link(text) == DeepLink(kind, name)


@pytest.mark.parametrize("name", ["48213", "Größe & Söhne", "a/b", "../x", "50 %", "?q#f", "東京"])
def test_an_address_that_we_write_is_read_again(name: str) -> None:
    link = DeepLink(PlaceKind.ACCOUNT, name)
    assert parse_link(link.address) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "convergedesk",
        "convergedesk:",
        "convergedesk:ticket/1",
        "convergedesk://",
        "convergedesk://ticket",
        "convergedesk://ticket/",
        "convergedesk://ticket/%20",
        "convergedesk://settings/security",
        "convergedesk://ticket/1/2",
        "convergedesk://ticket/../../etc/passwd",
        "convergedesk://ticket/..\\..\\x",
        "convergedesk://ticket/1?delete=yes",
        "convergedesk://ticket/1#x",
        "convergedesk://user:secret@ticket/1",
        "convergedesk://ticket:80/1",
        "convergedesk://ticket/%00",
        "convergedesk://ticket/a%0Ab",
        "convergedesk://ticket/%FF%FE",
        "convergedesk://ticket/" + "1" * 201,
        "convergedesk://ticket/" + "1" * 10_240,
        "https://example.org/ticket/1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--workspace",
    ],
)
def test_what_leads_nowhere_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadLinkError) as caught:
        parse_link(text)
    assert caught.value.sentence.startswith(("This link", "The name in this link"))
    assert len(str(caught.value)) < 300


def test_only_our_scheme_means_to_be_ours() -> None:
    assert is_link("ConvergeDesk:anything")
    assert not is_link("convergedesks://ticket/1")
    assert not is_link("http://convergedesk://")
