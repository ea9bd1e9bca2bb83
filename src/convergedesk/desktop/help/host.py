"""F1: says what the page on screen means, opens the guide, and shows around."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convergedesk.desktop.navigator import HOME
from convergedesk.desktop.palette.commands import Command
from convergedesk.desktop.shell.shortcuts import add_shortcut
from convergedesk.domain.errors import ConvergeDeskError

if TYPE_CHECKING:
    from convergedesk.desktop.help.panel import HelpPanel
    from convergedesk.desktop.help.topic import Topic
    from convergedesk.desktop.help.tour import Tour
    from convergedesk.desktop.help.tour_steps import Sights
    from convergedesk.desktop.jobs import JobContext, JobRunner
    from convergedesk.desktop.navigator import Navigator
    from convergedesk.desktop.shell.window import MainWindow
    from convergedesk.desktop.widgets.drawer import Drawer

KEY = "F1"
_WIDTH = 400
_OFFER_MS = 400


class Help(QObject):
    """What explains the pages of one window.

    Attributes:
        panel: The panel, while it is open.
        tour: The tour, while it goes on.

    Signals:
        tour_taken: The tour was seen to its end or skipped.
    """

    tour_taken = Signal()

    def __init__(
        self,
        window: MainWindow,
        jobs: JobRunner,
        navigator: Navigator | None = None,
        sights: Callable[[JobContext], Sights] | None = None,
    ) -> None:
        """`sights` reads what the tour can show; without it, or a navigator, there is no tour."""
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._navigator = navigator
        self._sights = sights
        self._drawer: Drawer | None = None
        self.panel: HelpPanel | None = None
        self.tour: Tour | None = None
        self._touring = False
        self._offer: QTimer | None = None
        window.explanation_wanted.connect(self.explain)
        add_shortcut(window, KEY, self.explain)

    @Slot()
    def explain(self) -> None:
        """Say what the page on screen means, or stop saying it."""
        if self._drawer is not None:
            self._drawer.close_drawer()
            return
        topic = self.topic()
        if topic is None or self._window.is_covered():
            return
        # Read only by who asks.
        from convergedesk.desktop.help.panel import HelpPanel
        from convergedesk.desktop.theme import theme
        from convergedesk.desktop.widgets.drawer import Drawer

        self.panel = HelpPanel(topic, tour=self._sights is not None)
        self.panel.closed.connect(self._close)
        self.panel.guide_wanted.connect(self._on_guide)
        self.panel.keys_wanted.connect(self._on_keys)
        self.panel.tour_wanted.connect(self._on_tour)
        self._drawer = Drawer(self._window, self.panel, theme().px(_WIDTH))
        self._drawer.closed.connect(self._on_closed)
        self._drawer.open()

    def topic(self) -> Topic | None:
        """The topic of the page on screen, or of its tab."""
        from convergedesk.desktop.help.topic import topic_of
        from convergedesk.desktop.help.topics import TOPICS

        spec = self._window.pages.current_spec
        tabs: Any = getattr(self._window.pages.currentWidget(), "tabs", None)
        return None if spec is None else topic_of(TOPICS, spec.key, tabs.current() if tabs else None)

    def open_guide(self, page: str = "first-steps") -> None:
        """Open a page of the guide."""
        from convergedesk.desktop.help.guide_dialog import GuideDialog

        GuideDialog(self._window, self._jobs, page).open()

    @Slot()
    def take_tour(self) -> None:
        """Show around, from the first step."""
        if self._sights is None or self._touring or self._window.is_covered():
            return
        self._touring = True
        self._jobs.submit(self._sights, on_done=self.begin_tour, on_error=self._on_nothing_seen)

    def offer_tour(self) -> None:
        """Take the tour as soon as Home shows accounts and nothing lies over it."""
        if self._offer is None:
            self._offer = QTimer(self, interval=_OFFER_MS)
            self._offer.timeout.connect(self._on_offer)
            self._offer.start()

    def commands(self) -> Iterable[Command]:
        """For the palette."""
        yield Command(
            "explain", "What does this page mean?", "question", self.explain, (KEY,), also="help terms"
        )
        yield Command("guide", "Open the guide", "book-open", self.open_guide, also="help manual read")
        if self._sights is not None:
            yield Command("tour", "Take the tour", "compass", self.take_tour, also="help show around steps")

    def begin_tour(self, sights: Sights) -> None:
        """Show around in what there is to show."""
        from convergedesk.desktop.help.tour import Tour

        offered, self._offer = self._offer is not None, None
        if self._navigator is None or self._window.is_covered() or (offered and sights.account_id is None):
            self._touring = False
            return
        self.tour = Tour(self._window, self._navigator, sights)
        self.tour.ended.connect(self._on_tour_ended)
        self.tour.start()

    def _on_nothing_seen(self, error: Exception) -> None:
        self._touring = False
        if not isinstance(error, ConvergeDeskError):
            raise error

    @Slot()
    def _on_offer(self) -> None:
        spec = self._window.pages.current_spec
        if self._offer is None or not self._window.isVisible() or spec is None or spec.key != HOME:
            return
        if not self._window.is_covered():
            self._offer.stop()
            self.take_tour()

    @Slot()
    def _close(self) -> None:
        if self._drawer is not None:
            self._drawer.close_drawer()

    @Slot(str)
    def _on_guide(self, page: str) -> None:
        self._close()
        self.open_guide(page)

    @Slot()
    def _on_keys(self) -> None:
        self._close()
        self._window.show_keys()

    @Slot()
    def _on_tour(self) -> None:
        self._close()
        self.take_tour()

    @Slot()
    def _on_closed(self) -> None:
        panel, self.panel, self._drawer = self.panel, None, None
        if panel is not None:
            panel.deleteLater()

    @Slot()
    def _on_tour_ended(self) -> None:
        self.tour = None
        self._touring = False
        self.tour_taken.emit()
