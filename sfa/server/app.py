"""The server on HTTP: FastAPI around `Server.handle`, with limits, health and metrics."""

import math
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import FastAPI, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from sfa.ids import system_ids
from sfa.server import founding, grants, metrics
from sfa.server.database import Database
from sfa.server.handle import Server
from sfa.server.limits import Buckets, LimitBodies
from sfa.server.pull import digest
from sfa.sync.protocol import ProtocolError, decode, encode

PACKED = "application/octet-stream"
WAIT_FOR_CONNECTION = 5.0


@dataclass(slots=True)
class Settings:
    """How a server is run.

    Attributes:
        open_database: opens one more connection.
        connections: how many work at a time.
        now: the clock; `steady` counts seconds for limits.
        enrolments, syncs: how many come in at once and per second, by address and by device.
    """

    open_database: Callable[[], Database]
    connections: int = 4
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    steady: Callable[[], float] = time.monotonic
    enrolments: Buckets = field(default_factory=lambda: Buckets(10, 0.2))
    syncs: Buckets = field(default_factory=lambda: Buckets(60, 10))


class Pool:
    """So many servers, each with a connection of its own."""

    def __init__(self, settings: Settings) -> None:
        self._free: queue.LifoQueue[Server] = queue.LifoQueue()
        self._all = [Server(settings.open_database(), system_ids().new) for _ in range(settings.connections)]
        for server in self._all:
            self._free.put(server)

    @contextmanager
    def one(self) -> Iterator[Server]:
        """Lend a server.

        Raises:
            ProtocolError: 503: all are busy for too long.
        """
        try:
            server = self._free.get(timeout=WAIT_FOR_CONNECTION)
        except queue.Empty as error:
            raise ProtocolError(503, "The server is busy; try again.", retry_after=2) from error
        try:
            yield server
        finally:
            self._free.put(server)

    def close(self) -> None:
        """Close all connections."""
        for server in self._all:
            server.database.close()


def create_app(settings: Settings) -> FastAPI:
    """Return the application."""
    app = FastAPI(title="sfa server", docs_url=None, redoc_url=None)
    pool = Pool(settings)
    app.state.pool = pool
    app.add_middleware(LimitBodies)
    app.add_exception_handler(ProtocolError, _refusal)
    _add_sync(app, settings, pool)
    _add_care(app, pool)
    return app


def _refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProtocolError)  # noqa: S101 - FastAPI hands over what was registered
    metrics.REFUSALS.labels(str(error.status)).inc()
    headers = {"Retry-After": str(error.detail["retry_after"])} if "retry_after" in error.detail else {}
    return JSONResponse({"error": str(error), **error.detail}, error.status, headers)


def _add_sync(app: FastAPI, settings: Settings, pool: Pool) -> None:
    @app.post("/v1/enrol")
    async def enrol(request: Request) -> Response:
        _limit(settings.enrolments, _address(request), settings.steady())
        body = await request.body()
        return await run_in_threadpool(_enrol, pool, settings, body)

    @app.post("/v1/sync")
    async def sync(request: Request, authorization: Annotated[str, Header()] = "") -> Response:
        body, token = await request.body(), _token(authorization)
        _limit(settings.syncs, token, settings.steady())
        return await run_in_threadpool(_sync, pool, settings, token, body)

    @app.get("/v1/digest/{bucket}")
    async def bucket_digest(bucket: str, authorization: Annotated[str, Header()] = "") -> dict[str, Any]:
        token = _token(authorization)
        _limit(settings.syncs, token, settings.steady())
        return await run_in_threadpool(_digest, pool, token, bucket)


def _add_care(app: FastAPI, pool: Pool) -> None:
    @app.get("/health")
    async def health() -> dict[str, str]:
        def look() -> None:
            with pool.one() as server:
                server.database.rows("SELECT 1")

        await run_in_threadpool(look)
        return {"status": "ok"}

    @app.get("/metrics")
    async def measures() -> Response:
        return Response(metrics.text(), media_type=metrics.MEDIA_TYPE)


def _enrol(pool: Pool, settings: Settings, body: bytes) -> Response:
    message = decode(body)
    code, schema = message.get("code"), message.get("schema")
    if not isinstance(code, str) or not isinstance(schema, int):
        raise ProtocolError(400, "An enrolment has a code and a schema.")
    with pool.one() as server:
        answer = founding.enrol(server.database, code, schema, settings.now(), system_ids().new)
    return Response(encode(answer), media_type=PACKED)


def _sync(pool: Pool, settings: Settings, token: str, body: bytes) -> Response:
    with pool.one() as server, metrics.SYNC_SECONDS.time():
        org, device = founding.device_of_token(server.database, token)
        answer = server.handle(org, device, body, settings.now())
    return Response(answer, media_type=PACKED)


def _digest(pool: Pool, token: str, bucket: str) -> dict[str, Any]:
    with pool.one() as server:
        org, device_id = founding.device_of_token(server.database, token)
        user = server.device(org, device_id).user
        grant = grants.grants(server.database, org, user).get(bucket)
        if grant is None:
            raise ProtocolError(403, "This bucket is not yours.")
        with server.database.reading():
            return digest(server.database, org, grant)


def _limit(buckets: Buckets, name: str, now: float) -> None:
    wait = buckets.wait(name, now)
    if wait:
        raise ProtocolError(429, "Too many requests; try again later.", retry_after=math.ceil(wait))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _token(authorization: str) -> str:
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise ProtocolError(401, "Show this device's token.")
    return token


def of_this_machine() -> FastAPI:
    """Return the application over this machine's server, for uvicorn's workers."""
    from sfa.server.opening import find  # noqa: PLC0415 - reads a file, at the start alone

    place = find()
    return create_app(Settings(place.open))
