"""What the server counts, in the words of Prometheus; each worker counts for itself and says which one it is."""

import os

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
MEDIA_TYPE = CONTENT_TYPE_LATEST
REQUEST_SECONDS = Histogram(
    "sfa_request_seconds", "How long a request took", ["worker", "route", "status"], registry=REGISTRY
)
SYNC_SECONDS = Histogram("sfa_sync_seconds", "How long a sync took in the database", ["worker"], registry=REGISTRY)
REFUSALS = Counter("sfa_refusals_total", "Requests refused, by status", ["worker", "status"], registry=REGISTRY)
QUARANTINED = Counter(
    "sfa_quarantined_total", "Pushes of revoked devices that were kept", ["worker"], registry=REGISTRY
)


def worker() -> str:
    """Return which of the server's processes this is."""
    return str(os.getpid())


def text() -> bytes:
    """Return all counts as text."""
    return generate_latest(REGISTRY)
