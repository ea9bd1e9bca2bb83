"""Pods on a real workspace: kept as they are changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from convergedesk.desktop.engagement.person_dialog import PersonDialog
from convergedesk.desktop.pages.pods.page import PodsPage
from convergedesk.desktop.theme import Theme
from convergedesk.domain.accounts import AccountId, PersonRole
from convergedesk.domain.money import Money
from convergedesk.figures.pilot_segment import PilotCandidate, PilotOffer
from convergedesk.store import people
from convergedesk.store.pods import list_pods
from convergedesk.workspace import edits
from tests.desktop.pages.desk import KESTREL, MARLOWE, NOW, TODAY, Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    for name, role in (
        ("Amira Haddad", PersonRole.SUCCESS_MANAGER),
        ("Jonas Weber", PersonRole.SUPPORT_AGENT),
        ("Priya Nair", PersonRole.SUPPORT_AGENT),
    ):
        people.add_person(opened.workspace.store, name, role, now=NOW)
    yield opened
    opened.workspace.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, light: Theme) -> PodsPage:
    shown = PodsPage(desk.context)
    qtbot.addWidget(shown)
    shown.resize(1300, 860)
    shown.open()
    shown.show()
    return shown


def choose(page: PodsPage) -> None:
    model = page.model
    page.manager.set_value(model.people(PersonRole.SUCCESS_MANAGER)[0].id)
    for select, agent in zip(page.agents, model.people(PersonRole.SUPPORT_AGENT), strict=True):
        select.set_value(agent.id)


def test_members_and_accounts_are_kept_at_once_and_taken_back(desk: Desk, page: PodsPage) -> None:
    choose(page)
    page.table.activated_id.emit(KESTREL)
    (pod,) = list_pods(desk.workspace.store)
    assert len(pod.member_ids) == 3
    assert set(pod.account_ids) == {MARLOWE, KESTREL}
    page.table.activated_id.emit(MARLOWE)
    assert list_pods(desk.workspace.store)[0].account_ids == (KESTREL,)
    while edits.undo(desk.workspace) is not None:
        pass
    assert list_pods(desk.workspace.store)[0].account_ids == (MARLOWE,)
    assert list_pods(desk.workspace.store)[0].member_ids == ()


def test_opening_a_pod_changes_nothing(desk: Desk, page: PodsPage) -> None:
    choose(page)
    before = list_pods(desk.workspace.store)
    history = len(edits.history(desk.workspace))
    page.open()
    page.model.reload()
    assert list_pods(desk.workspace.store) == before
    assert len(edits.history(desk.workspace)) == history
    assert page.agents[1].currentText() == "Priya Nair"


def test_a_name_is_kept_after_typing_and_must_be_another_ones(desk: Desk, page: PodsPage) -> None:
    page.model.add("Second")
    page.name.setText("Pilot pod")
    page.autosave.flush()
    assert {one.name for one in list_pods(desk.workspace.store)} == {"Pilot pod", "Second"}
    page.name.setText("North pod")
    page.autosave.flush()
    assert {one.name for one in list_pods(desk.workspace.store)} == {"Pilot pod", "North pod"}


def test_a_pod_is_deleted_and_brought_back(desk: Desk, page: PodsPage) -> None:
    page.model.delete()
    assert list_pods(desk.workspace.store) == ()
    assert page.model.pod is None
    desk.notices.undo()
    assert page.model.pod is not None


def test_the_suggested_pilot_becomes_a_pod(desk: Desk, page: PodsPage) -> None:
    page.offer.ask.click()
    assert page.model.offer is not None
    assert page.model.offer.candidates == ()
    assert page.offer.take.isHidden()
    one = PilotCandidate(KESTREL, "Kestrel Payments", Money(100, "EUR"), 0.9, "€1 billed")
    page.model._on_offer(
        PilotOffer((one,), 3, TODAY, TODAY, "EUR", (), (("Quarry", "no rate from USD to EUR is stated"),))
    )
    assert not page.offer.rates.isHidden()
    page.offer.take.click()
    assert any(pod.account_ids == (AccountId(KESTREL),) for pod in list_pods(desk.workspace.store))
    assert page.model.pod is not None
    assert page.model.pod.name == "Pilot"


def dialog(page: PodsPage) -> PersonDialog:
    return next(one for one in page.window().findChildren(PersonDialog) if one.isVisible())


def test_a_colleague_is_added_put_into_the_pod_edited_and_taken_out(desk: Desk, page: PodsPage) -> None:
    page.colleagues.add_colleague()
    dialog(page).name_field.setText("Mei Tanaka")
    assert dialog(page).role.value() is PersonRole.SUPPORT_AGENT
    dialog(page).save_button.click()
    mei = next(one for one in page.model.people(PersonRole.SUPPORT_AGENT) if one.name == "Mei Tanaka")
    page.agents[0].set_value(mei.id)
    assert list_pods(desk.workspace.store)[0].member_ids == (mei.id,)
    page.colleagues.table.activated_id.emit(mei.id)
    dialog(page).role.set_value(PersonRole.SUCCESS_MANAGER)
    dialog(page).save_button.click()
    assert page.model.manager == mei.id
    assert page.model.agents == ()
    page.colleagues.table.activated_id.emit(mei.id)
    dialog(page).delete_wanted.emit()
    assert page.model.manager is None
    assert mei not in people.our_people(desk.workspace.store)
    desk.notices.undo()
    assert page.model.manager == mei.id


def test_a_colleague_needs_a_name(page: PodsPage) -> None:
    page.colleagues.add_colleague()
    shown = dialog(page)
    shown.save_button.click()
    assert shown.isVisible()
    assert page.colleagues._rows.total == 3
