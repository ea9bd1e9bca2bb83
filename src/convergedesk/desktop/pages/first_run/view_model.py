"""How the person starts, and what will hold the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from convergedesk.desktop.pages.first_run.intents import ExploreSample, ImportFiles, Intent, OpenWorkspace
from convergedesk.domain.errors import ConvergeDeskError


class Keychain(StrEnum):
    """Whether this computer can keep the key."""

    LOOKING = "looking"
    AVAILABLE = "available"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Preparing:
    """What the program does after the choice.

    Attributes:
        label: In plain words, such as 'Building the sample workspace'.
        done: Of `total`.
        total: None where it is not known.
    """

    label: str
    done: int = 0
    total: int | None = None


class FirstRunViewModel(QObject):
    """State and commands of the first screen. It decides nothing on disk: `chosen` says what to do."""

    changed = Signal()
    passphrase_needed = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Until `set_keychain` is called the keychain is being looked for."""
        super().__init__(parent)
        self._keychain = Keychain.LOOKING
        self._passphrase: str | None = None
        self._waiting: Callable[[], None] | None = None
        self._preparing: Preparing | None = None
        self._fault: ConvergeDeskError | None = None

    @property
    def keychain(self) -> Keychain:
        """Whether this computer can keep the key."""
        return self._keychain

    @property
    def has_passphrase(self) -> bool:
        """True once a passphrase was chosen."""
        return self._passphrase is not None

    @property
    def preparing(self) -> Preparing | None:
        """What is being done, or None while the person may choose."""
        return self._preparing

    @property
    def fault(self) -> ConvergeDeskError | None:
        """Why the last choice failed, or None."""
        return self._fault

    def set_keychain(self, *, available: bool) -> None:
        """Say whether the system's keychain can be used; a choice that waited for it goes on."""
        self._keychain = Keychain.AVAILABLE if available else Keychain.MISSING
        self.changed.emit()
        self._go_on()

    def protect(self, passphrase: str) -> None:
        """Use a passphrase as the key; a choice that waited for it goes on."""
        self._passphrase = passphrase
        self.changed.emit()
        self._go_on()

    def use_keychain(self) -> None:
        """Forget the passphrase and let the keychain keep a random key."""
        self._passphrase = None
        self.changed.emit()

    def forget_choice(self) -> None:
        """The person closed the passphrase dialog: nothing waits any more."""
        self._waiting = None

    def explore_sample(self) -> None:
        """Start with the made-up workspace."""
        self._start(lambda: ExploreSample(self._passphrase))

    def import_files(self, paths: Sequence[Path]) -> None:
        """Start with files; nothing happens without any."""
        kept = tuple(paths)
        if kept:
            self._start(lambda: ImportFiles(kept, self._passphrase))

    def open_workspace(self, path: Path) -> None:
        """Open a file that is there; its own key counts, so none is asked for here."""
        self._choose(OpenWorkspace(path))

    def prepare(self, label: str, done: int = 0, total: int | None = None) -> None:
        """Show how far the chosen way is."""
        self._preparing = Preparing(label, done, total)
        self.changed.emit()

    def fail(self, fault: ConvergeDeskError) -> None:
        """Say why the chosen way failed, and let the person choose again."""
        self._preparing = None
        self._fault = fault
        self.changed.emit()

    def reset(self) -> None:
        """Let the person choose again without a fault, as after a refused passphrase."""
        self._preparing = None
        self._fault = None
        self.changed.emit()

    def _start(self, intent: Callable[[], Intent]) -> None:
        if self._preparing is not None:
            return
        self._waiting = lambda: self._choose(intent())
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting is None or (self._keychain is Keychain.LOOKING and self._passphrase is None):
            return
        if self._keychain is Keychain.MISSING and self._passphrase is None:
            self.passphrase_needed.emit()
            return
        waiting, self._waiting = self._waiting, None
        waiting()

    def _choose(self, intent: Intent) -> None:
        self._fault = None
        self.changed.emit()
        self.chosen.emit(intent)
