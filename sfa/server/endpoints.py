"""The protocol on HTTP: enrol, sync, digest, revoke; each in a thread with a connection of its own."""

import gzip
import math
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import FastAPI, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from sfa.ids import system_ids
from sfa.server import contract, founding, idle, metrics, quarantine
from sfa.server.contract import PACKED, PLAIN
from sfa.server.failures import Failures
from sfa.server.grants import grants
from sfa.server.handle import Server
from sfa.server.idle import Sent
from sfa.server.limits import Buckets
from sfa.server.listening import LOOPBACK
from sfa.server.people import People
from sfa.server.pool import Pool
from sfa.server.pull import digest
from sfa.server.push import Device
from sfa.server.settings import Settings
from sfa.server.words import Words
from sfa.sync.protocol import ProtocolError, decode, encode

SYNC = "/v1/sync"
MOST_ANSWER = 256_000_000
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a device was here last: a sync that changes nothing shall write nothing."""
_REMEMBERED = 10_000
_OF_PROXIES = ("forwarded", "x-forwarded-for", "via")


@dataclass(slots=True)
class Doors:
    """What the endpoints share."""

    settings: Settings
    pool: Pool
    enrolments: Buckets = field(init=False)
    syncs: Buckets = field(init=False)
    seen: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        limits = self.settings.limits
        self.enrolments = Buckets(limits.enrol_burst, limits.enrol_per_second)
        self.syncs = Buckets(limits.sync_burst, limits.sync_per_second)

    def limit(self, buckets: Buckets, name: str) -> None:
        """Let a request through, or refuse it.

        Raises:
            ProtocolError: 429.
        """
        wait = buckets.wait(name, self.settings.steady())
        if wait:
            raise ProtocolError(429, "Too many requests; try again later.", retry_after=math.ceil(wait))

    def is_seen(self, device: str, now: datetime) -> bool:
        """Tell whether it was written down of late that a device was here."""
        then = self.seen.get(device)
        return then is not None and now - then < SEEN_EVERY

    def failures(self, server: Server) -> Failures:
        """Return who was wrong of late."""
        limits = self.settings.limits
        span = timedelta(minutes=limits.failure_minutes)
        new_id = system_ids().new
        return Failures(server.database, self.settings.org, limits.failures, span, self.settings.now(), new_id)


def add_endpoints(app: FastAPI, doors: Doors) -> None:
    """Put the protocol's endpoints on an application."""

    @app.post(
        "/v1/enrol",
        response_model=contract.EnrolAnswer,
        responses=contract.refusals(400, 401, 426),
        openapi_extra=contract.body_of(contract.EnrolRequest),
    )
    async def enrol(request: Request) -> Response:
        """Take a one-time code; the answer holds this device's token."""
        address = address_of(request)
        doors.limit(doors.enrolments, address)
        return await _answer(request, lambda body: _enrol(doors, address, body))

    @app.post(
        SYNC,
        response_model=contract.SyncAnswer,
        responses=contract.refusals(400, 401, 409, 426),
        openapi_extra=contract.body_of(contract.SyncRequest) | {"parameters": [contract.TOKEN_PARAMETER]},
    )
    async def sync(request: Request) -> Response:
        """Take mutations, and give verdicts, grants and changes."""
        token = token_of(request.headers.get("authorization", ""))
        doors.limit(doors.syncs, token)
        state = request.scope.setdefault("state", {})
        return await _answer(request, lambda body: sync_answer(doors, state, token, Sent(body, None)))

    @app.get("/v1/digest/{bucket}", responses=contract.refusals(400, 401, 403))
    async def bucket_digest(bucket: str, authorization: Annotated[str, Header()] = "") -> contract.DigestAnswer:
        """Give count and hash of a bucket."""
        token = token_of(authorization)
        doors.limit(doors.syncs, token)
        found = await run_in_threadpool(doors.pool.run, lambda server: _digest(server, token, bucket))
        return contract.DigestAnswer(**found)

    @app.post("/v1/devices/{device}/revoke", responses=contract.refusals(400, 401, 403, 404))
    async def revoke(device: str, authorization: Annotated[str, Header()] = "") -> contract.Revoked:
        """Let a device sync no more; for administrators."""
        token = token_of(authorization)
        doors.limit(doors.syncs, token)
        now = doors.settings.now()
        user = await run_in_threadpool(doors.pool.run, lambda server: _revoke(server, token, device, now))
        return contract.Revoked(device=device, user=user)

    @app.post("/v1/wiped", responses=contract.refusals(400, 401, 409))
    async def wiped(authorization: Annotated[str, Header()] = "") -> contract.Wiped:
        """Hear from a device that may sync no more that its book is gone."""
        token, now = token_of(authorization), doors.settings.now()
        doors.limit(doors.syncs, token)
        return contract.Wiped(at=await run_in_threadpool(doors.pool.run, lambda server: _wiped(server, token, now)))


def _wiped(server: Server, token: str, now: datetime) -> str:
    org, device = founding.device_of_token(server.database, token)
    return founding.note_wiped(server.database, org, device, now)


async def _answer(request: Request, work: Callable[[bytes], bytes]) -> Response:
    """Answer in the form of the question: packed bytes, or JSON as it is."""
    body = await request.body()
    is_plain = request.headers.get("content-type", "").partition(";")[0].strip().lower() == PLAIN
    given = await run_in_threadpool(work, gzip.compress(body, 1) if is_plain else body)
    return JSONResponse(decode(given, most=MOST_ANSWER)) if is_plain else Response(given, media_type=PACKED)


def _enrol(doors: Doors, address: str, body: bytes) -> bytes:
    message = decode(body)
    code, schema = message.get("code"), message.get("schema")
    if not isinstance(code, str) or not isinstance(schema, int) or isinstance(schema, bool):
        raise ProtocolError(400, "An enrolment has a code and a schema.")

    def work(server: Server) -> dict[str, object]:
        failures, who = doors.failures(server), f"ip:{address}"
        failures.require_few(who)
        server.require_served(Words(server.versions, schema))
        try:
            return founding.enrol(server.database, code, schema, doors.settings.now(), system_ids().new)
        except ProtocolError:
            failures.note([who])
            raise

    return encode(doors.pool.run(work))


def sync_answer(doors: Doors, state: MutableMapping[str, Any], token: str, sent: Sent) -> bytes:
    """Return the answer to a packed sync, and put the device into the state of the request, for the log.

    Raises:
        ProtocolError: it is refused.
    """
    now = doors.settings.now()

    def work(server: Server) -> bytes:
        found = idle.answer(server.database, token, sent, now)
        answer, device = found or _handled(server, state, token, sent, now)
        state["device"] = device
        _note_seen(doors, server, founding.org_of(token), device, now)
        return answer

    with metrics.SYNC_SECONDS.labels(metrics.worker()).time():
        return doors.pool.run(work)


def _handled(
    server: Server, state: MutableMapping[str, Any], token: str, sent: Sent, now: datetime
) -> tuple[bytes, str]:
    org, device = founding.device_of_token(server.database, token)
    state["device"] = device
    try:
        return server.handle(org, device, sent.body, now, sent.message), device
    except ProtocolError as refusal:
        if refusal.status == 401 and quarantine.keep(server.database, org, device, sent.body, now):  # noqa: PLR2004
            metrics.QUARANTINED.labels(metrics.worker()).inc()
        raise


def _note_seen(doors: Doors, server: Server, org: str, device: str, now: datetime) -> None:
    if doors.is_seen(device, now):
        return
    if len(doors.seen) >= _REMEMBERED:
        doors.seen.clear()
    doors.seen[device] = now
    founding.note_seen(server.database, org, device, now)


def _digest(server: Server, token: str, bucket: str) -> dict[str, Any]:
    org, device_id = founding.device_of_token(server.database, token)
    device = server.device(org, device_id)
    with server.database.reading():
        grant = grants(server.database, org, device.user).get(bucket)
        if grant is None:
            raise ProtocolError(403, "This bucket is not yours.")
        return digest(server.database, org, grant, device.words)


def _revoke(server: Server, token: str, word: str, now: datetime) -> str:
    device = administrator_of(server, token)
    return People(server.database, device.org, now, system_ids().new, by=device.user).revoke(word)


def administrator_of(server: Server, token: str) -> Device:
    """Return the device of an administrator's token.

    Raises:
        ProtocolError: 401: the token is none of ours; 403: it is somebody else's.
    """
    device = server.device(*founding.device_of_token(server.database, token))
    if device.role != "admin":
        raise ProtocolError(403, "This is for administrators.")
    return device


def address_of(request: Request) -> str:
    """Return the address of whoever asks."""
    return request.client.host if request.client else ""


def is_of_this_computer(request: Request) -> bool:
    """Tell whether a request comes from this computer itself, and not through a proxy on it."""
    return address_of(request) in LOOPBACK and not any(name in request.headers for name in _OF_PROXIES)


def token_of(authorization: str) -> str:
    """Return the token of a header.

    Raises:
        ProtocolError: 401: there is none.
    """
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise ProtocolError(401, "Show this device's token.")
    return token


def refusal(status: int, sentence: str, detail: dict[str, Any]) -> JSONResponse:
    """Return the answer to what is refused."""
    metrics.REFUSALS.labels(metrics.worker(), str(status)).inc()
    headers = {"Retry-After": str(detail["retry_after"])} if "retry_after" in detail else {}
    return JSONResponse({"error": sentence, **detail}, status, headers)
