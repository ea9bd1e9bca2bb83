"""Faults of the surroundings, each with a sentence for the person and a way out.

Bugs are not caught here: they reach the one handler that logs them. What stands here is
what a correct program meets: a full disk, a wrong passphrase, a file that is no table.
"""

from __future__ import annotations


class ConvergeDeskError(Exception):
    """A fault that the person can understand and act on.

    Attributes:
        sentence: What failed, in plain words, without a class name or a number.
        fix: What the person can do now; empty where nothing helps.
        details: Technical text for 'Copy details'; never shown by itself.
    """

    def __init__(self, sentence: str, *, fix: str = "", details: str = "") -> None:
        """Keep the sentence, the fix and the details."""
        super().__init__(sentence)
        self.sentence = sentence
        self.fix = fix
        self.details = details

    def __str__(self) -> str:
        """The sentence, with the fix behind it where there is one."""
        return f"{self.sentence} {self.fix}".strip()


class UsageError(ConvergeDeskError):
    """The command line was used in a way that it does not understand (exit code 2)."""


class WorkspaceError(ConvergeDeskError):
    """The workspace file cannot be opened or is not usable (exit code 3)."""


class WrongKeyError(WorkspaceError):
    """The passphrase or key does not open this file."""


class KeyMissingError(WorkspaceError):
    """The key of this workspace is nowhere to be found on this computer."""


class NotAWorkspaceError(WorkspaceError):
    """The file exists and is something else, or is damaged beyond its first page."""


class DamagedWorkspaceError(WorkspaceError):
    """The file opens, but its integrity check fails or it is cut short."""


class NewerWorkspaceError(WorkspaceError):
    """The file was written by a later version of the program."""


class WorkspaceBusyError(WorkspaceError):
    """Another program holds the file for longer than we are willing to wait."""


class ReadOnlyError(WorkspaceError):
    """The file or its folder cannot be written to."""


class DiskFullError(ConvergeDeskError):
    """There is no room left on the disk; nothing of the last step was kept."""


class KeyringUnavailableError(ConvergeDeskError):
    """This computer offers no usable keyring, or it is locked."""


class SourceError(ConvergeDeskError):
    """A file or a service cannot be read."""


class QuestionError(SourceError):
    """A file cannot be imported without an answer that only a person can give.

    Attributes:
        flags: The command-line flags that answer it, such as `--date-order dmy`.
    """

    def __init__(self, sentence: str, *, flags: tuple[str, ...], fix: str = "") -> None:
        """Keep the question and the flags that answer it."""
        super().__init__(sentence, fix=fix or f"Answer with {' or '.join(flags)}.")
        self.flags = flags


class NotFoundError(ConvergeDeskError):
    """Something named by the person is not in the workspace."""


class CancelledError(ConvergeDeskError):
    """The person stopped a job; what was committed before stays."""


class EditConflictError(ConvergeDeskError):
    """An edit cannot be taken back or done again, because what it set has changed since."""
