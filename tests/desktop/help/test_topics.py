"""Every page and every tab says what it means."""

import pytest

from convergedesk.desktop.help.guide import guide_pages, read_guide, title_of, without_title
from convergedesk.desktop.help.terms import TERMS
from convergedesk.desktop.help.topic import tab_key, topic_of
from convergedesk.desktop.help.topics import TOPICS
from convergedesk.desktop.page_list import workspace_pages
from convergedesk.desktop.pages.account.tabs import TABS
from tests.desktop.pages.desk import Desk


def page_keys(desk: Desk) -> list[str]:
    return [spec.key for spec in workspace_pages(desk.context, (), lambda: None)]


def test_every_page_has_a_topic(desk: Desk) -> None:
    assert [key for key in page_keys(desk) if key not in TOPICS] == []


@pytest.mark.parametrize("tab", [spec.key for spec in TABS])
def test_every_tab_of_an_account_has_a_topic_of_its_own(tab: str) -> None:
    topic = topic_of(TOPICS, "account", tab)
    assert topic is TOPICS[tab_key("account", tab)]


def test_a_tab_without_a_topic_shows_its_page() -> None:
    assert topic_of(TOPICS, "import", "import") is TOPICS["import"]
    assert topic_of(TOPICS, "import", "rejects") is TOPICS["import/rejects"]
    assert topic_of(TOPICS, "no such page", None) is None


@pytest.mark.parametrize("key", TOPICS)
def test_a_topic_explains_and_defines_and_leads_on(key: str) -> None:
    topic = TOPICS[key]
    assert topic.title
    assert all(paragraph.endswith(".") for paragraph in topic.explains)
    assert topic.terms
    assert len(set(topic.terms)) == len(topic.terms)
    assert [term for term in topic.terms if not TERMS.get(term)] == []
    assert topic.guide in guide_pages()


def test_no_definition_lies_idle() -> None:
    used = {term for topic in TOPICS.values() for term in topic.terms}
    assert [term for term in TERMS if term not in used] == []


@pytest.mark.parametrize("page", guide_pages())
def test_a_page_of_the_guide_has_a_title_and_leads_only_to_pages_that_exist(page: str) -> None:
    import re

    text = read_guide(page)
    assert title_of(text) != "Guide"
    assert not without_title(text).startswith("# ")
    assert "![" not in text
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)
    assert [
        link for link in links if link.endswith(".md") and link.removesuffix(".md") not in guide_pages()
    ] == []
