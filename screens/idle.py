"""The desk locks itself: nobody at the keys for a while, and the book opens by a passphrase."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.safe import safe
from sfa.errors import SfaError

if TYPE_CHECKING:
    from screens.app import SalesApp

SIGNS = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What tells that somebody is here."""
WORKERS = "unlocking"


class IdleLock:
    """Counts from the last sign of life, and locks.

    Attributes:
        is_locked: whether the desk shows nothing just now.
    """

    def __init__(self, app: "SalesApp") -> None:
        self._app = app
        self._last: datetime | None = None
        self.is_locked = False

    def lets_through(self, event: events.Event) -> bool:
        """Take an event; a sign of life that comes too late locks the desk, and goes no further."""
        if self.is_locked or not isinstance(event, SIGNS):
            return True
        self.look()
        self._last = self._now()
        return not self.is_locked

    def look(self) -> None:
        """Lock where nobody was here for as long as the setting says."""
        minutes = self._app.clerk.desk.config.number("screens.lock_minutes")
        if self._last is None:
            self._last = self._now()
        is_due = minutes > 0 and self._now() - self._last >= timedelta(minutes=minutes)
        if is_due and not self.is_locked and self._has_passphrase():
            self._lock()

    def unlocked(self) -> None:
        """Count anew; what was typed at the lock does not reach the desk behind it."""
        self.is_locked = False
        self._last = self._now()
        self._app.type_ahead.forget()

    def _now(self) -> datetime:
        return self._app.clerk.desk.store.clock.now()

    def _has_passphrase(self) -> bool:
        from sfa.services.encrypting import has_passphrase  # noqa: PLC0415 - after a quarter of an hour

        return has_passphrase(self._app.clerk.folder)

    def _lock(self) -> None:
        from sfa.services.encrypting import lock  # noqa: PLC0415 - as above

        self.is_locked = True
        with suppress(SfaError):  # the file of locks is gone: there is no key to be forgotten
            lock(self._app.clerk.folder)
        self._app.clear_notifications()
        self._app.type_ahead.forget()
        self._app.push_screen(LockScreen())


class LockScreen(ModalScreen[None]):
    """Covers all of the desk until somebody types the passphrase."""

    CSS = "LockScreen { background: $background 100%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "app.quit", "Quit", tooltip="Close the desk; everything is saved", id="lock.quit")
    ]

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Locked"
            dialog.border_subtitle = "enter opens · ctrl+q quits"
            yield Input(password=True, placeholder="Passphrase or recovery code")
            yield Static("", id="problem", classes="problem")
            yield Static("Nobody was here for a while. What you had open is as you left it.", classes="hint")

    @on(Input.Submitted)
    def try_it(self, event: Input.Submitted) -> None:
        """Try what was typed, in a thread: a guess takes its time; nothing more is taken meanwhile."""
        secret = event.value
        event.input.clear()
        event.input.disabled = True
        self.run_worker(self._try(secret), group=WORKERS, exit_on_error=False)

    async def _try(self, secret: str) -> None:
        app = self._desk_app()
        problem = await app.clerk.ask(lambda _desk: _unlock(app, secret))
        app.type_ahead.forget()
        if problem is None:
            app.idle.unlocked()
            self.dismiss()
            return
        field = self.query_one(Input)
        field.disabled = False
        field.focus()
        self.query_one("#problem", Static).update(safe(problem))

    def _desk_app(self) -> "SalesApp":
        from screens.app import SalesApp  # noqa: PLC0415 - the app imports its screens

        assert isinstance(self.app, SalesApp)  # noqa: S101 - there is no other
        return self.app


def _unlock(app: "SalesApp", secret: str) -> str | None:
    """Open the book again; return why not."""
    from sfa.services.encrypting import unlock  # noqa: PLC0415 - as above

    try:
        unlock(secret, app.clerk.folder)
    except SfaError as error:
        return error.message
    return None
