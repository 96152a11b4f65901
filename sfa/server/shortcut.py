"""Answers a sync with nothing to say before the application routes it: routing and a thread take longer than the answer."""

from collections.abc import MutableMapping
from typing import Any

from sfa.server import idle
from sfa.server.contract import PACKED, PLAIN
from sfa.server.endpoints import SYNC, Doors, token_of
from sfa.server.limits import Application, Receive, Scope, Send, given_again
from sfa.sync.protocol import ProtocolError


class Shortcut:
    """Goes around the application where the book is near; whatever is not to be answered at once goes on to it.

    Attributes:
        path: as a route has it, for the log.
    """

    path = SYNC

    def __init__(self, app: Application, doors: Doors) -> None:
        self._app, self._doors = app, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, whose body was read as a whole (`limits.LimitBodies`)."""
        if scope["type"] != "http" or scope["path"] != SYNC or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        message = await receive()
        answer = self._answer(scope, message)
        if answer is None:
            await self._app(scope, given_again(message, receive), send)
            return
        headers = [(b"content-length", str(len(answer)).encode()), (b"content-type", PACKED.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, scope: Scope, message: MutableMapping[str, Any]) -> bytes | None:
        headers, doors = dict(scope["headers"]), self._doors
        now, body = doors.settings.now(), message.get("body", b"")
        if headers.get(b"content-type", b"").lower().startswith(PLAIN.encode()):
            return None
        try:
            token = token_of(headers.get(b"authorization", b"").decode("latin-1"))
        except ProtocolError:
            return None
        found = doors.pool.at_once(lambda book: idle.answer(book, token, body, now))
        # A device that was not seen of late is written down in a thread; one that comes too often is refused there.
        if found is None or not doors.is_seen(found[1], now) or doors.syncs.wait(token, doors.settings.steady()):
            return None
        scope["route"] = self
        scope.setdefault("state", {})["device"] = found[1]
        return found[0]
