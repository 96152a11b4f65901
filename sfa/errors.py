"""Errors that a person reads: one sentence, the thing at fault, a remedy, an exit code."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class ExitCode:
    """What the shell is told; whole numbers, as `enum` costs the fast door more than opening the database."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFLICT = 4
    NOT_ALLOWED = 5
    STORAGE = 74
    INTERRUPTED = 130


class SfaError(Exception):
    """Anything that stops a use case, with a sentence for the user and, where there is one, a remedy."""

    exit_code = ExitCode.FAILURE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SfaError):
    """The words of a command are off."""

    exit_code = ExitCode.USAGE


class NotFoundError(SfaError):
    """Nothing goes by that reference, id or name."""

    exit_code = ExitCode.NOT_FOUND


class ConflictError(SfaError):
    """The state of the data forbids it, or a name means several records.

    Attributes:
        candidates: lines that name the records meant, best first.
    """

    exit_code = ExitCode.CONFLICT

    def __init__(self, message: str, hint: str | None = None, candidates: "Sequence[str]" = ()) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)


class NotAllowedError(SfaError):
    """A rule of the company forbids it."""

    exit_code = ExitCode.NOT_ALLOWED


class StorageError(SfaError):
    """The disk, the folder or the database file stops us; nothing acknowledged is lost."""

    exit_code = ExitCode.STORAGE


class LeaseError(NotAllowedError):
    """The laptop has not met its server for too long: the book is shown again after a sync."""


class SignedOffError(NotAllowedError):
    """The company took this laptop's book away; it was removed."""


class LockedError(NotAllowedError):
    """The book is encrypted and its key is not at hand: nothing is damaged, and nothing was done."""
