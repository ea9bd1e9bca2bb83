"""When a customer's fiscal year begins, and whose public holidays it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.widgets.fields import FormRow, Select, TextField
from convergedesk.desktop.widgets.keeping_dialog import KeepingDialog
from convergedesk.domain.accounts import Account, AccountId
from convergedesk.domain.month_names import MONTHS

if TYPE_CHECKING:
    from convergedesk.desktop.context import PageContext
    from convergedesk.desktop.jobs import JobContext
    from convergedesk.workspace.changes import Changes

_VENDORS = 0
_WHOLE = ""
_CODE = 2


class CustomerYearDialog(KeepingDialog):
    """Edits the calendar facts of one account."""

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        accounts: Sequence[Account],
        fiscal_month: int,
        account_id: AccountId | None = None,
    ) -> None:
        """`fiscal_month` is the vendor's; without an account the first one is shown."""
        super().__init__(parent, "A customer's year and holidays", save="Save", width=520)
        self._context = context
        self._accounts = {one.id: one for one in accounts}
        self._wanted_region = _WHOLE
        self.account = Select([(one.id, one.name) for one in accounts])
        self.month = Select(
            [
                (_VENDORS, f"Ours: {MONTHS[fiscal_month - 1]}"),
                *((number, name) for number, name in enumerate(MONTHS, 1)),
            ]
        )
        self.country = TextField("such as DE")
        self.region = Select([(_WHOLE, "The whole country")])
        self._country_row = FormRow("Country", self.country, "Two letters; its public holidays are drawn")
        self.fields.addWidget(FormRow("Customer", self.account))
        hint = "Its quarters are compared, billed and reviewed by this year"
        self.fields.addWidget(FormRow("Fiscal year begins in", self.month, hint))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._country_row, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(FormRow("Region", self.region), 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(line)
        self.account.value_changed.connect(self._on_account)
        self.country.textChanged.connect(self._on_country)
        self.account.set_value(account_id if account_id in self._accounts else next(iter(self._accounts)))
        self._on_account()

    def form(self) -> tuple[object, ...]:
        """The fields as they stand."""
        return (
            self.account.value(),
            self.month.value(),
            self.country.text().strip().upper(),
            self.region.value() or _WHOLE,
        )

    def submit(self) -> bool:
        """See `KeepingDialog.submit`."""
        account_id, month, country, region = self.form()
        text = str(country)
        wrong = bool(text) and (len(text) != _CODE or not text.isalpha())
        self._country_row.set_fault("Write two letters, such as DE or US." if wrong else "")
        if wrong:
            self.country.setFocus()
            return False
        account = self._accounts[AccountId(int(str(account_id)))]

        def work(_job: JobContext) -> Changes:
            from convergedesk.workspace.calendar import set_account_calendar

            return set_account_calendar(
                self._context.workspace(),
                account.id,
                fiscal_month=int(str(month)) or None,
                country=text or None,
                region=str(region) or None,
            )

        def done(changes: Changes) -> None:
            kept = replace(
                account,
                fiscal_month=int(str(month)) or None,
                country=text or None,
                region=str(region) or None,
            )
            self._accounts[account.id] = kept
            self.accept()
            self._context.edited(f"Saved the year and holidays of {account.name}", changes)

        self._context.jobs.submit(work, write=True, on_done=done, on_error=self.show_failure)
        return True

    @Slot()
    def _on_account(self) -> None:
        account = self._accounts[AccountId(int(str(self.account.value())))]
        self.month.set_value(account.fiscal_month or _VENDORS)
        self._wanted_region = account.region or _WHOLE
        self.country.setText(account.country or "")
        self._on_country()
        self.begin()

    @Slot()
    def _on_country(self) -> None:
        code = self.country.text().strip().upper()
        if len(code) != _CODE:
            self._show_regions(())
            return

        def work(_job: JobContext) -> tuple[str, ...]:
            from convergedesk.workspace.calendar import regions

            return regions(code)

        self._context.jobs.submit(work, on_done=self._show_regions)

    def _show_regions(self, regions: tuple[str, ...]) -> None:
        before = self.form()
        untouched = before == self._saved_form
        options = [(_WHOLE, "The whole country"), *((one, one) for one in regions)]
        if self._wanted_region and self._wanted_region not in regions:
            options.append((self._wanted_region, self._wanted_region))
        self.region.set_options(options)
        self.region.set_value(self._wanted_region)
        self.region.setEnabled(len(options) > 1)
        if untouched:
            self.begin()
