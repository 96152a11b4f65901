"""What a request may cost: size, time, and how many in a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 2_000_000
BODY_SECONDS = 20.0
REMEMBERED = 10_000


class TooLargeError(Exception):
    """A body goes beyond what is allowed."""


class LimitBodies:
    """Ends requests whose body is too large or comes too slowly, before they reach the application."""

    def __init__(self, app: Application, largest: int = LARGEST_BODY, seconds: float = BODY_SECONDS) -> None:
        self._app, self._largest, self._seconds = app, largest, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self._largest:
            await _refuse(send, 413, "The message is too large.")
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TooLargeError:
            await _refuse(send, 413, "The message is too large.")
            return
        except TimeoutError:
            await _refuse(send, 408, "The message came too slowly.")
            return
        if body is None:
            return
        whole = {"type": "http.request", "body": body, "more_body": False}
        await self._app(scope, given_again(whole, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            size += len(part)
            if size > self._largest:
                raise TooLargeError
            parts.append(part)
            if not message.get("more_body"):
                return b"".join(parts)


def given_again(message: MutableMapping[str, Any], receive: Receive) -> Receive:
    """Return what gives a message that was read already, and then what follows."""
    is_given = False

    async def receive_again() -> MutableMapping[str, Any]:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return message

    return receive_again


async def _refuse(send: Send, status: int, sentence: str) -> None:
    body = f'{{"error":"{sentence}"}}'.encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Buckets:
    """Token buckets by name: so many at once, so many a second.

    Args:
        burst: how many may come at once.
        per_second: how many come back in a second.
    """

    def __init__(self, burst: float, per_second: float) -> None:
        self._burst, self._per_second = burst, per_second
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, now: float) -> float:
        """Take one and return 0, or return how many seconds there is to wait.

        Args:
            name: whose bucket.
            now: seconds of a steady clock.
        """
        level, then = self._levels.pop(name, (self._burst, now))
        level = min(self._burst, level + (now - then) * self._per_second)
        self._levels[name] = (level - 1 if level >= 1 else level, now)
        while len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)
        return 0.0 if level >= 1 else (1 - level) / self._per_second
