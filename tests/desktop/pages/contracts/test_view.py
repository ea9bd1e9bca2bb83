"""The Contract tab on a real workspace: typing, mistakes, saving, undoing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.pages.contracts.terms_section import TermsSection
from convergedesk.desktop.pages.contracts.view import COMMITMENTS, PRICES, TERMS, ContractsView
from convergedesk.desktop.pages.contracts.working import differences
from convergedesk.desktop.theme import Theme
from convergedesk.desktop.widgets.fields import TextField
from convergedesk.desktop.widgets.label import Label
from convergedesk.domain.billing import PriceModel
from convergedesk.workspace import edits
from convergedesk.workspace.contracts import contract_book, draft_key, save_contract
from convergedesk.workspace.drafts import find_draft
from tests.desktop.pages.contracts.agreed import EVENTS, order_form
from tests.desktop.pages.desk import KESTREL, MARLOWE, Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    save_contract(opened.workspace, order_form(0, MARLOWE))
    yield opened
    opened.workspace.close()


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, light: Theme) -> ContractsView:
    shown = ContractsView(desk.context)
    qtbot.addWidget(shown)
    shown.resize(1200, 900)
    shown.show_account(MARLOWE)
    shown.show()
    return shown


def field(widget: QWidget, name: str) -> TextField:
    # Fields of an earlier layout are on their way out.
    return [one for one in widget.findChildren(TextField) if one.accessibleName() == name][-1]


def test_a_price_is_changed_checked_priced_and_saved(desk: Desk, view: ContractsView) -> None:
    view.check.ask(EVENTS, "30,000.5", view.model.book.today)  # pyright: ignore[reportOptionalMemberAccess]
    # 29,000 above what is included: 25 + 20,000 x 0.0016 + 9,000 x 0.0011 = 66.90
    assert view.check.shown == "€66.90"
    field(view.sections[PRICES], "Price of one unit, row 2").setText("0.0021")
    assert view.check.shown == "€75.90"
    assert view.model.dirty
    assert view.bar.save.isEnabled()
    view.bar.save.click()
    (kept,) = contract_book(desk.workspace, MARLOWE).contracts
    assert str(kept.prices[0].tiers[1].unit_price) == "0.0021"
    assert not view.model.dirty
    assert desk.notices.shown == ["Saved “Order form 2026”"]
    desk.notices.undo()
    assert contract_book(desk.workspace, MARLOWE).contracts[0].prices == order_form().prices
    assert field(view.sections[PRICES], "Price of one unit, row 2").text() == "0.0011"


def test_a_mistake_is_said_while_typing_and_cannot_be_saved(view: ContractsView) -> None:
    limit = field(view.sections[PRICES], "Up to, row 2")
    limit.setText("9,000")
    assert any("Overlaps" in one.sentence or "overlaps" in one.sentence for one in view.model.findings)
    assert not view.bar.save.isEnabled()
    limit.setText("nine")
    assert view.model.reading.contract is None
    assert not view.bar.save.isEnabled()
    view.bar.discard.click()
    assert not view.model.dirty
    assert field(view.sections[PRICES], "Up to, row 2").text() == ""


def test_an_amendment_takes_over_from_its_day(desk: Desk, view: ContractsView) -> None:
    view.model.new_amendment()
    form = view.model.form
    assert form is not None
    assert form.amends_id is not None
    view.prices._add_price(EVENTS)
    assert len(view.prices.findChildren(TextField)) > 3
    view.prices._on_model(PriceModel.FLAT)
    field(view.sections[PRICES], "Price of one unit, row 1").setText("1")
    view.bar.save.click()
    kept = contract_book(desk.workspace, MARLOWE).contracts
    assert {one.amends_id is None for one in kept} == {True, False}
    assert view.model.saved is not None
    assert view.model.saved.amends_id is not None


def test_a_draft_is_not_dropped_by_a_click_on_the_line(desk: Desk, view: ContractsView) -> None:
    first = view.model.saved
    assert first is not None
    view.model.new_amendment()
    view.time_line.contract_chosen.emit(first.id)
    assert view.model.dirty
    assert "discard" in desk.notices.shown[-1]


def test_a_draft_waits_while_another_customer_is_looked_at(view: ContractsView) -> None:
    field(view.sections[PRICES], "Price of one unit, row 2").setText("0.0021")
    view.show_account(KESTREL)
    assert not view.model.dirty
    view.show_account(MARLOWE)
    assert view.model.dirty
    assert field(view.sections[PRICES], "Price of one unit, row 2").text() == "0.0021"
    view.bar.discard.click()
    view.show_account(KESTREL)
    view.show_account(MARLOWE)
    assert not view.model.dirty


def test_a_draft_outlives_the_program(desk: Desk, view: ContractsView, qtbot: QtBot) -> None:
    field(view.sections[PRICES], "Price of one unit, row 2").setText("0.0021")
    view.autosave.flush()
    again = ContractsView(desk.context)
    qtbot.addWidget(again)
    again.show_account(MARLOWE)
    assert again.model.dirty
    assert field(again.sections[PRICES], "Price of one unit, row 2").text() == "0.0021"
    again.bar.save.click()
    assert find_draft(desk.workspace, draft_key(MARLOWE)) is None


def test_a_contract_is_deleted_and_brought_back(desk: Desk, view: ContractsView) -> None:
    view.model.delete()
    assert contract_book(desk.workspace, MARLOWE).contracts == ()
    assert view.model.form is None
    desk.notices.undo()
    assert len(contract_book(desk.workspace, MARLOWE).contracts) == 1
    assert view.model.form is not None


def test_a_customer_without_contracts_begins_one(desk: Desk, view: ContractsView) -> None:
    view.show_account(KESTREL)
    assert view.model.form is None
    view.model.new_contract()
    view.show_section(TERMS)
    field(view.sections[TERMS], "Currency").setText("gbp")
    view.bar.save.click()
    (kept,) = contract_book(desk.workspace, KESTREL).contracts
    assert kept.currency == "GBP"


def test_commitments_have_steps_and_meters(desk: Desk, view: ContractsView) -> None:
    view.show_section(COMMITMENTS)
    section = view.sections[COMMITMENTS]
    field(section, "Promised in the term from then on, row 1").setText("1 M")
    assert any("falls" in one.sentence for one in view.model.findings)
    view.bar.save.click()
    (kept,) = contract_book(desk.workspace, MARLOWE).contracts
    assert kept.commitments[0].ramps[0].amount.minor_units == 100_000_000
    edits.undo(desk.workspace)


def test_the_line_says_its_days_to_screen_readers(view: ContractsView) -> None:
    assert "Order form 2026, 1 Jan 2026 to 31 Dec 2026" in view.time_line.accessibleDescription()


def test_a_signed_copy_is_kept_shown_and_taken_out(
    desk: Desk, view: ContractsView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    scan = tmp_path / "A3 signed.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    view.show_section(TERMS)
    terms = view.sections[TERMS]
    assert isinstance(terms, TermsSection)
    terms._signed.chosen.emit(scan)
    assert "Signed copy: MF-2026.pdf → A3 signed.pdf" in differences(
        view.model.saved,
        view.model.reading.contract,  # pyright: ignore[reportArgumentType]
        view.model.names,
    )
    view.bar.save.click()
    scan.unlink()
    terms._signed.open.click()
    assert [one.name for one in opened] == ["A3 signed.pdf"]
    assert opened[0].read_bytes() == b"%PDF-1.7 signed"
    terms._signed.take_out.click()
    view.bar.save.click()
    (kept,) = contract_book(desk.workspace, MARLOWE).contracts
    assert kept.signed_copy is None
    edits.undo(desk.workspace)
    (kept,) = contract_book(desk.workspace, MARLOWE).contracts
    assert kept.signed_copy is not None
    assert kept.signed_copy.name == "A3 signed.pdf"
    view.shown._folder.remove()  # pyright: ignore[reportOptionalMemberAccess]
    assert not opened[0].exists()


def test_a_file_that_is_no_scan_is_refused_in_plain_words(
    desk: Desk, view: ContractsView, tmp_path: Path
) -> None:
    program = tmp_path / "signed.exe"
    program.write_bytes(b"MZ")
    view.model.attach(program)
    assert not view.model.dirty
    assert "neither a PDF nor a picture" in desk.notices.shown[-1]


def test_notice_says_its_day(view: ContractsView) -> None:
    view.show_section(TERMS)
    field(view.sections[TERMS], "Notice before the last day, days").setText("30")
    assert any("1 Dec 2026" in one.text() for one in view.sections[TERMS].findChildren(Label))
    field(view.sections[TERMS], "Notice before the last day, days").setText("4.5")
    assert not view.bar.save.isEnabled()
