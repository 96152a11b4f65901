"""What the server counts, in the words of Prometheus."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
MEDIA_TYPE = CONTENT_TYPE_LATEST
SYNC_SECONDS = Histogram("sfa_sync_seconds", "How long a sync took", registry=REGISTRY)
REFUSALS = Counter("sfa_refusals_total", "Requests that were refused, by status", ["status"], registry=REGISTRY)


def text() -> bytes:
    """Return all counts as text."""
    return generate_latest(REGISTRY)
