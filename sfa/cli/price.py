"""`sfa price`: its verbs, each made when it is asked for."""

from sfa.cli.building import LazyGroup, group, lazily

VERBS = {
    "simulate": "sfa.cli.price_simulate:simulate",
}
"""Where each verb is made, in the order of the help."""


def price() -> LazyGroup:
    """Return `sfa price`."""
    return group("price", "What something costs, and why.", lazily(VERBS))
