"""Keys typed faster than the desk answers: each waits until what the ones before it began is there to take it."""

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from screens.app import SalesApp

LOOK_AGAIN_S = 0.01
PATIENCE_S = 2.0
"""No key is held longer, whatever happens: a program that hangs must still hear ctrl+q."""

ROUNDS = 2
"""Times that a key is followed: what the first one began (a line that is submitted) is through after the second."""


class TypeAhead:
    """Hands keys on one at a time.

    Textual sends a key to the widget that has the focus when it arrives. Of `/acme`, sent in one go over a slow line,
    the letters would be taken for verbs of the list, since the filter line has no focus yet.

    Args:
        app: the desk.
        hand_on: what is done with a key whose time has come.
    """

    def __init__(self, app: "SalesApp", hand_on: Callable[[events.Key], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[events.Key] = deque()
        self._under_way: events.Key | None = None
        self._is_looking = False
        self._is_patient = False

    @property
    def is_waiting(self) -> bool:
        """Tell whether keys are held back."""
        return bool(self._waiting)

    def forget(self) -> None:
        """Drop what is held back: it was typed for something that is not there any more."""
        self._waiting.clear()

    async def take(self, key: events.Key) -> None:
        """Hand the key on, now or as soon as it is its turn."""
        self._waiting.append(key)
        await self._go_on()
        if self._waiting and not self._is_patient:
            self._is_patient = True
            self._app.set_timer(PATIENCE_S, partial(self._lose_patience, self._waiting[0]))

    async def _go_on(self) -> None:
        if self._under_way is not None or not self._waiting:
            return
        if self._app.is_ready:
            await self._send()
        elif not self._is_looking:
            self._is_looking = True
            self._app.set_timer(LOOK_AGAIN_S, self._look_again)

    async def _look_again(self) -> None:
        self._is_looking = False
        await self._go_on()

    async def _lose_patience(self, key: events.Key) -> None:
        self._is_patient = False
        if key in self._waiting:
            self._under_way = None
            await self._send()
        if self._waiting:
            self._is_patient = True
            self._app.set_timer(PATIENCE_S, partial(self._lose_patience, self._waiting[0]))

    async def _send(self) -> None:
        key = self._under_way = self._waiting.popleft()
        place = self._app.focused or self._app.screen
        await self._hand_on(key)
        if key.is_forwarded:
            self._ask(place, place, key, ROUNDS)
        else:
            self._done(key)  # a binding of the app has taken it before any widget

    def _ask(self, start: "DOMNode", place: "DOMNode", key: events.Key, rounds: int) -> None:
        """Have a widget say when it is through with all that it was sent so far."""
        if not place.call_later(self._follow, start, place, key, rounds):
            self._done(key)  # the widget has gone, and the key with it

    def _follow(self, start: "DOMNode", place: "DOMNode", key: events.Key, rounds: int) -> None:
        """Go after a key the way it bubbles up, from the widget to the app, which runs what it is bound to."""
        is_below_screen = place is not self._app and place.parent is not self._app  # a screen stops what it hands on
        if key.is_printable and is_below_screen and key._stop_propagation:  # noqa: SLF001 - Textual has no other sign
            self._done(key)  # a letter in a field: what is made of it, such as a search, is not waited for
        elif place is not self._app and place.parent is not None:
            self._ask(start, place.parent, key, rounds)
        elif rounds > 1:
            self._ask(start, start, key, rounds - 1)
        else:
            self._done(key)

    def _done(self, key: events.Key) -> None:
        if self._under_way is key:
            self._under_way = None
            self._app.call_later(self._go_on)  # behind the focus that the key may have moved
