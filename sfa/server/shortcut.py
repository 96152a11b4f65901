"""Answers a sync before the application routes it: routing takes longer than most of the answers."""

from asyncio import get_running_loop
from collections.abc import Mapping

from sfa.server import idle
from sfa.server.contract import PACKED, PLAIN
from sfa.server.endpoints import SYNC, Doors, refusal, sync_answer, token_of
from sfa.server.limits import Application, Receive, Scope, Send
from sfa.sync.protocol import ProtocolError


class Shortcut:
    """Goes around the application with packed syncs; all else goes on to it.

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
        headers = dict(scope["headers"])
        if headers.get(b"content-type", b"").lower().startswith(PLAIN.encode()):
            await self._app(scope, receive, send)
            return
        scope["route"] = self
        body = (await receive()).get("body", b"")
        try:
            answer = await self._answer(scope, headers, body)
        except ProtocolError as error:
            await refusal(error.status, str(error), error.detail)(scope, receive, send)
            return
        told = [(b"content-length", str(len(answer)).encode()), (b"content-type", PACKED.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": told})
        await send({"type": "http.response.body", "body": answer})

    async def _answer(self, scope: Scope, headers: Mapping[bytes, bytes], body: bytes) -> bytes:
        """Answer at once what brings nothing and finds nothing where the book is near; the rest in a thread."""
        doors, state = self._doors, scope.setdefault("state", {})
        now, token = doors.settings.now(), token_of(headers.get(b"authorization", b"").decode("latin-1"))
        doors.limit(doors.syncs, token)
        sent = idle.read(body)
        found = doors.pool.at_once(lambda book: idle.answer(book, token, sent, now))
        # That a device is here, which was not of late, is written down in a thread.
        if found is not None and doors.is_seen(found[1], now):
            answer, state["device"] = found
            return answer
        # The loop's own executor hands over in half the time of anyio's, and this is the hot path.
        return await get_running_loop().run_in_executor(None, sync_answer, doors, state, token, sent)
