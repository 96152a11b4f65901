"""`sfa quote`: its verbs, each made when it is asked for."""

from sfa.cli.building import LazyGroup, group, lazily

VERBS = {
    "total": "sfa.cli.quote_total:total",
}
"""Where each verb is made, in the order of the help."""


def quote() -> LazyGroup:
    """Return `sfa quote`."""
    return group("quote", "Offers to customers: the totals of a document to the cent.", lazily(VERBS))
