"""How a server is run: what a request may cost, how many work at a time; read from `server.toml`."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from sfa.errors import UsageError
from sfa.server.database import Database


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost.

    Attributes:
        handshake_seconds: from the opening of a connection to the end of the handshake of TLS.
        header_seconds: from the opening of a connection, or the end of the last answer, to the end of the headers.
        body_seconds: for a whole body; `largest_body` in bytes.
        sync_burst: requests of one device at once; `sync_per_second` come back.
        enrol_burst: enrolments and logins of one address at once; `enrol_per_second` come back.
        failures: wrong codes or passwords of one address within `failure_minutes`; afterwards none is looked at.
        connections: requests that work at a time, each with a connection to the database.
        open_connections: at a time in each worker, whatever they do; `open_connections_per_address` of one address,
            this computer's own (a proxy) not counted. Further ones are hung up on.
        session_minutes: how long somebody stays logged in on the page for administrators.
    """

    handshake_seconds: float = 10.0
    header_seconds: float = 10.0
    body_seconds: float = 20.0
    largest_body: int = 2_000_000
    sync_burst: float = 60.0
    sync_per_second: float = 10.0
    enrol_burst: float = 20.0
    enrol_per_second: float = 0.5
    failures: int = 10
    failure_minutes: int = 15
    connections: int = 4
    open_connections: int = 2_000
    open_connections_per_address: int = 200
    session_minutes: int = 60

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Limits":
        """Return the limits of a settings file.

        Raises:
            UsageError: one is unknown or no number above 0.
        """
        known = {one.name for one in fields(cls)}
        for name, value in given.items():
            if name not in known:
                raise UsageError(f"There is no limit “{name}”.", hint=f"There are: {', '.join(sorted(known))}.")
            if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
                raise UsageError(f"The limit {name} is {value!r}.", hint="It is a number above 0.")
        return cls(**given)


@dataclass(slots=True)
class Settings:
    """What an application is made of.

    Attributes:
        open_database: opens one more connection.
        org: the company of the page for administrators.
        now: the clock; `steady` counts seconds for limits.
    """

    open_database: Callable[[], Database]
    org: str = "main"
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    steady: Callable[[], float] = time.monotonic
