"""The head of the Account page: who the customer is, what was agreed, who looks after them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from convergedesk.desktop.pages.account.health_words import BANDS
from convergedesk.desktop.phrases import listing, near_day, until
from convergedesk.desktop.theme import Role
from convergedesk.desktop.widgets.avatar import Avatar
from convergedesk.desktop.widgets.badge import Badge
from convergedesk.desktop.widgets.button import Button, IconButton
from convergedesk.desktop.widgets.label import ElidedLabel, Label, Run, RunsLabel
from convergedesk.desktop.widgets.page_header import PageHeader
from convergedesk.desktop.widgets.segmented import SegmentedControl
from convergedesk.domain.accounts import Lifecycle
from convergedesk.domain.portfolio import CommitmentUse
from convergedesk.figures.account import AccountHeader
from convergedesk.figures.wording import count, day, month, short_money

if TYPE_CHECKING:
    from convergedesk.domain.account_figures import HealthFigure

_TOP_TIERS = ("strategic", "enterprise", "platinum", "premier", "key")
_YEAR = range(364, 367)
_GAP = 20


class AccountHead(PageHeader):
    """Initials, name, tier, and a row of facts.

    Signals:
        parent_opened: The id of the parent company.
        check_in_wanted: A contact is to be logged.
        feedback_wanted: Something that the customer said is to be written down.
        sites_chosen: True to roll sites up, False to show the account alone.
    """

    parent_opened = Signal(object)
    check_in_wanted = Signal()
    feedback_wanted = Signal()
    sites_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._parent_id: object = None
        self._mark = Avatar("", 44, square=True)
        self.set_leading(self._mark)
        self._tier = Badge("")
        self._lifecycle = Badge("")
        self.add_badge(self._tier)
        self.add_badge(self._lifecycle)
        self._lost = Badge("")
        self.add_badge(self._lost)
        self._health = Badge("")
        self.add_badge(self._health)
        log = Button("Log a check-in", icon="note-pencil")
        log.setToolTip("Ctrl L")
        log.clicked.connect(self.check_in_wanted)
        self._log = log
        self._feedback = IconButton("chat-centered-text", "Add feedback of this customer", bordered=True)
        self._feedback.clicked.connect(self.feedback_wanted)
        self.add_action(self._feedback)
        self.add_action(log)
        self._money = RunsLabel()
        self._term = RunsLabel()
        self._owner = _Persons("Owner")
        self._support = _Persons("Support")
        self._parent = Button("", "link", small=True)
        self._parent.clicked.connect(self._on_parent)
        self._sites = SegmentedControl([(True, "With sites"), (False, "This account only")])
        self._sites.value_changed.connect(self.sites_chosen)
        self._facts = (self._money, self._term, self._owner, self._support, self._parent, self._sites)
        for fact in self._facts:
            self.add_fact(fact)
        self.facts.setSpacing(_GAP)
        self.facts.addStretch(1000)

    def set_name(self, name: str) -> None:
        """Show no more than a name, until the rest is read."""
        self._mark.set_name(name)
        self.set_title(name)
        for widget in (*self._facts, self._tier, self._lifecycle, self._lost, self._health):
            widget.hide()

    def set_reachable(self, *, reachable: bool) -> None:
        """Offer what is done with an account, or not where it could not be opened."""
        self._log.setVisible(reachable)
        self._feedback.setVisible(reachable)

    def set_health(self, health: HealthFigure | None) -> None:
        """Show the account's health, or nothing while it is not known."""
        known = health is not None and health.score is not None and health.band is not None
        self._health.setVisible(known)
        if health is not None and health.score is not None and health.band is not None:
            words = f"Health {round(health.score)}, {health.band}"
            self._health.set_badge(words, *BANDS[health.band])

    def set_account(self, header: AccountHeader) -> None:
        """Show an account."""
        account = header.account
        self._mark.set_name(account.name)
        self.set_title(account.name)
        tier = account.tier or ""
        self._tier.set_badge(tier, "accent", "crown-simple" if tier.casefold() in _TOP_TIERS else "")
        self._tier.setVisible(bool(tier))
        self._show_lifecycle(header)
        self._show_lost(header)
        self._show(self._money, _money_runs(header))
        self._show(self._term, _term_runs(header))
        self._owner.set_names([account.owner] if account.owner else [])
        self._support.set_names(header.support_agents)
        self._parent_id = header.parent.id if header.parent is not None else None
        if header.parent is not None:
            self._parent.setText(f"Part of {header.parent.name}".replace("&", "&&"))
        self._parent.setVisible(header.parent is not None)
        self._sites.setVisible(bool(header.sites))
        names = listing([site.name for site in header.sites])
        self._sites.setToolTip(f"{count(len(header.sites), 'site')}: {names}")

    def _show_lifecycle(self, header: AccountHeader) -> None:
        account = header.account
        if account.gone_since is not None:
            text = f"Missing from the list since {day(account.gone_since.date())}"
            self._lifecycle.set_badge(text, "warning", "warning")
        elif account.lifecycle is Lifecycle.CHURNED:
            self._lifecycle.set_badge("Left", "neutral", "sign-out")
        elif account.lifecycle is Lifecycle.TRIAL:
            self._lifecycle.set_badge("Trial", "neutral", "hourglass-medium")
        self._lifecycle.setVisible(
            account.gone_since is not None or account.lifecycle is not Lifecycle.ACTIVE
        )

    def _show_lost(self, header: AccountHeader) -> None:
        """A sponsor or champion who left, and nobody took over: whoever opens the account must see it."""
        told = [
            f"{person.role.value.capitalize()} left {near_day(person.left_on, header.today)}"
            for person in header.lost
            if person.left_on is not None
        ]
        self._lost.setVisible(bool(told))
        if told:
            self._lost.set_badge(", ".join(told[:2]), "critical", "user-minus")
            self._lost.setToolTip(listing([person.name for person in header.lost]))

    @staticmethod
    def _show(label: RunsLabel, runs: Sequence[Run]) -> None:
        label.set_runs(runs)
        label.setVisible(bool(runs))

    @Slot()
    def _on_parent(self) -> None:
        if self._parent_id is not None:
            self.parent_opened.emit(self._parent_id)


def commitment_words(use: CommitmentUse) -> str:
    """'€1.26 M a year', or the amount with its term where that is no year."""
    days = (use.ends_on - use.starts_on).days + 1
    amount = short_money(use.committed)
    return (
        f"{amount} a year" if days in _YEAR else f"{amount}, {month(use.starts_on)} to {month(use.ends_on)}"
    )


def _money_runs(header: AccountHeader) -> tuple[Run, ...]:
    if header.commitment is not None:
        words = commitment_words(header.commitment)
        return Run("Commitment ", tone="text_3"), Run(words, Role.STRONG, "text_2")
    if header.mrr is not None:
        return Run("Recurring ", tone="text_3"), Run(
            f"{short_money(header.mrr)} a month", Role.STRONG, "text_2"
        )
    return ()


def _term_runs(header: AccountHeader) -> tuple[Run, ...]:
    ends = header.account.renews_on
    if ends is None:
        return ()
    verb = "Renews " if ends >= header.today else "Term ended "
    return (
        Run(verb, tone="text_3"),
        Run(day(ends), Role.STRONG, "text_2"),
        Run(f", {until(ends, header.today)}", tone="text_3"),
    )


class _Persons(QWidget):
    """A word, then initials and names; hidden where there is nobody."""

    _most = 2

    def __init__(self, label: str) -> None:
        super().__init__()
        self._discs = [Avatar("", 22) for _ in range(self._most)]
        self._names = ElidedLabel("", Role.STRONG, "text_2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(Label(label, Role.BODY, "text_3"))
        for disc in self._discs:
            row.addWidget(disc)
        row.addWidget(self._names, 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_names(self, names: Sequence[str]) -> None:
        for position, disc in enumerate(self._discs):
            disc.setVisible(position < len(names))
            if position < len(names):
                disc.set_name(names[position])
        self._names.setText(listing(list(names), self._most))
        self.setVisible(bool(names))
