import pytest

from convergedesk.sync.naming import company_domain, name_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME, Inc.", "Acme Incorporated"),
        ("Acme GmbH", "acme g.m.b.h."),
        (
            "Müller & Söhne GmbH & Co. KG",
            "MÜLLER UND Söhne".replace("UND", "and") + " GmbH und Co KG".replace("und", "and"),
        ),
        ("Banco Norte S.A.", "Banco Norte SA"),
        ("Banco Norte S. A.", "Banco Norte, S.A."),
        ("Kowalski Sp. z o.o.", "Kowalski sp zoo"),
        ("O’Brien's Ltd", "OBriens Limited"),
        ("Ｆｏｏ　Bar", "foo bar"),
        ("Weiß AG", "WEISS Aktiengesellschaft"),
        ("U.S. Steel", "US Steel"),
    ],
)
def test_spelling_does_not_part_a_name(one: str, other: str):
    assert name_form(one) == name_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "Acme Labs"),
        ("Acme", "Acmee"),
        ("Müller", "Mueller"),
        ("Acme GmbH", "Acme Inc"),
        ("Nord Bank", "Nordbank"),
    ],
)
def test_nearly_equal_names_stay_apart(one: str, other: str):
    assert name_form(one) != name_form(other)


def test_legal_form_alone_is_a_name():
    form = name_form("The Company")
    assert form is not None
    assert (form.stem, form.legal) == ("the", "co")
    alone = name_form("SE")
    assert alone is not None
    assert (alone.stem, alone.legal) == ("se", "")


@pytest.mark.parametrize("nothing", [None, "", "  ", "N/A", "-", "unknown", "None", "—"])
def test_placeholders_are_no_names(nothing: str | None):
    assert name_form(nothing) is None


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("https://www.Acme.com/about?x=1", "acme.com"),
        ("Ada@Acme.co.uk", "acme.co.uk"),
        ("mailto:ada@acme.com", "acme.com"),
        ("WWW.acme.com:8080", "acme.com"),
        ("acme.com.", "acme.com"),
        ("müller.de", "xn--mller-kva.de"),
        ("outlook.acme.com", "outlook.acme.com"),
    ],
)
def test_domain_is_found_in_addresses(written: str, domain: str):
    assert company_domain(written) == domain


@pytest.mark.parametrize(
    "shared",
    [
        "ada@gmail.com",
        "yahoo.co.uk",
        "hotmail.fr",
        "gmx.de",
        "linkedin.com",
        "acme",
        "127.0.0.1",
        "a b.com",
        "",
        None,
    ],
)
def test_what_many_share_is_no_company_domain(shared: str | None):
    assert company_domain(shared) is None
