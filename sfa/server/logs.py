"""What the server says about itself: a line of JSON for each request and each fault, never a secret.

A line names the route and not the address that was typed, the device by its short code, and neither token, code,
body nor query.
"""

import json
import logging
import time
from collections.abc import MutableMapping
from typing import Any

from sfa.clock import instant_text
from sfa.server import metrics
from sfa.server.limits import Application, Receive, Scope, Send

LOG = logging.getLogger("sfa.server")
_QUIET = ("/health", "/metrics")


class JsonLines(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        from datetime import UTC, datetime  # noqa: PLC0415 - logging counts seconds

        line: dict[str, Any] = {
            "at": instant_text(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            # The text of an error may quote values: where it came from is enough to find it.
            line |= {"error": record.exc_info[0].__name__, "place": _place(record)}
        return json.dumps(line, ensure_ascii=True)


def _place(record: logging.LogRecord) -> str:
    import traceback  # noqa: PLC0415 - after a fault

    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-4:]))


def config() -> dict[str, Any]:
    """Return how uvicorn and the server log: to the standard error, as lines of JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "sfa.server.logs.JsonLines"}},
        "handlers": {"err": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "lines"}},
        "loggers": {
            "uvicorn": {"handlers": ["err"], "level": "WARNING", "propagate": False},
            "uvicorn.access": {"handlers": [], "propagate": False},
            "sfa.server": {"handlers": ["err"], "level": "INFO", "propagate": False},
        },
    }


class LogRequests:
    """Writes a line for each request, and counts it."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def watched(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            LOG.exception("fault", extra={"facts": _facts(scope)})
            raise
        finally:
            took = time.perf_counter() - start
            route = _route(scope)
            metrics.REQUEST_SECONDS.labels(metrics.worker(), route, str(status)).observe(took)
            if route not in _QUIET:
                LOG.info("request", extra={"facts": {**_facts(scope), "status": status, "ms": round(took * 1000, 1)}})


def _facts(scope: Scope) -> dict[str, Any]:
    facts = {"method": scope["method"], "route": _route(scope)}
    device = scope.get("state", {}).get("device")
    return facts | ({"device": device} if device else {})


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "unknown"))
