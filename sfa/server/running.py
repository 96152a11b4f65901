"""Starts the server: uvicorn with TLS, time limits, and a graceful end."""

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sfa.clock import SystemClock
from sfa.errors import SfaError, UsageError
from sfa.server.care import upgrade_at_start
from sfa.server.caring import REMEMBERED, forget_removals
from sfa.server.opening import Place

LONGEST_HEADERS = 32_768


def run(place: Place, *, host: str, port: int, cert: Path | None, key: Path | None, workers: int) -> None:
    """Serve until a signal comes.

    Raises:
        UsageError: TLS needs both files, another address than this computer's needs TLS, or packages are missing.
        ConflictError: an older book in PostgreSQL is to be backed up and upgraded first.
        StorageError: a newer sfa made the book.
    """
    _require_sense(place, host, cert, key, workers)
    try:
        import uvicorn  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("The server needs some more packages.", hint='pipx install "sfa-tui[server]"') from error
    from sfa.server import logs  # noqa: PLC0415 - as above

    options: dict[str, Any] = {
        "host": host,
        "port": port,
        "log_config": logs.config(),
        "access_log": False,
        "timeout_graceful_shutdown": 10,
        "timeout_keep_alive": 30,
        "h11_max_incomplete_event_size": LONGEST_HEADERS,
        "server_header": False,
        "http": "sfa.server.deadlines:HastyProtocol",
        "loop": "sfa.server.listening:loop",
    }
    if cert is not None:
        options |= {"ssl_certfile": str(cert), "ssl_keyfile": str(key)}
    upgrade_at_start(place, SystemClock().now())
    with closing(place.open()) as book:
        forget_removals(book, place.org, SystemClock().now() - REMEMBERED)
    import os  # noqa: PLC0415 - told to the workers

    os.environ["SFA_SERVER_HOME"] = str(place.folder)
    app = "sfa.server.app:of_this_machine"
    if workers > 1:
        uvicorn.run(app, factory=True, workers=workers, **options)
        return
    config = uvicorn.Config(app, factory=True, **options)
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[config.bind_socket()])  # with a socket at hand the loop counts what comes in by it
    if not server.started:
        raise SfaError("The server did not start; why is in the lines above.")


def _require_sense(place: Place, host: str, cert: Path | None, key: Path | None, workers: int) -> None:
    if (cert is None) != (key is None):
        raise UsageError("TLS needs a certificate and its key.", hint="--cert FILE --key FILE")
    if cert is None and host not in ("127.0.0.1", "::1", "localhost"):
        raise UsageError(
            f"On {host} the server needs TLS.",
            hint="--cert FILE --key FILE, or let a proxy such as Caddy speak TLS to 127.0.0.1",
        )
    if workers > 1 and not place.is_postgres:
        raise UsageError("Several workers need PostgreSQL.", hint="sfa server init NAME --database postgresql://...")
