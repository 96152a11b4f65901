"""The server on HTTP: FastAPI around `Server.handle`, with limits, health, metrics and the administrators' page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sfa.errors import NotFoundError, SfaError
from sfa.server import contract, metrics
from sfa.server.admin.pages import add_pages
from sfa.server.endpoints import Doors, add_endpoints, administrator_of, is_of_this_computer, refusal, token_of
from sfa.server.limits import LimitBodies
from sfa.server.logs import LogRequests
from sfa.server.pool import Pool
from sfa.server.settings import Settings
from sfa.server.shortcut import Shortcut
from sfa.sync.protocol import ProtocolError


def create_app(settings: Settings) -> FastAPI:
    """Return the application."""
    pool = Pool(settings.open_database, settings.limits.connections)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()

    app = FastAPI(title="sfa server", version="1", docs_url=None, redoc_url=None, lifespan=life)
    app.state.pool = pool
    doors = Doors(settings, pool)
    limits = settings.limits
    app.add_middleware(Shortcut, doors=doors)
    app.add_middleware(LimitBodies, largest=limits.largest_body, seconds=limits.body_seconds)
    app.add_middleware(LogRequests)
    _add_refusals(app)
    add_endpoints(app, doors)
    _add_care(app, pool)
    add_pages(app, doors)
    return app


def _add_refusals(app: FastAPI) -> None:
    @app.exception_handler(ProtocolError)
    async def refused(_: Request, error: ProtocolError) -> Response:
        return refusal(error.status, str(error), error.detail)

    @app.exception_handler(SfaError)
    async def not_done(_: Request, error: SfaError) -> Response:
        return refusal(404 if isinstance(error, NotFoundError) else 400, error.message, {})

    @app.exception_handler(RequestValidationError)
    async def not_one_of_ours(_: Request, __: RequestValidationError) -> Response:
        return refusal(400, "The request is not one of ours.", {})

    @app.exception_handler(HTTPException)
    async def nothing_there(_: Request, error: HTTPException) -> Response:
        answer = refusal(error.status_code, str(error.detail), {})
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def fault(_: Request, __: Exception) -> Response:
        return refusal(500, "The server made a mistake; it is in its log.", {})


def _add_care(app: FastAPI, pool: Pool) -> None:
    @app.get("/health", responses=contract.refusals())
    async def health() -> contract.Health:
        """Tell whether the server and its database work."""
        await run_in_threadpool(pool.run, lambda server: server.database.rows("SELECT 1"))
        return contract.Health(status="ok")

    @app.get("/metrics", include_in_schema=False)
    async def measures(request: Request) -> Response:
        if not is_of_this_computer(request):
            token = token_of(request.headers.get("authorization", ""))
            await run_in_threadpool(pool.run, lambda server: administrator_of(server, token))
        return Response(metrics.text(), media_type=metrics.MEDIA_TYPE)


def of_this_machine() -> FastAPI:
    """Return the application over this machine's server, for uvicorn's workers."""
    from sfa.server.deadlines import HastyProtocol  # noqa: PLC0415 - uvicorn's, for a server that runs
    from sfa.server.opening import find  # noqa: PLC0415 - reads a file, at the start alone

    place = find()
    HastyProtocol.header_seconds = place.limits.header_seconds
    return create_app(Settings(place.open, place.org, place.limits))
